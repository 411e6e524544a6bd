package marshal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/krait-py/krait/code"
)

// Fresh writes code objects that a compiler has just made, as CPython 3.14 would
// have written them from its memory: it ignores every Form. What enters the table
// of references follows from reference counts there: whatever two places refer to,
// interned strings, the code object at the top, bytecode (its object is cached),
// members of sets (sorting holds them), and what lives for ever: integers from -5
// to 256, the empty tuple, bytes of a length up to 1 (the kinds of variables
// excepted, which are made anew). Two places share a value if they hold the same
// pointer, interned strings also if they have the same text.
//
// A Fresh is used for one stream after another; the zero value is ready for use.
type Fresh struct {
	b     []byte
	base  int
	depth int
	err   error
	root  *code.Object

	// state of each value: how many places refer to it (up to 2), and, shifted left
	// by two, one more than its number in the table of references.
	state map[code.Value]uint32
	texts map[string]*code.Str // the first of each interned text
	next  uint32
}

// Append appends the stream of o, a code object of 3.14, to b.
func (w *Fresh) Append(b []byte, o *code.Object) ([]byte, error) {
	if w.state == nil {
		w.state, w.texts = make(map[code.Value]uint32, 1024), make(map[string]*code.Str, 512)
	}
	clear(w.state)
	clear(w.texts)
	w.b, w.base, w.root, w.next, w.depth, w.err = b, len(b), o, 0, 0, nil
	w.count(o)
	if w.err == nil {
		w.value(o)
	}
	if w.err != nil {
		return b, w.err
	}
	return w.b, nil
}

func (w *Fresh) fail(class error, found, wanted string) {
	if w.err == nil {
		w.err = &Error{len(w.b) - w.base, found, wanted, class}
	}
}

// deeper keeps recursion within the bounds of the format.
func (w *Fresh) deeper() bool {
	w.depth++
	if w.depth > MaxDepth {
		w.fail(ErrDepth, fmt.Sprintf("a value %d deep", w.depth), fmt.Sprintf("want at most %d", MaxDepth))
	}
	return w.err == nil
}

// identity returns the value that v is the same as.
func (w *Fresh) identity(v code.Value) code.Value {
	s, ok := v.(*code.Str)
	if !ok || !s.Interned {
		return v
	}
	if first, ok := w.texts[s.S]; ok {
		return first
	}
	w.texts[s.S] = s
	return s
}

const (
	once    = 1
	twice   = 2
	counted = 3 // mask
)

// count counts the places that refer to each value that does not enter the table
// in any case.
func (w *Fresh) count(v code.Value) {
	switch v := v.(type) {
	case *code.Float, *code.Complex, *code.Bytes, *code.Int, *code.Str:
		if !w.always(v) {
			w.seen(v)
		}
	case *code.Tuple:
		if len(v.Items) > 0 && !w.seen(v) {
			w.countAll(v.Items)
		}
	case *code.Set:
		if !w.seen(v) {
			w.countAll(v.Items)
			for _, item := range v.Items {
				w.state[item] = twice
			}
		}
	case *code.Slice:
		if !w.seen(v) {
			w.countAll([]code.Value{v.Start, v.Stop, v.Step})
		}
	case *code.Object:
		if w.seen(v) || !w.deeper() {
			break
		}
		w.state[v.Code] = twice
		w.count(v.Consts)
		w.count(v.Names)
		w.count(v.LocalsPlusNames)
		w.seen(v.LocalsPlusKinds)
		w.count(v.Filename)
		w.count(v.Name)
		w.count(v.QualName)
		w.count(v.LineTable)
		w.count(v.ExceptionTable)
		w.depth--
	}
}

func (w *Fresh) countAll(items []code.Value) {
	if w.deeper() {
		for _, v := range items {
			w.count(v)
		}
		w.depth--
	}
}

// seen counts a place that refers to v and reports whether one did before.
func (w *Fresh) seen(v code.Value) bool {
	switch w.state[v] & counted {
	case 0:
		w.state[v] = once
		return false
	case once:
		w.state[v] = twice
	}
	return true
}

// always reports whether v enters the table of references wherever it stands.
func (w *Fresh) always(v code.Value) bool {
	switch v := v.(type) {
	case *code.Str:
		return v.Interned
	case *code.Int:
		return v.Big == nil && -5 <= v.V && v.V <= 256
	case *code.Bytes:
		return len(v.S) <= 1
	case *code.Tuple:
		return len(v.Items) == 0
	}
	return false
}

// begin writes the type code of v, or a reference to v and returns false.
func (w *Fresh) begin(v code.Value, t byte) bool {
	v = w.identity(v)
	state := w.state[v]
	switch {
	case state>>2 > 0:
		w.b = append(w.b, typeRef)
		w.word(int32(state>>2 - 1))
		return false
	case state&counted == twice || w.always(v) || v == code.Value(w.root):
		w.next++
		w.state[v] = w.next<<2 | twice
		t |= flagRef
	}
	w.b = append(w.b, t)
	return true
}

func (w *Fresh) word(n int32) { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }

func (w *Fresh) value(v code.Value) {
	switch v := v.(type) {
	case *code.NoneType:
		w.b = append(w.b, typeNone)
	case *code.Bool:
		if v.V {
			w.b = append(w.b, typeTrue)
		} else {
			w.b = append(w.b, typeFalse)
		}
	case *code.EllipsisType:
		w.b = append(w.b, typeEllipsis)
	case *code.Str:
		w.str(v)
	case *code.Int:
		w.int(v)
	case *code.Float:
		if w.begin(v, typeBinaryFloat) {
			w.float(v.V)
		}
	case *code.Complex:
		if w.begin(v, typeBinaryComplex) {
			w.float(v.Re)
			w.float(v.Im)
		}
	case *code.Bytes:
		w.bytes(v)
	case *code.Tuple:
		w.tuple(v)
	case *code.Set:
		w.set(v)
	case *code.Slice:
		if w.begin(v, typeSlice) {
			w.values([]code.Value{v.Start, v.Stop, v.Step})
		}
	case *code.Object:
		w.object(v)
	default:
		w.fail(ErrType, fmt.Sprintf("%T", v), "which no compiler makes")
	}
}

func (w *Fresh) values(items []code.Value) {
	for _, v := range items {
		w.value(v)
	}
}

func (w *Fresh) float(v float64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
}

func (w *Fresh) str(v *code.Str) {
	short, long := byte(typeShortASCII), byte(typeASCII)
	if v.Interned {
		short, long = typeShortASCIIInterned, typeASCIIInterned
	}
	ascii := true
	for i := 0; i < len(v.S); i++ {
		if v.S[i] >= 0x80 {
			ascii = false
			break
		}
	}
	switch {
	case ascii && len(v.S) < 256:
		if w.begin(v, short) {
			w.b = append(append(w.b, byte(len(v.S))), v.S...)
		}
		return
	case ascii:
	case v.Interned:
		long = typeInterned
	default:
		long = typeUnicode
	}
	if w.begin(v, long) {
		w.word(int32(len(v.S)))
		w.b = append(w.b, v.S...)
	}
}

func (w *Fresh) bytes(v *code.Bytes) {
	if w.begin(v, typeString) {
		w.word(int32(len(v.S)))
		w.b = append(w.b, v.S...)
	}
}

func (w *Fresh) int(v *code.Int) {
	if v.Big == nil && v.V == int64(int32(v.V)) {
		if w.begin(v, typeInt) {
			w.word(int32(v.V))
		}
		return
	}
	if w.begin(v, typeLong) {
		b := v.Big
		if b == nil {
			b = big.NewInt(v.V)
		}
		w.b = appendDigits(w.b, b)
	}
}

func (w *Fresh) tuple(v *code.Tuple) {
	n := len(v.Items)
	if n < 256 {
		if !w.begin(v, typeSmallTuple) {
			return
		}
		w.b = append(w.b, byte(n))
	} else {
		if !w.begin(v, typeTuple) {
			return
		}
		w.word(int32(n))
	}
	w.values(v.Items)
}

// set writes a frozen set, its members in the order of their own streams.
func (w *Fresh) set(v *code.Set) {
	if !w.begin(v, typeFrozenSet) {
		return
	}
	type member struct {
		v      code.Value
		stream []byte
	}
	members := make([]member, len(v.Items))
	for i, item := range v.Items {
		alone := Fresh{state: make(map[code.Value]uint32), texts: make(map[string]*code.Str)}
		for v, state := range w.state {
			alone.state[v] = state & counted
		}
		alone.value(item)
		members[i] = member{item, alone.b}
	}
	slices.SortStableFunc(members, func(a, b member) int { return bytes.Compare(a.stream, b.stream) })
	w.word(int32(len(members)))
	for _, m := range members {
		w.value(m.v)
	}
}

func (w *Fresh) object(v *code.Object) {
	if !w.begin(v, typeCode) {
		return
	}
	w.word(int32(v.ArgCount))
	w.word(int32(v.PosOnlyArgCount))
	w.word(int32(v.KwOnlyArgCount))
	w.word(int32(v.StackSize))
	w.word(int32(v.Flags))
	w.bytes(v.Code)
	w.tuple(v.Consts)
	w.tuple(v.Names)
	w.tuple(v.LocalsPlusNames)
	w.kinds(v.LocalsPlusKinds)
	w.value(v.Filename)
	w.value(v.Name)
	w.value(v.QualName)
	w.word(int32(v.FirstLine))
	w.bytes(v.LineTable)
	w.bytes(v.ExceptionTable)
}

// kinds writes co_localspluskinds, of which only the empty one lives for ever.
func (w *Fresh) kinds(v *code.Bytes) {
	if len(v.S) != 1 || w.state[v]&counted == twice {
		w.bytes(v)
		return
	}
	w.b = append(w.b, typeString)
	w.word(1)
	w.b = append(w.b, v.S...)
}
