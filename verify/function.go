package verify

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// frees returns the number of free variables.
func frees(o *code.Object) int {
	if o.Version < pyver.Py311 {
		return o.FreeVars.Len()
	}
	n := 0
	for i := range o.LocalsPlusNames.Len() {
		if o.KindOf(i)&code.KindFree != 0 {
			n++
		}
	}
	return n
}

// nested returns the code object that a value is for certain.
func (a *analysis) nested(v value) (*code.Object, bool) {
	if v.ref < 0 || v.k&(v.k-1) != 0 {
		return nil, false
	}
	c, _ := a.o.Const(int(v.ref))
	o, ok := c.(*code.Object)
	return o, ok
}

// functionOf returns the kind of function that o becomes.
func (a *analysis) functionOf(o *code.Object, ref int32, closed bool) value {
	switch {
	case frees(o) > 0 && !closed:
		return value{k: kRaw, ref: ref}
	case a.hides(o):
		return value{k: kHidden, ref: ref}
	}
	return value{k: kFunc, ref: ref}
}

// makeFunction follows MAKE_FUNCTION and MAKE_CLOSURE.
func (a *analysis) makeFunction(i int, op *operation) bool {
	st := &a.cur
	at := len(a.taken) - 1
	if a.o.Version >= pyver.Py33 && a.o.Version < pyver.Py311 {
		at-- // the qualified name is above
	}
	c, ok := a.nested(a.taken[at])
	if !ok {
		a.faultAt(i, Consts, op.info.Name+" of a code object that is not certain", "", "one constant")
		return false
	}
	closed := op.op == opcode.MAKE_CLOSURE || op.info.Operand == opcode.MakeFlags && a.ins[i].arg&8 != 0
	if closed && !a.checkClosure(i, c, a.taken[at-1]) {
		return false
	}
	if op.info.Operand == opcode.MakeFlags && a.ins[i].arg&4 != 0 {
		n := at - 1
		if closed {
			n--
		}
		if !a.checkAnnotations(i, a.taken[n]) {
			return false
		}
	}
	f := a.functionOf(c, a.taken[at].ref, closed)
	if f.k == kRaw && op.info.Operand != opcode.NoOperand {
		a.faultAt(i, Closure, fmt.Sprintf("%s of %q without a closure", op.info.Name, c.NameText()), "none", fmt.Sprint(frees(c), " cells"))
		return false
	}
	st.stack[len(st.stack)-1] = f
	return true
}

// setAttribute follows SET_FUNCTION_ATTRIBUTE.
func (a *analysis) setAttribute(i int) bool {
	st := &a.cur
	attr, f := a.taken[0], a.taken[1]
	flag := a.ins[i].arg
	want := kObject
	switch flag {
	case 1:
		want = kTuple
	case 2:
		want = kDict
	case 4:
		want = kTuple | kDict
	case 8:
		c, ok := a.nested(f)
		if !ok || f.k != kRaw {
			a.faultAt(i, Closure, "SET_FUNCTION_ATTRIBUTE gives a closure to a function that needs none", f.k.String(), kRaw.String())
			return false
		}
		if !a.checkClosure(i, c, attr) {
			return false
		}
		st.stack[len(st.stack)-1] = a.functionOf(c, f.ref, true)
		return true
	}
	if attr.k&^want != 0 {
		a.faultAt(i, Kind, fmt.Sprintf("SET_FUNCTION_ATTRIBUTE %d takes a wrong value", flag), attr.k.String(), want.String())
		return false
	}
	return flag != 4 || a.checkAnnotations(i, attr)
}

// checkClosure checks that a closure has a cell for each free variable of c,
// of the same name.
func (a *analysis) checkClosure(i int, c *code.Object, closure value) bool {
	names := c.Frees()
	if closure.k != kClosure || closure.ref < 0 {
		a.faultAt(i, Closure, fmt.Sprintf("%q gets something else than a tuple of cells", c.NameText()), closure.k.String(), "")
		return false
	}
	cells := a.closures[closure.ref]
	ok := len(cells) == len(names)
	for n := range cells {
		if ok && cells[n] >= 0 {
			name, _ := a.o.DerefName(int(cells[n]))
			ok = name == names[n]
		} else {
			ok = false
		}
	}
	if !ok {
		var found []string
		for _, n := range cells {
			name, _ := a.o.DerefName(int(n))
			found = append(found, name)
		}
		a.faultAt(i, Closure, fmt.Sprintf("%q gets other cells than it has free variables", c.NameText()), fmt.Sprint(found), fmt.Sprint(names))
	}
	return ok
}

// buildTuple notes what a tuple consists of.
func (a *analysis) buildTuple(i int) {
	st := &a.cur
	if len(a.taken) == 3 {
		copy(a.alias[:], a.taken)
	}
	all, cells := allStrings|allInterpolations, len(a.taken) > 0
	for _, v := range a.taken {
		cells = cells && v.k == kCell
		if v.k != kInterpolation {
			all &^= allInterpolations
		}
		if all&allStrings != 0 {
			if c, _ := a.constOf(v); !isStr(c) {
				all &^= allStrings
			}
		}
	}
	if !cells {
		st.stack[len(st.stack)-1].ref = builtTuple(len(a.taken), all)
		return
	}
	if a.closureAt == nil {
		a.closureAt = map[int]int32{}
	}
	n, ok := a.closureAt[i]
	if !ok {
		n = int32(len(a.closures))
		a.closureAt[i] = n
		a.closures = append(a.closures, nil)
	}
	slots := a.closures[n][:0]
	for _, v := range a.taken {
		slots = append(slots, v.ref)
	}
	a.closures[n] = slots
	st.stack[len(st.stack)-1] = value{k: kClosure, ref: n}
}

// call follows the instructions that call with plain arguments.
func (a *analysis) call(i int, op *operation) bool {
	arg := int(a.ins[i].arg)
	t := a.taken
	if a.o.Version == pyver.Py311 || a.o.Version == pyver.Py312 {
		if names, ok := a.kwNames(i); ok {
			if !a.checkKwNames(i, value{k: kTuple, ref: names}, arg) {
				return false
			}
		}
	}
	var args []value
	callable := value{}
	if op.info.Operand == opcode.CallCounts {
		callable, args = t[0], t[1:]
	} else if op.op == opcode.CALL_FUNCTION {
		callable, args = t[0], t[1:]
	} else {
		switch {
		case (t[0].k|t[1].k)&kHidden == 0 && t[0].k != kFunc:
			return true
		case t[0].k == kNull:
			callable, args = t[1], t[2:]
		case t[1].k == kNull && a.o.Version >= pyver.Py313:
			callable, args = t[0], t[2:]
		case t[0].k&^(kHidden|kFunc) == 0 && t[1].k&(kNull|kHidden) == 0:
			callable, args = t[0], t[1:]
		default:
			a.faultAt(i, Hidden, "a call of a hidden function that is not certain", "", "")
			return false
		}
	}
	c, ok := a.nested(callable)
	if ok && c.Flags&generatorFlags == code.Generator && callable.k&^(kHidden|kFunc) == 0 {
		a.cur.stack[len(a.cur.stack)-1] = plain(kIter)
	}
	if callable.k&kHidden == 0 {
		return true
	}
	if !ok {
		a.faultAt(i, Hidden, "a call of a hidden function that is not certain", "", "")
		return false
	}
	if len(args) != c.ArgCount || c.KwOnlyArgCount > 0 {
		a.faultAt(i, Hidden, fmt.Sprintf("%q is called with other arguments than it has", c.NameText()), fmt.Sprint(len(args)), fmt.Sprint(c.ArgCount))
		return false
	}
	for n, v := range args {
		name, _ := c.LocalName(n)
		if k := a.hiddenKind(c, name); k != 0 && v.k&^k != 0 {
			a.faultAt(i, Hidden, fmt.Sprintf("%q gets a wrong value for %q", c.NameText(), name), v.k.String(), k.String())
			return false
		}
	}
	return true
}

// kwNames returns the constant of the KW_NAMES that belongs to CALL i of 3.11
// or 3.12.
func (a *analysis) kwNames(i int) (int32, bool) {
	j := i - 1
	if a.o.Version == pyver.Py311 {
		j--
	}
	if j < 0 || a.m.ops[a.ins[j].op].op != opcode.KW_NAMES {
		return 0, false
	}
	return a.ins[j].arg, true
}

// checkKwNames checks the names of a call's keyword arguments, n arguments in
// all: a constant tuple of strings.
func (a *analysis) checkKwNames(i int, v value, n int) bool {
	c, _ := a.constOf(v)
	t, ok := c.(*code.Tuple)
	if !ok {
		a.faultAt(i, Consts, "the names of keyword arguments are no constant tuple", v.k.String(), "")
		return false
	}
	for _, item := range t.Items {
		if !a.isName(item) {
			ok = false
		}
	}
	if !ok || t.Len() > n {
		a.faultAt(i, Consts, "the names of keyword arguments are no strings, or too many", fmt.Sprint(t.Len()), fmt.Sprint("at most ", n))
		return false
	}
	return true
}

// intrinsic follows the calls of internal functions, most of which trust their
// arguments.
func (a *analysis) intrinsic(i int, op *operation) bool {
	st := &a.cur
	res := &st.stack[len(st.stack)-1]
	in := &a.ins[i]
	wrong := func(v value, want kind) bool {
		if v.k&^want == 0 {
			return false
		}
		a.faultAt(i, Kind, fmt.Sprintf("%s %d takes a wrong value", op.info.Name, in.arg), v.k.String(), want.String())
		return true
	}
	name := ""
	if op.op == opcode.CALL_INTRINSIC_1 {
		name = a.m.table.Intrinsics1[in.arg]
	} else {
		name = a.m.table.Intrinsics2[in.arg]
	}
	t := a.taken
	switch name {
	case "INTRINSIC_STOPITERATION_ERROR":
		res.k = kExc
		return !wrong(t[0], kExc)
	case "INTRINSIC_LIST_TO_TUPLE":
		res.k = kTuple
		return !wrong(t[0], kList|kExcs)
	case "INTRINSIC_SUBSCRIPT_GENERIC":
		return !wrong(t[0], kTuple)
	case "INTRINSIC_TYPEVAR", "INTRINSIC_PARAMSPEC", "INTRINSIC_TYPEVARTUPLE",
		"INTRINSIC_TYPEVAR_WITH_BOUND", "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS":
		if c, _ := a.constOf(t[0]); !isStr(c) {
			a.faultAt(i, Consts, "the name of a type parameter is no constant string", t[0].k.String(), "")
			return false
		}
	case "INTRINSIC_TYPEALIAS":
		return a.checkAlias(i)
	case "INTRINSIC_PREP_RERAISE_STAR":
		res.k = kExc | kNone
		return !wrong(t[0], kExc) && !wrong(t[1], kExcs)
	case "INTRINSIC_SET_FUNCTION_TYPE_PARAMS":
		*res = value{k: kFunc, ref: -1}
		return !wrong(t[0], kFunc) && !wrong(t[1], kTuple)
	}
	return true
}

// checkAlias checks the tuple that INTRINSIC_TYPEALIAS takes: a name, type
// parameters and a function. It has to be built right before.
func (a *analysis) checkAlias(i int) bool {
	ok := i > 0 && a.ins[i].leader < 0 && a.m.ops[a.ins[i-1].op].op == opcode.BUILD_TUPLE && a.ins[i-1].arg == 3
	if ok {
		t := a.alias
		c, _ := a.constOf(t[0])
		ok = isStr(c) && t[1].k&^(kTuple|kNone) == 0 && t[2].k&^kFunc == 0
	}
	if !ok {
		a.faultAt(i, Kind, "INTRINSIC_TYPEALIAS takes a wrong value", "", "a tuple of name, type parameters and function, built right before")
	}
	return ok
}
