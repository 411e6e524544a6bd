// Package itertoolsmod is the module itertools.
package itertoolsmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
	class  = object.Type
	tuple  = object.Tuple
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "itertools",
	Setup: setup,
	Doc:   doc,
	Methods: []object.MethodDef{
		{Name: "tee", Sig: "(iterable, n=2, /)", Fn: tee, Doc: "Returns a tuple of n independent iterators."},
	},
	Types: []*class{
		&accumulateType, &batchedType, &chainType, &combinationsType, &replacementType, &compressType, &countType, &cycleType, &dropType,
		&falseType, &groupByType, &grouperType, &isliceType, &pairwiseType, &permutationsType, &productType, &repeatType, &starmapType, &takeType,
		&teeType, &teeDataType, &longestType,
	},
}

const doc = `Functional tools for creating and using iterators.

Infinite iterators:
count(start=0, step=1) --> start, start+step, start+2*step, ...
cycle(p) --> p0, p1, ... plast, p0, p1, ...
repeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times

Iterators terminating on the shortest input sequence:
accumulate, batched, chain, chain.from_iterable, compress, dropwhile, groupby,
filterfalse, islice, pairwise, starmap, tee, takewhile, zip_longest

Combinatoric generators:
product, permutations, combinations, combinations_with_replacement
`

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	setupSelect()
	setupChain()
	setupCount()
	setupCombine()
	setupGroup()
	setupTee()
	setupWindow()
}

// define completes an iterator type whose objects have their attributes at offset attrs.
func define(s *class, name, sig, doc string, attrs uintptr, next object.UnaryFunc, make object.NewFunc, methods ...object.MethodDef) {
	flags := object.FlagBase
	if attrs == 0 {
		flags = 0
	}
	object.Define(s, object.TypeSpec{
		Name: name, Module: "itertools", Sig: sig, Doc: doc, Flags: flags, SubOffset: attrs,
		Slots:   object.Slots{Iter: object.SelfIter, Next: next, New: make},
		Methods: methods,
	})
}

// plain returns the New of a type that takes n positional arguments and no others.
func plain(s *class, n int, f func(t *thread, cls *class, a []value) value) object.NewFunc {
	return func(t *thread, cls *class, args []value, names *tuple) value {
		count := len(args) - object.NameCount(names)
		if !t.NoKeywords(s, cls, names) || !t.ArgCount(s.ShortName(), count, n, n) {
			return value{}
		}
		return f(t, cls, args[:count])
	}
}

// finish completes an object of class cls whose head is h.
func finish(cls *class, h *object.Head) value {
	h.Type = cls
	return object.InitAttrs(cls, object.Of(h))
}

// step is the next item of an iterator.
func step(t *thread, it value) value { return t.Step(it) }

// ended reports whether an iterator that gave nothing has ended, without an exception of other kinds.
func ended(t *thread) bool { return t.Exc == nil || t.Catch(&object.StopIterationType) != nil }

// collect returns the items of an iterable.
func collect(t *thread, v value) ([]value, bool) { return t.Collect(v) }
