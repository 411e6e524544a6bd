package conformance

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/cli"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/pycdiff"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// The kinds that compare what becomes of a source (3.14 only). What they
// compare, for a source that is refused, is the error.
const (
	// Compile compares whole .pyc files with those of the module compileall.
	Compile Kind = "compile"
	// CompileO is Compile at optimization level 1.
	CompileO Kind = "compile-O"
	// CompileOO is Compile at optimization level 2.
	CompileOO Kind = "compile-OO"
	// AST compares the text of the module ast with positions (-a).
	AST Kind = "ast"
	// Tokens compares the text of the module tokenize, and its errors.
	Tokens Kind = "tokens"
)

// SourceKinds lists the kinds that begin with a source.
func SourceKinds() []Kind { return []Kind{AST, Compile, CompileO, CompileOO, Tokens} }

// Source reports whether k begins with a source; other kinds begin with a .pyc
// that the interpreter made.
func (k Kind) Source() bool { return k == AST || k == Tokens || k.Level() >= 0 }

// Level returns the optimization level of a kind that compiles, -1 for others.
func (k Kind) Level() int {
	switch k {
	case Compile:
		return 0
	case CompileO:
		return 1
	case CompileOO:
		return 2
	}
	return -1
}

// Compiler gives krait's results for sources. It keeps scratch memory and belongs
// to one goroutine; its zero value is ready for use.
type Compiler struct {
	compiler compile.Compiler
	writer   marshal.Fresh
}

// PYC returns the .pyc file of a source, with a header of the unchecked hash kind,
// or what is wrong with the source.
func (c *Compiler) PYC(name string, data []byte, level int) ([]byte, *source.Diagnostic, error) {
	object, diagnostics := c.compiler.Source(data, compile.Options{Filename: name, Optimize: level})
	if object == nil {
		return nil, diagnostics[len(diagnostics)-1], nil
	}
	magic, _ := pyver.MagicOf(pyver.Py314)
	h := pyc.Header{Magic: magic.Number, Version: pyver.Py314, Flags: pyc.HashBased, Hash: pyc.SourceHash(pyver.Py314, data)}
	b, err := c.writer.Append(h.Append(nil), object)
	return b, nil, err
}

// Source returns krait's result of a kind of [SourceKinds]; name is what the code
// objects and errors carry. The commands krait ast and krait tokenize read the
// source from the file at path. A panic becomes an error like any other.
func (c *Compiler) Source(k Kind, name, path string, data []byte) Result {
	return catch(func() ([]byte, error) {
		if level := k.Level(); level >= 0 {
			b, d, err := c.PYC(name, data, level)
			if d != nil {
				return []byte(RefusedText(d)), nil
			}
			return b, err
		}
		var stdout, stderr bytes.Buffer
		env := cli.Env{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
		switch k {
		case Tokens:
			cli.Run([]string{"tokenize", "--", path}, env)
			fmt.Fprintf(&stdout, "%s", stderr.Bytes())
			return bytes.ReplaceAll(stdout.Bytes(), []byte(path), []byte(name)), nil
		case AST:
			if status := cli.Run([]string{"ast", "-a", "--", path}, env); status == 0 {
				return stdout.Bytes(), nil
			}
			// The tree is refused, so the compiler does so too.
			_, d, err := c.PYC(name, data, 0)
			if d == nil {
				d = typeCommentError(name, data) // which the compiler does not look for
			}
			if d == nil {
				return nil, fmt.Errorf("krait ast fails, the compiler does not: %s (%v)", stderr.Bytes(), err)
			}
			return []byte(RefusedText(d)), nil
		}
		return nil, fmt.Errorf("%s is no kind of sources", k)
	})
}

// typeCommentError returns what is wrong with a file where comments of types are part of the syntax, as in python -m ast.
func typeCommentError(name string, data []byte) *source.Diagnostic {
	f, d := source.Decode(name, data)
	if d != nil {
		return d
	}
	if _, found := parser.Parse(f, parser.Options{TypeComments: true}); len(found) > 0 {
		return found[len(found)-1]
	}
	return nil
}

const refused = "refused: "

// Refused reports whether a text of a kind of sources is an error.
func Refused(text string) bool { return strings.HasPrefix(text, refused) }

// RefusedText returns an error in one line: type, message and the four attributes
// of SyntaxError that are its position.
func RefusedText(d *source.Diagnostic) string {
	s := refused + d.Type + ": " + d.Message
	switch {
	case !d.HasText && d.Line == 0 && d.Col == 0 && !d.HasEnd:
		return s + " (no position)"
	case !d.HasEnd:
		return fmt.Sprintf("%s (%d:%d)", s, d.Line, d.Col)
	}
	return fmt.Sprintf("%s (%d:%d to %d:%d)", s, d.Line, d.Col, d.EndLine, d.EndCol)
}

// askSource is what the interpreter runs to answer about one source: data, name
// and what are bound before it.
const askSource = `
import ast, contextlib, io, tokenize
out = io.StringIO()
class File(io.BytesIO):
    pass
file = File(data)
file.name = name
def run(what):
    if what == "ast":
        ast.open = lambda *args: file
        with contextlib.redirect_stdout(out):
            ast.main(["-a", "--", name])
    elif what == "tokens":
        tokenize._builtin_open = lambda *args: file
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                tokenize._main(["--", name])
            except SystemExit:
                pass
            except Exception:
                if "unexpected error: " not in out.getvalue():
                    raise
    else:
        compile(data, name, "exec", 0, True, int(what))
try:
    run(what)
    result = out.getvalue()
except SyntaxError as e:
    place = "%d:%d" % (e.lineno or 0, e.offset or 0)
    if e.end_lineno is not None:
        place += " to %d:%d" % (e.end_lineno, e.end_offset or 0)
    elif not e.lineno and not e.offset and e.text is None:
        place = "no position"
    result = "refused: %s: %s (%s)" % (type(e).__name__, e.msg, place)
except Exception as e:
    result = "refused: %s: %s (no position)" % (type(e).__name__, e)
`

// SourceDriverID identifies the program that [OracleSource] runs: answers that are
// kept are not to be used after it changed.
func SourceDriverID() string { return textHash(askSource)[len(hashPrefix):][:8] }

// OracleSource returns the interpreter's text of a kind of [SourceKinds]. For the
// kinds that compile that is the error, or nothing when there is none: their bytes
// depend on what a process has compiled before, so they must come from elsewhere.
func OracleSource(s *oracle.Session, k Kind, name string, data []byte) (string, error) {
	what := string(k)
	if level := k.Level(); level >= 0 {
		what = fmt.Sprint(level)
	}
	encoded := base64.StdEncoding.EncodeToString
	return s.Exec(fmt.Sprintf("import base64\ndata = base64.b64decode(%q)\nname = base64.b64decode(%q).decode()\nwhat = %q\n%s",
		encoded(data), encoded([]byte(name)), what, askSource))
}

// Explain says how a .pyc file, or the error in its place, differs from the one
// wanted: what kind of thing it is, the first findings, and the first bytes.
func Explain(want, got string) string {
	if Refused(want) || Refused(got) {
		describe := func(s string) string {
			if Refused(s) {
				return s
			}
			return fmt.Sprintf("a .pyc of %d bytes", len(s))
		}
		return fmt.Sprintf("-%s\n+%s\n", describe(want), describe(got))
	}
	var b strings.Builder
	w, wantErr := pyc.Read([]byte(want), pyc.Options{})
	g, gotErr := pyc.Read([]byte(got), pyc.Options{})
	if wantErr != nil || gotErr != nil {
		fmt.Fprintf(&b, "unreadable: %v, %v\n", wantErr, gotErr)
	} else if res, err := pycdiff.Compare(w, g); err != nil {
		fmt.Fprintln(&b, err)
	} else {
		fmt.Fprintln(&b, res.Summary())
		for i, f := range res.Findings {
			if i == 5 {
				fmt.Fprintf(&b, "and %d findings more\n", len(res.Findings)-i)
				break
			}
			fmt.Fprintf(&b, "%s %s: %s\n", f.Level, f.Where, f.Text)
			for _, line := range f.Diff[:min(len(f.Diff), 12)] {
				fmt.Fprintln(&b, line)
			}
		}
	}
	return b.String() + DifferenceBytes(want, Result{Text: got})
}

// WriteTemp writes data to a file in dir whose name can stand in messages for
// another: no other text has it.
func WriteTemp(dir string, data []byte) (string, error) {
	f, err := os.CreateTemp(dir, "krait-source-*.py")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return f.Name(), err
}
