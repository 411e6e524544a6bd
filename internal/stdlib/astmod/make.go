package astmod

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/source"
)

// FromTree returns the object for a tree; no value if the classes cannot be made.
func FromTree(t *thread, root ast.Root) value {
	s := classes(t)
	if s == nil {
		return value{}
	}
	return (&maker{t, s}).makeMod(root)
}

// maker makes objects of trees.
type maker struct {
	t *thread
	s *state
}

func (c *maker) node(class int) value { return object.NewInstance(c.s.types[class]) }

func (c *maker) position(v value, p source.Span) {
	object.SetInstanceAttr(v, nameLineno, object.MakeInt(int64(p.Line)))
	object.SetInstanceAttr(v, nameColOffset, object.MakeInt(int64(p.Col)))
	object.SetInstanceAttr(v, nameEndLineno, object.MakeInt(int64(p.EndLine)))
	object.SetInstanceAttr(v, nameEndColOffset, object.MakeInt(int64(p.EndCol)))
}

func (c *maker) text(s string) value { return object.Of(c.t.Interp.Intern(s)) }

func (c *maker) optional(s string) value {
	if s == "" {
		return object.None
	}
	return c.text(s)
}

func (c *maker) texts(ss []string) value {
	vs := make([]value, len(ss))
	for i, s := range ss {
		vs[i] = c.text(s)
	}
	return object.Of(object.NewList(vs))
}

func (c *maker) constant(v code.Value) value { return vm.Constant(c.t, v, true) }

func (c *maker) enumsCmpop(ops []ast.CmpOp) value {
	vs := make([]value, len(ops))
	for i, o := range ops {
		vs[i] = c.makeCmpop(o)
	}
	return object.Of(object.NewList(vs))
}
