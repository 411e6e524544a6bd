package iomod

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// stringIO is a stream of text in memory.
type stringIO struct {
	base
	b   []byte // the text, generalised UTF-8
	n   int    // its characters
	pos int    // the number of the character that comes next
	at  int    // the offset of it, if pos <= n
	// shared is how much of b a str shares: that part is copied before it changes.
	shared int
	ready  bool
	closed bool
	ends   lineEnds
	decode bool // text written goes through nl
	nl     newlines
	readNL Value  // what newline was: None or a str
	writes string // what \n becomes; "": stays
}

var stringIOType object.Type

func allocStringIO(t *Thread, cls *object.Type) Value {
	x := &stringIO{}
	x.Type = cls
	return object.InitAttrs(cls, object.Of(x))
}

// makeStringIO is New and Init with the arguments where they are: most such files live for a moment.
func makeStringIO(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
	v := allocStringIO(t, cls)
	if len(args) > 2 {
		if !t.InitNew(cls, v, args, names) {
			return Value{}
		}
		return v
	}
	a := [3]Value{v}
	copy(a[1:], args)
	if !stringIOInit(t, a[:]) {
		return Value{}
	}
	return v
}

func (x *stringIO) open(t *Thread) bool {
	if x.ready && !x.closed {
		return true
	}
	if x.closed {
		t.ValueErrorf("I/O operation on closed file")
	} else {
		t.ValueErrorf("I/O operation on uninitialized object")
	}
	return false
}

func (x *stringIO) ascii() bool { return x.n == len(x.b) }

// text is the text from the position on.
func (x *stringIO) text() string {
	if x.pos > x.n {
		return ""
	}
	return unsafe.String(unsafe.SliceData(x.b), len(x.b))[x.at:]
}

// points returns the length in bytes of the first n characters of s, which may have fewer.
func points(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	i := 0
	for ; n > 0 && i < len(s); n-- {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			i++
		case c < 0xE0:
			i += 2
		case c < 0xF0:
			i += 3
		default:
			i += 4
		}
	}
	return min(i, len(s))
}

// move puts the position at character pos.
func (x *stringIO) move(pos int) {
	switch {
	case pos > x.n:
	case x.ascii():
		x.at = pos
	case pos == x.n:
		x.at = len(x.b)
	case x.pos <= x.n && pos >= x.pos:
		x.at += points(x.text(), pos-x.pos)
	default:
		x.at = points(unsafe.String(unsafe.SliceData(x.b), len(x.b)), pos)
	}
	x.pos = pos
}

// put writes s, which has n characters, at the position.
func (x *stringIO) put(t *Thread, s string, n int) bool {
	if n == 0 {
		return true
	}
	if x.pos > maxAlloc || len(s) > maxAlloc {
		t.OverflowErrorf("new position too large")
		return false
	}
	if x.pos > x.n {
		pad := x.pos - x.n
		x.own(len(x.b))
		x.b = append(x.b, make([]byte, pad)...)
		x.n, x.at = x.pos, len(x.b)
	}
	if x.pos == x.n {
		x.own(len(x.b))
		x.b = append(x.b, s...)
		x.n += n
		x.pos, x.at = x.n, len(x.b)
		return true
	}
	x.own(x.at)
	over := min(n, x.n-x.pos)
	old := points(x.text(), over)
	if old == len(s) {
		copy(x.b[x.at:], s)
	} else {
		tail := x.b[x.at+old:]
		b := make([]byte, 0, x.at+len(s)+len(tail))
		b = append(b, x.b[:x.at]...)
		b = append(b, s...)
		x.b = append(b, tail...)
	}
	x.n += n - over
	x.pos += n
	x.at += len(s)
	return true
}

// own makes sure that bytes from offset from on are nobody else's.
func (x *stringIO) own(from int) {
	if from < x.shared {
		x.b = append(make([]byte, 0, cap(x.b)), x.b...)
		x.shared = 0
	}
}

// writeText writes s with the newline rules of the stream.
func (x *stringIO) writeText(t *Thread, s *object.Str) bool {
	text, n := s.S, s.Len()
	if x.decode {
		text, n = x.nl.feed(text, n, true)
	}
	if x.writes != "" {
		k := strings.Count(text, "\n")
		if k > 0 {
			text = strings.ReplaceAll(text, "\n", x.writes)
			n += k * (len(x.writes) - 1)
		}
	}
	return x.put(t, text, n)
}

func stringIOInit(t *Thread, a []Value) bool {
	x := object.To[stringIO](a[0])
	x.ready = false
	nl := "\n"
	v := a[2]
	switch {
	case v.P == nil:
	case v.IsNone():
	case v.IsStr():
		nl = v.Str().S
	default:
		t.TypeErrorf("newline must be str or None, not %s", v.Type().Name)
		return false
	}
	universal := v.P != nil && v.IsNone() || nl == ""
	if nl != "" && nl != "\n" && nl != "\r" && nl != "\r\n" {
		if r := t.Repr(v); r != nil {
			t.ValueErrorf("illegal newline value: %s", r.S)
		}
		return false
	}
	if a[1].P != nil && !a[1].IsNone() && !a[1].IsStr() {
		t.TypeErrorf("initial_value must be str or None, not %s", a[1].Type().Name)
		return false
	}
	x.readNL = object.None
	if v.P == nil {
		x.readNL = object.ASCIIChar('\n')
	} else if !v.IsNone() {
		x.readNL = object.MakeStr(nl)
	}
	translate := v.P != nil && v.IsNone()
	x.ends = lineEnds{translated: translate, universal: universal && !translate, nl: nl}
	x.decode, x.nl = universal, newlines{translate: translate}
	x.writes = ""
	if nl == "\r" || nl == "\r\n" {
		x.writes = nl
	}
	x.b, x.n, x.pos, x.at, x.shared = nil, 0, 0, 0, 0
	x.closed = false
	if a[1].P != nil && a[1].IsStr() && a[1].Str().Len() > 0 {
		s := a[1].Str()
		if !x.decode && x.writes == "" {
			x.b, x.n, x.shared = view(s.S), s.Len(), len(s.S)
			x.b = x.b[:len(s.S):len(s.S)]
		} else if !x.writeText(t, s) {
			return false
		}
		x.pos, x.at = 0, 0
	}
	x.ready = true
	return true
}

func stringIOWrite(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	if !x.ready {
		x.open(t)
		return Value{}
	}
	if !a[1].IsStr() {
		return t.TypeErrorf("string argument expected, got '%s'", a[1].Type().Name)
	}
	if !x.open(t) {
		return Value{}
	}
	s := a[1].Str()
	if !x.writeText(t, s) {
		return Value{}
	}
	return object.MakeInt(int64(s.Len()))
}

func (x *stringIO) value() Value {
	if len(x.b) <= 88 {
		return object.CopyText(x.b, x.n)
	}
	if cap(x.b) > 4*len(x.b) {
		return object.CopyText(x.b, x.n)
	}
	x.shared = len(x.b)
	return object.MakeText(unsafe.String(unsafe.SliceData(x.b), len(x.b)), x.n)
}

func stringIOValue(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	return x.value()
}

// get returns the next size bytes, which are n characters.
func (x *stringIO) get(size, n int) Value {
	v := object.CopyText(x.b[x.at:x.at+size], n)
	x.at += size
	x.pos += n
	return v
}

func stringIORead(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	n, ok := sizeArg(t, a[1])
	if !ok || !x.open(t) {
		return Value{}
	}
	left := x.n - x.pos
	if left <= 0 {
		return object.EmptyStr
	}
	if n < 0 || n >= left {
		if x.pos == 0 {
			x.pos, x.at = x.n, len(x.b)
			return x.value()
		}
		return x.get(len(x.b)-x.at, left)
	}
	if x.ascii() {
		return x.get(n, n)
	}
	return x.get(points(x.text(), n), n)
}

// line returns the next line, at most limit characters of it if that is not negative.
func (x *stringIO) line(limit int) Value {
	s := x.text()
	if s == "" || limit == 0 {
		return object.EmptyStr
	}
	if limit > 0 {
		s = s[:points(s, limit)]
	}
	size := x.ends.find(s)
	if size < 0 {
		size = len(s)
	}
	n := size
	if !x.ascii() {
		n = object.CountPoints(s[:size])
	}
	return x.get(size, n)
}

func stringIOReadline(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	limit, ok := sizeArg(t, a[1])
	if !ok || !x.open(t) {
		return Value{}
	}
	return x.line(limit)
}

func stringIONext(t *Thread, v Value) Value {
	x := object.To[stringIO](v)
	if !x.open(t) {
		return Value{}
	}
	var line Value
	if v.Is(&stringIOType) {
		line = x.line(-1)
	} else {
		line = t.CallMethod(v, nameReadline)
		if line.P != nil && !line.IsStr() {
			return t.Raisef(&object.OSErrorType, "readline() should have returned a str object, not '%s'", line.Type().Name)
		}
	}
	if line.P == nil || line.Str().Len() == 0 {
		return Value{}
	}
	return line
}

func stringIOSeek(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	pos, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	whence := 0
	if a[2].P != nil {
		if whence, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if !x.open(t) {
		return Value{}
	}
	switch {
	case whence < 0 || whence > 2:
		return t.ValueErrorf("Invalid whence (%d, should be 0, 1 or 2)", whence)
	case pos < 0 && whence == 0:
		return t.ValueErrorf("Negative seek position %d", pos)
	case whence != 0 && pos != 0:
		return t.Raisef(&object.OSErrorType, "Can't do nonzero cur-relative seeks")
	}
	switch whence {
	case 1:
		pos = x.pos
	case 2:
		pos = x.n
	}
	x.move(pos)
	return object.MakeInt(int64(pos))
}

func stringIOTruncate(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	size := x.pos
	if v := a[1]; v.P != nil && !v.IsNone() {
		n, ok := sizeArg(t, v)
		if !ok {
			return Value{}
		}
		size = n
		if size < 0 {
			return t.ValueErrorf("Negative size value %d", size)
		}
	}
	if size < x.n {
		pos := x.pos
		x.move(size)
		x.b, x.n = x.b[:x.at], size
		if cap(x.b) > 4*len(x.b) {
			x.b = append([]byte(nil), x.b...)
			x.shared = 0
		}
		x.shared = min(x.shared, len(x.b))
		if x.shared > 0 {
			x.b = x.b[:len(x.b):len(x.b)] // what follows is still someone's
		}
		x.move(pos)
	}
	return object.MakeInt(int64(size))
}

func stringIOGetstate(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	if !x.open(t) {
		return Value{}
	}
	return object.Of(object.NewTuple(x.value(), x.readNL, object.MakeInt(int64(x.pos)), dictState(a[0])))
}

func stringIOSetstate(t *Thread, a []Value) Value {
	x := object.To[stringIO](a[0])
	if a[1].Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](a[1]).Items()) < 4 {
		return t.TypeErrorf("%s.__setstate__ argument should be 4-tuple, got %s", a[0].Type().Name, a[1].Type().Name)
	}
	s := object.To[object.Tuple](a[1]).Items()
	if !stringIOInit(t, []Value{a[0], object.None, s[1]}) {
		return Value{}
	}
	if !s[0].IsNone() {
		if !s[0].IsStr() {
			return t.TypeErrorf("initial_value must be str or None, not %s", s[0].Type().Name)
		}
		// What was written has been translated already.
		if !x.put(t, s[0].Str().S, s[0].Str().Len()) {
			return Value{}
		}
	}
	if s[2].Type().Flags&object.FlagInt == 0 {
		return t.TypeErrorf("third item of state must be an integer, got %s", s[2].Type().Name)
	}
	pos, ok := t.AsSize(s[2])
	if !ok {
		return Value{}
	}
	if pos < 0 {
		return t.ValueErrorf("position value cannot be negative")
	}
	x.move(pos)
	if !setDict(t, a[0], s[3], "fourth") {
		return Value{}
	}
	return object.None
}

func defineStringIO() {
	const sig = "(initial_value='', newline='\\n')"
	yes := func(t *Thread, a []Value) Value {
		if !object.To[stringIO](a[0]).open(t) {
			return Value{}
		}
		return object.True
	}
	object.Define(&stringIOType, object.TypeSpec{Name: "StringIO", Module: "_io", Base: &textBaseType, Flags: object.FlagBase, Sig: sig, Make: makeStringIO,
		Doc: "Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  The newline\nargument is like the one of TextIOWrapper's constructor.",
		Slots: object.Slots{
			Alloc: allocStringIO,
			New:   func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init:  object.Initializer("StringIO", sig, stringIOInit), Next: stringIONext,
		},
		Methods: []object.MethodDef{
			{Name: "close", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				x := object.To[stringIO](a[0])
				x.closed, x.b, x.n, x.pos, x.at = true, nil, 0, 0, 0
				return object.None
			}, Doc: "Close the IO object."},
			{Name: "getvalue", Sig: sigSelf, Fn: stringIOValue, Doc: "Retrieve the entire contents of the object."},
			{Name: "read", Sig: sigSize, Fn: stringIORead, Doc: "Read at most size characters, returned as a string."},
			{Name: "readline", Sig: sigSize, Fn: stringIOReadline, Doc: "Read until newline or EOF."},
			{Name: "tell", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				x := object.To[stringIO](a[0])
				if !x.open(t) {
					return Value{}
				}
				return object.MakeInt(int64(x.pos))
			}, Doc: "Tell the current file position."},
			{Name: "truncate", Sig: "($self, pos=None, /)", Fn: stringIOTruncate, Doc: "Truncate size to pos."},
			{Name: "seek", Sig: "($self, pos, whence=0, /)", Fn: stringIOSeek, Doc: "Change stream position."},
			{Name: "write", Sig: "($self, s, /)", Fn: stringIOWrite, Doc: "Write string to file.\n\nReturns the number of characters written."},
			{Name: "seekable", Sig: sigSelf, Fn: yes, Doc: "Returns True if the IO object can be seeked."},
			{Name: "readable", Sig: sigSelf, Fn: yes, Doc: "Returns True if the IO object can be read."},
			{Name: "writable", Sig: sigSelf, Fn: yes, Doc: "Returns True if the IO object can be written."},
			{Name: "__getstate__", Sig: sigSelf, Fn: stringIOGetstate},
			{Name: "__setstate__", Sig: "($self, state, /)", Fn: stringIOSetstate},
		},
		GetSets: []object.GetSetDef{
			{Name: "closed", Get: func(t *Thread, v Value) Value {
				x := object.To[stringIO](v)
				if !x.ready && !x.closed {
					x.open(t)
					return Value{}
				}
				return object.MakeBool(x.closed)
			}},
			{Name: "newlines", Get: func(t *Thread, v Value) Value {
				x := object.To[stringIO](v)
				if !x.open(t) {
					return Value{}
				}
				if !x.decode {
					return object.None
				}
				return x.nl.value()
			}},
			{Name: "line_buffering", Get: func(t *Thread, v Value) Value {
				if !object.To[stringIO](v).open(t) {
					return Value{}
				}
				return object.False
			}},
		},
	})
}
