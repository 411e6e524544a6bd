package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// displayOps are the instructions that build a display: at once from what is on
// the stack, or from the items before the first star on, item by item.
type displayOps struct {
	atOnce, start, add, extend opcode.Op
	tuple                      bool // a list to be made a tuple in the end
}

var (
	listDisplay  = displayOps{opcode.BUILD_LIST, opcode.BUILD_LIST, opcode.LIST_APPEND, opcode.LIST_EXTEND, false}
	tupleDisplay = displayOps{opcode.BUILD_TUPLE, opcode.BUILD_LIST, opcode.LIST_APPEND, opcode.LIST_EXTEND, true}
	setDisplay   = displayOps{opcode.BUILD_SET, opcode.BUILD_SET, opcode.SET_ADD, opcode.SET_UPDATE, false}
)

// list emits a list: a display, or a target.
func (g *generator) list(e *ast.List) { g.sequence(e.Span, e.Elts, e.Ctx, &listDisplay) }

// tuple emits a tuple: a display, or a target.
func (g *generator) tuple(e *ast.Tuple) { g.sequence(e.Span, e.Elts, e.Ctx, &tupleDisplay) }

// set emits a set display.
func (g *generator) set(e *ast.Set) { g.display(e.Span, &setDisplay, 0, e.Elts, "") }

// sequence emits a list or tuple.
func (g *generator) sequence(at source.Span, elts []ast.Expr, ctx ast.Context, ops *displayOps) {
	switch ctx {
	case ast.Load:
		g.display(at, ops, 0, elts, "")
	case ast.Store:
		g.unpack(at, elts)
	case ast.Del:
		g.exprs(elts)
	}
}

// display emits a display of elts. pushed items before them are on the stack
// already; the variable injected, if not "", comes behind them.
func (g *generator) display(at source.Span, ops *displayOps, pushed int, elts []ast.Expr, injected string) {
	n := len(elts) + pushed
	if injected != "" {
		n++
	}
	big := n > stackGuideline
	if !big && !hasStar(elts) {
		g.exprs(elts)
		if injected != "" {
			g.name(at, injected, ast.Load)
		}
		g.opArg(at, ops.atOnce, n)
		return
	}
	built := big
	if built {
		g.opArg(at, ops.start, pushed)
	}
	for i, e := range elts {
		if s, ok := e.(*ast.Starred); ok {
			if !built {
				g.opArg(at, ops.start, i+pushed)
				built = true
			}
			g.expr(s.Value)
			g.opArg(at, ops.extend, 1)
			continue
		}
		g.expr(e)
		if built {
			g.opArg(at, ops.add, 1)
		}
	}
	if injected != "" {
		g.name(at, injected, ast.Load)
		g.opArg(at, ops.add, 1)
	}
	if ops.tuple {
		g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicListToTuple)
	}
}

func hasStar(elts []ast.Expr) bool {
	for _, e := range elts {
		if _, ok := e.(*ast.Starred); ok {
			return true
		}
	}
	return false
}

// dict emits a dict display. Runs of keys and values are built on their own and
// merged into what is there; so are mappings that are unpacked.
func (g *generator) dict(e *ast.Dict) {
	have := false // a dict is on the stack
	run := 0      // keys seen since
	part := func(begin, end int) {
		g.dictPart(e, begin, end)
		if have {
			g.opArg(e.Span, opcode.DICT_UPDATE, 1)
		}
		have, run = true, 0
	}
	for i, k := range e.Keys {
		switch {
		case k == nil:
			if run > 0 {
				part(i-run, i)
			}
			if !have {
				g.opArg(e.Span, opcode.BUILD_MAP, 0)
				have = true
			}
			g.expr(e.Values[i])
			g.opArg(e.Span, opcode.DICT_UPDATE, 1)
		case run*2 > stackGuideline:
			part(i-run, i+1)
		default:
			run++
		}
	}
	if run > 0 {
		part(len(e.Keys)-run, len(e.Keys))
	}
	if !have {
		g.opArg(e.Span, opcode.BUILD_MAP, 0)
	}
}

// dictPart emits a dict of the keys and values from begin to end.
func (g *generator) dictPart(e *ast.Dict, begin, end int) {
	n := end - begin
	big := n*2 > stackGuideline
	if big {
		g.opArg(e.Span, opcode.BUILD_MAP, 0)
	}
	for i := begin; i < end; i++ {
		g.expr(e.Keys[i])
		g.expr(e.Values[i])
		if big {
			g.opArg(e.Span, opcode.MAP_ADD, 1)
		}
	}
	if !big {
		g.opArg(e.Span, opcode.BUILD_MAP, n)
	}
}
