// Package marshal reads and writes CPython's marshal streams, the format of
// the values in a .pyc file, in every version from 0 (Python 1) to 6 (Python
// 3.15) and with the code objects of Python 2.7 and 3.0 to 3.15.
//
// # Lossless
//
// Every value remembers in its [code.Form] how the stream wrote it, and a
// stream that refers back to a value reads as the same pointer. [Write] repeats
// both, so that what [Read] took in comes out again byte for byte. Two marks
// that carry no meaning have no place in a value: FlagRef on a reference or on
// the end of a dict, and a dict's key whose value is missing. [ReadStream]
// keeps those too; [Read] drops them.
//
// A value whose Form cannot express it (it was edited, or is written for a
// version that lacks the type code) and one with the zero Form are written as
// the target version's own marshal would, with one difference: CPython decides
// by reference counts what it enters into the table of references. Here the
// rule is: an interned string from 3.11 on; whatever the same pointer, or for
// interned strings the same text, is met again; the members of a set but in 3.9
// and 3.10; and the code object at the top.
//
// # References
//
// Every flagged value takes the next number of the table where it begins, but
// None, True, False, Ellipsis, StopIteration, references and NULL, whose flag
// means nothing. A tuple, list, set or dict may be referred to from inside
// itself; a code object, frozenset, slice or frozendict only when complete
// (CPython: r_ref_reserve in Python/marshal.c). Python 2 numbers its interned
// strings alone, and has type codes t and R for them.
//
// # Hostile input
//
// Values may nest 2,000 deep, as in CPython. A length is compared with the
// bytes that are left, less one byte for each item that values around still
// wait for, before anything is allocated. So time is linear in the input, and
// memory too: three to six times a real file, and 100 times the worst one. Every
// complaint is an [*Error]. Reading executes nothing and hashes nothing:
// unhashable members of a set, which CPython refuses, are taken as they are.
package marshal
