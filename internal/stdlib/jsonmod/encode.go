package jsonmod

import (
	"math"
	"strconv"
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyfmt"
)

// encoder is what make_encoder returns: a function that makes texts of values.
type encoder struct {
	object.Head
	markers, def, encode, indent value
	keySep, itemSep              value
	sortKeys, skipKeys, allowNaN bool
	fast                         byte // 'a' or 'u' if encode is one of the module's own functions
}

type encoderSub struct {
	encoder
	object.Attrs
}

var encoderType object.Type

// setupEncoder defines types of the module.
func setupEncoder() {
	field := func(name string, get func(e *encoder) value) object.GetSetDef {
		return object.GetSetDef{Name: name, Doc: name, Member: true, Get: func(t *thread, v value) value {
			return object.OrNone(get(object.To[encoder](v)))
		}}
	}
	encodeArgs = &object.MethodDef{Name: "_iterencode", Sig: "($self, /, obj, _current_indent_level)", Fn: encodeOnce}
	object.Define(&encoderType, object.TypeSpec{
		Name: "Encoder", Module: "_json", Doc: "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)", Flags: object.FlagBase,
		SubOffset: unsafe.Offsetof(encoderSub{}.Attrs),
		Slots: object.Slots{
			New:  object.Constructor("make_encoder", "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)", newEncoder),
			Call: encoderCall,
		},
		GetSets: []object.GetSetDef{
			field("markers", func(e *encoder) value { return e.markers }),
			field("default", func(e *encoder) value { return e.def }),
			field("encoder", func(e *encoder) value { return e.encode }),
			field("indent", func(e *encoder) value { return e.indent }),
			field("key_separator", func(e *encoder) value { return e.keySep }),
			field("item_separator", func(e *encoder) value { return e.itemSep }),
			field("sort_keys", func(e *encoder) value { return object.MakeBool(e.sortKeys) }),
			field("skipkeys", func(e *encoder) value { return object.MakeBool(e.skipKeys) }),
		},
	})
}

func newEncoder(t *thread, cls *object.Type, a []value) value {
	var r value
	if cls == &encoderType {
		r = object.Of(&encoder{Head: object.Head{Type: cls}})
	} else {
		p := &encoderSub{}
		p.Type = cls
		r = object.InitAttrs(cls, object.Of(p))
	}
	for i := 4; i < 6; i++ {
		if !a[i].IsStr() {
			name := a[i].Type().Name
			if a[i].IsNone() {
				name = "None"
			}
			return t.TypeErrorf("make_encoder() argument %d must be str, not %s", i+1, name)
		}
	}
	e := object.To[encoder](r)
	e.markers, e.def, e.encode, e.indent, e.keySep, e.itemSep = a[0], a[1], a[2], a[3], a[4], a[5]
	for i, to := range [...]*bool{&e.sortKeys, &e.skipKeys, &e.allowNaN} {
		var ok bool
		if *to, ok = t.IsTrue(a[6+i]); !ok {
			return value{}
		}
	}
	if !e.markers.IsNone() && e.markers.Type().Flags&object.FlagDict == 0 {
		return t.TypeErrorf("make_encoder() argument 1 must be dict or None, not %s", e.markers.Type().Name)
	}
	if e.encode.Is(&object.BuiltinType) {
		switch object.To[object.Builtin](e.encode).Def {
		case &methods[0]:
			e.fast = 'a'
		case &methods[1]:
			e.fast = 'u'
		}
	}
	return r
}

var encodeArgs *object.MethodDef

func encoderCall(t *thread, f value, args []value, names *object.Tuple) value {
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = f
	copy(a[1:], args)
	v := encodeArgs.Call(t, a, names)
	t.Pop(mark, a)
	return v
}

func encodeOnce(t *thread, a []value) value {
	level, ok := t.AsSize(a[2])
	if !ok {
		return value{}
	}
	e := object.To[encoder](a[0])
	w := writer{t: t, e: e, keySep: e.keySep.Str().S, itemSep: e.itemSep.Str().S}
	if !e.indent.IsNone() {
		if !e.indent.IsStr() {
			return t.TypeErrorf("can't multiply sequence by non-int of type '%s'", e.indent.Type().Name)
		}
		w.indent = e.indent.Str().S
		w.newline = true
		w.line = "\n" + strings.Repeat(w.indent, max(level, 0))
	}
	if !e.markers.IsNone() {
		w.markers = object.To[object.Dict](e.markers)
	}
	w.b = make([]byte, 0, 256)
	if !w.value(a[1]) {
		w.show() // what was being written when it failed stays marked
		return value{}
	}
	return object.Of(object.NewTuple(object.MakeStr(unsafe.String(unsafe.SliceData(w.b), len(w.b)))))
}

// writer is one call of an encoder.
type writer struct {
	t               *thread
	e               *encoder
	b               []byte
	keySep, itemSep string
	depth           int
	// markers is what finds circles: a dict whose keys are the ids of what is being written. What lies in it may be asked for by a program that calls the
	// same encoder while it is at work, and by nothing else. So the containers that are written are in inside, the innermost last,
	// and only the first of them, marked in number, in markers.
	markers *object.Dict
	inside  []value
	marked  int
	// With an indent each item is on a line of its own; line is what begins the lines of the current level.
	newline      bool
	indent, line string
}

// value appends v; false: an exception is set.
func (w *writer) value(v value) bool {
	t := w.t
	switch v.Type() {
	case &object.StrType:
		return w.text(v)
	case &object.IntType:
		if v.IsInt() {
			w.b = strconv.AppendInt(w.b, v.Int(), 10)
			return true
		}
		return w.int(v)
	case &object.FloatType:
		return w.float(v.Float())
	case &object.BoolType:
		if v == object.True {
			w.b = append(w.b, "true"...)
		} else {
			w.b = append(w.b, "false"...)
		}
		return true
	case &object.NoneType:
		w.b = append(w.b, "null"...)
		return true
	case &object.ListType, &object.TupleType, &object.DictType:
		return w.nested(v)
	}
	switch f := v.Type().Flags; {
	case f&object.FlagStr != 0:
		return w.text(v)
	case f&object.FlagInt != 0:
		return w.int(v)
	case f&object.FlagFloat != 0:
		x, _ := object.AsFloat(v)
		return w.float(x)
	case f&(object.FlagList|object.FlagTuple|object.FlagDict) != 0:
		return w.nested(v)
	}
	if !w.mark(v) || !w.show() {
		return false
	}
	x := t.CallArgs(w.e.def, v)
	if x.P == nil {
		return false
	}
	if !w.enter("") {
		return false
	}
	ok := w.value(x)
	w.depth--
	if !ok {
		w.note("when serializing " + t.QualName(v.Type()) + " object")
		return false
	}
	return w.unmark(v)
}

// enter counts a level of nesting.
func (w *writer) enter(where string) bool {
	if w.depth++; w.depth > maxDepth {
		w.t.Raisef(&object.RecursionErrorType, "maximum recursion depth exceeded while encoding a JSON object")
		return false
	}
	return true
}

func (w *writer) nested(v value) bool {
	if !w.enter("") {
		return false
	}
	var ok bool
	if v.Type().Flags&object.FlagDict != 0 {
		ok = w.dict(v)
	} else {
		ok = w.list(v)
	}
	w.depth--
	return ok
}

func (w *writer) note(text string) {
	if w.t.Exc != nil {
		w.t.AddNote(w.t.Exc, text)
	}
}

// maxInside is how many containers are looked through for one.
const maxInside = 16

// mark notes that v is being written, to find circles.
func (w *writer) mark(v value) bool {
	if w.markers == nil {
		return true
	}
	found := false
	for _, x := range w.inside[w.marked:] {
		found = found || x == v
	}
	if !found && w.markers.Len() > 0 {
		x, ok := w.markers.Get(w.t, object.MakeUint(object.ID(v)))
		if !ok {
			return false
		}
		found = x.P != nil
	}
	if found {
		w.t.ValueErrorf("Circular reference detected")
		return false
	}
	if len(w.inside)-w.marked >= maxInside && !w.show() {
		return false
	}
	w.inside = append(w.inside, v)
	return true
}

// show puts into markers what is being written.
func (w *writer) show() bool {
	for ; w.marked < len(w.inside); w.marked++ {
		v := w.inside[w.marked]
		if !w.markers.Set(w.t, object.MakeUint(object.ID(v)), v) {
			return false
		}
	}
	return true
}

// unmark notes that v, which was marked last, has been written.
func (w *writer) unmark(v value) bool {
	if w.markers == nil {
		return true
	}
	n := len(w.inside) - 1
	w.inside[n] = value{}
	w.inside = w.inside[:n]
	if w.marked <= n {
		return true
	}
	w.marked = n
	_, ok := w.markers.Delete(w.t, object.MakeUint(object.ID(v)))
	return ok
}

func (w *writer) text(v value) bool {
	switch w.e.fast {
	case 'a':
		w.b = appendQuoted(w.b, v.Str(), true)
		return true
	case 'u':
		w.b = appendQuoted(w.b, v.Str(), false)
		return true
	}
	if !w.show() {
		return false
	}
	x := w.t.CallArgs(w.e.encode, v)
	if x.P == nil {
		return false
	}
	if !x.IsStr() {
		w.t.TypeErrorf("encoder() must return a string, not %s", x.Type().Name)
		return false
	}
	w.b = append(w.b, x.Str().S...)
	return true
}

func (w *writer) int(v value) bool {
	s := w.t.Repr(object.ExactInt(v))
	if s == nil {
		return false
	}
	w.b = append(w.b, s.S...)
	return true
}

func (w *writer) float(x float64) bool {
	if x-x == 0 {
		w.b = pyfmt.AppendRepr(w.b, x)
		return true
	}
	if !w.e.allowNaN {
		w.t.ValueErrorf("Out of range float values are not JSON compliant: %s", pyfmt.AppendRepr(nil, x))
		return false
	}
	switch {
	case math.IsNaN(x):
		w.b = append(w.b, "NaN"...)
	case x > 0:
		w.b = append(w.b, "Infinity"...)
	default:
		w.b = append(w.b, "-Infinity"...)
	}
	return true
}

// open begins a list or object and returns the line of the level outside, close ends it.
func (w *writer) open(c byte) string {
	outside := w.line
	w.b = append(w.b, c)
	if w.newline {
		w.line += w.indent
		w.b = append(w.b, w.line...)
	}
	return outside
}

func (w *writer) close(c byte, outside string) {
	w.line = outside
	if w.newline {
		w.b = append(w.b, outside...)
	}
	w.b = append(w.b, c)
}

func (w *writer) separate() {
	w.b = append(w.b, w.itemSep...)
	if w.newline {
		w.b = append(w.b, w.line...)
	}
}

func (w *writer) list(v value) bool {
	t := w.t
	var items *[]value
	if v.Type().Flags&object.FlagList != 0 {
		items = &object.To[object.List](v).V
	} else {
		of := object.To[object.Tuple](v).Items()
		items = &of
	}
	if len(*items) == 0 {
		w.b = append(w.b, "[]"...)
		return true
	}
	if !w.mark(v) {
		return false
	}
	outside := w.open('[')
	for i := 0; i < len(*items); i++ {
		if i > 0 {
			w.separate()
		}
		if !w.value((*items)[i]) {
			w.note("when serializing " + t.QualName(v.Type()) + " item " + strconv.Itoa(i))
			return false
		}
	}
	if !w.unmark(v) {
		return false
	}
	w.close(']', outside)
	return true
}

func (w *writer) dict(v value) bool {
	t := w.t
	d := object.To[object.Dict](v)
	if d.Len() == 0 {
		w.b = append(w.b, "{}"...)
		return true
	}
	if !w.mark(v) {
		return false
	}
	outside := w.open('{')
	first := true
	ok := true
	if w.e.sortKeys || !v.Is(&object.DictType) {
		if !w.show() {
			return false
		}
		items := t.CallMethod(v, t.Interp.Intern("items"))
		if items.P == nil {
			return false
		}
		list, good := t.Collect(items)
		if !good {
			return false
		}
		l := object.Of(object.NewList(list))
		if w.e.sortKeys && t.CallMethod(l, t.Interp.Intern("sort")).P == nil {
			return false
		}
		for _, x := range object.To[object.List](l).V {
			if x.Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](x).Items()) != 2 {
				t.ValueErrorf("items must return 2-tuples")
				return false
			}
			p := object.To[object.Tuple](x).Items()
			if ok = w.pair(v, p[0], p[1], &first); !ok {
				break
			}
		}
	} else {
		for k, x := range d.All {
			if ok = w.pair(v, k, x, &first); !ok {
				break
			}
		}
	}
	if !ok || !w.unmark(v) {
		return false
	}
	w.close('}', outside)
	return true
}

// pair appends a key and its value.
func (w *writer) pair(d, k, x value, first *bool) bool {
	t := w.t
	mark := len(w.b)
	if !*first {
		w.separate()
	}
	if k.Is(&object.StrType) {
		if !w.text(k) {
			return false
		}
	} else if written, ok := w.key(k); !ok {
		return false
	} else if !written {
		w.b = w.b[:mark]
		return true
	}
	*first = false
	w.b = append(w.b, w.keySep...)
	if !w.value(x) {
		if t.Exc != nil {
			exc := t.Exc
			t.Exc = nil
			if r := t.Repr(k); r != nil {
				t.Exc = exc
				w.note("when serializing " + t.QualName(d.Type()) + " item " + r.S)
			} else {
				t.Exc = exc
			}
		}
		return false
	}
	return true
}

// key appends a key that is no exact str. written is false if it is to be left out.
func (w *writer) key(k value) (written, ok bool) {
	t := w.t
	start := len(w.b)
	switch f := k.Type().Flags; {
	case f&object.FlagStr != 0:
		return true, w.text(k)
	case k.IsBool() || k.IsNone():
		ok = w.value(k)
	case f&object.FlagFloat != 0:
		x, _ := object.AsFloat(k)
		ok = w.float(x)
	case f&object.FlagInt != 0:
		ok = w.int(k)
	case w.e.skipKeys:
		return false, true
	default:
		t.TypeErrorf("keys must be str, int, float, bool or None, not %s", t.QualName(k.Type()))
		return false, false
	}
	if !ok {
		return false, false
	}
	s := object.MakeStr(string(w.b[start:]))
	w.b = w.b[:start]
	return true, w.text(s)
}
