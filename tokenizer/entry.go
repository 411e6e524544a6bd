package tokenizer

import (
	"iter"
	"unicode/utf8"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// Entry is a token as Python's tokenize module gives it: with its text, with
// columns in characters, and all operators of the kind OP.
type Entry struct {
	Kind token.Kind // OP for operators, NAME for keywords
	// Exact is the kind that tells operators apart; OP for what only looks like
	// one, such as "$".
	Exact           token.Kind
	Text            string
	Line, Col       int
	EndLine, EndCol int
}

// Entries returns what the tokenize module makes of the tokens of f, which a
// tokenizer with the option Extra found.
func Entries(f *source.File, tokens []token.Token) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		c := columns{text: f.Text}
		last := 0 // where the line starts that an artificial line break ends
		if f.NoNewline {
			last = len(f.Text) - 1
		} else {
			last = len(f.Text)
		}
		for _, t := range tokens {
			e := Entry{
				Kind: t.Kind, Exact: t.Kind, Text: f.Text[t.Start:t.End],
				Line: int(t.Line), EndLine: int(t.EndLine),
			}
			trailing := t.Kind == token.ENDMARKER || t.Kind == token.DEDENT && int(t.Start) == len(f.Text)
			switch {
			case trailing:
				e.Line++
				e.EndLine++
			case t.Kind == token.INDENT:
				// Its text is the indentation.
				start := int(t.Start)
				for start > 0 && f.Text[start-1] != '\n' {
					start--
				}
				e.Text = f.Text[start:t.Start]
				e.EndCol = utf8.RuneCountInString(e.Text)
			case t.Kind == token.DEDENT:
				e.Col = c.of(int(t.Start))
				e.EndCol = e.Col
			case t.Kind == token.NL:
				e.Col = c.of(int(t.Start))
				e.EndCol = e.Col + int(t.End-t.Start)
			default:
				e.Col = c.of(int(t.Start))
				e.EndCol = c.of(int(t.End))
			}
			switch k := t.Kind; {
			case k.IsKeyword():
				e.Kind, e.Exact = token.NAME, token.NAME
			case k >= token.LPAR && k <= token.EXCLAMATION:
				e.Kind = token.OP
				if e.Text != k.Spelling() {
					e.Exact = token.OP // <>
				}
			case k == token.NEWLINE:
				e.EndCol++
				switch {
				case int(t.End) == last:
					e.Text = ""
				case f.Text[t.Start] == '\r':
					e.Text = "\r\n"
				default:
					e.Text = "\n"
				}
			case k == token.NL && int(t.End) > last:
				e.Text = ""
			}
			if !yield(e) {
				return
			}
		}
	}
}

// columns counts characters from the start of a line, asked for offsets in
// ascending order mostly.
type columns struct {
	text    string
	at, col int // an offset, and the column there
}

func (c *columns) of(offset int) int {
	if offset < c.at {
		c.at, c.col = 0, 0
		for i := offset; i > 0; i-- {
			if c.text[i-1] == '\n' {
				c.at = i
				break
			}
		}
	}
	for c.at < offset {
		if b := c.text[c.at]; b == '\n' {
			c.col = 0
			c.at++
			continue
		} else if b < utf8.RuneSelf {
			c.col++
			c.at++
			continue
		}
		_, n := utf8.DecodeRuneInString(c.text[c.at:])
		c.col++
		c.at += n
	}
	return c.col
}
