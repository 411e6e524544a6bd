package marshal

import "github.com/krait-py/krait/code"

// Span is the place of a value in a stream.
type Span struct {
	// Start and End are offsets in bytes, End exclusive. The values in a
	// container have their own spans within its span.
	Start, End int
	// Depth is the number of values around it.
	Depth int
	// Value is what stands there: for a reference the value referred to, nil
	// for NULL.
	Value code.Value
	// Ref is the number that the value has in the table of references, or
	// for a reference (IsRef) the number referred to; -1 for none.
	Ref   int
	IsRef bool
}

// Spans reads the value at the start of data as [Read] does and returns where
// it and all values in it stand, in the order of their starts.
//
// If reading fails, the spans are those of the values met before, with the End
// of those that were not complete at the place of the failure, and the error is
// that of Read.
func Spans(data []byte, opts Options) ([]Span, error) {
	var spans []Span
	p := newReader(data, opts)
	p.spans = &spans
	_, err := p.stream()
	return spans, err
}

// spanned is typed with an entry in the list of spans.
func (p *reader) spanned(off int, c byte) code.Value {
	i := len(*p.spans)
	*p.spans = append(*p.spans, Span{Start: off, Depth: p.depth - 1, Ref: -1})
	next := len(p.refs) // the number the value gets, if it gets one
	v := p.typed(off, c)
	s := &(*p.spans)[i]
	s.End, s.Value = p.pos, v
	switch t := c &^ flagRef; {
	case t == typeRef || t == typeStringRef && p.py2:
		s.IsRef = true
		if v != nil {
			b := p.s[off+1 : off+5]
			s.Ref = int(b[0]) | int(b[1])<<8 | int(b[2])<<16 | int(b[3])<<24
		}
	case len(p.refs) > next && (c&flagRef != 0 && numbered(t) || t == typeInterned && p.py2):
		s.Ref = next
	}
	return v
}

// numbered reports whether FlagRef enters values of type code t into the table
// of references.
func numbered(t byte) bool {
	switch t {
	case typeNone, typeTrue, typeFalse, typeEllipsis, typeStopIter, typeNull:
		return false
	}
	return true
}
