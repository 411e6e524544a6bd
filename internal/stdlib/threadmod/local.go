package threadmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// local is a _thread._local: attributes of each thread's own.
type local struct {
	object.Head
	dicts map[*Thread]*object.Dict
	args  []Value
	names *object.Tuple
}

type localSub struct {
	local
	object.Attrs
}

var nameDict = object.StaticName("__dict__")

func defineLocal() {
	object.Define(&localType, object.TypeSpec{Name: "_local", Module: "_thread", Flags: object.FlagBase, HasWeak: true, Doc: "Thread-local data",
		SubOffset: unsafe.Offsetof(localSub{}.Attrs),
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				var l *local
				var v Value
				if cls == &localType {
					if len(args) > 0 {
						return t.TypeErrorf("Initialization arguments are not supported")
					}
					l = &local{}
					l.Type = cls
					v = object.Of(l)
				} else {
					p := &localSub{}
					p.Head.Type = cls
					l = &p.local
					v = object.InitAttrs(cls, object.Of(p))
				}
				l.args, l.names = append([]Value(nil), args...), names
				l.dicts = map[*Thread]*object.Dict{t: object.NewDict()}
				return v
			},
			GetAttr: func(t *Thread, v Value, name *object.Str) Value {
				d := dictOf(t, v)
				if d == nil {
					return Value{}
				}
				if name == nameDict {
					return object.Of(d)
				}
				if x := v.Type().Lookup(t, name); x.P != nil && x.Type().DescrSet != nil && x.Type().DescrGet != nil {
					return x.Type().DescrGet(t, x, v, object.Of(v.Type()))
				}
				if x := d.GetStr(name); x.P != nil {
					return x
				}
				return object.GenericGetAttr(t, v, name)
			},
			SetAttr: func(t *Thread, v Value, name *object.Str, x Value) bool {
				d := dictOf(t, v)
				if d == nil {
					return false
				}
				if name == nameDict {
					t.Raisef(&object.AttributeErrorType, "'%s' object attribute '__dict__' is read-only", v.Type().Name)
					return false
				}
				if m := v.Type().Lookup(t, name); m.P != nil && m.Type().DescrSet != nil {
					return m.Type().DescrSet(t, m, v, x)
				}
				if x.P == nil {
					if !d.DelStr(name) {
						t.NoAttribute(v, name)
						return false
					}
					return true
				}
				d.SetStr(name, x)
				return true
			},
		},
	})
}

// dictOf returns the attributes of the running thread; the first time a thread asks, __init__ is called for it.
func dictOf(t *Thread, v Value) *object.Dict {
	l := object.To[local](v)
	d := l.dicts[t]
	if d == nil {
		for th := range l.dicts {
			if !t.Interp.Alive(th) {
				delete(l.dicts, th)
			}
		}
		d = object.NewDict()
		l.dicts[t] = d
		if init := v.Type().Init; init != nil && v.Type() != &localType && !init(t, v, l.args, l.names) {
			delete(l.dicts, t)
			return nil
		}
	}
	return d
}
