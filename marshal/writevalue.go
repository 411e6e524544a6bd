package marshal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// str writes text in its Form if that says the same of interning and can hold
// the characters: Latin-1 for the codes that are called ASCII.
func (w *writer) str(v *code.Str) {
	t := v.Form.Type()
	s, ok := v.S, false
	switch t {
	case typeShortASCII, typeShortASCIIInterned, typeASCII, typeASCIIInterned:
		interned := t == typeShortASCIIInterned || t == typeASCIIInterned
		if w.usable(t) && interned == v.Interned {
			s, ok = toLatin1(v.S)
			if ok && (t == typeShortASCII || t == typeShortASCIIInterned) {
				ok = len(s) < 256
			}
		}
	case typeInterned:
		ok = w.usable(t) && !w.py2 && v.Interned
	case typeUnicode:
		ok = !v.Interned || !w.dialect.refs
	}
	if !ok {
		s, t = v.S, w.canonicalText(v)
	}
	if t == typeUnicode || t == typeInterned {
		if i := invalidUTF8(s); i >= 0 {
			w.fail(ErrValue, fmt.Sprintf("a str with byte 0x%02x at %d", s[i], i), "want UTF-8")
			return
		}
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	if t == typeShortASCII || t == typeShortASCIIInterned {
		w.b = append(w.b, byte(len(s)))
	} else {
		w.length("str", len(s))
	}
	w.b = append(w.b, s...)
}

func (w *writer) canonicalText(v *code.Str) byte {
	var t byte = typeUnicode
	switch {
	case w.canon >= 4 && isASCII(v.S):
		t = typeASCII
		if len(v.S) < 256 {
			t = typeShortASCII
		}
		if v.Interned {
			t -= 'a' - 'A'
		}
	case w.canon >= 3 && v.Interned:
		t = typeInterned
	}
	return t
}

// int writes i, I or l. CPython wrote I up to 3.3 where a C long has 64 bits.
func (w *writer) int(v *code.Int) {
	x, fits64 := v.V, true
	if v.Big != nil {
		x, fits64 = v.Big.Int64(), v.Big.IsInt64()
	}
	fits32 := fits64 && x == int64(int32(x))
	t := v.Form.Type()
	switch {
	case t == typeLong, t == typeInt && fits32, t == typeInt64 && fits64:
	case fits32:
		t = typeInt
	case fits64 && w.version < pyver.Py34:
		t = typeInt64
	default:
		t = typeLong
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	switch t {
	case typeInt:
		w.word(int32(x))
	case typeInt64:
		w.b = binary.LittleEndian.AppendUint64(w.b, uint64(x))
	case typeLong:
		b := v.Big
		if b == nil {
			b = big.NewInt(x)
		}
		w.digits(b)
	}
}

// digits writes an integer as a signed count of 15-bit digits.
func (w *writer) digits(b *big.Int) {
	n := digitCount(b)
	if n > math.MaxInt32 {
		w.length("int", n) // too long: fails
		return
	}
	w.b = appendDigits(w.b, b)
}

func digitCount(b *big.Int) int { return (b.BitLen() + 14) / 15 }

// appendDigits appends the count of b's 15-bit digits, with b's sign, and the digits.
func appendDigits(buf []byte, b *big.Int) []byte {
	n := digitCount(b)
	count := int32(n)
	if b.Sign() < 0 {
		count = -count
	}
	buf = binary.LittleEndian.AppendUint32(buf, uint32(count))
	words := b.Bits()
	for i := range n {
		k, sh := 15*i/bits.UintSize, 15*i%bits.UintSize
		d := words[k] >> sh
		if sh > bits.UintSize-15 && k+1 < len(words) {
			d |= words[k+1] << (bits.UintSize - sh)
		}
		buf = append(buf, byte(d), byte(d>>8)&0x7f)
	}
	return buf
}

func (w *writer) float(v *code.Float) {
	t, text := w.floatType(v.Form, typeFloat, typeBinaryFloat)
	if text && v.Form.Type() == t && !says(v.Text, v.V) {
		// Edited: the text is no longer that of the value.
		t, text = w.floatType(0, typeFloat, typeBinaryFloat)
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	if text {
		w.floatText(v.Text, v.V)
	} else {
		w.float64(v.V)
	}
}

func (w *writer) complex(v *code.Complex) {
	t, text := w.floatType(v.Form, typeComplex, typeBinaryComplex)
	if text && v.Form.Type() == t && !(says(v.ReText, v.Re) && says(v.ImText, v.Im)) {
		t, text = w.floatType(0, typeComplex, typeBinaryComplex)
	}
	if !w.begin(v, v.Form, t) {
		return
	}
	if text {
		w.floatText(v.ReText, v.Re)
		w.floatText(v.ImText, v.Im)
	} else {
		w.float64(v.Re)
		w.float64(v.Im)
	}
}

// floatType chooses between the type codes for text and for binary.
func (w *writer) floatType(f code.Form, text, binary byte) (t byte, isText bool) {
	switch {
	case f.Type() == text:
		return text, true
	case f.Type() == binary && w.usable(binary), w.canon >= 2:
		return binary, false
	}
	return text, true
}

// says reports whether text reads as x.
func says(text string, x float64) bool {
	y, ok := parseFloat(text)
	return ok && len(text) < 256 &&
		(math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y))
}

func (w *writer) floatText(text string, x float64) {
	if !says(text, x) {
		text = formatFloat(x)
	}
	w.b = append(w.b, byte(len(text)))
	w.b = append(w.b, text...)
}

func (w *writer) float64(x float64) {
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(x))
}

// code writes the fields of a code object in the layout of the version; see
// reader.code. What is nil counts as empty.
func (w *writer) code(o *code.Object) {
	v := w.version
	w.count("argcount", o.ArgCount)
	if v >= pyver.Py38 {
		w.count("posonlyargcount", o.PosOnlyArgCount)
	}
	if v >= pyver.Py30 {
		w.count("kwonlyargcount", o.KwOnlyArgCount)
	}
	if v < pyver.Py311 {
		w.count("nlocals", o.NLocals)
	}
	w.count("stacksize", o.StackSize)
	w.word(int32(o.Flags))
	var buf [12]code.Value
	values, before := fields(buf[:0], o, v)
	firstText := before - 2 // filename and name, then qualname
	if v >= pyver.Py311 {
		firstText--
	}
	for i, f := range values {
		if i == before {
			w.count("firstlineno", o.FirstLine)
		}
		if i < before && i >= firstText && !w.isText(f) {
			w.fail(ErrType, w.kindOf(f)+" as a name of a code object", "want a str")
		}
		w.value(f)
	}
}

// count writes a number of a code object.
func (w *writer) count(field string, n int) {
	if n != int(int32(n)) {
		w.fail(ErrValue, fmt.Sprintf("%s %d", field, n), "want 32 bits")
	}
	w.word(int32(n))
}

// What stands for a nil field of a code object.
var (
	emptyTuple = &code.Tuple{}
	emptyBytes = &code.Bytes{}
	emptyStr   = &code.Str{Interned: true}
)

// fields appends the values of a code object in the order of version v and
// returns how many of them precede the first line's number.
func fields(to []code.Value, o *code.Object, v pyver.Version) (values []code.Value, before int) {
	bytes := func(b *code.Bytes) code.Value {
		if b == nil {
			return emptyBytes
		}
		return b
	}
	tuple := func(t *code.Tuple) code.Value {
		if t == nil {
			return emptyTuple
		}
		return t
	}
	text := func(t code.Value) code.Value {
		switch {
		case t != nil:
			return t
		case v.Major() == 2:
			return emptyBytes
		}
		return emptyStr
	}
	to = append(to, bytes(o.Code), tuple(o.Consts), tuple(o.Names))
	if v < pyver.Py311 {
		to = append(to, tuple(o.VarNames), tuple(o.FreeVars), tuple(o.CellVars))
	} else {
		to = append(to, tuple(o.LocalsPlusNames), bytes(o.LocalsPlusKinds))
	}
	to = append(to, text(o.Filename), text(o.Name))
	if v >= pyver.Py311 {
		to = append(to, text(o.QualName))
	}
	before = len(to)
	to = append(to, bytes(o.LineTable))
	if v >= pyver.Py311 {
		to = append(to, bytes(o.ExceptionTable))
	}
	return to, before
}

// sorted returns members of a set in the order CPython writes them from 3.11
// on: that of what each would be written as alone.
func (w *writer) sorted(items []code.Value) []code.Value {
	if len(items) < 2 || w.err != nil {
		return items
	}
	if w.memo == nil {
		w.memo = make(map[code.Value][]byte)
	}
	for _, v := range items {
		if _, ok := w.memo[v]; ok {
			continue
		}
		alone := &writer{dialect: w.dialect, format: w.format, canon: w.canon, useRefs: w.useRefs, memo: w.memo, depth: w.depth, member: true}
		b, err := alone.stream(nil, &Stream{Value: v})
		if err != nil {
			w.err = err
			return items
		}
		w.memo[v] = b
	}
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b code.Value) int { return bytes.Compare(w.memo[a], w.memo[b]) })
	return items
}

// scanner finds the values without a Form that are met more than once.
type scanner struct {
	version pyver.Version
	depth   int
	shared  map[code.Value]bool // true when met again
	texts   map[string]bool     // the same of interned strings
}

func (s *scanner) value(v code.Value) {
	var children [12]code.Value
	var items []code.Value
	switch v := v.(type) {
	case nil, *code.NoneType, *code.Bool, *code.EllipsisType, *code.StopIterationType:
		return
	case *code.Tuple:
		items = v.Items
	case *code.List:
		items = v.Items
	case *code.Set:
		items = v.Items
	case *code.Dict:
		items = slices.Concat(v.Keys, v.Values)
	case *code.Slice:
		items = append(children[:0], v.Start, v.Stop, v.Step)
	case *code.Object:
		items, _ = fields(children[:0], v, s.version)
	case *code.Str:
		if v.Interned && v.Form == 0 {
			_, met := s.texts[v.S]
			s.texts[v.S] = met
			return
		}
	}
	if items == nil && v.WrittenAs() != 0 {
		return
	}
	if _, met := s.shared[v]; met {
		s.shared[v] = true
		return
	}
	s.shared[v] = false
	if s.depth >= MaxDepth {
		return // the writer will say so
	}
	s.depth++
	for _, c := range items {
		s.value(c)
	}
	s.depth--
}
