package codegen

import (
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

// variable is how instructions reach a variable.
type variable uint8

const (
	byName variable = iota // looked up in locals, globals, builtins
	byFast
	byCell
	byFree
	byGlobal
)

// Opcodes by variable and context.
var (
	loads   = [...]opcode.Op{opcode.LOAD_NAME, opcode.LOAD_FAST, opcode.LOAD_DEREF, opcode.LOAD_DEREF, opcode.LOAD_GLOBAL}
	stores  = [...]opcode.Op{opcode.STORE_NAME, opcode.STORE_FAST, opcode.STORE_DEREF, opcode.STORE_DEREF, opcode.STORE_GLOBAL}
	deletes = [...]opcode.Op{opcode.DELETE_NAME, opcode.DELETE_FAST, opcode.DELETE_DEREF, opcode.DELETE_DEREF, opcode.DELETE_GLOBAL}
)

// name loads, stores or deletes the variable that a name of the source stands for
// in the current unit.
func (g *generator) name(at source.Span, name string, ctx ast.Context) {
	g.nameNum(at, name, 0, ctx)
}

// fixed is name for one of the names that have the same numbers in all files.
func (g *generator) fixed(at source.Span, id token.NameID, ctx ast.Context) {
	g.nameNum(at, id.Fixed(), id, ctx)
}

// nameNum is name for a name with the number num in the tree.
func (g *generator) nameNum(at source.Span, name string, num token.NameID, ctx ast.Context) {
	u := g.u
	sym := u.scope.LookupNum(name, num)
	how := u.reach(sym)
	slot := int32(-1)
	if sym != nil {
		slot = sym.Slot
	}
	if slot < 0 {
		switch how {
		case byFast:
			slot = int32(u.VarNames.AddNum(sym.Name, sym.Num(), g.cache))
		case byCell:
			slot = int32(u.CellVars.Add(u.mangle(name)))
		case byFree:
			slot = int32(len(u.CellVars.List) + u.FreeVars.Add(u.mangle(name)))
		default:
			slot = int32(g.nameIndex(name, num))
		}
		if sym != nil {
			sym.Slot = slot
		}
	}
	var op opcode.Op
	switch ctx {
	case ast.Store:
		op = stores[how]
	case ast.Del:
		op = deletes[how]
	default:
		op = loads[how]
		switch how {
		case byCell, byFree:
			if u.scope.Kind == symtable.ClassScope && u.inlined == 0 {
				g.op(at, opcode.LOAD_LOCALS)
				op = opcode.LOAD_FROM_DICT_OR_DEREF
			} else if u.scope.CanSeeClassScope {
				g.loadFree(at, "__classdict__")
				op = opcode.LOAD_FROM_DICT_OR_DEREF
			}
		case byGlobal:
			if u.scope.CanSeeClassScope && sym.Resolution == symtable.GlobalImplicit {
				g.loadFree(at, "__classdict__")
				op = opcode.LOAD_FROM_DICT_OR_GLOBALS
			}
		case byName:
			if u.scope.Kind == symtable.ClassScope && u.inlined > 0 {
				op = opcode.LOAD_GLOBAL
			}
		}
		if op == opcode.LOAD_GLOBAL {
			slot <<= 1
		}
	}
	g.seq.Plain(op, slot, at)
}

// mangle returns the name of the symbol that a name of the source stands for. Most
// names need no second look.
func (u *unit) mangle(name string) string {
	if strings.HasPrefix(name, "__") {
		return u.scope.Mangle(name)
	}
	return name
}

// reach returns how instructions of u reach the variable of a symbol, which may
// be nil: names such as __doc__ are in no symbol table.
func (u *unit) reach(sym *symtable.Symbol) variable {
	if sym == nil {
		return byName
	}
	switch sym.Resolution {
	case symtable.Free:
		return byFree
	case symtable.Cell:
		return byCell
	case symtable.Local:
		if u.function || u.FastHidden[sym.Name] {
			return byFast
		}
	case symtable.GlobalImplicit:
		if u.function {
			return byGlobal
		}
	case symtable.GlobalExplicit:
		return byGlobal
	}
	return byName
}

// nameIndex returns the index that a name of the source, with the number num in the
// tree if that is not 0, has among the names of the unit.
func (g *generator) nameIndex(name string, num token.NameID) int {
	if g.table.Private(name, num) {
		if mangled := g.u.scope.Mangle(name); mangled != name {
			name, num = mangled, 0
		}
	}
	return g.u.Names.AddNum(name, g.table.Num(name, num), g.cache)
}

// attr appends an instruction whose operand is a name that is no variable: an
// attribute or module. LOAD_ATTR and the like have other things in the low bits.
func (g *generator) attr(at source.Span, op opcode.Op, name string, num token.NameID) {
	arg := g.nameIndex(name, num)
	if op == opcode.LOAD_ATTR {
		arg <<= 1
	}
	g.seq.Plain(op, int32(arg), at)
}

// loadMethod loads a method for the call that follows.
func (g *generator) loadMethod(at source.Span, name string, num token.NameID) {
	arg := g.nameIndex(name, num)
	g.seq.Plain(opcode.LOAD_ATTR, int32(arg<<1|1), at)
}

// loadSuper loads an attribute through super(), which has its class and object on
// the stack: a method if method is set; explicit says that super was called with
// arguments.
func (g *generator) loadSuper(at source.Span, e *ast.Attribute, method, explicit bool) {
	arg := g.nameIndex(e.Attr, e.AttrNum) << 2
	if method {
		arg |= 1
	}
	if explicit {
		arg |= 2
	}
	g.seq.Plain(opcode.LOAD_SUPER_ATTR, int32(arg), at)
}

// loadFree loads the cell variable of a scope around the unit.
func (g *generator) loadFree(at source.Span, name string) {
	g.opArg(at, opcode.LOAD_DEREF, len(g.u.CellVars.List)+g.u.FreeVars.Add(name))
}
