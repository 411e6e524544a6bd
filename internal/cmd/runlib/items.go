package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The kinds of items.
const (
	programs = "programs"
	modules  = "modules run as programs"
	imports  = "imports of the whole library"
	tests    = "tests of CPython"
)

// item is something to run on both sides.
type item struct {
	kind, name string
	program    string // below programs/, run before args
	args       []string
	stdin      string
}

// importAll imports all modules and prints what became of each.
const importAll = `
import os, sys, warnings
warnings.simplefilter("ignore")
root = os.path.dirname(os.__file__)
names = []
for folder, dirs, files in os.walk(root):
    rel = os.path.relpath(folder, root)
    if rel.split(os.sep)[0] in ("test", "lib-dynload", "site-packages", "idlelib", "turtledemo", "lib2to3") or "-" in os.path.basename(folder):
        continue
    for f in files:
        if f.endswith(".pyc"):
            parts = ([] if rel == "." else rel.split(os.sep)) + [f[:-4]]
            if parts[-1] == "__init__":
                parts.pop()
            if parts[-1] not in ("__main__", "antigravity", "this") and "." not in parts[-1]:
                names.append(".".join(parts))
source = frozen = 0
for name in sorted(names):
    try:
        __import__(name)
    except BaseException as e:
        print(name, type(e).__name__, e)
    else:
        m = sys.modules[name]
        f = getattr(m, "__file__", None)
        if f and f.endswith(".pyc"):
            source += 1
        else:
            frozen += 1
print(len(names), "modules,", source, "from bytecode files,", frozen, "of another kind")
`

// library lists programs that are part of the library, and what they work on.
var library = []item{
	{name: "calendar", args: []string{"-m", "calendar", "2024"}},
	{name: "json", args: []string{"-m", "json", "--sort-keys"}, stdin: `{"b": [1, 2.5, null], "a": {"é": "\u00e9"}}`},
	{name: "this", args: []string{"-m", "this"}},
	{name: "dis", args: []string{"-m", "dis"}, stdin: "def f(x):\n    for y in x: yield y\n"},
	{name: "ast", args: []string{"-m", "ast", "-a"}, stdin: "match x:\n    case [1, *_]: print(f'{x!r:>{w}}')\n"},
	{name: "tokenize", args: []string{"-m", "tokenize"}, stdin: "x = (1 +\n  2)  # three\n"},
	{name: "base64", args: []string{"-m", "base64", "-e"}, stdin: "some bytes"},
	{name: "quopri", args: []string{"-m", "quopri"}, stdin: "é = 1"},
	{name: "pydoc", args: []string{"-m", "pydoc", "textwrap"}},
	{name: "pickletools", args: []string{"-m", "pickletools", "-a"}, stdin: "(lp0\nI1\na."},
	{name: "symtable", args: []string{"-m", "symtable"}, stdin: "def f(x):\n    return lambda: x\n"},
	{name: "code", args: []string{"-m", "code", "-q"}, stdin: "x = 1\nprint(x +\n1)\n1/0\n"},
	{name: "pdb", args: []string{"-m", "pdb", "-c", "continue", "-m", "this"}, stdin: "q\n"},
	{name: "unittest", args: []string{"-m", "unittest", "--help"}},
	{name: "argparse", args: []string{"-m", "zipfile", "--help"}},
	{name: "decimal", args: []string{"-c", "import _pydecimal as d\nd.getcontext().prec = 200\nprint(d.Decimal(2).sqrt(), d.Decimal(1).exp())"}},
	{name: "dataclasses", args: []string{"-c", "import dataclasses as d, enum, typing as t\n@d.dataclass(order=True, slots=True)\nclass P[T]:\n    x: T\n    y: t.Annotated[int, 'y'] = 1\nclass C(enum.Flag): A = 1; B = 2\nprint(P(1) < P(2), P.__annotations__, t.get_type_hints(P, include_extras=True), C.A | C.B, P[int])"}},
	{name: "asyncio", args: []string{"-c", "import asyncio\nasync def f(n):\n    await asyncio.sleep(0)\n    return n\nasync def main():\n    async with asyncio.TaskGroup() as g:\n        tasks = [g.create_task(f(n)) for n in range(10)]\n    print([t.result() for t in tasks])\n    try:\n        async with asyncio.timeout(0.01): await asyncio.sleep(9)\n    except TimeoutError as e: print(repr(e))\nasyncio.run(main())"}},
	{name: "traceback", args: []string{"-c", "import textwrap\ntextwrap.wrap(1, width=5)"}},
	{name: "xml", args: []string{"-c", "import xml.dom.minidom as m, email, configparser, logging, html.parser\nprint(m.parseString('<a b=\"1\"><c/>d</a>').toprettyxml())\nprint(email.message_from_string('A: b\\nContent-Type: text/plain\\n\\nc').items())\nlogging.warning('%s', 1)"}},
}

// language begins the names of the tests that exercise the language most; others
// exercise the library.
var language = strings.Fields(`
	test_abc test_annotationlib test_argparse test_array test_ast test_asyncgen test_augassign test_bool
	test_builtin test_bytes test_c_locale_coercion test_call test_class test_code test_codeop test_collections
	test_compare test_compile test_complex test_contains test_context test_contextlib test_copy test_coroutines
	test_dataclasses test_decorators test_defaultdict test_deque test_descr test_dict test_dictcomps test_dis
	test_doctest test_dynamic test_eof test_enum test_enumerate test_except_star test_exception_group
	test_exception_hierarchy test_exceptions test_extcall test_fileinput test_flufl test_fractions test_frame test_frozen
	test_fstring test_funcattrs test_functools test_future_stmt test_generators test_generator_stop test_genericalias
	test_genexps test_getopt test_global test_grammar test_heapq test_import test_inspect test_int test_isinstance
	test_iter test_itertools test_json test_keywordonlyarg test_lambda test_list test_listcomps test_long
	test_longexp test_metaclass test_monitoring test_named_expressions test_numeric_tower test_opcodes test_operator
	test_optparse test_ordered_dict test_patma test_peepholer test_pep646_syntax test_pep_646 test_positional_only_arg
	test_pow test_pprint test_print test_property test_raise test_range test_re test_reprlib test_richcmp
	test_scope test_set test_setcomps test_slice test_sort test_statistics test_string_literals test_strtod
	test_structseq test_subclassinit test_super test_symtable test_syntax test_sys_settrace test_textwrap
	test_tokenize test_traceback test_tstring test_tuple test_type_aliases test_type_annotations test_type_params
	test_types test_typing test_unary test_unittest test_unpack test_unpack_ex test_userdict test_utf8source test_weakref
	test_with test_yield_from test__colorize test_string test_bisect test_base64 test_calendar test_configparser
	test_csv test_datetime test_difflib test_email test_html test_logging test_pickle test_shlex test_zipfile`)

// findItems lists what there is to run. On both sides there is the same.
func findItems(o options, s *side) ([]item, error) {
	var items []item
	paths, err := filepath.Glob(filepath.Join(s.programs(), "*.pyc"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		name := filepath.Base(path)
		items = append(items, item{kind: programs, name: strings.TrimSuffix(name, ".pyc"), program: name})
	}
	for _, it := range library {
		it.kind = modules
		items = append(items, it)
	}
	items = append(items, item{kind: imports, name: "imports", args: []string{"-c", importAll}})
	if o.tests == "" {
		return items, nil
	}
	entries, err := os.ReadDir(filepath.Join(s.lib(), "test"))
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name, isFile := strings.CutSuffix(e.Name(), ".pyc")
		if !strings.HasPrefix(name, "test_") || !isFile && !e.IsDir() || !o.all && !slices.Contains(language, name) {
			continue
		}
		items = append(items, item{kind: tests, name: name, args: []string{"-m", "test", "--timeout", "110", name}})
	}
	return items, nil
}
