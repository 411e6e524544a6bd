// Package pycdiff explains how two .pyc files differ.
//
// [Compare] pairs the code objects of the files by name and place and returns
// findings, each at the highest level that is true of it: two location tables
// that say the same of every instruction differ in their encoding, not in
// positions; constants in another order that every instruction still finds are
// another order, not other instructions. Instructions are compared by what they
// do, not by bytes: operands are resolved, jumps are known by where they lead,
// EXTENDED_ARG and inline caches do not count. So one more instruction at the
// beginning of a function is one line of difference.
package pycdiff
