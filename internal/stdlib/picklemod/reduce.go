package picklemod

import (
	"strconv"

	"github.com/krait-py/krait/internal/object"
)

// saveReduce writes an object as what __reduce__ has returned for it.
func (p *pickler) saveReduce(v value, r *object.Tuple) bool {
	t := p.t
	n := r.Len()
	if n < 2 || n > 6 {
		return p.fail("tuple returned by __reduce__ must contain 2 through 6 elements")
	}
	var parts [6]value // those that are None are absent
	for i, x := range r.Items() {
		if i < 2 || !x.IsNone() {
			parts[i] = x
		}
	}
	f, args, state, items, pairs, setter := parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]
	must := func(which, what string, x value) bool {
		return p.fail(which + " item of the tuple returned by __reduce__ must be " + what + ", not " + t.FullName(x.Type()))
	}
	switch {
	case f.Type().Call == nil:
		return must("first", "callable", f)
	case args.Type().Flags&object.FlagTuple == 0:
		return must("second", "a tuple", args)
	case items.P != nil && items.Type().Next == nil:
		return must("fourth", "an iterator", items)
	case pairs.P != nil && pairs.Type().Next == nil:
		return must("fifth", "an iterator", pairs)
	case setter.P != nil && setter.Type().Call == nil:
		return must("sixth", "callable", setter)
	}
	name, ok := t.FindAttr(f, nameName)
	if !ok {
		return false
	}
	kind := ""
	if name.P != nil && name.IsStr() {
		kind = name.Str().S
	}
	switch kind {
	case "__newobj__":
		ok = p.saveNew(v, object.To[object.Tuple](args).Items())
	case "__newobj_ex__":
		ok = p.saveNewEx(v, object.To[object.Tuple](args).Items())
	default:
		if !p.save(f) {
			return p.note(v, "reconstructor")
		}
		if !p.save(args) {
			return p.note(v, "reconstructor arguments")
		}
		p.op(opReduce)
	}
	if !ok {
		return false
	}
	if k, ok := p.memo.get(v); ok {
		// What has been written has the object in itself, and it is there already.
		p.op(opPop)
		p.recall(k)
	} else {
		p.memoize(v)
	}
	if items.P != nil && !p.saveItems(items, opAppend, opAppends, func(i int, x value) bool {
		return p.save(x) || p.note(v, "item "+strconv.Itoa(i))
	}) {
		return false
	}
	if pairs.P != nil && !p.saveItems(pairs, opSetItem, opSetItems, func(i int, x value) bool {
		if x.Type().Flags&object.FlagTuple == 0 || object.To[object.Tuple](x).Len() != 2 {
			t.TypeErrorf("dict items iterator must return 2-tuples")
			return false
		}
		pair := object.To[object.Tuple](x).Items()
		return p.savePair(v, pair[0], pair[1])
	}) {
		return false
	}
	switch {
	case state.P == nil:
	case setter.P == nil:
		if !p.save(state) {
			return p.note(v, "state")
		}
		p.op(opBuild)
	default:
		// setter(v, state) is called; nobody wants its result.
		if !p.save(setter) {
			return p.note(v, "state setter")
		}
		if !p.save(v) {
			return false
		}
		if !p.save(state) {
			return p.note(v, "state")
		}
		p.op(opTuple2, opReduce, opPop)
	}
	return true
}

// sameClass reports whether what __newobj__ gets is what the object says its class is.
func (p *pickler) sameClass(v, cls value) bool {
	t := p.t
	if !cls.IsA(&object.TypeType) {
		return p.fail("first argument to __newobj__() must be a class, not " + t.FullName(cls.Type()))
	}
	own := t.GetAttr(v, nameClass)
	if own.P == nil || own == cls {
		return own.P != nil
	}
	want, got := t.Repr(own), t.Repr(cls)
	if want == nil || got == nil {
		return false
	}
	return p.fail("first argument to __newobj__() must be " + want.S + ", not " + got.S)
}

func (p *pickler) saveNew(v value, args []value) bool {
	if len(args) == 0 {
		return p.fail("__newobj__ expected at least 1 argument, got 0")
	}
	if !p.sameClass(v, args[0]) {
		return false
	}
	if !p.save(args[0]) {
		return p.note(v, "class")
	}
	if !p.save(object.Of(object.NewTuple(args[1:]...))) {
		return p.note(v, "__new__ arguments")
	}
	p.op(opNewObj)
	return true
}

func (p *pickler) saveNewEx(v value, args []value) bool {
	t := p.t
	if len(args) != 3 {
		return p.fail("__newobj_ex__ expected 3 arguments, got " + strconv.Itoa(len(args)))
	}
	switch {
	case !args[0].IsA(&object.TypeType):
		return p.fail("first argument to __newobj_ex__() must be a class, not " + t.FullName(args[0].Type()))
	case args[1].Type().Flags&object.FlagTuple == 0:
		return p.fail("second argument to __newobj_ex__() must be a tuple, not " + t.FullName(args[1].Type()))
	case args[2].Type().Flags&object.FlagDict == 0:
		return p.fail("third argument to __newobj_ex__() must be a dict, not " + t.FullName(args[2].Type()))
	case !p.save(args[0]):
		return p.note(v, "class")
	case !p.save(args[1]) || !p.save(args[2]):
		return p.note(v, "__new__ arguments")
	}
	p.op(opNewObjEx)
	return true
}
