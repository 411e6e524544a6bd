// Package flowgraph makes a control-flow graph of the pseudo-instructions of a
// unit and brings it into the form that package assemble writes down (CPython:
// Python/flowgraph.c, 3.14).
//
// A [Graph] is a list of basic blocks in the order of the bytecode, linked by
// Next. Control enters a [Block] at its top only and leaves it at its bottom
// only: jumps and instructions that leave the function stand last. Jumps and
// block set-ups refer to blocks, not to labels, and each instruction knows the
// block of the handler that is in force where it stands.
//
// What happens to the graph is a list of named passes, [Passes]. Their order is
// part of the result, so what each needs of those before it is written down as
// data too, in [Constraints]. A pass is skipped where the graph has nothing that it
// looks for. [Graph.WriteTo] prints a graph after any pass; tests
// of single passes read the same text.
//
// A Graph is scratch memory: blocks and instructions live in slabs that the next
// unit reuses. It never panics; graphs that no compiler makes give errors or odd
// code, never an endless loop.
package flowgraph
