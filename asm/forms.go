package asm

import (
	"fmt"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Forms are what marshal wrote of the values of a code object that makes no
// difference to Python: type codes, and which values are references to
// others. A forms line has one for each value, in the order of the file; those
// of a code object inside have a line there.
//
//	)     type code ")"
//	z&    type code z, with the flag that makes it possible to refer to it
//	z&7   the same, and further on *7 refers to it
//	*7    a reference
//	3z&   three times the same
//	_     no form: whatever suits
type form struct {
	form   code.Form
	ref    bool  // a reference to the value called anchor
	anchor int32 // -1 for none
	// texts is one more than the index of the decimal form of a float in the
	// list of those; a complex number has two. 0 for none.
	texts int32
}

// formsText is the forms lines of a block.
type formsText struct {
	offset int // in the text
	list   []form
	texts  []string
}

// fields returns the places of the values of a code object in the order of
// the file. It calls f for each; f may replace what it is given.
func fields(o *code.Object, f func(code.Value) (code.Value, bool)) bool {
	return bytesField(&o.Code, f) && tupleField(&o.Consts, f) && tupleField(&o.Names, f) &&
		variableFields(o, f) &&
		textField(&o.Filename, f) && textField(&o.Name, f) &&
		(o.Version < pyver.Py311 || textField(&o.QualName, f)) &&
		bytesField(&o.LineTable, f) &&
		(o.Version < pyver.Py311 || bytesField(&o.ExceptionTable, f))
}

func variableFields(o *code.Object, f func(code.Value) (code.Value, bool)) bool {
	if o.Version < pyver.Py311 {
		return tupleField(&o.VarNames, f) && tupleField(&o.FreeVars, f) && tupleField(&o.CellVars, f)
	}
	return tupleField(&o.LocalsPlusNames, f) && bytesField(&o.LocalsPlusKinds, f)
}

func bytesField(field **code.Bytes, f func(code.Value) (code.Value, bool)) bool {
	v := *field
	if v == nil {
		v = &code.Bytes{}
	}
	w, ok := f(v)
	if b, is := w.(*code.Bytes); is {
		if *field != nil || w != v {
			*field = b
		}
	}
	return ok
}

func tupleField(field **code.Tuple, f func(code.Value) (code.Value, bool)) bool {
	v := *field
	if v == nil {
		v = &code.Tuple{}
	}
	w, ok := f(v)
	if t, is := w.(*code.Tuple); is {
		if *field != nil || w != v {
			*field = t
		}
	}
	return ok
}

func textField(field *code.Value, f func(code.Value) (code.Value, bool)) bool {
	v := *field
	if v == nil {
		v = &code.Str{}
	}
	w, ok := f(v)
	if *field != nil || w != v {
		*field = w
	}
	return ok
}

// formsLine reads a line of forms after its word.
func (p *parser) formsLine(to *formsText) bool {
	for !p.atEOL() {
		c := p.src[p.pos]
		if c == '*' {
			p.pos++
			n, ok := p.anchorNumber()
			if !ok {
				return false
			}
			to.list = append(to.list, form{ref: true, anchor: n})
			continue
		}
		start, repeat := p.pos, 1
		if c-'1' < 9 {
			repeat = 0
			for p.pos < len(p.src) && p.src[p.pos]-'0' < 10 && repeat < 1<<24 {
				repeat = 10*repeat + int(p.src[p.pos]-'0')
				p.pos++
			}
		}
		// Whatever has a form has a text of some bytes somewhere, and a few
		// bytes must not ask for gigabytes.
		if p.formCount += repeat; p.formCount > len(p.src)+64 {
			return p.fail(start, strconv.Itoa(p.formCount)+" forms", "no more than there are values")
		}
		c = p.peek()
		p.pos++
		f := form{form: code.Form(c), anchor: -1}
		if c == '_' {
			f.form = 0
		} else if c <= ' ' || c >= 0x7f {
			p.pos--
			return p.failHere("the type code of a value")
		}
		if (c == 'f' || c == 'x') && p.peek() == '"' {
			re, ok := p.quotedText(true, false)
			if !ok {
				return false
			}
			im := ""
			if c == 'x' && p.peek() == '"' {
				if im, ok = p.quotedText(true, false); !ok {
					return false
				}
			}
			f.texts = int32(len(to.texts) + 1)
			to.texts = append(to.texts, re, im)
		}
		if p.peek() == '&' {
			p.pos++
			f.form |= code.FlagRef
			if c == '_' {
				f.form = 0
			}
			if p.peek()-'0' < 10 {
				n, ok := p.anchorNumber()
				if !ok {
					return false
				}
				f.anchor = n
			}
		}
		for range repeat {
			to.list = append(to.list, f)
		}
		if p.pos < len(p.src) && p.src[p.pos] > ' ' {
			return p.failHere("a space between forms")
		}
	}
	return true
}

func (p *parser) anchorNumber() (int32, bool) {
	n, ok := p.number(31, "the number of a value")
	return int32(n), ok
}

// former gives values the forms of a text.
type former struct {
	p       *parser
	values  map[int32]code.Value
	forms   *formsText // of the code object at hand
	next    int        // in forms
	version pyver.Version
	done    map[*code.Object]bool
	copies  map[code.Value]code.Value
	failed  bool
}

// applyForms gives the values of all code objects their forms. Where forms do
// not fit, the file is none the worse for it: it means the same to Python.
func (p *parser) applyForms() bool {
	f := &former{p: p, values: make(map[int32]code.Value), version: p.version,
		done: make(map[*code.Object]bool), copies: make(map[code.Value]code.Value)}
	// The form of the code object at the top stands in its own line, first.
	top := p.result.Code
	f.object(top, true)
	return !f.failed
}

// misfit says that forms do not fit; this is an error only when exactness is
// asked for.
func (f *former) misfit(found, wanted string) bool {
	if f.p.opts.Exact && !f.failed {
		f.failed = true
		f.p.fail(f.forms.offset, found, wanted)
	}
	return false
}

// object gives the values of o their forms.
func (f *former) object(o *code.Object, top bool) {
	if f.done[o] {
		return
	}
	f.done[o] = true
	outer, next := f.forms, f.next
	f.forms, f.next = f.p.forms[o], 0
	if f.forms != nil {
		if top {
			f.own(o)
		}
		fields(o, f.value)
		if f.next < len(f.forms.list) {
			f.misfit(fmt.Sprintf("%d forms", len(f.forms.list)), fmt.Sprintf("%d, one for each value of the code object; without the line, krait chooses", f.next))
		}
	} else {
		for inner := range o.Objects() {
			f.object(inner, false)
		}
	}
	f.forms, f.next = outer, next
}

// own takes the form of the code object at the top.
func (f *former) own(o *code.Object) {
	if len(f.forms.list) == 0 {
		return
	}
	fm := f.forms.list[0]
	f.next = 1
	o.Form = fm.form
	if fm.anchor >= 0 {
		f.values[fm.anchor] = o
	}
}

// value takes the next form for v and returns what to put in its place.
func (f *former) value(v code.Value) (code.Value, bool) {
	if f.next >= len(f.forms.list) {
		return v, f.misfit(fmt.Sprintf("%d forms", len(f.forms.list)), "one for each value of the code object; without the line, krait chooses")
	}
	fm := &f.forms.list[f.next]
	f.next++
	if fm.ref {
		w := f.values[fm.anchor]
		if w == nil {
			return v, f.misfit(fmt.Sprintf("*%d", fm.anchor), fmt.Sprintf("a form marked &%d before it", fm.anchor))
		}
		budget := equalBudget
		if !f.equal(v, w, &budget, 0) {
			// One of them has been edited: they go their own ways.
			return v, f.misfit(fmt.Sprintf("*%d for a value other than the one marked &%d", fm.anchor, fm.anchor), "the same value")
		}
		return w, true
	}
	w := f.formed(v, fm)
	if fm.anchor >= 0 {
		f.values[fm.anchor] = w
	}
	ok := true
	switch w := w.(type) {
	case *code.Object:
		w.Form = fm.form
		f.object(w, false)
	case *code.Tuple:
		ok = f.items(w.Items)
	case *code.List:
		ok = f.items(w.Items)
	case *code.Set:
		ok = f.items(w.Items)
	case *code.Dict:
		for i := range w.Keys {
			ok = ok && f.one(&w.Keys[i]) && f.one(&w.Values[i])
		}
	case *code.Slice:
		ok = f.one(&w.Start) && f.one(&w.Stop) && f.one(&w.Step)
	}
	return w, ok
}

func (f *former) items(items []code.Value) bool {
	for i := range items {
		if !f.one(&items[i]) {
			return false
		}
	}
	return true
}

func (f *former) one(v *code.Value) (ok bool) {
	*v, ok = f.value(*v)
	return ok
}

// formed returns a copy of v with a form.
func (f *former) formed(v code.Value, fm *form) code.Value {
	t := fm.form.Type()
	switch v := v.(type) {
	case *code.NoneType:
		if fm.form.Ref() {
			return &code.NoneType{Form: fm.form}
		}
	case *code.EllipsisType:
		if fm.form.Ref() {
			return &code.EllipsisType{Form: fm.form}
		}
	case *code.StopIterationType:
		if fm.form.Ref() {
			return &code.StopIterationType{Form: fm.form}
		}
	case *code.Bool:
		if fm.form.Ref() {
			return &code.Bool{V: v.V, Form: fm.form}
		}
	case *code.Int:
		w := *v
		if f.version != pyver.Py27 || isLong(v) == (t == 'l') {
			w.Form = fm.form
		}
		return &w
	case *code.Float:
		w := &code.Float{V: v.V, Form: fm.form}
		if fm.texts > 0 {
			w.Text = f.forms.texts[fm.texts-1]
		}
		return w
	case *code.Complex:
		w := &code.Complex{Re: v.Re, Im: v.Im, Form: fm.form}
		if fm.texts > 0 {
			w.ReText, w.ImText = f.forms.texts[fm.texts-1], f.forms.texts[fm.texts]
		}
		return w
	case *code.Str:
		w := &code.Str{S: v.S, Interned: v.Interned, Form: fm.form}
		if fm.form != 0 {
			w.Interned = t == 't' || t == 'A' || t == 'Z'
		}
		return w
	case *code.Bytes:
		w := &code.Bytes{S: v.S, Interned: v.Interned, Form: fm.form}
		if fm.form != 0 {
			w.Interned = t == 't'
		}
		return w
	case *code.Tuple:
		w := &code.Tuple{Items: append([]code.Value(nil), v.Items...), Form: fm.form}
		f.copies[v] = w
		return w
	case *code.List:
		w := &code.List{Items: append([]code.Value(nil), v.Items...), Form: fm.form}
		f.copies[v] = w
		return w
	case *code.Set:
		w := &code.Set{Items: append([]code.Value(nil), v.Items...), Frozen: v.Frozen, Form: fm.form}
		f.copies[v] = w
		return w
	case *code.Dict:
		w := &code.Dict{Keys: append([]code.Value(nil), v.Keys...), Values: append([]code.Value(nil), v.Values...), Frozen: v.Frozen, Form: fm.form}
		f.copies[v] = w
		return w
	case *code.Slice:
		w := *v
		w.Form = fm.form
		f.copies[v] = &w
		return &w
	}
	return v
}

// equalBudget is how many values are compared to see whether two are equal.
const equalBudget = 1 << 20

// equal reports whether two values mean the same. Of what is nested beyond
// all measure it says so without looking.
func (f *former) equal(v, w code.Value, budget *int, depth int) bool {
	if v == w || f.copies[v] == w && w != nil {
		return true
	}
	if *budget--; *budget < 0 || depth > maxDepth {
		return true
	}
	all := func(v, w []code.Value) bool {
		if len(v) != len(w) {
			return false
		}
		for i := range v {
			if !f.equal(v[i], w[i], budget, depth+1) {
				return false
			}
		}
		return true
	}
	switch v := v.(type) {
	case *code.Str:
		w, ok := w.(*code.Str)
		return ok && v.S == w.S
	case *code.Bytes:
		w, ok := w.(*code.Bytes)
		return ok && v.S == w.S
	case *code.Tuple:
		w, ok := w.(*code.Tuple)
		return ok && all(v.Items, w.Items)
	case *code.List:
		w, ok := w.(*code.List)
		return ok && all(v.Items, w.Items)
	case *code.Set:
		w, ok := w.(*code.Set)
		return ok && v.Frozen == w.Frozen && all(v.Items, w.Items)
	case *code.Dict:
		w, ok := w.(*code.Dict)
		return ok && v.Frozen == w.Frozen && all(v.Keys, w.Keys) && all(v.Values, w.Values)
	case *code.Slice:
		w, ok := w.(*code.Slice)
		return ok && all([]code.Value{v.Start, v.Stop, v.Step}, []code.Value{w.Start, w.Stop, w.Step})
	case *code.Object:
		return false
	}
	// What is left has short texts.
	l := literals{py2: f.version == pyver.Py27}
	switch w.(type) {
	case *code.NoneType, *code.Bool, *code.EllipsisType, *code.StopIterationType, *code.Int, *code.Float, *code.Complex:
		return string(l.append(nil, v)) == string(l.append(nil, w))
	}
	return false
}
