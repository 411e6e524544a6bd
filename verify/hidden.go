package verify

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Compilers pass values between pieces of their own code in variables that no
// source can name, and some instructions trust them. Each such variable has a
// kind here. It is proven on both sides: what stores into the variable, or
// calls the function whose argument it is, must bring that kind; what loads it
// may then count on it. A function with such arguments can only be called right
// where it is made (kind kHidden), since elsewhere nobody would check the call.

// conditionalAnnotations is the name of the set in which 3.14's modules and
// classes keep which of their annotations were reached. Source can name it, and
// breaks the interpreter when it assigns anything else.
const conditionalAnnotations = "__conditional_annotations__"

// hiddenKind returns what a variable of o holds, 0 for any object.
func (a *analysis) hiddenKind(o *code.Object, name string) kind {
	if len(name) == 0 || name[0] != '.' {
		if name == conditionalAnnotations && o.Version >= pyver.Py314 {
			return kSet
		}
		return 0
	}
	switch name {
	case ".0":
		if a.iterates(o) {
			return kIter
		}
	case ".type_params":
		return kTuple
	case ".kwdefaults":
		return kDict
	case ".defaults":
		if second, _ := o.LocalName(1); second == ".kwdefaults" && o.ArgCount == 2 {
			return kTuple
		}
		return a.defaults(o)
	}
	return 0
}

// iterates reports whether o takes an iterator for its argument ".0", as
// comprehensions do. Asynchronous ones take something else, and Python 2 also
// names arguments so that are tuples.
func (a *analysis) iterates(o *code.Object) bool {
	if known, ok := a.iterating[o]; ok {
		return known
	}
	m := machineOf(o)
	last, found := false, false
	for in := range o.Instructions() {
		op := m.ops[in.Op].op
		if last && op == opcode.FOR_ITER {
			found = true
			break
		}
		last = false
		if op == opcode.LOAD_FAST || op == opcode.LOAD_FAST_BORROW {
			name, _ := o.LocalName(in.Arg)
			last = name == ".0"
		}
	}
	if a.iterating == nil {
		a.iterating = map[*code.Object]bool{}
	}
	a.iterating[o] = found
	return found
}

// hides reports whether calling o takes arguments that no source can name.
func (a *analysis) hides(o *code.Object) bool {
	for i := range o.ArgCount {
		if name, ok := o.LocalName(i); !ok {
			return false
		} else if name != conditionalAnnotations && a.hiddenKind(o, name) != 0 {
			return true
		}
	}
	return false
}

// defaults returns the kind of the argument ".defaults" of o, which holds the
// keyword defaults when there are no others: the kind with which o can be
// proven.
func (a *analysis) defaults(o *code.Object) kind {
	if k, ok := a.assumed[o]; ok {
		return k
	}
	if a.assumed == nil {
		a.assumed = map[*code.Object]kind{}
	}
	a.assumed[o] = kTuple
	trial := analysis{o: o, report: &Report{}, m: machineOf(o), assumed: a.assumed}
	trial.verify()
	if !trial.report.OK() {
		a.assumed[o] = kDict
	}
	return a.assumed[o]
}
