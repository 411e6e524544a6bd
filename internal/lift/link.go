package lift

import (
	"math"

	"github.com/krait-py/krait/code"
)

// generator reports whether the code's frames live on their own.
func (l *lifter) generator() bool {
	return l.o.Flags&(code.Generator|code.Coroutine|code.AsyncGenerator) != 0
}

// link fills in the distances of jumps.
func (l *lifter) link() {
	for i := range l.fixups {
		f := &l.fixups[i]
		if !f.toWord {
			w := l.units[f.target].word
			if w == 0 {
				l.refuse("jump to nowhere")
				return
			}
			f.target, f.toWord = int(w)-1, true
		}
	}
	if len(l.words) > math.MaxInt16 {
		l.widen()
	}
	for _, f := range l.fixups {
		distance := l.moved(f.target) - (l.moved(f.word) + 1)
		w := &l.words[l.moved(f.word)]
		if Op(*w) == JumpFar {
			*w |= uint64(uint32(distance)) << 32
		} else {
			*w |= uint64(uint16(distance)) << 48
		}
	}
}

// moved returns where a word is after widen.
func (l *lifter) moved(word int) int {
	if l.remap == nil {
		return word
	}
	return int(l.remap[word])
}

// widen makes room for far jumps. An unconditional jump becomes a JumpFar; behind
// others there will be a Jump over a JumpFar, which they lead to.
func (l *lifter) widen() {
	n := len(l.words)
	grows := make([]bool, n) // words that get two words behind them
	remap := make([]uint32, n+1)
	for again := true; again; {
		again = false
		at := uint32(0)
		for i := range n {
			remap[i] = at
			at++
			if grows[i] {
				at += 2
			}
		}
		remap[n] = at
		for _, f := range l.fixups {
			d := int(remap[f.target]) - int(remap[f.word]) - 1
			if d >= math.MinInt16 && d <= math.MaxInt16 || grows[f.word] {
				continue
			}
			switch w := &l.words[f.word]; Op(*w) {
			case Jump:
				*w = wide(JumpFar, 0, 0, 0)
			case JumpBack:
				*w = wide(JumpFar, uint8(1+fieldX(*w)), 0, 0)
			case JumpFar:
			default:
				grows[f.word] = true
				again = true
			}
		}
	}
	words, origin := make([]uint64, remap[n]), make([]uint32, remap[n])
	for i := range n {
		words[remap[i]], origin[remap[i]] = l.words[i], l.origin[i]
	}
	var fixups []fixup
	for _, f := range l.fixups {
		if !grows[f.word] {
			fixups = append(fixups, f)
			continue
		}
		at := remap[f.word]
		words[at] |= 1 << 48
		words[at+1] = MakeWord(Jump, 0, 0, 0, 1)
		distance := int(remap[f.target]) - int(at) - 3
		words[at+2] = wide(JumpFar, 0, 0, uint32(distance))
		origin[at+1], origin[at+2] = origin[at], origin[at]
	}
	l.words, l.origin, l.fixups, l.remap = words, origin, fixups, remap
	for i := range l.points {
		l.points[i].Word = remap[l.points[i].Word]
	}
}

// code returns what has been lifted, in memory of its own.
func (l *lifter) code() *Code {
	o := l.o
	c := &Code{
		Words: append(make([]uint64, 0, len(l.words)), l.words...),
		Units: append(make([]uint32, 0, len(l.words)), l.origin...),

		NLocals:   l.locals,
		StackBase: l.base,
		MaxSlots:  l.slots,
		Generator: l.generator(),
		Faithful:  l.faithful,
		near:      l.near,
	}
	if len(l.caches) > 0 {
		c.Caches = append(make([]Cache, 0, len(l.caches)), l.caches...)
	}
	c.Points = append(make([]Point, 0, len(l.points)), l.points...)
	c.ClearFrom = o.ArgCount + o.KwOnlyArgCount
	if o.Flags&code.VarArgs != 0 {
		c.ClearFrom++
	}
	if o.Flags&code.VarKeywords != 0 {
		c.ClearFrom++
	}
	c.ClearTo = l.locals
	for c.ClearTo > c.ClearFrom && o.KindOf(c.ClearTo-1)&code.KindFree != 0 {
		c.ClearTo--
	}
	if l.near < l.locals {
		c.ClearFrom, c.ClearTo = l.slot(c.ClearFrom), l.slot(c.ClearTo)
	}
	if len(l.entries) > 0 {
		c.Handlers = l.handlers()
	}
	return c
}

// handlers returns the ranges of words that the entries of the exception table
// stand for.
func (l *lifter) handlers() []Handler {
	var handlers []Handler
	l.rangeStart, l.rangeEnd = 0, 0
	for w := 0; w <= len(l.words); w++ {
		entry := -1
		if w < len(l.words) {
			at := int(l.origin[w])
			if at < l.rangeStart || at >= l.rangeEnd {
				l.at = at
				l.findRange()
			}
			if l.entry >= 0 && l.seeded[l.entry] && !l.units[at].bare {
				entry = l.entry
			}
		}
		if n := len(handlers); n > 0 && handlers[n-1].End == uint32(w) && entry >= 0 && l.sameHandler(&handlers[n-1], entry) {
			handlers[n-1].End++
		} else if entry >= 0 {
			handlers = append(handlers, l.handler(uint32(w), entry))
		}
	}
	return handlers
}

func (l *lifter) handler(word uint32, entry int) Handler {
	e := &l.entries[entry]
	target := l.moved(int(l.units[e.Target].word) - 1)
	return Handler{
		Start: word, End: word + 1,
		Target: uint32(target),
		Slot:   uint32(l.base + e.Depth),
		Lasti:  e.Lasti,
		Drops:  !e.Lasti && l.dropsAt(target),
	}
}

// dropsAt reports whether the exception is taken off where a handler begins, or where one of its clauses does.
func (l *lifter) dropsAt(word int) bool {
	for ; word >= 0 && word < len(l.words); word++ {
		switch w := l.words[word]; Op(w) {
		case PushExc, JumpNotExc:
			if fieldX(w) == 1 {
				return true
			}
			if Op(w) == JumpNotExc {
				word += max(int(int16(fieldC(w))), 0) // code by hand may lead back
			}
		case LoadGlobal, LoadAttr, Tuple2, BuildTuple:
		default:
			return false
		}
	}
	return false
}

func (l *lifter) sameHandler(h *Handler, entry int) bool {
	other := l.handler(h.Start, entry)
	other.End = h.End
	return *h == other
}
