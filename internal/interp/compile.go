package interp

import (
	"context"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
)

// The flags of compile().
const (
	flagDontImplyDedent = 0x200
	flagOnlyAST         = 0x400
	flagTypeComments    = 0x1000
	flagTopLevelAwait   = 0x2000
	flagIncompleteInput = 0x4000
	flagOptimizedAST    = 0x8000
	futureMask          = int(code.FutureBarryAsFLUFL | code.FutureAnnotations | code.FutureDivision | code.FutureAbsoluteImport |
		code.FutureWithStatement | code.FuturePrintFunction | code.FutureUnicodeLiterals | code.FutureGeneratorStop)
)

// compileHook is compile() as Hooks.Compile wants it.
func compileHook(t *Thread, c object.CompileArgs) Value {
	name, ok := filename(t, c.Filename)
	if !ok {
		return Value{}
	}
	if c.Flags&^(futureMask|flagDontImplyDedent|flagOnlyAST|flagTypeComments|flagTopLevelAwait|flagIncompleteInput|flagOptimizedAST|0x10|0x100) != 0 {
		return t.ValueErrorf("compile(): unrecognised flags")
	}
	if c.Optimize < -1 || c.Optimize > 2 {
		return t.ValueErrorf("compile(): invalid optimize value")
	}
	o := compile.Options{Filename: name, Optimize: max(c.Optimize, 0), TopLevelAwait: c.Flags&flagTopLevelAwait != 0}
	switch c.Mode {
	case "exec":
	case "eval":
		o.Mode = parser.Eval
	case "single":
		o.Mode = parser.Single
	default:
		return t.ValueErrorf("compile() mode must be 'exec', 'eval' or 'single'")
	}
	if !c.DontInherit {
		if f := t.CurrentFunc(); f != nil {
			o.Flags = f.Code.Obj.Flags & (code.FutureAnnotations | code.FutureBarryAsFLUFL)
		}
	}
	o.Flags |= code.Flags(c.Flags&futureMask) & (code.FutureAnnotations | code.FutureBarryAsFLUFL)
	var text []byte
	src := c.Source
	switch {
	case src.IsStr():
		text = []byte(src.Str().S)
	case src.Type().Buffer != nil:
		b, ok := src.Type().Buffer(t, src, false)
		if !ok {
			return Value{}
		}
		text = b.Bytes
	default:
		return t.TypeErrorf("%s() arg 1 must be a string, bytes or code object", c.Func)
	}
	if c.Func == "eval" {
		for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
			text = text[1:]
		}
	}
	obj, diags := compile.Source(context.Background(), text, o)
	if obj == nil {
		raiseDiagnostic(t, diags[len(diags)-1])
		return Value{}
	}
	return object.Of(vm.NewCode(t, obj, true))
}

// filename returns the name of the source that compile() is given.
func filename(t *Thread, v Value) (string, bool) {
	if v.IsStr() {
		return v.Str().S, true
	}
	if v.Type().Buffer != nil {
		b, ok := v.Type().Buffer(t, v, false)
		if !ok {
			return "", false
		}
		return string(b.Bytes), true
	}
	if r, found := t.CallSpecial(v, t.Interp.Intern("__fspath__")); found {
		if r.P == nil {
			return "", false
		}
		return filename(t, r)
	}
	t.TypeErrorf("expected str, bytes or os.PathLike object, not %s", v.Type().Name)
	return "", false
}

// raiseDiagnostic raises what the compiler found wrong.
func raiseDiagnostic(t *Thread, d source.Diagnostic) {
	cls := &object.SyntaxErrorType
	for _, s := range object.ExceptionTypes() {
		if s.Name == d.Type {
			cls = s
		}
	}
	if !cls.IsSubtype(&object.SyntaxErrorType) {
		t.Raisef(cls, "%s", d.Message)
		return
	}
	text := object.None
	if d.HasText {
		text = object.MakeStr(d.Text)
	}
	num := func(n int) Value { return object.MakeInt(int64(n)) }
	pos := object.NewTuple(object.MakeStr(d.Filename), num(d.Line), num(d.Col), text)
	if d.HasEnd {
		pos = object.NewTuple(object.MakeStr(d.Filename), num(d.Line), num(d.Col), text, num(d.EndLine), num(d.EndCol))
	}
	t.RaiseNew(cls, object.MakeStr(d.Message), object.Of(pos))
}
