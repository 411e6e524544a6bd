package marshal

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Read reads the value at the start of data and returns it with the number of
// bytes it takes; what follows is left to the caller. Errors are of type
// [*Error].
//
// Strings of the result share one copy of data.
func Read(data []byte, opts Options) (code.Value, int, error) {
	s, err := ReadStream(data, opts)
	if err != nil {
		return nil, 0, err
	}
	return s.Value, s.Size, nil
}

// Stream is a value with the marks of its stream that mean nothing to CPython,
// which are kept only to write the same bytes again.
type Stream struct {
	Value code.Value
	// Size is the number of bytes the value takes.
	Size int

	quirks quirks
}

// quirks are what a stream can say that values cannot.
type quirks struct {
	// flagged lists the references and NULLs that carry FlagRef, by their
	// number among all references and NULLs of the stream.
	flagged []int
	// orphans are the keys that have NULL for a value.
	orphans map[*code.Dict][]orphan
}

// orphan is a key that has NULL for a value, behind a number of pairs.
type orphan struct {
	pairs int
	key   code.Value
}

// ReadStream is [Read] for those who want to write the same bytes even of a
// stream that carries meaningless marks; see the package comment.
func ReadStream(data []byte, opts Options) (*Stream, error) {
	return newReader(data, opts).stream()
}

func newReader(data []byte, opts Options) *reader {
	v := opts.Version
	if v == 0 {
		v = pyver.Py314
	}
	p := &reader{s: string(data), dialect: dialectOf(v)}
	if p.dialect.refs || p.py2 {
		// An ordinary file has a reference in 40 to 80 bytes.
		p.refs = make([]code.Value, 0, 8+len(p.s)/64)
	}
	return p
}

func (p *reader) stream() (*Stream, error) {
	val := p.object()
	if p.err != nil {
		return nil, p.err
	}
	if val == nil {
		return nil, &Error{0, "NULL", "want a value", ErrType}
	}
	return &Stream{Value: val, Size: p.pos, quirks: p.quirks}, nil
}

// reader is the state of one Read. Methods that fail set err, first error
// wins, and return zero values.
type reader struct {
	dialect
	s     string
	pos   int
	depth int
	// owed is the number of items that the containers around still wait
	// for. Each takes at least a byte, so a stream with fewer bytes left is
	// cut short. A container may have no more items than there are bytes
	// beyond that, which bounds what all of them allocate together.
	owed   int
	refs   []code.Value // nil for a value that is still being read
	marks  int          // references and NULLs met
	quirks quirks
	err    error
	spans  *[]Span // where values stand, if somebody wants to know

	chunks
}

func (p *reader) left() int { return len(p.s) - p.pos }

// fail records an error about the value that begins at off.
func (p *reader) fail(off int, class error, found, wanted string) {
	if p.err == nil {
		p.err = &Error{off, found, wanted, class}
	}
}

// short records that the stream ends inside the value at off.
func (p *reader) short(off int, what string) {
	p.fail(off, ErrTruncated, what, "but "+count(p.left(), "byte is", "bytes are")+" left")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// word reads four bytes of what; off is where its value begins.
func (p *reader) word(off int, what string) int32 {
	if p.err != nil {
		return 0
	}
	i := p.pos
	if len(p.s)-i < 4 {
		p.short(off, what)
		return 0
	}
	b := p.s[i : i+4]
	p.pos = i + 4
	return int32(b[0]) | int32(b[1])<<8 | int32(b[2])<<16 | int32(b[3])<<24
}

// bytes reads a length of four bytes and that many bytes behind it.
func (p *reader) bytes(off int, what string) (string, bool) {
	n := int(p.word(off, what))
	if p.err != nil {
		return "", false
	}
	if uint(n) > uint(p.left()) {
		p.badLength(off, what, n, "byte", "bytes")
		return "", false
	}
	i := p.pos
	p.pos = i + n
	return p.s[i:p.pos], true
}

// badLength reports a length that is negative or more than there is.
func (p *reader) badLength(off int, what string, n int, one, many string) {
	found := what + " of " + count(n, one, many)
	if n < 0 {
		p.fail(off, ErrValue, found, "want at least 0")
		return
	}
	p.short(off, found)
}

// short1 reads a length of one byte and that many bytes behind it.
func (p *reader) short1(off int, what string) (string, bool) {
	i := p.pos
	if i >= len(p.s) {
		p.short(off, what)
		return "", false
	}
	n := int(p.s[i])
	i++
	p.pos = i
	if n > len(p.s)-i {
		p.short(off, what+" of "+count(n, "byte", "bytes"))
		return "", false
	}
	p.pos = i + n
	return p.s[i : i+n], true
}

// owe checks that a container at off may hold n items and takes on the debt.
func (p *reader) owe(off int, what string, n int) bool {
	if p.err != nil {
		return false
	}
	if n < 0 || n > p.left()-p.owed {
		if n >= 0 && n <= p.left() {
			p.fail(off, ErrTruncated, what+" of "+count(n, "item", "items"),
				fmt.Sprintf("but %s left, and values around it wait for %d more", count(p.left(), "byte is", "bytes are"), p.owed))
			return false
		}
		p.badLength(off, what, n, "item", "items")
		return false
	}
	p.owed += n
	return true
}

// fill reads the items of a container at off into dst.
func (p *reader) fill(off int, what string, dst []code.Value) bool {
	for i := range dst {
		p.owed--
		v := p.object()
		if v == nil {
			p.fail(off, ErrType, "NULL in a "+what, "want a value")
			return false
		}
		dst[i] = v
	}
	return true
}

// reserve takes the next number of the table of references for a value that
// may be referred to only when it is complete.
func (p *reader) reserve(c byte) int {
	if c&flagRef == 0 {
		return -1
	}
	p.refs = append(p.refs, nil)
	return len(p.refs) - 1
}

const flagRef = byte(code.FlagRef)

// object reads a value. It returns nil for NULL and when it fails.
func (p *reader) object() code.Value {
	off := p.pos
	if off >= len(p.s) {
		p.fail(off, ErrTruncated, "end of the data", "want a value")
		return nil
	}
	if p.err != nil {
		return nil
	}
	c := p.s[off]
	p.pos = off + 1
	if c&flagRef != 0 && !p.dialect.refs {
		return p.unknown(off, c)
	}
	if p.depth >= MaxDepth {
		p.fail(off, ErrDepth, fmt.Sprintf("a value %d deep", p.depth+1), fmt.Sprintf("want at most %d", MaxDepth))
		return nil
	}
	p.depth++
	var v code.Value
	if p.spans == nil {
		v = p.typed(off, c)
	} else {
		v = p.spanned(off, c)
	}
	p.depth--
	return v
}

func (p *reader) typed(off int, c byte) code.Value {
	var v code.Value
	switch t := c &^ flagRef; t {
	case typeShortASCII, typeShortASCIIInterned:
		if !p.dialect.refs {
			return p.unknown(off, c)
		}
		s, ok := p.short1(off, "string")
		if !ok {
			return nil
		}
		v = p.latin1(s, c, t == typeShortASCIIInterned)

	case typeRef:
		return p.ref(off, c)

	case typeSmallTuple:
		if !p.dialect.refs {
			return p.unknown(off, c)
		}
		if p.pos >= len(p.s) {
			p.short(off, "tuple")
			return nil
		}
		n := int(p.s[p.pos])
		p.pos++
		return p.tuple(off, c, n)

	case typeTuple:
		return p.tuple(off, c, int(p.word(off, "tuple")))

	case typeString:
		s, ok := p.bytes(off, "string")
		if !ok {
			return nil
		}
		b := p.newBytes()
		b.S, b.Form = s, code.Form(c)
		v = b

	case typeNone:
		if c&flagRef == 0 {
			return code.None
		}
		return &code.NoneType{Form: code.Form(c)}

	case typeInt:
		n := p.word(off, "int")
		if p.err != nil {
			return nil
		}
		v = p.int(int64(n), c)

	case typeCode:
		return p.code(off, c)

	case typeASCII, typeASCIIInterned:
		if !p.dialect.refs {
			return p.unknown(off, c)
		}
		s, ok := p.bytes(off, "string")
		if !ok {
			return nil
		}
		v = p.latin1(s, c, t == typeASCIIInterned)

	case typeUnicode, typeInterned:
		v = p.text(off, c)

	case typeNull:
		if c&flagRef != 0 {
			p.quirks.flagged = append(p.quirks.flagged, p.marks)
		}
		p.marks++
		return nil

	case typeTrue:
		if c&flagRef == 0 {
			return code.True
		}
		return &code.Bool{V: true, Form: code.Form(c)}

	case typeFalse:
		if c&flagRef == 0 {
			return code.False
		}
		return &code.Bool{Form: code.Form(c)}

	case typeEllipsis:
		if c&flagRef == 0 {
			return code.Ellipsis
		}
		return &code.EllipsisType{Form: code.Form(c)}

	case typeStopIter:
		if c&flagRef == 0 {
			return code.StopIteration
		}
		return &code.StopIterationType{Form: code.Form(c)}

	case typeInt64:
		lo := uint32(p.word(off, "int"))
		hi := p.word(off, "int")
		if p.err != nil {
			return nil
		}
		v = p.int(int64(hi)<<32|int64(lo), c)

	case typeLong:
		v = p.long(off, c)

	case typeFloat, typeBinaryFloat:
		v = p.float(off, c)

	case typeComplex, typeBinaryComplex:
		v = p.complex(off, c)

	case typeList:
		n := int(p.word(off, "list"))
		if !p.owe(off, "list", n) {
			return nil
		}
		l := &code.List{Items: p.newItems(n), Form: code.Form(c)}
		if c&flagRef != 0 {
			p.refs = append(p.refs, l)
		}
		if !p.fill(off, "list", l.Items) {
			return nil
		}
		return l

	case typeSet, typeFrozenSet:
		return p.set(off, c)

	case typeDict:
		d := &code.Dict{Form: code.Form(c)}
		if c&flagRef != 0 {
			p.refs = append(p.refs, d)
		}
		if !p.dict(d) {
			return nil
		}
		return d

	case typeFrozenDict:
		if !p.dialect.frozen {
			return p.unknown(off, c)
		}
		i := p.reserve(c)
		d := &code.Dict{Form: code.Form(c), Frozen: true}
		if !p.dict(d) {
			return nil
		}
		if i >= 0 {
			p.refs[i] = d
		}
		return d

	case typeSlice:
		return p.slice(off, c)

	case typeStringRef:
		return p.stringRef(off, c)

	default:
		return p.unknown(off, c)
	}
	if v == nil || p.err != nil {
		return nil
	}
	if c&flagRef != 0 {
		p.refs = append(p.refs, v)
	}
	return v
}

func (p *reader) unknown(off int, c byte) code.Value {
	found := fmt.Sprintf("type code %q", c&^flagRef)
	if c&flagRef != 0 {
		found += " with the reference flag"
	}
	p.fail(off, ErrType, found, "want one of Python "+p.version.String()+"'s")
	return nil
}

func (p *reader) ref(off int, c byte) code.Value {
	if !p.dialect.refs {
		return p.unknown(off, c)
	}
	n := int(p.word(off, "reference"))
	if p.err != nil {
		return nil
	}
	if uint(n) >= uint(len(p.refs)) {
		p.fail(off, ErrValue, fmt.Sprintf("reference to value %d", n), fmt.Sprintf("but there are %d so far", len(p.refs)))
		return nil
	}
	v := p.refs[n]
	if v == nil {
		p.fail(off, ErrValue, fmt.Sprintf("reference to value %d", n), "which is not complete yet")
		return nil
	}
	if c&flagRef != 0 {
		p.quirks.flagged = append(p.quirks.flagged, p.marks)
	}
	p.marks++
	return v
}

// stringRef reads Python 2's reference to an interned string. The table of
// references holds nothing else there.
func (p *reader) stringRef(off int, c byte) code.Value {
	if !p.py2 {
		return p.unknown(off, c)
	}
	n := int(p.word(off, "reference"))
	if p.err != nil {
		return nil
	}
	if uint(n) >= uint(len(p.refs)) {
		p.fail(off, ErrValue, fmt.Sprintf("reference to interned string %d", n), fmt.Sprintf("but there are %d so far", len(p.refs)))
		return nil
	}
	return p.refs[n]
}

// latin1 makes the text of the type codes a, A, z and Z.
func (p *reader) latin1(s string, c byte, interned bool) *code.Str {
	v := p.newStr()
	v.S, v.Interned, v.Form = s, interned, code.Form(c)
	if !isASCII(s) {
		v.S = fromLatin1(s)
	}
	return v
}

// text reads the type codes u and t.
func (p *reader) text(off int, c byte) code.Value {
	interned := c&^flagRef == typeInterned
	if interned && !p.known(typeInterned) {
		return p.unknown(off, c)
	}
	s, ok := p.bytes(off, "string")
	if !ok {
		return nil
	}
	if interned && p.py2 {
		b := p.newBytes()
		b.S, b.Interned, b.Form = s, true, code.Form(c)
		p.refs = append(p.refs, b)
		return b
	}
	if i := invalidUTF8(s); i >= 0 {
		p.fail(off, ErrValue, fmt.Sprintf("string with byte 0x%02x at %d", s[i], i), "want UTF-8")
		return nil
	}
	v := p.newStr()
	v.S, v.Interned, v.Form = s, interned, code.Form(c)
	return v
}

func (p *reader) tuple(off int, c byte, n int) code.Value {
	if !p.owe(off, "tuple", n) {
		return nil
	}
	t := p.newTuple()
	t.Items, t.Form = p.newItems(n), code.Form(c)
	if c&flagRef != 0 {
		p.refs = append(p.refs, t)
	}
	if !p.fill(off, "tuple", t.Items) {
		return nil
	}
	return t
}

func (p *reader) set(off int, c byte) code.Value {
	n := int(p.word(off, "set"))
	if !p.owe(off, "set", n) {
		return nil
	}
	s := &code.Set{Items: p.newItems(n), Frozen: c&^flagRef == typeFrozenSet, Form: code.Form(c)}
	i := p.reserve(c)
	if i >= 0 && !s.Frozen {
		p.refs[i] = s
	}
	if !p.fill(off, "set", s.Items) {
		return nil
	}
	if i >= 0 {
		p.refs[i] = s
	}
	return s
}

// dict reads pairs up to a NULL key. A NULL value ends the dict too, or in
// Python 2 only its pair; CPython forgets the key then.
func (p *reader) dict(d *code.Dict) bool {
	for {
		key := p.object()
		if key == nil {
			return p.err == nil
		}
		val := p.object()
		if p.err != nil {
			return false
		}
		if val != nil {
			d.Keys = append(d.Keys, key)
			d.Values = append(d.Values, val)
			continue
		}
		if p.quirks.orphans == nil {
			p.quirks.orphans = make(map[*code.Dict][]orphan)
		}
		p.quirks.orphans[d] = append(p.quirks.orphans[d], orphan{len(d.Keys), key})
		if !p.nullValueSkips() {
			return true
		}
	}
}

// nullValueSkips reports whether a NULL in place of a dict's value ends the
// pair only, rather than the dict.
func (d dialect) nullValueSkips() bool { return d.version < pyver.Py34 }

func (p *reader) slice(off int, c byte) code.Value {
	if !p.dialect.slices {
		return p.unknown(off, c)
	}
	i := p.reserve(c)
	s := &code.Slice{Form: code.Form(c)}
	for _, f := range []*code.Value{&s.Start, &s.Stop, &s.Step} {
		if *f = p.object(); *f == nil {
			p.fail(off, ErrType, "NULL in a slice", "want a value")
			return nil
		}
	}
	if i >= 0 {
		p.refs[i] = s
	}
	return s
}

// fromLatin1 returns the UTF-8 of Latin-1 text.
func fromLatin1(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
