package interp

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyopts"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// program is the main program of an interpreter.
type program struct {
	t    *Thread
	im   *importer
	c    *Config
	main *object.Module
}

// newMain makes __main__ as it is before the program begins.
func (im *importer) newMain(t *Thread) *object.Module {
	m := object.NewModule(t, "__main__", "")
	m.Set(t, "__builtins__", t.Interp.Modules.GetName("builtins"))
	if im.lib != nil {
		m.Set(t, "__loader__", im.lib.GetName("BuiltinImporter"))
	}
	t.Interp.Modules.SetName(t, "__main__", object.Of(m))
	return m
}

// begin runs what the options ask for. False: an exception is set, unless the status says that the program could not even be read.
func (p *program) begin() (status int, ok bool) {
	o := p.c.Options
	switch o.Kind {
	case pyopts.Code:
		if !o.SafePath {
			p.firstPath("")
		}
		return 0, p.runCode(o.Target)
	case pyopts.Module:
		if !o.SafePath {
			p.firstPath(currentDir(p.files()))
		}
		return 0, p.runModule(o.Target, true)
	case pyopts.File:
		return p.runPath(absolute(p.files(), o.Target))
	}
	if !o.SafePath {
		p.firstPath("")
	}
	if p.isSession() {
		return 0, true
	}
	return p.runStdin()
}

// files returns the files that the program may use, or nil.
func (p *program) files() host.Files {
	h, _ := p.t.Interp.Host.(*host.Host)
	if h == nil {
		return nil
	}
	return h.Files
}

// firstPath puts a directory in front of sys.path.
func (p *program) firstPath(dir string) {
	v := p.t.Interp.Sys.GetName("path")
	if v.P != nil && v.IsA(&object.ListType) {
		l := object.To[object.List](v)
		l.V = append([]Value{fsName(dir)}, l.V...)
	}
}

// run runs code as __main__.
func (p *program) run(o *code.Object, trusted bool) bool {
	return p.runMain(vm.NewCode(p.t, o, trusted))
}

// runMain is run for a code object of Python's.
func (p *program) runMain(c *object.Code) bool {
	p.ready()
	d := p.main.Dict()
	return vm.RunCode(p.t, c, d, object.Of(d), nil).P != nil
}

// ready tells whoever wants to know that the program begins.
func (p *program) ready() {
	if p.c.Ready != nil {
		p.c.Ready()
	}
}

// compile compiles a program. False: an exception is set.
func (p *program) compile(name string, text []byte) (*code.Object, bool) {
	options := p.options(name)
	options.Streamed = true
	o, diags := compile.Source(context.Background(), text, options)
	if o == nil {
		d := diags[len(diags)-1]
		if before, after, ok := strings.Cut(d.Message, " on line "); ok && strings.HasPrefix(before, "Non-UTF-8 code ") {
			// What reads a program itself says which file it is.
			d.Message = before + " in file " + name + " on line " + after
		}
		raiseDiagnostic(p.t, d)
		return nil, false
	}
	return o, warnAll(p.t, diags)
}

func (p *program) options(name string) compile.Options {
	return compile.Options{Filename: name, Optimize: min(p.c.Options.Optimize, 2), IntDigits: intDigits(p.t)}
}

// runCode runs the code of -c.
func (p *program) runCode(text string) bool {
	const name = "<string>"
	if !utf8.ValidString(text) {
		io.WriteString(p.c.Stderr, "Unable to decode the command from the command line:\n")
		s := native.Decode(text)
		p.t.CallMethod(s, p.t.Interp.Intern("encode"))
		return false
	}
	text = dedent(text)
	var compiler compile.Compiler // of text, in which a comment about the encoding means nothing
	f := source.NewFile(name, text)
	o, diags := compiler.File(f, p.options(name))
	v := compiled(p.t, o, diags, f, true)
	if v.P == nil {
		return false
	}
	c := object.To[object.Code](v)
	p.im.typed = &typed{code: c, name: name, text: text}
	return p.runMain(c)
}

// dedent removes the blanks that all lines of code begin with, so that it can be indented as the script around it is. Lines of blanks do
// not count, and become empty.
func dedent(text string) string {
	lines := strings.SplitAfter(text, "\n")
	margin, found := "", false
	for _, l := range lines {
		body := strings.TrimLeft(l, " \t")
		if body == "" || body == "\n" {
			continue
		}
		indent := l[:len(l)-len(body)]
		if !found {
			margin, found = indent, true
			continue
		}
		n := 0
		for n < len(margin) && n < len(indent) && margin[n] == indent[n] {
			n++
		}
		margin = margin[:n]
	}
	if margin == "" {
		return text
	}
	var b strings.Builder
	for _, l := range lines {
		if strings.Trim(l, " \t") == "\n" {
			b.WriteByte('\n')
			continue
		}
		b.WriteString(strings.TrimPrefix(l, margin))
	}
	return b.String()
}

// runModule runs a module through runpy, as -m does. alter says that sys.argv[0] becomes the name of its file.
func (p *program) runModule(name string, alter bool) bool {
	t := p.t
	m := p.im.named(t, "runpy")
	if m.P == nil {
		return false
	}
	f := t.GetAttrName(m, "_run_module_as_main")
	p.ready()
	return f.P != nil && t.CallArgs(f, fsName(name), object.MakeBool(alter)).P != nil
}

// runPath runs a directory, an archive, a source file or a compiled one.
func (p *program) runPath(path string) (int, bool) {
	f := p.files()
	if f == nil {
		p.complain("can't open file %s: no access to files", p.repr(path))
		return 2, false
	}
	var st host.Stat
	err := f.Stat(host.CWD, path, true, &st)
	if err == nil && st.Mode&host.ModeType == host.ModeDir {
		return 0, p.runContainer(path)
	}
	var data []byte
	if err == nil {
		data, err = readFile(f, path)
	}
	if err != nil {
		if !p.c.Options.SafePath {
			p.firstPath(scriptDir(f, path))
		}
		number, text := host.Code(err)
		p.complain("can't open file %s: [Errno %d] %s", p.repr(path), number, text)
		return 2, false
	}
	if mayBeZip(data) {
		isZip, ok := p.isZip(path)
		if !ok {
			return 0, false
		}
		if isZip {
			return 0, p.runContainer(path)
		}
	}
	if !p.c.Options.SafePath {
		p.firstPath(scriptDir(f, path))
	}
	return 0, p.runFile(path, data)
}

// runContainer runs __main__ of a directory or an archive.
func (p *program) runContainer(path string) bool {
	p.firstPath(path)
	return p.runModule("__main__", false)
}

// isZip asks zipimport whether a file is an archive that it reads.
func (p *program) isZip(path string) (is, ok bool) {
	t := p.t
	m := p.im.named(t, "zipimport")
	if m.P == nil {
		return false, false
	}
	cls := t.GetAttrName(m, "zipimporter")
	if cls.P == nil {
		return false, false
	}
	if t.CallArgs(cls, fsName(path)).P != nil {
		return true, true
	}
	return false, t.Catch(&object.ImportErrorType) != nil
}

// magic314 is what .pyc files of CPython 3.14 begin with.
var magic314 = []byte("\x2b\x0e\r\n")

// runFile runs a source file or a compiled one.
func (p *program) runFile(path string, data []byte) bool {
	t := p.t
	p.main.Set(t, "__file__", fsName(path))
	p.main.Set(t, "__cached__", object.None)
	loader := "SourceFileLoader"
	compiled := strings.HasSuffix(path, ".pyc") || isPyc(data)
	if compiled {
		loader = "SourcelessFileLoader"
	}
	if !p.setLoader(path, loader) {
		return false
	}
	if compiled {
		o, ok := p.readPyc(data)
		return ok && p.run(o, false)
	}
	if p.c.Options.SkipFirstLine {
		data = skipLine(data)
	}
	o, ok := p.compile(path, data)
	return ok && p.run(o, true)
}

// isPyc reports whether data begins as a .pyc file, whatever its name is.
func isPyc(data []byte) bool { return len(data) >= 4 && string(data[:4]) == string(magic314) }

// skipLine empties the first line: those behind it keep their numbers.
func skipLine(data []byte) []byte {
	for i, c := range data {
		if c == '\n' {
			return data[i:]
		}
	}
	return nil
}

// setLoader makes the __loader__ of the main program.
func (p *program) setLoader(path, class string) bool {
	t := p.t
	if p.im.external == nil {
		return true
	}
	l := t.CallArgs(p.im.external.GetName(class), object.MakeStr("__main__"), fsName(path))
	if l.P == nil {
		return false
	}
	p.main.Set(t, "__loader__", l)
	return true
}

// readPyc returns the code object of a .pyc file.
func (p *program) readPyc(data []byte) (*code.Object, bool) {
	t := p.t
	if len(data) < 16 {
		t.Raisef(&object.EOFErrorType, "EOF read where not expected")
		return nil, false
	}
	if !isPyc(data) {
		t.Raisef(&object.RuntimeErrorType, "Bad magic number in .pyc file")
		return nil, false
	}
	v, _, err := marshal.Read(data[16:], marshal.Options{Version: pyver.Py314})
	o, isCode := v.(*code.Object)
	if err != nil || !isCode {
		t.Raisef(&object.RuntimeErrorType, "Bad code object in .pyc file")
		return nil, false
	}
	return o, true
}

// runStdin runs what standard input has.
func (p *program) runStdin() (int, bool) {
	t := p.t
	const name = "<stdin>"
	p.main.Set(t, "__file__", object.MakeStr(name))
	p.main.Set(t, "__cached__", object.None)
	f := p.files()
	if f == nil {
		return 0, true
	}
	t.Unlock()
	data, err := readAll(f, 0, 0)
	t.Lock()
	if err != nil {
		number, text := host.Code(err)
		p.complain("can't read standard input: [Errno %d] %s", number, text)
		return 2, false
	}
	o, ok := p.compile(name, data)
	return 0, ok && p.run(o, true)
}
