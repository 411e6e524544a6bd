// Package sre matches regular expressions as CPython's _sre module does. Its
// input is what CPython's re package compiles a pattern to: a list of 32-bit
// codes. It knows nothing of Python objects; package sremod puts the objects on
// top of it.
//
// # From codes to instructions
//
// [Compile] reads the codes into a tree and refuses what the re package would not have
// written, so that nothing later needs to check. The tree is translated to
// instructions (inst.go) when a subject asks for it, up to twice: once for
// subjects whose characters are single bytes, which are bytes objects and ASCII
// strings, and once for other strings, whose UTF-8 is matched as it is. In the second
// form, parts that can only match ASCII have the instructions of the first.
//
// Translation looks for what a matcher can know beforehand: which bytes a part can begin
// with (first.go). Branches are chosen by the next byte, repeats give up where the
// rest cannot go on, a repeated character that cannot also begin the rest keeps no
// way back, and searching skips to bytes that can begin a match. None of it changes
// which match is found; it only leaves out attempts that fail at once.
//
// # Semantics
//
// What a group holds after backtracking is part of what programs see, and CPython is
// peculiar about it. Outside of repeats, taking another way forgets the marks
// above the highest one that was set before, but not new values of lower ones;
// inside of repeats it puts all values back. Frames of the backtracking stack that
// do the latter are called full. Values are put back from a trail of overwritten marks.
//
// # State
//
// A [State] has subject, positions and result of a match, and the memory the matcher
// needs, to be used again for the next one. All positions in it are byte offsets;
// [CountPoints] and [SkipPoints] turn them into code points and back.
package sre
