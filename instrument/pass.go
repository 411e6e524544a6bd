package instrument

import (
	"errors"
	"fmt"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/rewrite"
)

// Pass changes a function, module or class body. An error ends [Apply].
type Pass func(f *rewrite.Func) error

// ErrCycle says that a code object contains itself, which no compiler's does.
var ErrCycle = errors.New("instrument: a code object contains itself")

// Apply returns o changed by the passes, and with it the code objects among
// its constants, however deep. Each is decoded, given to the passes in their
// order, and encoded; the nested ones come before those that contain them. o
// stays as it is. What no pass changes comes out as it was, bytes and sharing
// included.
//
// Errors are those of the passes, of [rewrite.Decode] and [rewrite.Func.Encode],
// and [ErrCycle].
func Apply(o *code.Object, passes ...Pass) (*code.Object, error) {
	a := applier{passes: passes, done: map[*code.Object]*code.Object{}}
	return a.object(o)
}

type applier struct {
	passes []Pass
	// done has the outcome for each object met; nil while it is under way.
	done map[*code.Object]*code.Object
}

func (a *applier) object(o *code.Object) (*code.Object, error) {
	if o == nil {
		return nil, errors.New("instrument: no code object")
	}
	if n, met := a.done[o]; met {
		if n == nil {
			return nil, ErrCycle
		}
		return n, nil
	}
	a.done[o] = nil
	outer := o
	if o.Consts != nil {
		var items []code.Value
		for i, c := range o.Consts.Items {
			in, ok := c.(*code.Object)
			if !ok {
				continue
			}
			n, err := a.object(in)
			if err != nil {
				return nil, err
			}
			if n == in {
				continue
			}
			if items == nil {
				items = slices.Clone(o.Consts.Items)
			}
			items[i] = n
		}
		if items != nil {
			c := *o
			c.Consts = &code.Tuple{Items: items, Form: o.Consts.Form}
			outer = &c
		}
	}
	n, err := a.one(outer)
	if err != nil {
		return nil, err
	}
	a.done[o] = n
	return n, nil
}

// one returns an object changed by the passes, or the same if they change
// nothing.
func (a *applier) one(o *code.Object) (*code.Object, error) {
	f, err := rewrite.Decode(o)
	if err != nil {
		return nil, err
	}
	for _, p := range a.passes {
		if err := p(f); err != nil {
			return nil, fmt.Errorf("instrument: %s: %w", o.QualNameText(), err)
		}
	}
	n, err := f.Encode()
	if err != nil {
		return nil, err
	}
	if *n == *o {
		return o, nil
	}
	return n, nil
}

// Only returns a pass that is p for the functions for which match holds.
func Only(match func(o *code.Object) bool, p Pass) Pass {
	return func(f *rewrite.Func) error {
		if !match(f.Object) {
			return nil
		}
		return p(f)
	}
}

// Named is for [Only]: it matches functions of that qualified name (up to 3.10,
// where code objects have none, name).
func Named(name string) func(o *code.Object) bool {
	return func(o *code.Object) bool { return o.QualNameText() == name }
}

// Snippet adds the instructions of a hook.
type Snippet func(b *rewrite.Builder)

// table returns the instructions of f's version, which Decode has made sure of.
func table(f *rewrite.Func) *opcode.Table { return f.Object.Opcodes() }

// info returns what instruction i is, nil for a label or unknown one.
func info(f *rewrite.Func, i int) *opcode.Info {
	if i < 0 || i >= len(f.Code) || f.Code[i].Label != nil {
		return nil
	}
	in, ok := table(f).ByOp(f.Code[i].Op)
	if !ok {
		return nil
	}
	return in
}

// insert puts a snippet before f.Code[at] and returns how many instructions it
// has. at is found anew, since local variables of the snippet may move it.
func insert(f *rewrite.Func, at int, s Snippet) (int, error) {
	before := len(f.Code)
	list, err := f.Snippet(s)
	if err != nil {
		return 0, err
	}
	if len(f.Code) != before {
		return 0, errSplit
	}
	f.Insert(at, list...)
	return len(list), nil
}

// errSplit says that a new local variable changed the instructions that are
// being worked on.
var errSplit = errors.New("a snippet's local variable splits an instruction; use a global")

// BeforeEach inserts a snippet before each instruction for which match holds.
// Jumps to the instruction run it too.
func BeforeEach(match func(f *rewrite.Func, i int) bool, s func(b *rewrite.Builder, f *rewrite.Func, i int)) Pass {
	return func(f *rewrite.Func) error {
		e := newEdits(f)
		for i := range f.Code {
			if f.Code[i].Label != nil || !match(f, i) {
				continue
			}
			if err := e.fixed(i, func(b *rewrite.Builder) { s(b, f, i) }); err != nil {
				return err
			}
		}
		return e.apply()
	}
}

// ReplaceEach replaces each instruction for which match holds by a snippet; by
// nothing if it adds nothing. The snippet has to do to the stack what the
// instruction did.
func ReplaceEach(match func(f *rewrite.Func, i int) bool, s func(b *rewrite.Builder, f *rewrite.Func, i int)) Pass {
	return func(f *rewrite.Func) error {
		for i := len(f.Code) - 1; i >= 0; i-- {
			if f.Code[i].Label != nil || !match(f, i) {
				continue
			}
			before := len(f.Code)
			list, err := f.Snippet(func(b *rewrite.Builder) { s(b, f, i) })
			if err != nil {
				return err
			}
			if len(f.Code) != before {
				return errSplit
			}
			f.Replace(i, list...)
		}
		return shield(f)
	}
}
