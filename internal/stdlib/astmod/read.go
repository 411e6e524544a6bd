package astmod

import (
	"math"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/source"
)

// ToTree returns the tree that an object stands for, which must be an instance of the class called want: Module,
// Expression, Interactive or FunctionType. If it is none that the compiler accepts, an exception is set.
func ToTree(t *thread, v value, want string) (ast.Root, bool) {
	s := classes(t)
	if s == nil {
		return nil, false
	}
	ok := false
	for i := clsSumMod + 1; i < clsSumStmt; i++ {
		ok = ok || classDefs[i].name == want && v.Type().IsSubtype(s.types[i])
	}
	if !ok {
		t.TypeErrorf("expected %s node, got %s", want, v.Type().Name)
		return nil, false
	}
	c := &reader{t: t, s: s}
	root := c.readMod(v)
	if c.failed {
		return nil, false
	}
	return root, c.validate(root)
}

// reader makes trees of objects.
type reader struct {
	t      *thread
	s      *state
	failed bool // an exception is set
	// strange has the constants of types that the language has no literals of.
	strange map[code.Value]string
}

func (c *reader) fail() { c.failed = true }

func (c *reader) enter(what string) bool {
	if c.failed {
		return false
	}
	if !c.t.Enter(" while traversing '" + what + "' node") {
		c.fail()
		return false
	}
	return true
}

func (c *reader) leave() { c.t.Leave() }

// alternative returns the number of v's class, which has to be one of those of a base class; else it fails.
func (c *reader) alternative(v value, base int) int {
	for _, m := range v.Type().MRO {
		if i, ok := c.s.byType[m]; ok && classDefs[i].base == base {
			return i
		}
	}
	if r, ok := reprText(c.t, v); ok {
		c.t.TypeErrorf("expected some sort of %s, but got %s", classDefs[base].name, r)
	}
	c.fail()
	return -1
}

// get returns an attribute; no value: there is none.
func (c *reader) get(v value, name *object.Str) value {
	x, ok := c.t.FindAttr(v, name)
	if !ok {
		c.fail()
	}
	return x
}

func (c *reader) required(v value, name *object.Str, owner string) (value, bool) {
	if c.failed {
		return value{}, false
	}
	x := c.get(v, name)
	if c.failed {
		return x, false
	}
	if x.P == nil {
		c.t.TypeErrorf("required field \"%s\" missing from %s", name.S, owner)
		c.fail()
		return x, false
	}
	return x, true
}

func (c *reader) optional(v value, name *object.Str) (value, bool) {
	if c.failed {
		return value{}, false
	}
	x := c.get(v, name)
	return x, !c.failed && x.P != nil && !x.IsNone()
}

// missing fails if a field is None that has to be something.
func (c *reader) missing(is bool, name *object.Str, owner string) {
	if is && !c.failed {
		c.t.ValueErrorf("field '%s' is required for %s", name.S, owner)
		c.fail()
	}
}

// items returns the list that is a field; nil: there is none.
func (c *reader) items(v value, name *object.Str, owner string) *object.List {
	if c.failed {
		return nil
	}
	x := c.get(v, name)
	if c.failed || x.P == nil {
		return nil
	}
	if x.Type().Flags&object.FlagList == 0 {
		c.t.TypeErrorf("%s field \"%s\" must be a list, not a %s", owner, name.S, x.Type().ShortName())
		c.fail()
		return nil
	}
	return object.To[object.List](x)
}

// unchanged fails if a list has got another length.
func (c *reader) unchanged(l *object.List, n int, name *object.Str, owner string) bool {
	if len(l.V) == n {
		return true
	}
	c.t.RuntimeErrorf("%s field \"%s\" changed size during iteration", owner, name.S)
	c.fail()
	return false
}

func (c *reader) integer(v value) int {
	if c.failed {
		return 0
	}
	if v.Type().Flags&object.FlagInt == 0 {
		if r, ok := reprText(c.t, v); ok {
			c.t.ValueErrorf("invalid integer value: %s", r)
		}
		c.fail()
		return 0
	}
	n, ok := object.AsInt64(v)
	if !ok || n < math.MinInt32 || n > math.MaxInt32 {
		c.t.OverflowErrorf("Python int too large to convert to C int")
		c.fail()
	}
	return int(n)
}

func (c *reader) identifier(v value) string {
	if v.IsNone() {
		return ""
	}
	if !v.Is(&object.StrType) {
		c.t.TypeErrorf("AST identifier must be of type str")
		c.fail()
		return ""
	}
	return v.Str().S
}

func (c *reader) string(v value) string {
	switch v.Type() {
	case &object.StrType:
		return v.Str().S
	case &object.BytesType:
		return object.To[object.Bytes](v).S
	}
	c.t.TypeErrorf("AST string must be of type str")
	c.fail()
	return ""
}

func (c *reader) identifiers(v value, name *object.Str, owner string) []string {
	l := c.items(v, name, owner)
	if l == nil {
		return nil
	}
	var out []string
	for i, n := 0, len(l.V); i < n && c.unchanged(l, n, name, owner); i++ {
		out = append(out, c.identifier(l.V[i]))
		if c.failed {
			return nil
		}
	}
	return out
}

func (c *reader) readEnumsCmpop(v value, name *object.Str, owner string) []ast.CmpOp {
	l := c.items(v, name, owner)
	if l == nil {
		return nil
	}
	var out []ast.CmpOp
	for i, n := 0, len(l.V); i < n && c.unchanged(l, n, name, owner); i++ {
		out = append(out, c.readCmpop(l.V[i]))
		if c.failed {
			return nil
		}
	}
	return out
}

// constant returns a constant. Whether the language has such constants is found out when the tree is validated.
func (c *reader) constant(v value) code.Value {
	why := strangeType(v)
	if why == "" {
		if x, bad := vm.ToConstant(v, false); bad == "" {
			return x
		}
		why = v.Type().Name
	}
	x := &code.List{}
	if c.strange == nil {
		c.strange = map[code.Value]string{}
	}
	c.strange[x] = why
	return x
}

// strangeType returns the name of the type of v, or of something in it, that is no constant of the language.
func strangeType(v value) string {
	switch v.Type() {
	case &object.NoneType, &object.EllipsisType, &object.IntType, &object.FloatType, &object.ComplexType, &object.BoolType, &object.StrType, &object.BytesType:
		return ""
	case &object.TupleType:
		for _, x := range object.To[object.Tuple](v).Items() {
			if s := strangeType(x); s != "" {
				return s
			}
		}
		return ""
	case &object.FrozenSetType:
		for _, x := range object.To[object.Set](v).Items() {
			if s := strangeType(x); s != "" {
				return s
			}
		}
		return ""
	}
	return v.Type().ShortName()
}

// position reads the attributes of a node; the end may be missing in some, and is the beginning then.
func (c *reader) position(v value, owner string, lenient bool) source.Span {
	need := func(name *object.Str) int32 {
		if x, ok := c.required(v, name, owner); ok {
			return int32(c.integer(x))
		}
		return 0
	}
	may := func(name *object.Str, without int32) int32 {
		if !lenient {
			return need(name)
		}
		if x, ok := c.optional(v, name); ok {
			return int32(c.integer(x))
		}
		return without
	}
	var p source.Span
	p.Line, p.Col = need(nameLineno), need(nameColOffset)
	p.EndLine, p.EndCol = may(nameEndLineno, p.Line), may(nameEndColOffset, p.Col)
	return p
}
