package marshal

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// code reads a code object. Its layout has four eras:
//
//	2.7         argcount                  nlocals stacksize flags ...
//	3.0 - 3.7   argcount         kwonly   nlocals stacksize flags ...
//	3.8 - 3.10  argcount posonly kwonly   nlocals stacksize flags ...
//	            ... code consts names varnames freevars cellvars
//	                filename name firstlineno linetable
//	3.11 -      argcount posonly kwonly stacksize flags
//	            code consts names localsplusnames localspluskinds
//	            filename name qualname firstlineno linetable exceptiontable
//
// What a field may be is what CPython's code constructor of that version asks
// for (PyCode_New, from 3.11 on _PyCode_Validate, in Objects/codeobject.c).
func (p *reader) code(off int, c byte) code.Value {
	ref := p.reserve(c)
	v := p.version
	o := &code.Object{Version: v, Form: code.Form(c)}
	o.ArgCount = p.count("argcount")
	if v >= pyver.Py38 {
		o.PosOnlyArgCount = p.count("posonlyargcount")
	}
	if v >= pyver.Py30 {
		o.KwOnlyArgCount = p.count("kwonlyargcount")
	}
	if v < pyver.Py311 {
		o.NLocals = p.count("nlocals")
	}
	if v >= pyver.Py38 {
		o.StackSize = p.count("stacksize")
	} else {
		o.StackSize = int(p.word(p.pos, "stacksize"))
	}
	o.Flags = code.Flags(p.word(p.pos, "flags"))
	o.Code = p.bytesField("code")
	o.Consts = p.tupleField("consts")
	o.Names = p.names("names")
	if v < pyver.Py311 {
		o.VarNames = p.names("varnames")
		o.FreeVars = p.names("freevars")
		o.CellVars = p.names("cellvars")
	} else {
		o.LocalsPlusNames = p.names("localsplusnames")
		o.LocalsPlusKinds = p.bytesField("localspluskinds")
	}
	o.Filename = p.textField("filename")
	o.Name = p.textField("name")
	if v >= pyver.Py311 {
		o.QualName = p.textField("qualname")
	}
	o.FirstLine = int(p.word(p.pos, "firstlineno"))
	o.LineTable = p.bytesField("linetable")
	if v >= pyver.Py311 {
		o.ExceptionTable = p.bytesField("exceptiontable")
	}
	if p.err != nil {
		return nil
	}
	if !p.validate(off, o) {
		return nil
	}
	if ref >= 0 {
		p.refs[ref] = o
	}
	return o
}

// validate checks what CPython checks of a whole code object, and sets NLocals
// from 3.11 on.
func (p *reader) validate(off int, o *code.Object) bool {
	if p.version >= pyver.Py311 && !p.validate311(off, o) {
		return false
	}
	switch {
	case p.version < pyver.Py36:
		return true
	case p.version < pyver.Py38:
	case o.ArgCount < o.PosOnlyArgCount:
		p.fail(off, ErrValue, fmt.Sprintf("code object with argcount %d", o.ArgCount),
			fmt.Sprintf("want at least posonlyargcount, %d", o.PosOnlyArgCount))
		return false
	case o.Flags&(1<<31) != 0:
		p.fail(off, ErrValue, fmt.Sprintf("code object with flags %#x", uint32(o.Flags)), "want less than 0x80000000")
		return false
	}
	args, locals := o.ArgCount+o.KwOnlyArgCount, o.NLocals
	if o.Flags&code.VarArgs != 0 {
		args++
	}
	if o.Flags&code.VarKeywords != 0 {
		args++
	}
	if p.version < pyver.Py311 {
		locals = len(o.VarNames.Items)
	}
	if args > locals {
		p.fail(off, ErrValue, "code object with "+count(args, "argument", "arguments"),
			"but "+count(locals, "local variable", "local variables"))
		return false
	}
	return true
}

func (p *reader) validate311(off int, o *code.Object) bool {
	bad := func(found, wanted string) bool {
		p.fail(off, ErrValue, "code object with "+found, wanted)
		return false
	}
	switch {
	case len(o.LocalsPlusNames.Items) != len(o.LocalsPlusKinds.S):
		return bad(fmt.Sprintf("%d local names", len(o.LocalsPlusNames.Items)), fmt.Sprintf("but %d kinds", len(o.LocalsPlusKinds.S)))
	case len(o.Code.S)%2 != 0:
		return bad(fmt.Sprintf("%d bytes of instructions", len(o.Code.S)), "want an even number")
	}
	for i := range len(o.LocalsPlusKinds.S) {
		if code.Kind(o.LocalsPlusKinds.S[i])&code.KindLocal != 0 {
			o.NLocals++
		}
	}
	return true
}

// count reads a number that CPython wants to be positive.
func (p *reader) count(field string) int {
	off := p.pos
	n := int(p.word(off, field))
	if n < 0 {
		p.fail(off, ErrValue, fmt.Sprintf("code object's %s %d", field, n), "want at least 0")
	}
	return n
}

// wrong records that the value v of a code object's field, which begins at
// off, is not what is wanted.
func (p *reader) wrong(off int, field string, v code.Value, wanted string) {
	p.fail(off, ErrType, p.kindOf(v)+" as a code object's "+field, "want "+wanted)
}

func (p *reader) bytesField(field string) *code.Bytes {
	if p.err != nil {
		return nil
	}
	off := p.pos
	v := p.object()
	b, ok := v.(*code.Bytes)
	if !ok {
		p.wrong(off, field, v, p.kindOf((*code.Bytes)(nil)))
	}
	return b
}

func (p *reader) tupleField(field string) *code.Tuple {
	if p.err != nil {
		return nil
	}
	off := p.pos
	v := p.object()
	t, ok := v.(*code.Tuple)
	if !ok {
		p.wrong(off, field, v, "a tuple")
	}
	return t
}

// isText reports whether v is what the version uses for names.
func (d dialect) isText(v code.Value) bool {
	var ok bool
	if d.py2 {
		_, ok = v.(*code.Bytes)
	} else {
		_, ok = v.(*code.Str)
	}
	return ok
}

func (p *reader) textField(field string) code.Value {
	if p.err != nil {
		return nil
	}
	off := p.pos
	v := p.object()
	if !p.isText(v) {
		p.wrong(off, field, v, "a str")
	}
	return v
}

// names reads a tuple of names. A hostile one may be a tuple that is still
// being read, with NULL in it.
func (p *reader) names(field string) *code.Tuple {
	off := p.pos
	t := p.tupleField(field)
	if p.err != nil {
		return nil
	}
	for _, v := range t.Items {
		if !p.isText(v) {
			p.wrong(off, field, v, "a tuple of str only")
			return nil
		}
	}
	return t
}
