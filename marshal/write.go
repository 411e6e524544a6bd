package marshal

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Write returns v as a stream. A value with a Form is written in that form when
// Options allow it and it can express the value; others as the target version
// would. Errors are of type [*Error].
func Write(v code.Value, opts Options) ([]byte, error) { return Append(nil, v, opts) }

// Append appends to b what [Write] returns.
func Append(b []byte, v code.Value, opts Options) ([]byte, error) {
	return (&Stream{Value: v}).Append(b, opts)
}

// Append appends the stream to b as [Write] does, with the meaningless marks
// that [ReadStream] found. If the value was edited in between, they may come to
// stand at another reference, where they mean nothing either.
func (s *Stream) Append(b []byte, opts Options) ([]byte, error) {
	v := opts.Version
	if v == 0 {
		v = pyver.Py314
		if o, ok := s.Value.(*code.Object); ok && o.Version != 0 {
			v = o.Version
		}
	}
	w := &writer{dialect: dialectOf(v), format: math.MaxInt, canon: DefaultFormat(v)}
	if opts.Format != 0 {
		w.canon = max(0, min(opts.Format, w.canon))
		w.format = w.canon
	}
	w.useRefs = w.dialect.refs && w.canon >= 3
	return w.stream(b, s)
}

// stream appends a stream. It writes as if every value had a Form, and starts
// again when it meets one that has none: then it matters which are met again.
func (w *writer) stream(b []byte, s *Stream) ([]byte, error) {
	start := *w
	b = slices.Grow(b, s.Size)
	w.b, w.base, w.quirks = b, len(b), s.quirks
	w.value(s.Value)
	if w.err == errScan {
		sc := &scanner{version: w.version, shared: make(map[code.Value]bool), texts: make(map[string]bool)}
		sc.value(s.Value)
		*w = start
		w.b, w.base, w.quirks = b, len(b), s.quirks
		w.scanned, w.root = true, s.Value
		w.shared, w.sharedTexts = sc.shared, sc.texts
		if w.member {
			w.shared[s.Value] = true
		}
		w.value(s.Value)
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.b, nil
}

// maxOutput bounds what a value that refers to one tuple from many may grow to
// in a format without references.
const maxOutput = 1 << 30

// errScan asks for the values that are met more than once, which the writer
// does without as long as every value has a Form.
var errScan = errors.New("values without a form")

// writer is the state of one Write. The first error wins.
type writer struct {
	dialect
	b       []byte
	base    int // length of b at the start
	format  int // type codes of later formats may not be used
	canon   int // the format of what has no Form
	useRefs bool
	depth   int
	err     error

	index map[code.Value]uint32 // numbers of flagged values
	next  uint32
	texts map[string]uint32 // numbers of interned strings

	scanned bool
	root    code.Value
	member  bool // the value is a member of a set, written alone to sort it
	// What is met more than once, of the values without a Form.
	shared      map[code.Value]bool
	sharedTexts map[string]bool

	marks  int // references and NULLs written
	quirks quirks
	memo   map[code.Value][]byte // members of sets, each written alone
}

func (w *writer) fail(class error, found, wanted string) {
	if w.err == nil {
		w.err = &Error{len(w.b) - w.base, found, wanted, class}
	}
}

func (w *writer) word(n int32) {
	w.b = append(w.b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
}

// length writes a length of four bytes.
func (w *writer) length(what string, n int) {
	if n > math.MaxInt32 {
		w.fail(ErrValue, fmt.Sprintf("%s of length %d", what, n), "want less than 2^31")
	}
	w.word(int32(n))
}

// mark counts a reference or NULL and returns the flag to write it with.
func (w *writer) mark() (flag byte) {
	if len(w.quirks.flagged) > 0 && w.quirks.flagged[0] == w.marks {
		w.quirks.flagged = w.quirks.flagged[1:]
		if w.useRefs {
			flag = flagRef
		}
	}
	w.marks++
	return flag
}

func (w *writer) null() { w.b = append(w.b, typeNull|w.mark()) }

func (w *writer) reference(n uint32) {
	if w.py2 {
		w.b = append(w.b, typeStringRef)
	} else {
		w.b = append(w.b, typeRef|w.mark())
	}
	w.word(int32(n))
}

// usable reports whether type code t may be written.
func (w *writer) usable(t byte) bool {
	return w.known(t) && minFormat(w.dialect, t) <= w.format
}

// begin writes the type code of v, or a reference to v and returns false. f is
// v's Form, t the type code to write; it is f's if that can express v.
func (w *writer) begin(v code.Value, f code.Form, t byte) bool {
	if !w.useRefs {
		return w.beginPlain(v, f, t)
	}
	flag := f.Ref()
	if f == 0 {
		if !w.scanned {
			w.err = errScan
			return false
		}
		flag = w.flags(v)
	}
	if !flag {
		w.b = append(w.b, t)
		return true
	}
	n, met := w.index[v]
	s, isStr := v.(*code.Str)
	interned := isStr && s.Interned
	if !met && interned && f == 0 {
		n, met = w.texts[s.S]
	}
	if met {
		w.reference(n)
		return false
	}
	if w.index == nil {
		w.index = make(map[code.Value]uint32)
	}
	w.index[v] = w.next
	if interned && w.scanned {
		if w.texts == nil {
			w.texts = make(map[string]uint32)
		}
		w.texts[s.S] = w.next
	}
	w.next++
	w.b = append(w.b, t|flagRef)
	return true
}

// flags reports whether a value without a Form enters the table of references.
func (w *writer) flags(v code.Value) bool {
	if w.shared[v] {
		return true
	}
	switch v := v.(type) {
	case *code.Str:
		return v.Interned && (w.version >= pyver.Py311 || w.sharedTexts[v.S])
	case *code.Object:
		return v == w.root
	}
	return false
}

// beginPlain is begin for formats without FlagRef; only Python 2's interned
// strings are met again there.
func (w *writer) beginPlain(v code.Value, f code.Form, t byte) bool {
	if t != typeInterned {
		w.b = append(w.b, t)
		return true
	}
	s := v.(*code.Bytes).S
	n, met := w.index[v]
	if !met && f == 0 {
		n, met = w.texts[s]
	}
	if met {
		w.reference(n)
		return false
	}
	if w.index == nil {
		w.index, w.texts = make(map[code.Value]uint32), make(map[string]uint32)
	}
	w.index[v] = w.next
	w.texts[s] = w.next
	w.next++
	w.b = append(w.b, t)
	return true
}

// single writes a value that never enters the table of references but may
// carry its flag.
func (w *writer) single(f code.Form, t byte) {
	if f.Ref() && w.dialect.refs && w.useRefs {
		t |= flagRef
	}
	w.b = append(w.b, t)
}

func (w *writer) value(v code.Value) {
	if w.err != nil {
		return
	}
	if w.depth >= MaxDepth {
		w.fail(ErrDepth, fmt.Sprintf("a value %d deep", w.depth+1), fmt.Sprintf("want at most %d", MaxDepth))
		return
	}
	if len(w.b)-w.base > maxOutput {
		w.fail(ErrValue, "more than a gigabyte", "want less")
		return
	}
	w.depth++
	w.typed(v)
	w.depth--
}

func (w *writer) typed(v code.Value) {
	switch v := v.(type) {
	case *code.NoneType:
		w.single(v.Form, typeNone)
	case *code.Bool:
		t := byte(typeFalse)
		if v.V {
			t = typeTrue
		}
		w.single(v.Form, t)
	case *code.EllipsisType:
		w.single(v.Form, typeEllipsis)
	case *code.StopIterationType:
		w.single(v.Form, typeStopIter)
	case *code.Str:
		w.str(v)
	case *code.Bytes:
		t := byte(typeString)
		if w.py2 && v.Interned && v.Form.Type() != typeString && w.canon >= 1 {
			t = typeInterned
		}
		if w.begin(v, v.Form, t) {
			w.length("string", len(v.S))
			w.b = append(w.b, v.S...)
		}
	case *code.Tuple:
		w.tuple(v)
	case *code.Int:
		w.int(v)
	case *code.Float:
		w.float(v)
	case *code.Complex:
		w.complex(v)
	case *code.Object:
		if w.begin(v, v.Form, typeCode) {
			w.code(v)
		}
	case *code.List:
		if w.begin(v, v.Form, typeList) {
			w.length("list", len(v.Items))
			w.items(v.Items)
		}
	case *code.Set:
		w.set(v)
	case *code.Dict:
		w.dict(v)
	case *code.Slice:
		if !w.usable(typeSlice) || w.canon < 5 {
			w.cannot(v)
		} else if w.begin(v, v.Form, typeSlice) {
			w.items([]code.Value{v.Start, v.Stop, v.Step})
		}
	default:
		w.cannot(v)
	}
}

// cannot reports a value that the target cannot hold.
func (w *writer) cannot(v code.Value) {
	w.fail(ErrType, w.kindOf(v), fmt.Sprintf("which version %d of the format in Python %v cannot hold", w.canon, w.version))
}

func (w *writer) items(items []code.Value) {
	for _, v := range items {
		w.value(v)
	}
}

func (w *writer) tuple(v *code.Tuple) {
	n := len(v.Items)
	t := byte(typeTuple)
	if w.canon >= 4 && n < 256 && v.Form.Type() != typeTuple {
		t = typeSmallTuple
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	if t == typeSmallTuple {
		w.b = append(w.b, byte(n))
	} else {
		w.length("tuple", n)
	}
	w.items(v.Items)
}

func (w *writer) set(v *code.Set) {
	t := byte(typeSet)
	if v.Frozen {
		t = typeFrozenSet
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	w.length("set", len(v.Items))
	items := v.Items
	if v.Form == 0 {
		w.enterMembers(items)
		if w.version >= pyver.Py311 {
			items = w.sorted(items)
		}
	}
	w.items(items)
}

// enterMembers makes members of a set enter the table of references where
// CPython holds one reference more while it writes them: up to 3.8 that of its
// iterator, from 3.11 on that of the list it sorts.
func (w *writer) enterMembers(items []code.Value) {
	if !w.scanned || w.version == pyver.Py39 || w.version == pyver.Py310 {
		return
	}
	for _, v := range items {
		w.shared[v] = true
	}
}

func (w *writer) dict(v *code.Dict) {
	t := byte(typeDict)
	if v.Frozen {
		t = typeFrozenDict
		if !w.usable(t) || w.canon < 6 {
			w.cannot(v)
			return
		}
	}
	if len(v.Keys) != len(v.Values) {
		w.fail(ErrValue, fmt.Sprintf("a dict of %d keys", len(v.Keys)), fmt.Sprintf("but %d values", len(v.Values)))
		return
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	orphans := w.quirks.orphans[v]
	for i := 0; ; i++ {
		for ; len(orphans) > 0 && orphans[0].pairs == i; orphans = orphans[1:] {
			w.value(orphans[0].key)
			w.null()
			if !w.nullValueSkips() {
				return
			}
		}
		if i == len(v.Keys) {
			break
		}
		w.value(v.Keys[i])
		w.value(v.Values[i])
	}
	w.null()
}
