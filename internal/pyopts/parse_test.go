package pyopts

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "ask the interpreter and rewrite testdata/options.json")

// show prints what the interpreter makes of its options.
const show = `import sys, _imp
f = sys.flags
print([f.debug, f.inspect, f.interactive, f.optimize, f.dont_write_bytecode, f.no_user_site, f.no_site, f.ignore_environment, f.verbose, f.bytes_warning, f.quiet,
 f.isolated, int(f.dev_mode), f.utf8_mode, f.warn_default_encoding, int(f.safe_path), f.int_max_str_digits, f.hash_randomization, f.thread_inherit_context, f.context_aware_warnings],
 sys.argv, sys.warnoptions, sorted(map(str, sys._xoptions.items())), sys.pycache_prefix, _imp.check_hash_based_pycs)`

// told is the same of Options.
func told(o *Options) string {
	b := func(v bool) int {
		if v {
			return 1
		}
		return 0
	}
	nums := []int{o.Debug, o.Inspect, o.Interactive, o.Optimize, b(o.DontWriteBytecode), b(o.NoUserSite), b(o.NoSite), b(o.IgnoreEnvironment), o.Verbose, o.BytesWarning, o.Quiet,
		b(o.Isolated), b(o.DevMode), b(o.UTF8), b(o.WarnDefaultEncoding), b(o.SafePath), o.IntMaxStrDigits, b(o.RandomHash || o.HashSeed != 0), b(o.ThreadInheritContext), b(o.ContextAwareWarnings)}
	quoted := func(ss []string) string {
		var q []string
		for _, s := range ss {
			q = append(q, "'"+s+"'")
		}
		return "[" + strings.Join(q, ", ") + "]"
	}
	last := map[string]string{}
	for _, x := range o.XOptions {
		last[x.Name] = fmt.Sprintf("\"('%s', True)\"", x.Name)
		if x.HasValue {
			last[x.Name] = fmt.Sprintf("\"('%s', '%s')\"", x.Name, x.Value)
		}
	}
	var xs []string
	for _, x := range last {
		xs = append(xs, x)
	}
	slices.Sort(xs)
	prefix := "None"
	if o.PycachePrefix != "" {
		prefix = o.PycachePrefix
	}
	return fmt.Sprintf("%s %s %s [%s] %s %s\n", strings.ReplaceAll(fmt.Sprint(nums), " ", ", "), quoted(o.Argv), quoted(o.WarnOptions), strings.Join(xs, ", "), prefix, o.CheckHashPycs)
}

// program stands for show in a command line.
const program = "PROGRAM"

type outcome struct {
	Args   []string
	Env    map[string]string `json:",omitempty"`
	Status int               `json:",omitempty"`
	Out    string            `json:",omitempty"`
	Err    string            `json:",omitempty"`
}

// commands are command lines, with the variables in front.
var commands = []string{
	"-c PROGRAM", "-c PROGRAM a -b", "-cPROGRAM -- x", "-I -c PROGRAM", "-IEsSP -c PROGRAM", "-bb -OO -q -u -B -Wignore -W error::X -Xdev -X a=b -Xa=c -Xfoo -X e= -c PROGRAM z",
	"-b -c PROGRAM", "-dOOOBR -c PROGRAM", "-t -c PROGRAM", "-x -c PROGRAM", "-Wb -W d -Wd -bb -c PROGRAM", "--check-hash-based-pycs never -c PROGRAM",
	"--check-hash-based-pycs x", "--check-hash-based-pycs", "-Z", "-bZ", "-c", "-m", "-W", "-X", "-bc", "--foo", "--c", "-J", "-OcPROGRAM a", "-Xutf8 -c PROGRAM", "-Xutf8=0 -c PROGRAM", "-Xutf8=2 -c PROGRAM",
	"-Xint_max_str_digits=0 -c PROGRAM", "-Xint_max_str_digits=640 -c PROGRAM", "-Xint_max_str_digits=639 -c PROGRAM", "-Xint_max_str_digits -c PROGRAM",
	"-Xpycache_prefix=/q -c PROGRAM", "-Xpycache_prefix= -c PROGRAM", "-Ximporttime=5 -c PROGRAM", "-Xcpu_count=a -c PROGRAM", "-Xcpu_count=0 -c PROGRAM", "-Xcpu_count=default -c PROGRAM",
	"-Xfrozen_modules=z -c PROGRAM", "-Xfrozen_modules=off -c PROGRAM", "-Xgil=2 -c PROGRAM", "-Xgil=0 -c PROGRAM", "-Xgil=1 -c PROGRAM", "-Xtracemalloc=x -c PROGRAM",
	"-Xthread_inherit_context=1 -Xcontext_aware_warnings=1 -c PROGRAM", "-Xthread_inherit_context=3 -c PROGRAM", "-Xcontext_aware_warnings -c PROGRAM", "-Xwarn_default_encoding -c PROGRAM",
	"PYTHONOPTIMIZE=x PYTHONDONTWRITEBYTECODE=0 PYTHONWARNINGS=a,b,,a PYTHONSAFEPATH=1 PYTHONNOUSERSITE=1 PYTHONPYCACHEPREFIX=/x PYTHONDEVMODE=1 PYTHONDEBUG=2 -c PROGRAM",
	"PYTHONOPTIMIZE=2 PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=a,b -O -Wb -We -c PROGRAM", "PYTHONOPTIMIZE=-3 PYTHONDEVMODE=0 -c PROGRAM",
	"PYTHONOPTIMIZE=2 PYTHONWARNINGS=a PYTHONINTMAXSTRDIGITS=3 -E -c PROGRAM", "PYTHONINTMAXSTRDIGITS=3 -c PROGRAM", "PYTHONINTMAXSTRDIGITS=800 -Xint_max_str_digits=700 -c PROGRAM",
	"PYTHONHASHSEED=x -c PROGRAM", "PYTHONHASHSEED=0 -c PROGRAM", "PYTHONHASHSEED=5 -c PROGRAM", "PYTHONHASHSEED=4294967296 -c PROGRAM", "PYTHONHASHSEED=0 -R -c PROGRAM", "PYTHONHASHSEED=random -c PROGRAM",
	"PYTHONUTF8=1 -c PROGRAM", "PYTHONUTF8=0 LC_ALL=C -c PROGRAM", "LC_ALL=C -c PROGRAM", "LC_ALL=C -I -c PROGRAM", "LANG= -c PROGRAM", "PYTHONUTF8=3 -c PROGRAM", "PYTHONUTF8=1 -Xutf8=0 -c PROGRAM", "LC_ALL=POSIX -Xutf8=0 -c PROGRAM",
	"PYTHONTRACEMALLOC=x -c PROGRAM", "PYTHON_CPU_COUNT=x -c PROGRAM", "PYTHON_CPU_COUNT=3 -c PROGRAM", "PYTHON_GIL=0 -c PROGRAM", "PYTHON_CONTEXT_AWARE_WARNINGS=1 PYTHON_THREAD_INHERIT_CONTEXT=1 -c PROGRAM",
	"PYTHON_CONTEXT_AWARE_WARNINGS=5 -c PROGRAM", "PYTHONWARNDEFAULTENCODING=1 -c PROGRAM",
}

func parsed(line string) (o outcome) {
	o.Env = map[string]string{}
	for _, w := range strings.Fields(line) {
		if name, value, ok := strings.Cut(w, "="); ok && len(o.Args) == 0 && strings.ToUpper(name) == name && name != "" && name[0] != '-' {
			o.Env[name] = value
			continue
		}
		o.Args = append(o.Args, w)
	}
	return o
}

// Each command line means what it means to CPython.
func TestParse(t *testing.T) {
	golden := filepath.Join("testdata", "options.json")
	if *update {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			t.Fatal(err)
		}
		var all []outcome
		for _, line := range commands {
			o := parsed(line)
			all = append(all, ask(t, in, o))
		}
		data, err := json.MarshalIndent(all, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(data, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var all []outcome
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(commands) {
		t.Errorf("%s has %d command lines, want %d; make it again with -update", golden, len(all), len(commands))
	}
	for _, want := range all {
		o, err := Parse(want.Args, func(name string) string {
			if v, ok := want.Env[name]; ok || name != "LANG" {
				return v
			}
			return "C.UTF-8"
		})
		got := outcome{Args: want.Args, Env: want.Env}
		if err != nil {
			got.Status, got.Err = err.Status, err.Text
		} else {
			got.Out = told(o)
		}
		if got.Status != want.Status || got.Out != want.Out || got.Err != want.Err {
			t.Errorf("%v %q:\ngot  %d %s%s\nwant %d %s%s", want.Env, want.Args, got.Status, got.Out, got.Err, want.Status, want.Out, want.Err)
		}
	}
}

// ask runs the interpreter.
func ask(t *testing.T, in *oracle.Interpreter, o outcome) outcome {
	t.Helper()
	var args []string
	for _, a := range o.Args {
		args = append(args, strings.ReplaceAll(a, program, show))
	}
	cmd := exec.Command(in.Path, args...)
	cmd.Env = []string{"LANG=C.UTF-8", "PATH=" + os.Getenv("PATH")}
	for name, value := range o.Env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Run()
	o.Status, o.Out, o.Err = cmd.ProcessState.ExitCode(), out.String(), errs.String()
	if i := strings.Index(o.Err, "usage: "); i >= 0 {
		o.Err = o.Err[:i]
	}
	if o.Status == 0 {
		o.Err = "" // warnings about warning options
	}
	return o
}

// What a command line runs, and the rest of what Parse finds.
func TestTargets(t *testing.T) {
	for _, test := range []struct {
		args   string
		kind   Kind
		target string
		argv   string
	}{
		{"", Stdin, "", ""},
		{"-", Stdin, "", "-"},
		{"- a", Stdin, "", "- a"},
		{"x.py -c a", File, "x.py", "x.py -c a"},
		{"-q -- -x.py b", File, "-x.py", "-x.py b"},
		{"-c 1 x.py", Code, "1\n", "-c x.py"},
		{"-m json -c", Module, "json", "-m -c"},
		{"-mjson.tool a", Module, "json.tool", "-m a"},
		{"-uV x", File, "x", "x"},
	} {
		o, err := Parse(strings.Fields(test.args), nil)
		if err != nil {
			t.Errorf("%q: %v", test.args, err)
			continue
		}
		if got := strings.Join(o.Argv, " "); o.Kind != test.kind || o.Target != test.target || got != test.argv {
			t.Errorf("%q: got %d, %q, argv %q; want %d, %q, %q", test.args, o.Kind, o.Target, got, test.kind, test.target, test.argv)
		}
	}
	o, err := Parse([]string{"-c", "1"}, func(name string) string {
		return map[string]string{"PYTHONIOENCODING": "latin-1:replace", "PYTHONPATH": "/a:/b", "PYTHONUNBUFFERED": "1", "PYTHON_CPU_COUNT": "3", "PYTHONPROFILEIMPORTTIME": "2"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if o.IOEncoding != "latin-1" || o.IOErrors != "replace" || o.Path != "/a:/b" || !o.HasPath || !o.Unbuffered || o.CPUCount != 3 || o.ImportTime != 2 {
		t.Errorf("got %+v", o)
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range commands {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		o := parsed(line)
		got, err := Parse(o.Args, func(name string) string { return o.Env[name] })
		if err == nil && len(got.Argv) == 0 {
			t.Error("no sys.argv")
		}
	})
}
