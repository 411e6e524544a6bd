// Package pycdump says what each byte of a .pyc file is for.
//
// [New] makes rows of a file: some bytes and what they mean, in the order of
// the file, every byte in exactly one row. Where values stand is what package
// marshal's reader says (marshal.Spans); this package names the fields between
// them, and looks into the byte strings of code objects: instructions, kinds of
// variables, line and exception tables.
package pycdump
