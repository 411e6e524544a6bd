package pyopts

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// environment adds what environment variables and -X options say.
func (o *Options) environment(getenv func(string) string, randomHash bool, warnings []string) *Error {
	for _, f := range []struct {
		name string
		to   *int
	}{{"PYTHONDEBUG", &o.Debug}, {"PYTHONVERBOSE", &o.Verbose}, {"PYTHONOPTIMIZE", &o.Optimize}, {"PYTHONINSPECT", &o.Inspect}} {
		*f.to = max(*f.to, number(getenv(f.name)))
	}
	o.Debug, o.Inspect = min(o.Debug, 1), min(o.Inspect, 1)
	for _, f := range []struct {
		name string
		to   *bool
	}{{"PYTHONDONTWRITEBYTECODE", &o.DontWriteBytecode}, {"PYTHONNOUSERSITE", &o.NoUserSite}, {"PYTHONUNBUFFERED", &o.Unbuffered}, {"PYTHONSAFEPATH", &o.SafePath}} {
		*f.to = *f.to || number(getenv(f.name)) > 0
	}
	for _, f := range []struct {
		x, name string
		to      *bool
	}{{"dev", "PYTHONDEVMODE", &o.DevMode}, {"faulthandler", "PYTHONFAULTHANDLER", &o.FaultHandler}, {"no_debug_ranges", "PYTHONNODEBUGRANGES", &o.NoDebugRanges},
		{"warn_default_encoding", "PYTHONWARNDEFAULTENCODING", &o.WarnDefaultEncoding}} {
		*f.to = o.hasX(f.x) || getenv(f.name) != ""
	}
	o.FaultHandler = o.FaultHandler || o.DevMode
	o.Path = getenv("PYTHONPATH")
	o.HasPath = o.Path != ""
	o.PycachePrefix = getenv("PYTHONPYCACHEPREFIX")
	if x, ok := o.x("pycache_prefix"); ok {
		o.PycachePrefix = x.Value
	}
	o.IOEncoding, o.IOErrors, _ = strings.Cut(getenv("PYTHONIOENCODING"), ":")
	for _, set := range []func(func(string) string) *Error{o.utf8, o.frozen, o.importTime, o.cpuCount, o.digits, o.tracemalloc, o.gil, o.contexts} {
		if err := set(getenv); err != nil {
			return err
		}
	}
	if err := o.hash(getenv, randomHash); err != nil {
		return err
	}
	o.warnings(getenv, warnings)
	return nil
}

// number is the value of a variable that is a flag: a number, or 1 for other text.
func number(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimLeft(s, " \t\n\v\f\r"))
	if err != nil || n < 0 || n > math.MaxInt32 {
		return 1
	}
	return n
}

func (o *Options) utf8(getenv func(string) string) *Error {
	early := func(what string) *Error {
		err := fatal("preconfig_init_utf8_mode", "invalid %s value", what)
		err.Text = strings.Replace(err.Text, "preinitialized", "preinitializing", 1)
		return err
	}
	if x, ok := o.x("utf8"); ok {
		switch {
		case !x.HasValue || x.Value == "1":
			o.UTF8 = true
		case x.Value == "0":
			o.UTF8 = false
		default:
			return early("-X utf8 option")
		}
		return nil
	}
	switch getenv("PYTHONUTF8") {
	case "":
	case "1":
		o.UTF8 = true
	case "0":
		o.UTF8 = false
	default:
		return early("PYTHONUTF8 environment variable")
	}
	return nil
}

func (o *Options) frozen(getenv func(string) string) *Error {
	if x, ok := o.x("frozen_modules"); ok {
		switch x.Value {
		case "on", "":
		case "off":
			o.NoFrozen = true
		default:
			return fatal("", `bad value for option -X frozen_modules (expected "on" or "off")`)
		}
		return nil
	}
	switch getenv("PYTHON_FROZEN_MODULES") {
	case "", "on":
	case "off":
		o.NoFrozen = true
	default:
		return fatal("", `bad value for PYTHON_FROZEN_MODULES environment variable (expected "on" or "off")`)
	}
	return nil
}

func (o *Options) importTime(getenv func(string) string) *Error {
	if x, ok := o.x("importtime"); ok {
		switch x.Value {
		case "", "1":
			o.ImportTime = 1
		case "2":
			o.ImportTime = 2
		default:
			return fatal("config_init_import_time", "-X importtime: values other than 1 and 2 are reserved for future use.")
		}
		return nil
	}
	switch getenv("PYTHONPROFILEIMPORTTIME") {
	case "":
	case "2":
		o.ImportTime = 2
	default:
		o.ImportTime = 1
	}
	return nil
}

func (o *Options) cpuCount(getenv func(string) string) *Error {
	s := getenv("PYTHON_CPU_COUNT")
	x, ok := o.x("cpu_count")
	if ok {
		s = x.Value
	}
	if s == "default" || s == "" && !ok {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > math.MaxInt32 {
		return fatal("config_init_cpu_count", "-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0")
	}
	o.CPUCount = n
	return nil
}

// The limits of the digits of ints.
const (
	defaultDigits = 4300
	leastDigits   = 640
)

func (o *Options) digits(getenv func(string) string) *Error {
	o.IntMaxStrDigits = defaultDigits
	set := func(s, what string) *Error {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > math.MaxInt32 || n > 0 && n < leastDigits {
			return fatal("config_init_int_max_str_digits", "%s: invalid limit; must be >= %d or 0 for unlimited.", what, leastDigits)
		}
		o.IntMaxStrDigits = n
		return nil
	}
	if s := getenv("PYTHONINTMAXSTRDIGITS"); s != "" {
		if err := set(s, "PYTHONINTMAXSTRDIGITS"); err != nil {
			return err
		}
	}
	if x, ok := o.x("int_max_str_digits"); ok {
		return set(x.Value, "-X int_max_str_digits")
	}
	return nil
}

func (o *Options) tracemalloc(getenv func(string) string) *Error {
	valid := func(s string) bool {
		n, err := strconv.Atoi(s)
		return err == nil && n >= 0 && n <= math.MaxUint16
	}
	if s := getenv("PYTHONTRACEMALLOC"); s != "" && !valid(s) {
		return fatal("config_init_tracemalloc", "PYTHONTRACEMALLOC: invalid number of frames")
	}
	if x, ok := o.x("tracemalloc"); ok && x.HasValue && !valid(x.Value) {
		return fatal("config_init_tracemalloc", "-X tracemalloc=NFRAME: invalid number of frames")
	}
	return nil
}

func (o *Options) gil(getenv func(string) string) *Error {
	s := getenv("PYTHON_GIL")
	if x, ok := o.x("gil"); ok {
		s = x.Value
	} else if s == "" {
		return nil
	}
	switch s {
	case "1":
		return nil
	case "0":
		return fatal("config_read_gil", "Disabling the GIL is not supported by this build")
	}
	return fatal("config_read_gil", `PYTHON_GIL / -X gil must be "0" or "1"`)
}

func (o *Options) contexts(getenv func(string) string) *Error {
	for _, f := range []struct {
		x, name string
		to      *bool
	}{{"thread_inherit_context", "PYTHON_THREAD_INHERIT_CONTEXT", &o.ThreadInheritContext}, {"context_aware_warnings", "PYTHON_CONTEXT_AWARE_WARNINGS", &o.ContextAwareWarnings}} {
		s, what := getenv(f.name), f.name
		x, ok := o.x(f.x)
		if ok {
			s, what = x.Value, "-X "+f.x
		}
		switch s {
		case "0":
		case "1":
			*f.to = true
		default:
			if s != "" || ok {
				n := "n"
				if !ok {
					n = "N"
				}
				return fatal("config_init_"+f.x, "%s=%s: %[2]s is missing or invalid", what, n)
			}
		}
	}
	return nil
}

func (o *Options) hash(getenv func(string) string, random bool) *Error {
	s := getenv("PYTHONHASHSEED")
	if s == "" || s == "random" || random {
		o.RandomHash = true
		return nil
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return fatal("config_init_hash_seed", `PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]`)
	}
	o.HashSeed = uint32(n)
	return nil
}

// warnings sets sys.warnoptions: those further behind win.
func (o *Options) warnings(getenv func(string) string, options []string) {
	add := func(s string) {
		if s != "" && !slices.Contains(o.WarnOptions, s) {
			o.WarnOptions = append(o.WarnOptions, s)
		}
	}
	if o.DevMode {
		add("default")
	}
	for s := range strings.SplitSeq(getenv("PYTHONWARNINGS"), ",") {
		add(s)
	}
	for _, s := range options {
		add(s)
	}
	switch {
	case o.BytesWarning > 1:
		add("error::BytesWarning")
	case o.BytesWarning == 1:
		add("default::BytesWarning")
	}
}

// CLocale reports whether the locale that the environment names is C's, whose text is taken for UTF-8 all the same; in C.UTF-8,
// too, bytes that are none pass through the standard streams.
func CLocale(getenv func(string) string) (c, lenient bool) {
	name := ""
	for _, v := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if name = getenv(v); name != "" {
			break
		}
	}
	switch name {
	case "", "C", "POSIX":
		return true, true
	case "C.UTF-8", "C.utf8", "UTF-8":
		return false, true
	}
	return false, false
}
