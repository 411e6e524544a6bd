package vm

import (
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

func init() { object.OnFirst(defineCode) }

func asCode(v Value) *object.Code { return object.To[object.Code](v) }

// fields are the attributes of a code object that are made when asked for, and stay the same objects.
type codeFields struct {
	consts, names, varnames, cellvars, freevars, code, linetable, exceptiontable Value
}

func stateOf(c *object.Code) *codeState {
	s, ok := c.Extra.(*codeState)
	if !ok {
		s = &codeState{trusted: true}
		s.image, _ = c.Extra.(*imageCode)
		c.Extra = s
	}
	return s
}

// once returns *p, made by f the first time.
func once(p *Value, f func() Value) Value {
	if p.P == nil {
		*p = f()
	}
	return *p
}

func codeConsts(c *object.Code) Value {
	return once(&stateOf(c).fields.consts, func() Value { return object.Of(object.NewTuple(c.Full().Consts...)) })
}

func strTuple(names []*object.Str) Value {
	vs := make([]Value, len(names))
	for i, n := range names {
		vs[i] = object.Of(n)
	}
	return object.Of(object.NewTuple(vs...))
}

// localNames returns the names of the variables of a kind.
func localNames(c *object.Code, kind code.Kind) Value {
	var names []*object.Str
	for i, n := range c.Full().Localsplus {
		if kindOf(c, i)&kind != 0 {
			names = append(names, n)
		}
	}
	return strTuple(names)
}

func bytesOf(b *code.Bytes) Value {
	if b == nil {
		return object.MakeBytes("")
	}
	return object.MakeBytes(b.S)
}

func codeBytes(c *object.Code) Value {
	return once(&stateOf(c).fields.code, func() Value { return object.MakeBytes(plainCode(c.Obj)) })
}

// plainCode returns the bytecode with inline caches empty.
func plainCode(o *code.Object) string {
	if o.Code == nil {
		return ""
	}
	s := o.Code.S
	var b []byte
	for ins := range o.Instructions() {
		for i := ins.Offset + 2; i < ins.End && i < len(s); i++ {
			if s[i] != 0 {
				if b == nil {
					b = []byte(s)
				}
				b[i] = 0
			}
		}
	}
	if b != nil {
		return string(b)
	}
	return s
}

func defineCode() {
	num := func(name string, f func(o *code.Object) int) object.GetSetDef {
		return object.GetSetDef{Name: name, Member: true, Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(f(asCode(v).Obj))) }}
	}
	field := func(name string, member bool, p func(f *codeFields) *Value, make func(c *object.Code) Value) object.GetSetDef {
		return object.GetSetDef{Name: name, Member: member, Get: func(t *Thread, v Value) Value {
			c := asCode(v)
			return once(p(&stateOf(c).fields), func() Value { return make(c) })
		}}
	}
	object.Define(&object.CodeType, object.TypeSpec{
		Name: "code", HasWeak: true,
		Sig: "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     cellvars=(), /)",
		Doc: "Create a code object.  Not for the faint of heart.",
		Slots: object.Slots{
			New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				return newCodeDef.Call(t, args, names)
			},
			Repr: codeRepr, Hash: codeHash, Compare: codeCompare,
		},
		Methods: []object.MethodDef{
			{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return object.MakeInt(int64(184 + len(asCode(a[0]).Obj.Code.S)))
			}},
			{Name: "co_lines", Sig: "($self, /)", Fn: codeLines},
			{Name: "co_branches", Sig: "($self, /)", Fn: codeBranches},
			{Name: "co_positions", Sig: "($self, /)", Fn: codePositions},
			{Name: "replace", Sig: "($self, /, **changes)", Raw: replaceCode, Doc: "Return a copy of the code object with new values for the specified fields."},
			{Name: "__replace__", Sig: "($self, /, **changes)", Raw: replaceCode, Doc: "The same as replace()."},
			{Name: "_varname_from_oparg", Sig: "($self, /, oparg)", Doc: "(internal-only) Return the local variable name for the given oparg.\n\nWARNING: this method is for internal use only and may change or go\naway.",
				Fn: func(t *Thread, a []Value) Value {
					i, ok := cInt(t, a[1])
					if !ok {
						return Value{}
					}
					if ns := asCode(a[0]).Full().Localsplus; i >= 0 && i < len(ns) {
						return object.Of(ns[i])
					}
					return t.IndexErrorf("tuple index out of range")
				}},
		},
		GetSets: []object.GetSetDef{
			num("co_argcount", func(o *code.Object) int { return o.ArgCount }),
			num("co_posonlyargcount", func(o *code.Object) int { return o.PosOnlyArgCount }),
			num("co_kwonlyargcount", func(o *code.Object) int { return o.KwOnlyArgCount }),
			num("co_stacksize", func(o *code.Object) int { return o.StackSize }),
			num("co_flags", func(o *code.Object) int { return int(o.Flags) }),
			num("co_nlocals", countLocals),
			num("co_firstlineno", func(o *code.Object) int { return o.FirstLine }),
			{Name: "co_consts", Member: true, Get: func(t *Thread, v Value) Value { return codeConsts(asCode(v)) }},
			field("co_names", true, func(f *codeFields) *Value { return &f.names }, func(c *object.Code) Value { return strTuple(c.Full().Names) }),
			{Name: "co_filename", Member: true, Get: func(t *Thread, v Value) Value { return asCode(v).Filename }},
			{Name: "co_name", Member: true, Get: func(t *Thread, v Value) Value { return asCode(v).Name }},
			{Name: "co_qualname", Member: true, Get: func(t *Thread, v Value) Value { return asCode(v).Qualname }},
			field("co_linetable", true, func(f *codeFields) *Value { return &f.linetable }, func(c *object.Code) Value { return bytesOf(c.Obj.LineTable) }),
			field("co_exceptiontable", true, func(f *codeFields) *Value { return &f.exceptiontable }, func(c *object.Code) Value { return bytesOf(c.Obj.ExceptionTable) }),
			{Name: "co_lnotab", Get: func(t *Thread, v Value) Value {
				if !t.Warn(&object.DeprecationWarningType, 1, "co_lnotab is deprecated, use co_lines instead.") {
					return Value{}
				}
				return object.MakeBytes(lnotab(asCode(v).Obj))
			}},
			{Name: "_co_code_adaptive", Get: func(t *Thread, v Value) Value {
				return object.MakeBytes(plainCode(asCode(v).Obj))
			}},
			field("co_varnames", false, func(f *codeFields) *Value { return &f.varnames }, func(c *object.Code) Value { return localNames(c, code.KindLocal) }),
			field("co_cellvars", false, func(f *codeFields) *Value { return &f.cellvars }, func(c *object.Code) Value { return localNames(c, code.KindCell) }),
			field("co_freevars", false, func(f *codeFields) *Value { return &f.freevars }, func(c *object.Code) Value { return localNames(c, code.KindFree) }),
			{Name: "co_code", Get: func(t *Thread, v Value) Value { return codeBytes(asCode(v)) }},
		},
	})
}

// countLocals returns co_nlocals.
func countLocals(o *code.Object) int {
	n := 0
	if o.LocalsPlusKinds == nil {
		return 0
	}
	for _, k := range []byte(o.LocalsPlusKinds.S) {
		if code.Kind(k)&code.KindLocal != 0 {
			n++
		}
	}
	return n
}

func codeRepr(t *Thread, v Value) Value {
	c := asCode(v)
	line := c.Obj.FirstLine
	if line == 0 {
		line = -1
	}
	return object.MakeStr("<code object " + text(c.Name) + " at " + hexAddr(v) + ", file \"" + text(c.Filename) + "\", line " + strconv.Itoa(line) + ">")
}

func codeHash(t *Thread, v Value) (int64, bool) {
	c := asCode(v).Full()
	h := uint64(20221211)
	mix := func(x uint64) { h = (h ^ x) * 1000003 }
	o := c.Obj
	for _, x := range []Value{c.Name, codeConsts(c), strTuple(c.Names), strTuple(c.Localsplus), bytesOf(o.LineTable), bytesOf(o.ExceptionTable), codeBytes(c)} {
		n, ok := t.Hash(x)
		if !ok {
			return 0, false
		}
		mix(uint64(n))
	}
	for _, n := range []int{o.ArgCount, o.PosOnlyArgCount, o.KwOnlyArgCount, int(o.Flags), o.FirstLine} {
		mix(uint64(n))
	}
	if int64(h) == -1 {
		h--
	}
	return int64(h), true
}

func codeCompare(t *Thread, a, b Value, op object.CompareOp) Value {
	if op != object.CmpEq && op != object.CmpNe || !b.Is(&object.CodeType) {
		return object.NotImplemented
	}
	eq, ok := equalCode(t, asCode(a), asCode(b))
	if !ok {
		return Value{}
	}
	return object.MakeBool(eq == (op == object.CmpEq))
}

func equalCode(t *Thread, a, b *object.Code) (eq, ok bool) {
	x, y := a.Full().Obj, b.Full().Obj
	if x.ArgCount != y.ArgCount || x.PosOnlyArgCount != y.PosOnlyArgCount || x.KwOnlyArgCount != y.KwOnlyArgCount || x.Flags != y.Flags ||
		x.FirstLine != y.FirstLine || plainCode(x) != plainCode(y) || len(a.Consts) != len(b.Consts) {
		return false, true
	}
	for _, p := range [][2]Value{
		{a.Name, b.Name}, {strTuple(a.Names), strTuple(b.Names)}, {strTuple(a.Localsplus), strTuple(b.Localsplus)},
		{bytesOf(x.LineTable), bytesOf(y.LineTable)}, {bytesOf(x.ExceptionTable), bytesOf(y.ExceptionTable)},
	} {
		if eq, ok := t.Equal(p[0], p[1]); !eq || !ok {
			return false, ok
		}
	}
	for i := range a.Consts {
		if eq, ok := equalConst(t, a.Consts[i], b.Consts[i]); !eq || !ok {
			return false, ok
		}
	}
	return true, true
}

// equalConst compares constants: 1, 1.0 and True differ, and so do 0.0 and -0.0; what is no constant of the language is equal to itself only.
func equalConst(t *Thread, a, b Value) (eq, ok bool) {
	if a == b {
		return true, true
	}
	if a.Type() != b.Type() {
		return false, true
	}
	each := func(x, y []Value) (bool, bool) {
		if len(x) != len(y) {
			return false, true
		}
		for i := range x {
			if eq, ok := equalConst(t, x[i], y[i]); !eq || !ok {
				return false, ok
			}
		}
		return true, true
	}
	switch a.Type() {
	case &object.FloatType:
		return a.B == b.B || a.Float() == b.Float() && a.Float() != 0, true
	case &object.ComplexType:
		x, _ := object.AsComplex(a)
		y, _ := object.AsComplex(b)
		same := func(p, q float64) (bool, bool) { return equalConst(t, object.MakeFloat(p), object.MakeFloat(q)) }
		re, _ := same(real(x), real(y))
		im, _ := same(imag(x), imag(y))
		return re && im, true
	case &object.IntType, &object.StrType, &object.BytesType, &object.CodeType:
		return t.Equal(a, b)
	case &object.TupleType:
		return each(object.To[object.Tuple](a).Items(), object.To[object.Tuple](b).Items())
	case &object.SliceType:
		x, y := object.To[object.Slice](a), object.To[object.Slice](b)
		return each([]Value{x.Start, x.Stop, x.Step}, []Value{y.Start, y.Stop, y.Step})
	case &object.FrozenSetType:
		xs, ys := object.To[object.Set](a).Items(), object.To[object.Set](b).Items()
		if len(xs) != len(ys) {
			return false, true
		}
		for _, x := range xs {
			found := false
			for _, y := range ys {
				if eq, ok := equalConst(t, x, y); !ok {
					return false, false
				} else if eq {
					found = true
					break
				}
			}
			if !found {
				return false, true
			}
		}
		return true, true
	}
	return false, true
}
