package rewrite

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

// Compact takes the constants and names that no instruction refers to out of
// co_consts and co_names. The first constant stays, as it does in CPython's
// compiler: it may be a function's docstring, or keep another from being taken
// for one. Operands that lie outside of the tuples are left alone.
func (f *Func) Compact() {
	t := f.Object.Opcodes()
	if t == nil {
		return
	}
	consts := make([]int, f.Object.Consts.Len()) // 0: not used; otherwise 1 more than the index
	names := make([]int, f.Object.Names.Len())
	if len(consts) > 0 {
		consts[0] = 1
	}
	use := func(used []int, i int) {
		if i >= 0 && i < len(used) {
			used[i] = 1
		}
	}
	operands := func(visit func(in *Instr, kind opcode.Operand)) {
		for i := range f.Code {
			if info, ok := t.ByOp(f.Code[i].Op); ok {
				visit(&f.Code[i], info.Operand)
			}
		}
	}
	operands(func(in *Instr, kind opcode.Operand) {
		switch {
		case kind == opcode.Const:
			use(consts, in.Arg)
		case kind.IsName():
			use(names, kind.NameIndex(in.Arg))
		}
	})
	f.Object.Consts = keep(f.Object.Consts, consts)
	f.Object.Names = keep(f.Object.Names, names)
	operands(func(in *Instr, kind opcode.Operand) {
		switch {
		case kind == opcode.Const:
			if in.Arg >= 0 && in.Arg < len(consts) {
				in.Arg = consts[in.Arg] - 1
			}
		case kind.IsName():
			if i := kind.NameIndex(in.Arg); i >= 0 && i < len(names) {
				shift := nameShift(kind)
				in.Arg = (names[i]-1)<<shift | in.Arg&(1<<shift-1)
			}
		}
	})
	f.tuples = tuples{}
}

// nameShift returns how many bits of an oparg lie below the index of a name.
func nameShift(kind opcode.Operand) int {
	switch kind {
	case opcode.NameFlag:
		return 1
	case opcode.NameSuper, opcode.NameImport:
		return 2
	}
	return 0
}

// keep returns the items of t that are used, and makes their new indexes, plus
// one, of what says so.
func keep(t *code.Tuple, used []int) *code.Tuple {
	n := 0
	for i, u := range used {
		if u != 0 {
			n++
			used[i] = n
		}
	}
	if n == len(used) {
		return t
	}
	items := make([]code.Value, 0, n)
	for i, u := range used {
		if u != 0 {
			items = append(items, t.Items[i])
		}
	}
	return &code.Tuple{Items: items}
}
