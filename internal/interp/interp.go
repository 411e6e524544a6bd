package interp

import (
	"fmt"
	"io"
	"sort"
	"time"

	"github.com/krait-py/krait/internal/host"
	library "github.com/krait-py/krait/internal/importer"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/impmod"
	"github.com/krait-py/krait/internal/stdlib/signalmod"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
	"github.com/krait-py/krait/internal/vm"
)

// Config says how an interpreter is set up.
type Config struct {
	// Config is what module sys shows. Its Path, Prefix and StdlibDir come from Lib.
	sysmod.Config
	// Program is the name that messages of the command begin with.
	Program string
	// Lib is the standard library; nil: nothing but modules written in Go can be imported.
	Lib *library.Lib
	// Host is what programs may use of the machine; nil: all that the process may. Its first three descriptors are the streams below.
	Host           *host.Host
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Step is called before each instruction of the program, if it is not nil.
	Step func(t *Thread, s *vm.Step)
	// MarkWait is for how long a thread waits at most when Go's collector works: best for a process that does nothing but run one program.
	MarkWait time.Duration
	// Room reports whether the process can have so many bytes at once; nil: it can.
	Room func(bytes int) bool
	// MoreThreads is called before the program begins a second thread, if it is not nil.
	MoreThreads func()
	// Ready is called when the interpreter has started and the program is compiled, before it runs, if it is not nil.
	Ready func()
	// Ended is called when the program has ended, before the interpreter does what there is to do then, if it is not nil.
	Ended func()
}

// New returns an interpreter that is ready to run a program: importlib is there, the standard streams and site.
// An error says which part of the start-up failed.
func New(c Config) (*object.Interp, error) {
	in, _, err := start(&c)
	return in, err
}

// start is New for those who need the importer.
func start(c *Config) (*object.Interp, *importer, error) {
	if c.Options == nil {
		c.Options = defaultOptions(c.Argv)
	}
	if c.Lib != nil {
		c.StdlibDir = c.Lib.Dir
		if c.Prefix == "" {
			c.Prefix = c.Lib.Prefix()
		}
		c.Path = c.searchPath()
	}
	in := object.NewInterp()
	vm.Setup(in)
	in.Host = hostOf(*c)
	in.MarkWait, in.MoreThreads, in.Room = c.MarkWait, c.MoreThreads, c.Room
	t := in.Main
	in.Hooks.Compile = new(sources).hook
	in.Hooks.Break = breakHook
	in.Hooks.Unraisable = sysmod.Unraisable
	im := &importer{verbose: c.Options.Verbose > 0, timing: timing{mode: c.Options.ImportTime, w: c.Stderr}}
	in.NoColumns = c.Options.NoDebugRanges
	in.State["interp"] = &state{optimize: min(c.Options.Optimize, 2)}
	in.Hooks.Import = im.imports
	for _, m := range modules {
		in.BuiltinModules[m.Name] = m
		c.BuiltinNames = append(c.BuiltinNames, m.Name)
	}
	c.BuiltinNames = append(c.BuiltinNames, "sys")
	sort.Strings(c.BuiltinNames)
	b := in.BuiltinModules["builtins"].Create(t)
	if b == nil {
		return nil, nil, failure(t, "builtins")
	}
	in.Modules.SetName(t, "builtins", object.Of(b))
	if sysmod.Create(t, c.Config) == nil {
		return nil, nil, failure(t, "sys")
	}
	in.Sys.SetName(t, "stdout", plain(c.Stdout))
	in.Sys.SetName(t, "stderr", plain(c.Stderr))
	if c.Lib == nil {
		im.newMain(t)
		return in, im, nil
	}
	compiled := vm.NewCompiled(c.Lib.Modules)
	in.State["marshal"] = compiled
	in.State["_imp"] = &impmod.State{Lib: c.Lib, Compiled: compiled, CheckHashPycs: c.Options.CheckHashPycs, NoFrozen: c.Options.NoFrozen}
	if err := im.bootstrap(t, c); err != nil {
		return nil, nil, err
	}
	return in, im, nil
}

// state is what the package keeps with an interpreter.
type state struct {
	optimize int
}

// failure makes an error of the exception in t.
func failure(t *Thread, what string) error {
	e := t.Exc
	t.Exc = nil
	if e == nil {
		return fmt.Errorf("starting the interpreter: %s failed", what)
	}
	text := e.Type.Name
	if s := t.Str(object.Of(e)); s != nil {
		text += ": " + s.S
	}
	t.Exc = nil
	for tb := e.TB; tb != nil; tb = tb.Next {
		c := tb.Frame.Code
		text += fmt.Sprintf("\n  in %s of %s, line %d", c.Name.Str().S, c.Filename.Str().S, vm.LineOf(c, int(tb.Lasti)))
	}
	return fmt.Errorf("starting the interpreter: %s: %s", what, text)
}

// bootstrap sets importlib up, then the standard streams, then site.
func (im *importer) bootstrap(t *Thread, c *Config) error {
	in := t.Interp
	imps, _ := in.State["_imp"].(*impmod.State)
	boot := library.FindFrozen("_frozen_importlib")
	frozen, err := imps.Frozen(t, boot)
	if err != nil {
		return fmt.Errorf("starting the interpreter: %w", err)
	}
	m := object.NewModule(t, "_frozen_importlib", "")
	m.Set(t, "__builtins__", object.Of(in.Builtins))
	m.Set(t, "__origname__", object.MakeStr(boot.Origin))
	in.Modules.SetName(t, "_frozen_importlib", object.Of(m))
	if vm.RunCode(t, frozen, m.Dict(), object.Of(m.Dict()), nil).P == nil {
		return failure(t, "_frozen_importlib")
	}
	im.lib = m.Dict()
	imp := in.BuiltinModules["_imp"].Create(t)
	in.Modules.SetName(t, "_imp", object.Of(imp))
	if t.CallArgs(im.lib.GetName("_install"), in.Modules.GetName("sys"), object.Of(imp)).P == nil {
		return failure(t, "importlib")
	}
	if t.CallArgs(im.lib.GetName("_install_external_importers")).P == nil {
		return failure(t, "importlib")
	}
	if x := in.Modules.GetName("_frozen_importlib_external"); x.P != nil {
		im.external = object.To[object.Module](x).Dict()
	}
	addZipHook(t)
	im.newMain(t)
	signalmod.Init(t)
	if err := im.streams(t, c); err != nil {
		return err
	}
	if len(c.Options.WarnOptions) > 0 && im.named(t, "warnings").P == nil {
		// Filters are made of the options when the module is imported; warnings of the compiler want them.
		io.WriteString(c.Stderr, "'import warnings' failed\n")
		t.Exc = nil
	}
	if !c.Options.NoSite {
		if im.named(t, "site").P == nil {
			return failure(t, "site")
		}
	}
	return nil
}

// named imports a module.
func (im *importer) named(t *Thread, name string) Value {
	return im.imports(t, t.Interp.Intern(name), object.None, object.None, object.Of(object.NewTuple(object.MakeStr("*"))), 0)
}
