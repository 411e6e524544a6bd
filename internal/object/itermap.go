package object

import "unsafe"

// map1 is a map object over one iterable in one allocation. It has room for arguments, so that a builtin function is called without anything
// being put on the slab.
type map1 struct {
	Zip
	it Value
	// fn is what calling the function comes to if that can be known from the beginning, for items of class owner if that is not nil. It takes n
	// values: self, unless there is none, the item, and optional ones, which are absent.
	fn    func(t *Thread, a []Value) Value
	self  Value
	owner *Type
	n     uint8
	// busy says that fn runs, and args are in use: it may step the map again.
	busy bool
	args [3]Value
	room iterRoom
}

// newMap1 makes a map object over one iterable.
func newMap1(t *Thread, cls *Type, f, x Value, strict bool) Value {
	m := t.spent.maps.Take()
	if m.it = m.room.iter(t, x); m.it.P == nil {
		return Value{}
	}
	m.Type, m.Func, m.Strict = cls, f, strict
	m.Iters = unsafe.Slice(&m.it, 1)
	var fn func(t *Thread, a []Value) Value
	n := 1
	switch f.Type() {
	case &BuiltinType:
		b := To[Builtin](f)
		if b.Bound {
			m.self, n = b.Self, 2
		}
		fn, n = b.Def.Direct(n)
	case &MethodDescrType:
		d := To[MethodDescr](f)
		m.owner = d.Owner
		fn, n = d.Def.Direct(1)
	case &TypeType:
		if cls := To[Type](f); cls.Make != nil {
			fn = func(t *Thread, a []Value) Value { return cls.Make(t, cls, a, nil) }
		}
	}
	if n <= len(m.args) {
		m.fn, m.n = fn, uint8(n)
	}
	return InitAttrs(cls, Of(m))
}

func mapNext(t *Thread, v Value) Value {
	z := To[Zip](v)
	if len(z.Iters) != 1 {
		return mapMany(t, z)
	}
	m := To[map1](v)
	x := t.Step(m.it)
	if x.P == nil {
		z.over(t)
		return x
	}
	if m.fn == nil || m.busy || m.owner != nil && x.Type() != m.owner || t.Depth >= maxGoDepth {
		return t.CallArgs(m.Func, x)
	}
	// Functions may change what they get.
	m.args = [3]Value{x}
	if m.self.P != nil {
		m.args = [3]Value{m.self, x}
	}
	m.busy = true
	t.Depth++
	r := m.fn(t, m.args[:m.n])
	t.Depth--
	m.busy = false
	return r
}
