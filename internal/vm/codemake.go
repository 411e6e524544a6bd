package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// codeParts are what a code object is made of by a program.
type codeParts struct {
	argCount, posOnly, kwOnly, nlocals, stackSize, flags, firstLine int

	code, consts, names, varnames, filename, name, qualname, linetable, exceptiontable, freevars, cellvars Value
}

var newCodeDef = object.MethodDef{Name: "code",
	Sig: "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
	Fn:  newCode}

// newCode is code(...).
func newCode(t *Thread, a []Value) Value {
	var p codeParts
	for i, n := range []*int{&p.argCount, &p.posOnly, &p.kwOnly, &p.nlocals, &p.stackSize, &p.flags} {
		var ok bool
		if *n, ok = cInt(t, a[i]); !ok {
			return Value{}
		}
	}
	for i, f := range []struct {
		p    *Value
		want *object.Type
	}{{&p.code, &object.BytesType}, {&p.consts, &object.TupleType}, {&p.names, &object.TupleType}, {&p.varnames, &object.TupleType},
		{&p.filename, &object.StrType}, {&p.name, &object.StrType}, {&p.qualname, &object.StrType}, {nil, nil},
		{&p.linetable, &object.BytesType}, {&p.exceptiontable, &object.BytesType}, {&p.freevars, &object.TupleType}, {&p.cellvars, &object.TupleType}} {
		v := a[6+i]
		switch {
		case f.p == nil:
			var ok bool
			if p.firstLine, ok = cInt(t, v); !ok {
				return Value{}
			}
			continue
		case v.P == nil:
			v = object.Of(object.EmptyTuple)
		case !v.IsA(f.want):
			return t.TypeErrorf("code() argument %d must be %s, not %s", 7+i, f.want.Name, argType(v))
		}
		*f.p = v
	}
	for _, n := range []struct {
		v    int
		name string
	}{{p.argCount, "argcount"}, {p.posOnly, "posonlyargcount"}, {p.kwOnly, "kwonlyargcount"}, {p.nlocals, "nlocals"}} {
		if n.v < 0 {
			return t.ValueErrorf("code: %s must not be negative", n.name)
		}
	}
	for _, v := range []Value{p.names, p.varnames, p.freevars, p.cellvars} {
		for _, n := range object.To[object.Tuple](v).Items() {
			if !n.IsStr() {
				return t.TypeErrorf("name tuples must contain only strings, not '%s'", n.Type().Name)
			}
		}
	}
	return p.make(t)
}

var replaceDef = object.MethodDef{Name: "replace",
	Sig: "(*, co_argcount=0, co_posonlyargcount=0, co_kwonlyargcount=0, co_nlocals=0, co_stacksize=0, co_flags=0, co_firstlineno=0, co_code=0, co_consts=0, co_names=0, co_varnames=0, co_freevars=0, co_cellvars=0, co_filename=0, co_name=0, co_qualname=0, co_linetable=0, co_exceptiontable=0)",
	Fn:  func(t *Thread, a []Value) Value { return object.Of(object.NewTuple(a...)) }}

// replaceCode is replace(**changes).
func replaceCode(t *Thread, args []Value, names *object.Tuple) Value {
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n > 1 {
		return t.TypeErrorf("replace() takes no positional arguments")
	}
	r := replaceDef.Call(t, args[1:], names)
	if r.P == nil {
		return r
	}
	a := object.To[object.Tuple](r).Items()
	c := asCode(args[0]).Full()
	o := c.Obj
	p := codeParts{argCount: o.ArgCount, posOnly: o.PosOnlyArgCount, kwOnly: o.KwOnlyArgCount, nlocals: countLocals(o), stackSize: o.StackSize,
		flags: int(o.Flags), firstLine: o.FirstLine, code: codeBytes(c), consts: codeConsts(c), names: strTuple(c.Names),
		varnames: localNames(c, code.KindLocal), freevars: localNames(c, code.KindFree), cellvars: localNames(c, code.KindCell),
		filename: c.Filename, name: c.Name, qualname: c.Qualname, linetable: bytesOf(o.LineTable), exceptiontable: bytesOf(o.ExceptionTable)}
	ints := []struct {
		p    *int
		name string
	}{{&p.argCount, "co_argcount"}, {&p.posOnly, "co_posonlyargcount"}, {&p.kwOnly, "co_kwonlyargcount"}, {&p.nlocals, "co_nlocals"},
		{&p.stackSize, "co_stacksize"}, {&p.flags, "co_flags"}, {&p.firstLine, "co_firstlineno"}}
	for i, n := range ints {
		if a[i].P == nil {
			continue
		}
		var ok bool
		if *n.p, ok = cInt(t, a[i]); !ok {
			return Value{}
		}
	}
	for i, f := range []struct {
		p    *Value
		name string
		want *object.Type
	}{{&p.code, "co_code", &object.BytesType}, {&p.consts, "co_consts", &object.TupleType}, {&p.names, "co_names", &object.TupleType},
		{&p.varnames, "co_varnames", &object.TupleType}, {&p.freevars, "co_freevars", &object.TupleType}, {&p.cellvars, "co_cellvars", &object.TupleType},
		{&p.filename, "co_filename", &object.StrType}, {&p.name, "co_name", &object.StrType}, {&p.qualname, "co_qualname", &object.StrType},
		{&p.linetable, "co_linetable", &object.BytesType}, {&p.exceptiontable, "co_exceptiontable", &object.BytesType}} {
		v := a[len(ints)+i]
		if v.P == nil {
			continue
		}
		if !v.IsA(f.want) {
			return t.TypeErrorf("replace() argument '%s' must be %s, not %s", f.name, f.want.Name, argType(v))
		}
		*f.p = v
	}
	for _, n := range ints {
		if *n.p < 0 {
			return t.ValueErrorf("%s must be a positive integer", n.name)
		}
	}
	made := p.make(t)
	if made.P != nil && p.nlocals != object.To[object.Tuple](p.varnames).Len() {
		return t.ValueErrorf("code: co_nlocals != len(co_varnames)")
	}
	return made
}

// varKind is what a variable is called by, and its kind.
type varKind struct {
	name string
	kind code.Kind
}

// make makes the code object. It will be verified before it runs.
func (p *codeParts) make(t *Thread) Value {
	if p.argCount < p.posOnly || p.stackSize < 0 || p.flags < 0 {
		return t.SystemErrorf("Objects/codeobject.c:465: bad argument to internal function")
	}
	text := object.To[object.Bytes](p.code).S
	if len(text)%2 != 0 {
		return t.ValueErrorf("code: co_code is malformed")
	}
	var vars []varKind
	for _, v := range object.To[object.Tuple](p.varnames).Items() {
		if !v.IsStr() {
			vars = append(vars, varKind{"", 0})
			continue
		}
		vars = append(vars, varKind{v.Str().S, code.KindLocal})
	}
	locals := len(vars)
	n := locals - p.argCount - p.kwOnly
	for _, f := range []code.Flags{code.VarArgs, code.VarKeywords} {
		if code.Flags(p.flags)&f != 0 {
			n--
		}
	}
	if n < 0 {
		return t.ValueErrorf("code: co_varnames is too small")
	}
	for _, tuple := range []Value{p.names, p.varnames, p.cellvars, p.freevars} {
		for _, v := range object.To[object.Tuple](tuple).Items() {
			if !v.IsStr() {
				return t.SystemErrorf("non-string found in code slot")
			}
		}
	}
	byName := map[string]int{}
	for i := locals - 1; i >= 0; i-- {
		byName[vars[i].name] = i
	}
	for _, v := range object.To[object.Tuple](p.cellvars).Items() {
		if i, ok := byName[v.Str().S]; ok {
			vars[i].kind |= code.KindCell
		} else {
			vars = append(vars, varKind{v.Str().S, code.KindCell})
		}
	}
	for _, v := range object.To[object.Tuple](p.freevars).Items() {
		vars = append(vars, varKind{v.Str().S, code.KindFree})
	}
	o := &code.Object{
		Version: pyver.Py314, Flags: code.Flags(p.flags), ArgCount: p.argCount, PosOnlyArgCount: p.posOnly, KwOnlyArgCount: p.kwOnly,
		NLocals: locals, StackSize: max(p.stackSize, 1), FirstLine: p.firstLine, Code: &code.Bytes{S: text},
		LineTable: &code.Bytes{S: object.To[object.Bytes](p.linetable).S}, ExceptionTable: &code.Bytes{S: object.To[object.Bytes](p.exceptiontable).S},
		Filename: codeStr(p.filename), Name: codeStr(p.name), QualName: codeStr(p.qualname), Names: codeNames(p.names),
	}
	if o.Flags&code.Optimized == 0 {
		for ins := range o.Instructions() {
			if o.Opcodes().Info(ins.Op).Op != opcode.LOAD_FAST_AND_CLEAR {
				continue
			}
			if ins.Arg < 0 || ins.Arg >= len(vars) {
				return t.ValueErrorf("code: LOAD_FAST_AND_CLEAR oparg %d out of range", ins.Arg)
			}
			vars[ins.Arg].kind |= code.KindHidden
		}
	}
	names, kinds := make([]code.Value, len(vars)), make([]byte, len(vars))
	for i, v := range vars {
		names[i], kinds[i] = &code.Str{S: v.name, Interned: true}, byte(v.kind)
	}
	o.LocalsPlusNames, o.LocalsPlusKinds = &code.Tuple{Items: names}, &code.Bytes{S: string(kinds)}
	consts := object.To[object.Tuple](p.consts).Items()
	state := &codeState{}
	items := make([]code.Value, len(consts))
	for i, v := range consts {
		x, why := ToConstant(v, true)
		if why != "" {
			// No constant of the language: package lift need not know more than that it is an object.
			x, state.foreign = code.Ellipsis, true
		}
		items[i] = x
	}
	o.Consts = &code.Tuple{Items: items}
	c := newCodeObject(t.Interp, o, state)
	c.Consts, c.Names, c.Localsplus = consts, internNames(t.Interp, o.Names), internNames(t.Interp, o.LocalsPlusNames)
	return object.Of(c)
}

// codeStr returns a string as code objects keep it; instances of subclasses become plain ones.
func codeStr(v Value) *code.Str { return &code.Str{S: v.Str().S, Interned: true} }

func codeNames(v Value) *code.Tuple {
	vs := object.To[object.Tuple](v).Items()
	items := make([]code.Value, len(vs))
	for i, x := range vs {
		items[i] = codeStr(x)
	}
	return &code.Tuple{Items: items}
}
