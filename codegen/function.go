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

// function is what def and async def have in common.
type function struct {
	source.Span
	kind       unitKind
	name       string
	num        token.NameID // of the name, in the tree
	args       *ast.Arguments
	body       []ast.Stmt
	decorators []ast.Expr
	returns    ast.Expr
	typeParams []ast.TypeParam
	scope      *symtable.Scope
}

func (g *generator) functionDef(n *ast.FunctionDef) {
	g.function(&function{
		n.Span, functionUnit, n.Name, n.NameNum, n.Args, n.Body, n.DecoratorList, n.Returns, n.TypeParams, g.table.Scope(n),
	})
}

func (g *generator) asyncFunctionDef(n *ast.AsyncFunctionDef) {
	g.function(&function{
		n.Span, asyncFunctionUnit, n.Name, n.NameNum, n.Args, n.Body, n.DecoratorList, n.Returns, n.TypeParams, g.table.Scope(n),
	})
}

func (g *generator) function(f *function) {
	g.exprs(f.decorators)
	line := firstLine(f.Span, f.decorators)
	at := f.Span
	attributes := g.defaults(at, f.args)
	if f.scope == nil {
		g.internal(at, "no symbol table for '%s'", f.name)
		return
	}

	generic := len(f.typeParams) > 0
	passed := 0 // to the function around the type parameters: the defaults
	if generic {
		if attributes&functionDefaults != 0 {
			passed++
		}
		if attributes&functionKwDefaults != 0 {
			passed++
		}
		if passed == 2 {
			g.opArg(at, opcode.SWAP, 2)
		}
		g.enter(annotationsUnit, "<generic parameters of "+f.name+">", f.scope.TypeParams, line, parameters{args: passed})
		g.typeParams(f.typeParams)
		for i := range passed {
			g.opArg(at, opcode.LOAD_FAST, i)
		}
	}
	if ann := f.scope.Annotations; ann != nil && ann.AnnotationsUsed {
		g.functionAnnotations(at, ann, f.args, f.returns)
		attributes |= functionAnnotate
	}
	g.functionBody(f, attributes, line)
	if generic {
		g.opArg(at, opcode.SWAP, 2)
		g.opArg(at, opcode.CALL_INTRINSIC_2, intrinsicSetFunctionTypeParams)
		co := g.leave(false)
		g.makeFunction(at, co, 0)
		if passed > 0 {
			g.opArg(at, opcode.SWAP, passed+1)
			g.opArg(at, opcode.CALL, passed-1)
		} else {
			g.op(at, opcode.PUSH_NULL)
			g.opArg(at, opcode.CALL, 0)
		}
	}
	g.applyDecorators(f.decorators)
	g.nameNum(at, f.name, f.num, ast.Store)
}

// firstLine returns the line a definition begins in: that of its first decorator.
func firstLine(at source.Span, decorators []ast.Expr) int32 {
	if len(decorators) > 0 {
		return decorators[0].Pos().Line
	}
	return at.Line
}

// applyDecorators calls the decorators, which are on the stack, from the last to
// the first.
func (g *generator) applyDecorators(decorators []ast.Expr) {
	for i := len(decorators) - 1; i >= 0; i-- {
		g.opArg(decorators[i].Pos(), opcode.CALL, 0)
	}
}

// defaults compiles the default values of parameters and returns which function
// attributes are on the stack.
func (g *generator) defaults(at source.Span, args *ast.Arguments) int {
	attributes := 0
	if len(args.Defaults) > 0 {
		g.exprs(args.Defaults)
		g.opArg(at, opcode.BUILD_TUPLE, len(args.Defaults))
		attributes |= functionDefaults
	}
	n := 0
	for i, arg := range args.Kwonlyargs {
		if i < len(args.KwDefaults) && args.KwDefaults[i] != nil {
			g.loadStr(at, g.u.mangle(arg.Arg))
			g.expr(args.KwDefaults[i])
			n++
		}
	}
	if n > 0 {
		g.opArg(at, opcode.BUILD_MAP, n)
		attributes |= functionKwDefaults
	}
	return attributes
}

// functionBody compiles the body of a function and makes the function.
func (g *generator) functionBody(f *function, attributes int, line int32) {
	wrap := f.scope.Generator || f.scope.Coroutine
	g.enterNum(f.kind, f.name, f.num, f.scope, line, parameters{len(f.args.Args), len(f.args.Posonlyargs), len(f.args.Kwonlyargs), wrap})
	body := f.body
	if f.scope.HasDocstring {
		if doc := docstringOf(body); doc != nil {
			// It is the first constant, whether anything loads it or not.
			g.u.Consts.Add(g.cache.Text(cleanDoc(doc.Value.(*code.Str).S, &g.buf, g.cache.String)), g.cache)
			body = body[1:]
		}
	}
	if wrap {
		g.push(block{kind: stopIteration, at: none, start: instruction.NoLabel, exit: instruction.NoLabel})
		g.body(body)
		g.stopIterationHandler()
		g.pop(stopIteration)
	} else {
		g.body(body)
	}
	co := g.leave(true)
	g.makeFunction(f.Span, co, attributes)
}

// stopIterationHandler ends the body of a generator or coroutine: a StopIteration
// that comes out of it becomes a RuntimeError. It has been in force from the first instruction on.
func (g *generator) stopIterationHandler() {
	g.loadNone(none)
	g.exit(none, opcode.RETURN_VALUE, 0)
	g.use(g.u.stopped)
	g.opArg(none, opcode.CALL_INTRINSIC_1, intrinsicStopIterationError)
	g.exit(none, opcode.RERAISE, 1)
}

// makeFunction makes a function of the code object of the unit that was left last,
// and gives it the attributes that are on the stack.
func (g *generator) makeFunction(at source.Span, co *code.Object, attributes int) {
	if co == nil || g.err != nil {
		return
	}
	// The unit that was closed last knows more than the scope: a condition on an
	// annotation makes __conditional_annotations__ free.
	if free := g.units[g.level+1].FreeVars.List; len(free) > 0 {
		for _, name := range free {
			g.opArg(at, opcode.LOAD_CLOSURE, g.closureSlot(at, name))
		}
		g.opArg(at, opcode.BUILD_TUPLE, len(free))
		attributes |= functionClosure
	}
	g.loadConst(at, co)
	g.op(at, opcode.MAKE_FUNCTION)
	if attributes&functionClosure != 0 {
		g.opArg(at, opcode.SET_FUNCTION_ATTRIBUTE, functionClosure)
	}
	if attributes&functionAnnotate != 0 {
		g.opArg(at, opcode.SET_FUNCTION_ATTRIBUTE, functionAnnotate)
	}
	if attributes&functionKwDefaults != 0 {
		g.opArg(at, opcode.SET_FUNCTION_ATTRIBUTE, functionKwDefaults)
	}
	if attributes&functionDefaults != 0 {
		g.opArg(at, opcode.SET_FUNCTION_ATTRIBUTE, functionDefaults)
	}
}

// closureSlot returns the index of the cell in the current unit that a function
// inside of it has as a free variable. A name can be free and local in a class:
// then it is the free one.
func (g *generator) closureSlot(at source.Span, name string) int {
	u := g.u
	cell := u.kind == classUnit && (name == "__class__" || name == "__classdict__" || name == "__conditional_annotations__")
	if !cell {
		cell = u.scope.Resolve(name) == symtable.Cell
	}
	if cell {
		if i, ok := u.CellVars.Index(name); ok {
			return i
		}
	} else if i, ok := u.FreeVars.Index(name); ok {
		return len(u.CellVars.List) + i
	}
	g.internal(at, "no cell for '%s' in '%s'", name, u.Name)
	return 0
}

func (g *generator) lambda(n *ast.Lambda) {
	attributes := g.defaults(n.Span, n.Args)
	scope := g.table.Scope(n)
	g.enter(lambdaUnit, "<lambda>", scope, n.Line,
		parameters{len(n.Args.Args), len(n.Args.Posonlyargs), len(n.Args.Kwonlyargs), false})
	g.expr(n.Body)
	var co *code.Object
	if g.u.scope.Generator {
		co = g.leave(false)
	} else {
		g.exit(n.Body.Pos(), opcode.RETURN_VALUE, 0)
		co = g.leave(true)
	}
	g.makeFunction(n.Span, co, attributes)
}
