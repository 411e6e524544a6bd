package vm

import (
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/verify"
)

// NewCode makes a Python code object of a compiled one. trusted code is not verified before it runs: it comes from krait's own compiler.
// Nested code becomes code objects, too, as soon as somebody looks: see [object.Code.Full].
func NewCode(t *Thread, o *code.Object, trusted bool) *object.Code {
	s := &codeState{trusted: trusted, in: t.Interp}
	c := newCodeObject(t.Interp, o, s)
	c.Lazy = s
	return c
}

// newCodeObject makes a code object but for its constants and names.
func newCodeObject(in *object.Interp, o *code.Object, state *codeState) *object.Code {
	c := &object.Code{Head: object.Head{Type: &object.CodeType}, Obj: o, Extra: state, Args: -1, MakeArgs: -1}
	t := in.Main
	c.Filename, c.Name, c.Qualname = Constant(t, o.Filename, false), Constant(t, o.Name, false), Constant(t, o.QualName, false)
	return c
}

// Complete makes the values of a code object.
func (s *codeState) Complete(c *object.Code) {
	o := c.Obj
	c.Names, c.Localsplus = internNames(s.in, o.Names), internNames(s.in, o.LocalsPlusNames)
	if o.Consts == nil {
		return
	}
	c.Consts = make([]Value, len(o.Consts.Items))
	for i, x := range o.Consts.Items {
		in, nested := x.(*code.Object)
		if !nested {
			c.Consts[i] = Constant(s.in.Main, x, s.trusted)
			continue
		}
		n := NewCode(s.in.Main, in, s.trusted)
		if sameFile(in.Filename, o.Filename) {
			n.Filename = c.Filename // which may have been changed
		}
		c.Consts[i] = object.Of(n)
	}
}

// sameFile reports whether two code objects have the same file name.
func sameFile(a, b code.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*code.Str)
	y, ok2 := b.(*code.Str)
	return ok && ok2 && x.S == y.S
}

// codeState is what package vm keeps with a code object.
type codeState struct {
	in      *object.Interp
	image   *imageCode // where the code is from
	trusted bool
	// foreign says that some constant is no constant of the language, and Obj has something else in its place.
	foreign bool
	failed  string // why the code cannot run
	refused bool   // the verifier says so
	fields  codeFields

	// What trace.go and monitoring.go keep: what is watched, the twin, the function that had it last, and the words of the
	// ordinary code that jumps lead to, by code unit.
	mon      *codeMonitor
	twin     *object.Code
	lastTwin *twinFunc
	points   map[int]int
}

func tupleValues(t *Thread, x *code.Tuple, trusted bool) []Value {
	if x == nil {
		return nil
	}
	vs := make([]Value, len(x.Items))
	for i, it := range x.Items {
		vs[i] = Constant(t, it, trusted)
	}
	return vs
}

func internNames(in *object.Interp, x *code.Tuple) []*object.Str {
	if x == nil {
		return nil
	}
	ns := make([]*object.Str, len(x.Items))
	for i, it := range x.Items {
		if s, ok := it.(*code.Str); ok {
			ns[i] = in.Intern(s.S)
		} else {
			ns[i] = in.Intern("?")
		}
	}
	return ns
}

// Constant makes the Python value of a constant.
func Constant(t *Thread, v code.Value, trusted bool) Value {
	switch v := v.(type) {
	case nil, *code.NoneType:
		return object.None
	case *code.EllipsisType:
		return object.Ellipsis
	case *code.StopIterationType:
		return object.Of(&object.StopIterationType)
	case *code.Bool:
		return object.MakeBool(v.V)
	case *code.Int:
		if v.Big != nil {
			return object.MakeBig(v.Big)
		}
		return object.MakeInt(v.V)
	case *code.Float:
		return object.MakeFloat(v.V)
	case *code.Complex:
		return object.MakeComplex(complex(v.Re, v.Im))
	case *code.Str:
		if v.Interned || len(v.S) <= 20 {
			return object.Of(t.Interp.Intern(v.S))
		}
		return object.MakeStr(v.S)
	case *code.Bytes:
		return object.MakeBytes(v.S)
	case *code.Tuple:
		return object.Of(object.NewTuple(tupleValues(t, v, trusted)...))
	case *code.List:
		return object.Of(object.NewList(tupleValues(t, &code.Tuple{Items: v.Items}, trusted)))
	case *code.Set:
		return object.MakeSet(t, tupleValues(t, &code.Tuple{Items: v.Items}, trusted), v.Frozen)
	case *code.Dict:
		d := object.NewDict()
		for i := range v.Keys {
			d.Set(t, Constant(t, v.Keys[i], trusted), Constant(t, v.Values[i], trusted))
		}
		return object.Of(d)
	case *code.Slice:
		return object.MakeSlice(Constant(t, v.Start, trusted), Constant(t, v.Stop, trusted), Constant(t, v.Step, trusted))
	case *code.Object:
		return object.Of(NewCode(t, v, trusted))
	}
	return object.None
}

// prepare lifts code that has not run yet. Code that cannot run raises SystemError.
func prepare(t *Thread, c *object.Code) bool {
	if c.Words != nil {
		return true
	}
	c.Full()
	if im := imageOf(c); im != nil {
		install(c, im.lifted())
		return true
	}
	state := stateOf(c)
	if state.failed == "" {
		if c.Obj.Version != pyver.Py314 {
			state.failed = "code object is not of Python 3.14"
		} else if !state.trusted {
			if r := verify.One(c.Obj); len(r.Findings) > 0 {
				state.failed, state.refused = "invalid code object: "+r.Findings[0].String(), true
			}
		}
	}
	var l *lift.Code
	if state.failed == "" {
		var err error
		if l, err = lift.Lift(c.Obj); err != nil {
			state.failed = err.Error()
		}
	}
	if state.refused {
		t.ValueErrorf("%s", state.failed)
		return false
	}
	if state.failed != "" {
		t.SystemErrorf("%s", state.failed)
		return false
	}
	install(c, l)
	return true
}

// install makes l what c runs.
func install(c *object.Code, l *lift.Code) {
	f := c.Obj.Flags
	c.FrameBytes = uintptr(l.MaxSlots) * valueSize
	c.StackBytes = uintptr(l.MaxSlots-l.NLocals+l.Near()) * valueSize
	c.Alone = l.Alone()
	c.Caches = make([]object.Cache, len(l.Caches))
	for i := range c.Caches {
		c.Caches[i].Version = noVersion
		if l.Caches[i].Op != lift.LoadSpecial {
			c.Caches[i].Name = c.Names[l.Caches[i].Name]
		} else {
			c.Caches[i].Name = specialNames[l.Caches[i].Name]
		}
	}
	c.Args, c.MakeArgs = -1, -1
	if f&(code.VarArgs|code.VarKeywords) == 0 && c.Obj.KwOnlyArgCount == 0 && f&code.Optimized != 0 {
		c.Args = c.Obj.ArgCount
	}
	last := len(c.Localsplus) - 1 // variables do not lie behind the stack if this one does not
	if n := makes(l); n > 0 && f&code.Optimized != 0 && (last < 0 || l.Slot(last) == last) {
		c.Makes, c.Begins, c.MakeArgs, c.Args = true, n, c.Args, -1
	}
	c.Passes = passesKeywords(c.Obj)
	c.ClearFrom, c.ClearTo = uintptr(l.ClearFrom)*valueSize, uintptr(l.ClearTo)*valueSize
	if l.Generator {
		guard(c, l)
		c.Handles = handles(c.Obj)
	}
	c.Lifted = l
	c.Words = l.Words
}

// makes returns at which word generators begin if all that a call does is to make one, which may have variables of functions around it; else 0.
func makes(l *lift.Code) int {
	if !l.Generator {
		return 0
	}
	n := 0
	if lift.Op(l.Words[0]) == lift.CopyFreeVars {
		n = 1
	}
	if lift.Op(l.Words[n]) != lift.ReturnGen {
		return 0
	}
	return n + 1
}

// noVersion is the version of an inline cache that holds nothing; no type or dict has it.
const noVersion = ^uint64(0)

// specialNames are what LoadSpecial's numbers stand for.
var specialNames = [...]*object.Str{object.StaticName("__enter__"), object.StaticName("__exit__"), object.StaticName("__aenter__"), object.StaticName("__aexit__")}

// localsSlot returns the place of the mapping of local names in a frame of code without fast locals: P of the value before the
// function, since what lies behind the frame belongs to those it calls. A generator has its address in B.
func localsSlot(fp ptr) *ptr {
	return &(*Value)(unsafe.Add(fp, -2*int(valueSize))).P
}

// mappingOf returns the mapping of local names of a frame of code without fast locals.
func mappingOf(fp ptr) Value { return Value{P: *localsSlot(fp)} }

// SetFilename makes file the co_filename of the code and of all code in it that has the same name now.
func SetFilename(c *object.Code, file Value) {
	old := c.Filename
	if !old.IsStr() || !file.IsStr() || old.Str().S == file.Str().S {
		return
	}
	setFilename(c, old.Str().S, file)
}

func setFilename(c *object.Code, old string, file Value) {
	if !c.Filename.IsStr() || c.Filename.Str().S != old {
		return
	}
	c.Filename = file
	if c.Lazy != nil {
		return // what it has gets the name from it
	}
	for _, k := range c.Consts {
		if k.Is(&object.CodeType) {
			setFilename(object.To[object.Code](k), old, file)
		}
	}
}

// LineOf returns the line of the instruction at a byte offset, or 0.
func LineOf(c *object.Code, lasti int) int {
	for p := range c.Obj.Lines() {
		if lasti >= p.Start && lasti < p.End {
			return max(p.Line, 0)
		}
	}
	return 0
}
