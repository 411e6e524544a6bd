package code

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/pyver"
)

// Flags is the co_flags bit set (CPython: Include/cpython/code.h).
type Flags uint32

// The flags every version shares, then those of some versions only.
const (
	Optimized         Flags = 0x1
	NewLocals         Flags = 0x2
	VarArgs           Flags = 0x4
	VarKeywords       Flags = 0x8
	Nested            Flags = 0x10
	Generator         Flags = 0x20
	NoFree            Flags = 0x40      // up to 3.10
	Coroutine         Flags = 0x80      // 3.5 and later
	IterableCoroutine Flags = 0x100     // 3.5 and later
	AsyncGenerator    Flags = 0x200     // 3.6 and later
	NoMonitoring      Flags = 0x2000000 // 3.13 and later; never in a file
	HasDocstring      Flags = 0x4000000 // 3.13 and later
	Method            Flags = 0x8000000 // 3.14 and later
)

// The flags of "from __future__ import" statements as 3.8 and later have them.
// Up to 3.7 each is four bits lower; see [Flags.In].
const (
	FutureDivision        Flags = 0x20000
	FutureAbsoluteImport  Flags = 0x40000
	FutureWithStatement   Flags = 0x80000
	FuturePrintFunction   Flags = 0x100000
	FutureUnicodeLiterals Flags = 0x200000
	FutureBarryAsFLUFL    Flags = 0x400000  // 3.1 and later
	FutureGeneratorStop   Flags = 0x800000  // 3.5 and later
	FutureAnnotations     Flags = 0x1000000 // 3.7 and later

	futures = FutureDivision | FutureAbsoluteImport | FutureWithStatement |
		FuturePrintFunction | FutureUnicodeLiterals | FutureBarryAsFLUFL |
		FutureGeneratorStop | FutureAnnotations
)

// In returns flags made of the constants of this package as version v stores
// them: up to 3.7 the Future flags move four bits down.
func (f Flags) In(v pyver.Version) Flags {
	if v >= pyver.Py38 {
		return f
	}
	return f&^futures | f&futures>>4
}

// flagNames are dis.COMPILER_FLAG_NAMES by bit number.
var flagNames = [32]string{
	0: "OPTIMIZED", 1: "NEWLOCALS", 2: "VARARGS", 3: "VARKEYWORDS",
	4: "NESTED", 5: "GENERATOR", 6: "NOFREE", 7: "COROUTINE",
	8: "ITERABLE_COROUTINE", 9: "ASYNC_GENERATOR",
	26: "HAS_DOCSTRING", 27: "METHOD", // 3.14 and later
}

// Names returns what dis.pretty_flags of version v returns, such as
// "OPTIMIZED, NEWLOCALS"; flags without a name there are hexadecimal numbers.
// The same ten names do for all versions up to 3.13, dis of which does not
// know HasDocstring.
func (f Flags) Names(v pyver.Version) string {
	if f == 0 {
		return "0x0"
	}
	var names []string
	for bit, name := range flagNames {
		flag := Flags(1) << bit
		switch {
		case f&flag == 0:
		case name != "" && (bit < 10 || v >= pyver.Py314):
			names = append(names, name)
		default:
			names = append(names, "0x"+strconv.FormatUint(uint64(flag), 16))
		}
	}
	if int32(f) < 0 {
		// co_flags is a C int: Python sees a negative number, of which
		// everything above the 32 bits is left over in the end.
		names = append(names, "-0x100000000")
	}
	return strings.Join(names, ", ")
}

// String returns the names of the flags as the newest version has them.
func (f Flags) String() string { return f.Names(pyver.Py315) }
