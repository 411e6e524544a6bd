package asm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// context is what a code object inherits from those around it.
type context struct {
	top        bool
	function   bool // the one around it is a function
	inFunction bool // one of those around it is a function
	class      bool // the one around it is neither a function nor the module
	qualName   string
	futures    code.Flags
	filename   code.Value
}

// topContext is that of the code object of a file.
func topContext() context { return context{top: true} }

// inner returns the context of the code objects in one with the properties
// given.
func (c context) inner(function bool, qualName string, flags code.Flags, filename code.Value, v pyver.Version) context {
	return context{
		function:   function,
		inFunction: c.inFunction || function,
		class:      !function && !c.top,
		qualName:   qualName,
		futures:    flags & futureFlags(v),
		filename:   filename,
	}
}

// futureFlags are the flags that inner code objects inherit.
func futureFlags(v pyver.Version) code.Flags {
	return (code.FutureDivision | code.FutureAbsoluteImport | code.FutureWithStatement |
		code.FuturePrintFunction | code.FutureUnicodeLiterals | code.FutureBarryAsFLUFL |
		code.FutureGeneratorStop | code.FutureAnnotations).In(v)
}

// maxQualName is the length in bytes from which on the name of the block around
// is left out: otherwise names that are nested deep add up to gigabytes.
const maxQualName = 1 << 14

// inferQualName returns the qualified name of a code object that says none.
func (c context) inferQualName(name string) string {
	switch {
	case c.top || c.qualName == "" || c.qualName == "<module>" || len(c.qualName) > maxQualName:
		return name
	case c.function:
		return c.qualName + ".<locals>." + name
	}
	return c.qualName + "." + name
}

// shape is what the flags of a code object are inferred from.
type shape struct {
	function       bool // parentheses behind the name
	varArgs, varKw bool
	doc            bool // a doc line
	closure        bool // cell or free variables
	context        context
	generatorFlag  code.Flags
}

// inferFlags returns the flags of a code object that says none.
func inferFlags(v pyver.Version, s *shape) code.Flags {
	f := s.context.futures | s.generatorFlag
	if s.function {
		f |= code.Optimized | code.NewLocals
		if s.context.inFunction {
			f |= code.Nested
		}
		if s.context.class && v >= pyver.Py314 {
			f |= code.Method
		}
	} else if v < pyver.Py34 && !s.context.top {
		f |= code.NewLocals
	}
	if s.varArgs {
		f |= code.VarArgs
	}
	if s.varKw {
		f |= code.VarKeywords
	}
	if s.doc && v >= pyver.Py313 {
		f |= code.HasDocstring
	}
	if !s.closure && v < pyver.Py311 {
		f |= code.NoFree
	}
	return f
}

// generatorFlag returns the flag of the kind of generator that the
// instructions belong to, as far as they show it: a coroutine that awaits
// nothing looks like a generator.
func generatorFlag(v pyver.Version, instrs []rewrite.Instr) code.Flags {
	var yields, awaits, wraps bool
	for i := range instrs {
		switch instrs[i].Op {
		case opcode.RETURN_GENERATOR:
			yields = true
		case opcode.GEN_START:
			return [...]code.Flags{code.Generator, code.Coroutine, code.AsyncGenerator, 0}[instrs[i].Arg&3]
		case opcode.YIELD_VALUE, opcode.YIELD_FROM:
			yields = yields || v < pyver.Py310
		case opcode.GET_AWAITABLE, opcode.GET_AITER:
			awaits = true
		case opcode.ASYNC_GEN_WRAP:
			wraps = true
		case opcode.CALL_INTRINSIC_1:
			wraps = wraps || instrs[i].Arg == 4 // INTRINSIC_ASYNC_GEN_WRAP
		}
	}
	switch {
	case wraps:
		return code.AsyncGenerator
	case !yields:
		return 0
	case awaits:
		return code.Coroutine
	}
	return code.Generator
}

// argNames is how many of the local variables are parameters.
func argNames(o *code.Object) int {
	n := o.ArgCount + o.KwOnlyArgCount
	if o.Flags&code.VarArgs != 0 {
		n++
	}
	if o.Flags&code.VarKeywords != 0 {
		n++
	}
	return n
}

// argKind returns the bits that say how local variable i takes an argument
// (3.14 and later).
func argKind(o *code.Object, i int) code.Kind {
	switch n := o.ArgCount + o.KwOnlyArgCount; {
	case o.Version < pyver.Py314 || i >= argNames(o):
		return 0
	case i < o.PosOnlyArgCount:
		return code.KindArgPos
	case i < o.ArgCount:
		return code.KindArgPos | code.KindArgKw
	case i < n:
		return code.KindArgKw
	case i == n && o.Flags&code.VarArgs != 0:
		return code.KindArgVar | code.KindArgPos
	}
	return code.KindArgVar | code.KindArgKw
}
