package tokenizer

import (
	"math/bits"

	"github.com/krait-py/krait/token"
)

// run reads on in a line, from i on, where there may be a space before the next token. It goes
// on as long as there are short names, brackets and simple operators, one space before them at
// most, and puts them into dst from dst[n] on, while there is room. It returns how many tokens
// there are then, and where that begins of which there is more to say: scan reads it.
//
// Six tokens in seven are read here. scan could do so, too; but it has so much to remember
// across so many calls that half of its instructions would be there for that alone.
//
// There are few enough cases for Go to search for the right one by comparing. A jump table,
// which it makes of eight, makes all that is done here slower by a twelfth: what a processor
// guesses of jumps to anywhere is worse.
func (t *Tokenizer) run(dst []token.Token, n, i int) (tokens, next int) {
	src, line, lineStart, level := t.src, t.line, int(t.lineStart), t.level
	last := len(src) - 16 // where there are words to load
	for n < len(dst) {
		c := src[i]
		if c == ' ' {
			i++
			c = src[i]
		}
		start := i
		tok := &dst[n]
		switch classes[c] {
		case letter:
			if i > last {
				goto end
			}
			// The bytes of the name, which its id is found by: see token.Names.Packed.
			word, next := load(src, i), uint64(0)
			ends := token.NameEnd(word)
			if ends == 0 {
				i += 8
				next = load(src, i)
				ends = token.NameEnd(next)
				next &= before(ends)
				i += bits.TrailingZeros64(ends) >> 3
			} else {
				word &= before(ends)
				i += bits.TrailingZeros64(ends) >> 3
			}
			// A quote makes a prefix of it; more letters are not ASCII, or behind the words.
			if k := classes[src[i]]; k == quote || k == letter || k == digit {
				i = start
				goto end
			}
			id, kind := t.names.Short(word, next)
			if id == 0 {
				id = t.names.Packed(word, next, src[start:i])
				kind = id.Keyword()
			}
			tok.Kind, tok.Name = kind, id

		case single:
			i++
			tok.Kind, tok.Name = operators[c], 0

		case double, colon:
			i++
			tok.Kind, tok.Name = operators[c], 0
			if src[i] == '=' {
				i++
				tok.Kind = assigning[c]
			}

		case dot:
			if k := classes[src[i+1]]; k == dot || k == digit {
				goto end
			}
			i++
			tok.Kind, tok.Name = token.DOT, 0

		case opening:
			if uint(level) >= maxLevel {
				goto end
			}
			i++
			t.brackets[level] = Bracket{c, line, int32(start - lineStart)}
			level++
			tok.Kind, tok.Name = operators[c], 0

		case closing:
			// The characters of a pair differ by one or two: () [] {}.
			if uint(level-1) >= maxLevel || c-t.brackets[level-1].Char-1 > 1 {
				goto end
			}
			i++
			level--
			tok.Kind, tok.Name = operators[c], 0

		default:
			goto end
		}
		tok.Level = uint16(level)
		tok.Start, tok.End = int32(start), int32(i)
		tok.Line, tok.EndLine = line, line
		tok.Col, tok.EndCol = int32(start-lineStart), int32(i-lineStart)
		n++
	}
end:
	t.level = level
	return n, i
}
