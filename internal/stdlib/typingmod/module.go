// Package typingmod is module _typing: type parameters and what typing builds on them, which package object has.
package typingmod

import "github.com/krait-py/krait/internal/object"

// Module is the module.
var Module = object.ModuleDef{
	Name: "_typing",
	Doc:  "Primitives and accelerators for the typing module.\n",
	Methods: []object.MethodDef{
		{Name: "_idfunc", Sig: "(x, /)", Fn: func(t *object.Thread, a []object.Value) object.Value { return a[0] }},
	},
	Types: []*object.Type{&object.TypeVarType, &object.TypeVarTupleType, &object.ParamSpecType, &object.ParamSpecArgsType,
		&object.ParamSpecKwargsType, &object.GenericType, &object.TypeAliasType, &object.UnionType},
	Exec: func(t *object.Thread, m *object.Module) bool {
		m.Set(t, "NoDefault", object.NoDefault)
		return true
	},
}
