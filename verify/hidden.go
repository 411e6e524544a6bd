package verify

import (
	"fmt"

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
// checkHidden refuses such variables where nobody would check what they get.

// conditionalAnnotations is the name of the set in which 3.14's modules and
// classes keep which of their annotations were reached. Source can name it, and
// breaks the interpreter when it assigns anything else.
const conditionalAnnotations = "__conditional_annotations__"

// hiddenKind returns what a local variable of o holds, 0 for any object.
func (a *analysis) hiddenKind(o *code.Object, name string) kind {
	if len(name) == 0 || name[0] != '.' {
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

// cellKind returns what the cell of a variable of o holds, 0 for any object.
func (a *analysis) cellKind(o *code.Object, name string) kind {
	if name == conditionalAnnotations && o.Version >= pyver.Py314 {
		return kSet
	}
	return a.hiddenKind(o, name)
}

// checkHidden refuses variables of a hidden kind in two places: arguments that
// are not positional, which no call is checked for, and cells that do not mean
// the same to all code objects that have them.
func (a *analysis) checkHidden() {
	if !a.vars.hides {
		return
	}
	o := a.o
	for i := range a.vars.args {
		name := a.localName(i)
		wrong := a.hiddenKind(o, name) != 0 && i >= o.ArgCount
		if name == conditionalAnnotations && o.Version >= pyver.Py314 {
			wrong = o.KindOf(i)&code.KindCell != 0
		}
		if wrong {
			a.whole(Hidden, fmt.Sprintf("argument %q can be anything, which instructions do not expect of it", name), "", "")
		}
	}
	for i := 0; ; i++ {
		name, ok := a.cellName(i)
		if !ok {
			break
		}
		switch name {
		case ".0", ".defaults", ".kwdefaults":
			a.whole(Hidden, fmt.Sprintf("variable %q is in a cell", name), "", "a local variable")
		}
	}
}

// cellName returns the name of cell or free variable i, counted as instructions
// do to 3.10, and without order from 3.11 on; false if there are not so many.
func (a *analysis) cellName(i int) (string, bool) {
	o := a.o
	if o.Version < pyver.Py311 {
		return o.DerefName(i)
	}
	if i >= a.vars.n {
		return "", false
	}
	if o.KindOf(i)&(code.KindCell|code.KindFree) == 0 {
		return "", true
	}
	return o.LocalName(i)
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
		} else if a.hiddenKind(o, name) != 0 {
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
