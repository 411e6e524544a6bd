// Package line puts what the linker places behind it, which is package vm, at the beginning of a cache line.
//
// Go aligns functions to 32 bytes. The head of the evaluation loop, 38 bytes that every operation runs through, then lies in one
// line of the cache or in two, as the sizes of all functions before it happen to come out, and programs that only compute differ
// by 10 to 20 % with that. Go offers no alignment for a function; but one in assembly is aligned as its code is, the linker
// places packages behind those that they import, the last one first before them, and functions of a package as their files are
// called. So the only function here takes a whole line, package vm imports this one last, and its loop comes first.
package line
