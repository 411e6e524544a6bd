package codegen

import (
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

func (g *generator) importStmt(n *ast.Import) {
	for _, a := range n.Names {
		g.loadInt(n.Span, 0)
		g.loadNone(n.Span)
		g.attr(n.Span, opcode.IMPORT_NAME, a.Name, a.NameNum)
		head, rest, dotted := strings.Cut(a.Name, ".")
		if a.Asname == "" {
			// The import of a.b.c binds a.
			g.nameNum(n.Span, head, a.NameNum, ast.Store)
			continue
		}
		if !dotted {
			g.nameNum(n.Span, a.Asname, a.AsnameNum, ast.Store)
			continue
		}
		// IMPORT_NAME leaves the first module; the one wanted is an attribute of
		// an attribute of it.
		for {
			head, rest, dotted = strings.Cut(rest, ".")
			g.opArg(n.Span, opcode.IMPORT_FROM, g.u.Names.AddNum(head, g.table.Num(head, 0), g.cache))
			if !dotted {
				break
			}
			g.opArg(n.Span, opcode.SWAP, 2)
			g.op(n.Span, opcode.POP_TOP)
		}
		g.nameNum(n.Span, a.Asname, a.AsnameNum, ast.Store)
		g.op(n.Span, opcode.POP_TOP)
	}
}

func (g *generator) importFrom(n *ast.ImportFrom) {
	g.loadInt(n.Span, n.Level)
	var buf [8]code.Value
	names := buf[:0]
	for _, a := range n.Names {
		names = append(names, g.cache.Str(a.Name))
	}
	g.loadConst(n.Span, g.cache.Tuple(names))
	g.attr(n.Span, opcode.IMPORT_NAME, n.Module, 0)
	for i, a := range n.Names {
		if i == 0 && a.Name == "*" {
			g.opArg(n.Span, opcode.CALL_INTRINSIC_1, intrinsicImportStar)
			g.op(none, opcode.POP_TOP)
			return
		}
		g.attr(n.Span, opcode.IMPORT_FROM, a.Name, a.NameNum)
		if a.Asname != "" {
			g.nameNum(n.Span, a.Asname, a.AsnameNum, ast.Store)
		} else {
			g.nameNum(n.Span, a.Name, a.NameNum, ast.Store)
		}
	}
	g.op(n.Span, opcode.POP_TOP)
}
