package dis

// Style colours a listing: each field is an escape sequence (or a span tag,
// or whatever the reader understands) to write before that part; End is
// written behind it. Empty fields leave their part plain.
type Style struct {
	Heading string // "Disassembly of ...", "ExceptionTable:"
	Line    string // line numbers and positions
	Label   string // labels; ">>" up to 3.12
	Offset  string
	Opname  string
	Operand string // what stands in parentheses
	End     string
}

// ANSI is a Style for terminals.
var ANSI = Style{
	Heading: "\x1b[1m",
	Line:    "\x1b[36m",
	Label:   "\x1b[35m",
	Offset:  "\x1b[90m",
	Opname:  "\x1b[34m",
	Operand: "\x1b[32m",
	End:     "\x1b[0m",
}

// part names a field of Style.
type part uint8

const (
	styleHeading part = iota + 1
	styleLine
	styleLabel
	styleOffset
	styleOpname
	styleOperand
)

func (s *Style) start(p part) string {
	switch p {
	case styleHeading:
		return s.Heading
	case styleLine:
		return s.Line
	case styleLabel:
		return s.Label
	case styleOffset:
		return s.Offset
	case styleOpname:
		return s.Opname
	default:
		return s.Operand
	}
}

// open begins a part; close, given what open returned, ends it.
func (l *listing) open(p part) bool {
	if l.opts.Style == nil {
		return false
	}
	start := l.opts.Style.start(p)
	l.buf = append(l.buf, start...)
	return start != ""
}

func (l *listing) close(opened bool) {
	if opened {
		l.buf = append(l.buf, l.opts.Style.End...)
	}
}
