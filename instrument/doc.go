// Package instrument changes bytecode by passes over the labelled instructions
// of package rewrite: hooks at the entry and exits of functions, on lines,
// branches and calls, calls redirected, constants replaced.
//
// A [Pass] changes one function. [Apply] has passes go through a code object
// and all those nested in it and puts everything together again: positions,
// exception ranges, jumps and stack sizes stay right. Passes are plain
// functions, so they compose: Apply takes several, [Only] restricts one, and
// whoever needs another writes it with the methods of [rewrite.Func].
//
// What hooks run is a [Snippet], made with the calls of [rewrite.Builder], and
// so the same for all versions:
//
//	count := func(b *rewrite.Builder, line int) {
//		b.LoadGlobal("seen", true).LoadConst(line).Call(1).Pop()
//	}
//	o, err := instrument.Apply(o, instrument.Lines(count))
//
// A hook's snippet finds the stack of the place where it runs and must leave
// it as it was. It runs as part of the function: its exceptions are raised
// there, and its own instructions are not hooked by the pass that put them
// there, but by later ones.
package instrument
