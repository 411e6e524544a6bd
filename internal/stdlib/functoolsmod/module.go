// Package functoolsmod is the module _functools: reduce, partial, cmp_to_key
// and the cache behind lru_cache.
package functoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_functools",
	Setup: setup,
	Doc:   "Tools that operate on functions.",
	Methods: []object.MethodDef{
		{Name: "reduce", Sig: "(function, iterable, /, initial=<unrepresentable>)", Fn: reduce, Doc: "Apply a function of two arguments cumulatively to the items of an iterable, from left to right."},
		{Name: "cmp_to_key", Sig: "(mycmp)", Fn: cmpToKey, Doc: "Convert a cmp= function into a key= function.\n\n  mycmp\n    Function that compares two objects."},
	},
	Types: []*object.Type{&placeholderType, &PartialType, &cacheType},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "Placeholder", placeholder)
		return true
	},
}

// placeholder is the constant Placeholder.
var (
	placeholderType object.Type
	placeholderHead = object.Head{Type: &placeholderType}
	placeholder     = value{P: unsafe.Pointer(&placeholderHead)}
	placeholderName = object.StaticName("Placeholder")
)

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&placeholderType, object.TypeSpec{
		Name: "_PlaceholderType", Module: "functools",
		Doc: "The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.",
		Slots: object.Slots{
			Repr: func(t *thread, v value) value { return object.Of(placeholderName) },
			New: func(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
				if len(args) > 0 {
					return t.TypeErrorf("PlaceholderType takes no arguments")
				}
				return placeholder
			},
		},
		Methods: []object.MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *thread, a []value) value { return object.Of(placeholderName) }}},
	})
	setupPartial()
	setupKey()
	setupCache()
}

func reduce(t *thread, a []value) value {
	f, acc := a[0], a[2]
	it := t.Iter(a[1])
	if it.P == nil {
		if t.Catch(&object.TypeErrorType) != nil {
			return t.TypeErrorf("reduce() arg 2 must support iteration")
		}
		return it
	}
	for {
		x := t.Step(it)
		if x.P == nil {
			if t.Exc != nil && t.Catch(&object.StopIterationType) == nil {
				return x
			}
			break
		}
		if acc.P == nil {
			acc = x
			continue
		}
		if acc = t.CallArgs(f, acc, x); acc.P == nil {
			return acc
		}
	}
	if acc.P == nil {
		return t.TypeErrorf("reduce() of empty iterable with no initial value")
	}
	return acc
}

// keyMaker is what cmp_to_key returns; called, it makes a key, which is of the same type.
type keyMaker struct {
	object.Head
	cmp value
	obj value // no value: the function that makes keys
}

var keyType object.Type

func setupKey() {
	object.Define(&keyType, object.TypeSpec{
		Name: "KeyWrapper", Module: "functools", Flags: object.FlagNoNew,
		Slots: object.Slots{Call: keyCall, Compare: keyCompare},
		GetSets: []object.GetSetDef{{Name: "obj", Doc: "Value wrapped by a key function.", Member: true,
			Get: func(t *thread, v value) value { return object.OrNone(object.To[keyMaker](v).obj) },
			Set: func(t *thread, v, x value) bool {
				object.To[keyMaker](v).obj = x
				return true
			},
		}, {Name: "__text_signature__", Get: func(t *thread, v value) value { return object.MakeStr("(obj)") }}},
	})
	keyType.CallOne = wrapKey
}

// wrapKey is keyCall with x.
func wrapKey(t *thread, f, x value) value {
	return object.Of(&keyMaker{Head: object.Head{Type: &keyType}, cmp: object.To[keyMaker](f).cmp, obj: x})
}

func cmpToKey(t *thread, a []value) value {
	return object.Of(&keyMaker{Head: object.Head{Type: &keyType}, cmp: a[0]})
}

var keyArgs = object.MethodDef{Name: "K", Sig: "(obj)", Fn: func(t *thread, a []value) value { return a[0] }}

func keyCall(t *thread, f value, args []value, names *object.Tuple) value {
	x := keyArgs.Call(t, args, names)
	if x.P == nil {
		return x
	}
	return wrapKey(t, f, x)
}

func keyCompare(t *thread, a, b value, op object.CompareOp) value {
	if !b.Is(&keyType) {
		return t.TypeErrorf("other argument must be K instance")
	}
	x, y := object.To[keyMaker](a), object.To[keyMaker](b)
	if x.obj.P == nil || y.obj.P == nil {
		return t.Raisef(&object.AttributeErrorType, "object")
	}
	r := t.CallArgs(x.cmp, x.obj, y.obj)
	if r.P == nil {
		return r
	}
	return t.Compare(r, object.MakeInt(0), op)
}
