package operatormod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// The types of the callables.
var AttrGetterType, ItemGetterType, MethodCallerType object.Type

// attrGetter is an attrgetter: for each attribute the names of a path to it.
type attrGetter struct {
	object.Head
	paths [][]*object.Str
	names []value
}

// itemGetter is an itemgetter.
type itemGetter struct {
	object.Head
	items []value
}

// methodCaller is a methodcaller.
type methodCaller struct {
	object.Head
	name  *object.Str
	args  []value // those given by name behind the others
	names *object.Tuple
}

// signature tells inspect how to call one of them.
var signature = []object.GetSetDef{{Name: "__text_signature__", Get: func(t *thread, v value) value { return object.MakeStr("(obj, /)") }}}

// setup defines the types of the module.
func setup(d *object.ModuleDef) {
	d.Methods = methods()
	object.Define(&AttrGetterType, object.TypeSpec{
		Name: "attrgetter", Module: "operator", Sig: "(attr, /, *attrs)",
		Doc:     "Return a callable object that fetches the given attribute(s) from its operand.\nAfter f = attrgetter('name'), the call f(r) returns r.name.",
		Slots:   object.Slots{New: newAttrGetter, Call: callAttrGetter, Repr: reprAttrGetter},
		GetSets: signature,
		Methods: []object.MethodDef{{Name: "__reduce__", Sig: "($self, /)", Doc: "Return state information for pickling", Fn: func(t *thread, a []value) value {
			return object.Of(object.NewTuple(object.Of(&AttrGetterType), object.Of(object.NewTuple(object.To[attrGetter](a[0]).names...))))
		}}},
	})
	object.Define(&ItemGetterType, object.TypeSpec{
		Name: "itemgetter", Module: "operator", Sig: "(item, /, *items)",
		Doc:     "Return a callable object that fetches the given item(s) from its operand.\nAfter f = itemgetter(2), the call f(r) returns r[2].",
		Slots:   object.Slots{New: newItemGetter, Call: callItemGetter, Repr: reprItemGetter},
		GetSets: signature,
		Methods: []object.MethodDef{{Name: "__reduce__", Sig: "($self, /)", Doc: "Return state information for pickling", Fn: func(t *thread, a []value) value {
			return object.Of(object.NewTuple(object.Of(&ItemGetterType), object.Of(object.NewTuple(object.To[itemGetter](a[0]).items...))))
		}}},
	})
	object.Define(&MethodCallerType, object.TypeSpec{
		Name: "methodcaller", Module: "operator", Sig: "(name, /, *args, **kwargs)",
		Doc:     "Return a callable object that calls the given method on its operand.\nAfter f = methodcaller('name'), the call f(r) returns r.name().",
		Slots:   object.Slots{New: newMethodCaller, Call: callMethodCaller, Repr: reprMethodCaller},
		GetSets: signature,
		Methods: []object.MethodDef{{Name: "__reduce__", Sig: "($self, /)", Doc: "Return state information for pickling", Fn: reduceMethodCaller}},
	})
	AttrGetterType.CallOne, ItemGetterType.CallOne, MethodCallerType.CallOne = getAttr, getItem, callMethod
}

// oneOperand checks the arguments of a call of one of the callables.
func oneOperand(t *thread, name string, args []value, names *object.Tuple) bool {
	if object.NameCount(names) > 0 {
		t.TypeErrorf("%s() takes no keyword arguments", name)
		return false
	}
	return t.ArgCount(name, len(args), 1, 1)
}

func newAttrGetter(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("attrgetter() takes no keyword arguments")
	}
	if !t.ArgCount("attrgetter", len(args), 1, max(len(args), 1)) {
		return value{}
	}
	g := &attrGetter{Head: object.Head{Type: cls}}
	for _, a := range args {
		if !a.IsStr() {
			return t.TypeErrorf("attribute name must be a string")
		}
		var path []*object.Str
		for p := range strings.SplitSeq(a.Str().S, ".") {
			path = append(path, t.Interp.Intern(p))
		}
		g.paths = append(g.paths, path)
		g.names = append(g.names, object.Of(t.Interp.Intern(a.Str().S)))
	}
	return object.Of(g)
}

func follow(t *thread, v value, path []*object.Str) value {
	for _, n := range path {
		if v = t.GetAttr(v, n); v.P == nil {
			break
		}
	}
	return v
}

func callAttrGetter(t *thread, f value, args []value, names *object.Tuple) value {
	if !oneOperand(t, "attrgetter", args, names) {
		return value{}
	}
	return getAttr(t, f, args[0])
}

// getAttr is the call of an attrgetter with x.
func getAttr(t *thread, f, x value) value {
	g := object.To[attrGetter](f)
	if len(g.paths) == 1 {
		return follow(t, x, g.paths[0])
	}
	r := object.MakeTuple(len(g.paths))
	for i, p := range g.paths {
		if r.Items()[i] = follow(t, x, p); r.Items()[i].P == nil {
			return value{}
		}
	}
	return object.Of(r)
}

// reprCall makes the text of a call: name(args).
func reprCall(t *thread, v value, args []value, names *object.Tuple) value {
	if t.EnterRepr(v) {
		return object.MakeStr(t.QualName(v.Type()) + "(...)")
	}
	defer t.LeaveRepr()
	b := append([]byte(t.QualName(v.Type())), '(')
	ok := true
	n := len(args) - object.NameCount(names)
	for i, a := range args {
		if i > 0 {
			b = append(b, ", "...)
		}
		if i >= n {
			b = append(append(b, names.Items()[i-n].Str().S...), '=')
		}
		if b, ok = t.AppendReprOf(b, a); !ok {
			return value{}
		}
	}
	return object.MakeStr(string(append(b, ')')))
}

func reprAttrGetter(t *thread, v value) value {
	return reprCall(t, v, object.To[attrGetter](v).names, nil)
}

func newItemGetter(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("itemgetter() takes no keyword arguments")
	}
	if !t.ArgCount("itemgetter", len(args), 1, max(len(args), 1)) {
		return value{}
	}
	return object.Of(&itemGetter{object.Head{Type: cls}, append([]value(nil), args...)})
}

func callItemGetter(t *thread, f value, args []value, names *object.Tuple) value {
	if names != nil || len(args) != 1 {
		if !oneOperand(t, "itemgetter", args, names) {
			return value{}
		}
	}
	return getItem(t, f, args[0])
}

// getItem is the call of an itemgetter with v.
func getItem(t *thread, f, v value) value {
	g := object.To[itemGetter](f)
	if len(g.items) == 1 {
		k := g.items[0]
		if v.Is(&object.TupleType) && k.IsInt() {
			if items := object.To[object.Tuple](v).Items(); uint64(k.Int()) < uint64(len(items)) {
				return items[k.Int()]
			}
		}
		return t.GetItem(v, k)
	}
	r := object.MakeTuple(len(g.items))
	for i, k := range g.items {
		if r.Items()[i] = t.GetItem(v, k); r.Items()[i].P == nil {
			return value{}
		}
	}
	return object.Of(r)
}

func reprItemGetter(t *thread, v value) value {
	return reprCall(t, v, object.To[itemGetter](v).items, nil)
}

func newMethodCaller(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	if len(args) == object.NameCount(names) {
		return t.TypeErrorf("methodcaller needs at least one argument, the method name")
	}
	if !args[0].IsStr() {
		return t.TypeErrorf("method name must be a string")
	}
	return object.Of(&methodCaller{object.Head{Type: cls}, t.Interp.Intern(args[0].Str().S), append([]value(nil), args[1:]...), names})
}

func callMethodCaller(t *thread, v value, args []value, names *object.Tuple) value {
	if !oneOperand(t, "methodcaller", args, names) {
		return value{}
	}
	return callMethod(t, v, args[0])
}

// callMethod is the call of a methodcaller with x.
func callMethod(t *thread, v, x value) value {
	c := object.To[methodCaller](v)
	if c.names == nil && len(c.args) <= 2 {
		return t.CallMethod(x, c.name, c.args...)
	}
	f, self := t.LoadMethod(x, c.name)
	if f.P == nil {
		return f
	}
	n := 0
	if self.P != nil {
		n = 1
	}
	mark := t.Scratch
	a := t.Push(n + len(c.args))
	if n > 0 {
		a[0] = self
	}
	copy(a[n:], c.args)
	r := t.Call(f, a, c.names)
	t.Pop(mark, a)
	return r
}

func reprMethodCaller(t *thread, v value) value {
	c := object.To[methodCaller](v)
	return reprCall(t, v, append([]value{object.Of(c.name)}, c.args...), c.names)
}

var namePartial = object.StaticName("partial")

func reduceMethodCaller(t *thread, a []value) value {
	c := object.To[methodCaller](a[0])
	n := len(c.args) - object.NameCount(c.names)
	pos := append([]value{object.Of(c.name)}, c.args[:n]...)
	if n == len(c.args) {
		return object.Of(object.NewTuple(object.Of(c.Type), object.Of(object.NewTuple(pos...))))
	}
	// Arguments by name need a partial to be passed.
	m, ok := t.Interp.Modules.Get(t, object.MakeStr("functools"))
	if !ok {
		return value{}
	}
	if m.P == nil {
		if t.Interp.Hooks.Import == nil {
			return t.Raisef(&object.ImportErrorType, "No module named 'functools'")
		}
		if m = t.Interp.Hooks.Import(t, t.Interp.Intern("functools"), object.Of(t.Interp.Builtins), object.None, object.None, 0); m.P == nil {
			return m
		}
	}
	f := t.GetAttr(m, namePartial)
	if f.P == nil {
		return f
	}
	kw := object.NewDict()
	for i, k := range c.names.Items() {
		kw.SetStr(k.Str(), c.args[n+i])
	}
	mark := t.Scratch
	args := t.Push(2 + object.NameCount(c.names))
	args[0], args[1] = object.Of(c.Type), object.Of(c.name)
	copy(args[2:], c.args[n:])
	p := t.Call(f, args, c.names)
	t.Pop(mark, args)
	if p.P == nil {
		return p
	}
	return object.Of(object.NewTuple(p, object.Of(object.NewTuple(c.args[:n]...))))
}
