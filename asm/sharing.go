package asm

import (
	"math"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// findShared numbers the values that have to be written once and referred to
// elsewhere: those that can be changed and code objects, where it matters that
// they are one, values in circles, and those whose text is long.
func findShared(o *code.Object) map[code.Value]int {
	s := sharing{sizes: make(map[code.Value]int)}
	s.object(o)
	return s.numbers
}

type sharing struct {
	sizes   map[code.Value]int // of the texts; 0 as long as the value is being looked at
	numbers map[code.Value]int
}

// met looks at a value that may be shared, and reports whether it has been
// looked at before.
func (s *sharing) met(v code.Value, changeable bool) (size int, met bool) {
	size, met = s.sizes[v]
	if !met {
		s.sizes[v] = 0
		return 0, false
	}
	if changeable || size == 0 || size > longName {
		if s.numbers == nil {
			s.numbers = make(map[code.Value]int)
		}
		if _, ok := s.numbers[v]; !ok {
			s.numbers[v] = len(s.numbers) + 1
		}
		return 4, true
	}
	return size, true
}

// object looks at the values that the text of o shows.
func (s *sharing) object(o *code.Object) {
	s.value(o.Filename)
	s.value(o.QualName)
	s.value(o.Name)
	if o.Consts != nil {
		for _, v := range o.Consts.Items {
			s.value(v)
		}
	}
}

// value returns about how long the text of v is.
func (s *sharing) value(v code.Value) int {
	var size int
	var met bool
	switch v := v.(type) {
	case *code.Str:
		return s.text(v, len(v.S))
	case *code.Bytes:
		return s.text(v, len(v.S))
	case *code.Int:
		if v.Big != nil {
			return s.text(v, v.Big.BitLen()/3)
		}
		return 8
	case *code.Tuple:
		if len(v.Items) == 0 {
			return 2
		}
		if size, met = s.met(v, false); met {
			return size
		}
		size = s.items(v.Items)
	case *code.List:
		if size, met = s.met(v, true); met {
			return size
		}
		size = s.items(v.Items)
	case *code.Set:
		if size, met = s.met(v, !v.Frozen); met {
			return size
		}
		size = s.items(v.Items)
	case *code.Dict:
		if size, met = s.met(v, !v.Frozen); met {
			return size
		}
		size = s.items(v.Keys) + s.items(v.Values)
	case *code.Slice:
		if size, met = s.met(v, false); met {
			return size
		}
		size = 8 + s.value(v.Start) + s.value(v.Stop) + s.value(v.Step)
	case *code.Object:
		if size, met = s.met(v, true); met {
			return size
		}
		s.object(v)
		size = 8
	default:
		return 8
	}
	s.sizes[v] = min(size, math.MaxInt32)
	return size
}

func (s *sharing) items(items []code.Value) int {
	n := 2
	for _, v := range items {
		n = min(n+2+s.value(v), math.MaxInt32)
	}
	return n
}

// text looks at a value without others in it.
func (s *sharing) text(v code.Value, size int) int {
	if size > longName {
		if n, met := s.met(v, false); met {
			return n
		}
		s.sizes[v] = size
	}
	return size + 2
}

// tapeForm is a form as it will be written. The anchor of a reference is that
// of the value it leads to.
type tapeForm struct {
	form         code.Form
	ref, literal bool // literal: the texts of a float belong to it
	anchor       int32
	text, text2  string
}

// record collects the forms of all code objects in o.
func record(o *code.Object) map[*code.Object][]tapeForm {
	r := &recorder{version: o.Version, places: make(map[code.Value]place), tapes: make(map[*code.Object][]tapeForm)}
	t := &tape{} // of the form of o itself, which goes before those in it
	r.value(t, o)
	r.tapes[o] = append(t.list, r.tapes[o]...)
	return r.tapes
}

type recorder struct {
	version pyver.Version
	places  map[code.Value]place // where flagged values stand
	tapes   map[*code.Object][]tapeForm
	anchors int32
}

type tape struct{ list []tapeForm }

type place struct {
	t *tape
	i int
}

// object records the values of o.
func (r *recorder) object(o *code.Object) {
	t := &tape{list: make([]tapeForm, 0, 32)}
	fields(o, func(v code.Value) (code.Value, bool) {
		r.value(t, v)
		return v, true
	})
	r.tapes[o] = t.list
}

func (r *recorder) value(t *tape, v code.Value) {
	f := code.Form(0)
	if v != nil {
		f = v.WrittenAs()
	}
	tf := tapeForm{form: f, anchor: -1}
	if c := singleCode(v); c != 0 {
		tf.form = f&code.FlagRef | c
		t.list = append(t.list, tf)
		return
	}
	switch v := v.(type) {
	case *code.Float:
		if f.Type() == 'f' {
			tf.text, tf.literal = v.Text, true
		}
	case *code.Complex:
		if f.Type() == 'x' {
			tf.text, tf.text2, tf.literal = v.ReText, v.ImText, true
		}
	}
	flagged := f == 0 || f.Ref() && r.version >= pyver.Py34 || f.Type() == 't' && r.version < pyver.Py30
	if flagged {
		if at, ok := r.places[v]; ok {
			to := &at.t.list[at.i]
			if to.anchor < 0 {
				r.anchors++
				to.anchor = r.anchors
			}
			t.list = append(t.list, tapeForm{ref: true, anchor: to.anchor})
			return
		}
		r.places[v] = place{t, len(t.list)}
	}
	t.list = append(t.list, tf)
	switch v := v.(type) {
	case *code.Object:
		if _, done := r.tapes[v]; !done {
			r.tapes[v] = nil
			r.object(v)
		}
	case *code.Tuple:
		r.items(t, v.Items)
	case *code.List:
		r.items(t, v.Items)
	case *code.Set:
		r.items(t, v.Items)
	case *code.Dict:
		for i := range min(len(v.Keys), len(v.Values)) {
			r.value(t, v.Keys[i])
			r.value(t, v.Values[i])
		}
	case *code.Slice:
		r.value(t, v.Start)
		r.value(t, v.Stop)
		r.value(t, v.Step)
	}
}

// singleCode returns the type code of values that are never referred to, and 0
// for others.
func singleCode(v code.Value) code.Form {
	switch v := v.(type) {
	case *code.NoneType:
		return 'N'
	case *code.Bool:
		if v.V {
			return 'T'
		}
		return 'F'
	case *code.EllipsisType:
		return '.'
	case *code.StopIterationType:
		return 'S'
	}
	return 0
}

func (r *recorder) items(t *tape, items []code.Value) {
	for _, v := range items {
		r.value(t, v)
	}
}

// appendForms writes the forms of a code object.
func appendForms(b []byte, indent string, list []tapeForm) []byte {
	const width = 100
	start := -width - 1
	for i := 0; i < len(list); {
		f := list[i]
		n := 1
		for i+n < len(list) && list[i+n] == f && !f.ref && f.anchor < 0 {
			n++
		}
		i += n
		if len(b)-start > width {
			if start >= 0 {
				b = append(b, '\n')
			}
			start = len(b)
			b = append(append(b, indent...), "forms"...)
		}
		b = append(b, ' ')
		if n > 1 {
			b = strconv.AppendInt(b, int64(n), 10)
		}
		b = f.append(b)
	}
	if start >= 0 {
		b = append(b, '\n')
	}
	return b
}

func (f *tapeForm) append(b []byte) []byte {
	if f.ref {
		return strconv.AppendInt(append(b, '*'), int64(f.anchor), 10)
	}
	if f.form == 0 {
		b = append(b, '_')
	} else {
		b = append(b, f.form.Type())
	}
	if f.literal {
		b = appendQuotedBytes(b, f.text)
		if f.form.Type() == 'x' {
			b = appendQuotedBytes(b, f.text2)
		}
	}
	if f.form.Ref() || f.anchor >= 0 {
		b = append(b, '&')
		if f.anchor >= 0 {
			b = strconv.AppendInt(b, int64(f.anchor), 10)
		}
	}
	return b
}
