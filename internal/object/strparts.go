package object

// What modules that work on the text of strs and bytes themselves need.

// Offset returns where code point i begins; i may be the number of all.
func (s *Str) Offset(i int) int { return s.offset(i) }

// Span returns the str between two offsets, which must be at beginnings of code points. Whole strs are
// not copied, and short parts of long ones do not keep the rest alive.
func (s *Str) Span(i, j int) Value { return s.span(i, j) }

// CopyStr returns a str with a copy of the text.
func CopyStr(text []byte) Value { return copyText(text, CountPoints(textOf(text))) }

// Span returns the bytes between two offsets, as Str.Span does.
func (b *Bytes) Span(i, j int) Value {
	if i == 0 && j == len(b.S) && b.Type == &BytesType {
		return Of(b)
	}
	return bytesPart(b.S, i, j)
}
