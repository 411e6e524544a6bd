package symtable

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

// Build is the function Build. What it returned before is no longer valid.
func (b *Builder) Build(root ast.Root, f *source.File, opts Options) (*Table, *source.Diagnostic) {
	if opts.Names != nil && len(opts.Bodies.List) > 0 {
		if t, err := b.build(root, f, opts); err == nil {
			return t, nil
		}
		// Where there are several errors another one may be the first in the tree.
	}
	opts.Bodies = ast.Bodies{}
	return b.build(root, f, opts)
}

// body visits the body of n: the tree, or what the parser has noted of it.
func (b *Builder) body(n ast.Node, list []ast.Stmt) bool {
	known := b.opts.Bodies.List
	if len(known) == 0 || known[0].Node != n {
		return b.stmts(list)
	}
	body := &known[0]
	b.opts.Bodies.List = known[1:]
	if !body.Known {
		return b.stmts(list)
	}
	sc := b.cur
	sc.Generator = sc.Generator || body.Yields
	sc.ReturnsValue = body.Returns
	return b.uses(b.opts.Bodies.Uses[:body.To], body.From)
}

// useFlags are the flags of symbols by what is done with the names.
var useFlags = [4]Flags{ast.Reads: Use, ast.Binds: DefLocal, ast.Imports: DefImport}

// uses does for the names of a body, which are those in list from a place on, what name
// and defineID do.
func (b *Builder) uses(list []ast.NameUse, from int32) bool {
	sc := b.cur
	serial, private := sc.serial, sc.Private != ""
	names := b.table.names.list
	for i := int(from); i < len(list); i++ {
		u := list[i]
		id := u.Num()
		if u.Kind() == ast.Opens {
			h := &b.opts.Bodies.Holes[id]
			if h.Expr != nil {
				if !b.expr(h.Expr) {
					return false
				}
			} else if !b.stmt(h.Stmt) {
				return false
			}
			names = b.table.names.list
			i = int(h.End) - 1
			continue
		}
		if private && b.table.names.list[id].private {
			id = b.mangle(sc, id)
			names = b.table.names.list
		}
		n := &names[id]
		if n.serial < serial {
			// No scope as young as this one has the name; see symbol. None of these is
			// entered twice.
			sym := b.newSymbol(id)
			sc.append(sym)
			n.serial, n.sym = serial, sym
		} else if n.serial > serial {
			b.symbol(id)
		}
		n.sym.Flags |= useFlags[u.Kind()]
		// super() without arguments finds the class there.
		if id == idSuper && u.Kind() == ast.Reads && sc.IsFunctionLike() {
			b.symbol(idClass).Flags |= Use
		}
	}
	return true
}
