package pyopts

import "fmt"

// Kind is what a command line wants to run.
type Kind uint8

// The kinds of programs.
const (
	Stdin  Kind = iota // what standard input has: no program is named, or -
	File               // a file, a directory or an archive
	Code               // -c
	Module             // -m
)

// Help is a text that a command line asks for instead of a program.
type Help uint8

// The texts.
const (
	NoHelp Help = iota
	Usage
	HelpEnv
	HelpXOptions
	HelpAll
)

// XOption is an option of -X. Without = it has no value.
type XOption struct {
	Name, Value string
	HasValue    bool
}

// Options is what a command line and the environment ask for.
type Options struct {
	Kind Kind
	// Target is the file, the code, or the module's name.
	Target string
	// Argv is sys.argv as it is when the program begins.
	Argv []string

	Help    Help
	Version int // how often -V is given

	Debug, Inspect, Interactive, Optimize, Verbose, BytesWarning, Quiet int

	DontWriteBytecode, NoUserSite, NoSite, IgnoreEnvironment, Isolated, DevMode, UTF8, SafePath bool
	Unbuffered, SkipFirstLine, WarnDefaultEncoding, FaultHandler, NoDebugRanges                 bool
	ContextAwareWarnings, ThreadInheritContext                                                  bool

	// HashSeed is the seed of the hashes of strings, unless they are random.
	HashSeed   uint32
	RandomHash bool
	// IntMaxStrDigits is how many digits int() and str() take at most; 0 is no limit.
	IntMaxStrDigits int
	// NoFrozen says that the library's modules are read from its files, also those that the interpreter has frozen.
	NoFrozen bool
	// ImportTime is 1 to show how long imports take, 2 to show those of modules that are there already, too.
	ImportTime int
	// CPUCount is what os.cpu_count() returns, or 0.
	CPUCount int
	// CheckHashPycs is "always", "default" or "never".
	CheckHashPycs string
	PycachePrefix string
	// Path is PYTHONPATH: directories that come before the library's. HasPath tells an empty one from none.
	Path    string
	HasPath bool
	// IOEncoding and IOErrors are those of the standard streams, where they are asked for.
	IOEncoding, IOErrors string

	WarnOptions []string
	XOptions    []XOption
}

// An Error ends a run before it begins.
type Error struct {
	Status int
	// Text is what standard error gets. The usage text belongs behind it, if Usage.
	Text  string
	Usage bool
}

// Error returns the text.
func (e *Error) Error() string { return e.Text }

func fatal(where, format string, args ...any) *Error {
	if where != "" {
		where += ": "
	}
	return &Error{Status: 1, Text: "Fatal Python error: " + where + fmt.Sprintf(format, args...) + "\nPython runtime state: preinitialized\n\n"}
}

func wrong(format string, args ...any) *Error {
	return &Error{Status: 2, Text: fmt.Sprintf(format, args...) + "\n", Usage: true}
}

// x returns the last -X option of that name.
func (o *Options) x(name string) (XOption, bool) {
	for i := len(o.XOptions) - 1; i >= 0; i-- {
		if o.XOptions[i].Name == name {
			return o.XOptions[i], true
		}
	}
	return XOption{}, false
}

func (o *Options) hasX(name string) bool {
	_, ok := o.x(name)
	return ok
}
