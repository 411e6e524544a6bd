package object

import "fmt"

// UnicodeError and those that say where.

// Fields of the three Unicode errors, for Exc.Field.
const (
	UnicodeErrorEncoding = 0
	UnicodeErrorObject   = 1
	UnicodeErrorStart    = 2
	UnicodeErrorEnd      = 3
	UnicodeErrorReason   = 4
)

func setupUnicodeErrors() {
	defineExc(&UnicodeErrorType, "UnicodeError", &ValueErrorType, "Unicode related error.", TypeSpec{Slots: Slots{New: excNew}})
	for _, d := range []struct {
		s         *Type
		name, doc string
		init      func(t *Thread, self Value, args []Value, names *Tuple) bool
		str       UnaryFunc
	}{
		{&UnicodeDecodeErrorType, "UnicodeDecodeError", "Unicode decoding error.", unicodeDecodeInit, unicodeDecodeStr},
		{&UnicodeEncodeErrorType, "UnicodeEncodeError", "Unicode encoding error.", unicodeEncodeInit, unicodeEncodeStr},
		{&UnicodeTranslateErrorType, "UnicodeTranslateError", "Unicode translation error.", unicodeTranslateInit, unicodeTranslateStr},
	} {
		spec := TypeSpec{Slots: Slots{New: excNew, Init: d.init, Str: d.str}}
		defineExc(d.s, d.name, &UnicodeErrorType, d.doc, spec, "encoding", "exception encoding", "object", "exception object",
			"start", "exception start", "end", "exception end", "reason", "exception reason")
		for i, n := range [...]string{"start", "end"} {
			m := indexMember(n, "exception "+n, UnicodeErrorStart+i)
			d.s.AddGetSets([]GetSetDef{m})
		}
	}
}

// indexMember describes a field that holds an index: 0 when not set.
func indexMember(name, doc string, i int) GetSetDef {
	return GetSetDef{Name: name, Doc: doc, Member: true,
		Get: func(t *Thread, v Value) Value { return MakeInt(To[Exc](v).index(i)) },
		Set: func(t *Thread, v, x Value) bool {
			if x.P == nil {
				t.TypeErrorf("can't delete numeric/char attribute")
				return false
			}
			if x.Type().Flags&FlagInt == 0 {
				t.TypeErrorf("an integer is required")
				return false
			}
			n, ok := t.parseIndex(x)
			if ok {
				To[Exc](v).SetField(i, MakeInt(n))
			}
			return ok
		}}
}

func (e *Exc) index(i int) int64 {
	if v := e.field(i); v.P != nil {
		return v.Int()
	}
	return 0
}

// parseIndex converts an argument to an index.
func (t *Thread) parseIndex(v Value) (int64, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	if !x.IsInt() {
		t.OverflowErrorf("Python int too large to convert to C ssize_t")
		return 0, false
	}
	return x.Int(), true
}

// unicodeInit sets the fields; kinds has a letter per argument: U a str, O anything, n an index.
func (t *Thread) unicodeInit(self Value, args []Value, names *Tuple, kinds string, first int) bool {
	if !excInit(t, self, args, names) {
		return false
	}
	if len(args) != len(kinds) {
		t.TypeErrorf("function takes exactly %d arguments (%d given)", len(kinds), len(args))
		return false
	}
	var vals [5]Value
	for i, a := range args {
		vals[i] = a
		switch kinds[i] {
		case 'U':
			if !a.IsStr() {
				t.TypeErrorf("argument %d must be str, not %s", i+1, ArgName(a))
				return false
			}
		case 'n':
			n, ok := t.parseIndex(a)
			if !ok {
				return false
			}
			vals[i] = MakeInt(n)
		}
	}
	e := To[Exc](self)
	for i := range args {
		e.SetField(first+i, vals[i])
	}
	return true
}

func unicodeEncodeInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	return t.unicodeInit(self, args, names, "UUnnU", UnicodeErrorEncoding)
}

func unicodeTranslateInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	return t.unicodeInit(self, args, names, "UnnU", UnicodeErrorObject)
}

func unicodeDecodeInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if !t.unicodeInit(self, args, names, "UOnnU", UnicodeErrorEncoding) {
		return false
	}
	obj := args[1]
	if obj.Type().Flags&FlagBytes != 0 {
		return true
	}
	if obj.Type().Buffer == nil {
		t.TypeErrorf("a bytes-like object is required, not '%s'", obj.Type().Name)
		return false
	}
	b := t.CallArgs(Of(&BytesType), obj)
	if b.P == nil {
		return false
	}
	To[Exc](self).SetField(UnicodeErrorObject, b)
	return true
}

// unicodeParts returns what the messages are made of: encoding, reason and the object, checked by its type flag.
// There is no text, and no error, for an exception without an object.
func (t *Thread) unicodeParts(e *Exc, kind TypeFlags, what string) (enc, reason string, obj Value, ok bool) {
	if e.field(UnicodeErrorObject).P == nil {
		return "", "", Value{}, true
	}
	text := func(i int) (string, bool) {
		v := e.field(i)
		if v.P == nil {
			return "<NULL>", true
		}
		s := t.Str(v)
		if s == nil {
			return "", false
		}
		return s.S, true
	}
	if reason, ok = text(UnicodeErrorReason); !ok {
		return
	}
	if enc, ok = text(UnicodeErrorEncoding); !ok {
		return
	}
	obj = e.field(UnicodeErrorObject)
	switch {
	case obj.P == nil:
		t.TypeErrorf("UnicodeError 'object' attribute is not set")
		ok = false
	case obj.Type().Flags&kind == 0:
		t.TypeErrorf("UnicodeError 'object' attribute must be a %s", what)
		ok = false
	}
	return
}

func unicodeDecodeStr(t *Thread, v Value) Value {
	e := To[Exc](v)
	enc, reason, obj, ok := t.unicodeParts(e, FlagBytes, "bytes")
	if !ok {
		return Value{}
	}
	if obj.P == nil {
		return EmptyStr
	}
	b, ok := obj.Type().Buffer(t, obj, false)
	if !ok {
		return Value{}
	}
	start, end := e.index(UnicodeErrorStart), e.index(UnicodeErrorEnd)
	if start >= 0 && start < int64(len(b.Bytes)) && end == start+1 {
		return MakeStr(fmt.Sprintf("'%s' codec can't decode byte 0x%02x in position %d: %s", enc, b.Bytes[start], start, reason))
	}
	return MakeStr(fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", enc, start, end-1, reason))
}

func unicodeEncodeStr(t *Thread, v Value) Value {
	enc, reason, obj, ok := t.unicodeParts(To[Exc](v), FlagStr, "string")
	if !ok {
		return Value{}
	}
	return unicodeCharStr(To[Exc](v), obj, "'"+enc+"' codec can't encode", reason)
}

func unicodeTranslateStr(t *Thread, v Value) Value {
	_, reason, obj, ok := t.unicodeParts(To[Exc](v), FlagStr, "string")
	if !ok {
		return Value{}
	}
	return unicodeCharStr(To[Exc](v), obj, "can't translate", reason)
}

func unicodeCharStr(e *Exc, obj Value, what, reason string) Value {
	if obj.P == nil {
		return EmptyStr
	}
	start, end := e.index(UnicodeErrorStart), e.index(UnicodeErrorEnd)
	if start < 0 || start >= int64(obj.Str().Len()) || end != start+1 {
		return MakeStr(fmt.Sprintf("%s characters in position %d-%d: %s", what, start, end-1, reason))
	}
	s := obj.Str().S
	for range start {
		_, n := DecodePoint(s)
		s = s[n:]
	}
	r, _ := DecodePoint(s)
	char := ""
	switch {
	case r <= 0xff:
		char = fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		char = fmt.Sprintf(`\u%04x`, r)
	default:
		char = fmt.Sprintf(`\U%08x`, r)
	}
	return MakeStr(fmt.Sprintf("%s character '%s' in position %d: %s", what, char, start, reason))
}
