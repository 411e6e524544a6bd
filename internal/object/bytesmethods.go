package object

import "github.com/krait-py/krait/internal/strs"

const (
	sigBytesFill  = "($self, width, fillchar=b' ', /)"
	sigBytesStrip = "($self, bytes=None, /)"
)

// bytesMethods returns the methods that bytes and bytearray share; name is the type's.
func bytesMethods(name string) []MethodDef {
	object := name
	if name == "bytes" {
		object = "bytes object"
	}
	mapped := func(n string, f strs.ByteCase) MethodDef {
		return MethodDef{Name: n, Sig: sigNone, Fn: func(t *Thread, a []Value) Value {
			s := bytesText(a[0])
			r, b := bufferLike(a[0], len(s))
			f(b, s)
			return writtenLike(r, b)
		},
			Doc: "B." + n + "() -> copy of B\n\nReturn a copy of B changed like a str of ASCII characters by its method " + n + "."}
	}
	is := func(n, doc string, f func(s string) bool) MethodDef {
		return MethodDef{Name: n, Sig: sigNone, Fn: func(t *Thread, a []Value) Value { return MakeBool(f(bytesText(a[0]))) }, Doc: "B." + n + "() -> bool\n\n" + doc}
	}
	all := func(n, doc string, f func(c byte) bool) MethodDef {
		return is(n, doc, func(s string) bool { return strs.BytesIs(s, f) })
	}
	find := func(n, doc string, last, must bool) MethodDef {
		return MethodDef{Name: n, Sig: sigFind, Fn: func(t *Thread, a []Value) Value { return bytesFind(t, a, last, must) }, Doc: doc}
	}
	fill := func(n, doc string, side byte) MethodDef {
		return MethodDef{Name: n, Sig: sigBytesFill, Fn: func(t *Thread, a []Value) Value { return bytesPad(t, a, n, side) },
			Doc: doc + "\n\nPadding is done using the specified fill character."}
	}
	strip := func(n, doc string, sides strs.Sides) MethodDef {
		return MethodDef{Name: n, Sig: sigBytesStrip, Fn: func(t *Thread, a []Value) Value { return bytesStrip(t, a, sides) },
			Doc: doc + "\n\nIf the argument is omitted or None, strip ASCII whitespace."}
	}
	const sub = "\n\n  start\n    Optional start position. Default: start of the bytes.\n  end\n    Optional stop position. Default: end of the bytes."
	return []MethodDef{
		mapped("capitalize", strs.BytesCapitalize),
		fill("center", "Return a centered string of length width.", 'c'),
		{Name: "count", Sig: sigFind, Fn: bytesCount, Doc: "Return the number of non-overlapping occurrences of subsection 'sub' in bytes B[start:end]." + sub},
		{Name: "decode", Sig: "($self, /, encoding='utf-8', errors='strict')", Fn: bytesDecode, Doc: "Decode the " + name + " using the codec registered for encoding.\n\n  encoding\n    The encoding with which to decode the " + name + ".\n  errors\n    The error handling scheme to use for the handling of decoding errors."},
		{Name: "endswith", Sig: "($self, suffix[, start[, end]], /)", Fn: func(t *Thread, a []Value) Value { return bytesTail(t, a, "endswith", true) }, Doc: "Return True if the " + name + " ends with the specified suffix, False otherwise.\n\n  suffix\n    A bytes or a tuple of bytes to try." + sub},
		{Name: "expandtabs", Sig: "($self, /, tabsize=8)", Fn: bytesExpandTabs, Doc: "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 characters is assumed."},
		find("find", "Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end]."+sub+"\n\nReturn -1 on failure.", false, false),
		{Name: "fromhex", Sig: "($type, string, /)", Fn: bytesFromHex, Doc: "Create a " + object + " from a string of hexadecimal numbers.\n\nSpaces between two numbers are accepted.\nExample: " + name + ".fromhex('B9 01EF')."},
		{Name: "hex", Sig: "($self, /, sep=<unrepresentable>, bytes_per_sep=1)", Fn: bytesHex, Doc: "Create a string of hexadecimal numbers from a " + object + ".\n\n  sep\n    An optional single character or byte to separate hex bytes.\n  bytes_per_sep\n    How many bytes between separators. Positive values count from the\n    right, negative values count from the left.\n\n>>> " + name + "(b'\\xb9\\x01\\xef').hex(':')\n'b9:01:ef'"},
		find("index", "Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end]."+sub+"\n\nRaise ValueError if the subsection is not found.", false, true),
		all("isalnum", "Return True if all characters in B are alphanumeric\nand there is at least one character in B, False otherwise.", strs.IsByteAlnum),
		all("isalpha", "Return True if all characters in B are alphabetic\nand there is at least one character in B, False otherwise.", strs.IsByteAlpha),
		is("isascii", "Return True if B is empty or all characters in B are ASCII,\nFalse otherwise.", strs.IsASCII),
		all("isdigit", "Return True if all characters in B are digits\nand there is at least one character in B, False otherwise.", strs.IsByteDigit),
		is("islower", "Return True if all cased characters in B are lowercase and there is\nat least one cased character in B, False otherwise.", strs.BytesIsLower),
		all("isspace", "Return True if all characters in B are whitespace\nand there is at least one character in B, False otherwise.", strs.IsByteSpace),
		is("istitle", "Return True if B is a titlecased string and there is at least one\ncharacter in B, False otherwise.", strs.BytesIsTitle),
		is("isupper", "Return True if all cased characters in B are uppercase and there is\nat least one cased character in B, False otherwise.", strs.BytesIsUpper),
		{Name: "join", Sig: "($self, iterable_of_bytes, /)", Fn: bytesJoin, Doc: "Concatenate any number of bytes objects.\n\nThe bytes whose method is called is inserted in between each pair.\nThe result is returned as a new " + object + "."},
		fill("ljust", "Return a left-justified string of length width.", 'l'),
		mapped("lower", strs.BytesLower),
		strip("lstrip", "Strip leading bytes contained in the argument.", strs.Left),
		{Name: "maketrans", Sig: "(frm, to, /)", Static: true, Fn: bytesMakeTrans, Doc: "Return a translation table usable for the bytes or bytearray translate method.\n\nEach byte in frm is mapped to the byte at the same position in to.\nThe two must be of the same length."},
		{Name: "partition", Sig: sigSep, Fn: func(t *Thread, a []Value) Value { return bytesPartition(t, a, false) }, Doc: "Partition the " + name + " into three parts using the given separator.\n\nThe parts are what is before the separator, the separator itself and what is\nafter it. If it is not found, they are a copy of the original and two empty ones."},
		{Name: "replace", Sig: "($self, old, new, count=-1, /)", Fn: bytesReplace, Doc: "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of occurrences to replace.\n    -1 (the default value) means replace all occurrences."},
		{Name: "removeprefix", Sig: "($self, prefix, /)", Fn: func(t *Thread, a []Value) Value { return bytesRemove(t, a, false) }, Doc: "Return a " + object + " with the given prefix string removed if present.\n\nIf it does not start with the prefix, return a copy of the original."},
		{Name: "removesuffix", Sig: "($self, suffix, /)", Fn: func(t *Thread, a []Value) Value { return bytesRemove(t, a, true) }, Doc: "Return a " + object + " with the given suffix string removed if present.\n\nIf it does not end with the suffix or that is empty, return a copy of the\noriginal."},
		find("rfind", "Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end]."+sub+"\n\nReturn -1 on failure.", true, false),
		find("rindex", "Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end]."+sub+"\n\nRaise ValueError if the subsection is not found.", true, true),
		fill("rjust", "Return a right-justified string of length width.", 'r'),
		{Name: "rpartition", Sig: sigSep, Fn: func(t *Thread, a []Value) Value { return bytesPartition(t, a, true) }, Doc: "Partition the " + name + " into three parts using the given separator.\n\nThe separator is searched for from the end. If it is not found, the parts are\ntwo empty ones and a copy of the original."},
		{Name: "rsplit", MakesList: true, Sig: sigSplit, Fn: func(t *Thread, a []Value) Value { return bytesSplit(t, a, true) }, Doc: "Return a list of the sections in the " + name + ", using sep as the delimiter.\n\n  sep\n    The delimiter. None (the default value) means split on ASCII whitespace.\n  maxsplit\n    Maximum number of splits to do, beginning at the end. -1 means no limit."},
		strip("rstrip", "Strip trailing bytes contained in the argument.", strs.Right),
		{Name: "split", MakesList: true, Sig: sigSplit, Fn: func(t *Thread, a []Value) Value { return bytesSplit(t, a, false) }, Doc: "Return a list of the sections in the " + name + ", using sep as the delimiter.\n\n  sep\n    The delimiter. None (the default value) means split on ASCII whitespace.\n  maxsplit\n    Maximum number of splits to do. -1 means no limit."},
		{Name: "splitlines", MakesList: true, Sig: "($self, /, keepends=False)", Fn: bytesSplitLines, Doc: "Return a list of the lines in the " + name + ", breaking at line boundaries.\n\nLine breaks are not included in the resulting list unless keepends is given and\ntrue."},
		{Name: "startswith", Sig: "($self, prefix[, start[, end]], /)", Fn: func(t *Thread, a []Value) Value { return bytesTail(t, a, "startswith", false) }, Doc: "Return True if the " + name + " starts with the specified prefix, False otherwise.\n\n  prefix\n    A bytes or a tuple of bytes to try." + sub},
		strip("strip", "Strip leading and trailing bytes contained in the argument.", strs.Both),
		mapped("swapcase", strs.BytesSwapCase),
		mapped("title", strs.BytesTitle),
		{Name: "translate", Sig: "($self, table, /, delete=b'')", Fn: bytesTranslate, Doc: "Return a copy with each character mapped by the given translation table.\n\n  table\n    Translation table, which must be a bytes object of length 256.\n\nAll characters occurring in the optional argument delete are removed before."},
		mapped("upper", strs.BytesUpper),
		{Name: "zfill", Sig: "($self, width, /)", Fn: bytesZFill, Doc: "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\nThe original is never truncated."},
	}
}
