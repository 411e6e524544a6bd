package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// The iterators over tables of code objects.
type (
	lineIter struct {
		object.Head
		rows []code.LineRange
		i    int
	}
	positionIter struct {
		object.Head
		runs []code.Location
		i    int // run
		at   int // byte offset
	}
	branchIter struct {
		object.Head
		rows [][3]int
		i    int
	}
)

var lineIterType, positionIterType, branchIterType object.Type

func init() { object.OnFirst(defineCodeLines) }

func defineCodeLines() {
	self := func(t *Thread, v Value) Value { return v }
	object.Define(&lineIterType, object.TypeSpec{Name: "line_iterator", Flags: object.FlagNoNew, Slots: object.Slots{Iter: self, Next: nextLine}})
	object.Define(&positionIterType, object.TypeSpec{Name: "positions_iterator", Flags: object.FlagNoNew, Slots: object.Slots{Iter: self, Next: nextPosition}})
	object.Define(&branchIterType, object.TypeSpec{Name: "line_iterator", Flags: object.FlagNoNew, Slots: object.Slots{Iter: self, Next: nextBranch}})
}

// orNone returns n as a value, None if it is negative.
func orNone(n int) Value {
	if n < 0 {
		return object.None
	}
	return object.MakeInt(int64(n))
}

func codeLines(t *Thread, a []Value) Value {
	it := &lineIter{Head: object.Head{Type: &lineIterType}}
	for r := range asCode(a[0]).Obj.Lines() {
		it.rows = append(it.rows, r)
	}
	return object.Of(it)
}

func nextLine(t *Thread, v Value) Value {
	it := object.To[lineIter](v)
	if it.i == len(it.rows) {
		return Value{}
	}
	r := it.rows[it.i]
	it.i++
	return object.Of(object.NewTuple(object.MakeInt(int64(r.Start)), object.MakeInt(int64(r.End)), orNone(r.Line)))
}

func codePositions(t *Thread, a []Value) Value {
	it := &positionIter{Head: object.Head{Type: &positionIterType}}
	for r := range asCode(a[0]).Obj.Locations() {
		it.runs = append(it.runs, r)
	}
	return object.Of(it)
}

func nextPosition(t *Thread, v Value) Value {
	it := object.To[positionIter](v)
	for it.i < len(it.runs) && it.at >= it.runs[it.i].End {
		it.i++
	}
	if it.i == len(it.runs) {
		return Value{}
	}
	p := it.runs[it.i].Position
	it.at += 2
	if t.Interp.NoColumns {
		p.EndLine, p.Col, p.EndCol = p.Line, -1, -1
	}
	return object.Of(object.NewTuple(orNone(p.Line), orNone(p.EndLine), orNone(p.Col), orNone(p.EndCol)))
}

// codeBranches is co_branches(): for each conditional branch its offset, where control goes on, and where it goes else.
func codeBranches(t *Thread, a []Value) Value {
	it := &branchIter{Head: object.Head{Type: &branchIterType}}
	o := asCode(a[0]).Obj
	for ins := range o.Instructions() {
		end := ins.End
		switch o.Opcodes().Info(ins.Op).Op {
		case opcode.FOR_ITER:
			it.rows = append(it.rows, [3]int{ins.Offset, end, end + 2*ins.Arg + 4})
		case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
			it.rows = append(it.rows, [3]int{ins.Offset, end + 2, end + 2*ins.Arg})
		case opcode.END_ASYNC_FOR:
			src := end - 2*ins.Arg
			it.rows = append(it.rows, [3]int{src, src + 4, end})
		}
	}
	return object.Of(it)
}

func nextBranch(t *Thread, v Value) Value {
	it := object.To[branchIter](v)
	if it.i == len(it.rows) {
		return Value{}
	}
	r := it.rows[it.i]
	it.i++
	return object.Of(object.NewTuple(object.MakeInt(int64(r[0])), object.MakeInt(int64(r[1])), object.MakeInt(int64(r[2]))))
}

// lnotab returns the line table in the form that versions up to 3.9 had: pairs of distances.
func lnotab(o *code.Object) string {
	var b []byte
	offset, line := 0, o.FirstLine
	for r := range o.Lines() {
		if r.Line < 0 || r.Line == line {
			continue
		}
		da, dl := r.Start-offset, r.Line-line
		offset, line = r.Start, r.Line
		for ; da > 255; da -= 255 {
			b = append(b, 255, 0)
		}
		for ; dl < -128; dl += 128 {
			b = append(b, byte(da), 0x80)
			da = 0
		}
		for ; dl > 127; dl -= 127 {
			b = append(b, byte(da), 127)
			da = 0
		}
		b = append(b, byte(da), byte(dl))
	}
	return string(b)
}
