package astmod

import (
	"github.com/krait-py/krait/internal/object"
)

// classDef describes a class.
type classDef struct {
	name, doc string
	base      int  // number of the base class; -1: AST
	pos       bool // instances have a position, for which lenient is that its end may be missing
	lenient   bool
	// alternative says that the class is one of those of its base.
	alternative bool
	fields      []fieldDef
}

// fieldDef describes a field: its type, by name and as the number of a class (-1: no node), and "?" for optional, "*" for a
// sequence, "?*" for a sequence with gaps.
type fieldDef struct {
	name, typ string
	class     int
	mode      string
}

// state has the classes of an interpreter.
type state struct {
	base   *object.Type
	types  [numClasses]*object.Type
	single [numClasses]value // the instances that nodes without fields share
	byType map[*object.Type]int
}

const stateName = "_ast"

var (
	nameFields     = object.StaticName("_fields")
	nameAttributes = object.StaticName("_attributes")
	nameFieldTypes = object.StaticName("_field_types")
	nameMatchArgs  = object.StaticName("__match_args__")
	nameStatic     = object.StaticName("__static_attributes__")
	nameDict       = object.StaticName("__dict__")

	nameColOffset    = object.StaticName("col_offset")
	nameEndLineno    = object.StaticName("end_lineno")
	nameEndColOffset = object.StaticName("end_col_offset")

	positionNames = []*object.Str{nameLineno, nameColOffset, nameEndLineno, nameEndColOffset}
)

// made returns the classes if they have been made.
func made(t *thread) *state {
	s, _ := t.Interp.State[stateName].(*state)
	return s
}

// classes returns the classes, making them the first time; nil if that fails.
func classes(t *thread) *state {
	if s := made(t); s != nil {
		return s
	}
	s := &state{byType: map[*object.Type]int{}}
	if !s.make(t) {
		return nil
	}
	t.Interp.State[stateName] = s
	return s
}

func strs(names []*object.Str) value {
	vs := make([]value, len(names))
	for i, n := range names {
		vs[i] = object.Of(n)
	}
	return object.Of(object.NewTuple(vs...))
}

// class makes a class of instances with the given attributes.
func class(t *thread, name string, base value, ns *object.Dict, attrs []*object.Str) *object.Type {
	ns.SetName(t, "__module__", object.Of(t.Interp.Intern("ast")))
	// How much room instances get is decided by this; it is no attribute of these classes.
	ns.SetStr(nameStatic, strs(attrs))
	v := t.CallArgs(object.Of(&object.TypeType), object.Of(t.Interp.Intern(name)), object.Of(object.NewTuple(base)), object.Of(ns))
	if v.P == nil {
		return nil
	}
	c := object.To[object.Type](v)
	c.Dict().DelStr(nameStatic)
	return c
}

func (s *state) make(t *thread) bool {
	ns := object.NewDict()
	ns.SetName(t, "__doc__", object.None)
	for _, n := range []*object.Str{nameFields, nameMatchArgs, nameAttributes} {
		ns.SetStr(n, object.Of(object.EmptyTuple))
	}
	var descrs []*object.MethodDescr
	for i := range baseMethods {
		d := &object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: &baseMethods[i]}
		descrs = append(descrs, d)
		ns.SetName(t, baseMethods[i].Name, object.Of(d))
	}
	s.base = class(t, "AST", object.Of(&object.ObjectType), ns, nil)
	if s.base == nil {
		return false
	}
	for _, d := range descrs {
		d.Owner = s.base
	}
	for i := range classDefs {
		if !s.makeClass(t, i) {
			return false
		}
	}
	for i := range classDefs {
		if !s.fieldTypes(t, i) {
			return false
		}
	}
	return true
}

func (s *state) makeClass(t *thread, i int) bool {
	d := &classDefs[i]
	base := s.base
	pos := d.pos
	if d.base >= 0 {
		base = s.types[d.base]
		pos = classDefs[d.base].pos
	}
	ns := object.NewDict()
	names := make([]*object.Str, len(d.fields))
	for i, f := range d.fields {
		names[i] = t.Interp.Intern(f.name)
	}
	fields := strs(names)
	ns.SetStr(nameFields, fields)
	ns.SetStr(nameMatchArgs, fields)
	ns.SetName(t, "__doc__", object.MakeStr(d.doc))
	attrs := names
	if pos && (d.alternative || len(d.fields) > 0) {
		attrs = append(attrs[:len(attrs):len(attrs)], positionNames...)
	}
	if !d.alternative {
		ns.SetStr(nameAttributes, object.Of(object.EmptyTuple))
		if d.pos {
			ns.SetStr(nameAttributes, strs(positionNames))
		}
		if d.lenient {
			ns.SetStr(nameEndLineno, object.None)
			ns.SetStr(nameEndColOffset, object.None)
		}
	}
	for i, f := range d.fields {
		if f.mode == "?" {
			ns.SetStr(names[i], object.None)
		}
	}
	c := class(t, d.name, object.Of(base), ns, attrs)
	if c == nil {
		return false
	}
	s.types[i] = c
	s.byType[c] = i
	if d.alternative && len(d.fields) == 0 && !pos {
		s.single[i] = object.NewInstance(c)
	}
	return true
}

// fieldTypes sets _field_types of a class.
func (s *state) fieldTypes(t *thread, i int) bool {
	d := &classDefs[i]
	if len(d.fields) == 0 && !d.alternative {
		return true
	}
	types := object.NewDict()
	for _, f := range d.fields {
		var v value
		switch {
		case f.class >= 0:
			v = object.Of(s.types[f.class])
		case f.typ == "int":
			v = object.Of(&object.IntType)
		case f.typ == "constant":
			v = object.Of(&object.ObjectType)
		default:
			v = object.Of(&object.StrType)
		}
		switch f.mode {
		case "?":
			v = t.UnionOf(v, object.None)
		case "*", "?*":
			v = object.NewGenericAlias(t, object.Of(&object.ListType), v)
		}
		if v.P == nil {
			return false
		}
		types.SetName(t, f.name, v)
	}
	c := object.Of(s.types[i])
	return t.SetAttr(c, nameFieldTypes, object.Of(types)) && t.SetAttr(c, t.Interp.Intern("__annotations__"), object.Of(types))
}

// IsNode reports whether v is an instance of ast.AST.
func IsNode(t *thread, v value) bool {
	s := made(t)
	return s != nil && v.Type().IsSubtype(s.base)
}
