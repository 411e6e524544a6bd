// Package vm runs code objects of Python 3.14: it has the evaluation loop over the register
// code that package lift makes, calls and frames, generators, and the unwinding of exceptions.
//
// # Registers
//
// While the loop runs, the instruction pointer ip and the frame pointer fp are local
// variables of [eval]. Around anything that is not a fast path they are saved in the
// thread (IP, FP) and read back afterwards, because what is called may jump or push a
// frame. Nothing but the thread lives across a call in that function: otherwise Go's
// compiler spills registers at the head of the loop, for every operation.
//
// # Frames
//
// fp points at local 0. fp[-1] is the function that runs, and in its B the bits of
// frame flags; a return looks at them when they are not 0. For code of modules and classes fp[-2]
// holds the mapping of local names. A generator's frame is in its own
// window, whose fp[-2] is the generator.
package vm
