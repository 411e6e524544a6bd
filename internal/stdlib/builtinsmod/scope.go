package builtinsmod

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

func globals(t *Thread, a []Value) Value {
	f := t.CurrentFunc()
	if f == nil {
		return object.None
	}
	return object.Of(f.Globals)
}

func currentLocals(t *Thread) Value {
	if t.CurrentFunc() == nil {
		return t.SystemErrorf("frame does not exist")
	}
	return vm.Locals(t)
}

func locals(t *Thread, a []Value) Value { return currentLocals(t) }

var nameBuiltins = object.StaticName("__builtins__")

// namespaces sorts out the globals and locals of exec and eval.
func namespaces(t *Thread, fn string, g, l Value) (*object.Dict, Value, bool) {
	if l.P != nil && l.IsNone() {
		l = Value{}
	}
	if l.P != nil && l.Type().GetItem == nil {
		t.TypeErrorf("locals must be a mapping or None, not %s", l.Type().Name)
		return nil, l, false
	}
	if g.P == nil || g.IsNone() {
		f := t.CurrentFunc()
		if f == nil {
			t.SystemErrorf("%s() must be given globals and locals when called without a frame", fn)
			return nil, l, false
		}
		if l.P == nil {
			if l = currentLocals(t); l.P == nil {
				return nil, l, false
			}
		}
		return f.Globals, l, true
	}
	if g.Type().Flags&object.FlagDict == 0 {
		if fn == "eval" && g.Type().GetItem != nil {
			t.TypeErrorf("globals must be a real dict; try eval(code, {}, mapping)")
		} else if fn == "eval" {
			t.TypeErrorf("globals must be a dict")
		} else {
			t.TypeErrorf("exec() globals must be a dict, not %s", g.Type().Name)
		}
		return nil, l, false
	}
	d := object.To[object.Dict](g)
	if l.P == nil {
		l = g
	}
	if d.GetStr(nameBuiltins).P == nil {
		if f := t.CurrentFunc(); f != nil {
			d.SetStr(nameBuiltins, object.BuiltinsValue(f.Builtins()))
		} else {
			d.SetStr(nameBuiltins, object.Of(t.Interp.Builtins))
		}
	}
	return d, l, true
}

func exec(t *Thread, a []Value) Value {
	g, l, ok := namespaces(t, "exec", a[1], a[2])
	if !ok {
		return Value{}
	}
	src := a[0]
	var closure *object.Tuple
	if src.Is(&object.CodeType) {
		c := object.To[object.Code](src)
		free := freeVars(c)
		if a[3].P != nil && !a[3].IsNone() {
			if free == 0 {
				return t.TypeErrorf("cannot use a closure with this code object")
			}
			if a[3].Type() == &object.TupleType {
				closure = object.To[object.Tuple](a[3])
			}
		}
		bad := free > 0 && (closure == nil || closure.Len() != free)
		if closure != nil {
			for _, x := range closure.Items() {
				bad = bad || !x.Is(&object.CellType)
			}
		}
		if bad {
			return t.TypeErrorf("code object requires a closure of exactly length %d", free)
		}
	} else {
		if a[3].P != nil && !a[3].IsNone() {
			return t.TypeErrorf("closure can only be used when source is a code object")
		}
		if src = compileText(t, src, "exec", "exec"); src.P == nil {
			return src
		}
	}
	if vm.RunCode(t, object.To[object.Code](src), g, l, closure).P == nil {
		return Value{}
	}
	return object.None
}

func eval(t *Thread, a []Value) Value {
	g, l, ok := namespaces(t, "eval", a[1], a[2])
	if !ok {
		return Value{}
	}
	src := a[0]
	if src.Is(&object.CodeType) {
		if freeVars(object.To[object.Code](src)) > 0 {
			return t.TypeErrorf("code object passed to eval() may not contain free variables")
		}
	} else if src = compileText(t, src, "eval", "eval"); src.P == nil {
		return src
	}
	return vm.RunCode(t, object.To[object.Code](src), g, l, nil)
}

func freeVars(c *object.Code) int {
	n := 0
	for _, k := range []byte(c.Obj.LocalsPlusKinds.S) {
		if code.Kind(k)&code.KindFree != 0 {
			n++
		}
	}
	return n
}

// compileText compiles the source given to exec or eval.
func compileText(t *Thread, src Value, mode, fn string) Value {
	return t.Interp.Hooks.Compile(t, object.CompileArgs{Source: src, Filename: object.MakeStr("<string>"), Mode: mode, Func: fn, Optimize: -1})
}

func compileFn(t *Thread, a []Value) Value {
	if !a[2].IsStr() {
		return t.TypeErrorf("compile() argument 'mode' must be str, not %s", object.ArgName(a[2]))
	}
	c := object.CompileArgs{Source: a[0], Filename: a[1], Mode: a[2].Str().S, Func: "compile", Optimize: -1}
	if a[3].P != nil {
		n, ok := t.AsIndex(a[3])
		if !ok {
			return Value{}
		}
		c.Flags = n
	}
	if a[4].P != nil {
		b, ok := t.IsTrue(a[4])
		if !ok {
			return Value{}
		}
		c.DontInherit = b
	}
	if a[5].P != nil {
		n, ok := t.AsIndex(a[5])
		if !ok {
			return Value{}
		}
		c.Optimize = n
	}
	if len(a) > 6 && a[6].P != nil {
		n, ok := t.AsIndex(a[6])
		if !ok {
			return Value{}
		}
		c.FeatureVersion = max(n, 0)
	}
	return t.Interp.Hooks.Compile(t, c)
}

func importFn(t *Thread, a []Value) Value {
	if !a[0].IsStr() {
		return t.TypeErrorf("module name must be a string")
	}
	level := 0
	if a[4].P != nil {
		n, ok := t.AsIndex(a[4])
		if !ok {
			return Value{}
		}
		level = n
	}
	or := func(v, def Value) Value {
		if v.P == nil {
			return def
		}
		return v
	}
	return t.Interp.Hooks.Import(t, t.Interp.Intern(a[0].Str().S), or(a[1], object.None), or(a[2], object.None), or(a[3], object.Of(object.EmptyTuple)), level)
}
