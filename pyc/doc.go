// Package pyc reads and writes .pyc files: a header that names the Python
// version and the source, then one code object in marshal's format.
//
// The header has three layouts:
//
//	2.7, 3.0 - 3.2  magic  mtime                          8 bytes
//	3.3 - 3.6       magic  mtime        size             12 bytes
//	3.7 -           magic  flags=0 or 2 mtime  size      16 bytes
//	                magic  flags=1 or 3 hash             16 bytes
//
// where magic is a little-endian 16-bit number, CR and LF, and the other
// fields are 32 bits, the hash 64. Bit 0 of the flags says that the file is
// bound to its source by hash (PEP 552), bit 1 that importing compares it.
//
// Reading keeps everything: [File.Bytes] returns the same bytes, those behind
// the code object included. Input that is no .pyc file gets an error that says
// what it looks like; a magic number that cannot be read gets a [*MagicError],
// unless [Options] say which version to take the file for.
package pyc
