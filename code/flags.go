package code

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/opcode"
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

// Names returns what dis.pretty_flags of version v returns, such as
// "OPTIMIZED, NEWLOCALS"; flags without a name there are hexadecimal numbers
// (3.13 has HasDocstring, but its dis does not know it). 2.7 to 3.1, which have
// no such function, get the names of 3.2.
func (f Flags) Names(v pyver.Version) string {
	if f == 0 {
		return "0x0"
	}
	t := opcode.For(max(v, pyver.Py32))
	var names []string
	for bit := range 32 {
		if flag := f & (1 << bit); flag != 0 {
			names = append(names, flagName(t, flag))
		}
	}
	if int32(f) < 0 {
		// co_flags is a C int: Python sees a negative number, of which
		// everything above the 32 bits is left over in the end.
		names = append(names, "-0x100000000")
	}
	return strings.Join(names, ", ")
}

// flagName returns the name of a single flag; t may be nil.
func flagName(t *opcode.Table, flag Flags) string {
	if t != nil {
		for _, known := range t.CodeFlags {
			if known.Bit == uint32(flag) {
				return known.Name
			}
		}
	}
	return "0x" + strconv.FormatUint(uint64(flag), 16)
}

// String returns the names of the flags as the newest version has them.
func (f Flags) String() string { return f.Names(pyver.Py315) }
