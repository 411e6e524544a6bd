// Package symtablemod is module _symtable: the symbol tables of sources.
package symtablemod

import (
	"strconv"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/symtable"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of _symtable.
var Module = object.ModuleDef{
	Name:  "_symtable",
	Setup: setup,
	Methods: []object.MethodDef{
		{Name: "symtable", Sig: "(source, filename, startstr, /)", Fn: table, Doc: "Return symbol and scope dictionaries used internally by compiler."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		for _, c := range []struct {
			name string
			n    int
		}{
			{"USE", int(symtable.Use)}, {"DEF_GLOBAL", int(symtable.DefGlobal)}, {"DEF_NONLOCAL", int(symtable.DefNonlocal)}, {"DEF_LOCAL", int(symtable.DefLocal)},
			{"DEF_PARAM", int(symtable.DefParam)}, {"DEF_TYPE_PARAM", int(symtable.DefTypeParam)}, {"DEF_FREE_CLASS", int(symtable.DefFreeClass)},
			{"DEF_IMPORT", int(symtable.DefImport)}, {"DEF_BOUND", int(symtable.DefBound)}, {"DEF_ANNOT", int(symtable.DefAnnot)},
			{"DEF_COMP_ITER", int(symtable.DefCompIter)}, {"DEF_COMP_CELL", int(symtable.DefCompCell)},
			{"TYPE_FUNCTION", int(symtable.FunctionScope)}, {"TYPE_CLASS", int(symtable.ClassScope)}, {"TYPE_MODULE", int(symtable.ModuleScope)},
			{"TYPE_ANNOTATION", int(symtable.AnnotationScope)}, {"TYPE_TYPE_ALIAS", int(symtable.TypeAliasScope)},
			{"TYPE_TYPE_PARAMETERS", int(symtable.TypeParametersScope)}, {"TYPE_TYPE_VARIABLE", int(symtable.TypeVariableScope)},
			{"LOCAL", int(symtable.Local)}, {"GLOBAL_EXPLICIT", int(symtable.GlobalExplicit)}, {"GLOBAL_IMPLICIT", int(symtable.GlobalImplicit)},
			{"FREE", int(symtable.Free)}, {"CELL", int(symtable.Cell)}, {"SCOPE_OFF", 12}, {"SCOPE_MASK", 15},
		} {
			m.Set(t, c.name, object.MakeInt(int64(c.n)))
		}
		return true
	},
}

// entryType is the type of scopes as Python sees them.
var entryType object.Type

// entry is a scope.
type entry struct {
	object.Head
	id, line, kind     int64
	name               Value
	nested             bool
	symbols            *object.Dict
	varnames, children *object.List
}

func table(t *Thread, a []Value) Value {
	if !a[2].IsStr() {
		return t.TypeErrorf("symtable() argument 3 must be str, not %s", object.ArgName(a[2]))
	}
	mode := a[2].Str().S
	if mode != "exec" && mode != "eval" && mode != "single" {
		return t.ValueErrorf("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
	}
	if !a[0].IsStr() && a[0].Type().Buffer == nil {
		return t.TypeErrorf("symtable() arg 1 must be a string or bytes object")
	}
	name := native.Fspath(t, a[1])
	if name.P == nil {
		return name
	}
	return t.Interp.Hooks.Compile(t, object.CompileArgs{Source: a[0], Filename: name, Mode: mode, Func: "symtable", DontInherit: true, Symbols: func(x any) Value {
		tab, _ := x.(*symtable.Table)
		if tab == nil {
			return object.None
		}
		id := int64(0)
		return object.Of(makeEntry(t, tab.Top, &id))
	}})
}

// makeEntry makes a scope and those inside it, numbered by id.
func makeEntry(t *Thread, s *symtable.Scope, id *int64) *entry {
	*id++
	e := &entry{Head: object.Head{Type: &entryType}, id: *id, line: int64(max(s.Span.Line, 0)), kind: int64(s.Kind), name: object.MakeStr(s.Name), nested: s.Nested,
		symbols: object.NewDict()}
	for sym := s.First(); sym != nil; sym = sym.Next() {
		e.symbols.SetStr(t.Interp.Intern(sym.Name), object.MakeInt(int64(sym.Bits())))
	}
	var names, inner []Value
	for _, p := range s.Params {
		names = append(names, object.Of(t.Interp.Intern(p)))
	}
	for _, c := range s.Children {
		inner = append(inner, object.Of(makeEntry(t, c, id)))
	}
	e.varnames, e.children = object.NewList(names), object.NewList(inner)
	return e
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	field := func(name string, get func(e *entry) Value) object.GetSetDef {
		return object.GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return get(object.To[entry](v)) }}
	}
	object.Define(&entryType, object.TypeSpec{Name: "symtable entry",
		Slots: object.Slots{Repr: func(t *Thread, v Value) Value {
			e := object.To[entry](v)
			return object.MakeStr("<symtable entry " + e.name.Str().S + "(" + strconv.FormatInt(e.id, 10) + "), line " + strconv.FormatInt(e.line, 10) + ">")
		}},
		GetSets: []object.GetSetDef{
			field("id", func(e *entry) Value { return object.MakeInt(e.id) }),
			field("name", func(e *entry) Value { return e.name }),
			field("symbols", func(e *entry) Value { return object.Of(e.symbols) }),
			field("varnames", func(e *entry) Value { return object.Of(e.varnames) }),
			field("children", func(e *entry) Value { return object.Of(e.children) }),
			field("nested", func(e *entry) Value { return object.MakeInt(boolInt(e.nested)) }),
			field("type", func(e *entry) Value { return object.MakeInt(e.kind) }),
			field("lineno", func(e *entry) Value { return object.MakeInt(e.line) }),
		}})
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
