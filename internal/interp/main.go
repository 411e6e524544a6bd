package interp

import (
	"context"
	"fmt"
	"io"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyopts"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
)

// Exit is how a program has ended.
type Exit struct {
	Status int
	// Interrupted says that nobody caught KeyboardInterrupt: the process should die by SIGINT.
	Interrupted bool
}

// statusBug is the exit status after a panic, which is krait's fault: EX_SOFTWARE.
const statusBug = 70

// statusFlush is the exit status of a program that ended well, but whose output could not be written.
const statusFlush = 120

// Main runs what the options ask for, as the command python does, to the end: with the handlers of atexit, and all output
// written.
func Main(c Config) (exit Exit) {
	if c.Options == nil {
		c.Options = defaultOptions(c.Argv)
	}
	in, im, err := start(&c)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return Exit{Status: 1}
	}
	defer func() {
		if r := recover(); r != nil {
			exit = crashed(in, &c, r)
		}
	}()
	main := object.To[object.Module](in.Modules.GetName("__main__"))
	p := &program{t: in.Main, im: im, c: &c, main: main}
	if c.Step != nil {
		vm.OnStep(in, c.Step)
	}
	status, ok := p.begin()
	if !ok && status == 0 {
		if k := c.Options.Kind; k != pyopts.Code && k != pyopts.Module {
			p.flushBoth()
		}
		exit = p.report()
	} else {
		exit.Status = status
	}
	if c.Options.Inspect > 0 || p.isSession() {
		exit = p.session()
	}
	if !p.finish() {
		exit.Status = statusFlush
	}
	return exit
}

// defaultOptions are those of a program without a command line.
func defaultOptions(argv []string) *pyopts.Options {
	if len(argv) == 0 {
		argv = []string{""}
	}
	o, err := pyopts.Parse(nil, nil)
	if err != nil {
		return &pyopts.Options{Argv: argv}
	}
	o.Argv = argv
	return o
}

// complain writes a message about the command itself to standard error.
func (p *program) complain(format string, args ...any) {
	io.WriteString(p.c.Stderr, p.c.Program+": "+fmt.Sprintf(format, args...)+"\n")
}

// repr returns the repr of a name of a file.
func (p *program) repr(name string) string {
	if s := p.t.Repr(fsName(name)); s != nil {
		return s.S
	}
	p.t.Exc = nil
	return name
}

// fsName returns the str of a name that the system has.
func fsName(s string) Value { return native.Decode(s) }

// RunSource compiles a program and runs it as __main__. The exception that ended it, if any, is left in the thread.
func RunSource(in *object.Interp, name string, src []byte) Value {
	t := in.Main
	o, diags := compile.Source(context.Background(), src, compile.Options{Filename: name})
	if o == nil {
		raiseDiagnostic(t, diags[len(diags)-1])
		return Value{}
	}
	main := object.To[object.Module](in.Modules.GetName("__main__"))
	main.Set(t, "__file__", object.MakeStr(name))
	return vm.RunCode(t, vm.NewCode(t, o, true), main.Dict(), object.Of(main.Dict()), nil)
}

// Run runs the source of a program and returns its exit status.
func Run(c Config, name string, src []byte) int {
	if c.Options == nil {
		c.Options = defaultOptions(c.Argv)
	}
	in, im, err := start(&c)
	if err != nil {
		fmt.Fprintln(c.Stderr, err)
		return 1
	}
	p := &program{t: in.Main, im: im, c: &c}
	exit := Exit{}
	if RunSource(in, name, src).IsNil() {
		exit = p.report()
	}
	if !p.finish() {
		return statusFlush
	}
	return exit.Status
}
