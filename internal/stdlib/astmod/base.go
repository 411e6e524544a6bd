package astmod

import (
	"sort"
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// baseMethods are those of class AST.
var baseMethods []object.MethodDef

func setup(*object.ModuleDef) {
	baseMethods = []object.MethodDef{
		{Name: "__init__", Sig: "($self, /, *args, **kwargs)", Raw: nodeInit, Doc: "Initialize self.  See help(type(self)) for accurate signature."},
		{Name: "__repr__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
			text, ok := (&printer{t: t, s: classes(t)}).node(a[0], 3)
			if !ok {
				return value{}
			}
			return object.MakeStr(text)
		}, Doc: "Return repr(self)."},
		{Name: "__reduce__", Sig: "($self, /)", Fn: nodeReduce},
		{Name: "__replace__", Sig: "($self, /, **fields)", Raw: nodeReplace, Doc: "Return a copy of the AST node with new values for the specified fields."},
	}
}

// sequence returns the items of an attribute of v's class.
func sequence(t *thread, v value, name *object.Str) ([]value, bool) {
	x := t.GetAttr(object.Of(v.Type()), name)
	if x.P == nil {
		return nil, false
	}
	return items(t, x)
}

func items(t *thread, x value) ([]value, bool) {
	if x.Type().Flags&object.FlagTuple != 0 {
		return object.To[object.Tuple](x).Items(), true
	}
	n, ok := t.Len(x)
	if !ok {
		return nil, false
	}
	var out []value // what says how many there are may not be right
	for i := range n {
		v := t.GetItem(x, object.MakeInt(int64(i)))
		if v.P == nil || !t.Attend() {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// contains reports whether a name is among items.
func contains(t *thread, vs []value, k value) (int, bool) {
	for i, v := range vs {
		eq, ok := t.Equal(v, k)
		if !ok {
			return 0, false
		}
		if eq {
			return i, true
		}
	}
	return -1, true
}

func deprecated(t *thread, format string, args ...any) bool {
	return t.Warn(&object.DeprecationWarningType, 1, format, args...)
}

func reprText(t *thread, v value) (string, bool) {
	s := t.Repr(v)
	if s == nil {
		return "", false
	}
	return s.S, true
}

// nodeInit sets fields from positional arguments, fields and attributes from keywords, and the rest to what it is without.
func nodeInit(t *thread, args []value, names *object.Tuple) value {
	self := args[0]
	cls := self.Type()
	pos := args[1:]
	if names != nil {
		pos = pos[:len(pos)-names.Len()]
	}
	fields, ok := sequence(t, self, nameFields)
	if !ok {
		return value{}
	}
	if len(fields) < len(pos) {
		s := "s"
		if len(fields) == 1 {
			s = ""
		}
		return t.TypeErrorf("%s constructor takes at most %d positional argument%s", cls.ShortName(), len(fields), s)
	}
	given := make([]bool, len(fields))
	set := func(name, v value) bool {
		if !name.IsStr() {
			t.TypeErrorf("attribute name must be string, not '%s'", name.Type().Name)
			return false
		}
		return t.SetAttr(self, t.Interp.InternStr(name.Str()), v)
	}
	for i, v := range pos {
		if !set(fields[i], v) {
			return value{}
		}
		given[i] = true
	}
	if names != nil {
		var attributes []value
		for i, k := range names.Items() {
			f, ok := contains(t, fields, k)
			if !ok {
				return value{}
			}
			switch {
			case f >= 0 && given[f]:
				r, ok := reprText(t, k)
				if !ok {
					return value{}
				}
				return t.TypeErrorf("%s got multiple values for argument %s", cls.Name, r)
			case f >= 0:
				given[f] = true
			default:
				if attributes == nil {
					if attributes, ok = sequence(t, self, nameAttributes); !ok {
						return value{}
					}
				}
				a, ok := contains(t, attributes, k)
				if !ok {
					return value{}
				}
				if a < 0 {
					r, ok := reprText(t, k)
					if !ok || !deprecated(t, "%s.__init__ got an unexpected keyword argument %s. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.", fullName(t, cls), r) {
						return value{}
					}
				}
			}
			if !set(k, args[len(pos)+1+i]) {
				return value{}
			}
		}
	}
	return fillFields(t, self, fields, given)
}

// fullName is the name that messages about a class use: of AST itself with the module.
func fullName(t *thread, cls *object.Type) string {
	if cls == classes(t).base {
		return "ast.AST"
	}
	return cls.Name
}

// fillFields gives fields that were not given what they are without: lists are empty, contexts Load.
func fillFields(t *thread, self value, fields []value, given []bool) value {
	cls := self.Type()
	var types *object.Dict
	for i, name := range fields {
		if given[i] {
			continue
		}
		if types == nil {
			ft, ok := t.FindAttr(object.Of(cls), nameFieldTypes)
			if !ok {
				return value{}
			}
			if ft.P == nil || ft.Type().Flags&object.FlagDict == 0 {
				return object.None
			}
			types = object.To[object.Dict](ft)
		}
		ft, ok := types.Get(t, name)
		if !ok {
			return value{}
		}
		r, ok := reprText(t, name)
		if !ok {
			return value{}
		}
		switch {
		case ft.P == nil:
			if !deprecated(t, "Field %s is missing from %s._field_types. This will become an error in Python 3.15.", r, cls.Name) {
				return value{}
			}
			continue
		case ft.Is(&object.UnionType):
			continue // the class has None
		case ft.Is(&object.GenericAliasType):
			if !t.SetAttr(self, t.Interp.InternStr(name.Str()), object.Of(object.NewList(nil))) {
				return value{}
			}
		case ft == object.Of(classes(t).types[clsSumExprContext]):
			if !t.SetAttr(self, t.Interp.InternStr(name.Str()), classes(t).single[clsLoad]) {
				return value{}
			}
		default:
			if !deprecated(t, "%s.__init__ missing 1 required positional argument: %s. This will become an error in Python 3.15.", cls.Name, r) {
				return value{}
			}
		}
	}
	return object.None
}

// nodeReduce makes copies by constructing a node with as many None as it has fields, then setting its dict.
func nodeReduce(t *thread, a []value) value {
	d, ok := t.FindAttr(a[0], nameDict)
	if !ok {
		return value{}
	}
	cls := object.Of(a[0].Type())
	if d.P == nil || d.Type().Flags&object.FlagDict == 0 {
		return object.Of(object.NewTuple(cls, object.Of(object.EmptyTuple)))
	}
	fields, ok := sequence(t, a[0], nameFields)
	if !ok {
		return value{}
	}
	var args []value
	for _, f := range fields {
		v, ok := object.To[object.Dict](d).Get(t, f)
		if !ok {
			return value{}
		}
		if v.P == nil {
			break
		}
		args = append(args, object.None)
	}
	return object.Of(object.NewTuple(cls, object.Of(object.NewTuple(args...)), d))
}

// nodeReplace is copy.replace() of a node.
func nodeReplace(t *thread, args []value, names *object.Tuple) value {
	self := args[0]
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n > 1 {
		return t.TypeErrorf("__replace__() takes no positional arguments")
	}
	cls := self.Type()
	fields, ok := sequence(t, self, nameFields)
	if !ok {
		return value{}
	}
	attributes, ok := sequence(t, self, nameAttributes)
	if !ok {
		return value{}
	}
	given := object.NewDict()
	if names != nil {
		for i, k := range names.Items() {
			f, ok := contains(t, fields, k)
			if ok && f < 0 {
				f, ok = contains(t, attributes, k)
			}
			if !ok {
				return value{}
			}
			if f < 0 {
				r, ok := reprText(t, k)
				if !ok {
					return value{}
				}
				return t.TypeErrorf("%s.__replace__ got an unexpected keyword argument %s.", cls.Name, r)
			}
			if !given.Set(t, k, args[n+i]) {
				return value{}
			}
		}
	}
	own := object.InstanceDict(self)
	var types *object.Dict
	if ft, ok := t.FindAttr(object.Of(cls), nameFieldTypes); !ok {
		return value{}
	} else if ft.P != nil && ft.Type().Flags&object.FlagDict != 0 {
		types = object.To[object.Dict](ft)
	}
	payload := object.NewDict()
	var missing []string
	for _, f := range fields {
		v, ok := own.Get(t, f)
		if !ok {
			return value{}
		}
		if v.P != nil {
			if !payload.Set(t, f, v) {
				return value{}
			}
			continue
		}
		if g, ok := given.Get(t, f); !ok {
			return value{}
		} else if g.P != nil {
			continue
		}
		if types != nil {
			ft, ok := types.Get(t, f)
			if !ok {
				return value{}
			}
			if ft.P != nil && ft.Is(&object.UnionType) {
				continue
			}
		}
		r, ok := reprText(t, f)
		if !ok {
			return value{}
		}
		missing = append(missing, r)
	}
	if len(missing) > 0 {
		sort.Strings(missing)
		s := "s"
		if len(missing) == 1 {
			s = ""
		}
		return t.TypeErrorf("%s.__replace__ missing %d keyword argument%s: %s.", cls.Name, len(missing), s, strings.Join(missing, ", "))
	}
	for _, a := range attributes {
		v, ok := own.Get(t, a)
		if !ok || v.P != nil && !payload.Set(t, a, v) {
			return value{}
		}
	}
	if !payload.Merge(t, given) {
		return value{}
	}
	var keys, vals []value
	for k, v := range payload.All {
		keys, vals = append(keys, k), append(vals, v)
	}
	return t.Call(object.Of(cls), vals, object.NewTuple(keys...))
}

// printer makes the repr of nodes, which leaves out what is deep or in the middle of lists.
type printer struct {
	t *thread
	s *state
}

func (p *printer) node(v value, depth int) (string, bool) {
	t := p.t
	name := v.Type().Name
	if depth <= 0 || t.EnterRepr(v) {
		return name + "(...)", true
	}
	defer t.LeaveRepr()
	fields, ok := sequence(t, v, nameFields)
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.WriteString(name)
	b.WriteByte('(')
	for i, f := range fields {
		if !f.IsStr() {
			t.TypeErrorf("attribute name must be string, not '%s'", f.Type().Name)
			return "", false
		}
		x := t.GetAttr(v, t.Interp.InternStr(f.Str()))
		if x.P == nil {
			return "", false
		}
		text, ok := p.field(x, depth)
		if !ok {
			return "", false
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.Str().S)
		b.WriteByte('=')
		b.WriteString(text)
	}
	b.WriteByte(')')
	return b.String(), true
}

func (p *printer) field(v value, depth int) (string, bool) {
	if v.Type().Flags&(object.FlagList|object.FlagTuple) != 0 {
		return p.list(v, depth)
	}
	return p.item(v, depth)
}

func (p *printer) item(v value, depth int) (string, bool) {
	if v.Type().IsSubtype(p.s.base) {
		return p.node(v, depth-1)
	}
	return reprText(p.t, v)
}

func (p *printer) list(v value, depth int) (string, bool) {
	open, end := "(", ")"
	vs, ok := items(p.t, v)
	if !ok {
		return "", false
	}
	if v.Type().Flags&object.FlagList != 0 {
		open, end = "[", "]"
	}
	if len(vs) == 0 {
		return reprText(p.t, v)
	}
	first, ok := p.item(vs[0], depth)
	if !ok {
		return "", false
	}
	text := open + first
	if len(vs) > 2 {
		text += ", ..."
	}
	if len(vs) > 1 {
		last, ok := p.item(vs[len(vs)-1], depth)
		if !ok {
			return "", false
		}
		text += ", " + last
	}
	return text + end, true
}
