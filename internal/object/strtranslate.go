package object

import "slices"

func strTranslate(t *Thread, a []Value) Value {
	s, table := a[0].Str(), a[1]
	if table.Type().GetItem == nil {
		return t.TypeErrorf("'%s' object is not subscriptable", table.Type().Name)
	}
	// What ASCII characters become is remembered, for texts with many of them: 0 is what is not known yet,
	// others are characters behind toChar.
	const (
		toNothing = 1 + iota
		toOther
		toChar
	)
	var known [128]uint8
	b := slices.Grow(t.takeText(), len(s.S)+16)
	for i := 0; i < len(s.S); {
		r, size := rune(s.S[i]), 1
		if r >= 128 {
			r, size = DecodePoint(s.S[i:])
		} else if k := known[r]; k >= toChar {
			b = append(b, k-toChar)
			i++
			continue
		} else if k == toNothing {
			i++
			continue
		}
		i += size
		var x Value
		ok := true
		if table.Type() == &DictType {
			// Most characters are in no table: there need not be a KeyError for each.
			x, ok = To[Dict](table).Get(t, MakeInt(int64(r)))
		} else {
			x = t.GetItem(table, MakeInt(int64(r)))
			ok = x.P != nil
		}
		if !ok && t.Catch(&LookupErrorType) == nil {
			return Value{}
		}
		if x.P == nil {
			x = MakeInt(int64(r))
		}
		k := uint8(toOther)
		switch {
		case x.IsNone():
			k = toNothing
		case x.IsStr():
			if y := x.Str(); y.Len() == 1 && len(y.S) == 1 {
				k = toChar + y.S[0]
			}
			b = append(b, x.Str().S...)
		case x.Type().Flags&FlagInt != 0:
			x = ExactInt(x)
			if !x.IsInt() || x.Int() < 0 || x.Int() > 0x10FFFF {
				return t.ValueErrorf("character mapping must be in range(0x110000)")
			}
			b = AppendPoint(b, rune(x.Int()))
			if x.Int() < 128 {
				k = toChar + uint8(x.Int())
			}
		default:
			return t.TypeErrorf("character mapping must return integer, None or str")
		}
		if r < 128 {
			known[r] = k
		}
		if len(b) > maxBytes {
			return t.RaiseNew(&MemoryErrorType)
		}
	}
	return t.giveNew(b)
}

func strMakeTrans(t *Thread, a []Value) Value {
	x, y, z := a[0], a[1], a[2]
	d := NewDict()
	if y.P == nil {
		if x.Type().Flags&FlagDict == 0 {
			return t.TypeErrorf("if you give only one argument to maketrans it must be a dict")
		}
		for k, v := range To[Dict](x).All {
			switch {
			case k.IsStr():
				if k.Str().Len() != 1 {
					return t.ValueErrorf("string keys in translatetable must be of length 1")
				}
				r, _ := DecodePoint(k.Str().S)
				k = MakeInt(int64(r))
			case k.Type().Flags&FlagInt == 0:
				return t.TypeErrorf("keys in translate table mustbe strings or integers")
			}
			if !d.Set(t, k, v) {
				return Value{}
			}
		}
		return Of(d)
	}
	if !y.IsStr() {
		return t.TypeErrorf("maketrans() argument 2 must be str, not %s", ArgName(y))
	}
	if z.P != nil && !z.IsStr() {
		return t.TypeErrorf("maketrans() argument 3 must be str, not %s", ArgName(z))
	}
	if !x.IsStr() {
		return t.TypeErrorf("first maketrans argument must be a string if there is a second argument")
	}
	if x.Str().Len() != y.Str().Len() {
		return t.ValueErrorf("the first two maketrans arguments must have equal length")
	}
	for p, q := x.Str().S, y.Str().S; p != ""; {
		r, n := DecodePoint(p)
		w, m := DecodePoint(q)
		p, q = p[n:], q[m:]
		if !d.Set(t, MakeInt(int64(r)), MakeInt(int64(w))) {
			return Value{}
		}
	}
	if z.P != nil {
		for p := z.Str().S; p != ""; {
			r, n := DecodePoint(p)
			p = p[n:]
			if !d.Set(t, MakeInt(int64(r)), None) {
				return Value{}
			}
		}
	}
	return Of(d)
}
