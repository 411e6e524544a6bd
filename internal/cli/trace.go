package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

func newTrace(env *Env) *cobra.Command {
	var all bool
	var output string
	cmd := &cobra.Command{
		Use:   "trace [flags] FILE [ARG]...",
		Short: "run a Python program and print each instruction that it executes",
		Long: `Run a Python program, a .py or .pyc file, as krait run does, and print each instruction
before it is executed: its line, offset, name and operand as dis shows them, then the
value stack, the top last, and where the handlers are that an exception would go to, the
innermost first. The call stack comes where another frame goes on. Of values whose
repr would be code of the program the type is shown.

The trace is written to standard error. Code of the standard library is executed, but
not shown, unless --all is given.`,
		Example: `  krait trace program.py 2>trace.txt
  krait trace -o trace.txt program.py argument`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("no file given: name a .py or .pyc file")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"py", "pyc"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var w io.Writer = env.Stderr
			if output != "" {
				f, err := os.Create(output)
				if err != nil {
					return err
				}
				defer f.Close()
				w = f
			}
			tr := &tracer{out: bufio.NewWriterSize(w, bufferSize), code: map[*code.Object]*tracedCode{}}
			status := runPython(env, append([]string{"krait", "trace"}, args...), 2, func(c *interp.Config) {
				if !all {
					tr.library = c.Lib.Dir
				}
				c.Step = tr.step
				if output == "" {
					// What the program writes there itself keeps its place.
					c.Stderr = flushFirst{tr.out, c.Stderr}
				}
			})
			if err := tr.out.Flush(); err != nil {
				return err
			}
			if status != exitOK {
				return errFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show the code of the standard library, too")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write the trace to `FILE`")
	cmd.Flags().SetInterspersed(false)
	return cmd
}

// flushFirst writes what a buffer holds before anything else goes where it leads.
type flushFirst struct {
	buffer *bufio.Writer
	io.Writer
}

func (w flushFirst) Write(p []byte) (int, error) {
	w.buffer.Flush()
	return w.Writer.Write(p)
}

// tracer prints the steps of a program.
type tracer struct {
	out     *bufio.Writer
	library string // the code of this directory is not shown
	code    map[*code.Object]*tracedCode
	last    *object.Code
	depth   int
}

// tracedCode is what is known of a code object that runs.
type tracedCode struct {
	hidden   bool
	steps    map[int]dis.Instruction // by the offset where they begin
	handlers []code.ExceptionEntry
	line     int // the one shown last
}

func (tr *tracer) about(c *object.Code) *tracedCode {
	if x := tr.code[c.Obj]; x != nil {
		return x
	}
	x := &tracedCode{steps: map[int]dis.Instruction{}, line: -1}
	tr.code[c.Obj] = x
	file := fileOf(c)
	if tr.library != "" && (strings.HasPrefix(file, "<frozen ") || strings.HasPrefix(file, tr.library)) {
		x.hidden = true
		return x
	}
	for in := range dis.Instructions(c.Full().Obj, dis.Options{}) {
		x.steps[in.StartOffset] = in
	}
	x.handlers, _ = c.Obj.ExceptionEntries()
	return x
}

func fileOf(c *object.Code) string {
	if c.Filename.IsStr() {
		return c.Filename.Str().S
	}
	return ""
}

// step prints one step.
func (tr *tracer) step(t *object.Thread, s *vm.Step) {
	x := tr.about(s.Code)
	if x.hidden {
		return
	}
	if s.Code != tr.last || s.Depth != tr.depth {
		tr.last, tr.depth = s.Code, s.Depth
		x.line = -1
		tr.callStack(t)
	}
	in := x.steps[s.Offset]
	line := "    "
	if in.HasLine && in.Line != x.line {
		x.line = in.Line
		line = fmt.Sprintf("%4d", in.Line)
	}
	op := in.OpName
	if in.HasArg {
		op += fmt.Sprintf(" %d", in.Arg)
	}
	if in.Repr != "" {
		op += " (" + in.Repr + ")"
	}
	fmt.Fprintf(tr.out, "%s %5d  %-38s [", line, in.Offset, op)
	for i, v := range s.Stack {
		if i > 0 {
			tr.out.WriteString(", ")
		}
		tr.out.WriteString(traced(t, v))
	}
	tr.out.WriteByte(']')
	for at := s.Offset; ; {
		h := innermost(x.handlers, at)
		if h == nil {
			break
		}
		fmt.Fprintf(tr.out, " -> %d", h.Target)
		if at == h.Target {
			break // a handler of itself
		}
		at = h.Target
	}
	if s.Handling != nil {
		tr.out.WriteString(" handling " + s.Handling.Type.Name)
	}
	tr.out.WriteByte('\n')
}

// innermost returns the handler of an instruction, or nil.
func innermost(handlers []code.ExceptionEntry, offset int) *code.ExceptionEntry {
	for i := range handlers {
		if h := &handlers[i]; offset >= h.Start && offset < h.End {
			return h
		}
	}
	return nil
}

// callStack prints which functions run, the innermost last.
func (tr *tracer) callStack(t *object.Thread) {
	var names []string
	file := ""
	for f := range vm.Callers(t) {
		if file == "" {
			file = fileOf(f.Code)
		}
		if x := tr.code[f.Code.Obj]; x != nil && x.hidden {
			continue
		}
		name := "?"
		if f.Code.Qualname.IsStr() {
			name = f.Code.Qualname.Str().S
		}
		names = append(names, name)
	}
	for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
		names[i], names[j] = names[j], names[i]
	}
	tr.out.WriteString("\n" + visible(strings.Join(names, " > ")+"  "+file) + "\n")
}

// tracedText is how much of a value's text is shown.
const tracedText = 40

// traced is a value in short. Nothing of the program is executed for it.
func traced(t *object.Thread, v object.Value) string {
	if v.P == nil {
		return "NULL"
	}
	text := ""
	switch v.Type() {
	case &object.IntType, &object.FloatType, &object.BoolType, &object.NoneType, &object.StrType, &object.BytesType, &object.RangeType, &object.EllipsisType:
		if r := t.Repr(v); r != nil {
			text = r.S
		}
		t.Exc = nil
	case &object.FuncType:
		text = "<function " + nameOf(object.To[object.Func](v).Qualname()) + ">"
	case &object.BuiltinType:
		text = "<built-in " + object.To[object.Builtin](v).Def.Name + ">"
	case &object.CodeType:
		text = "<code " + nameOf(object.To[object.Code](v).Name) + ">"
	default:
		if v.Type().Flags&object.FlagType != 0 {
			text = "<class " + object.To[object.Type](v).Name + ">"
		}
	}
	if text == "" {
		text = "<" + v.Type().Name + ">"
	}
	if utf8.RuneCountInString(text) > tracedText {
		text = string([]rune(text)[:tracedText-3]) + "..."
	}
	return visible(text)
}

func nameOf(v object.Value) string {
	if v.IsStr() {
		return v.Str().S
	}
	return "?"
}
