// Package conformance compares what krait makes of a .pyc file with what the
// interpreter of its version makes of it. A [Kind] is one way to look at a
// file; [Krait] gives krait's text of a kind and [Oracle] the interpreter's,
// both normalized so that they must be equal to the byte.
//
// Two things are normalized, since no file determines them: addresses
// ([MaskAddresses]) and the order in which sets print their elements, which
// is by repr on both sides.
//
// An [Archive] holds .pyc files and the expected texts of one version, made by
// the interpreter and committed, so that comparisons are possible without it.
package conformance
