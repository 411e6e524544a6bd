package object

import (
	"slices"

	"github.com/krait-py/krait/internal/strs"
)

const (
	sigNone  = "($self, /)"
	sigFind  = "($self, sub[, start[, end]], /)"
	sigStrip = "($self, chars=None, /)"
	sigFill  = "($self, width, fillchar=' ', /)"
	sigSep   = "($self, sep, /)"
	sigSplit = "($self, /, sep=None, maxsplit=-1)"
)

var strMethods = []MethodDef{
	{Name: "encode", Sig: "($self, /, encoding='utf-8', errors='strict')", Fn: strEncode, Doc: "Encode the string using the codec registered for encoding.\n\n  encoding\n    The encoding in which to encode the string.\n  errors\n    The error handling scheme to use for encoding errors: 'strict' raises\n    UnicodeEncodeError; 'ignore', 'replace' and 'xmlcharrefreplace' are others,\n    as is any name registered with codecs.register_error."},
	{Name: "replace", Sig: "($self, old, new, /, count=-1)", Fn: strReplace, Doc: "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of occurrences to replace.\n    -1 (the default value) means replace all occurrences."},
	{Name: "split", MakesList: true, Sig: sigSplit, Fn: func(t *Thread, a []Value) Value { return strSplit(t, a, false) }, Doc: "Return a list of the substrings in the string, using sep as the separator string.\n\n  sep\n    The separator. None (the default value) splits at white space and\n    leaves empty strings out.\n  maxsplit\n    Maximum number of splits, beginning at the left. -1 means no limit."},
	{Name: "rsplit", MakesList: true, Sig: sigSplit, Fn: func(t *Thread, a []Value) Value { return strSplit(t, a, true) }, Doc: "Return a list of the substrings in the string, using sep as the separator string.\n\n  sep\n    The separator. None (the default value) splits at white space and\n    leaves empty strings out.\n  maxsplit\n    Maximum number of splits, beginning at the right. -1 means no limit."},
	{Name: "join", UsesUp: true, Sig: "($self, iterable, /)", Fn: strJoin, Doc: "Concatenate any number of strings.\n\nThe string whose method is called is inserted in between each given string.\nThe result is returned as a new string.\n\nExample: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'"},
	{Name: "capitalize", Sig: sigNone, Fn: strMapped(strs.AppendCapitalized), Doc: "Return a capitalized version of the string.\n\nThe first character becomes title case and the rest lower case."},
	{Name: "casefold", Sig: sigNone, Fn: strMapped(strs.AppendFolded), Doc: "Return a version of the string suitable for caseless comparisons."},
	{Name: "title", Sig: sigNone, Fn: strMapped(strs.AppendTitled), Doc: "Return a version of the string where each word is titlecased.\n\nWords begin with an uppercase character and all remaining cased\ncharacters are lower case."},
	{Name: "center", Sig: sigFill, Fn: func(t *Thread, a []Value) Value { return strPad(t, a, 'c') }, Doc: "Return a centered string of length width.\n\nPadding is done using the specified fill character (default is a space)."},
	{Name: "count", Sig: sigFind, Fn: strCount, Doc: "Return the number of non-overlapping occurrences of substring sub in string S[start:end].\n\nOptional arguments start and end are interpreted as in slice notation."},
	{Name: "expandtabs", Sig: "($self, /, tabsize=8)", Fn: strExpandTabs, Doc: "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 characters is assumed."},
	{Name: "find", Sig: sigFind, Fn: func(t *Thread, a []Value) Value { return strFind(t, a, "find", false, false) }, Doc: "Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].\n\nOptional arguments start and end are interpreted as in slice notation.\nReturn -1 on failure."},
	{Name: "partition", Sig: sigSep, Fn: strPartition, Doc: "Partition the string into three parts using the given separator.\n\nThe parts are what is before the separator, the separator itself and what is\nafter it. If the separator is not found, they are the original string and\ntwo empty strings."},
	{Name: "index", Sig: sigFind, Fn: func(t *Thread, a []Value) Value { return strFind(t, a, "index", false, true) }, Doc: "Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].\n\nOptional arguments start and end are interpreted as in slice notation.\nRaises ValueError when the substring is not found."},
	{Name: "ljust", Sig: sigFill, Fn: func(t *Thread, a []Value) Value { return strPad(t, a, 'l') }, Doc: "Return a left-justified string of length width.\n\nPadding is done using the specified fill character (default is a space)."},
	{Name: "lower", Sig: sigNone, Fn: strFlipped(strs.AppendLower, 'A'), Doc: "Return a copy of the string converted to lowercase."},
	{Name: "lstrip", Sig: sigStrip, Fn: func(t *Thread, a []Value) Value { return strStrip(t, a, "lstrip", strs.Left) }, Doc: "Return a copy of the string with leading whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."},
	{Name: "rfind", Sig: sigFind, Fn: func(t *Thread, a []Value) Value { return strFind(t, a, "rfind", true, false) }, Doc: "Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].\n\nOptional arguments start and end are interpreted as in slice notation.\nReturn -1 on failure."},
	{Name: "rindex", Sig: sigFind, Fn: func(t *Thread, a []Value) Value { return strFind(t, a, "rindex", true, true) }, Doc: "Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].\n\nOptional arguments start and end are interpreted as in slice notation.\nRaises ValueError when the substring is not found."},
	{Name: "rjust", Sig: sigFill, Fn: func(t *Thread, a []Value) Value { return strPad(t, a, 'r') }, Doc: "Return a right-justified string of length width.\n\nPadding is done using the specified fill character (default is a space)."},
	{Name: "rstrip", Sig: sigStrip, Fn: func(t *Thread, a []Value) Value { return strStrip(t, a, "rstrip", strs.Right) }, Doc: "Return a copy of the string with trailing whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."},
	{Name: "rpartition", Sig: sigSep, Fn: strRPartition, Doc: "Partition the string into three parts using the given separator.\n\nThe separator is searched for from the end. If it is not found, the parts are\ntwo empty strings and the original string."},
	{Name: "splitlines", MakesList: true, Sig: "($self, /, keepends=False)", Fn: strSplitLines, Doc: "Return a list of the lines in the string, breaking at line boundaries.\n\nLine breaks are not included in the resulting list unless keepends is given and\ntrue."},
	{Name: "strip", Sig: sigStrip, Fn: func(t *Thread, a []Value) Value { return strStrip(t, a, "strip", strs.Both) }, Doc: "Return a copy of the string with leading and trailing whitespace removed.\n\nIf chars is given and not None, remove characters in chars instead."},
	{Name: "swapcase", Sig: sigNone, Fn: strMapped(strs.AppendSwapped), Doc: "Convert uppercase characters to lowercase and lowercase characters to uppercase."},
	{Name: "translate", Sig: "($self, table, /)", Fn: strTranslate, Doc: "Replace each character in the string using the given translation table.\n\n  table\n    A mapping of code points to code points, strings or None.\n\nThe table is asked by __getitem__; characters for which it raises LookupError\nare left as they are, those mapped to None are deleted."},
	{Name: "upper", Sig: sigNone, Fn: strFlipped(strs.AppendUpper, 'a'), Doc: "Return a copy of the string converted to uppercase."},
	{Name: "startswith", Sig: "($self, prefix[, start[, end]], /)", Fn: func(t *Thread, a []Value) Value { return strTail(t, a, "startswith", false) }, Doc: "Return True if the string starts with the specified prefix, False otherwise.\n\n  prefix\n    A string or a tuple of strings to try.\n  start\n    Optional start position. Default: start of the string.\n  end\n    Optional stop position. Default: end of the string."},
	{Name: "endswith", Sig: "($self, suffix[, start[, end]], /)", Fn: func(t *Thread, a []Value) Value { return strTail(t, a, "endswith", true) }, Doc: "Return True if the string ends with the specified suffix, False otherwise.\n\n  suffix\n    A string or a tuple of strings to try.\n  start\n    Optional start position. Default: start of the string.\n  end\n    Optional stop position. Default: end of the string."},
	{Name: "removeprefix", Sig: "($self, prefix, /)", Fn: func(t *Thread, a []Value) Value { return strRemove(t, a, "removeprefix") }, Doc: "Return a str with the given prefix string removed if present.\n\nIf the string does not start with it, return a copy of the original string."},
	{Name: "removesuffix", Sig: "($self, suffix, /)", Fn: func(t *Thread, a []Value) Value { return strRemove(t, a, "removesuffix") }, Doc: "Return a str with the given suffix string removed if present.\n\nIf the string does not end with it or it is empty, return a copy of the original\nstring."},
	{Name: "isascii", Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return MakeBool(a[0].Str().IsASCII()) }, Doc: "Return True if all characters in the string are ASCII, False otherwise.\n\nEmpty string is ASCII too."},
	{Name: "islower", Sig: sigNone, Fn: strIs(strs.IsLower), Doc: "Return True if the string is a lowercase string, False otherwise.\n\nAll its cased characters must be lowercase, and there must be one."},
	{Name: "isupper", Sig: sigNone, Fn: strIs(strs.IsUpper), Doc: "Return True if the string is an uppercase string, False otherwise.\n\nAll its cased characters must be uppercase, and there must be one."},
	{Name: "istitle", Sig: sigNone, Fn: strIs(strs.IsTitle), Doc: "Return True if the string is a title-cased string, False otherwise.\n\nUpper- and title-case characters must follow uncased ones only, and\nlowercase characters cased ones."},
	{Name: "isspace", Sig: sigNone, Fn: strIs(strs.IsSpace), Doc: "Return True if the string is a whitespace string, False otherwise.\n\nAll characters must be white space, and there must be one."},
	{Name: "isdecimal", Sig: sigNone, Fn: strIs(strs.IsDecimal), Doc: "Return True if the string is a decimal string, False otherwise.\n\nAll characters must be decimal digits, and there must be one."},
	{Name: "isdigit", Sig: sigNone, Fn: strIs(strs.IsDigit), Doc: "Return True if the string is a digit string, False otherwise.\n\nAll characters must be digits, and there must be one."},
	{Name: "isnumeric", Sig: sigNone, Fn: strIs(strs.IsNumeric), Doc: "Return True if the string is a numeric string, False otherwise.\n\nAll characters must be numeric, and there must be one."},
	{Name: "isalpha", Sig: sigNone, Fn: strIs(strs.IsAlpha), Doc: "Return True if the string is an alphabetic string, False otherwise.\n\nAll characters must be letters, and there must be one."},
	{Name: "isalnum", Sig: sigNone, Fn: strIs(strs.IsAlnum), Doc: "Return True if the string is an alpha-numeric string, False otherwise.\n\nAll characters must be letters or numeric, and there must be one."},
	{Name: "isidentifier", Sig: sigNone, Fn: strIs(strs.IsIdentifier), Doc: "Return True if the string is a valid Python identifier, False otherwise.\n\nCall keyword.iskeyword(s) to test whether string s is a reserved identifier,\nsuch as \"def\" or \"class\"."},
	{Name: "isprintable", Sig: sigNone, Fn: strIs(strs.IsPrintable), Doc: "Return True if all characters in the string are printable, False otherwise.\n\nA character is printable if repr() may use it in its output."},
	{Name: "zfill", Sig: "($self, width, /)", Fn: strZFill, Doc: "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\nThe string is never truncated."},
	{Name: "format", Sig: "($self, /, *args, **kwargs)", Raw: strFormatMethod, Doc: "Return a formatted version of the string, using substitutions from args and kwargs.\n\nThe substitutions are identified by braces ('{' and '}')."},
	{Name: "format_map", Sig: "($self, mapping, /)", Fn: strFormatMap, Doc: "Return a formatted version of the string, using substitutions from mapping.\n\nThe substitutions are identified by braces ('{' and '}')."},
	{Name: "__format__", Sig: "($self, format_spec, /)", Fn: strFormat, Doc: "Return a formatted version of the string as described by format_spec."},
	{Name: "maketrans", Sig: "(x, y=<unrepresentable>, z=<unrepresentable>, /)", Static: true, Fn: strMakeTrans, Doc: "Return a translation table usable for str.translate().\n\nIf there is only one argument, it must be a dictionary mapping Unicode ordinals\n(integers) or characters to Unicode ordinals, strings or None. If there are two\narguments, they must be strings of equal length, and each character in x is\nmapped to the one at the same position in y. If there is a third argument,\nit must be a string, whose characters will be mapped to None in the result."},
	{Name: "__sizeof__", Sig: sigNone, Fn: strSizeof, Doc: "Return the size of the string in memory, in bytes."},
	{Name: "__getnewargs__", Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return Of(NewTuple(copyOf(a[0].Str()))) }},
}

// copyOf returns a str with the same text that is another object.
func copyOf(s *Str) Value { return Of(NewStrN(s.S, s.Len())) }

// strMapped makes a method of a function that appends the text to be made of another.
func strMapped(f func(b []byte, s string) []byte) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		s := a[0].Str()
		b := f(slices.Grow(t.takeText(), len(s.S)), s.S)
		n := len(b)
		if !s.IsASCII() {
			n = CountPoints(textOf(b))
		}
		if n == s.Len() && textOf(b) == s.S {
			t.dropText(b)
			return s.exact()
		}
		return t.giveText(b, n)
	}
}

// strFlipped makes the method lower or upper of a function for strMapped; first is the first ASCII letter that changes.
func strFlipped(f func(b []byte, s string) []byte, first byte) func(t *Thread, a []Value) Value {
	other := strMapped(f)
	return func(t *Thread, a []Value) Value {
		s := a[0].Str()
		if !s.IsASCII() {
			return other(t, a)
		}
		i := strs.Unchanged(s.S, first)
		if i == len(s.S) {
			return s.exact()
		}
		if len(s.S) == 1 {
			return Of(&charStrs[s.S[0]^0x20])
		}
		r, b := makeStrBuf(len(s.S), len(s.S))
		strs.Flip(b, s.S, first)
		return Of(r)
	}
}

func strIs(f func(s string) bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value { return MakeBool(f(a[0].Str().S)) }
}

// strSizeof tells the size that CPython's object has.
func strSizeof(t *Thread, a []Value) Value {
	s := a[0].Str()
	base, width := 40, 1
	if !s.IsASCII() {
		base = 56
		for i := 0; i < len(s.S); i++ {
			switch c := s.S[i]; {
			case c >= 0xF0:
				width = 4
			case c >= 0xC4 && width < 2:
				width = 2
			}
		}
	}
	n := int64(base + (s.Len()+1)*width)
	if a[0].Type() != &StrType {
		n = max(n, 64) + int64(width*(s.Len()+1))
	}
	return MakeInt(n)
}
