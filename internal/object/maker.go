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
	if cls.Flags&FlagAbstract != 0 || cls.Del != nil || solidBuiltin(cls) != &ObjectType || cls.Lookup(t, nameNew) != ObjectType.Dict.GetStr(nameNew) {
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

// Direct returns the definition's function if it takes exactly n arguments by position, all of them required or given; nil otherwise.
func (d *MethodDef) Direct(n int) func(t *Thread, a []Value) Value {
	if d.Raw != nil {
		return nil
	}
	s := d.parsed()
	if s.simple && s.pos == n {
		return d.Fn
	}
	return nil
}
