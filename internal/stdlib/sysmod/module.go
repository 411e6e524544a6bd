// Package sysmod is module sys.
package sysmod

import (
	"math"
	"runtime"
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyopts"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Release is the version that the machine's language and library are of.
const Release = "3.14.6"

const (
	hexVersion = 0x030e06f0
	cacheTag   = "cpython-314"
)

var (
	versionInfoType = object.StructSeq{Name: "sys.version_info", NoNew: true, Fields: []string{"major", "minor", "micro", "releaselevel", "serial"},
		Doc: "Version information as a named tuple."}
	floatInfoType = object.StructSeq{Name: "sys.float_info", Fields: []string{"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp",
		"dig", "mant_dig", "epsilon", "radix", "rounds"}, Doc: "A named tuple holding information about the float type."}
	intInfoType = object.StructSeq{Name: "sys.int_info", Fields: []string{"bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"},
		Doc: "A named tuple that holds information about Python's internal representation of integers."}
	hashInfoType = object.StructSeq{Name: "sys.hash_info", Fields: []string{"width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"},
		Doc: "A named tuple providing parameters used for computing hashes."}
	threadInfoType = object.StructSeq{Name: "sys.thread_info", Fields: []string{"name", "lock", "version"},
		Doc: "A named tuple holding information about the thread implementation."}
	flagsType = object.StructSeq{Name: "sys.flags", NoNew: true, Fields: []string{"debug", "inspect", "interactive", "optimize",
		"dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization",
		"isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path", "int_max_str_digits", "gil", "thread_inherit_context", "context_aware_warnings"},
		Visible: 18, Doc: "Flags provided through command line arguments or environment vars."}
	asyncgenHooksType = object.StructSeq{Name: "sys.asyncgen_hooks", NoNew: true, Fields: []string{"firstiter", "finalizer"}}
	unraisableType    = object.StructSeq{Name: "sys.UnraisableHookArgs", NoNew: true, Fields: []string{"exc_type", "exc_value", "exc_traceback", "err_msg", "object"}}
)

// Config is what the command line and the environment decide, and where the interpreter found itself.
type Config struct {
	// Options is what was asked for; nil: nothing.
	Options *pyopts.Options
	// Argv is sys.argv if Options is nil.
	Argv, OrigArgv, Path          []string
	Executable, Prefix, StdlibDir string
	// BasePrefix and BaseExecutable differ from Prefix and Executable in a virtual environment; empty: they do not.
	BasePrefix, BaseExecutable string
	// Build says which krait this is, for sys.version.
	Build string
	// BuiltinNames are the modules written in Go.
	BuiltinNames []string
}

// Version returns sys.version of a build of krait.
func Version(build string) string {
	if build == "" {
		build = "krait"
	}
	return Release + " (" + build + ") [Go " + strings.TrimPrefix(runtime.Version(), "go") + "]"
}

// text returns the str of bytes of the system: an argument, a path.
func text(s string) Value { return native.Decode(s) }

func str(s string) Value { return object.MakeStr(s) }

func num(n int) Value { return object.MakeInt(int64(n)) }

func list(ss []string) Value {
	vs := make([]Value, len(ss))
	for i, s := range ss {
		vs[i] = text(s)
	}
	return object.Of(object.NewList(vs))
}

func tuple(ss []string) Value {
	vs := make([]Value, len(ss))
	for i, s := range ss {
		vs[i] = str(s)
	}
	return object.Of(object.NewTuple(vs...))
}

// Create makes the module for an interpreter; its namespace is Interp.Sys.
func Create(t *Thread, c Config) *object.Module {
	m := Module.Create(t)
	if m == nil {
		return nil
	}
	set := func(name string, v Value) { m.Set(t, name, v) }
	o := c.Options
	if o == nil {
		o = &pyopts.Options{Argv: c.Argv, IntMaxStrDigits: t.Interp.IntMaxStrDigits, RandomHash: true}
	}
	t.Interp.IntMaxStrDigits, t.Interp.DevMode = o.IntMaxStrDigits, o.DevMode
	state(t).cpus = o.CPUCount
	info := object.MakeStructSeq(&versionInfoType, num(3), num(14), num(6), str("final"), num(0))
	set("version_info", info)
	set("version", str(Version(c.Build)))
	set("hexversion", num(hexVersion))
	set("api_version", num(1013))
	set("copyright", str("Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved."))
	set("_git", object.Of(object.NewTuple(str("krait"), str(""), str(""))))
	set("_framework", str(""))
	set("platform", str(Platform()))
	set("platlibdir", str("lib"))
	set("byteorder", str("little"))
	set("maxsize", object.MakeInt(math.MaxInt64))
	set("maxunicode", num(0x10FFFF))
	set("abiflags", str(""))
	set("float_repr_style", str("short"))
	set("float_info", object.MakeStructSeq(&floatInfoType, object.MakeFloat(math.MaxFloat64), num(1024), num(308), object.MakeFloat(2.2250738585072014e-308),
		num(-1021), num(-307), num(15), num(53), object.MakeFloat(2.220446049250313e-16), num(2), num(1)))
	set("int_info", object.MakeStructSeq(&intInfoType, num(30), num(4), num(4300), num(640)))
	set("hash_info", object.MakeStructSeq(&hashInfoType, num(64), object.MakeInt(1<<61-1), num(314159), num(0), num(1000003), str("siphash13"), num(64), num(128), num(0)))
	set("thread_info", object.MakeStructSeq(&threadInfoType, str("pthread"), str("semaphore"), object.None))
	set("flags", flags(o))
	impl := object.None
	if object.NamespaceType.Flags != 0 {
		impl = t.CallArgs(object.Of(&object.NamespaceType))
	}
	if impl.P == nil {
		return nil
	}
	for _, a := range []struct {
		name string
		v    Value
	}{{"name", str("cpython")}, {"cache_tag", str(cacheTag)}, {"version", info}, {"hexversion", num(hexVersion)},
		{"_multiarch", str(multiarch())}, {"supports_isolated_interpreters", object.True}} {
		if !impl.IsNone() && !t.SetAttr(impl, t.Interp.Intern(a.name), a.v) {
			return nil
		}
	}
	set("implementation", impl)
	set("builtin_module_names", tuple(c.BuiltinNames))
	names := stdlibNames()
	all := make([]Value, len(names))
	for i, n := range names {
		all[i] = object.Of(t.Interp.Intern(n))
	}
	set("stdlib_module_names", object.MakeSet(t, all, true))
	or := func(s, other string) Value {
		if s == "" {
			s = other
		}
		return text(s)
	}
	set("prefix", text(c.Prefix))
	set("exec_prefix", text(c.Prefix))
	set("base_prefix", or(c.BasePrefix, c.Prefix))
	set("base_exec_prefix", or(c.BasePrefix, c.Prefix))
	set("executable", text(c.Executable))
	set("_base_executable", or(c.BaseExecutable, c.Executable))
	set("_stdlib_dir", text(c.StdlibDir))
	set("_home", object.None)
	set("argv", list(o.Argv))
	set("orig_argv", list(c.OrigArgv))
	set("path", list(c.Path))
	set("meta_path", list(nil))
	set("path_hooks", list(nil))
	set("path_importer_cache", object.Of(object.NewDict()))
	set("warnoptions", list(o.WarnOptions))
	x := object.NewDict()
	for _, opt := range o.XOptions {
		v := object.True
		if opt.HasValue {
			v = text(opt.Value)
		}
		x.SetName(t, opt.Name, v)
	}
	set("_xoptions", object.Of(x))
	set("dont_write_bytecode", object.MakeBool(o.DontWriteBytecode))
	set("pycache_prefix", object.None)
	if o.PycachePrefix != "" {
		set("pycache_prefix", text(o.PycachePrefix))
	}
	set("modules", object.Of(t.Interp.Modules))
	for _, h := range []string{"displayhook", "excepthook", "breakpointhook", "unraisablehook"} {
		set("__"+h+"__", m.Dict().GetName(h))
	}
	t.Interp.Sys = m.Dict()
	t.Interp.Modules.SetName(t, "sys", object.Of(m))
	return m
}

// Platform returns sys.platform.
func Platform() string {
	switch runtime.GOOS {
	case "windows":
		return "win32"
	case "js", "wasip1":
		return "emscripten"
	}
	return runtime.GOOS
}

func multiarch() string {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	switch runtime.GOOS {
	case "linux":
		return arch + "-linux-gnu"
	case "darwin":
		return "darwin"
	}
	return arch
}

// flags makes sys.flags.
func flags(o *pyopts.Options) Value {
	b := func(v bool) Value {
		if v {
			return num(1)
		}
		return num(0)
	}
	return object.MakeStructSeq(&flagsType, num(o.Debug), num(o.Inspect), num(o.Interactive), num(o.Optimize), b(o.DontWriteBytecode), b(o.NoUserSite), b(o.NoSite),
		b(o.IgnoreEnvironment), num(o.Verbose), num(o.BytesWarning), num(o.Quiet), b(o.RandomHash || o.HashSeed != 0), b(o.Isolated), object.MakeBool(o.DevMode),
		b(o.UTF8), b(o.WarnDefaultEncoding), object.MakeBool(o.SafePath), num(o.IntMaxStrDigits), num(1), b(o.ThreadInheritContext), b(o.ContextAwareWarnings))
}
