package marshal

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// MaxDepth is how deep values may nest (CPython: MAX_MARSHAL_STACK_DEPTH,
// which is 1,000 on Windows).
const MaxDepth = 2000

// Options says what a stream is to be read or written as.
type Options struct {
	// Version is the Python whose stream it is: it decides the layout of
	// code objects and which type codes there are and what they mean. Zero
	// means, for Write, the version of the code object at the top; otherwise
	// 3.14.
	Version pyver.Version
	// Format is the version of the marshal format to write, 1 to 6, or
	// [Format0]. Values whose Form needs a later one are written anew. Zero
	// means what Version writes by default, and then repeats every Form that
	// Version can read. Read takes all formats and ignores it.
	Format int
}

// Format0 asks for version 0 of the format, which has no references and writes
// floats as text.
const Format0 = -1

// DefaultFormat returns the version of the marshal format that a Python
// version writes (marshal.version).
func DefaultFormat(v pyver.Version) int {
	switch {
	case v >= pyver.Py315:
		return 6
	case v >= pyver.Py314:
		return 5
	case v >= pyver.Py34:
		return 4
	}
	return 2
}

// The type codes, with CPython's names in Python/marshal.c.
const (
	typeNull               = '0'
	typeNone               = 'N'
	typeFalse              = 'F'
	typeTrue               = 'T'
	typeStopIter           = 'S'
	typeEllipsis           = '.'
	typeInt                = 'i' // 4 bytes
	typeInt64              = 'I' // 8 bytes
	typeLong               = 'l' // 15-bit digits
	typeFloat              = 'f' // text
	typeBinaryFloat        = 'g'
	typeComplex            = 'x' // text
	typeBinaryComplex      = 'y'
	typeString             = 's' // bytes of 3.x, str of 2.x
	typeInterned           = 't' // UTF-8 from 3.4 on, an interned str of 2.x
	typeStringRef          = 'R' // 2.x: reference to an interned str
	typeRef                = 'r' // 3.4 and later: reference to a flagged value
	typeTuple              = '('
	typeSmallTuple         = ')'
	typeList               = '['
	typeDict               = '{'
	typeFrozenDict         = '}'
	typeCode               = 'c'
	typeUnicode            = 'u'
	typeASCII              = 'a' // Latin-1 in truth
	typeASCIIInterned      = 'A'
	typeShortASCII         = 'z'
	typeShortASCIIInterned = 'Z'
	typeSet                = '<'
	typeFrozenSet          = '>'
	typeSlice              = ':'
	typeUnknown            = '?' // written by CPython for what it cannot write
)

// dialect is what a version's reader makes of type codes.
type dialect struct {
	version pyver.Version
	py2     bool // s and t are str, R exists
	refs    bool // FlagRef, r, t, and the short forms exist (3.4)
	slices  bool // 3.14
	frozen  bool // frozendict, 3.15
}

func dialectOf(v pyver.Version) dialect {
	return dialect{
		version: v,
		py2:     v.Major() == 2,
		refs:    v >= pyver.Py34,
		slices:  v >= pyver.Py314,
		frozen:  v >= pyver.Py315,
	}
}

// minFormat returns the version of the format that brought type code t.
func minFormat(d dialect, t byte) int {
	switch t {
	case typeInterned:
		if d.py2 {
			return 1
		}
		return 3
	case typeBinaryFloat, typeBinaryComplex:
		return 2
	case typeASCII, typeASCIIInterned, typeShortASCII, typeShortASCIIInterned, typeSmallTuple:
		return 4
	case typeSlice:
		return 5
	case typeFrozenDict:
		return 6
	}
	return 0
}

// known reports whether d has type code t.
func (d dialect) known(t byte) bool {
	switch t {
	case typeInterned:
		return d.refs || d.py2
	case typeStringRef:
		return d.py2
	case typeRef, typeASCII, typeASCIIInterned, typeShortASCII, typeShortASCIIInterned, typeSmallTuple:
		return d.refs
	case typeSlice:
		return d.slices
	case typeFrozenDict:
		return d.frozen
	}
	return true
}

// kindOf names what v is for messages: "a tuple", "an int", "None".
func (d dialect) kindOf(v code.Value) string {
	switch v.(type) {
	case nil:
		return "NULL"
	case *code.NoneType:
		return "None"
	case *code.EllipsisType:
		return "Ellipsis"
	case *code.StopIterationType:
		return "StopIteration"
	case *code.Int:
		return "an int"
	case *code.Object:
		return "a code object"
	}
	return "a " + code.TypeName(v, d.version)
}
