package iomod

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// The kinds of line ends that have been seen.
const (
	seenCR = 1 << iota
	seenLF
	seenCRLF
)

// newlines finds the ends of lines in text that comes in pieces, and translates them to \n if it is to.
type newlines struct {
	translate bool
	pendingCR bool // the last piece ended with \r, which is kept back
	seen      uint8
}

// feed takes a piece of text with n characters, and returns what is to be seen of it.
func (d *newlines) feed(s string, n int, final bool) (string, int) {
	if d.pendingCR && (final || s != "") {
		s, n = "\r"+s, n+1
		d.pendingCR = false
	}
	if !final && strings.HasSuffix(s, "\r") {
		s, n = s[:len(s)-1], n-1
		d.pendingCR = true
	}
	i := strings.IndexByte(s, '\r')
	if i < 0 {
		if d.seen&seenLF == 0 && strings.IndexByte(s, '\n') >= 0 {
			d.seen |= seenLF
		}
		return s, n
	}
	if !d.translate {
		d.look(s)
		return s, n
	}
	if d.seen&seenLF == 0 && strings.IndexByte(s[:i], '\n') >= 0 {
		d.seen |= seenLF
	}
	b := make([]byte, i, len(s))
	copy(b, s)
	for i < len(s) {
		c := s[i]
		i++
		switch c {
		case '\r':
			c = '\n'
			if i < len(s) && s[i] == '\n' {
				i++
				n--
				d.seen |= seenCRLF
			} else {
				d.seen |= seenCR
			}
		case '\n':
			d.seen |= seenLF
		}
		b = append(b, c)
	}
	return unsafe.String(unsafe.SliceData(b), len(b)), n
}

// look notes the ends of lines of s.
func (d *newlines) look(s string) {
	for i := 0; i < len(s) && d.seen != seenCR|seenLF|seenCRLF; i++ {
		switch s[i] {
		case '\n':
			d.seen |= seenLF
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
				d.seen |= seenCRLF
			} else {
				d.seen |= seenCR
			}
		}
	}
}

// value is the attribute newlines.
func (d *newlines) value() Value {
	var kinds []Value
	for i, k := range [...]string{"\r", "\n", "\r\n"} {
		if d.seen&(1<<i) != 0 {
			kinds = append(kinds, object.MakeStr(k))
		}
	}
	switch len(kinds) {
	case 0:
		return object.None
	case 1:
		return kinds[0]
	}
	return object.Of(object.NewTuple(kinds...))
}

// newlineDecoder is an IncrementalNewlineDecoder.
type newlineDecoder struct {
	object.Head
	newlines
	decoder Value // no value: not initialised; None: the input is text
	errors  Value
}

type newlineDecoderSub struct {
	newlineDecoder
	object.Attrs
}

var newlineType object.Type

func newNewlineDecoder(decoder Value, translate bool) *newlineDecoder {
	return &newlineDecoder{Head: object.Head{Type: &newlineType}, newlines: newlines{translate: translate}, decoder: decoder}
}

func (d *newlineDecoder) ready(t *Thread) bool {
	if d.decoder.P == nil {
		t.ValueErrorf("IncrementalNewlineDecoder.__init__() not called")
		return false
	}
	return true
}

// decode decodes input and finds the ends of lines.
func (d *newlineDecoder) decode(t *Thread, input Value, final bool) Value {
	if !d.ready(t) {
		return Value{}
	}
	out := input
	if !d.decoder.IsNone() {
		if out = t.CallMethod(d.decoder, nameDecode, input, object.MakeBool(final)); out.P == nil {
			return out
		}
	}
	if !out.IsStr() {
		return t.TypeErrorf("decoder should return a string result, not '%s'", out.Type().Name)
	}
	x := out.Str()
	s, n := d.feed(x.S, x.Len(), final)
	if n == x.Len() && len(s) == len(x.S) && unsafe.StringData(s) == unsafe.StringData(x.S) {
		return out
	}
	return object.MakeText(s, n)
}

func newlineDecode(t *Thread, a []Value) Value {
	final := false
	if a[2].P != nil {
		var ok bool
		if final, ok = t.IsTrue(a[2]); !ok {
			return Value{}
		}
	}
	return object.To[newlineDecoder](a[0]).decode(t, a[1], final)
}

func newlineGetstate(t *Thread, a []Value) Value {
	d := object.To[newlineDecoder](a[0])
	if !d.ready(t) {
		return Value{}
	}
	buffer, flags := object.EmptyBytes, int64(0)
	if !d.decoder.IsNone() {
		s := t.CallMethod(d.decoder, nameGetstate)
		if s.P == nil {
			return s
		}
		if !s.Is(&object.TupleType) || len(object.To[object.Tuple](s).Items()) != 2 {
			return t.TypeErrorf("illegal decoder state")
		}
		v := object.To[object.Tuple](s).Items()
		buffer = v[0]
		x := t.Index(v[1])
		if x.P == nil {
			return x
		}
		n, _ := object.AsInt64(x)
		flags = n << 1
	}
	if d.pendingCR {
		flags |= 1
	}
	return object.Of(object.NewTuple(buffer, object.MakeInt(flags)))
}

func newlineSetstate(t *Thread, a []Value) Value {
	d := object.To[newlineDecoder](a[0])
	if !d.ready(t) {
		return Value{}
	}
	if !a[1].Is(&object.TupleType) {
		return t.TypeErrorf("state argument must be a tuple")
	}
	v := object.To[object.Tuple](a[1]).Items()
	if len(v) != 2 {
		return t.TypeErrorf("setstate(): illegal state argument")
	}
	x := t.Index(v[1])
	if x.P == nil {
		return x
	}
	flags, _ := object.AsInt64(x)
	d.pendingCR = flags&1 != 0
	if !d.decoder.IsNone() {
		return t.CallMethod(d.decoder, nameSetstate, object.Of(object.NewTuple(v[0], object.MakeInt(flags>>1))))
	}
	return object.None
}

func newlineReset(t *Thread, a []Value) Value {
	d := object.To[newlineDecoder](a[0])
	if !d.ready(t) {
		return Value{}
	}
	d.seen, d.pendingCR = 0, false
	if !d.decoder.IsNone() {
		return t.CallMethod(d.decoder, nameReset)
	}
	return object.None
}

func defineNewlines() {
	const sig = "(decoder, translate, errors='strict')"
	object.Define(&newlineType, object.TypeSpec{Name: "IncrementalNewlineDecoder", Module: "_io", Flags: object.FlagBase, Sig: sig,
		SubOffset: unsafe.Offsetof(newlineDecoderSub{}.Attrs),
		Doc:       "Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, translating \\r\\n and \\r into \\n\nif it is asked to, and notes which ends of lines there are.",
		Slots: object.Slots{
			Alloc: func(t *Thread, cls *object.Type) Value {
				if cls.AttrOffset == 0 {
					return object.Of(&newlineDecoder{Head: object.Head{Type: cls}})
				}
				d := &newlineDecoderSub{}
				d.Head.Type = cls
				return object.InitAttrs(cls, object.Of(d))
			},
			Init: object.Initializer("IncrementalNewlineDecoder", sig, func(t *Thread, a []Value) bool {
				d := object.To[newlineDecoder](a[0])
				translate, ok := t.IsTrue(a[2])
				if !ok {
					return false
				}
				d.newlines = newlines{translate: translate}
				d.decoder, d.errors = a[1], a[3]
				return true
			}),
		},
		Methods: []object.MethodDef{
			{Name: "decode", Sig: "($self, input, final=False)", Fn: newlineDecode},
			{Name: "getstate", Sig: sigSelf, Fn: newlineGetstate},
			{Name: "setstate", Sig: "($self, state, /)", Fn: newlineSetstate},
			{Name: "reset", Sig: sigSelf, Fn: newlineReset},
		},
		GetSets: []object.GetSetDef{{Name: "newlines", Get: func(t *Thread, v Value) Value {
			d := object.To[newlineDecoder](v)
			if !d.ready(t) {
				return Value{}
			}
			return d.value()
		}}},
	})
	newlineType.New = object.ObjectType.New
}
