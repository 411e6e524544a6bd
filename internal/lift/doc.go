// Package lift turns the stack bytecode of a verified code object of CPython 3.14 into
// words of a register machine.
//
// A word is 64 bits:
//
//	63       48 47       32 31       16 15    8 7      0
//	|    c     |     b     |     a     |   x   |   op   |
//
// [Op] lists the operations and what the fields hold. Registers are slots of
// the frame: the variables of localsplus, then the evaluation stack, entry i of
// which has the slot StackBase + i, its canonical place, then a few for the lifter's
// own use.
package lift
