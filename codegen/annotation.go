package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// annotation is an annotated assignment of a class or module, whose annotation is
// compiled into __annotate__ at the end of the body.
type annotation struct {
	stmt *ast.AnnAssign
	// index is where __conditional_annotations__ says whether the assignment was
	// reached, -1 if it always is.
	index int32
}

// enterAnnotations opens the unit of an annotation function: __annotate__ or what
// evaluates a type parameter's bound, a type alias. It refuses formats that it
// does not know, those above VALUE_WITH_FAKE_GLOBALS.
func (g *generator) enterAnnotations(at source.Span, scope *symtable.Scope, name string) {
	g.enter(annotationsUnit, name, scope, at.Line, parameters{posOnly: 1})
	body := g.newLabel()
	g.opArg(at, opcode.LOAD_FAST, 0)
	g.loadInt(at, 2)
	g.opArg(at, opcode.COMPARE_OP, compareGreater)
	g.jump(at, opcode.POP_JUMP_IF_FALSE, body)
	g.opArg(at, opcode.LOAD_COMMON_CONSTANT, commonNotImplementedError)
	g.exit(at, opcode.RAISE_VARARGS, 1)
	g.use(body)
}

// leaveAnnotations closes the unit of __annotate__, whose dict is on the stack, and
// makes the function.
func (g *generator) leaveAnnotations(at source.Span) {
	g.exit(at, opcode.RETURN_VALUE, 0)
	co := g.leave(true)
	g.renameFormat(co)
	g.makeFunction(at, co, 0)
}

// functionAnnotations makes __annotate__ of a function.
func (g *generator) functionAnnotations(at source.Span, scope *symtable.Scope, args *ast.Arguments, returns ast.Expr) {
	g.enterAnnotations(at, scope, scope.Name)
	n := 0
	for _, a := range args.Args {
		n += g.argAnnotation(at, a.Arg, a.Annotation)
	}
	for _, a := range args.Posonlyargs {
		n += g.argAnnotation(at, a.Arg, a.Annotation)
	}
	if a := args.Vararg; a != nil {
		n += g.argAnnotation(at, a.Arg, a.Annotation)
	}
	for _, a := range args.Kwonlyargs {
		n += g.argAnnotation(at, a.Arg, a.Annotation)
	}
	if a := args.Kwarg; a != nil {
		n += g.argAnnotation(at, a.Arg, a.Annotation)
	}
	n += g.argAnnotation(at, "return", returns)
	g.opArg(at, opcode.BUILD_MAP, n)
	g.leaveAnnotations(at)
}

// argAnnotation loads a parameter's name and annotation and returns 1, or 0 if
// it has none.
func (g *generator) argAnnotation(at source.Span, name string, annotation ast.Expr) int {
	if annotation == nil {
		return 0
	}
	g.loadStr(at, g.u.mangle(name))
	if g.future {
		g.annotationText(annotation)
	} else if star, ok := annotation.(*ast.Starred); ok {
		// *args: *Ts stands for the only item of *Ts.
		g.expr(star.Value)
		g.opArg(at, opcode.UNPACK_SEQUENCE, 1)
	} else {
		g.expr(annotation)
	}
	return 1
}

// annotationText loads an annotation as a string.
func (g *generator) annotationText(e ast.Expr) {
	text, err := ast.Unparse(e)
	if err != nil && g.err == nil {
		g.err = &source.Diagnostic{Type: "ValueError", Message: err.Error(), Filename: g.file.Name}
	}
	g.loadConst(e.Pos(), g.cache.Text(text))
}

// deferredAnnotations makes __annotate__ of the current class or module. In a
// module the code goes to the placeholder at its beginning.
func (g *generator) deferredAnnotations(at source.Span) {
	u := g.u
	if len(u.annotations) == 0 || g.err != nil {
		return
	}
	if u.scope.Annotations == nil {
		g.internal(at, "no symbol table for annotations")
		return
	}
	module := u.kind == moduleUnit
	if module {
		u.annCode.Reset()
		u.Code.Annotations = &u.annCode
		u.out = &u.annCode
		g.seq = u.out
	}
	g.enterAnnotations(at, u.scope.Annotations, u.scope.Annotations.Name)
	g.opArg(at, opcode.BUILD_MAP, 0)
	for _, a := range u.annotations {
		pos := a.stmt.Span
		// The name is mangled even where the annotation's own scope would not.
		name := u.mangle(a.stmt.Target.(*ast.Name).ID)
		notSet := g.newLabel()
		if a.index >= 0 {
			g.loadInt(pos, int(a.index))
			if module {
				g.opArg(pos, opcode.LOAD_GLOBAL, g.nameIndex("__conditional_annotations__", 0))
			} else {
				g.loadFree(pos, "__conditional_annotations__")
			}
			g.opArg(pos, opcode.CONTAINS_OP, 0)
			g.jump(pos, opcode.POP_JUMP_IF_FALSE, notSet)
		}
		g.expr(a.stmt.Annotation)
		g.opArg(pos, opcode.COPY, 2)
		g.loadStr(pos, name)
		g.op(at, opcode.STORE_SUBSCR)
		g.use(notSet)
	}
	g.leaveAnnotations(at)
	if module {
		g.name(at, "__annotate__", ast.Store)
		u.out = &u.Code
		g.seq = u.out
	} else {
		g.name(at, "__annotate_func__", ast.Store)
	}
}

// annAssign compiles an annotated assignment. Only the annotations of plain names
// are kept, those of other targets are not evaluated at all; the targets are.
func (g *generator) annAssign(n *ast.AnnAssign) {
	if n.Value != nil {
		g.expr(n.Value)
		g.expr(n.Target)
	}
	u := g.u
	switch target := n.Target.(type) {
	case *ast.Name:
		if n.Simple == 0 || u.kind != moduleUnit && u.kind != classUnit {
			break
		}
		if g.future {
			g.annotationText(n.Annotation)
			g.attr(n.Span, opcode.LOAD_NAME, "__annotations__", 0)
			g.loadStr(n.Span, u.mangle(target.ID))
			g.op(n.Span, opcode.STORE_SUBSCR)
		} else {
			g.deferAnnotation(n)
		}
	case *ast.Attribute:
		if n.Value == nil {
			g.discard(target.Value)
		}
	case *ast.Subscript:
		if n.Value == nil {
			g.discard(target.Value)
			g.discardIndex(target.Slice)
		}
	default:
		g.internal(n.Span, "no target of an annotation: %T", target)
	}
}

// deferAnnotation notes an annotation for __annotate__, and emits code that notes
// at run time that it was reached if that is not certain.
func (g *generator) deferAnnotation(n *ast.AnnAssign) {
	u := g.u
	if u.kind != moduleUnit && u.conditional == 0 {
		u.annotations = append(u.annotations, annotation{n, -1})
		return
	}
	u.annotations = append(u.annotations, annotation{n, u.annIndex})
	if u.kind == classUnit {
		g.opArg(n.Span, opcode.LOAD_DEREF, u.CellVars.Add("__conditional_annotations__"))
	} else {
		g.attr(n.Span, opcode.LOAD_NAME, "__conditional_annotations__", 0)
	}
	g.loadInt(n.Span, int(u.annIndex))
	g.opArg(n.Span, opcode.SET_ADD, 1)
	g.op(n.Span, opcode.POP_TOP)
	u.annIndex++
}

// discard evaluates e and drops its value.
func (g *generator) discard(e ast.Expr) {
	g.expr(e)
	g.op(e.Pos(), opcode.POP_TOP)
}

// discardIndex evaluates the parts of an index.
func (g *generator) discardIndex(e ast.Expr) {
	switch n := e.(type) {
	case *ast.Slice:
		for _, part := range [...]ast.Expr{n.Lower, n.Upper, n.Step} {
			if part != nil {
				g.discard(part)
			}
		}
	case *ast.Tuple:
		for _, e := range n.Elts {
			g.discardIndex(e)
		}
	default:
		g.discard(e)
	}
}

// loadFormatDefault loads the default of the parameter of functions that evaluate
// type parameters and aliases: the format VALUE.
func (g *generator) loadFormatDefault(at source.Span) {
	g.loadConst(at, &code.Tuple{Items: []code.Value{g.cache.Int(1)}})
}
