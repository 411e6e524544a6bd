// Package dis prints code objects as the dis module of their own CPython
// version does, byte for byte: 2.7's columns for a 2.7 file, 3.14's labels and
// exception table for a 3.14 file.
//
// [Fprint] is dis.dis, [ShowCode] is dis.show_code, [Instructions] gives the
// decoded instructions as records. All three work from one description of the
// versions' manners (type manner) and one decoder, so they cannot disagree.
//
// What CPython has no answer for is settled so:
//
//   - Addresses. Where CPython prints the address of a code object, krait
//     prints 0x7f0000000000 plus its number in the order of the file.
//   - Sets print in the order of the file; CPython's order depends on hashing.
//   - Versions 2.7 and 3.6 do not follow nested code; here it follows, under the
//     heading that 3.7 introduced. 3.0 to 3.5 print in the manner of 3.6.
//   - An operand that points nowhere (a constant that is not there) makes
//     CPython's dis fail; here the rest of the listing still comes, and the
//     operand reads "<no constant 7>".
//   - Control characters in names and file names, which the compiler never
//     writes, are escaped, so that a hostile file cannot drive the terminal.
package dis
