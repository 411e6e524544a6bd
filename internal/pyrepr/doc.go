// Package pyrepr writes values as repr() of each Python version does: the
// text that dis shows for a constant.
//
// What differs between the versions: the names and forms of types (u'a', b'a',
// set([1]), 1L, <type ...> in Python 2), the characters that a string shows
// rather than escapes (each version's Unicode database, see package unidata),
// the digits of floats (3.0 prints 17, all others the fewest that read back
// as the same number), how code objects name themselves.
//
// What a file contains may be hostile: it may share one tuple a thousand times
// over or contain a list in itself. [Append] bounds the text and the depth and
// marks cycles the way Python does.
package pyrepr
