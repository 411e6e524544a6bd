package object

// Template is a template string: string.templatelib.Template.
type Template struct {
	Head
	// Strings has one item more than Interpolations.
	Strings, Interpolations *Tuple
}

// Interpolation is a part of a template that is no text: string.templatelib.Interpolation.
type Interpolation struct {
	Head
	Value, Expression, Conversion, FormatSpec Value
}

// templateIter iterates over a template: texts that are not empty, and interpolations.
type templateIter struct {
	Head
	template *Template
	next     int // even: a text
}

// The types of module string.templatelib.
var (
	TemplateType, InterpolationType, TemplateIterType Type
)

// NewInterpolation returns an interpolation; conv is None or one character.
func NewInterpolation(value, expr, conv, spec Value) Value {
	return Of(&Interpolation{Head{&InterpolationType}, value, expr, conv, spec})
}

// NewTemplate returns a template of two tuples.
func NewTemplate(strings, interpolations Value) Value {
	return Of(&Template{Head{&TemplateType}, To[Tuple](strings), To[Tuple](interpolations)})
}

const templateModule = "string.templatelib"

func setupTemplate() {
	Define(&TemplateIterType, TypeSpec{Name: "TemplateIter", Module: templateModule, Doc: "Template iterator object", Flags: FlagNoNew,
		Slots: Slots{Iter: selfIter, Next: templateNext}})
	Define(&TemplateType, TypeSpec{Name: "Template", Module: templateModule, Doc: "Template object",
		Slots: Slots{
			New: templateNew, Repr: templateRepr, Concat: templateConcat,
			Iter: func(t *Thread, v Value) Value { return Of(&templateIter{Head{&TemplateIterType}, To[Template](v), 0}) },
		},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: sigNone, Fn: templateReduce},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"},
		},
		GetSets: []GetSetDef{
			{Name: "strings", Get: func(t *Thread, v Value) Value { return Of(To[Template](v).Strings) }, Doc: "Strings", Member: true},
			{Name: "interpolations", Get: func(t *Thread, v Value) Value { return Of(To[Template](v).Interpolations) }, Doc: "Interpolations", Member: true},
			{Name: "values", Get: func(t *Thread, v Value) Value {
				items := To[Template](v).Interpolations.Items()
				r := MakeTuple(len(items))
				for i, x := range items {
					r.Items()[i] = To[Interpolation](x).Value
				}
				return Of(r)
			}, Doc: "Values of interpolations"},
		},
	})
	field := func(name, doc string, get func(p *Interpolation) Value) GetSetDef {
		return GetSetDef{Name: name, Doc: doc, Member: true, Get: func(t *Thread, v Value) Value { return get(To[Interpolation](v)) }}
	}
	Define(&InterpolationType, TypeSpec{Name: "Interpolation", Module: templateModule, Doc: "Interpolation object",
		Slots: Slots{
			New:  Constructor("Interpolation", "(value, expression='', conversion=None, format_spec='')", interpolationNew),
			Repr: interpolationRepr,
		},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
				p := To[Interpolation](a[0])
				return Of(NewTuple(Of(&InterpolationType), Of(NewTuple(p.Value, p.Expression, p.Conversion, p.FormatSpec))))
			}},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "See PEP 585"},
		},
		GetSets: []GetSetDef{
			field("value", "Value", func(p *Interpolation) Value { return p.Value }),
			field("expression", "Expression", func(p *Interpolation) Value { return p.Expression }),
			field("conversion", "Conversion", func(p *Interpolation) Value { return p.Conversion }),
			field("format_spec", "Format specifier", func(p *Interpolation) Value { return p.FormatSpec }),
		},
	})
	names := NewTuple(MakeStr("value"), MakeStr("expression"), MakeStr("conversion"), MakeStr("format_spec"))
	InterpolationType.Dict().SetStr(StaticName("__match_args__"), Of(names))
}

func interpolationNew(t *Thread, cls *Type, a []Value) Value {
	p := &Interpolation{Head{cls}, a[0], EmptyStr, None, EmptyStr}
	for _, f := range [...]struct {
		name string
		v    Value
		to   *Value
	}{{"expression", a[1], &p.Expression}, {"conversion", a[2], &p.Conversion}, {"format_spec", a[3], &p.FormatSpec}} {
		if f.v.P == nil || f.name == "conversion" && f.v.IsNone() {
			continue
		}
		if !f.v.IsStr() {
			return t.TypeErrorf("Interpolation() argument '%s' must be str, not %s", f.name, ArgName(f.v))
		}
		if f.name == "conversion" && f.v.Str().S != "s" && f.v.Str().S != "a" && f.v.Str().S != "r" {
			return t.ValueErrorf("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
		}
		*f.to = f.v
	}
	return Of(p)
}

func interpolationRepr(t *Thread, v Value) Value {
	p := To[Interpolation](v)
	b := []byte("Interpolation(")
	for i, x := range [...]Value{p.Value, p.Expression, p.Conversion, p.FormatSpec} {
		if i > 0 {
			b = append(b, ", "...)
		}
		var ok bool
		if b, ok = t.AppendReprOf(b, x); !ok {
			return Value{}
		}
	}
	return MakeStr(textOf(append(b, ')')))
}

func templateRepr(t *Thread, v Value) Value {
	p := To[Template](v)
	b, ok := t.AppendReprOf([]byte("Template(strings="), Of(p.Strings))
	if ok {
		b, ok = t.AppendReprOf(append(b, ", interpolations="...), Of(p.Interpolations))
	}
	if !ok {
		return Value{}
	}
	return MakeStr(textOf(append(b, ')')))
}

// templateBuilder puts texts and interpolations one after the other.
type templateBuilder struct {
	strings, interpolations []Value
	joins                   bool // the next text is added to the last
}

func (b *templateBuilder) text(t *Thread, v Value) bool {
	if !b.joins {
		b.strings = append(b.strings, v)
		b.joins = true
		return true
	}
	last := &b.strings[len(b.strings)-1]
	*last = ConcatStr(t, last.Str(), v.Str())
	return last.P != nil
}

func (b *templateBuilder) interpolation(t *Thread, v Value) {
	if !b.joins {
		b.strings = append(b.strings, EmptyStr)
	}
	b.joins = false
	b.interpolations = append(b.interpolations, v)
}

func (b *templateBuilder) template() Value {
	if !b.joins {
		b.strings = append(b.strings, EmptyStr)
	}
	return Of(&Template{Head{&TemplateType}, NewTuple(b.strings...), NewTuple(b.interpolations...)})
}

func templateNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if nameCount(names) > 0 {
		return t.TypeErrorf("Template.__new__ only accepts *args arguments")
	}
	var b templateBuilder
	for _, x := range args {
		switch {
		case x.IsStr():
			if !b.text(t, x.Str().exact()) {
				return Value{}
			}
		case x.Is(&InterpolationType):
			b.interpolation(t, x)
		default:
			return t.TypeErrorf("Template.__new__ *args need to be of type 'str' or 'Interpolation', got %s", x.Type().Name)
		}
	}
	return b.template()
}

func templateConcat(t *Thread, x, y Value) Value {
	if !x.Is(&TemplateType) || !y.Is(&TemplateType) {
		other := y
		if !x.Is(&TemplateType) {
			other = x
		}
		return t.TypeErrorf("can only concatenate %s (not \"%s\") to %s", TemplateType.Name, other.Type().Name, TemplateType.Name)
	}
	p, q := To[Template](x), To[Template](y)
	n := p.Strings.Len()
	joint := ConcatStr(t, p.Strings.Items()[n-1].Str(), q.Strings.Items()[0].Str())
	if joint.P == nil {
		return joint
	}
	strings := append(append(append([]Value(nil), p.Strings.Items()[:n-1]...), joint), q.Strings.Items()[1:]...)
	values := append(append([]Value(nil), p.Interpolations.Items()...), q.Interpolations.Items()...)
	return Of(&Template{Head{&TemplateType}, NewTuple(strings...), NewTuple(values...)})
}

func templateNext(t *Thread, v Value) Value {
	it := To[templateIter](v)
	for it.template != nil {
		i := it.next / 2
		it.next++
		if it.next%2 == 0 {
			if i < it.template.Interpolations.Len() {
				return it.template.Interpolations.Items()[i]
			}
			it.template = nil
		} else if i < it.template.Strings.Len() {
			if s := it.template.Strings.Items()[i]; s.Str().Len() > 0 {
				return s
			}
		}
	}
	return Value{}
}

func templateReduce(t *Thread, a []Value) Value {
	imp := t.Interp.Hooks.Import
	if imp == nil {
		return t.TypeErrorf("cannot pickle '%s' object", TemplateType.Name)
	}
	m := imp(t, t.Interp.Intern(templateModule), Of(NewDict()), None, Of(NewTuple(MakeStr("_template_unpickle"))), 0)
	if m.P == nil {
		return m
	}
	f := t.GetAttrName(m, "_template_unpickle")
	if f.P == nil {
		return f
	}
	p := To[Template](a[0])
	return Of(NewTuple(f, Of(NewTuple(Of(p.Strings), Of(p.Interpolations)))))
}
