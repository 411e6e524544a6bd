package vm

import (
	"github.com/krait-py/krait/internal/object"
)

var (
	nameMROEntries = object.StaticName("__mro_entries__")
	namePrepare    = object.StaticName("__prepare__")
	nameMetaclass  = object.StaticName("metaclass")
	nameOrigBases  = object.StaticName("__orig_bases__")
)

// BuildClass is builtins.__build_class__(func, name, *bases, metaclass=..., **kwds).
func BuildClass(t *Thread, args []Value, names *object.Tuple) Value {
	n := len(args)
	var kw []Value
	if names != nil {
		n -= names.Len()
		kw = args[n:]
	}
	if n < 2 {
		return t.TypeErrorf("__build_class__: not enough arguments")
	}
	body, name := args[0], args[1]
	if !body.Is(&object.FuncType) {
		return t.TypeErrorf("__build_class__: func must be a function")
	}
	if !name.IsStr() {
		return t.TypeErrorf("__build_class__: name is not a string")
	}
	orig := object.NewTuple(args[2:n]...)
	bases, ok := resolveBases(t, orig)
	if !ok {
		return Value{}
	}
	var meta Value
	var rest []Value
	var restNames []Value
	for i := range kw {
		if names.Items()[i].Str().S == nameMetaclass.S {
			meta = kw[i]
			continue
		}
		rest, restNames = append(rest, kw[i]), append(restNames, names.Items()[i])
	}
	isClass := true
	if meta.P == nil {
		meta = object.Of(&object.TypeType)
		if bases.Len() > 0 {
			meta = object.Of(bases.Items()[0].Type())
		}
	} else {
		isClass = meta.Type().Flags&object.FlagType != 0
	}
	if isClass {
		m := t.Metaclass(object.To[object.Type](meta), bases)
		if m == nil {
			return Value{}
		}
		meta = object.Of(m)
	}
	var kwnames *object.Tuple
	if len(restNames) > 0 {
		kwnames = object.NewTuple(restNames...)
	}
	call := func(f Value, pos ...Value) Value {
		return t.Call(f, append(append(make([]Value, 0, len(pos)+len(rest)), pos...), rest...), kwnames)
	}
	prep, ok := t.FindAttr(meta, namePrepare)
	if !ok {
		return Value{}
	}
	ns := object.Of(object.NewDict())
	if prep.P != nil {
		if ns = call(prep, name, object.Of(bases)); ns.P == nil {
			return ns
		}
		if ns.Type().GetItem == nil {
			who := "<metaclass>"
			if isClass {
				who = object.To[object.Type](meta).Name
			}
			return t.TypeErrorf("%s.__prepare__() must return a mapping, not %s", who, ns.Type().Name)
		}
	}
	cell := RunFunc(t, object.To[object.Func](body), ns)
	if cell.P == nil {
		return cell
	}
	if bases != orig && !t.SetItem(ns, object.Of(nameOrigBases), object.Of(orig)) {
		return Value{}
	}
	cls := call(meta, name, object.Of(bases), ns)
	if cls.P == nil {
		return cls
	}
	if cell.Is(&object.CellType) && cls.Type().Flags&object.FlagType != 0 {
		switch v := object.To[object.Cell](cell).V; {
		case v.P == nil:
			return t.RuntimeErrorf("__class__ not set defining %s as %s. Was __classcell__ propagated to type.__new__?", reprOf(t, name), reprOf(t, cls))
		case v != cls:
			return t.TypeErrorf("__class__ set to %s defining %s as %s", reprOf(t, v), reprOf(t, name), reprOf(t, cls))
		}
	}
	return cls
}

// resolveBases replaces bases that are no classes by what their __mro_entries__ gives.
func resolveBases(t *Thread, orig *object.Tuple) (*object.Tuple, bool) {
	var out []Value
	changed := false
	for i, b := range orig.Items() {
		if b.Type().Flags&object.FlagType == 0 {
			f, ok := t.FindAttr(b, nameMROEntries)
			if !ok {
				return nil, false
			}
			if f.P != nil {
				r := t.CallArgs(f, object.Of(orig))
				if r.P == nil {
					return nil, false
				}
				if r.Type().Flags&object.FlagTuple == 0 {
					t.TypeErrorf("__mro_entries__ must return a tuple")
					return nil, false
				}
				if !changed {
					out = append(out, orig.Items()[:i]...)
					changed = true
				}
				out = append(out, object.To[object.Tuple](r).Items()...)
				continue
			}
		}
		if changed {
			out = append(out, b)
		}
	}
	if !changed {
		return orig, true
	}
	return object.NewTuple(out...), true
}
