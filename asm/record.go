package asm

import (
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// record collects the forms of all code objects in o.
func record(o *code.Object) map[*code.Object]*formsText {
	r := &recorder{version: o.Version, places: make(map[code.Value]place, 256), tapes: make(map[*code.Object]*formsText)}
	t := &formsText{} // of the form of o itself, which goes before those in it
	r.value(t, o)
	r.tapes[o].list = append(t.list, r.tapes[o].list...)
	return r.tapes
}

type recorder struct {
	version pyver.Version
	places  map[code.Value]place // where flagged values stand
	tapes   map[*code.Object]*formsText
	anchors int32
}

type place struct {
	t *formsText
	i int
}

// object records the values of o.
func (r *recorder) object(o *code.Object) {
	t := &formsText{list: make([]form, 0, 32)}
	r.tapes[o] = t
	fields(o, func(v code.Value) (code.Value, bool) {
		r.value(t, v)
		return v, true
	})
}

func (r *recorder) value(t *formsText, v code.Value) {
	f := code.Form(0)
	if v != nil {
		f = v.WrittenAs()
	}
	tf := form{form: f, anchor: -1}
	if c := singleCode(v); c != 0 {
		tf.form = f&code.FlagRef | c
		t.list = append(t.list, tf)
		return
	}
	if f == 0 || f.Ref() && r.version >= pyver.Py34 || f.Type() == 't' && r.version < pyver.Py30 {
		if at, ok := r.places[v]; ok {
			to := &at.t.list[at.i]
			if to.anchor < 0 {
				r.anchors++
				to.anchor = r.anchors
			}
			t.list = append(t.list, form{ref: true, anchor: to.anchor})
			return
		}
		r.places[v] = place{t, len(t.list)}
	}
	switch v := v.(type) {
	case *code.Float:
		if f.Type() == 'f' {
			t.texts = append(t.texts, v.Text, "")
			tf.texts = int32(len(t.texts) - 1)
		}
	case *code.Complex:
		if f.Type() == 'x' {
			t.texts = append(t.texts, v.ReText, v.ImText)
			tf.texts = int32(len(t.texts) - 1)
		}
	}
	t.list = append(t.list, tf)
	switch v := v.(type) {
	case *code.Object:
		if r.tapes[v] == nil {
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

func (r *recorder) items(t *formsText, items []code.Value) {
	for _, v := range items {
		r.value(t, v)
	}
}

// appendForms writes the forms of a code object.
func appendForms(b []byte, indent string, t *formsText) []byte {
	const width = 100
	list := t.list
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
		b = f.append(b, t)
	}
	if start >= 0 {
		b = append(b, '\n')
	}
	return b
}

func (f *form) append(b []byte, t *formsText) []byte {
	if f.ref {
		return strconv.AppendInt(append(b, '*'), int64(f.anchor), 10)
	}
	if f.form == 0 {
		b = append(b, '_')
	} else {
		b = append(b, f.form.Type())
	}
	if f.texts > 0 {
		b = appendQuotedBytes(b, t.texts[f.texts-1])
		if f.form.Type() == 'x' {
			b = appendQuotedBytes(b, t.texts[f.texts])
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
