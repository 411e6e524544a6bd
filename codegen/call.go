package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

// call emits a call.
func (g *generator) call(e *ast.Call) {
	g.checkKeywords(e.Keywords)
	if meth, ok := e.Func.(*ast.Attribute); ok && g.isMethodCall(e, meth) {
		g.methodCall(e, meth)
		return
	}
	g.checkCalled(e.Func)
	g.expr(e.Func)
	done := g.inlineBuiltin(e)
	g.op(e.Func.Pos(), opcode.PUSH_NULL)
	g.args(e.Span, 0, e.Args, "", e.Keywords)
	if done != instruction.NoLabel {
		g.use(done)
	}
}

// checkKeywords refuses keywords that are there twice.
func (g *generator) checkKeywords(keywords []*ast.Keyword) {
	n := len(keywords)
	if n < 2 {
		return
	}
	if n > 16 && !repeats(n, func(i int) string { return keywords[i].Arg }) {
		return
	}
	for i, k := range keywords {
		if k.Arg == "" {
			continue
		}
		for _, other := range keywords[i+1:] {
			if other.Arg == k.Arg {
				g.fail(other.Span, "keyword argument repeated: "+k.Arg)
				return
			}
		}
	}
}

// repeats reports whether one of n names, "" apart, is there twice.
func repeats(n int, name func(int) string) bool {
	seen := make(map[string]struct{}, n)
	for i := range n {
		s := name(i)
		if _, ok := seen[s]; ok && s != "" {
			return true
		}
		seen[s] = struct{}{}
	}
	return false
}

// isMethodCall reports whether a call of an attribute is one of a method: with
// arguments that can all be on the stack, of something that is no imported module.
func (g *generator) isMethodCall(e *ast.Call, meth *ast.Attribute) bool {
	n := len(e.Args)
	if k := len(e.Keywords); k > 0 {
		n += k + 1
	}
	if n >= stackGuideline || hasStar(e.Args) || hasDoubleStar(e.Keywords) {
		return false
	}
	if base, ok := meth.Value.(*ast.Name); ok {
		// Names are looked up as the source spells them, in the module alone.
		if sym := g.table.TopNum(base.ID, base.IDNum); sym != nil && sym.Flags&symtable.DefImport != 0 {
			return false
		}
	}
	return true
}

func hasDoubleStar(keywords []*ast.Keyword) bool {
	for _, k := range keywords {
		if k.Arg == "" {
			return true
		}
	}
	return false
}

// methodCall emits a call that finds the method and calls it without an object for
// the bound method.
func (g *generator) methodCall(e *ast.Call, meth *ast.Attribute) {
	at := attrPos(meth.Span, meth)
	if super := g.superCall(meth); super != nil {
		g.superArgs(super)
		g.loadSuper(meth.Span, meth, true, len(super.Args) > 0)
		g.op(at, opcode.NOP)
	} else {
		g.expr(meth.Value)
		g.loadMethod(at, meth.Attr, meth.AttrNum)
	}
	g.exprs(e.Args)
	n := len(e.Args)
	if len(e.Keywords) > 0 {
		g.keywordValues(at, e.Keywords)
		g.opArg(attrPos(e.Span, meth), opcode.CALL_KW, n+len(e.Keywords))
		return
	}
	g.opArg(attrPos(e.Span, meth), opcode.CALL, n)
}

// superCall returns the call super() or super(a, b) that e is an attribute of, nil
// if it is none that LOAD_SUPER_ATTR can do.
func (g *generator) superCall(e *ast.Attribute) *ast.Call {
	call, ok := e.Value.(*ast.Call)
	if !ok || len(call.Keywords) != 0 || e.Attr == "__class__" {
		return nil
	}
	name, ok := call.Func.(*ast.Name)
	if !ok || name.ID != "super" {
		return nil
	}
	if g.u.scope.ResolveNum(token.NameSuper) != symtable.GlobalImplicit || g.table.TopNum("super", token.NameSuper) != nil {
		return nil
	}
	switch len(call.Args) {
	case 0:
		// The function must have a first argument, and the cell __class__ be there.
		if g.u.ArgCount == 0 && g.u.PosOnlyArgCount == 0 || g.u.scope.ResolveNum(token.NameClass) != symtable.Free {
			return nil
		}
	case 2:
		if hasStar(call.Args) {
			return nil
		}
	default:
		return nil
	}
	return call
}

// superArgs emits what LOAD_SUPER_ATTR takes: super itself, the class and the
// object, which without arguments are __class__ and the first argument.
func (g *generator) superArgs(e *ast.Call) {
	g.fixed(e.Func.Pos(), token.NameSuper, ast.Load)
	if len(e.Args) == 2 {
		g.exprs(e.Args)
		return
	}
	g.fixed(e.Span, token.NameClass, ast.Load)
	g.name(e.Span, g.u.VarNames.List[0], ast.Load)
}

// inlineBuiltin emits a loop in place of a call all(...), any(...) or tuple(...) of
// a generator expression, for the case that the function on the stack is the
// builtin. It returns the label behind the ordinary call, which has to follow;
// NoLabel if there is no such loop.
func (g *generator) inlineBuiltin(e *ast.Call) instruction.Label {
	f, ok := e.Func.(*ast.Name)
	if !ok || len(e.Args) != 1 || len(e.Keywords) != 0 {
		return instruction.NoLabel
	}
	gen, ok := e.Args[0].(*ast.GeneratorExp)
	if !ok {
		return instruction.NoLabel
	}
	var builtin int
	var onEnd, onStop code.Value // the results after the last item, and at one that decides
	goOn := opcode.JUMP
	switch f.ID {
	case "all":
		builtin, onEnd, onStop, goOn = commonAll, code.True, code.False, opcode.POP_JUMP_IF_TRUE
	case "any":
		builtin, onEnd, onStop, goOn = commonAny, code.False, code.True, opcode.POP_JUMP_IF_FALSE
	case "tuple":
		builtin = commonTuple
	default:
		return instruction.NoLabel
	}
	if scope := g.table.Scope(gen); scope == nil || scope.Coroutine {
		return instruction.NoLabel
	}
	at := f.Span
	skip, done := g.newLabel(), g.newLabel()
	g.opArg(at, opcode.COPY, 1)
	g.opArg(at, opcode.LOAD_COMMON_CONSTANT, builtin)
	g.opArg(at, opcode.IS_OP, 0)
	g.jump(at, opcode.POP_JUMP_IF_FALSE, skip)
	g.op(at, opcode.POP_TOP)
	if builtin == commonTuple {
		g.opArg(at, opcode.BUILD_LIST, 0)
	}
	g.expr(gen)
	loop, cleanup := g.newLabel(), g.newLabel()
	g.use(loop)
	g.jump(at, opcode.FOR_ITER, cleanup)
	if builtin == commonTuple {
		g.opArg(at, opcode.LIST_APPEND, 2)
	} else {
		g.op(at, opcode.TO_BOOL)
	}
	g.jump(at, goOn, loop)
	g.op(none, opcode.POP_ITER)
	if onStop != nil {
		g.loadConst(at, onStop)
	}
	g.jump(at, opcode.JUMP, done)
	g.use(cleanup)
	g.op(none, opcode.END_FOR)
	g.op(none, opcode.POP_ITER)
	if onEnd != nil {
		g.loadConst(at, onEnd)
	} else {
		g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicListToTuple)
	}
	g.jump(at, opcode.JUMP, done)
	g.use(skip)
	return done
}

// callArgs emits the arguments of a call and the call. pushed positional ones are
// on the stack already; the variable injected, if not "" (the generic base of a
// class), comes behind the others.
func (g *generator) callArgs(at source.Span, pushed int, args []ast.Expr, injected string, keywords []*ast.Keyword) {
	g.checkKeywords(keywords)
	g.args(at, pushed, args, injected, keywords)
}

// args is callArgs for keywords that are checked.
func (g *generator) args(at source.Span, pushed int, args []ast.Expr, injected string, keywords []*ast.Keyword) {
	if len(args)+2*len(keywords) > stackGuideline || hasStar(args) || hasDoubleStar(keywords) {
		g.unpackedArgs(at, pushed, args, injected, keywords)
		return
	}
	g.exprs(args)
	n := pushed + len(args)
	if injected != "" {
		g.name(at, injected, ast.Load)
		n++
	}
	if len(keywords) > 0 {
		g.keywordValues(at, keywords)
		g.opArg(at, opcode.CALL_KW, n+len(keywords))
		return
	}
	g.opArg(at, opcode.CALL, n)
}

// keywordValues emits the values of keyword arguments, then a tuple of their names.
func (g *generator) keywordValues(at source.Span, keywords []*ast.Keyword) {
	for _, k := range keywords {
		g.expr(k.Value)
	}
	var buf [8]code.Value
	names := buf[:0]
	for _, k := range keywords {
		names = append(names, g.cache.Str(k.Arg))
	}
	g.loadConst(at, g.cache.Tuple(names))
}

// unpackedArgs is args with a tuple of the positional ones and a dict of
// those with keywords.
func (g *generator) unpackedArgs(at source.Span, pushed int, args []ast.Expr, injected string, keywords []*ast.Keyword) {
	if s, ok := singleStar(args); ok && pushed == 0 {
		g.expr(s.Value)
	} else {
		g.display(at, &tupleDisplay, pushed, args, injected)
	}
	if len(keywords) == 0 {
		g.op(at, opcode.PUSH_NULL)
		g.op(at, opcode.CALL_FUNCTION_EX)
		return
	}
	have := false // a dict is on the stack
	run := 0      // keywords seen since
	for i, k := range keywords {
		if k.Arg != "" {
			run++
			continue
		}
		if run > 0 {
			g.keywordDict(at, keywords[i-run:i], have)
			have, run = true, 0
		}
		if !have {
			g.opArg(at, opcode.BUILD_MAP, 0)
			have = true
		}
		g.expr(k.Value)
		g.opArg(at, opcode.DICT_MERGE, 1)
	}
	if run > 0 {
		g.keywordDict(at, keywords[len(keywords)-run:], have)
	}
	g.op(at, opcode.CALL_FUNCTION_EX)
}

func singleStar(args []ast.Expr) (*ast.Starred, bool) {
	if len(args) != 1 {
		return nil, false
	}
	s, ok := args[0].(*ast.Starred)
	return s, ok
}

// keywordDict emits a dict of keyword arguments, merged into the one below if merge
// is set.
func (g *generator) keywordDict(at source.Span, keywords []*ast.Keyword, merge bool) {
	n := len(keywords)
	big := 2*n > stackGuideline
	if big {
		g.opArg(none, opcode.BUILD_MAP, 0)
	}
	for _, k := range keywords {
		g.loadStr(at, k.Arg)
		g.expr(k.Value)
		if big {
			g.opArg(none, opcode.MAP_ADD, 1)
		}
	}
	if !big {
		g.opArg(at, opcode.BUILD_MAP, n)
	}
	if merge {
		g.opArg(at, opcode.DICT_MERGE, 1)
	}
}
