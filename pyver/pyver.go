// Package pyver names the CPython versions krait knows and the magic numbers
// that their .pyc files start with.
//
// A [Version] is a feature release ("3.14"); patch releases do not change the
// bytecode, with the one exception that [Magics] records (3.5.3). Versions are
// ordered, so a format switch reads v >= pyver.Py311.
package pyver

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a feature release of CPython: major version in the high byte,
// minor version in the low one. The zero Version means "not known".
type Version uint16

// The versions whose bytecode krait reads.
const (
	Py27  Version = 0x0207
	Py30  Version = 0x0300
	Py31  Version = 0x0301
	Py32  Version = 0x0302
	Py33  Version = 0x0303
	Py34  Version = 0x0304
	Py35  Version = 0x0305
	Py36  Version = 0x0306
	Py37  Version = 0x0307
	Py38  Version = 0x0308
	Py39  Version = 0x0309
	Py310 Version = 0x030a
	Py311 Version = 0x030b
	Py312 Version = 0x030c
	Py313 Version = 0x030d
	Py314 Version = 0x030e
	Py315 Version = 0x030f
)

// All lists the versions whose bytecode krait reads, oldest first.
func All() []Version {
	return []Version{
		Py27, Py30, Py31, Py32, Py33, Py34, Py35, Py36, Py37,
		Py38, Py39, Py310, Py311, Py312, Py313, Py314, Py315,
	}
}

// Make returns the Version major.minor, which need not be one krait knows.
func Make(major, minor int) Version { return Version(major<<8 | minor&0xff) }

// Major returns the number before the dot.
func (v Version) Major() int { return int(v >> 8) }

// Minor returns the number behind the dot.
func (v Version) Minor() int { return int(v & 0xff) }

// Known reports whether v is one of [All].
func (v Version) Known() bool {
	return v == Py27 || v >= Py30 && v <= Py315
}

// String returns v as "3.14".
func (v Version) String() string {
	return strconv.Itoa(v.Major()) + "." + strconv.Itoa(v.Minor())
}

// Parse reads "3.14", and also "3.14.6" and "314", as a Version that krait
// knows.
func Parse(s string) (Version, error) {
	major, minor, dotted := strings.Cut(s, ".")
	if !dotted && len(s) > 1 {
		major, minor = s[:1], s[1:]
	}
	minor, _, _ = strings.Cut(minor, ".")
	a, err1 := strconv.ParseUint(major, 10, 8)
	b, err2 := strconv.ParseUint(minor, 10, 8)
	v := Make(int(a), int(b))
	if err1 != nil || err2 != nil || !v.Known() {
		return 0, fmt.Errorf("unknown Python version %q: want 2.7 or 3.0 to %v", s, Py315)
	}
	return v, nil
}
