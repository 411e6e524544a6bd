package object

import "sync/atomic"

// Maker is how a class that is called makes an instance, when that is the ordinary way: object.__new__ or what New does, and, if Init is not
// nil, an __init__ in Python; or a __new__ in Python, and no __init__.
type Maker struct {
	Version uint64
	Plain   bool
	Init    *Func
	// Create is a __new__ in Python, which alone decides what comes of the call as long as that is an instance of the very class.
	Create *Func
	// New makes instances that are not object.__new__'s: those of subclasses of builtin types. There is an Init then.
	New NewFunc
}

// MakerOf reports whether calling cls does what cls.Maker says and no more.
func (t *Thread) MakerOf(cls *Type) bool {
	m := &cls.Maker
	if m.Version == cls.Version && m.Version != 0 {
		return m.Plain
	}
	if cls.Flags&FlagHeap == 0 {
		return false
	}
	*m = Maker{Version: cls.Version}
	if cls.New == nil {
		return false
	}
	init := cls.Lookup(t, nameInit)
	if cls.ownNew {
		f := cls.Lookup(t, nameNew)
		if f.P != nil && f.Is(&StaticMethodType) {
			f = To[StaticMethod](f).Func
		}
		if f.P != nil && f.Is(&FuncType) && init == ObjectType.Dict().GetStr(nameInit) {
			m.Create, m.Plain = To[Func](f), true
		}
		return m.Plain
	}
	switch {
	case init.Is(&FuncType):
		m.Init = To[Func](init)
	case init != ObjectType.Dict().GetStr(nameInit):
		return false
	}
	if cls.Flags&FlagAbstract != 0 || cls.Del != nil || layoutBuiltin(cls) != &ObjectType || cls.Lookup(t, nameNew) != ObjectType.Dict().GetStr(nameNew) {
		m.New = cls.New
	}
	m.Plain = m.New == nil || m.Init != nil
	return m.Plain
}

// InitNew initialises what a class's New has made of the arguments of a call, as calling the class does.
func (t *Thread) InitNew(cls *Type, v Value, args []Value, names *Tuple) bool {
	vt := v.Type()
	return !vt.IsSubtype(cls) || vt.Init == nil || vt.Init(t, v, args, names)
}

// PlainMeta reports whether calling a class that is an instance of s makes an instance of that class, as type's __call__ does.
func (s *Type) PlainMeta(t *Thread) bool {
	return s == &TypeType || s.Flags&FlagType != 0 && s.Lookup(t, nameCall) == TypeType.Dict().GetStr(nameCall)
}

// Direct returns the definition's function and how many values it takes if it can be called with n arguments given
// by position: optional ones that are absent must be added as no value. It returns nil if there is more to do.
func (d *MethodDef) Direct(n int) (fn func(t *Thread, a []Value) Value, values int) {
	if atomic.LoadPointer(&d.sig) == nil {
		d.parsed()
	}
	return d.DirectKnown(n)
}

// DirectKnown is Direct for a definition whose signature has been parsed, and small enough to be part of its caller; it knows nothing of another.
func (d *MethodDef) DirectKnown(n int) (fn func(t *Thread, a []Value) Value, values int) {
	s := (*signature)(atomic.LoadPointer(&d.sig))
	if s == nil || uint(n-s.least) > s.spread {
		return nil, 0
	}
	return d.Fn, max(n, s.all)
}
