package codecsmod

import (
	"unicode/utf8"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

const undefined = "character maps to <undefined>"

// encodingMap is what charmap_build makes of a table of 256 characters.
type encodingMap struct {
	object.Head
	m    *strs.Charmap
	size int64
}

var encodingMapType object.Type

// setup defines the types of the module.
func setup(d *object.ModuleDef) {
	d.Methods = methods()
	object.Define(&encodingMapType, object.TypeSpec{Name: "EncodingMap", Flags: object.FlagNoNew, Methods: []object.MethodDef{
		{Name: "size", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
			return object.MakeInt(object.To[encodingMap](a[0]).size)
		}, Doc: "Return the size (in bytes) of this object."},
	}})
}

// tables are the charmaps of the decoding tables used last; codecs use few.
type tables struct {
	keys [8]*object.Str
	maps [8]*strs.Charmap
	next int
}

func charmapOf(t *thread, table *object.Str) *strs.Charmap {
	s, _ := t.Interp.State["_codecs"].(*tables)
	if s == nil {
		s = &tables{}
		t.Interp.State["_codecs"] = s
	}
	for i, k := range s.keys {
		if k == table {
			return s.maps[i]
		}
	}
	m := strs.MakeCharmap(table.S)
	s.keys[s.next], s.maps[s.next] = table, m
	s.next = (s.next + 1) % len(s.keys)
	return m
}

func charmapBuild(t *thread, a []value) value {
	if !a[0].IsStr() {
		return t.TypeErrorf("charmap_build() argument must be str, not %s", object.ArgName(a[0]))
	}
	s := a[0].Str()
	// The compact form is for tables of 256 characters that begin with NUL.
	compact := s.Len() == 256 && s.S[0] == 0
	var high, middle [1 << 13]bool
	count2, count3 := int64(0), int64(0)
	if compact {
		first := true
		for p := s.S; p != ""; {
			r, n := object.DecodePoint(p)
			p = p[n:]
			if r > 0xFFFF || r == 0 && !first {
				compact = false
				break
			}
			first = false
			if r == 0xFFFE {
				continue
			}
			if !high[r>>11] {
				high[r>>11] = true
				count2++
			}
			if !middle[r>>7] {
				middle[r>>7] = true
				count3++
			}
		}
	}
	if compact {
		return object.Of(&encodingMap{object.Head{Type: &encodingMapType}, strs.MakeCharmap(s.S), 63 + 16*count2 + 128*count3})
	}
	d := object.NewDict()
	i := int64(0)
	for p := s.S; p != "" && i < 256; i++ {
		r, n := object.DecodePoint(p)
		p = p[n:]
		if !d.Set(t, object.MakeInt(int64(r)), object.MakeInt(i)) {
			return value{}
		}
	}
	return object.Of(d)
}

func charmapEncode(t *thread, a []value) value {
	s, policy, ok := strArgs(t, a, "charmap_encode")
	if !ok {
		return value{}
	}
	m := a[2]
	switch {
	case m.P == nil || m.IsNone():
		return pair(t.EncodeAs(strs.Latin1, s, policy), s.Len())
	case m.Is(&encodingMapType):
		return pair(t.EncodeMap(object.To[encodingMap](m).m, s, policy), s.Len())
	}
	e := mapEncoder{t: t, m: m, s: s, policy: policy}
	if !e.encode() {
		return value{}
	}
	return pair(object.CopyBytes(e.dst), s.Len())
}

// mapEncoder encodes with any mapping.
type mapEncoder struct {
	t      *thread
	m      value
	s      *object.Str
	policy string
	dst    []byte
}

// char appends what the mapping has for a character. found is false if it has nothing.
func (e *mapEncoder) char(r rune) (found, ok bool) {
	t := e.t
	x := t.GetItem(e.m, object.MakeInt(int64(r)))
	switch {
	case x.P == nil:
		return false, t.Catch(&object.LookupErrorType) != nil
	case x.IsNone():
		return false, true
	case x.Type().Flags&object.FlagInt != 0:
		x = object.ExactInt(x)
		if !x.IsInt() || uint64(x.Int()) > 255 {
			t.TypeErrorf("character mapping must be in range(256)")
			return false, false
		}
		e.dst = append(e.dst, byte(x.Int()))
		return true, true
	case x.Type().Flags&object.FlagBytes != 0:
		e.dst = append(e.dst, object.To[object.Bytes](x).S...)
		return true, true
	}
	t.TypeErrorf("character mapping must return integer, bytes or None, not %s", x.Type().Name)
	return false, false
}

func (e *mapEncoder) encode() bool {
	s := e.s.S
	point := 0
	for i := 0; i < len(s); {
		r, n := object.DecodePoint(s[i:])
		found, ok := e.char(r)
		if !ok {
			return false
		}
		if found {
			i += n
			point++
			continue
		}
		// All characters that follow and cannot be encoded either are one problem.
		j, end := i+n, point+1
		for j < len(s) {
			r, n := object.DecodePoint(s[j:])
			size := len(e.dst)
			found, ok := e.char(r)
			if !ok {
				return false
			}
			if found {
				e.dst = e.dst[:size]
				break
			}
			j += n
			end++
		}
		next, ok := e.repair(s[i:j], point, end)
		if !ok {
			return false
		}
		if next == end {
			i, point = j, end
			continue
		}
		for i, point = 0, 0; point < next && i < len(s); point++ {
			_, n := object.DecodePoint(s[i:])
			i += n
		}
	}
	return true
}

// repair does what the error handler says about the characters of part, and returns where to go on.
func (e *mapEncoder) repair(part string, start, end int) (next int, ok bool) {
	t := e.t
	problem := &strs.CodecError{Encoding: "charmap", Start: start, End: end, Reason: undefined}
	var r string
	var isBytes bool
	next = end
	switch p := strs.PolicyOf(e.policy); p {
	case strs.Other:
		if r, isBytes, next, ok = t.EncodeError(e.s, e.policy, problem); !ok {
			return 0, false
		}
	default:
		if r, isBytes, ok = p.Encode(strs.ASCII, part); !ok {
			t.RaiseEncodeError(e.s, problem)
			return 0, false
		}
	}
	if isBytes {
		e.dst = append(e.dst, r...)
		return next, true
	}
	for r != "" {
		c, n := object.DecodePoint(r)
		r = r[n:]
		found, ok := e.char(c)
		if !ok {
			return 0, false
		}
		if !found {
			t.RaiseEncodeError(e.s, problem)
			return 0, false
		}
	}
	return next, true
}

func charmapDecode(t *thread, a []value) value {
	data, policy, _, ok := decodeArgs(t, a, "charmap_decode", value{}, true)
	if !ok {
		return value{}
	}
	m := a[2]
	switch {
	case m.P == nil || m.IsNone():
		return pair(t.DecodeAs(strs.Latin1, a[0], data, policy, true))
	case m.IsStr():
		return pair(t.DecodeMap(charmapOf(t, m.Str()), a[0], data, policy), len(data))
	}
	data = string(append([]byte(nil), data...))
	size := len(data)
	var dst []byte
	for i := 0; i < len(data); {
		x := t.GetItem(m, object.MakeInt(int64(data[i])))
		found := false
		switch {
		case x.P == nil:
			if t.Catch(&object.LookupErrorType) == nil {
				return value{}
			}
		case x.IsNone():
		case x.Type().Flags&object.FlagInt != 0:
			x = object.ExactInt(x)
			if !x.IsInt() || x.Int() < 0 || x.Int() > utf8.MaxRune {
				return t.TypeErrorf("character mapping must be in range(0x110000)")
			}
			if found = x.Int() != 0xFFFE; found {
				dst = object.AppendPoint(dst, rune(x.Int()))
			}
		case x.IsStr():
			if found = x.Str().S != "\uFFFE"; found {
				dst = append(dst, x.Str().S...)
			}
		default:
			return t.TypeErrorf("character mapping must return integer, None or str")
		}
		if found {
			i++
			continue
		}
		problem := &strs.CodecError{Encoding: "charmap", Start: i, End: i + 1, Reason: undefined}
		p := strs.PolicyOf(policy)
		if p == strs.Other {
			r, input, next, ok := t.DecodeError(data, policy, problem)
			if !ok {
				return value{}
			}
			dst = append(dst, r...)
			data, i = input, next
			continue
		}
		if dst, i = p.Decode(dst, strs.Latin1, data, i, i+1); i < 0 {
			return t.RaiseDecodeError(data, problem)
		}
	}
	return pair(object.MakeStr(string(dst)), size)
}
