// Package abcmod is module _abc: what abstract base classes ask often.
package abcmod

import (
	"weak"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

var (
	nameImpl          = object.StaticName("_abc_impl")
	nameAbstract      = object.StaticName("__abstractmethods__")
	nameIsAbstract    = object.StaticName("__isabstractmethod__")
	nameFlags         = object.StaticName("__abc_tpflags__")
	nameClass         = object.StaticName("__class__")
	nameSubclassCheck = object.StaticName("__subclasscheck__")
	nameSubclassHook  = object.StaticName("__subclasshook__")
	nameSubclasses    = object.StaticName("__subclasses__")
	nameBases         = object.StaticName("__bases__")
	nameDict          = object.StaticName("__dict__")
	classDescr        object.Value // of object
)

// Module is the definition of _abc.
var Module = object.ModuleDef{
	Name:  "_abc",
	Setup: setup,
	Doc:   "Module contains faster C implementation of abc.ABCMeta",
	Methods: []object.MethodDef{
		{Name: "get_cache_token", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(sharedOf(t).counter) }, Doc: "Returns the current ABC cache token."},
		{Name: "_abc_init", Sig: "(self, /)", Fn: initClass, Doc: "Internal ABC helper for class set-up. Should be never used outside abc module."},
		{Name: "_abc_register", Sig: "(self, subclass, /)", Fn: register, Doc: "Internal ABC helper for subclasss registration. Should be never used outside abc module."},
		{Name: "_abc_instancecheck", Sig: "(self, instance, /)", Fn: instanceCheck, Doc: "Internal ABC helper for instance checks. Should be never used outside abc module."},
		{Name: "_abc_subclasscheck", Sig: "(self, subclass, /)", Fn: subclassCheck, Doc: "Internal ABC helper for subclasss checks. Should be never used outside abc module."},
		{Name: "_get_dump", Sig: "(self, /)", Fn: dump, Doc: "Internal ABC helper for cache and registry debugging."},
		{Name: "_reset_registry", Sig: "(self, /)", Fn: func(t *Thread, a []Value) Value {
			d := dataOf(t, a[0])
			if d == nil {
				return Value{}
			}
			d.registry = nil
			return object.None
		}, Doc: "Internal ABC helper to reset registry of a given class."},
		{Name: "_reset_caches", Sig: "(self, /)", Fn: func(t *Thread, a []Value) Value {
			d := dataOf(t, a[0])
			if d == nil {
				return Value{}
			}
			d.yes.clear()
			d.no.clear()
			return object.None
		}, Doc: "Internal ABC helper to reset both caches of a given class."},
	},
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	classDescr = object.ObjectType.Dict().GetStr(nameClass)
	object.Define(&dataType, object.TypeSpec{Name: "_abc_data", Module: "_abc", Doc: "Internal state held by ABC machinery.", Slots: object.Slots{
		New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
			return object.Of(&data{Head: object.Head{Type: cls}, shared: sharedOf(t)})
		},
	}})
}

func sharedOf(t *Thread) *shared {
	s, _ := t.Interp.State["_abc"].(*shared)
	if s == nil {
		s = &shared{}
		t.Interp.State["_abc"] = s
	}
	return s
}

func dump(t *Thread, a []Value) Value {
	d := dataOf(t, a[0])
	if d == nil {
		return Value{}
	}
	var registered []Value
	for _, p := range d.registry {
		if c := p.Value(); c != nil {
			registered = append(registered, object.Of(c))
		}
	}
	sets := [3]Value{refSet(t, registered), d.yes.refs(t), d.no.refs(t)}
	for _, s := range sets {
		if s.P == nil {
			return s
		}
	}
	return object.Of(object.NewTuple(sets[0], sets[1], sets[2], object.MakeInt(d.asOf)))
}

// isAbstract reports whether a value in a class's namespace is marked as abstract.
func isAbstract(t *Thread, v Value) (abstract, ok bool) {
	x, ok := t.FindAttr(v, nameIsAbstract)
	if !ok || x.P == nil {
		return false, ok
	}
	return t.IsTrue(x)
}

// abstractNames collects the abstract methods of a class: its own, and those of its bases that it does not define.
func abstractNames(t *Thread, cls Value) Value {
	var names []Value
	if cls.Type().Flags&object.FlagType == 0 {
		d := t.GetAttr(cls, nameDict)
		if d.P == nil {
			return d
		}
		return t.TypeErrorf("_abc_init() argument must be a class")
	}
	for k, v := range object.To[object.Type](cls).Dict().All {
		abstract, ok := isAbstract(t, v)
		if !ok {
			return Value{}
		}
		if abstract {
			names = append(names, k)
		}
	}
	bases := t.GetAttr(cls, nameBases)
	if bases.P == nil {
		return bases
	}
	if bases.Type().Flags&object.FlagTuple == 0 {
		return t.TypeErrorf("__bases__ is not tuple")
	}
	for _, b := range object.To[object.Tuple](bases).Items() {
		inherited, ok := t.FindAttr(b, nameAbstract)
		if !ok {
			return Value{}
		}
		if inherited.P == nil {
			continue
		}
		ok = t.Each(inherited, func(n Value) bool {
			if !n.IsStr() {
				t.TypeErrorf("attribute name must be string, not '%s'", n.Type().Name)
				return false
			}
			v, found := t.FindAttr(cls, t.Interp.InternStr(n.Str()))
			if !found {
				return false
			}
			if v.P == nil {
				return true
			}
			abstract, good := isAbstract(t, v)
			if abstract {
				names = append(names, n)
			}
			return good
		})
		if !ok {
			return Value{}
		}
	}
	return object.MakeSet(t, names, true)
}

func initClass(t *Thread, a []Value) Value {
	names := abstractNames(t, a[0])
	if names.P == nil || !t.SetAttr(a[0], nameAbstract, names) {
		return Value{}
	}
	d := &data{Head: object.Head{Type: &dataType}, shared: sharedOf(t)}
	d.asOf = d.shared.counter
	if !t.SetAttr(a[0], nameImpl, object.Of(d)) {
		return Value{}
	}
	cls := object.To[object.Type](a[0])
	flags := cls.Dict().GetStr(nameFlags)
	if flags.P == nil {
		return object.None
	}
	const sequence, mapping = 1 << 5, 1 << 6
	if n, ok := object.AsInt64(flags); ok {
		switch n & (sequence | mapping) {
		case sequence | mapping:
			return t.TypeErrorf("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING")
		case sequence:
			cls.Flags = cls.Flags&^object.FlagMapping | object.FlagSequence
		case mapping:
			cls.Flags = cls.Flags&^object.FlagSequence | object.FlagMapping
		}
	}
	if !t.SetAttr(a[0], nameFlags, Value{}) {
		return Value{}
	}
	return object.None
}

func register(t *Thread, a []Value) Value {
	cls, sub := a[0], a[1]
	if sub.Type().Flags&object.FlagType == 0 {
		return t.TypeErrorf("Can only register classes")
	}
	is, ok := t.IsSubclass(sub, cls)
	if !ok {
		return Value{}
	}
	if is {
		return sub
	}
	// A ring of classes, each a subclass of the next, would make every check endless.
	is, ok = t.IsSubclass(cls, sub)
	if !ok {
		return Value{}
	}
	if is {
		return t.RuntimeErrorf("Refusing to create an inheritance cycle")
	}
	d := dataOf(t, cls)
	if d == nil {
		return Value{}
	}
	c := object.To[object.Type](sub)
	d.registry = append(d.registry, weak.Make(c))
	d.shared.counter++
	if cls.Type().Flags&object.FlagType != 0 {
		if kind := object.To[object.Type](cls).Flags & (object.FlagSequence | object.FlagMapping); kind != 0 {
			setKind(t, c, kind)
		}
	}
	return sub
}

// setKind makes instances of a class and its subclasses sequences or mappings for patterns.
func setKind(t *Thread, c *object.Type, kind object.TypeFlags) {
	if c.Flags&object.FlagHeap == 0 || c.Flags&(object.FlagSequence|object.FlagMapping) == kind {
		return
	}
	c.Flags = c.Flags&^(object.FlagSequence|object.FlagMapping) | kind
	for _, s := range t.Interp.Subclasses(c) {
		setKind(t, s, kind)
	}
}

// classOf is instance.__class__.
func classOf(t *Thread, v Value) Value {
	cls := v.Type()
	if cls.GenericAttrs() && cls.Lookup(t, nameClass) == classDescr {
		return object.Of(cls)
	}
	return t.GetAttr(v, nameClass)
}

func instanceCheck(t *Thread, a []Value) Value {
	cls, v := a[0], a[1]
	d := dataOf(t, cls)
	if d == nil {
		return Value{}
	}
	sub := classOf(t, v)
	if sub.P == nil {
		return sub
	}
	isType := sub.Type().Flags&object.FlagType != 0
	if isType && d.yes.has(object.To[object.Type](sub)) {
		return object.True
	}
	real := object.Of(v.Type())
	if real == sub {
		if d.asOf == d.shared.counter && d.no.has(v.Type()) {
			return object.False
		}
		return t.CallMethod(cls, nameSubclassCheck, sub)
	}
	r := t.CallMethod(cls, nameSubclassCheck, sub)
	if r.P == nil {
		return r
	}
	yes, ok := t.IsTrue(r)
	if !ok {
		return Value{}
	}
	if yes {
		return r
	}
	return t.CallMethod(cls, nameSubclassCheck, real)
}

func subclassCheck(t *Thread, a []Value) Value {
	cls, sub := a[0], a[1]
	if sub.Type().Flags&object.FlagType == 0 {
		return t.TypeErrorf("issubclass() arg 1 must be a class")
	}
	d := dataOf(t, cls)
	if d == nil {
		return Value{}
	}
	c := object.To[object.Type](sub)
	if d.yes.has(c) {
		return object.True
	}
	if d.asOf < d.shared.counter {
		d.no.clear()
		d.asOf = d.shared.counter
	} else if d.no.has(c) {
		return object.False
	}
	yes, ok := decide(t, d, cls, sub)
	switch {
	case !ok:
		return Value{}
	case yes:
		d.yes.add(c)
	default:
		d.no.add(c)
	}
	return object.MakeBool(yes)
}

// decide finds out whether sub is a subclass.
func decide(t *Thread, d *data, cls, sub Value) (yes, ok bool) {
	r := t.CallMethod(cls, nameSubclassHook, sub)
	switch {
	case r.P == nil:
		return false, false
	case r == object.True || r == object.False:
		return r == object.True, true
	case r != object.NotImplemented:
		t.Raisef(&object.AssertionErrorType, "__subclasshook__ must return either False, True, or NotImplemented")
		return false, false
	}
	if cls.Type().Flags&object.FlagType != 0 && object.To[object.Type](sub).IsSubtype(object.To[object.Type](cls)) {
		return true, true
	}
	for _, p := range append([]weak.Pointer[object.Type](nil), d.registry...) {
		c := p.Value()
		if c == nil {
			continue
		}
		if yes, ok = t.IsSubclass(sub, object.Of(c)); yes || !ok {
			return yes, ok
		}
	}
	subs := t.CallMethod(cls, nameSubclasses)
	if subs.P == nil {
		return false, false
	}
	if subs.Type().Flags&object.FlagList == 0 {
		t.TypeErrorf("__subclasses__() must return a list")
		return false, false
	}
	for _, c := range append([]Value(nil), object.To[object.List](subs).V...) {
		if yes, ok = t.IsSubclass(sub, c); yes || !ok {
			return yes, ok
		}
	}
	return false, true
}
