package main

import (
	"fmt"
	"slices"
	"strings"
)

// group is a set of test modules and the share of their methods that krait is to pass, of
// those that CPython itself passes.
type group struct {
	name    string
	target  float64 // per cent
	modules []string
}

// groups are the modules that the project has set itself as goals, and others, without their test_.
var groups = []group{
	{"100", 100, strings.Fields(`named_expressions keywordonlyarg decorators with baseexception
		exception_variations generator_stop subclassinit dynamicclassattribute iterlen augassign binop unary abc`)},
	{"95", 95, strings.Fields(`grammar scope call except_star exceptions traceback generators coroutines asyncgen
		contextlib class descr super funcattrs frame patma fstring string_literals type_params type_aliases types
		typing builtin module weakref raise exception_group dictcomps yield_from property bool index contains
		userdict copy print syntax unpack_ex extcall listcomps positional_only_arg`)},
	{"85", 85, strings.Fields(`int long float complex str bytes list tuple dict dictviews set slice range enumerate
		iter memoryview hash format compare richcmp isinstance operator sort pow codecs io re json itertools
		functools collections struct math enum dataclasses`)},
	// What the goals do not name, but programs use.
	{"more", 95, strings.Fields(`abstract_numbers array ast base64 bdb bisect bufio configparser contextlib_async copyreg csv
		defaultdict deque descrtut difflib dynamic eof errno exception_hierarchy filecmp fileinput fileio fnmatch fractions
		genericalias genericclass genericpath getopt gettext glob global graphlib gzip heapq html htmlparser
		http_cookies int_literal ipaddress keyword linecache longexp metaclass netrc ntpath numeric_tower optparse
		pep646_syntax posixpath pprint quopri reprlib sched setcomps shlex stat string strptime tabnanny textwrap tomllib
		typechecks ucn unicode_identifiers univnewlines weakset zlib`)},
}

// groupOf returns the group of a module, nil if it is in none.
func groupOf(module string) *group {
	for i := range groups {
		if slices.Contains(groups[i].modules, module) {
			return &groups[i]
		}
	}
	return nil
}

// chooseModules returns the modules that arguments name: "int", "test_int", a group's "95",
// or "all"; nothing means all.
func chooseModules(args []string) ([]string, error) {
	if len(args) == 0 {
		args = []string{"all"}
	}
	var modules []string
	add := func(names ...string) {
		for _, name := range names {
			if !slices.Contains(modules, name) {
				modules = append(modules, name)
			}
		}
	}
	for _, arg := range args {
		i := slices.IndexFunc(groups, func(g group) bool { return g.name == arg })
		switch name := strings.TrimPrefix(arg, "test_"); {
		case arg == "all":
			for _, g := range groups {
				add(g.modules...)
			}
		case i >= 0:
			add(groups[i].modules...)
		case strings.ContainsAny(name, `/\. `) || name == "":
			return nil, fmt.Errorf("%q is not the name of a test module", arg)
		default:
			add(name)
		}
	}
	return modules, nil
}
