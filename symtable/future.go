package symtable

import (
	"unicode/utf8"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
)

// Future is what the __future__ imports at the beginning of a file say.
type Future struct {
	// Flags has the features that still change something: FutureAnnotations,
	// FutureBarryAsFLUFL.
	Flags code.Flags
	// Last is the last such import; Line is -1 if there is none.
	Last source.Span
}

// ParseFuture reads the __future__ imports at the beginning of a file. It wants the
// tree as parsed, before it is preprocessed.
func ParseFuture(root ast.Root, f *source.File) (Future, *source.Diagnostic) {
	fu := Future{Last: source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}}
	var body []ast.Stmt
	switch root := root.(type) {
	case *ast.Module:
		body = root.Body
	case *ast.Interactive:
		body = root.Body
	}
	if hasDocstring(body) {
		body = body[1:]
	}
	for _, s := range body {
		imp, ok := s.(*ast.ImportFrom)
		if !ok || imp.Level != 0 || imp.Module != "__future__" {
			break
		}
		for _, a := range imp.Names {
			switch a.Name {
			case "nested_scopes", "generators", "division", "absolute_import", "with_statement",
				"print_function", "unicode_literals", "generator_stop":
			case "barry_as_FLUFL":
				fu.Flags |= code.FutureBarryAsFLUFL
			case "annotations":
				fu.Flags |= code.FutureAnnotations
			case "braces":
				return fu, Error(f, "not a chance", a.Span)
			default:
				return fu, Error(f, "future feature "+shorten(a.Name, 100)+" is not defined", a.Span)
			}
		}
		fu.Last = imp.Span
	}
	return fu, nil
}

// hasDocstring reports whether body begins with a docstring.
func hasDocstring(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	e, ok := body[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	c, ok := e.Value.(*ast.Constant)
	if !ok {
		return false
	}
	_, ok = c.Value.(*code.Str)
	return ok
}

// shorten cuts name to at most n bytes, between characters.
func shorten(name string, n int) string {
	if len(name) <= n {
		return name
	}
	for !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}
