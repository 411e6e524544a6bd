package verify

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Some instructions trust the length of a tuple, or what is in it. The ref of a
// tuple that is no constant but was built by BUILD_TUPLE says both: it is below
// -1 then.

// What all items of a tuple are; a set, since no items are all of anything.
const (
	allStrings        = 1 << iota // constant strings
	allInterpolations             // results of BUILD_INTERPOLATION
	tupleBits         = iota
)

// builtTuple returns the ref of a tuple of n values that are all of what the
// bits say.
func builtTuple(n, all int) int32 { return -2 - int32(n<<tupleBits|all) }

// tuple returns the length of the tuple that v is, and what all its items are;
// false if v may be something else, or a tuple of which nothing is known.
func (a *analysis) tuple(v value) (n, all int, ok bool) {
	if v.k != kTuple || v.ref == -1 {
		return 0, 0, false
	}
	if v.ref < -1 {
		known := int(-2 - v.ref)
		return known >> tupleBits, known & (1<<tupleBits - 1), true
	}
	c, _ := a.o.Const(int(v.ref))
	t, ok := c.(*code.Tuple)
	if !ok {
		return 0, 0, false
	}
	all = allStrings
	for _, item := range t.Items {
		if !isStr(item) {
			all = 0
		}
	}
	if t.Len() == 0 {
		all |= allInterpolations
	}
	return t.Len(), all, true
}

func isStr(v code.Value) bool {
	_, ok := v.(*code.Str)
	return ok
}

// checkAnnotations checks what a function gets for its annotations: a dict, or
// from 3.10 on a tuple of names and values in turn, of which the interpreter
// takes two at a time without asking whether there are.
func (a *analysis) checkAnnotations(i int, v value) bool {
	if a.o.Version < pyver.Py310 || v.k&^kDict == 0 {
		return true // the picture, or setAttribute, has checked the kind
	}
	n, _, ok := a.tuple(v)
	if ok && n%2 == 0 {
		return true
	}
	found := v.k.String()
	if ok {
		found = fmt.Sprintf("a tuple of %d", n)
	}
	a.faultAt(i, Kind, a.m.ops[a.ins[i].op].info.Name+" takes wrong annotations", found, "a tuple of pairs")
	return false
}

// checkTemplate checks what BUILD_TEMPLATE takes: strings, and one
// interpolation less. Who uses the template relies on it.
func (a *analysis) checkTemplate(i int) bool {
	strings, all1, ok1 := a.tuple(a.taken[0])
	interpolations, all2, ok2 := a.tuple(a.taken[1])
	switch {
	case !ok1 || all1&allStrings == 0:
		a.faultAt(i, Kind, "BUILD_TEMPLATE takes wrong strings", a.taken[0].k.String(), "a tuple of constant strings")
	case !ok2 || all2&allInterpolations == 0:
		a.faultAt(i, Kind, "BUILD_TEMPLATE takes wrong interpolations", a.taken[1].k.String(), "a tuple of interpolations")
	case strings != interpolations+1:
		a.faultAt(i, Kind, "BUILD_TEMPLATE takes strings and interpolations that do not alternate",
			fmt.Sprintf("%d and %d", strings, interpolations), "one string more")
	default:
		return true
	}
	return false
}
