// Package lift turns the stack bytecode of a verified code object of CPython
// 3.14 into words of a register machine.
//
// A word is 64 bits:
//
//	63       48 47       32 31       16 15    8 7      0
//	|    c     |     b     |     a     |   x   |   op   |
//
// [Op] lists the operations; the rows of its table say what the fields hold and
// what happens, in terms of registers. Registers are slots of the frame:
//
//	0 …                variables, in the order of localsplus
//	StackBase …        the evaluation stack; entry i's canonical place is StackBase + i
//	behind             four slots of the lifter's own
//
// # How it works
//
// [Lift] runs the instructions with a stack of entries that say where values
// are: in a slot, which may be that of a variable or of another entry, or nowhere yet, if
// it is a constant. So loads, copies and swaps emit nothing; an operation takes its
// operands from where they are and makes its result in the place of the entry. STORE_FAST right
// behind an operation makes it write to the variable. These invariants hold:
//
//   - Before a word writes a slot, the entries that stand for its old value are
//     moved to their places, which takes the word's operands along where
//     they are in the way.
//   - Where control may come from elsewhere (leaders: targets of jumps, handlers), all entries
//     are in their places, and so they are before words that jump. These places are
//     the [Point]s of the code.
//   - Before a word that can raise an exception, the entries that its handler keeps
//     are in their places.
//   - Call and its like are the last to look at what is above their
//     lowest entry: the callee's frame may begin there.
//   - A word writes its result last, when nothing can fail any more.
//   - Units says for each word whose instruction's exception and line are concerned; of
//     operations for several instructions, that is the one that can raise.
//
// A comparison and the branch behind it are one word. JUMP_BACKWARD to FOR_ITER, or
// to a head of few words that ends with a branch out of the loop, repeats the
// head with a branch back ([ForIterBack], [LoopLt] and so on), which polls.
//
// [Faithful] keeps all values in place between instructions, and has an [Event]
// before each. Execution goes over from one code to the other at points, and at many
// more places with the help of [Locate].
//
// # What is taken for granted
//
// The code has been verified. For code that has not been, words may do anything,
// but lifting it ends, with an error at worst. Variables of a frame change only by
// its own instructions: who writes them from outside (frame.f_locals) may find
// that a value loaded before is the new one.
package lift
