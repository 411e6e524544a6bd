// Package pylib is the Python part of CPython's standard library, carried in the binary of whoever links this package. It comes from the
// module go-embed-python, which has whole interpreters; the rest of those is dead weight of some 25 MB. The build tag nostdlib
// leaves all of it out.
package pylib

import "errors"

// Version is the release of CPython that the library is of.
const Version = "3.14.6"

// ErrNone is the error of Files when the binary carries no library.
var ErrNone = errors.New("this krait was built without the standard library")
