package pyrepr

import (
	"errors"
	"slices"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Options says how values are written. The zero Options writes as the newest
// version does.
type Options struct {
	// Version is the Python version whose repr is wanted; zero means the
	// newest one.
	Version pyver.Version

	// Addr returns the address that a code object shows. If Addr is nil, all
	// code objects are at 0x0.
	Addr func(*code.Object) uint64

	// Limit is the number of bytes that a value's text may have; zero means
	// 64 MiB.
	Limit int
}

const (
	defaultLimit = 64 << 20

	// maxDepth is well above the 2,000 levels that a marshal stream can have.
	maxDepth = 10_000
)

// Errors of [Append].
var (
	ErrTooLong = errors.New("pyrepr: the text of the value is too long")
	ErrTooDeep = errors.New("pyrepr: the value is nested too deeply")
)

// Append appends repr(v) to dst and returns the extended buffer. It fails with
// [ErrTooLong] when the text is longer than o.Limit, and with [ErrTooDeep] when
// v is nested more than 10,000 levels deep; the buffer then ends with the
// first part of the text.
//
// A nil Value is written as <NULL>, like a null pointer in CPython.
//
// Where CPython raises an exception instead, Append writes what CPython would
// without its limit: integers of more than 4,300 digits (CPython 3.11, and the
// security releases of older versions), values nested deeper than its stack
// allows. Integers beyond 2**22 bits are written in hexadecimal, because the
// time for decimal digits grows faster than their number.
func Append(dst []byte, v code.Value, o Options) ([]byte, error) {
	p := printer{dst: dst, o: o}
	if o.Version == 0 {
		p.o.Version = newest
	}
	if o.Limit == 0 {
		p.o.Limit = defaultLimit
	}
	p.max = len(dst) + p.o.Limit
	err := p.value(v)
	if err == nil && len(p.dst) > p.max {
		err = ErrTooLong
	}
	if len(p.dst) > p.max {
		p.dst = p.dst[:p.max]
	}
	return p.dst, err
}

// newest is the version whose repr an unspecified version has.
const newest = pyver.Py315

// AppendText appends what str(v) is for text (the str of the version, and
// Python 2's unicode as UTF-8): its characters as they are. Anything else is
// written as by [Append]; that is not what str() of a float is in Python 2 and
// 3.0 and 3.1.
func AppendText(dst []byte, v code.Value, o Options) ([]byte, error) {
	switch v := v.(type) {
	case *code.Str:
		return append(dst, v.S...), nil
	case *code.Bytes:
		if o.Version != 0 && o.Version < pyver.Py30 {
			return append(dst, v.S...), nil
		}
	}
	return Append(dst, v, o)
}

// printer is one call of Append.
type printer struct {
	dst []byte
	o   Options
	max int // length of dst not to be exceeded

	depth int
	// active holds the containers that are being written, deep those of them
	// for which it has no room: scanning a long list would take time.
	active  [16]code.Value
	nactive int
	deep    map[code.Value]struct{}

	written map[*code.Int][2]int // where in dst; see slowInt
}

// enter notes that the text of container v begins. It reports false if v is
// being written already: v contains itself.
func (p *printer) enter(v code.Value) bool {
	if slices.Contains(p.active[:p.nactive], v) {
		return false
	}
	if p.nactive < len(p.active) {
		p.active[p.nactive] = v
		p.nactive++
		return true
	}
	if _, found := p.deep[v]; found {
		return false
	}
	if p.deep == nil {
		p.deep = make(map[code.Value]struct{})
	}
	p.deep[v] = struct{}{}
	return true
}

// leave notes that the text of v, entered last, is complete.
func (p *printer) leave(v code.Value) {
	if len(p.deep) > 0 {
		delete(p.deep, v)
	} else {
		p.nactive--
	}
}

func (p *printer) put(s string) { p.dst = append(p.dst, s...) }

// py2 reports whether the text is Python 2's.
func (p *printer) py2() bool { return p.o.Version < pyver.Py30 }

func (p *printer) value(v code.Value) error {
	if len(p.dst) > p.max {
		return ErrTooLong
	}
	switch v := v.(type) {
	case nil:
		p.put("<NULL>")
	case *code.NoneType:
		p.put("None")
	case *code.Bool:
		if v.V {
			p.put("True")
		} else {
			p.put("False")
		}
	case *code.EllipsisType:
		p.put("Ellipsis")
	case *code.StopIterationType:
		if p.py2() {
			p.put("<type 'exceptions.StopIteration'>")
		} else {
			p.put("<class 'StopIteration'>")
		}
	case *code.Int:
		if v.Big != nil && v.Big.BitLen() >= slowBits {
			p.slowInt(v)
		} else {
			p.dst = AppendInt(p.dst, v, p.o.Version)
		}
	case *code.Float:
		p.dst = AppendFloat(p.dst, v.V, p.o.Version)
	case *code.Complex:
		p.dst = AppendComplex(p.dst, v.Re, v.Im, p.o.Version)
	case *code.Str:
		p.dst = AppendStr(p.dst, v.S, p.o.Version)
	case *code.Bytes:
		p.dst = AppendBytes(p.dst, v.S, p.o.Version)
	case *code.Object:
		p.object(v)
	default:
		return p.container(v)
	}
	return nil
}

// container writes a value that has others in it.
func (p *printer) container(v code.Value) error {
	if p.depth >= maxDepth {
		return ErrTooDeep
	}
	if !p.enter(v) {
		p.put(cycle(v))
		return nil
	}
	p.depth++
	var err error
	switch v := v.(type) {
	case *code.Tuple:
		end := ")"
		if len(v.Items) == 1 {
			end = ",)"
		}
		err = p.items("(", v.Items, end)
	case *code.List:
		err = p.items("[", v.Items, "]")
	case *code.Set:
		err = p.set(v)
	case *code.Dict:
		err = p.dict(v)
	case *code.Slice:
		parts := [...]code.Value{v.Start, v.Stop, v.Step}
		err = p.items("slice(", parts[:], ")")
	}
	p.depth--
	p.leave(v)
	return err
}

// cycle returns what stands for a container inside itself.
func cycle(v code.Value) string {
	switch v := v.(type) {
	case *code.Tuple:
		return "(...)"
	case *code.List:
		return "[...]"
	case *code.Set:
		if v.Frozen {
			return "frozenset(...)"
		}
		return "set(...)"
	case *code.Dict:
		if v.Frozen {
			return "frozendict({...})"
		}
		return "{...}"
	}
	// Python itself cannot make a slice that contains itself directly.
	return "slice(...)"
}

func (p *printer) items(begin string, items []code.Value, end string) error {
	p.put(begin)
	for i, item := range items {
		if i > 0 {
			p.put(", ")
		}
		if err := p.value(item); err != nil {
			return err
		}
	}
	p.put(end)
	return nil
}

func (p *printer) set(v *code.Set) error {
	switch {
	case p.py2() && v.Frozen:
		return p.items("frozenset([", v.Items, "])")
	case p.py2():
		return p.items("set([", v.Items, "])")
	case v.Frozen && len(v.Items) == 0:
		p.put("frozenset()")
	case v.Frozen:
		return p.items("frozenset({", v.Items, "})")
	case len(v.Items) == 0:
		p.put("set()")
	default:
		return p.items("{", v.Items, "}")
	}
	return nil
}

func (p *printer) dict(v *code.Dict) error {
	begin, end := "{", "}"
	if v.Frozen {
		begin, end = "frozendict({", "})"
		if len(v.Keys) == 0 {
			begin, end = "frozendict(", ")"
		}
	}
	p.put(begin)
	for i := range min(len(v.Keys), len(v.Values)) {
		if i > 0 {
			p.put(", ")
		}
		if err := p.value(v.Keys[i]); err != nil {
			return err
		}
		p.put(": ")
		if err := p.value(v.Values[i]); err != nil {
			return err
		}
	}
	p.put(end)
	return nil
}

// object writes a code object. Names are not quoted; Python 2 makes C strings
// of them and cuts them (code_repr in Objects/codeobject.c).
func (p *printer) object(o *code.Object) {
	name, file := code.Text(o.Name), code.Text(o.Filename)
	if p.py2() {
		name, file = cString(name, 100), cString(file, 300)
	}
	p.put("<code object ")
	p.put(name)
	p.put(" at 0x")
	var addr uint64
	if p.o.Addr != nil {
		addr = p.o.Addr(o)
	}
	p.dst = strconv.AppendUint(p.dst, addr, 16)
	p.put(", file \"")
	p.put(file)
	p.put("\", line ")
	line := o.FirstLine
	if line == 0 {
		line = -1
	}
	p.dst = strconv.AppendInt(p.dst, int64(line), 10)
	p.put(">")
}

// cString returns the part of s that C's %.*s prints.
func cString(s string, precision int) string {
	s = s[:min(len(s), precision)]
	for i := range len(s) {
		if s[i] == 0 {
			return s[:i]
		}
	}
	return s
}
