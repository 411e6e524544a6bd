// Package sremod is module _sre: compiled regular expressions, their matches and scanners. Matching is
// package sre's.
package sremod

import (
	"errors"
	"sync/atomic"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of _sre.
var Module = object.ModuleDef{
	Name:  "_sre",
	Setup: setup,
	Methods: []object.MethodDef{
		{Name: "compile", Sig: "(pattern, flags, code, groups, groupindex, indexgroup)", Fn: compile},
		{Name: "template", Sig: "(pattern, template, /)", Fn: template,
			Doc: "Make a template of a list of literals and group numbers by turns."},
		{Name: "getcodesize", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(sre.CodeSize) }},
		{Name: "ascii_iscased", Sig: "(character, /)", Fn: characters(func(ch uint32) Value { return object.MakeBool(ch < 128 && sre.ASCIICased(ch)) })},
		{Name: "unicode_iscased", Sig: "(character, /)", Fn: characters(func(ch uint32) Value { return object.MakeBool(sre.UnicodeCased(ch)) })},
		{Name: "ascii_tolower", Sig: "(character, /)", Fn: characters(func(ch uint32) Value { return cInt(sre.ASCIILower(ch)) })},
		{Name: "unicode_tolower", Sig: "(character, /)", Fn: characters(func(ch uint32) Value { return cInt(sre.UnicodeLower(ch)) })},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		t.Interp.State[stateKey] = &state{}
		m.Set(t, "MAGIC", object.MakeInt(sre.Magic))
		m.Set(t, "CODESIZE", object.MakeInt(sre.CodeSize))
		m.Set(t, "MAXREPEAT", object.MakeInt(sre.MaxRepeat))
		m.Set(t, "MAXGROUPS", object.MakeInt(sre.MaxGroups))
		m.Set(t, "copyright", object.MakeStr(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB "))
		return true
	},
}

const stateKey = "_sre"

// state is what an interpreter keeps for the module.
type state struct {
	free []*engine
	// compileTemplate is re._compile_template once it has been needed.
	compileTemplate Value
}

func stateOf(t *Thread) *state {
	s, _ := t.Interp.State[stateKey].(*state)
	if s == nil {
		s = &state{}
		t.Interp.State[stateKey] = s
	}
	return s
}

// engine is a matcher, and the memory of functions that find many matches.
type engine struct {
	sre.State
	t *Thread
	// out is what sub has put together.
	out []byte
	// parts makes what findall and split return.
	parts object.Pieces
}

// maxFree is how many engines are kept for later: as many as are in use at once, which is
// when functions called by sub match something themselves.
const maxFree = 8

func (s *state) engine(t *Thread) *engine {
	if n := len(s.free); n > 0 {
		e := s.free[n-1]
		s.free = s.free[:n-1]
		e.t = t
		return e
	}
	e := &engine{t: t}
	e.Poll = e.poll
	return e
}

func (s *state) release(e *engine) {
	e.Release()
	e.t = nil
	if len(s.free) < maxFree {
		if cap(e.out) > 1<<16 {
			e.out = nil
		}
		s.free = append(s.free, e)
	}
}

// errRaised says that an exception is set.
var errRaised = errors.New("exception")

// poll lets waiting things happen: signals, other threads.
func (e *engine) poll() error {
	if atomic.LoadUint32(&e.t.Breaker) == 0 || e.t.Interp.Hooks.Break == nil || e.t.Interp.Hooks.Break(e.t) {
		return nil
	}
	return errRaised
}

// fail raises what an engine's error means.
func fail(t *Thread, err error) Value {
	switch {
	case errors.Is(err, errRaised):
		return Value{}
	case errors.Is(err, sre.ErrMemory):
		return t.RaiseNew(&object.MemoryErrorType)
	}
	return t.RuntimeErrorf("internal error in regular expression engine")
}

// cInt returns the value of C's int with these bits.
func cInt(ch uint32) Value { return object.MakeInt(int64(int32(ch))) }

// characters makes a function of one character.
func characters(f func(ch uint32) Value) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		ch, ok := t.AsCInt(a[0])
		if !ok {
			return Value{}
		}
		return f(uint32(ch))
	}
}

func compile(t *Thread, a []Value) Value {
	flags, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	if !a[2].IsA(&object.ListType) {
		return t.TypeErrorf("compile() argument 'code' must be list, not %s", a[2].Type().Name)
	}
	groups, ok := t.AsSize(a[3])
	if !ok {
		return Value{}
	}
	if !a[4].IsA(&object.DictType) {
		return t.TypeErrorf("compile() argument 'groupindex' must be dict, not %s", a[4].Type().Name)
	}
	if !a[5].IsA(&object.TupleType) {
		return t.TypeErrorf("compile() argument 'indexgroup' must be tuple, not %s", a[5].Type().Name)
	}
	list := object.To[object.List](a[2])
	p := &Pattern{Head: object.Head{Type: &PatternType}, pattern: a[0], flags: int32(flags), groups: groups, state: stateOf(t)}
	p.code = make([]uint32, len(list.V))
	for i, v := range list.V {
		if p.code[i], ok = codeArg(t, v); !ok {
			return Value{}
		}
	}
	p.kind = anything
	if !a[0].IsNone() {
		s, ok := subjectOf(t, a[0])
		if !ok {
			return Value{}
		}
		p.kind = s.kind
		s.release(t)
	}
	if d := object.To[object.Dict](a[4]); d.Len() > 0 {
		p.groupIndex = d
		if x := object.To[object.Tuple](a[5]); x.Len() > 0 {
			p.indexGroup = x
		}
	}
	var err error
	if p.program, err = sre.Compile(p.code, groups); err != nil {
		return t.RuntimeErrorf("%s", err)
	}
	return object.Of(p)
}

// codeArg is an element of a pattern's code.
func codeArg(t *Thread, v Value) (uint32, bool) {
	switch {
	case v.IsInt():
		switch n := v.Int(); {
		case n < 0:
			t.OverflowErrorf("can't convert negative value to unsigned int")
		case n > 1<<32-1:
			t.OverflowErrorf("regular expression code size limit exceeded")
		default:
			return uint32(n), true
		}
	case !v.IsA(&object.IntType):
		t.TypeErrorf("an integer is required")
	default:
		// Codes of the re package are instances of a subclass of int.
		n, ok := object.AsInt64(v)
		if ok && n >= 0 && n <= 1<<32-1 {
			return uint32(n), true
		}
		switch {
		case ok && n < 0:
			t.OverflowErrorf("can't convert negative value to unsigned int")
		case ok:
			t.OverflowErrorf("regular expression code size limit exceeded")
		default:
			t.OverflowErrorf("Python int too large to convert to C unsigned long")
		}
	}
	return 0, false
}
