package itertoolsmod

import "github.com/krait-py/krait/internal/object"

// teeBlock is the number of items that tees share in one object.
const teeBlock = 57

// teeData holds items that one of several tees has read and others have not.
type teeData struct {
	object.Head
	it      value
	items   [teeBlock]value
	n       int
	next    *teeData
	running bool
}

// teeIter is one of them.
type teeIter struct {
	object.Head
	data *teeData
	i    int
}

var teeType, teeDataType class

func setupTee() {
	object.Define(&teeType, object.TypeSpec{
		Name: "_tee", Module: "itertools", Sig: "(iterable, /)", Doc: "Iterator wrapped to make it copyable.", HasWeak: true,
		Slots: object.Slots{Iter: object.SelfIter, Next: teeNext, New: plain(&teeType, 1, func(t *thread, cls *class, a []value) value { return newTee(t, a[0]) })},
		Methods: []object.MethodDef{{Name: "__copy__", Sig: "($self, /)", Doc: "Returns an independent iterator.", Fn: func(t *thread, a []value) value {
			x := *object.To[teeIter](a[0])
			return object.Of(&x)
		}}},
	})
	object.Define(&teeDataType, object.TypeSpec{
		Name: "_tee_dataobject", Module: "itertools", Doc: "Data container common to multiple tee objects.",
		Slots: object.Slots{New: func(t *thread, cls *class, args []value, names *tuple) value {
			n := len(args) - object.NameCount(names)
			if !t.NoKeywords(&teeDataType, cls, names) || !t.ArgCount("teedataobject", n, 3, 3) {
				return value{}
			}
			return newTeeData(t, args)
		}},
	})
}

func newTeeData(t *thread, a []value) value {
	if !a[1].Is(&object.ListType) {
		return t.TypeErrorf("teedataobject() argument 2 must be list, not %s", a[1].Type().Name)
	}
	d := &teeData{Head: object.Head{Type: &teeDataType}}
	d.it = a[0]
	items := object.To[object.List](a[1]).V
	if len(items) > teeBlock {
		return t.ValueErrorf("Invalid arguments")
	}
	d.n = copy(d.items[:], items)
	if !a[2].IsNone() {
		if d.n < teeBlock {
			return t.ValueErrorf("Invalid arguments")
		}
		if !a[2].Is(&teeDataType) {
			return t.TypeErrorf("_tee_dataobject expected, not %s", a[2].Type().Name)
		}
		d.next = object.To[teeData](a[2])
	}
	return object.Of(d)
}

// newTee makes a tee over an iterable; of a tee it makes another one.
func newTee(t *thread, iterable value) value {
	it := t.Iter(iterable)
	if it.P == nil {
		return it
	}
	if it.Is(&teeType) {
		x := *object.To[teeIter](it)
		return object.Of(&x)
	}
	d := &teeData{Head: object.Head{Type: &teeDataType}, it: it}
	return object.Of(&teeIter{object.Head{Type: &teeType}, d, 0})
}

func teeNext(t *thread, v value) value {
	x := object.To[teeIter](v)
	if x.i == teeBlock {
		d := x.data
		if d.next == nil {
			d.next = &teeData{Head: object.Head{Type: &teeDataType}, it: d.it}
		}
		x.data, x.i = d.next, 0
	}
	d := x.data
	if x.i < d.n {
		x.i++
		return d.items[x.i-1]
	}
	if d.running {
		return t.RuntimeErrorf("cannot re-enter the tee iterator")
	}
	d.running = true
	item := step(t, d.it)
	d.running = false
	if item.P == nil {
		return item
	}
	d.items[d.n] = item
	d.n++
	x.i++
	return item
}

func tee(t *thread, a []value) value {
	n := 2
	if a[1].P != nil {
		var ok bool
		if n, ok = t.AsSize(a[1]); !ok {
			return value{}
		}
	}
	if n < 0 {
		return t.ValueErrorf("n must be >= 0")
	}
	if n > 1<<24 { // a gigabyte and more
		return t.RaiseNew(&object.MemoryErrorType)
	}
	r := object.MakeTuple(n)
	if n == 0 {
		return object.Of(r)
	}
	if r.Items()[0] = newTee(t, a[0]); r.Items()[0].P == nil {
		return value{}
	}
	for i := 1; i < n; i++ {
		x := *object.To[teeIter](r.Items()[0])
		r.Items()[i] = object.Of(&x)
	}
	return object.Of(r)
}
