package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

type chain struct {
	object.Head
	sources value // iterator over the iterables; no value: at the end
	active  value // iterator that gives items, or no value
	object.Attrs
}

type cycle struct {
	object.Head
	it    value // no value once it has ended
	saved []value
	at    int
	object.Attrs
}

type repeat struct {
	object.Head
	x    value
	left int // -1: endless
	object.Attrs
}

type longest struct {
	object.Head
	its    []value // no value for those that have ended
	active int
	fill   value
	object.Attrs
}

var chainType, cycleType, repeatType, longestType class

func setupChain() {
	define(&chainType, "chain", "(*iterables)", "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
		unsafe.Offsetof(chain{}.Attrs), chainNext, func(t *thread, cls *class, args []value, names *tuple) value {
			if !t.NoKeywords(&chainType, cls, names) {
				return value{}
			}
			return newChain(t, cls, object.Of(object.NewTuple(args[:len(args)-object.NameCount(names)]...)))
		},
		object.MethodDef{Name: "from_iterable", Sig: "($type, iterable, /)", Doc: "Alternative chain() constructor taking a single iterable argument that evaluates lazily.", Fn: func(t *thread, a []value) value {
			return newChain(t, object.To[class](a[0]), a[1])
		}},
		object.MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "chain is generic over the type of its contents.\nThis is the union of the types of the input iterable contents.", Fn: object.ClassGetItem})
	define(&cycleType, "cycle", "(iterable, /)", "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
		unsafe.Offsetof(cycle{}.Attrs), cycleNext, plain(&cycleType, 1, func(t *thread, cls *class, a []value) value {
			it := t.Iter(a[0])
			if it.P == nil {
				return it
			}
			x := &cycle{it: it}
			return finish(cls, &x.Head)
		}))
	define(&repeatType, "repeat", "", "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
		unsafe.Offsetof(repeat{}.Attrs), repeatNext, object.Constructor("repeat", "(object, times=0)", func(t *thread, cls *class, a []value) value {
			x := &repeat{x: a[0], left: -1}
			if a[1].P != nil {
				n, ok := t.AsSize(a[1])
				if !ok {
					return value{}
				}
				x.left = max(n, 0)
			}
			return finish(cls, &x.Head)
		}),
		object.MethodDef{Name: "__length_hint__", Sig: "($self, /)", Doc: "Private method returning an estimate of len(list(it)).", Fn: func(t *thread, a []value) value {
			r := object.To[repeat](a[0])
			if r.left < 0 {
				return t.TypeErrorf("len() of unsized object")
			}
			return object.MakeInt(int64(r.left))
		}})
	repeatType.Flags |= object.FlagLeafIter
	repeatType.SetRepr(func(t *thread, v value) value {
		r := object.To[repeat](v)
		b, ok := t.AppendReprOf([]byte(r.Type.ShortName()+"("), r.x)
		if ok && r.left >= 0 {
			b, ok = t.AppendReprOf(append(b, ", "...), object.MakeInt(int64(r.left)))
		}
		if !ok {
			return value{}
		}
		return object.MakeStr(string(append(b, ')')))
	})
	define(&longestType, "zip_longest", "(*iterables, fillvalue=None)", "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.",
		unsafe.Offsetof(longest{}.Attrs), longestNext, newLongest)
	longestType.NextPair, longestType.NextItems = longestPair, longestItems
}

func newChain(t *thread, cls *class, iterables value) value {
	it := t.Iter(iterables)
	if it.P == nil {
		return it
	}
	x := &chain{sources: it}
	return finish(cls, &x.Head)
}

func chainNext(t *thread, v value) value {
	c := object.To[chain](v)
	for c.sources.P != nil {
		if c.active.P == nil {
			src := step(t, c.sources)
			if src.P == nil {
				c.sources = value{}
				return src
			}
			if c.active = t.Iter(src); c.active.P == nil {
				c.sources = value{}
				return value{}
			}
		}
		x := step(t, c.active)
		if x.P != nil {
			return x
		}
		if t.Exc != nil && !ended(t) {
			return x
		}
		c.active = value{}
	}
	return value{}
}

func cycleNext(t *thread, v value) value {
	c := object.To[cycle](v)
	if c.it.P != nil {
		x := step(t, c.it)
		if x.P != nil {
			c.saved = append(c.saved, x)
			return x
		}
		if t.Exc != nil && !ended(t) {
			return x
		}
		c.it = value{}
	}
	if len(c.saved) == 0 {
		return value{}
	}
	if c.at == len(c.saved) {
		c.at = 0
	}
	c.at++
	return c.saved[c.at-1]
}

func repeatNext(t *thread, v value) value {
	r := object.To[repeat](v)
	if r.left < 0 {
		return r.x
	}
	if r.left == 0 {
		return value{}
	}
	r.left--
	return r.x
}

func newLongest(t *thread, cls *class, args []value, names *tuple) value {
	n := len(args) - object.NameCount(names)
	x := &longest{fill: object.None, its: make([]value, n), active: n}
	for i := n; i < len(args); i++ {
		if len(args)-n > 1 || names.Items()[i-n].Str().S != "fillvalue" {
			return t.TypeErrorf("zip_longest() got an unexpected keyword argument")
		}
		x.fill = args[i]
	}
	for i := range x.its {
		if x.its[i] = t.Iter(args[i]); x.its[i].P == nil {
			return value{}
		}
	}
	return finish(cls, &x.Head)
}

func longestNext(t *thread, v value) value {
	z := object.To[longest](v)
	if z.active <= 0 {
		return value{}
	}
	r := object.MakeTuple(len(z.its))
	if !z.step(t, r.Items()) {
		return value{}
	}
	return object.Of(r)
}

func longestItems(t *thread, v value, items []value) (found bool) {
	z := object.To[longest](v)
	if len(z.its) != len(items) {
		return false
	}
	if z.active <= 0 || !z.step(t, items) {
		items[0] = value{}
	}
	return true
}

func longestPair(t *thread, v value) (x, y value, found bool) {
	z := object.To[longest](v)
	if len(z.its) != 2 {
		return value{}, value{}, false
	}
	mark := t.Scratch
	items := t.Push(2)
	if z.active > 0 && z.step(t, items) {
		x, y = items[0], items[1]
	}
	t.Pop(mark, items)
	return x, y, true
}

// step gets an item of each iterator, or what stands for one.
func (z *longest) step(t *thread, items []value) bool {
	for i, it := range z.its {
		if it.P == nil {
			items[i] = z.fill
			continue
		}
		x := step(t, it)
		if x.P == nil {
			if t.Exc != nil && !ended(t) {
				z.active = 0
				return false
			}
			z.its[i] = value{}
			if z.active--; z.active <= 0 {
				return false
			}
			x = z.fill
		}
		items[i] = x
	}
	return true
}
