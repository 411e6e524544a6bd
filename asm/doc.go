// Package asm writes code objects and .pyc files as text that people can read
// and change, and makes files of such text again. The language is described
// in docs/asm.md.
//
// [Print] and [Parse] are inverses of each other. The plain text keeps what
// Python would see: instructions, constants, names and tables. With
// [Options.Exact] the text keeps every byte: how marshal wrote each value, what
// refers to what, tables encoded in another way than krait would, stack sizes
// nobody needs. What can be inferred is left out of either, and what has no
// other form, such as bytecode that is none, becomes hexadecimal digits.
//
// Texts come from strangers as files do: whatever they say, Parse returns
// [Diagnostics] and does not panic, and nothing is nested beyond measure.
package asm
