package sremod

import "github.com/krait-py/krait/internal/object"

// Template is the compiled form of a replacement: _sre.SRE_Template.
type Template struct {
	object.Head
	literal Value
	items   []templateItem
	// kind is what literals are, and text that of the first one. With literals of
	// both kinds, kind is anything.
	kind kind
	text string
}

// templateItem is a group and the literal behind it.
type templateItem struct {
	group   int
	literal Value // no value if it is empty
	text    string
}

func template(t *Thread, a []Value) Value {
	if !a[1].IsA(&object.ListType) {
		return t.TypeErrorf("template() argument 2 must be list, not %s", a[1].Type().Name)
	}
	list := object.To[object.List](a[1])
	if len(list.V)%2 == 0 {
		return t.TypeErrorf("invalid template")
	}
	r := &Template{Head: object.Head{Type: &TemplateType}, literal: list.V[0]}
	r.kind, r.text = textOf(r.literal)
	for i := 1; i < len(list.V); i += 2 {
		g, literal := list.V[i], list.V[i+1]
		if !g.IsA(&object.IntType) {
			return t.TypeErrorf("an integer is required")
		}
		n, ok := t.AsSize(g)
		if !ok {
			return Value{}
		}
		if n < 0 {
			return t.TypeErrorf("invalid template")
		}
		item := templateItem{group: n}
		k, text := textOf(literal)
		if k != r.kind {
			r.kind = anything
		}
		if k == anything || text != "" {
			item.literal, item.text = literal, text
		}
		r.items = append(r.items, item)
	}
	return object.Of(r)
}

// textOf returns the text of a literal.
func textOf(v Value) (kind, string) {
	switch {
	case v.IsStr():
		return forStr, v.Str().S
	case v.Type().Flags&object.FlagBytes != 0:
		return forBytes, object.To[object.Bytes](v).S
	}
	return anything, ""
}

var (
	nameRe              = object.StaticName("re")
	nameCompileTemplate = object.StaticName("_compile_template")
)

// compileTemplate has the re package compile a replacement. It returns nil with an exception set.
func (p *Pattern) compileTemplate(t *Thread, repl Value) *Template {
	if p.state.compileTemplate.P == nil {
		m := t.ImportModule(nameRe)
		if m.IsNil() {
			return nil
		}
		f := t.GetAttr(m, nameCompileTemplate)
		if f.IsNil() {
			return nil
		}
		p.state.compileTemplate = f
	}
	f := p.state.compileTemplate
	r := t.CallArgs(f, object.Of(p), repl)
	if r.IsNil() && t.Exc != nil && t.Exc.Type.IsSubtype(&object.TypeErrorType) {
		// What cannot be hashed is tried as a plain str or bytes.
		plain := plainText(t, repl)
		if plain.IsNil() {
			return nil
		}
		t.Exc = nil
		repl = plain
		r = t.CallArgs(f, object.Of(p), repl)
	}
	if r.IsNil() {
		return nil
	}
	if !r.Is(&TemplateType) {
		t.RuntimeErrorf("the result of compiling a replacement string is %.200s", r.Type().Name)
		return nil
	}
	return object.To[Template](r)
}

// plainText returns the str or bytes object with the text of v, which is something else; no value if v is none
// of that sort. It leaves the thread's exception alone.
func plainText(t *Thread, v Value) Value {
	if v.Is(&object.StrType) || v.Is(&object.BytesType) {
		return Value{}
	}
	e := t.Exc
	s, ok := subjectOf(t, v)
	t.Exc = e
	if !ok {
		return Value{}
	}
	defer s.release(t)
	if s.kind == forStr {
		return object.CopyStr([]byte(s.text))
	}
	return object.CopyBytes([]byte(s.text))
}

// expand adds to j what the template makes of the match, with so many groups, that e has found in text. Template
// and subject are of the same kind. False: an exception is set.
func (r *Template) expand(t *Thread, e *engine, groups int, j *joiner, text string) bool {
	j.out = append(j.out, r.text...)
	for i := range r.items {
		item := &r.items[i]
		start, end := e.Start, e.End
		if item.group > 0 {
			if item.group > groups {
				t.IndexErrorf("no such group")
				return false
			}
			start, end = e.Group(item.group)
			if start > end {
				wrongSpan(t)
				return false
			}
		}
		if start >= 0 {
			j.out = append(j.out, text[start:end]...)
		}
		j.out = append(j.out, item.text...)
	}
	j.pieces++
	return true
}

// of returns what the template makes of a match.
func (r *Template) of(t *Thread, m *Match) Value {
	if len(r.items) == 0 {
		return r.literal
	}
	j := joiner{kind: forBytes}
	if r.literal.IsStr() {
		j.kind = forStr
	}
	j.value(t, r.literal)
	for i := range r.items {
		item := &r.items[i]
		if item.group >= len(m.spans)/2 {
			return t.IndexErrorf("no such group")
		}
		g := m.group(t, item.group, object.None)
		if g.IsNil() {
			return Value{}
		}
		if !g.IsNone() {
			j.value(t, g)
		}
		if item.literal.P != nil {
			j.value(t, item.literal)
		}
	}
	return j.result(t)
}

func matchExpand(t *Thread, a []Value) Value {
	m := object.To[Match](a[0])
	r := m.pattern.compileTemplate(t, a[1])
	if r == nil {
		return Value{}
	}
	return r.of(t, m)
}
