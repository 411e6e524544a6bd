package object

import (
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

const strDoc = `str(object='') -> str
str(bytes_or_buffer[, encoding[, errors]]) -> str

Create a new string object from the given object. With encoding or
errors given, the object must expose a data buffer that is decoded with
the encoding and error handler. Otherwise the result is that of
object.__str__() if it is defined, or repr(object).
encoding defaults to 'utf-8'.
errors defaults to 'strict'.`

// strSub is an instance of a subclass of str.
type strSub struct {
	strPlus
	Attrs
}

func strAlloc(t *Thread, cls *Type) Value {
	if cls == &StrType {
		return EmptyStr
	}
	p := &strSub{}
	p.Type, p.plus = cls, true
	return InitAttrs(cls, Of(p))
}

// MakeStrOf returns an instance of cls, str or a subclass, with the text of s.
func MakeStrOf(cls *Type, s *Str) Value {
	if cls == &StrType {
		return s.exact()
	}
	p := &strSub{}
	p.Type, p.S, p.n, p.Hash, p.plus = cls, s.S, s.n, s.Hash, true
	return InitAttrs(cls, Of(p))
}

func setupStr() {
	setupStrIter()
	Define(&StrType, TypeSpec{
		Name: "str", Doc: strDoc, Flags: FlagBase | FlagStr | FlagSelfMatch,
		SubOffset: unsafe.Offsetof(strSub{}.Attrs),
		Make:      strNew,
		Slots: Slots{
			NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpRemainder: strMod}},
			Alloc:       strAlloc, New: strNew, Repr: strRepr, Str: func(t *Thread, v Value) Value { return v.Str().exact() },
			Hash:    func(t *Thread, v Value) (int64, bool) { return int64(v.Str().HashOf()), true },
			Compare: strCompare, Iter: strIter,
			Len:     func(t *Thread, v Value) (int, bool) { return v.Str().Len(), true },
			GetItem: strGetItem, Contains: strContains, Concat: strConcat, Repeat: strRepeat,
		},
		Methods: strMethods,
	})
}

var strConstructor = Constructor("str", "(object='', encoding='utf-8', errors='strict')", func(t *Thread, cls *Type, a []Value) Value {
	r := t.newStr(a)
	if r.P == nil || cls == &StrType {
		return r
	}
	return MakeStrOf(cls, r.Str())
})

func strNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if len(args) == 1 && names == nil && cls == &StrType {
		return strOrNil(t.Str(args[0]))
	}
	n := len(args) - nameCount(names)
	if !t.argCount("str", n, 0, 3) {
		return Value{}
	}
	if names == nil && cls == &StrType {
		var a [3]Value
		copy(a[:], args)
		for i, v := range a[1:] {
			if v.P != nil && !v.IsStr() {
				return t.TypeErrorf("str() argument '%s' must be str, not %s", [...]string{"encoding", "errors"}[i], t.QualName(v.Type()))
			}
		}
		return t.newStr(a[:])
	}
	return strConstructor(t, cls, args, names)
}

// newStr is str() with its three parameters.
func (t *Thread) newStr(a []Value) Value {
	x := a[0]
	encoding, errors := "utf-8", "strict"
	for i, name := range [...]string{"encoding", "errors"} {
		if v := a[i+1]; v.P != nil {
			if !v.IsStr() {
				return t.TypeErrorf("str() argument '%s' must be str, not %s", name, ArgName(v))
			}
			if i == 0 {
				encoding = v.Str().S
			} else {
				errors = v.Str().S
			}
		}
	}
	if x.P == nil {
		return EmptyStr
	}
	if a[1].P == nil && a[2].P == nil {
		return strOrNil(t.Str(x))
	}
	if x.IsStr() {
		return t.TypeErrorf("decoding str is not supported")
	}
	if x.Type().Buffer == nil {
		return t.TypeErrorf("decoding to str: need a bytes-like object, %s found", x.Type().Name)
	}
	if (x.Type().Flags&FlagBytes != 0 || x.IsA(&ByteArrayType)) && bytesText(x) == "" && !t.Interp.DevMode {
		return EmptyStr // nobody asks whether there is such an encoding
	}
	return t.Decode(x, encoding, errors)
}

// ArgName is the type of a value as messages about arguments have it: None is itself.
func ArgName(v Value) string {
	if v.IsNone() {
		return "None"
	}
	return v.Type().Name
}

func strRepr(t *Thread, v Value) Value {
	s := v.Str()
	if s.IsASCII() && plainText(s.S) {
		r, b := makeStrBuf(len(s.S)+2, s.Len()+2)
		b[0], b[len(b)-1] = '\'', '\''
		copy(b[1:], s.S)
		return Of(r)
	}
	if len(s.S) > maxBytes/10 {
		return t.RaiseNew(&MemoryErrorType)
	}
	return MakeStr(textOf(strs.AppendRepr(make([]byte, 0, len(s.S)+2+len(s.S)/8), s.S)))
}

// plainText reports whether the repr of an ASCII text is the text between single quotes.
func plainText(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '\'' || c == '\\' || c == 0x7F {
			return false
		}
	}
	return true
}

// ASCII is ascii(v).
func (t *Thread) ASCII(v Value) *Str {
	s := t.Repr(v)
	if s == nil || s.IsASCII() {
		return s
	}
	return NewASCII(textOf(strs.AppendASCII(nil, s.S)))
}

func strCompare(t *Thread, a, b Value, op CompareOp) Value {
	if !a.IsStr() || !b.IsStr() {
		return NotImplemented
	}
	return MakeBool(a.Str().compare(b.Str(), op))
}

// compare is s op o. The order of texts is that of their bytes.
func (s *Str) compare(o *Str, op CompareOp) bool {
	x, y := s.S, o.S
	switch op {
	case CmpEq:
		return s == o || x == y
	case CmpNe:
		return s != o && x != y
	case CmpLt:
		return x < y
	case CmpLe:
		return x <= y
	case CmpGt:
		return x > y
	}
	return x >= y
}
