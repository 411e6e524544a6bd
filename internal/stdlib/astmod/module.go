// Package astmod is module _ast: the classes of the nodes of the abstract syntax, and how trees of package ast become
// instances of them and the other way.
package astmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

//go:generate go run ../../cmd/genast -module ../../../ast/spec/3.14.nodes nodes_gen.go

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_ast",
	Setup: setup,
	Exec: func(t *thread, m *object.Module) bool {
		s := classes(t)
		if s == nil {
			return false
		}
		m.Set(t, "AST", object.Of(s.base))
		for i, c := range s.types {
			m.Set(t, classDefs[i].name, object.Of(c))
		}
		for _, f := range []struct {
			name string
			flag int64
		}{{"PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000}, {"PyCF_ONLY_AST", 0x400}, {"PyCF_TYPE_COMMENTS", 0x1000}, {"PyCF_OPTIMIZED_AST", 0x8400}} {
			m.Set(t, f.name, object.MakeInt(f.flag))
		}
		return true
	},
}
