package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/source"
)

func newCheck(env *Env) *cobra.Command {
	o := newOptions(env)
	c := &checkRun{o: o}
	cmd := &cobra.Command{
		Use:   "check [--all] [flags] FILE...",
		Short: "report syntax errors and warnings as the interpreter shows them",
		Long: `Report what is wrong with Python source files: syntax errors and the warnings of the
compiler, with the message, the source line and the carets that python3.14 prints.
Directories are searched for .py files; - is standard input. Nothing is executed.

An interpreter stops at the first error of a file. With --all krait skips the
statement that is damaged and goes on; what it finds then is what an interpreter
would find if that statement were right.

The exit status is 1 if there are errors, 0 if there are none or only warnings.`,
		Example: `  krait check module.py package
  krait check --all --format json src | jq -r '.[] | "\(.file):\(.line): \(.message)"'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("no file given: name .py files or directories, or - for standard input")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"py", "pyw"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c.out = bufio.NewWriterSize(env.Stdout, bufferSize)
			c.begin()
			for _, name := range args {
				c.path(name)
			}
			c.end()
			if err := c.out.Flush(); err != nil {
				return err
			}
			if c.failed {
				return errFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&c.all, "all", false, "go on after the first error of a file")
	cmd.Flags().Var(&o.maxSize, "max-size", "refuse files of more than `SIZE` bytes")
	o.addFormat(cmd)
	return cmd
}

// checkRun is one run of the command.
type checkRun struct {
	o        *options
	all      bool
	out      *bufio.Writer
	compiler compile.Compiler
	listed   int // elements of the array of --format json
	failed   bool
}

// path checks a file, or all below a directory.
func (c *checkRun) path(name string) {
	if name == "-" {
		data, err := readLimited(c.o.env.Stdin, int64(c.o.maxSize))
		if err != nil {
			c.fail("<stdin>", err)
			return
		}
		c.check("<stdin>", data)
		return
	}
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		c.file(name)
		return
	}
	filepath.WalkDir(name, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			c.fail(path, err)
		case !e.IsDir() && filepath.Ext(path) == ".py":
			c.file(path)
		}
		return nil
	})
}

func (c *checkRun) file(name string) {
	data, err := readFile(name, int64(c.o.maxSize))
	if err != nil {
		c.fail(name, err)
		return
	}
	c.check(name, data)
}

// fail reports that a file could not be read.
func (c *checkRun) fail(name string, err error) {
	c.failed = true
	c.out.Flush()
	report(c.o.env.Stderr, name, err)
}

// check reports what is wrong with a file.
func (c *checkRun) check(name string, data []byte) {
	found := c.diagnose(name, data)
	if c.all {
		found = goOn(found, data, func(data []byte) []*source.Diagnostic { return c.diagnose(name, data) })
	}
	for _, d := range found {
		c.failed = c.failed || d.Severity == source.Error
		if c.o.json() {
			c.list(name, d)
		} else {
			c.print(d, data)
		}
	}
}

// diagnose returns the warnings of a file, and its error if it has one.
func (c *checkRun) diagnose(name string, data []byte) []*source.Diagnostic {
	_, found := c.compiler.Source(data, compile.Options{Filename: name})
	return found
}

// print shows a diagnostic of a file with the contents data.
func (c *checkRun) print(d *source.Diagnostic, data []byte) {
	if d.Severity == source.Warning {
		c.out.WriteString(warningText(d, data))
	} else {
		c.out.WriteString(errorText(d))
	}
}

// warningText returns a warning about a file with the contents data as Python's
// module warnings shows it.
func warningText(d *source.Diagnostic, data []byte) string {
	s := fmt.Sprintf("%s:%d: %s: %s\n", visible(d.Filename), d.Line, d.Type, visible(d.Message))
	line := d.Text
	if !d.HasText {
		line = lineOf(data, d.Line)
	}
	if line = strings.TrimSpace(line); line != "" {
		s += "  " + shownLine(line) + "\n"
	}
	return s
}

// errorText returns an error as Python's module traceback shows it.
func errorText(d *source.Diagnostic) string {
	s := ""
	if d.Line != 0 || d.Col != 0 {
		s = fmt.Sprintf("  File \"%s\", line %d\n", visible(d.Filename), d.Line)
	}
	if d.HasText {
		s += excerpt(d)
	}
	return s + fmt.Sprintf("%s: %s\n", d.Type, visible(d.Message))
}

// lineOf returns a line of a file, "" if there is none.
func lineOf(data []byte, line int) string {
	for text := range bytes.Lines(data) {
		if line--; line == 0 {
			return string(text)
		}
	}
	return ""
}

// excerpt returns the source line of a diagnostic and the carets below it.
func excerpt(d *source.Diagnostic) string {
	full := strings.TrimRight(d.Text, "\n")
	line := []rune(strings.TrimLeft(full, " \n\f"))
	width, size := utf8.RuneCountInString(full), utf8.RuneCountInString(d.Text)
	indent := width - len(line)
	from, to := d.Col, width+1
	if d.HasEnd && d.EndLine == d.Line {
		if to = d.EndCol; to == 0 {
			to = from
		}
	}
	if size > 0 && from > size {
		from = width + 1
	}
	if size > 0 && to > size {
		to = width + 1
	}
	if from >= to || to < 0 {
		to = from + 1
	}
	from, to = from-1-indent, to-1-indent
	text := "    " + shownLine(string(line)) + "\n"
	if from < 0 {
		return text
	}
	// Tabs and the like stay, so that the carets are below what they point at.
	var b strings.Builder
	for _, r := range line[:min(from, len(line))] {
		if !unicode.IsSpace(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return text + "    " + b.String() + strings.Repeat("^", to-from) + "\n"
}

// shownLine returns a line of a file as a terminal can show it: space stays, and
// what else could move the cursor is replaced by U+FFFD.
func shownLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || unicode.IsSpace(r) {
			return r
		}
		return '\uFFFD'
	}, s)
}

// checkJSON is an element of what krait check --format json prints; see
// docs/json.md.
type checkJSON struct {
	File     text   `json:"file"`
	Severity string `json:"severity"`
	Type     string `json:"type"`
	Message  text   `json:"message"`
	Line     *int   `json:"line"`
	Col      *int   `json:"column"`
	EndLine  *int   `json:"end_line"`
	EndCol   *int   `json:"end_column"`
}

func (c *checkRun) begin() {
	if c.o.json() {
		c.out.WriteString("[")
	}
}

func (c *checkRun) end() {
	if !c.o.json() {
		return
	}
	if c.listed > 0 {
		c.out.WriteByte('\n')
	}
	c.out.WriteString("]\n")
}

func (c *checkRun) list(name string, d *source.Diagnostic) {
	e := checkJSON{File: text(name), Severity: "error", Type: d.Type, Message: text(d.Message)}
	if d.Severity == source.Warning {
		e.Severity = "warning"
	}
	if d.Line != 0 || d.Col != 0 || d.HasEnd {
		e.Line, e.Col = &d.Line, &d.Col
	}
	if d.HasEnd {
		e.EndLine, e.EndCol = &d.EndLine, &d.EndCol
	}
	if c.listed > 0 {
		c.out.WriteByte(',')
	}
	c.out.WriteByte('\n')
	c.listed++
	var b strings.Builder
	writeJSON(&b, e)
	c.out.WriteString(strings.TrimSuffix(b.String(), "\n"))
}
