package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// stageDoes says what each stage shows.
var stageDoes = map[compile.StageName]string{
	compile.Tokens:       "the tokens that the parser gets",
	compile.Parsed:       "the syntax tree, as parsed",
	compile.Preprocessed: "the syntax tree that the later stages see",
	compile.Symbols:      "the scopes, and what each name is in them",
	compile.Generated:    "(pseudo-)instructions of each function, with labels",
	compile.Flow:         "the control-flow graph, after each pass that changed something",
	compile.Assembled:    "the bytecode, disassembled",
}

// firstPass is the graph that passes begin with.
const firstPass = "build"

// passWords are the passes over the graph as --dump takes them.
func passWords() []string {
	words := []string{firstPass}
	for _, p := range flowgraph.Passes() {
		words = append(words, passWord(p.Name))
	}
	return words
}

// listStages prints the stages and passes.
func listStages(w io.Writer) error {
	var b bytes.Buffer
	row := func(name, does string) { fmt.Fprintf(&b, "  %-32s%s\n", name, does) }
	b.WriteString("Stages, in their order:\n")
	for _, s := range compile.Stages {
		row(string(s), stageDoes[s])
	}
	b.WriteString("\nPasses over the graph, in their order:\n")
	row("flowgraph:"+firstPass, "makes basic blocks of the instructions")
	for _, p := range flowgraph.Passes() {
		row("flowgraph:"+passWord(p.Name), p.Does)
	}
	b.WriteString("\nPages:\n")
	row("html", "each function through all stages, side by side")
	_, err := w.Write(b.Bytes())
	return err
}

// wanted is what --dump asks for.
type wanted struct {
	stages map[compile.StageName]bool
	// passes are those to show the graph after; none means each that changes it.
	passes map[string]bool
}

// parseStages makes sense of the words behind --dump.
func parseStages(words []string) (*wanted, error) {
	w := &wanted{map[compile.StageName]bool{}, map[string]bool{}}
	for _, word := range words {
		name, pass, hasPass := strings.Cut(word, ":")
		switch {
		case !slices.Contains(stageWords(), name):
			if word == "list" || word == "html" {
				return nil, fmt.Errorf("--dump %s stands alone", word)
			}
			all := append(append(stageWords(), "list", "html"), passWords()...)
			err := fmt.Errorf("--dump: unknown stage %q", word)
			if slices.Contains(passWords(), passWord(name)) {
				return nil, hintf(err, "that is a pass: --dump flowgraph:%s", passWord(name))
			}
			if len(nearest(word, all)) == 0 {
				return nil, hintf(err, "krait compile --dump list lists them")
			}
			return nil, suggest(err, word, all)
		case hasPass && name != string(compile.Flow):
			return nil, fmt.Errorf("--dump: the stage %s has no passes; flowgraph has", name)
		case hasPass:
			pass = passWord(pass)
			if !slices.Contains(passWords(), pass) {
				err := fmt.Errorf("--dump: unknown pass %q", pass)
				if len(nearest(pass, passWords())) == 0 {
					return nil, hintf(err, "krait compile --dump list lists them")
				}
				return nil, suggest(err, pass, passWords())
			}
			w.passes[pass] = true
		}
		w.stages[compile.StageName(name)] = true
	}
	return w, nil
}

// section is what a stage makes of a file or a function, as text.
type section struct {
	stage    compile.StageName
	pass     string // of flowgraph
	function *function
	text     string
}

// show does what --dump asks for.
func (c *compileRun) show(args []string) error {
	if slices.Equal(c.dump, []string{"list"}) {
		return listStages(c.o.env.Stdout)
	}
	usage := func(format string, args ...any) error { return usagef(c.cmd.CommandPath(), format, args...) }
	page := slices.Equal(c.dump, []string{"html"})
	var want *wanted
	if !page {
		var err error
		if want, err = parseStages(c.dump); err != nil {
			return &usageError{err, c.cmd.CommandPath()}
		}
	}
	switch {
	case len(args) > 2:
		return usage("--dump takes one FILE and one FUNC, not %d arguments", len(args))
	case page && c.o.json():
		return usage("--format json and --dump html exclude each other")
	case page && (c.out == "" || c.out == "-") && isTerminal(c.o.env.Stdout):
		return usage("standard output is a terminal: say where the page goes with -o OUT.html")
	}
	name, funcName := args[0], ""
	if len(args) > 1 {
		funcName = args[1]
	}
	data, _, err := c.read(name)
	if err != nil {
		report(c.o.env.Stderr, inputName(name), err)
		return errFailed
	}
	options := c.options(inputName(name))
	out := newOutline(&c.compiler, data, options)
	if err := c.print(out.diagnostics, data); err != nil {
		return err
	}
	var functions []*function
	if funcName != "" {
		if out.object == nil {
			return errFailed
		}
		functions, err = out.find(funcName)
		if err != nil {
			report(c.o.env.Stderr, inputName(name), err)
			return errFailed
		}
	}
	var b bytes.Buffer
	switch {
	case page && out.object == nil:
		return errFailed
	case page:
		if functions == nil {
			functions = out.functions
		}
		err = c.page(&b, out, functions, data, options)
	default:
		sections, err := c.sections(out, functions, data, options, want)
		if err != nil {
			return err
		}
		if c.o.json() {
			writeStagesJSON(&b, options.Filename, sections)
		} else {
			printSections(&b, sections, len(sections) > 1 || len(want.stages) > 1)
		}
	}
	if err != nil {
		return err
	}
	if err := c.write(b.Bytes()); err != nil {
		return err
	}
	if out.object == nil {
		return errFailed
	}
	return nil
}

// sections returns the text of the stages wanted, in their order. functions is nil
// for all of the file.
func (c *compileRun) sections(out *outline, functions []*function, data []byte, o compile.Options, want *wanted) ([]section, error) {
	var list []section
	var failure error
	add := func(s compile.Stage, f *function, print func(w io.Writer) error) {
		var b bytes.Buffer
		if err := print(&b); err != nil && failure == nil {
			failure = fmt.Errorf("stage %s: %w", s.Name, err)
		}
		pass := ""
		if s.Pass != nil {
			pass = s.Pass.Name
		}
		list = append(list, section{s.Name, pass, f, b.String()})
	}
	// ofFile adds what a stage makes of the file, or of what the functions are in it.
	ofFile := func(s compile.Stage, print func(w io.Writer, f *function) error) {
		if functions == nil {
			add(s, nil, func(w io.Writer) error { return print(w, nil) })
		}
		for _, f := range functions {
			add(s, f, func(w io.Writer) error { return print(w, f) })
		}
	}
	last := "" // the graph before the pass
	objects := make(map[*function]*code.Object)
	out.stages(&c.compiler, data, o, func(f *function, s compile.Stage) {
		if !want.stages[s.Name] || f != nil && functions != nil && !slices.Contains(functions, f) {
			return
		}
		switch s.Name {
		case compile.Tokens:
			ofFile(s, func(w io.Writer, f *function) error { return printTokens(w, s, f) })
		case compile.Parsed, compile.Preprocessed:
			ofFile(s, func(w io.Writer, f *function) error { return printTree(w, s.Root, f) })
		case compile.Symbols:
			ofFile(s, func(w io.Writer, f *function) error {
				t := s.Table
				if f != nil {
					scope := f.scopeOf(t)
					if scope == nil {
						return nil
					}
					t = &symtable.Table{Top: scope, Future: t.Future}
				}
				return symtable.Fprint(w, t)
			})
		case compile.Generated:
			add(s, f, func(w io.Writer) error { return instruction.Printer{Positions: true}.Unit(w, s.Unit) })
		case compile.Flow:
			text := s.Graph.String()
			if s.Pass.Name == firstPass {
				last = ""
			}
			if show := want.passes[passWord(s.Pass.Name)]; show || len(want.passes) == 0 && text != last {
				add(s, f, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
			}
			last = text
		case compile.Assembled:
			objects[f] = s.Object
		}
	})
	if want.stages[compile.Assembled] && out.object != nil {
		opts := dis.Options{ShowOffsets: true, Addresses: dis.NewAddresses(out.object)}
		s := compile.Stage{Name: compile.Assembled}
		if functions == nil {
			add(s, nil, func(w io.Writer) error { return dis.Fprint(w, out.object, opts) })
		}
		opts.NoRecurse = true
		for _, f := range functions {
			add(s, f, func(w io.Writer) error { return dis.Fprint(w, objects[f], opts) })
		}
	}
	place := make(map[*function]int)
	for i, f := range out.functions {
		place[f] = i
	}
	slices.SortStableFunc(list, func(a, b section) int {
		return cmp.Or(slices.Index(compile.Stages, a.stage)-slices.Index(compile.Stages, b.stage), place[a.function]-place[b.function])
	})
	return list, failure
}

// printTokens prints the tokens of a file, or those in f, as krait tokenize -e does.
func printTokens(w io.Writer, s compile.Stage, f *function) error {
	b := bufio.NewWriter(w)
	z := &tokenizeRun{exact: true, out: b}
	tokens, _ := tokenizer.New(s.File, tokenizer.Options{}).Scan(nil)
	if f != nil {
		tokens = f.tokens(tokens)
	}
	for e := range tokenizer.Entries(s.File, tokens) {
		z.line(e)
	}
	return b.Flush()
}

// tokens returns those of a file's tokens that are in f.
func (f *function) tokens(all []token.Token) []token.Token {
	var list []token.Token
	for _, t := range all {
		at := source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol}
		if t.Col < 0 {
			// Indentation stands nowhere; what is before it decides.
			if len(list) == 0 || t.Kind == token.ENDMARKER && !f.isModule() {
				continue
			}
			at.Col, at.EndLine, at.EndCol = 0, at.Line, 0
		}
		if f.has(at) {
			list = append(list, t)
		}
	}
	return list
}

// printTree prints a tree, or what f is in it.
func printTree(w io.Writer, root ast.Root, f *function) error {
	var n ast.Node = root
	if f != nil {
		if n = f.nodeOf(root); n == nil {
			return nil
		}
	}
	if err := ast.Fprint(w, n, ast.DumpOptions{Multiline: true, Indent: "  "}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// printSections prints sections, each under a line that says what it is if headed is
// set.
func printSections(w *bytes.Buffer, list []section, headed bool) {
	for i, s := range list {
		if headed {
			if i > 0 {
				w.WriteByte('\n')
			}
			w.WriteString("# " + s.title() + "\n")
		}
		w.WriteString(s.text)
	}
}

// title says what s is: "flowgraph after peephole: Spam.eggs, line 3".
func (s *section) title() string {
	title := string(s.stage)
	if s.pass != "" {
		title += " after " + s.pass
	}
	if s.function != nil {
		title += fmt.Sprintf(": %s, line %d", visible(s.function.qualname), s.function.line)
	}
	return title
}

// stagesJSON is the document of krait compile --dump; see docs/json.md.
type stagesJSON struct {
	Schema string      `json:"schema"`
	File   text        `json:"file"`
	Stages []stageJSON `json:"stages"`
}

type stageJSON struct {
	Stage    string `json:"stage"`
	Pass     string `json:"pass,omitempty"`
	Function text   `json:"function,omitempty"`
	Line     int    `json:"line,omitempty"`
	Text     text   `json:"text"`
}

func writeStagesJSON(w io.Writer, name string, list []section) {
	doc := stagesJSON{Schema: "krait.stages/1", File: text(name), Stages: []stageJSON{}}
	for _, s := range list {
		j := stageJSON{Stage: string(s.stage), Pass: s.pass, Text: text(s.text)}
		if s.function != nil {
			j.Function, j.Line = text(s.function.qualname), s.function.line
		}
		doc.Stages = append(doc.Stages, j)
	}
	_ = writeJSON(w, doc) // a buffer takes everything
}

// write puts the output where --output says.
func (c *compileRun) write(data []byte) error {
	if c.out == "" || c.out == "-" {
		_, err := c.o.env.Stdout.Write(data)
		return err
	}
	if err := atomicfile.Write(c.out, data); err != nil {
		report(c.o.env.Stderr, c.out, err)
		return errFailed
	}
	return nil
}
