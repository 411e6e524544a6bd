package flowgraph

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// WriteTo prints the graph, a block after the other and an instruction a line:
//
//	B2: labelled, depth 1, 2 ways here
//	  12:4-12:9    LOAD_FAST 0 (x)
//	  12:4-12:9    POP_JUMP_IF_FALSE B4
//	  12:15-13:2   CALL 1                except B7
//
// Positions are line and column, lines from 1 and columns from 0, of the start and
// the end; "-" is none, "next" that of the next instruction.
func (g *Graph) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	for id := entry; int(id) < len(g.blocks) && id != 0; id = g.blocks[id].Next {
		block := &g.blocks[id]
		fmt.Fprintf(&b, "B%d:", id)
		sep := " "
		say := func(on bool, format string, args ...any) {
			if on {
				fmt.Fprintf(&b, sep+format, args...)
				sep = ", "
			}
		}
		say(block.Labelled, "labelled")
		say(block.Handler, "handler")
		say(block.Lasti, "lasti")
		say(block.Cold, "cold")
		say(block.warm, "warm")
		say(block.Depth > 0, "depth %d", block.Depth)
		say(block.preds == 1, "1 way here")
		say(block.preds > 1, "%d ways here", block.preds)
		b.WriteByte('\n')
		for i := range block.Instrs {
			in := &block.Instrs[i]
			fmt.Fprintf(&b, "  %-14s %s", place(in.Span), in.Op)
			switch {
			case g.ops.is(in.Op, hasTarget):
				fmt.Fprintf(&b, " B%d", in.Target)
			case g.ops.infos[in.Op&511] != nil && g.ops.infos[in.Op&511].Has(opcode.HasArg):
				fmt.Fprintf(&b, " %d%s", in.Arg, g.operand(in))
			}
			if in.Except != 0 {
				fmt.Fprintf(&b, "  except B%d", in.Except)
			}
			b.WriteByte('\n')
		}
	}
	n, err := w.Write(b.Bytes())
	return int64(n), err
}

// String returns what WriteTo writes.
func (g *Graph) String() string {
	var b bytes.Buffer
	_, _ = g.WriteTo(&b) // a buffer takes everything
	return b.String()
}

func place(at source.Span) string {
	switch {
	case at == noLocation:
		return "-"
	case at.Line < 0:
		return "next"
	}
	return fmt.Sprintf("%d:%d-%d:%d", at.Line, at.Col, at.EndLine, at.EndCol)
}

// operand returns what the oparg of in stands for, in brackets, if it is a constant
// or a name.
func (g *Graph) operand(in *Instr) string {
	name := func(list []string, i int32) string {
		if uint32(i) < uint32(len(list)) {
			return " (" + list[i] + ")"
		}
		return ""
	}
	info, u := g.ops.infos[in.Op&511], g.unit
	switch info.Operand {
	case opcode.Const:
		if uint32(in.Arg) < uint32(len(g.Consts)) {
			return " (" + shortRepr(g.Consts[in.Arg]) + ")"
		}
	case opcode.Name, opcode.NameFlag, opcode.NameSuper:
		return name(u.Names.List, int32(info.Operand.NameIndex(int(in.Arg))))
	case opcode.Local:
		return name(u.VarNames.List, in.Arg)
	case opcode.LocalPair:
		return name(u.VarNames.List, in.Arg>>4) + name(u.VarNames.List, in.Arg&15)
	}
	return ""
}

// shortRepr returns repr(v), or its beginning.
func shortRepr(v code.Value) string {
	const room = 60
	text, err := pyrepr.Append(nil, v, pyrepr.Options{Version: pyver.Py314, Limit: room})
	if err == nil && len(text) <= room {
		return string(text)
	}
	n := min(len(text), room)
	for n > 0 && n < len(text) && !utf8.RuneStart(text[n]) {
		n--
	}
	return string(text[:n]) + "..."
}
