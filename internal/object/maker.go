package object

// Maker is how a class that is called makes an instance, when that is the ordinary way: object.__new__ and, if Init is not
// nil, an __init__ in Python.
type Maker struct {
	Version uint64
	Plain   bool
	Init    *Func
}

// MakerOf reports whether calling cls allocates an instance with object.__new__ and calls cls.Maker.Init on it, if
// there is one.
func (t *Thread) MakerOf(cls *Type) bool {
	m := &cls.Maker
	if m.Version == cls.Version && m.Version != 0 {
		return m.Plain
	}
	if cls.Flags&FlagHeap == 0 {
		return false
	}
	*m = Maker{Version: cls.Version}
	if cls.Flags&FlagAbstract != 0 || cls.Del != nil || layoutBuiltin(cls) != &ObjectType || cls.ownNew || cls.Lookup(t, nameNew) != ObjectType.Dict.GetStr(nameNew) {
		return false
	}
	init := cls.Lookup(t, nameInit)
	switch {
	case init == ObjectType.Dict.GetStr(nameInit):
	case init.Is(&FuncType):
		m.Init = To[Func](init)
	default:
		return false
	}
	m.Plain = true
	return true
}

// Direct returns the definition's function and how many values it takes if it can be called with n arguments given
// by position: optional ones that are absent must be added as no value. It returns nil if there is more to do.
func (d *MethodDef) Direct(n int) (fn func(t *Thread, a []Value) Value, values int) {
	if d.Raw != nil {
		return nil, 0
	}
	if s := d.parsed(); s.simple && n <= s.pos && n >= s.min {
		return d.Fn, s.pos
	}
	return nil, 0
}
