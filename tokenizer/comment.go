package tokenizer

import (
	"strings"

	"github.com/krait-py/krait/token"
)

// typeComment returns the token for the comment from start to end if it is a
// type comment: "# type: " with any blanks, or none, for each of the two.
func (t *Tokenizer) typeComment(start, end int) (token.Token, bool) {
	text := t.src[start:end]
	rest, ok := strings.CutPrefix(strings.TrimLeft(text[1:], " \t"), "type:")
	if !ok {
		return token.Token{}, false
	}
	rest = strings.TrimLeft(rest, " \t")
	tok := token.Token{
		Kind: token.TYPECOMMENT, Level: uint16(t.level),
		Start: int32(end - len(rest)), End: int32(end), Line: t.line, EndLine: t.line,
	}
	if after, ok := strings.CutPrefix(rest, "ignore"); ok && (after == "" || identifier[after[0]] == 0 || after[0] == '_') {
		tok.Kind = token.TYPEIGNORE
		tok.Start += int32(len("ignore"))
	}
	tok.Col, tok.EndCol = tok.Start-t.lineStart, tok.End-t.lineStart
	return tok, true
}
