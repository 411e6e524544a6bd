package object

import "unsafe"

// Texts that an expression like a + b + c makes on the way. As with ints (introom.go), the lifter knows that one register has such a text and that
// the next operator takes it from there: if that is + again, the text grows in memory that is used again, and only what the expression is in
// the end is made.

// fleetingStr is a str that one register has, or one that was.
type fleetingStr struct {
	strPlus
	buf []byte
	// count is how many concatenations in a row have made the text; see Str.grown.
	count uint8
}

const (
	// isFleeting is what Str.grown says of a fleetingStr that one register has.
	isFleeting = 254
	// maxFleeting is the size up to which there are such texts. To write longer ones twice costs more than it spares.
	maxFleeting = 256
)

// takeFleeting returns a fleetingStr without a text.
func (t *Thread) takeFleeting() *fleetingStr {
	for i, x := range t.texts {
		if x != nil {
			t.texts[i] = nil
			return x
		}
	}
	return &fleetingStr{strPlus: strPlus{Str: Str{Head: Head{&StrType}, plus: true}}, buf: make([]byte, 0, maxFleeting)}
}

// dropFleeting takes a str back if it is fleeting.
func (t *Thread) dropFleeting(s *Str) {
	if s.grown == isFleeting {
		t.texts[0], t.texts[1] = (*fleetingStr)(unsafe.Pointer(s)), t.texts[0]
	}
}

// append adds b's text.
func (x *fleetingStr) append(b *Str) *fleetingStr {
	x.buf = append(x.buf, b.S...)
	x.S = textOf(x.buf)
	x.n += b.n
	x.count = min(x.count, growFrom) + 1
	return x
}

// FleetingParts is JoinParts for AddStrs, with a result that may be fleeting.
func (t *Thread) FleetingParts(parts []Value) Value {
	size := 0
	for _, p := range parts {
		if p.IsStr() {
			size += len(p.Str().S)
		}
	}
	if size > maxFleeting {
		return JoinParts(t, parts)
	}
	x := t.takeFleeting()
	b, n := t.appendParts(x.buf[:0], parts)
	if n <= 1 || len(b) > maxFleeting {
		x.grown = isFleeting
		t.dropFleeting(&x.Str)
		if len(b) > maxBytes {
			return t.RaiseNew(&MemoryErrorType)
		}
		return copyText(b, n)
	}
	x.buf, x.S, x.n, x.count, x.grown = b, textOf(b), uint32(n), 0, isFleeting
	return Of(x)
}

// AddStrs is a + b for exact strs, either of which may be fleeting. fleeting says that the result is taken by another operator, from the only
// register that will have it: AddStrs, or Settle, has to be called with it.
func (t *Thread) AddStrs(a, b *Str, fleeting bool) Value {
	if a.grown != isFleeting && b.grown != isFleeting {
		// Texts that have grown get more behind them where they are.
		if !fleeting || a.grown >= growFrom || len(a.S)+len(b.S) > maxFleeting || len(a.S) == 0 || len(b.S) == 0 {
			return ConcatStr(t, a, b)
		}
		x := t.takeFleeting()
		x.buf, x.n, x.count = append(x.buf[:0], a.S...), a.n, a.grown
		x.append(b).grown = isFleeting
		return Of(x)
	}
	if fleeting && a.grown == isFleeting && len(a.S)+len(b.S) <= maxFleeting {
		x := (*fleetingStr)(unsafe.Pointer(a)).append(b)
		t.dropFleeting(b)
		return Of(x)
	}
	var v Value
	switch {
	case len(a.S) == 0:
		v = copyText(bytesOf(b.S), b.Len())
	case len(b.S) == 0:
		v = copyText(bytesOf(a.S), a.Len())
	default:
		v = ConcatStr(t, a, b)
	}
	t.dropFleeting(a)
	t.dropFleeting(b)
	return v
}
