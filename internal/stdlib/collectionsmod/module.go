// Package collectionsmod is the module _collections: deque, defaultdict,
// OrderedDict and what namedtuple and Counter are made of.
package collectionsmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_collections",
	Setup: setup,
	Doc:   "High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory\n",
	Methods: []object.MethodDef{
		{Name: "_count_elements", Sig: "(mapping, iterable, /)", Fn: countElements, Doc: "Count elements in the iterable, updating the mapping"},
	},
	Types: []*object.Type{&DequeType, &DefaultDictType, &OrderedDictType, &dequeIterType, &dequeReverseType, &TupleGetterType},
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	setupDeque()
	setupDefaultDict()
	setupOrderedDict()
	setupTupleGetter()
}

func noneIf(ok bool) value {
	if !ok {
		return value{}
	}
	return object.None
}

const (
	hintDoc   = "Private method returning an estimate of len(list(it))."
	reduceDoc = "Return state information for pickling."
)

var (
	nameGet      = object.StaticName("get")
	nameSetItem  = object.StaticName("__setitem__")
	nameItems    = object.StaticName("items")
	nameKeys     = object.StaticName("keys")
	nameIter     = object.StaticName("iter")
	nameGetState = object.StaticName("__getstate__")
)

// countElements is the loop of Counter: plain dict operations unless a subclass has its own.
func countElements(t *thread, a []value) value {
	m, iterable := a[0], a[1]
	one := object.MakeInt(1)
	cls := m.Type()
	if cls.Flags&object.FlagDict != 0 && cls.Lookup(t, nameGet) == object.DictType.Dict().GetStr(nameGet) &&
		cls.Lookup(t, nameSetItem) == object.DictType.Dict().GetStr(nameSetItem) {
		return noneIf(object.To[object.Dict](m).CountAll(t, iterable))
	}
	get := t.GetAttr(m, nameGet)
	if get.P == nil {
		return get
	}
	return noneIf(t.Each(iterable, func(k value) bool {
		old := t.CallArgs(get, k, object.None)
		if old.P == nil {
			return false
		}
		n := one
		if !old.IsNone() {
			if n = t.BinaryOp(old, one, object.OpAdd); n.P == nil {
				return false
			}
		}
		return t.SetItem(m, k, n)
	}))
}
