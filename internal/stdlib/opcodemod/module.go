// Package opcodemod is module _opcode: what the tables of package opcode say of instructions.
package opcodemod

import (
	"sync"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

type (
	thread = object.Thread
	value  = object.Value
)

// table returns the instruction set.
func table() *opcode.Table { return opcode.For(pyver.Py314) }

// infos returns its instructions by number, pseudo-instructions included.
var infos = sync.OnceValue(func() map[int]*opcode.Info {
	m := map[int]*opcode.Info{}
	for i := range table().All() {
		m[int(i.Number)] = i
	}
	return m
})

// Module is the module.
var Module = object.ModuleDef{
	Name: "_opcode",
	Doc:  "Opcode support module.",
	Methods: []object.MethodDef{
		{Name: "stack_effect", Sig: "(opcode, oparg=None, /, *, jump=None)", Doc: "Compute the stack effect of the opcode.", Fn: stackEffect},
		has("is_valid", "Return True if opcode is valid, False otherwise.", func(i *opcode.Info) bool { return true }),
		flag("has_arg", "Return True if the opcode uses its oparg, False otherwise.", opcode.HasArg),
		flag("has_const", "Return True if the opcode accesses a constant, False otherwise.", opcode.HasConst),
		flag("has_name", "Return True if the opcode accesses an attribute by name, False otherwise.", opcode.HasName),
		flag("has_jump", "Return True if the opcode has a jump target, False otherwise.", opcode.HasJRel|opcode.HasJAbs),
		flag("has_free", "Return True if the opcode accesses a free variable, False otherwise.\n\nFree variables are those of enclosing scopes, and those that inner\nscopes use; globals and builtins are not among them.", opcode.HasFree),
		flag("has_local", "Return True if the opcode accesses a local variable, False otherwise.", opcode.HasLocal),
		flag("has_exc", "Return True if the opcode sets an exception handler, False otherwise.", opcode.HasExc),
		{Name: "get_intrinsic1_descs", Sig: "()", Doc: "Return a list of names of the unary intrinsics.", Fn: names(func(t *opcode.Table) []string { return t.Intrinsics1 })},
		{Name: "get_intrinsic2_descs", Sig: "()", Doc: "Return a list of names of the binary intrinsics.", Fn: names(func(t *opcode.Table) []string { return t.Intrinsics2 })},
		{Name: "get_special_method_names", Sig: "()", Doc: "Return a list of special method names.", Fn: names(func(t *opcode.Table) []string { return t.SpecialMethods })},
		{Name: "get_nb_ops", Sig: "()", Doc: "Return array of symbols of binary ops.\n\nIndexed by the BINARY_OP oparg value.", Fn: func(t *thread, a []value) value {
			ops := table().BinaryOps
			out := make([]value, len(ops))
			for i, o := range ops {
				out[i] = object.Of(object.NewTuple(object.MakeStr(o.Name), object.MakeStr(o.Symbol)))
			}
			return object.Of(object.NewList(out))
		}},
		{Name: "get_executor", Sig: "(code, offset)", Doc: "Return the executor object at offset in code if exists, None otherwise.", Fn: func(t *thread, a []value) value {
			if !a[0].Is(&object.CodeType) {
				return t.TypeErrorf("expected a code object, not '%s'", a[0].Type().Name)
			}
			if _, ok := t.AsCInt(a[1]); !ok {
				return value{}
			}
			return t.ValueErrorf("no executor at given byte offset")
		}},
		{Name: "get_specialization_stats", Sig: "()", Doc: "Return the specialization stats", Fn: func(t *thread, a []value) value { return object.None }},
	},
	Exec: func(t *thread, m *object.Module) bool {
		m.Set(t, "ENABLE_SPECIALIZATION", object.MakeInt(1))
		m.Set(t, "ENABLE_SPECIALIZATION_FT", object.MakeInt(1))
		return true
	},
}

func has(name, doc string, f func(i *opcode.Info) bool) object.MethodDef {
	return object.MethodDef{Name: name, Sig: "(opcode)", Doc: doc, Fn: func(t *thread, a []value) value {
		n, ok := t.AsCInt(a[0])
		if !ok {
			return value{}
		}
		i := infos()[n]
		return object.MakeBool(i != nil && i.Op != 0 && f(i))
	}}
}

func flag(name, doc string, flags opcode.Flags) object.MethodDef {
	return has(name, doc, func(i *opcode.Info) bool { return i.Has(flags) })
}

func names(of func(t *opcode.Table) []string) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		list := of(table())
		out := make([]value, len(list))
		for i, s := range list {
			out[i] = object.MakeStr(s)
		}
		return object.Of(object.NewList(out))
	}
}

func stackEffect(t *thread, a []value) value {
	op, ok := t.AsCInt(a[0])
	if !ok {
		return value{}
	}
	arg := 0
	if a[1].P != nil && !a[1].IsNone() {
		if arg, ok = t.AsCInt(a[1]); !ok {
			return value{}
		}
	}
	jump := opcode.MaxOfBoth
	switch {
	case a[2].P == nil || a[2].IsNone():
	case a[2] == object.True:
		jump = opcode.Jumped
	case a[2] == object.False:
		jump = opcode.NoJump
	default:
		return t.ValueErrorf("stack_effect: jump must be False, True or None")
	}
	if i := infos()[op]; i != nil {
		if n, err := i.StackEffect(arg, jump); err == nil {
			return object.MakeInt(int64(n))
		}
	}
	return t.ValueErrorf("invalid opcode or oparg")
}
