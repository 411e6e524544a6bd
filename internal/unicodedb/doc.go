// Package unicodedb has the properties of characters that Python 3.14 sees, those
// of Unicode 16: what the methods of str ask (predicates, case mappings, digits),
// what module unicodedata tells, normalization, and what Unicode 3.2 said
// otherwise, which IDNA still asks for.
//
// Which characters are printable and which stand in identifiers is package
// unidata's; names are package uniname's.
//
// The tables are arrays in the binary that need no work at start-up. A code point
// finds its record in two steps: a table of pages of 128 code points, of which
// equal ones are one, gives the place in a table of record numbers.
// internal/cmd/genunicodedb makes them, asking the interpreter. Characters are code
// points, surrogates included; functions accept any rune and treat what is no code
// point like one that is not assigned.
package unicodedb

//go:generate go run ../cmd/genunicodedb -dir .
