// Package vmtest makes programs and runs them, to find what breaks the machine of package vm.
//
// [RandomCode] makes bytecode at random, instruction by instruction; package mutant changes real functions. What package
// verify accepts is run by a [Runner]: it has an interpreter and calls functions with all kinds of arguments; it may also trace them, throw
// exceptions into their generators, change their variables from outside, let them run out of stack, and run them in threads.
//
// [Source] writes programs in Python, which print what they do: that is compared with another interpreter.
//
// A program may raise any exception and return anything. It must not make Go panic, must end soon after it has been told to,
// and must leave the thread as it was: see [vm.Idle].
package vmtest
