package cli

import "github.com/krait-py/krait/internal/pyopts"

func usageLine(program string) string {
	return "usage: " + program + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
}

// runHelp returns a text about the command and its options.
func runHelp(program string, h pyopts.Help) string {
	switch h {
	case pyopts.HelpEnv:
		return helpVariables
	case pyopts.HelpXOptions:
		return helpX
	case pyopts.HelpAll:
		return usageLine(program) + helpOptions + "\n" + helpVariables + "\n" + helpX
	}
	return usageLine(program) + helpOptions
}

const helpOptions = `Runs a Python 3.14 program as python3.14 does: a source file, a .pyc file of CPython 3.14, a
directory or zip archive with __main__.py, code, or a module of sys.path.

Options, and the variables that do the same:
-b         warn where bytes are mixed with str or compared with it (-bb: fail)
-B         write no .pyc files; PYTHONDONTWRITEBYTECODE=1
-c cmd     run cmd; ends the options
-d         accepted, without effect
-E         ignore the PYTHON* variables
-h, -?     print this text; also --help
-i         start an interactive session when the program ends; PYTHONINSPECT=1
-I         isolated: -E, -P and -s
-m mod     run a module as a program; ends the options
-O         leave out assertions; PYTHONOPTIMIZE=1
-OO        leave out docstrings, too; PYTHONOPTIMIZE=2
-P         do not put the program's directory into sys.path; PYTHONSAFEPATH=1
-q         print no banner in an interactive session
-s         leave the user's site-packages out of sys.path; PYTHONNOUSERSITE=1
-S         do not import site
-u         do not buffer standard output and error; PYTHONUNBUFFERED=1
-v         tell what is imported, and from where; PYTHONVERBOSE=1
-V         print the Python version; twice: and that of krait
-W arg     a filter for warnings: action:message:category:module:line; PYTHONWARNINGS
-x         skip the first line of the source
-X opt     an option of the implementation: see --help-xoptions
--check-hash-based-pycs always|default|never
           when .pyc files with hashes are checked against their sources
--help-env, --help-xoptions, --help-all
           more help: variables, options of -X, all of it

file       the program
-          the program is standard input, as it is when none is named
arg ...    sys.argv[1:]
`

const helpVariables = `Environment variables of krait:
KRAIT_LIB   the standard library to use: the directory of a Python 3.14 that has os.py
KRAIT_DEBUG when krait itself fails, show where in krait

Environment variables of Python that krait heeds, besides those of options:
PYTHONBREAKPOINT   what breakpoint() calls; 0: nothing
PYTHONDEVMODE      development mode (-X dev)
PYTHONINTMAXSTRDIGITS  most digits of str() and int(); 0: any number (-X int_max_str_digits)
PYTHONIOENCODING   encoding[:errors] of the standard streams
PYTHONPATH         directories that sys.path begins with
PYTHONPROFILEIMPORTTIME  how long imports take (-X importtime)
PYTHONPYCACHEPREFIX  a directory for all .pyc files (-X no_debug_ranges             no columns, so no carets in tracebacks; PYTHONNODEBUGRANGES
-X pycache_prefix)
PYTHONUSERBASE     the directory of the user's site-packages
PYTHONUTF8         UTF-8 mode (-X utf8)
PYTHONWARNDEFAULTENCODING  warn where text files are opened without an encoding
PYTHON_COLORS      1: coloured tracebacks; 0: plain ones
PYTHON_CPU_COUNT   what os.cpu_count() returns (-X cpu_count)
PYTHONHOME, PYTHONMALLOC, PYTHONPLATLIBDIR and PYTHONCASEOK mean nothing here.
`

const helpX = `Options of -X, and the variables that do the same:
-X context_aware_warnings=0|1  PYTHON_CONTEXT_AWARE_WARNINGS
-X cpu_count=N                 what os.cpu_count() returns; default: the truth; PYTHON_CPU_COUNT
-X dev                         development mode: more warnings; PYTHONDEVMODE
-X frozen_modules=on|off       off: read os, site and so on from the library; PYTHON_FROZEN_MODULES
-X importtime[=2]              how long imports take; 2: also of what is there already
-X int_max_str_digits=N        most digits of str() and int(); 0: any number
-X no_debug_ranges             no columns, so no carets in tracebacks; PYTHONNODEBUGRANGES
-X pycache_prefix=PATH         a directory for all .pyc files; PYTHONPYCACHEPREFIX
-X thread_inherit_context=0|1  PYTHON_THREAD_INHERIT_CONTEXT
-X utf8[=0|1]                  UTF-8 mode; PYTHONUTF8
-X warn_default_encoding       warn where text files are opened without an encoding
Accepted without effect: disable_remote_debug, faulthandler, gil=1, perf, perf_jit, showrefcount, tracemalloc.
`
