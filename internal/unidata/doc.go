// Package unidata says which characters each Python version considers
// printable: what str.isprintable of that version answers, which is also what
// repr() leaves as it is instead of escaping it.
//
// A character is printable when its general category is neither one of the
// "other" ones (Cc, Cf, Cs, Co, Cn) nor one of the separators (Zl, Zp, Zs),
// the space excepted. The rule is the same in all versions from 3.0 on; the
// Unicode database behind it is not, so the table holds, for each range of
// code points, the first Unicode version in which it is printable. No
// character has ever ceased to be printable between the versions Python used;
// the generator refuses data in which one has.
//
// The facts are in printable.txt, which says where they come from;
// internal/cmd/genunidata makes table_gen.go of it.
//
// It also says which characters identifiers of Python 3.14 are made of, from
// the facts in identifiers.txt.
package unidata

//go:generate go run ../cmd/genunidata -facts printable.txt -out table_gen.go
//go:generate go run ../cmd/genunidata -identifiers -facts identifiers.txt -out identifiers_gen.go
