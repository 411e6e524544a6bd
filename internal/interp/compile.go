package interp

import (
	"strings"
	"unicode/utf8"
	"weak"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/astmod"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// The flags of compile().
const (
	flagDontImplyDedent = 0x200
	flagOnlyAST         = 0x400
	flagTypeComments    = 0x1000
	flagTopLevelAwait   = 0x2000
	flagIncompleteInput = 0x4000
	flagOptimizedAST    = 0x8400
	futureMask          = int(code.FutureBarryAsFLUFL | code.FutureAnnotations | code.FutureDivision | code.FutureAbsoluteImport |
		code.FutureWithStatement | code.FuturePrintFunction | code.FutureUnicodeLiterals | code.FutureGeneratorStop)
)

// sources compiles what a program has in its texts. It keeps a compiler, since programs compile many short ones (namedtuple,
// dataclasses), which cost less than the memory that a compiler begins with. When the collector runs, that memory is given up: most programs are
// compiled once, and would keep what the largest of their texts has needed.
type sources struct {
	kept weak.Pointer[compile.Compiler]
}

// longText is the length in bytes above which a text has a compiler of its own: the memory it used is not kept.
const longText = 1 << 15

func (s *sources) compile(f *source.File, o compile.Options) (*code.Object, []*source.Diagnostic) {
	if len(f.Text) > longText {
		var compiler compile.Compiler
		return compiler.File(f, o)
	}
	compiler := s.kept.Value()
	if compiler == nil {
		compiler = new(compile.Compiler)
		s.kept = weak.Make(compiler)
	}
	return compiler.File(f, o)
}

// hook is compile() as Hooks.Compile wants it.
func (s *sources) hook(t *Thread, c object.CompileArgs) Value {
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
	o := compile.Options{Filename: name, Optimize: max(c.Optimize, 0), IntDigits: intDigits(t), TopLevelAwait: c.Flags&flagTopLevelAwait != 0,
		Incomplete: c.Flags&flagIncompleteInput != 0, OpenBlocks: c.Flags&flagDontImplyDedent != 0}
	if c.Optimize == -1 {
		o.Optimize = optimization(t)
	}
	want := "Module"
	switch c.Mode {
	case "exec":
	case "eval":
		o.Mode, want = parser.Eval, "Expression"
	case "single":
		o.Mode, want = parser.Single, "Interactive"
	case "func_type":
		if c.Flags&flagOnlyAST == 0 {
			return t.ValueErrorf("compile() mode 'func_type' requires flag PyCF_ONLY_AST")
		}
		o.Mode, want = parser.FuncType, "FunctionType"
	default:
		if c.Flags&flagOnlyAST != 0 {
			return t.ValueErrorf("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
		}
		return t.ValueErrorf("compile() mode must be 'exec', 'eval' or 'single'")
	}
	if !c.DontInherit {
		if f := t.CurrentFunc(); f != nil {
			o.Flags = f.Code.Obj.Flags & (code.FutureAnnotations | code.FutureBarryAsFLUFL)
		}
	}
	o.Flags |= code.Flags(c.Flags&futureMask) & (code.FutureAnnotations | code.FutureBarryAsFLUFL)
	if astmod.IsNode(t, c.Source) {
		return compileTree(t, c, o, want)
	}
	f, ok := sourceFile(t, c, name)
	if !ok {
		return Value{}
	}
	if c.Symbols != nil {
		return symbols(t, f, c, o)
	}
	if o.Mode == parser.Exec {
		f.NoNewline = false // of what is no file: the line break is there when an error shows the line
	}
	if c.Flags&flagOnlyAST != 0 {
		return parseTree(t, f, c, o)
	}
	obj, diags := s.compile(f, o)
	return compiled(t, obj, diags, f, true)
}

// ofFile returns an error with the line that the file of that name has, or without one: only the parser has the text that is compiled.
func ofFile(t *Thread, e source.Diagnostic) source.Diagnostic {
	e.HasText = false
	if h, _ := t.Interp.Host.(*host.Host); h != nil && h.Files != nil {
		if data, err := host.ReadFile(h.Files, e.Filename); err == nil {
			if text, bad := source.Decode(e.Filename, data); bad == nil {
				e.Text = text.Line(e.Line)
				e.HasText = e.Text != ""
			}
		}
	}
	return e
}

// intDigits returns the limit of sys.set_int_max_str_digits as the compiler takes it.
func intDigits(t *Thread) int {
	if n := t.Interp.IntMaxStrDigits; n != 0 {
		return n
	}
	return -1
}

// optimization is the level that -O asks for.
func optimization(t *Thread) int {
	if flags := t.Interp.Sys.GetName("flags"); !flags.IsNil() {
		if n := t.GetAttrName(flags, "optimize"); !n.IsNil() && n.IsInt() {
			return int(n.Int())
		}
		t.Exc = nil
	}
	return 0
}

// sourceFile decodes what is to be compiled. In text, comments about its encoding mean nothing.
func sourceFile(t *Thread, c object.CompileArgs, name string) (*source.File, bool) {
	src := c.Source
	trim := func(s string) string {
		if c.Func == "eval" {
			return strings.TrimLeft(s, " \t")
		}
		return s
	}
	if src.IsStr() {
		text := src.Str().S
		if !utf8.ValidString(text) {
			// Lone surrogates cannot be encoded.
			if t.CallMethod(src, t.Interp.Intern("encode")).IsNil() {
				return nil, false
			}
		}
		if strings.IndexByte(text, 0) >= 0 {
			return nil, nulls(t)
		}
		return source.NewFile(name, trim(text)), true
	}
	if src.Type().Buffer == nil {
		t.TypeErrorf("%s() arg 1 must be a string, bytes or %s object", c.Func, map[bool]string{true: "AST", false: "code"}[c.Func == "compile"])
		return nil, false
	}
	b, ok := src.Type().Buffer(t, src, false)
	if !ok {
		return nil, false
	}
	text := string(b.Bytes)
	if strings.IndexByte(text, 0) >= 0 {
		return nil, nulls(t)
	}
	f, err := source.Decode(name, []byte(trim(text)))
	if err != nil {
		raiseDiagnostic(t, *err)
		return nil, false
	}
	return f, true
}

func nulls(t *Thread) bool {
	t.Raisef(&object.SyntaxErrorType, "source code string cannot contain null bytes")
	return false
}

// compiled makes a Python code object of what the compiler has made, issues its warnings, and raises what is wrong.
func compiled(t *Thread, obj *code.Object, diags []*source.Diagnostic, f *source.File, trusted bool) Value {
	if !warn(t, diags) {
		return Value{}
	}
	if obj == nil {
		raiseDiagnostic(t, *diags[len(diags)-1])
		return Value{}
	}
	return object.Of(vm.NewCode(t, obj, trusted))
}

// warn issues the warnings among what the compiler has found.
func warn(t *Thread, diags []*source.Diagnostic) bool {
	for _, d := range diags {
		if d.Severity == source.Warning && !warnOf(t, d) {
			return false
		}
	}
	return true
}

// parserOptions returns how the compiler parses.
func parserOptions(o compile.Options) parser.Options {
	return parser.Options{Mode: o.Mode, BarryAsFLUFL: o.Flags&code.FutureBarryAsFLUFL != 0, Incomplete: o.Incomplete, OpenBlocks: o.OpenBlocks, IntDigits: o.IntDigits}
}

// parseTree is compile() with PyCF_ONLY_AST.
func parseTree(t *Thread, f *source.File, c object.CompileArgs, o compile.Options) Value {
	p := parserOptions(o)
	p.TypeComments, p.FeatureVersion = c.Flags&flagTypeComments != 0, c.FeatureVersion
	root, diags := parser.Parse(f, p)
	if root == nil {
		return compiled(t, nil, diags, f, true)
	}
	if c.Flags&flagOptimizedAST == flagOptimizedAST {
		more, err := ast.Preprocess(root, f, ast.PreprocessOptions{Optimize: o.Optimize, FutureAnnotations: o.Flags&code.FutureAnnotations != 0})
		if diags = append(diags, more...); err != nil {
			return compiled(t, nil, append(diags, err), f, true)
		}
	}
	if !warn(t, diags) {
		return Value{}
	}
	return astmod.FromTree(t, root)
}

// symbols makes the symbol table of a source for module _symtable.
func symbols(t *Thread, f *source.File, c object.CompileArgs, o compile.Options) Value {
	root, diags := parser.Parse(f, parserOptions(o))
	if root == nil {
		return compiled(t, nil, diags, f, true)
	}
	if !warn(t, diags) {
		return Value{}
	}
	future, err := symtable.ParseFuture(root, f)
	if err == nil {
		future.Flags |= o.Flags
		var table *symtable.Table
		if table, err = symtable.Build(root, f, symtable.Options{Future: future}); err == nil {
			return c.Symbols(table)
		}
	}
	raiseDiagnostic(t, *err)
	return Value{}
}

// compileTree is compile() of a tree.
func compileTree(t *Thread, c object.CompileArgs, o compile.Options, want string) Value {
	if c.Flags&flagOptimizedAST == flagOnlyAST {
		return c.Source
	}
	root, ok := astmod.ToTree(t, c.Source, want)
	if !ok {
		return Value{}
	}
	f := source.NewFile(o.Filename, "")
	if c.Flags&flagOnlyAST != 0 {
		diags, err := ast.Preprocess(root, f, ast.PreprocessOptions{Optimize: o.Optimize, FutureAnnotations: o.Flags&code.FutureAnnotations != 0})
		if err != nil {
			return compiled(t, nil, append(diags, err), f, false)
		}
		return astmod.FromTree(t, root)
	}
	var compiler compile.Compiler
	obj, diags := compiler.Tree(root, f, o)
	return compiled(t, obj, diags, f, false)
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
	t.TypeErrorf("expected str, bytes or os.PathLike object, not %s", v.Type().ShortName())
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
	if d.Reread {
		d = ofFile(t, d)
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
	if d.Bare {
		t.Exc.Args = object.NewTuple(object.MakeStr(d.Message))
	}
}
