package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

func newAST(env *Env) *cobra.Command {
	o := newOptions(env)
	a := &astRun{o: o, mode: choice{value: "exec", words: []string{"exec", "single", "eval", "func_type"}}}
	cmd := &cobra.Command{
		Use:   "ast [-m MODE] [-a] [-i N] [-O LEVEL] [flags] [FILE]",
		Short: "print the syntax tree of a source file, byte for byte as Python's ast module",
		Long: `Print the abstract syntax tree of a Python source file as python3.14 -m ast prints
it. Without a FILE, or with -, the tree of standard input.

Warnings and errors are shown as by krait check, on standard error; the exit
status is 1 if there is an error.`,
		Example: `  $ krait ast -a testdata/py/hello.py
  $ echo 'x = 1 + 2' | krait ast
  $ echo 'f(x)' | krait ast -m eval -i 1
  $ krait ast --format json module.py | jq '.tree.body[].name'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("one FILE at most, not %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"py", "pyw", "pyi"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.check(cmd); err != nil {
				return err
			}
			name := "-"
			if len(args) > 0 {
				name = args[0]
			}
			return a.run(name)
		},
	}
	f := cmd.Flags()
	f.VarP(&a.mode, "mode", "m", "what the text is: `MODE` exec, single, eval or func_type")
	f.BoolVar(&a.noTypeComments, "no-type-comments", false, "leave out type comments")
	f.BoolVarP(&a.dump.Attributes, "include-attributes", "a", false, "show positions")
	f.IntVarP(&a.indent, "indent", "i", 3, "indent by `N` spaces")
	f.StringVar(&a.feature, "feature-version", "", "take the grammar of Python `3.N`, as far as that is known")
	f.IntVarP(&a.optimize, "optimize", "O", -1, "change the tree as the compiler does at `LEVEL` 1 or 2")
	f.BoolVar(&a.dump.ShowEmpty, "show-empty", false, "show empty lists")
	f.Var(&o.maxSize, "max-size", "refuse files of more than `SIZE` bytes")
	o.addFormat(cmd)
	return cmd
}

// astRun is one run of the command.
type astRun struct {
	o              *options
	mode           choice
	noTypeComments bool
	indent         int
	feature        string
	optimize       int
	dump           ast.DumpOptions
	parse          parser.Options
}

// check makes options of the flags.
func (a *astRun) check(cmd *cobra.Command) error {
	a.dump.Multiline = true
	a.dump.Indent = strings.Repeat(" ", min(max(a.indent, 0), 1000))
	a.parse.TypeComments = !a.noTypeComments
	switch a.mode.value {
	case "eval":
		a.parse.Mode = parser.Eval
	case "single":
		a.parse.Mode = parser.Single
	case "func_type":
		a.parse.Mode = parser.FuncType
	}
	if a.optimize < -1 || a.optimize > 2 {
		return usagef(cmd.CommandPath(), "--optimize %d: want a level from 0 to 2", a.optimize)
	}
	if a.feature != "" {
		major, minor, _ := strings.Cut(a.feature, ".")
		n, err := strconv.Atoi(minor)
		if major != "3" || err != nil {
			return usagef(cmd.CommandPath(), "--feature-version %s: want 3.N, such as 3.10", a.feature)
		}
		// Nothing tells the first versions apart; 0 would be the newest.
		a.parse.FeatureVersion = max(n, 1)
	}
	return nil
}

// run prints the tree of the file.
func (a *astRun) run(name string) error {
	data, err := a.read(&name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.o.env.Stdout, bufferSize)
	root, found := a.tree(name, data)
	if root == nil && a.o.json() {
		writeJSON(out, failedJSON{Schema: astSchema, File: text(name), Error: text(found[len(found)-1].Error())})
	}
	shown := bufio.NewWriter(a.o.env.Stderr)
	c := checkRun{o: a.o, out: shown}
	for _, d := range found {
		c.print(d, data)
	}
	if err := shown.Flush(); err != nil {
		return err
	}
	if root == nil {
		if err := out.Flush(); err != nil {
			return err
		}
		return errFailed
	}
	if a.o.json() {
		j := astJSON{o: a.dump}
		err = j.document(name, root)
		out.Write(j.buf)
	} else {
		err = ast.Fprint(out, root, a.dump)
		out.WriteByte('\n')
	}
	return errors.Join(err, out.Flush())
}

// read returns what is in the file, and changes the name of standard input to
// the one that it has in messages.
func (a *astRun) read(name *string) ([]byte, error) {
	if *name == "-" {
		*name = "<stdin>"
		return readLimited(a.o.env.Stdin, int64(a.o.maxSize))
	}
	data, err := readFile(*name, int64(a.o.maxSize))
	if err != nil {
		report(a.o.env.Stderr, *name, err)
		return nil, errFailed
	}
	return data, nil
}

// tree returns the tree of a text, and what there is to say of it: warnings, and
// last the error if the tree is nil.
func (a *astRun) tree(name string, data []byte) (ast.Root, []*source.Diagnostic) {
	f, d := source.Decode(name, data)
	if d != nil {
		return nil, []*source.Diagnostic{d}
	}
	root, found := parser.Parse(f, a.parse)
	if root == nil {
		return nil, found
	}
	future, d := symtable.ParseFuture(root, f)
	if d != nil {
		return nil, append(found, d)
	}
	if a.optimize > 0 {
		// Python keeps the warnings for the compiler.
		_, d := ast.Preprocess(root, f, ast.PreprocessOptions{
			Optimize: a.optimize, FutureAnnotations: future.Flags&code.FutureAnnotations != 0})
		if d != nil {
			return nil, append(found, d)
		}
	}
	return root, found
}

const astSchema = "krait.ast/1"

// maxASTDepth is how deep trees may nest that are written as JSON.
const maxASTDepth = 100_000

// astJSON writes the document of krait ast; see docs/json.md.
type astJSON struct {
	record
	o     ast.DumpOptions
	depth int
}

func (j *astJSON) document(name string, root ast.Root) error {
	j.begin()
	j.text("schema", astSchema)
	j.text("file", name)
	j.key("tree")
	err := j.node(root)
	j.end()
	j.buf = append(j.buf, '\n')
	return err
}

// node writes n.
func (j *astJSON) node(n ast.Node) error {
	if j.depth++; j.depth > maxASTDepth {
		return ast.ErrTooDeep
	}
	j.begin()
	j.text("node", n.NodeKind().String())
	for f := range ast.Fields(n) {
		if err := j.field(&f); err != nil {
			return err
		}
	}
	if span, ok := ast.Position(n); ok && j.o.Attributes {
		j.int("lineno", int(span.Line))
		j.int("col_offset", int(span.Col))
		j.int("end_lineno", int(span.EndLine))
		j.int("end_col_offset", int(span.EndCol))
	}
	j.end()
	j.depth--
	return nil
}

// list writes an array of n items, unless it is empty and such are left out.
func (j *astJSON) list(name string, n int, item func(i int) error) error {
	if n == 0 && !j.o.ShowEmpty {
		return nil
	}
	j.key(name)
	j.buf = append(j.buf, '[')
	for i := range n {
		if i > 0 {
			j.buf = append(j.buf, ',')
		}
		if err := item(i); err != nil {
			return err
		}
	}
	j.buf = append(j.buf, ']')
	return nil
}

// field writes a field of a node as a member; None is left out.
func (j *astJSON) field(f *ast.Field) error {
	switch f.Kind {
	case ast.NodeField:
		if f.Node != nil {
			j.key(f.Name)
			return j.node(f.Node)
		}
	case ast.ListField:
		return j.list(f.Name, len(f.List), func(i int) error {
			if f.List[i] == nil {
				j.buf = append(j.buf, "null"...)
				return nil
			}
			return j.node(f.List[i])
		})
	case ast.StringField, ast.EnumField:
		if f.Text != "" || !f.Optional {
			j.text(f.Name, f.Text)
		}
	case ast.StringsField, ast.EnumsField:
		return j.list(f.Name, len(f.Texts), func(i int) error {
			j.buf = appendText(j.buf, f.Texts[i])
			return nil
		})
	case ast.IntField:
		j.int(f.Name, f.Int)
	case ast.ValueField:
		repr, err := pyrepr.Append(nil, f.Value, pyrepr.Options{Version: pyver.Py314})
		if err != nil {
			return err
		}
		j.key(f.Name)
		j.begin()
		j.text("type", code.TypeName(f.Value, pyver.Py314))
		j.text("repr", string(repr))
		if s, ok := f.Value.(*code.Str); ok {
			j.text("value", s.S)
		}
		j.end()
	}
	return nil
}
