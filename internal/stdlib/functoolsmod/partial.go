package functoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// Partial is a partial object.
type Partial struct {
	object.Head
	fn     value
	args   *object.Tuple
	kw     *object.Dict
	places int // placeholders among args
	object.Attrs
}

// PartialType is the type partial.
var PartialType object.Type

func setupPartial() {
	object.Define(&PartialType, object.TypeSpec{
		Name: "partial", Module: "functools", Sig: "(func, /, *args, **keywords)", Flags: object.FlagBase, HasWeak: true,
		AttrOffset: unsafe.Offsetof(Partial{}.Attrs),
		Doc:        "Create a new function with partial application of the given arguments\nand keywords.",
		Slots: object.Slots{
			New: newPartial, Call: callPartial, Repr: reprPartial,
			DescrGet: func(t *thread, d, obj, cls value) value {
				if obj.P == nil || obj.IsNone() {
					return d
				}
				return object.NewBoundMethod(d, obj)
			},
		},
		Methods: []object.MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: reducePartial},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: setStatePartial},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "partial is generic over the wrapped function's return type"},
		},
		GetSets: []object.GetSetDef{
			{Name: "func", Member: true, Get: func(t *thread, v value) value { return object.To[Partial](v).fn }, Doc: "function object to use in future partial calls"},
			{Name: "args", Member: true, Get: func(t *thread, v value) value { return object.Of(object.To[Partial](v).args) }, Doc: "tuple of arguments to future partial calls"},
			{Name: "keywords", Member: true, Get: func(t *thread, v value) value { return object.Of(object.To[Partial](v).kw) }, Doc: "dictionary of keyword arguments to future partial calls"},
		},
	})
	PartialType.CallOne = callPartialOne
}

func countPlaces(args []value) int {
	n := 0
	for _, a := range args {
		if a == placeholder {
			n++
		}
	}
	return n
}

// merge fills placeholders of args with the first of more, and appends the others.
func merge(args, more []value) []value {
	r := make([]value, 0, len(args)+len(more))
	for _, a := range args {
		if a == placeholder && len(more) > 0 {
			a, more = more[0], more[1:]
		}
		r = append(r, a)
	}
	return append(r, more...)
}

func newPartial(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	n := len(args) - object.NameCount(names)
	if n == 0 {
		return t.TypeErrorf("type 'partial' takes at least one argument")
	}
	fn := args[0]
	if fn.Type().Call == nil {
		return t.TypeErrorf("the first argument must be callable")
	}
	given := args[1:n]
	if len(given) > 0 && given[len(given)-1] == placeholder {
		return t.TypeErrorf("trailing Placeholders are not allowed")
	}
	if countPlaces(args[n:]) > 0 {
		return t.TypeErrorf("Placeholder cannot be passed as a keyword argument")
	}
	p := &Partial{fn: fn, kw: object.NewDict()}
	p.Type = cls
	// A partial of a partial is one, unless somebody can tell by its attributes.
	if fn.IsA(&PartialType) && (fn.Type() == &PartialType || fn.Type() == cls) && !hasOwnAttrs(fn) {
		inner := object.To[Partial](fn)
		p.fn = inner.fn
		p.args = object.NewTuple(merge(inner.args.Items(), given)...)
		p.kw = inner.kw.Copy()
	} else {
		p.args = object.NewTuple(given...)
	}
	p.places = countPlaces(p.args.Items())
	for i := n; i < len(args); i++ {
		if !p.kw.Set(t, names.Items()[i-n], args[i]) {
			return value{}
		}
	}
	return object.InitAttrs(cls, object.Of(p))
}

// hasOwnAttrs reports whether v has attributes in its dict.
func hasOwnAttrs(v value) bool {
	a := object.AttrsOf(v)
	if a == nil || a.Shape == nil {
		return false
	}
	if a.Shape == object.DictShape {
		return a.More.Dict.Len() > 0
	}
	return len(a.Shape.Names) > 0
}

// callPartialOne is callPartial with x.
func callPartialOne(t *thread, f, x value) value {
	if p := object.To[Partial](f); p.places == 0 && p.kw.Len() == 0 && p.args.Len() <= 2 {
		switch items := p.args.Items(); len(items) {
		case 0:
			return t.CallArgs(p.fn, x)
		case 1:
			return t.CallArgs(p.fn, items[0], x)
		default:
			return t.CallArgs(p.fn, items[0], items[1], x)
		}
	}
	args := [1]value{x}
	return callPartial(t, f, args[:], nil)
}

func callPartial(t *thread, f value, args []value, names *object.Tuple) value {
	p := object.To[Partial](f)
	kw := p.kw.Len()
	n := len(args) - object.NameCount(names)
	if n < p.places {
		return t.TypeErrorf("missing positional arguments in 'partial' call; expected at least %d, got %d", p.places, n)
	}
	mark := t.Scratch
	size := p.args.Len() + len(args) + kw
	a := t.Push(size)
	k := 0
	if p.places == 0 {
		k = copy(a, p.args.Items())
		k += copy(a[k:], args[:n])
	} else {
		rest := args[:n]
		for _, x := range p.args.Items() {
			if x == placeholder {
				x, rest = rest[0], rest[1:]
			}
			a[k] = x
			k++
		}
		k += copy(a[k:], rest)
	}
	if kw == 0 {
		k += copy(a[k:], args[n:])
	} else {
		k, names = p.keywords(a, k, args[n:], names)
	}
	r := t.Call(p.fn, a[:k:k], names)
	t.Pop(mark, a)
	return r
}

// keywords puts the values of the partial's keywords and those of the call, which win, into a from k on.
func (p *Partial) keywords(a []value, k int, values []value, names *object.Tuple) (int, *object.Tuple) {
	all := make([]value, 0, p.kw.Len()+len(values))
	start := k
	for i := range p.kw.Entries {
		if e := &p.kw.Entries[i]; e.Used() {
			all = append(all, e.Key())
			a[k] = e.Value
			k++
		}
	}
next:
	for i, v := range values {
		name := names.Items()[i]
		for j, n := range all {
			if n == name || n.IsStr() && n.Str().S == name.Str().S {
				a[start+j] = v
				continue next
			}
		}
		all = append(all, name)
		a[k] = v
		k++
	}
	return k, object.NewTuple(all...)
}

func reprPartial(t *thread, v value) value {
	p := object.To[Partial](v)
	name := t.QualName(p.Type)
	if t.EnterRepr(v) {
		return object.MakeStr("...")
	}
	defer t.LeaveRepr()
	args, kw := p.args.Items(), p.kw
	b, ok := t.AppendReprOf([]byte(name+"("), p.fn)
	for _, x := range args {
		if !ok {
			break
		}
		b, ok = t.AppendReprOf(append(b, ", "...), x)
	}
	for i := 0; ok && i < len(kw.Entries); i++ {
		e := kw.Entries[i]
		if !e.Used() {
			continue
		}
		s := t.Str(e.Key())
		if s == nil {
			return value{}
		}
		b = append(append(append(b, ", "...), s.S...), '=')
		b, ok = t.AppendReprOf(b, e.Value)
	}
	if !ok {
		return value{}
	}
	return object.MakeStr(string(append(b, ')')))
}

func reducePartial(t *thread, a []value) value {
	p := object.To[Partial](a[0])
	dict := object.None
	if hasOwnAttrs(a[0]) {
		dict = object.Of(object.InstanceDict(a[0]))
	}
	return object.Of(object.NewTuple(object.Of(p.Type), object.Of(object.NewTuple(p.fn)),
		object.Of(object.NewTuple(p.fn, object.Of(p.args), object.Of(p.kw), dict))))
}

func setStatePartial(t *thread, a []value) value {
	p := object.To[Partial](a[0])
	if a[1].Type().Flags&object.FlagTuple == 0 {
		return t.TypeErrorf("invalid partial state")
	}
	s := object.To[object.Tuple](a[1]).Items()
	if len(s) != 4 || s[0].Type().Call == nil || s[1].Type().Flags&object.FlagTuple == 0 ||
		!s[2].IsNone() && s[2].Type().Flags&object.FlagDict == 0 || !s[3].IsNone() && s[3].Type().Flags&object.FlagDict == 0 {
		return t.TypeErrorf("invalid partial state")
	}
	args := object.To[object.Tuple](s[1])
	if n := args.Len(); n > 0 && args.Items()[n-1] == placeholder {
		return t.TypeErrorf("trailing Placeholders are not allowed")
	}
	if args.Type != &object.TupleType {
		args = object.NewTuple(args.Items()...)
	}
	kw := object.NewDict()
	if !s[2].IsNone() {
		if kw = object.To[object.Dict](s[2]); kw.Type != &object.DictType {
			kw = kw.Copy()
		}
	}
	p.fn, p.args, p.kw, p.places = s[0], args, kw, countPlaces(args.Items())
	d := object.NewDict()
	if !s[3].IsNone() {
		d = object.To[object.Dict](s[3])
	}
	object.SetInstanceDict(a[0], d)
	return object.None
}
