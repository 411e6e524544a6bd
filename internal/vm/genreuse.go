package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
)

// Most generators end soon. Then others get their windows, and what only the await or yield from that it was made for has known is used again whole.

// windowSizes are how many values windows have that are used again.
var windowSizes = [...]int{8, 12, 20, 32}

// maxWindows is how many windows of a size a thread keeps, and how many generators with such windows.
const maxWindows = 64

// sizeClass returns which of the windowSizes has room for n values, -1: none.
func sizeClass(n int) int {
	for i, size := range windowSizes {
		if n <= size {
			return i
		}
	}
	return -1
}

// newWindow returns a window of at least n values that are empty. Most generators end soon: then the next ones get their windows, which are by far
// the greater part of what a generator takes.
func newWindow(t *Thread, n, class int) *Value {
	if class < 0 {
		return unsafe.SliceData(make([]Value, n))
	}
	free := &aux(t).windows[class]
	if k := len(*free) - 1; k >= 0 {
		w := (*free)[k]
		(*free)[k] = nil // else the window would outlive its generator here
		*free = (*free)[:k]
		return w
	}
	return unsafe.SliceData(make([]Value, windowSizes[class]))
}

// dropWindow gives the window of a generator that has ended to the next one, or the whole generator if nothing else knows that. Nothing else may
// know the window: frames of the generator have been detached.
func (g *Generator) dropWindow(t *Thread) {
	n := int(g.code.FrameBytes/valueSize) + 2
	class := sizeClass(n)
	if g.owned && g.rare == nil && g.frame == nil && !g.armed && class >= 0 {
		if free := &aux(t).spent[class]; len(*free) < maxWindows {
			clear(g.slots())
			g.owned = false
			*free = append(*free, g) // it has ended, until then
			return
		}
	}
	w := g.window
	clear(span(w, n))
	g.window = nil
	if class >= 0 {
		if free := &aux(t).windows[class]; len(*free) < maxWindows {
			*free = append(*free, w)
		}
	}
}

// soleUser reports whether the result of the word that runs is awaited, or what yield from sends to, by the words behind it and used by nothing else.
// ip points behind the word.
func soleUser(ip uintptr) bool {
	p := asPtr(&ip)
	a := regOf(word(p))
	get := *(*uint64)(p)
	return (lift.Op(get) == lift.GetAwaitable || lift.Op(get) == lift.GetYieldFromIter) && regOf(get) == a && fieldB(get) == a && sentTo(p, a)
}

// sentTo reports whether the words behind the one at p send None to a register, as yield from and await do, which nothing else looks at then.
func sentTo(p ptr, a int) bool {
	if lift.Op(*(*uint64)(unsafe.Add(p, wordSize))) != lift.LoadK {
		return false
	}
	send := *(*uint64)(unsafe.Add(p, 2*wordSize))
	return lift.Op(send) == lift.Send && fieldX(send) == 1 && regOf(send) == a
}

// regOf is field a of a word.
func regOf(w uint64) int { return int(w >> 16 & 0xffff) }
