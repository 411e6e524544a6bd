package flowgraph

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// parse reads what WriteTo prints. What a graph does not print stands before the
// first block: "locals: a b", "cells:", "frees:", "params: 1", "flags: 0x20" and
// "consts: 1 'a' None 2.5". Blocks may have any numbers.
func parse(text string) (*Graph, error) {
	u := &instruction.Unit{Cache: new(instruction.Cache), FirstLine: 1}
	g := new(Graph)
	g.reset(u)
	g.has, g.pairs, g.unloaded = everyTrait, everyPair, true
	g.blocks = g.blocks[:1]
	ids := map[string]BlockID{}
	id := func(name string) BlockID {
		if ids[name] == 0 {
			ids[name] = g.newBlock()
		}
		return ids[name]
	}
	var cur BlockID
	for n, line := range strings.Split(text, "\n") {
		fail := func(what string) error { return fmt.Errorf("line %d: %s: %q", n+1, what, line) }
		trimmed := strings.TrimSpace(line)
		head, rest, colon := strings.Cut(trimmed, ":")
		switch {
		case trimmed == "":
		case !strings.HasPrefix(line, " ") && colon && strings.HasPrefix(head, "B"):
			next := id(head)
			if cur != 0 {
				g.blocks[cur].Next = next
			}
			cur = next
			b := &g.blocks[cur]
			for _, word := range strings.Split(rest, ",") {
				fields := strings.Fields(word)
				if len(fields) == 0 {
					continue
				}
				switch fields[0] {
				case "labelled":
					b.Labelled = true
				case "handler":
					b.Handler = true
				case "lasti":
					b.Lasti = true
				case "cold":
					b.Cold = true
				case "warm":
					b.warm = true
				case "depth":
					d, err := strconv.Atoi(fields[1])
					if err != nil {
						return nil, err
					}
					b.Depth = int32(d)
				default:
					ways, err := strconv.Atoi(fields[0])
					if err != nil {
						return nil, fail("what is that")
					}
					b.preds = int32(ways)
				}
			}
		case !strings.HasPrefix(line, " ") && colon:
			for _, f := range strings.Fields(rest) {
				switch head {
				case "locals":
					u.VarNames.Add(f)
				case "cells":
					u.CellVars.Add(f)
				case "frees":
					u.FreeVars.Add(f)
				case "consts":
					g.Consts = append(g.Consts, u.Cache.Merge(constant(f)))
				case "params":
					g.params, _ = strconv.Atoi(f)
				case "flags":
					v, err := strconv.ParseUint(f, 0, 32)
					if err != nil {
						return nil, err
					}
					u.Flags = code.Flags(v)
				default:
					return nil, fail("what is that")
				}
			}
		case cur == 0:
			return nil, fail("an instruction outside of a block")
		default:
			in, err := instr(g, trimmed, id)
			if err != nil {
				return nil, fail(err.Error())
			}
			b := &g.blocks[cur]
			b.Instrs = append(b.Instrs, in)
			b.has, b.pairs = everyTrait, everyPair
		}
	}
	return g, nil
}

func instr(g *Graph, text string, id func(string) BlockID) (Instr, error) {
	if i := strings.Index(text, " ("); i >= 0 {
		rest := ""
		if j := strings.Index(text, "  except"); j >= 0 {
			rest = text[j:]
		}
		text = text[:i] + rest
	}
	f := strings.Fields(text)
	if len(f) < 2 {
		return Instr{}, fmt.Errorf("no instruction")
	}
	var in Instr
	switch f[0] {
	case "-":
		in.Span = instruction.NoLocation
	case "next":
		in.Span = instruction.NextLocation
	default:
		var s source.Span
		if n, err := fmt.Sscanf(f[0], "%d:%d-%d:%d", &s.Line, &s.Col, &s.EndLine, &s.EndCol); n != 4 {
			line, err2 := strconv.Atoi(f[0]) // a line alone is short for all of it
			if err2 != nil {
				return in, err
			}
			s = source.Span{Line: int32(line), EndLine: int32(line), EndCol: 1}
		}
		in.Span = s
	}
	op, ok := opcode.Parse(f[1])
	if !ok {
		return in, fmt.Errorf("no such instruction")
	}
	in.Op = op
	f = f[2:]
	if len(f) > 0 && f[0] != "except" {
		if g.ops.is(op, hasTarget) {
			in.Target = id(f[0])
		} else {
			arg, err := strconv.Atoi(f[0])
			if err != nil {
				return in, err
			}
			in.Arg = int32(arg)
		}
		f = f[1:]
	}
	if len(f) == 2 && f[0] == "except" {
		in.Except = id(f[1])
	}
	return in, nil
}

func constant(s string) code.Value {
	switch {
	case s == "None":
		return code.None
	case s == "True", s == "False":
		return boolValue(s == "True")
	case s[0] == '\'':
		return &code.Str{S: strings.Trim(s, "'")}
	case strings.Contains(s, "."):
		f, _ := strconv.ParseFloat(s, 64)
		return &code.Float{V: f}
	}
	n, _ := strconv.ParseInt(s, 10, 64)
	return &code.Int{V: n}
}

// TestPrintAndParse prints what parse reads.
func TestPrintAndParse(t *testing.T) {
	const text = `B1:
  1:0-1:0        RESUME 0
  2:4-2:5        LOAD_FAST 0 (x)  except B3
  2:4-2:5        POP_JUMP_IF_FALSE B2
B3: labelled, handler, lasti, cold, warm, depth 3, 1 way here
  next           NOP
B2: 2 ways here
  -              LOAD_CONST 0 ('a')
  -              RETURN_VALUE
`
	g, err := parse("locals: x\nconsts: 'a'\n" + text)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.NewReplacer("B2", "B3", "B3", "B2").Replace(g.String())
	if got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
}
