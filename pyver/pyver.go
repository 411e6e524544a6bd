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
	Py27  Version = 2<<8 | 7
	Py30  Version = 3<<8 | 0
	Py31  Version = 3<<8 | 1
	Py32  Version = 3<<8 | 2
	Py33  Version = 3<<8 | 3
	Py34  Version = 3<<8 | 4
	Py35  Version = 3<<8 | 5
	Py36  Version = 3<<8 | 6
	Py37  Version = 3<<8 | 7
	Py38  Version = 3<<8 | 8
	Py39  Version = 3<<8 | 9
	Py310 Version = 3<<8 | 10
	Py311 Version = 3<<8 | 11
	Py312 Version = 3<<8 | 12
	Py313 Version = 3<<8 | 13
	Py314 Version = 3<<8 | 14
	Py315 Version = 3<<8 | 15
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
