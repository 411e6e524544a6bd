package pyopts

import "strings"

// shortOptions are the letters; a colon says that an argument follows.
const shortOptions = "+bBc:dEhiIm:OPqRsStuvVW:xX:?"

// Parse reads the arguments, without the program's name, and the environment.
func Parse(args []string, getenv func(string) string) (*Options, *Error) {
	o := &Options{CheckHashPycs: "default"}
	randomHash := false
	var warnings []string
	rest, err := scan(args, func(letter byte, name, arg string) *Error {
		switch letter {
		case 'b':
			o.BytesWarning++
		case 'B':
			o.DontWriteBytecode = true
		case 'c':
			// A line end, so that code may end in a comment.
			o.Kind, o.Target = Code, arg+"\n"
		case 'd':
			o.Debug = 1
		case 'E':
			o.IgnoreEnvironment = true
		case 'h', '?':
			o.Help = Usage
		case 'i':
			o.Inspect, o.Interactive = 1, 1
		case 'I':
			o.Isolated, o.IgnoreEnvironment, o.NoUserSite, o.SafePath = true, true, true, true
		case 'm':
			o.Kind, o.Target = Module, arg
		case 'O':
			o.Optimize++
		case 'P':
			o.SafePath = true
		case 'q':
			o.Quiet = 1
		case 'R':
			randomHash = true
		case 's':
			o.NoUserSite = true
		case 'S':
			o.NoSite = true
		case 'u':
			o.Unbuffered = true
		case 'v':
			o.Verbose++
		case 'V':
			o.Version++
		case 'W':
			warnings = append(warnings, arg)
		case 'x':
			o.SkipFirstLine = true
		case 'X':
			name, value, has := strings.Cut(arg, "=")
			o.XOptions = append(o.XOptions, XOption{name, value, has})
		case '-':
			return o.long(name, arg)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	o.argv(rest)
	if o.Help != NoHelp || o.Version > 0 {
		return o, nil
	}
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	// The locale is asked for even where the variables of Python are not.
	o.UTF8, _ = CLocale(getenv)
	if o.IgnoreEnvironment {
		getenv = func(string) string { return "" }
	}
	if err := o.environment(getenv, randomHash, warnings); err != nil {
		return nil, err
	}
	return o, nil
}

// scan calls f with each option: its letter and its argument, or '-', its name and its argument. It returns the arguments from
// the first one on that is none: -c and -m end the options.
func scan(args []string, f func(letter byte, name, arg string) *Error) ([]string, *Error) {
	for len(args) > 0 {
		a := args[0]
		if len(a) < 2 || a[0] != '-' {
			return args, nil
		}
		args = args[1:]
		switch a {
		case "--":
			return args, nil
		case "--help":
			a = "-h"
		case "--version":
			a = "-V"
		}
		if name, ok := strings.CutPrefix(a, "--"); ok {
			arg := ""
			switch name {
			case "check-hash-based-pycs":
				if len(args) == 0 {
					return nil, wrong("Argument expected for the %s options", a)
				}
				arg, args = args[0], args[1:]
			case "help-all", "help-env", "help-xoptions":
			default:
				return nil, wrong("Unknown option: %s", a)
			}
			if err := f('-', name, arg); err != nil {
				return nil, err
			}
			continue
		}
		for cluster := a[1:]; cluster != ""; {
			letter := cluster[0]
			cluster = cluster[1:]
			i := strings.IndexByte(shortOptions, letter)
			if i < 0 || letter == ':' || letter == '+' {
				return nil, wrong("Unknown option: -%c", firstRune(a[len(a)-len(cluster)-1:]))
			}
			arg := ""
			if i+1 < len(shortOptions) && shortOptions[i+1] == ':' {
				if cluster != "" {
					arg, cluster = cluster, ""
				} else if len(args) == 0 {
					return nil, wrong("Argument expected for the -%c option", letter)
				} else {
					arg, args = args[0], args[1:]
				}
			}
			if err := f(letter, "", arg); err != nil {
				return nil, err
			}
			if letter == 'c' || letter == 'm' {
				return args, nil
			}
		}
	}
	return nil, nil
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func (o *Options) long(name, arg string) *Error {
	switch name {
	case "help-all":
		o.Help = HelpAll
	case "help-env":
		o.Help = HelpEnv
	case "help-xoptions":
		o.Help = HelpXOptions
	case "check-hash-based-pycs":
		switch arg {
		case "always", "default", "never":
			o.CheckHashPycs = arg
		default:
			return wrong("--check-hash-based-pycs must be one of 'default', 'always', or 'never'")
		}
	}
	return nil
}

// argv sets sys.argv, and the program, from what follows the options.
func (o *Options) argv(rest []string) {
	switch {
	case o.Kind == Code:
		o.Argv = append([]string{"-c"}, rest...)
	case o.Kind == Module:
		o.Argv = append([]string{"-m"}, rest...)
	case len(rest) == 0:
		o.Argv = []string{""}
	default:
		o.Argv = rest
		if rest[0] != "-" {
			o.Kind, o.Target = File, rest[0]
		}
	}
}
