package marshal

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"

	"github.com/krait-py/krait/code"
)

// Fresh writes code objects that a compiler has just made, as CPython 3.14 would
// have written them from its memory: it ignores every Form. What enters the table
// of references follows from reference counts there: whatever two places refer to,
// interned strings, the code object at the top, bytecode (its object is cached),
// members of sets (sorting holds them), and what lives for ever: integers from -5
// to 256, the empty tuple, bytes of a length up to 1 (the kinds of variables
// excepted, which are made anew). Two places share a value if they hold the same
// pointer, which all interned strings that are equal do; what lives for ever also if
// it is equal.
//
// A Fresh is used for one stream after another; the zero value is ready for use.
type Fresh struct {
	b     []byte
	base  int
	depth int
	err   error
	root  *code.Object

	// Each value that may enter the table of references has an ordinal, in the
	// order of the stream. Whether it enters is known only at the end: then the
	// flags are set and the references, which hold ordinals, get their numbers.
	places  []place
	refs    []int32 // where in b references stand
	objects identities
	bytes1  [256]int32 // ordinals of bytes of length 1, plus 1
	ints    [262]int32 // ordinals of small integers, plus 1
	empty   struct{ tuple, bytes int32 }

	filename        code.Value // of the code object before, and its ordinal: all have the same
	filenameOrdinal int32

	shared  map[code.Value]bool // what two places refer to; nil until a set of tuples wants it
	members *Fresh              // writes members of sets
}

// place is what is known of a value: where its type code stands, above a bit that says
// whether it enters the table.
type place uint32

const enters place = 1

// Append appends the stream of o, a code object of 3.14, to b.
func (w *Fresh) Append(b []byte, o *code.Object) ([]byte, error) {
	w.reset(b)
	w.root, w.depth, w.shared = o, 0, nil
	w.value(o)
	if w.err != nil {
		return b, w.err
	}
	if len(w.places) > 0 {
		w.places[0] |= enters // o
	}
	w.number()
	if w.err != nil {
		return b, w.err
	}
	return w.b, nil
}

// reset readies w for a stream behind b.
func (w *Fresh) reset(b []byte) {
	w.b, w.base, w.err = b, len(b), nil
	clear(w.bytes1[:])
	clear(w.ints[:])
	w.empty.tuple, w.empty.bytes = 0, 0
	w.objects.reset()
	w.places, w.refs, w.filename = w.places[:0], w.refs[:0], nil
}

// number sets the flags and turns ordinals into numbers of the table.
func (w *Fresh) number() {
	b := w.b[w.base:]
	if len(b) > math.MaxInt32 {
		w.fail(ErrValue, fmt.Sprintf("a stream of %d bytes", len(b)), fmt.Sprintf("want at most %d", math.MaxInt32))
		return
	}
	// What does not enter gets a number, too, which nothing asks for: which values enter, a
	// processor cannot guess.
	n := place(0)
	for i, p := range w.places {
		b[p>>1] |= byte(p&enters) * flagRef
		w.places[i] = n
		n += p & enters
	}
	for _, at := range w.refs {
		ref := b[at:]
		binary.LittleEndian.PutUint32(ref, uint32(w.places[binary.LittleEndian.Uint32(ref)]))
	}
}

func (w *Fresh) fail(class error, found, wanted string) {
	if w.err == nil {
		w.err = &Error{len(w.b) - w.base, found, wanted, class}
	}
}

// begin gives v the type code t, or writes a reference to it and returns false.
func (w *Fresh) begin(v code.Value, t byte, shared bool) bool {
	ordinal, met := w.objects.find(v, int32(len(w.places)))
	if met {
		w.reference(ordinal)
		return false
	}
	w.enter(t, shared || w.isShared(v))
	return true
}

// isShared reports whether two places are known to refer to v. To ask a map that is not
// there would hash the value all the same.
func (w *Fresh) isShared(v code.Value) bool { return w.shared != nil && w.shared[v] }

// beginOnly is begin for values that are told apart otherwise: slot holds the
// ordinal, plus 1.
func (w *Fresh) beginOnly(slot *int32, t byte) bool {
	if *slot > 0 {
		w.reference(*slot - 1)
		return false
	}
	w.enter(t, true)
	*slot = int32(len(w.places))
	return true
}

// enter writes the type code t of the next value; shared says that two places refer to it.
func (w *Fresh) enter(t byte, shared bool) {
	p := place(len(w.b)-w.base) << 1
	if shared {
		p |= enters
	}
	w.places = append(w.places, p)
	w.b = append(w.b, t)
}

func (w *Fresh) reference(ordinal int32) {
	w.places[ordinal] |= enters
	w.b = append(w.b, typeRef)
	w.refs = append(w.refs, int32(len(w.b)-w.base))
	w.word(ordinal)
}

func (w *Fresh) word(n int32) { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }

func (w *Fresh) value(v code.Value) {
	switch v := v.(type) {
	case *code.Str:
		w.str(v)
	case *code.NoneType:
		w.b = append(w.b, typeNone)
	case *code.Int:
		w.int(v)
	case *code.Tuple:
		w.tuple(v)
	case *code.Object:
		w.object(v)
	case *code.Bool:
		if v.V {
			w.b = append(w.b, typeTrue)
		} else {
			w.b = append(w.b, typeFalse)
		}
	case *code.EllipsisType:
		w.b = append(w.b, typeEllipsis)
	case *code.Float:
		if w.begin(v, typeBinaryFloat, false) {
			w.float(v.V)
		}
	case *code.Complex:
		if w.begin(v, typeBinaryComplex, false) {
			w.float(v.Re)
			w.float(v.Im)
		}
	case *code.Bytes:
		w.bytes(v)
	case *code.Set:
		w.set(v)
	case *code.Slice:
		if w.begin(v, typeSlice, false) {
			w.values(v.Start, v.Stop, v.Step)
		}
	default:
		w.fail(ErrType, fmt.Sprintf("%T", v), "which no compiler makes")
	}
}

// values writes values one level deeper.
func (w *Fresh) values(items ...code.Value) {
	w.depth++
	if w.depth > MaxDepth {
		w.fail(ErrDepth, fmt.Sprintf("a value %d deep", w.depth), fmt.Sprintf("want at most %d", MaxDepth))
	}
	for _, v := range items {
		if s, ok := v.(*code.Str); ok { // as most are
			w.str(s)
			continue
		}
		if w.err != nil {
			break
		}
		w.value(v)
	}
	w.depth--
}

func (w *Fresh) float(v float64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
}

func (w *Fresh) str(v *code.Str) {
	if ordinal, met := w.objects.find(v, int32(len(w.places))); met {
		w.reference(ordinal)
	} else if v.Interned {
		if w.name(v.S) {
			return
		}
		w.text(v.S, typeShortASCIIInterned, typeASCIIInterned, typeInterned, true)
	} else {
		w.text(v.S, typeShortASCII, typeASCII, typeUnicode, w.isShared(v))
	}
}

// name writes an interned string of 4 to 16 bytes of ASCII, as most are; it returns false for
// others. Their bytes are copied and looked at as two words, which may overlap.
func (w *Fresh) name(s string) bool {
	n, at := len(s), len(w.b)
	if n < 4 || n > 16 || cap(w.b)-at < 2+16 {
		return false
	}
	b := w.b[:at+2+n]
	var both uint64
	if to := b[at+2:]; n < 8 {
		first, last := half(s), half(s[n-4:])
		binary.LittleEndian.PutUint32(to, first)
		binary.LittleEndian.PutUint32(to[n-4:], last)
		both = uint64(first | last)
	} else {
		first, last := word(s), word(s[n-8:])
		binary.LittleEndian.PutUint64(to, first)
		binary.LittleEndian.PutUint64(to[n-8:], last)
		both = first | last
	}
	if both&highs != 0 {
		return false
	}
	w.places = append(w.places, place(at-w.base)<<1|enters)
	b[at], b[at+1] = typeShortASCIIInterned, byte(n)
	w.b = b
	return true
}

// text writes a string with the type code for short ASCII, ASCII or other text.
func (w *Fresh) text(s string, short, ascii, other byte, shared bool) {
	t := other
	if isASCII(s) {
		t = ascii
		if len(s) < 256 {
			w.enter(short, shared)
			w.b = append(append(w.b, byte(len(s))), s...)
			return
		}
	}
	w.enter(t, shared)
	w.word(int32(len(s)))
	w.b = append(w.b, s...)
}

func (w *Fresh) bytes(v *code.Bytes) {
	var begun bool
	switch len(v.S) {
	case 0:
		begun = w.beginOnly(&w.empty.bytes, typeString)
	case 1:
		begun = w.beginOnly(&w.bytes1[v.S[0]], typeString)
	default:
		begun = w.begin(v, typeString, false)
	}
	if begun {
		w.bytesText(v.S)
	}
}

// ownBytes writes bytes that belong to one code object alone: as there is nothing
// else that refers to them they need not be looked for.
func (w *Fresh) ownBytes(v *code.Bytes, shared bool) {
	w.enter(typeString, shared)
	w.bytesText(v.S)
}

func (w *Fresh) bytesText(s string) {
	w.word(int32(len(s)))
	w.b = append(w.b, s...)
}

func (w *Fresh) int(v *code.Int) {
	switch {
	case v.Big == nil && -5 <= v.V && v.V <= 256:
		if w.beginOnly(&w.ints[v.V+5], typeInt) {
			w.word(int32(v.V))
		}
	case v.Big == nil && v.V == int64(int32(v.V)):
		if w.begin(v, typeInt, false) {
			w.word(int32(v.V))
		}
	default:
		if w.begin(v, typeLong, false) {
			b := v.Big
			if b == nil {
				b = big.NewInt(v.V)
			}
			w.b = appendDigits(w.b, b)
		}
	}
}

func (w *Fresh) tuple(v *code.Tuple) {
	n := len(v.Items)
	switch {
	case n == 0:
		if w.beginOnly(&w.empty.tuple, typeSmallTuple) {
			w.b = append(w.b, 0)
		}
		return
	case n < 256:
		if !w.begin(v, typeSmallTuple, false) {
			return
		}
		w.b = append(w.b, byte(n))
	default:
		if !w.begin(v, typeTuple, false) {
			return
		}
		w.word(int32(n))
	}
	w.values(v.Items...)
}

func (w *Fresh) object(v *code.Object) {
	if !w.begin(v, typeCode, false) {
		return
	}
	w.word(int32(v.ArgCount))
	w.word(int32(v.PosOnlyArgCount))
	w.word(int32(v.KwOnlyArgCount))
	w.word(int32(v.StackSize))
	w.word(int32(v.Flags))
	w.ownBytes(v.Code, true)
	w.tuple(v.Consts)
	w.tuple(v.Names)
	w.tuple(v.LocalsPlusNames)
	if v.LocalsPlusKinds.S == "" {
		w.bytes(v.LocalsPlusKinds)
	} else {
		// Unlike other bytes of length 1, these are made anew.
		w.ownBytes(v.LocalsPlusKinds, false)
	}
	w.fileName(v.Filename)
	w.value(v.Name)
	w.value(v.QualName)
	w.word(int32(v.FirstLine))
	w.bytes(v.LineTable)
	w.bytes(v.ExceptionTable)
}

// fileName is value for the name of the file, which the code object before most
// likely had, too.
func (w *Fresh) fileName(v code.Value) {
	if v != nil && v == w.filename {
		w.reference(w.filenameOrdinal)
		return
	}
	ordinal := int32(len(w.places))
	w.value(v)
	if len(w.places) > int(ordinal) {
		w.filename, w.filenameOrdinal = v, ordinal
	}
}
