package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// choice is a combinations, combinations_with_replacement or permutations object.
type choice struct {
	object.Head
	pool    []value
	indices []int // of what is chosen; for permutations of the whole pool
	cycles  []int // of permutations
	r       int
	started bool
	done    bool
	tuples  object.TupleBlock
	object.Attrs
}

// product is a product object.
type product struct {
	object.Head
	pools   [][]value
	indices []int
	started bool
	done    bool
	tuples  object.TupleBlock
	object.Attrs
}

var combinationsType, replacementType, permutationsType, productType class

func sizeof(base int, n func(v value) int) object.MethodDef {
	return object.MethodDef{Name: "__sizeof__", Sig: "($self, /)", Doc: "Returns size in memory, in bytes.", Fn: func(t *thread, a []value) value {
		return object.MakeInt(int64(base + n(a[0])*8))
	}}
}

func setupCombine() {
	attrs := unsafe.Offsetof(choice{}.Attrs)
	r := func(v value) int { return object.To[choice](v).r }
	define(&combinationsType, "combinations", "(iterable, r)", "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
		attrs, choose((*choice).combinationStep), object.Constructor("combinations", "(iterable, r)", func(t *thread, cls *class, a []value) value {
			x := newChoice(t, a[0], a[1])
			if x == nil {
				return value{}
			}
			x.done = x.r > len(x.pool)
			if !x.done {
				x.indices = make([]int, x.r)
				for i := range x.indices {
					x.indices[i] = i
				}
			}
			return finish(cls, &x.Head)
		}), sizeof(56, r))
	define(&replacementType, "combinations_with_replacement", "(iterable, r)", "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
		attrs, choose((*choice).replacementStep), object.Constructor("combinations_with_replacement", "(iterable, r)", func(t *thread, cls *class, a []value) value {
			x := newChoice(t, a[0], a[1])
			if x == nil {
				return value{}
			}
			if x.r > 1<<40 {
				return t.RaiseNew(&object.MemoryErrorType)
			}
			x.done = len(x.pool) == 0 && x.r > 0
			if !x.done {
				x.indices = make([]int, x.r)
			}
			return finish(cls, &x.Head)
		}), sizeof(56, r))
	define(&permutationsType, "permutations", "(iterable, r=None)", "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
		attrs, choose((*choice).permutationStep), object.Constructor("permutations", "(iterable, r=None)", newPermutations), sizeof(64, func(v value) int {
			c := object.To[choice](v)
			return len(c.pool) + c.r
		}))
	define(&productType, "product", "(*iterables, repeat=1)", "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\nFor example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).",
		unsafe.Offsetof(product{}.Attrs), productNext, newProduct, sizeof(48, func(v value) int { return len(object.To[product](v).pools) }))
	for _, s := range []*class{&combinationsType, &replacementType, &permutationsType, &productType} {
		s.Flags |= object.FlagLeafIter // they have collected what they are made of
	}
	combinationsType.NextPair = choosePair((*choice).combinationStep)
	replacementType.NextPair = choosePair((*choice).replacementStep)
	permutationsType.NextPair = choosePair((*choice).permutationStep)
	productType.NextPair = productPair
	combinationsType.NextItems = chooseItems((*choice).combinationStep)
	replacementType.NextItems = chooseItems((*choice).replacementStep)
	permutationsType.NextItems = chooseItems((*choice).permutationStep)
	productType.NextItems = productItems
}

func newChoice(t *thread, iterable, rv value) *choice {
	r, ok := t.AsSize(rv)
	if !ok {
		return nil
	}
	pool, ok := collect(t, iterable)
	if !ok {
		return nil
	}
	if r < 0 {
		t.ValueErrorf("r must be non-negative")
		return nil
	}
	return &choice{pool: pool, r: r, tuples: object.TupleBlock{Raw: object.AllTags(pool)}}
}

// choose makes the Next of a type whose iterators go on with step; it returns false at the end.
func choose(step func(c *choice) bool) object.UnaryFunc {
	return func(t *thread, v value) value {
		if c := object.To[choice](v); step(c) {
			return c.chosen()
		}
		return value{}
	}
}

// choosePair is choose for pairs that are taken apart.
func choosePair(step func(c *choice) bool) func(t *thread, v value) (x, y value, found bool) {
	return func(t *thread, v value) (x, y value, found bool) {
		c := object.To[choice](v)
		if c.r != 2 {
			return value{}, value{}, false
		}
		if !step(c) {
			return value{}, value{}, true
		}
		return c.pool[c.indices[0]], c.pool[c.indices[1]], true
	}
}

// chooseItems is choose for tuples that are taken apart.
func chooseItems(step func(c *choice) bool) func(t *thread, v value, items []value) (found bool) {
	return func(t *thread, v value, items []value) (found bool) {
		c := object.To[choice](v)
		if c.r != len(items) {
			return false
		}
		if step(c) {
			c.put(items)
		} else {
			items[0] = value{}
		}
		return true
	}
}

// chosen is the tuple of what the indices choose.
func (c *choice) chosen() value {
	r := c.tuples.Make(c.r)
	c.put(r.Items())
	return object.Of(r)
}

func (c *choice) put(items []value) {
	for i := range items {
		items[i] = c.pool[c.indices[i]]
	}
}

func (c *choice) combinationStep() bool {
	if c.done {
		return false
	}
	if !c.started {
		c.started = true
		return true
	}
	n := len(c.pool)
	i := c.r - 1
	for i >= 0 && c.indices[i] == i+n-c.r {
		i--
	}
	if i < 0 {
		c.done = true
		return false
	}
	c.indices[i]++
	for j := i + 1; j < c.r; j++ {
		c.indices[j] = c.indices[j-1] + 1
	}
	return true
}

func (c *choice) replacementStep() bool {
	if c.done {
		return false
	}
	if !c.started {
		c.started = true
		return true
	}
	i := c.r - 1
	for i >= 0 && c.indices[i] == len(c.pool)-1 {
		i--
	}
	if i < 0 {
		c.done = true
		return false
	}
	x := c.indices[i] + 1
	for ; i < c.r; i++ {
		c.indices[i] = x
	}
	return true
}

func newPermutations(t *thread, cls *class, a []value) value {
	pool, ok := collect(t, a[0])
	if !ok {
		return value{}
	}
	n := len(pool)
	x := &choice{pool: pool, r: n, tuples: object.TupleBlock{Raw: object.AllTags(pool)}}
	if a[1].P != nil && !a[1].IsNone() {
		if a[1].Type().Flags&object.FlagInt == 0 {
			return t.TypeErrorf("Expected int as r")
		}
		if x.r, ok = t.AsSize(a[1]); !ok {
			return value{}
		}
		if x.r < 0 {
			return t.ValueErrorf("r must be non-negative")
		}
	}
	if x.done = x.r > n; !x.done {
		x.indices = make([]int, n)
		for i := range x.indices {
			x.indices[i] = i
		}
		x.cycles = make([]int, x.r)
		for i := range x.cycles {
			x.cycles[i] = n - i
		}
	}
	return finish(cls, &x.Head)
}

func (c *choice) permutationStep() bool {
	if c.done {
		return false
	}
	if !c.started {
		c.started = true
		return true
	}
	n := len(c.pool)
	for i := c.r - 1; i >= 0; i-- {
		if c.cycles[i]--; c.cycles[i] == 0 {
			// All have been at place i: they go back to where they were.
			x := c.indices[i]
			copy(c.indices[i:], c.indices[i+1:])
			c.indices[n-1] = x
			c.cycles[i] = n - i
			continue
		}
		j := n - c.cycles[i]
		c.indices[i], c.indices[j] = c.indices[j], c.indices[i]
		return true
	}
	c.done = true
	return false
}

func newProduct(t *thread, cls *class, args []value, names *tuple) value {
	n := len(args) - object.NameCount(names)
	repeat := 1
	for i := n; i < len(args); i++ {
		if len(args)-n > 1 || names.Items()[i-n].Str().S != "repeat" {
			return t.KeywordError("product", names, "repeat")
		}
		var ok bool
		if repeat, ok = t.AsSize(args[i]); !ok {
			return value{}
		}
		if repeat < 0 {
			return t.ValueErrorf("repeat argument cannot be negative")
		}
	}
	if repeat == 0 {
		n = 0
	} else if n > 0 && repeat > (1<<31)/n {
		return t.OverflowErrorf("repeat argument too large")
	}
	x := &product{pools: make([][]value, 0, n*repeat), tuples: object.TupleBlock{Raw: true}}
	for i := range n {
		pool, ok := collect(t, args[i])
		if !ok {
			return value{}
		}
		x.done = x.done || len(pool) == 0
		x.tuples.Raw = x.tuples.Raw && object.AllTags(pool)
		x.pools = append(x.pools, pool)
	}
	for i := n; i < n*repeat; i++ {
		x.pools = append(x.pools, x.pools[i-n])
	}
	x.indices = make([]int, len(x.pools))
	return finish(cls, &x.Head)
}

// step goes to the next combination; false: there is none.
func (p *product) step() bool {
	if p.done {
		return false
	}
	if p.started {
		i := len(p.indices) - 1
		for ; i >= 0; i-- {
			if p.indices[i]++; p.indices[i] < len(p.pools[i]) {
				break
			}
			p.indices[i] = 0
		}
		if i < 0 {
			p.done = true
			return false
		}
	}
	p.started = true
	return true
}

func productNext(t *thread, v value) value {
	p := object.To[product](v)
	if !p.step() {
		return value{}
	}
	r := p.tuples.Make(len(p.pools))
	p.put(r.Items())
	return object.Of(r)
}

func (p *product) put(items []value) {
	for i, k := range p.indices {
		items[i] = p.pools[i][k]
	}
}

func productItems(t *thread, v value, items []value) (found bool) {
	p := object.To[product](v)
	if len(p.pools) != len(items) {
		return false
	}
	if p.step() {
		p.put(items)
	} else {
		items[0] = value{}
	}
	return true
}

func productPair(t *thread, v value) (x, y value, found bool) {
	p := object.To[product](v)
	if len(p.pools) != 2 {
		return value{}, value{}, false
	}
	if !p.step() {
		return value{}, value{}, true
	}
	return p.pools[0][p.indices[0]], p.pools[1][p.indices[1]], true
}
