package cli

import (
	"fmt"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/pyver"
)

// operandLimit is how long the text of all operands of a document may be, in
// bytes: many instructions may load one large constant.
const operandLimit = 1 << 30

// disJSON writes the document of krait dis for objs and what is nested in
// them; see docs/json.md. It is written piece by piece: a listing can be long.
func (r *runner) disJSON(in *input, objs []*code.Object, d dis.Options, depth int) error {
	rec := &record{}
	var damage error // the first, which does not end the document
	rec.begin()
	rec.text("schema", r.schema)
	rec.text("file", in.name)
	rec.text("python", objs[0].Version.String())
	rec.key("code")
	rec.buf = append(rec.buf, '[')
	left := operandLimit
	list := nodes(objs, depth)
	ids := nodeIDs(list)
	for i, n := range list {
		if i > 0 {
			rec.buf = append(rec.buf, ',')
		}
		rec.begin()
		rec.int("id", i)
		if n.parent >= 0 {
			rec.int("parent", n.parent)
		}
		rec.text("name", code.Text(n.obj.Name))
		rec.text("qualname", n.qualname)
		rec.text("filename", code.Text(n.obj.Filename))
		rec.int("firstlineno", n.obj.FirstLine)
		rec.key("instructions")
		rec.buf = append(rec.buf, '[')
		first := true
		decoder, err := dis.NewDecoder(n.obj, d)
		if err != nil {
			return err
		}
		for ins := range decoder.Instructions() {
			if left -= len(ins.Repr); left < 0 {
				damage = fmt.Errorf("%s: operands take too much room: more than %v in all", n.qualname, byteSize(operandLimit))
				break
			}
			if !first {
				rec.buf = append(rec.buf, ',')
			}
			first = false
			rec.instruction(&ins, n.obj.Version, ids, d.ShowCaches)
			if err := r.spill(rec); err != nil {
				return err
			}
		}
		rec.buf = append(rec.buf, ']')
		rec.comma = true
		if err := decoder.Err(); err != nil && damage == nil {
			damage = err
		}
		if err := rec.exceptions(n.obj); err != nil && damage == nil {
			damage = fmt.Errorf("%s: %w", n.qualname, err)
		}
		rec.end()
		if err := r.spill(rec); err != nil {
			return err
		}
		if left < 0 {
			break
		}
	}
	rec.buf = append(rec.buf, ']')
	rec.end()
	rec.buf = append(rec.buf, '\n')
	if _, err := r.out.Write(rec.buf); err != nil {
		return err
	}
	return shown(damage)
}

// spill writes what rec has gathered once it is worth a write.
func (r *runner) spill(rec *record) error {
	if len(rec.buf) < 32<<10 {
		return nil
	}
	_, err := r.out.Write(rec.buf)
	rec.buf = rec.buf[:0]
	return err
}

// instruction appends one instruction. Members that say nothing are left out.
func (rec *record) instruction(in *dis.Instruction, py pyver.Version, ids map[*code.Object]int, caches bool) {
	rec.begin()
	rec.int("offset", in.Offset)
	if in.StartOffset != in.Offset {
		rec.int("start_offset", in.StartOffset)
	}
	rec.int("opcode", int(in.Opcode))
	rec.text("opname", in.OpName)
	if in.BaseOp != in.Op {
		rec.text("baseopname", in.BaseOp.String())
	}
	if in.HasArg {
		rec.int("arg", in.Arg)
		rec.text("argrepr", in.Repr)
	}
	if in.Const != nil {
		rec.text("const", code.TypeName(in.Const, py))
		if o, ok := in.Const.(*code.Object); ok {
			if id, ok := ids[o]; ok {
				rec.int("code", id)
			}
		}
	}
	if in.IsJump {
		rec.int("target", in.Target)
	}
	rec.flag("is_jump_target", in.IsJumpTarget)
	if in.Label > 0 {
		rec.int("label", in.Label)
	}
	rec.flag("starts_line", in.StartsLine)
	if in.HasLine {
		rec.int("line", in.Line)
	}
	if p := in.Position; p.Line >= 0 {
		rec.key("position")
		sep := byte('[')
		for _, n := range [4]int{p.Line, p.EndLine, p.Col, p.EndCol} {
			rec.buf = append(rec.buf, sep)
			if n < 0 {
				rec.buf = append(rec.buf, "null"...)
			} else {
				rec.buf = strconv.AppendInt(rec.buf, int64(n), 10)
			}
			sep = ','
		}
		rec.buf = append(rec.buf, ']')
	}
	if caches && len(in.Caches) > 0 {
		rec.key("cache")
		sep := byte('[')
		for _, c := range in.Caches {
			rec.buf = append(rec.buf, sep)
			rec.begin()
			rec.text("name", c.Name)
			rec.int("units", c.Size)
			rec.key("value")
			rec.buf = strconv.AppendUint(rec.buf, c.Value, 10)
			rec.end()
			sep = ','
		}
		rec.buf = append(rec.buf, ']')
	}
	rec.end()
}

// exceptions appends the exception table, if there is one, and what is wrong
// with it.
func (rec *record) exceptions(o *code.Object) error {
	entries, err := o.ExceptionEntries()
	if len(entries) > 0 {
		rec.key("exceptions")
		sep := byte('[')
		for _, e := range entries {
			rec.buf = append(rec.buf, sep)
			rec.begin()
			rec.int("start", e.Start)
			rec.int("end", e.End)
			rec.int("target", e.Target)
			rec.int("depth", e.Depth)
			rec.flag("lasti", e.Lasti)
			rec.end()
			sep = ','
		}
		rec.buf = append(rec.buf, ']')
	}
	if err == nil {
		err = o.CheckLines()
	}
	if err != nil {
		rec.text("error", err.Error())
	}
	return err
}
