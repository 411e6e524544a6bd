package rewrite

import (
	"errors"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Snippet returns what build adds to a Builder as instructions for f, to be
// put into f.Code with [Func.Insert] or [Func.Replace]. Names, constants and
// local variables that f does not have are added to it; LoadDeref and its like
// are for cell and free variables that it has. Adding local variables may
// change the indexes of f.Code, see [Func.AddLocal].
//
// The instructions have the zero Position unless build sets one, so they take
// that of the place they are put to. What cannot be said without knowing
// the place is an error: Try, MakeFunction of what has free variables, and Yield
// in what is no generator. So are all other mistakes, as in [Builder.Code];
// only the stack is not looked at.
func (f *Func) Snippet(build func(b *Builder)) ([]Instr, error) {
	b := NewBuilder(f.Object.Version, f.Object.NameText(), code.Parameters{})
	b.qual, b.into, b.pos = f.Object.QualNameText(), f, code.Position{}
	build(b)
	if b.generator && f.Object.Flags&(code.Generator|code.Coroutine|code.AsyncGenerator) == 0 {
		b.fail("a yield", "a function that is a generator")
	}
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	deref := make([]bool, len(b.list))
	for i := range b.list {
		in := &b.list[i]
		switch in.use {
		case loadLocal, storeLocal, deleteLocal, otherLocal:
			if _, ok := f.deref(in.name); ok && in.use != otherLocal {
				deref[i] = true
			} else {
				f.AddLocal(in.name) // numbers are final when all are there
			}
		case loadDeref, storeDeref, deleteDeref, otherDeref:
			deref[i] = true
		}
	}
	s := finisher{b: b}
	list := make([]Instr, 0, len(b.list))
	for i := range b.list {
		in := b.list[i]
		switch {
		case in.function != nil:
			s.fail(&in, "a function", "none in a snippet", nil)
		case in.value != nil:
			in.Arg = f.AddConst(in.value)
		case in.use != noUse && deref[i]:
			n, ok := f.deref(in.name)
			if !ok {
				s.fail(&in, "variable "+in.name, "a cell or free variable of the function", nil)
			}
			switch in.use {
			case loadLocal:
				in.Op = opcode.LOAD_DEREF
			case storeLocal:
				in.Op = opcode.STORE_DEREF
			case deleteLocal:
				in.Op = opcode.DELETE_DEREF
			}
			in.Arg = n
		case in.use != noUse:
			if in.use == loadLocal && f.Object.Version >= pyver.Py312 {
				in.Op = opcode.LOAD_FAST_CHECK
			}
			in.Arg = f.AddLocal(in.name)
		}
		if in.Target != nil && !b.marked[in.Target] {
			s.fail(&in, "a label that is not marked", "Mark in the snippet", nil)
		}
		list = append(list, in.Instr)
	}
	if len(s.errs) > 0 {
		return nil, errors.Join(s.errs...)
	}
	return list, nil
}
