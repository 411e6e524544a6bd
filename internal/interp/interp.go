package interp

import (
	"fmt"
	"io"
	"sort"

	"github.com/krait-py/krait/internal/host"
	library "github.com/krait-py/krait/internal/importer"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/impmod"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
	"github.com/krait-py/krait/internal/vm"
)

// Config says how an interpreter is set up.
type Config struct {
	sysmod.Config
	// Lib is the standard library; nil: nothing but modules written in Go can be imported.
	Lib *library.Lib
	// NoSite leaves out the import of site (-S).
	NoSite bool
	// Host is what programs may use of the machine; nil: all that the process may. Its first three descriptors are the streams below.
	Host           *host.Host
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// New returns an interpreter that is ready to run a program: importlib is there, the standard streams and site.
// An error says which part of the start-up failed.
func New(c Config) (*object.Interp, error) {
	in := object.NewInterp()
	vm.Setup(in)
	in.Host = hostOf(c)
	t := in.Main
	in.Hooks.Compile = compileHook
	in.Hooks.Unraisable = sysmod.Unraisable
	im := &importer{}
	in.Hooks.Import = im.imports
	for _, m := range modules {
		in.BuiltinModules[m.Name] = m
		c.BuiltinNames = append(c.BuiltinNames, m.Name)
	}
	c.BuiltinNames = append(c.BuiltinNames, "sys")
	sort.Strings(c.BuiltinNames)
	b := in.BuiltinModules["builtins"].Create(t)
	if b == nil {
		return nil, failure(t, "builtins")
	}
	in.Modules.SetName(t, "builtins", object.Of(b))
	if sysmod.Create(t, c.Config) == nil {
		return nil, failure(t, "sys")
	}
	in.Sys.SetName(t, "stdout", plain(c.Stdout))
	in.Sys.SetName(t, "stderr", plain(c.Stderr))
	if c.Lib == nil {
		return in, nil
	}
	in.State["_imp"] = &impmod.State{Lib: c.Lib}
	if err := im.bootstrap(t, c); err != nil {
		return nil, err
	}
	return in, nil
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
		c := tb.Frame.Func.Code
		text += fmt.Sprintf("\n  in %s of %s, line %d", c.Name.Str().S, c.Filename.Str().S, vm.LineOf(c, int(tb.Lasti)))
	}
	return fmt.Errorf("starting the interpreter: %s: %s", what, text)
}

// bootstrap sets importlib up, then the standard streams, then site.
func (im *importer) bootstrap(t *Thread, c Config) error {
	in := t.Interp
	o, trusted, err := c.Lib.Frozen("_frozen_importlib")
	if err != nil {
		return fmt.Errorf("starting the interpreter: %w", err)
	}
	m := object.NewModule(t, "_frozen_importlib", "")
	m.Set(t, "__builtins__", object.Of(in.Builtins))
	m.Set(t, "__origname__", object.MakeStr(library.FrozenOrigin("_frozen_importlib")))
	in.Modules.SetName(t, "_frozen_importlib", object.Of(m))
	if vm.RunCode(t, vm.NewCode(t, o, trusted), m.Dict(), object.Of(m.Dict()), nil).P == nil {
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
	if in.BuiltinModules["_io"] == nil {
		return nil // TODO: the streams
	}
	if err := im.streams(t, c); err != nil {
		return err
	}
	if !c.NoSite {
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

// streams makes sys.stdin, stdout and stderr.
func (im *importer) streams(t *Thread, c Config) error {
	if im.named(t, "encodings").P == nil {
		return failure(t, "encodings")
	}
	m := im.named(t, "io")
	if m.P == nil {
		return failure(t, "io")
	}
	open := t.GetAttrName(m, "open")
	wrap := t.GetAttrName(m, "TextIOWrapper")
	if open.P == nil || wrap.P == nil {
		return failure(t, "io")
	}
	names := func(ns ...string) *object.Tuple {
		vs := make([]Value, len(ns))
		for i, n := range ns {
			vs[i] = object.Of(t.Interp.Intern(n))
		}
		return object.TupleOf(vs)
	}
	for fd, name := range []string{"stdin", "stdout", "stderr"} {
		mode := "rb"
		if fd > 0 {
			mode = "wb"
		}
		buf := t.Call(open, []Value{object.MakeInt(int64(fd)), object.MakeStr(mode), object.MakeInt(-1), object.False}, names("buffering", "closefd"))
		if buf.P == nil {
			t.Exc = nil
			t.Interp.Sys.SetName(t, name, object.None)
			continue
		}
		raw := t.GetAttrName(buf, "raw")
		tty := t.CallMethod(raw, t.Interp.Intern("isatty"))
		t.SetAttr(raw, t.Interp.Intern("name"), object.MakeStr("<"+name+">"))
		errs := "strict"
		if fd == 2 {
			errs = "backslashreplace"
		}
		line := tty == object.True || fd == 2
		f := t.Call(wrap, []Value{buf, object.MakeStr("utf-8"), object.MakeStr(errs), object.MakeStr("\n"), object.MakeBool(line), object.False},
			names("encoding", "errors", "newline", "line_buffering", "write_through"))
		if f.P == nil {
			return failure(t, name)
		}
		t.SetAttr(f, t.Interp.Intern("mode"), object.MakeStr(mode[:1]))
		t.Interp.Sys.SetName(t, name, f)
		t.Interp.Sys.SetName(t, "__"+name+"__", f)
	}
	return nil
}
