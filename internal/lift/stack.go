package lift

// entry is an entry of the evaluation stack while code is lifted: a slot, its
// canonical place or not, or something that has not been put in a slot yet.
type entry struct {
	kind kind
	v    int32
}

type kind uint8

const (
	inSlot   kind = iota // v is the slot
	isConst              // v is the index
	isInt                // v is the value
	isNull               // no value
	isCommon             // v is the oparg of LOAD_COMMON_CONSTANT
)

// maxDelayed is how many entries may be out of their places.
const maxDelayed = 64

// need reports whether there are n entries on the stack, for an instruction that may use their values.
func (l *lifter) need(n int) bool {
	if !l.has(n) {
		return false
	}
	l.observe(len(l.stack)-n, n)
	return true
}

// has reports whether there are n entries on the stack.
func (l *lifter) has(n int) bool {
	if n < 0 || n > len(l.stack) {
		l.fail()
		return false
	}
	return true
}

// push puts an entry on the stack.
func (l *lifter) push(e entry) {
	i := len(l.stack)
	if i >= l.limit {
		l.fail()
		return
	}
	l.stack = append(l.stack, e)
	if e.kind == inSlot && int(e.v) != l.base+i {
		l.refs[e.v]++
	} else if e.kind == inSlot && l.low == i {
		l.low++
	}
}

// limitDelayed puts entries in their places when there are many others, for
// which all has to be looked through.
func (l *lifter) limitDelayed() {
	for l.low < len(l.stack) && l.inPlace(l.low) {
		l.low++
	}
	if len(l.stack)-l.low >= maxDelayed {
		l.flush(l.low + maxDelayed/2)
	}
}

// pushPlace puts what was just put in the canonical place on the stack.
func (l *lifter) pushPlace() { l.push(entry{inSlot, int32(l.base + len(l.stack))}) }

// pushResult is pushPlace for the result of the last word.
func (l *lifter) pushResult() {
	l.def = len(l.words) - 1
	l.pushPlace()
}

// drop takes n entries off the stack.
func (l *lifter) drop(n int) {
	for ; n > 0; n-- {
		i := len(l.stack) - 1
		if e := l.stack[i]; e.kind == inSlot && int(e.v) != l.base+i {
			l.refs[e.v]--
		}
		l.stack = l.stack[:i]
	}
	l.low = min(l.low, len(l.stack))
	l.iters = lowest64(l.iters, len(l.stack))
	l.own = lowest64(l.own, len(l.stack))
	for n := len(l.parts); n > 0 && int(l.parts[n-1].entry) >= len(l.stack); n-- {
		l.parts = l.parts[:n-1]
	}
}

// die ends a block: control does not go on.
func (l *lifter) die() {
	l.drop(len(l.stack))
	l.live = false
	l.def = -1
}

// enter begins a block with a stack of that height, everything in place.
func (l *lifter) enter(depth int, iters uint64) {
	l.live = true
	l.iters = iters
	for range depth {
		l.pushPlace()
	}
}

// set replaces entry i.
func (l *lifter) set(i int, e entry) {
	if old := l.stack[i]; old.kind == inSlot && int(old.v) != l.base+i {
		l.refs[old.v]--
	}
	l.stack[i] = e
	if e.kind == inSlot && int(e.v) == l.base+i {
		return
	}
	if e.kind == inSlot {
		l.refs[e.v]++
	}
	l.low = min(l.low, i)
}

func (l *lifter) inPlace(i int) bool {
	e := l.stack[i]
	return e.kind == inSlot && int(e.v) == l.base+i
}

// inPlaces returns n-1 if the n entries from i on are in their places, else 0.
func (l *lifter) inPlaces(i, n int) int {
	for j := i; j < i+n; j++ {
		if !l.inPlace(j) {
			return 0
		}
	}
	return n - 1
}

// flush puts the lowest n entries in their places.
func (l *lifter) flush(n int) {
	for i := l.low; i < n; i++ {
		l.place(i)
	}
	l.low = max(l.low, n)
}

// place puts entry i in its place.
func (l *lifter) place(i int) {
	if l.inPlace(i) {
		return
	}
	slot := l.base + i
	if l.refs[slot] != 0 {
		l.vacate(i)
	}
	e := l.stack[i]
	l.moveTo(uint16(slot*RegSize), e)
	if e.kind == inSlot {
		l.refs[e.v]--
	}
	l.stack[i] = entry{inSlot, int32(slot)}
}

// vacate moves the entries out of the place of entry i that are there, so that
// i can be put there. Entries may wait for each other in a circle, once: then
// the last one waits in a slot of its own.
func (l *lifter) vacate(i int) {
	slot := int32(l.base + i)
	l.busy = append(l.busy, i)
	circle := false
	for j := l.low; j < len(l.stack); j++ {
		if l.stack[j] != (entry{inSlot, slot}) || l.inPlace(j) {
			continue
		}
		if l.isBusy(j) {
			circle = true
		} else {
			l.place(j)
		}
	}
	l.busy = l.busy[:len(l.busy)-1]
	if !circle {
		return
	}
	l.emit(MakeWord(Move, 0, uint16(l.scratch*RegSize), uint16(slot*RegSize), 0))
	for j := l.low; j < len(l.stack); j++ {
		if l.stack[j] == (entry{inSlot, slot}) && !l.inPlace(j) {
			l.set(j, entry{inSlot, int32(l.scratch)})
		}
	}
}

func (l *lifter) isBusy(i int) bool {
	for _, j := range l.busy {
		if i == j {
			return true
		}
	}
	return false
}

// moveTo emits the word that puts e in a register.
func (l *lifter) moveTo(reg uint16, e entry) {
	switch e.kind {
	case inSlot:
		if e.v > maxSlot {
			l.emit(wide(LoadFar, 0, reg, uint32(e.v)))
		} else {
			l.emit(MakeWord(Move, 0, reg, uint16(e.v*RegSize), 0))
		}
	case isConst:
		l.emit(wide(LoadK, 0, reg, uint32(e.v)*RegSize))
	case isInt:
		l.emit(wide(LoadInt, 0, reg, uint32(e.v)))
	case isNull:
		l.emit(MakeWord(LoadNull, 0, reg, 0, 0))
	case isCommon:
		l.emit(MakeWord(LoadCommon, 0, reg, 0, uint16(e.v)))
	}
}

// evict sees to it that no entry below the given one stands for a slot that is
// to be written.
func (l *lifter) evict(slot, below int) {
	if l.refs[slot] == 0 {
		return
	}
	for j := l.low; j < below; j++ {
		if l.stack[j] == (entry{inSlot, int32(slot)}) {
			l.place(j)
		}
	}
}

// operand sees to it that entry i is in some slot.
func (l *lifter) operand(i int) {
	if l.stack[i].kind != inSlot {
		l.place(i)
	}
}

// reg returns the register with entry i, an operand; n tells the operands of a
// word apart.
func (l *lifter) reg(i, n int) uint16 {
	v := l.stack[i].v
	if v > maxSlot {
		r := uint16((l.scratch + 1 + n) * RegSize)
		l.emit(wide(LoadFar, 0, r, uint32(v)))
		return r
	}
	return uint16(v * RegSize)
}

// placeReg returns the register of the canonical place of entry i.
func (l *lifter) placeReg(i int) uint16 { return uint16((l.base + i) * RegSize) }

// guard has to be called before a word that may raise an exception: the
// handler finds in their places the entries that it keeps.
func (l *lifter) guard() {
	if l.entry < 0 || l.silent {
		return
	}
	e := &l.entries[l.entry]
	if e.Depth > len(l.stack) {
		// Of what never raises by itself only (verified), so in faithful code.
		l.units[l.start].bare = true
		return
	}
	l.flush(e.Depth)
	if len(l.parts) > 0 {
		l.forgetParts(0, e.Depth)
	}
	if t := &l.units[e.Target]; !l.seeded[l.entry] || t.iters != lowest64(l.iters, e.Depth) || t.own&^lowest64(l.own, e.Depth) != 0 {
		depth := e.Depth + 1
		if e.Lasti {
			depth++
		}
		l.seeded[l.entry] = l.setDepth(e.Target, depth, e.Depth)
	}
}

// ready prepares the word for the top n entries: they are in registers, the
// handler is provided for, and nothing else is where the result goes, the place
// of the lowest of them.
func (l *lifter) ready(n int) bool {
	if !l.need(n) {
		return false
	}
	p := len(l.stack) - n
	for i := p; i < len(l.stack); i++ {
		l.operand(i)
	}
	l.guard()
	l.evict(l.base+p, p)
	return true
}

// imm returns entry i as an immediate integer, if it is one.
func (l *lifter) imm(i int) (uint16, bool) {
	e := l.stack[i]
	v := int64(e.v)
	switch e.kind {
	case isInt:
	case isConst:
		var ok bool
		if v, ok = l.constInt(int(e.v)); !ok {
			return 0, false
		}
	default:
		return 0, false
	}
	return uint16(v), v == int64(int16(v))
}

// konst returns entry i as a constant that a field can name, if it is one.
func (l *lifter) konst(i int) (uint16, bool) {
	e := l.stack[i]
	return uint16(e.v * RegSize), e.kind == isConst && e.v <= maxSlot
}

// temporary reports whether slot is a place of the evaluation stack.
func (l *lifter) temporary(slot int32) bool {
	return int(slot) >= l.base && int(slot) < l.base+l.limit
}

// retarget makes the last word, whose result is on top of the stack, write it
// to slot instead, if that is possible. The caller takes the top off.
func (l *lifter) retarget(slot int) bool {
	n := len(l.words) - 1
	if l.def < 0 || l.def != n || slot > maxSlot || l.faithful {
		return false
	}
	top := len(l.stack) - 1
	e := l.stack[top]
	if e.kind != inSlot || !l.temporary(e.v) {
		return false
	}
	w := l.words[n]
	op, from := Op(w), uint16(e.v*RegSize)
	back := 0 // how far before the last word the one lies that names the register
	var shift uint
	switch {
	case !movable[op]:
		return false
	case op == Into:
		var ok bool
		if back, shift, ok = l.intoField(from, uint16(slot*RegSize)); !ok {
			return false
		}
	case op == Unpack2 && fieldB(w) == uint16(slot*RegSize):
		return false // it would be written last
	case fieldA(w) == from && !(op == Yield && fieldX(w) != 0):
		shift = 16
	case op == Unpack2 && fieldB(w) == from:
		shift = 32
	default:
		return false
	}
	if l.refs[slot] != 0 && !l.makeWay(slot) {
		return false
	}
	n = len(l.words) - 1
	// Who else stands for the result finds it in the new place.
	i := int(e.v) - l.base
	if i < top && l.inPlace(i) || i != top && l.refs[e.v] > 1 || i == top && l.refs[e.v] > 0 {
		for j := range top {
			if l.stack[j] == e {
				l.set(j, entry{inSlot, int32(slot)})
			}
		}
	}
	w = l.words[n-back]
	l.words[n-back] = w&^(0xffff<<shift) | uint64(slot*RegSize)<<shift
	l.overlook(n)
	return true
}

// movable has the operations whose result can go anywhere.
var movable = func() (m [256]bool) {
	for op := range opTable {
		m[op] = opTable[op].A == Dest && Op(op) != ReturnGen
	}
	return m
}()

// makeWay moves the entries that stand for a variable out of the way of the last
// word, which is to write it: before that word, if it leaves them alone.
func (l *lifter) makeWay(slot int) bool {
	n := l.lastOp()
	top := len(l.stack) - 1
	if opFlags[Op(l.words[n])]&Jumps != 0 || !l.inPlace(top) {
		return false
	}
	want := entry{inSlot, int32(slot)}
	for j := l.low; j < top; j++ {
		if l.stack[j] != want {
			continue
		}
		at := l.base + j
		if l.refs[at] != 0 {
			return false
		}
		for _, w := range l.words[n:] {
			if touches(w, at) {
				return false
			}
		}
	}
	if l.refs[slot] != 0 {
		l.overlook(len(l.words) - 1)
		l.held = append(l.held[:0], l.words[n:]...)
		unit := l.origin[n]
		l.words, l.origin = l.words[:n], l.origin[:n]
		l.evict(slot, top)
		for _, w := range l.held {
			l.words = append(l.words, w)
			l.origin = append(l.origin, unit)
		}
		l.def = len(l.words) - 1
	}
	return l.refs[slot] == 0
}

// touches reports whether a word may read or write a slot.
func touches(w uint64, slot int) bool {
	if Op(w) == MakeClosure {
		cells := int(fieldC(w)) / RegSize // variables, which lie below all that is on the stack
		return int(fieldA(w)) == slot*RegSize || slot >= cells && slot < cells+int(fieldX(w))
	}
	row := &opTable[Op(w)]
	if collects[Op(w)] {
		first := int(fieldB(w)) / RegSize
		return int(fieldA(w)) == slot*RegSize || slot >= first && slot < first+int(fieldC(w))
	}
	return touch(row.A, fieldA(w), slot) || touch(row.B, fieldB(w), slot) || touch(row.C, fieldC(w), slot)
}

// collects has the operations that read as many registers as c says, and no others.
var collects = [256]bool{BuildTuple: true, BuildList: true, BuildSet: true, BuildSlice: true, BuildString: true}

func touch(k Kind, f uint16, slot int) bool {
	switch k {
	case Reg, Dest, Both:
		return int(f) == slot*RegSize
	case Regs, Dests, Place:
		return int(f) <= slot*RegSize
	}
	return false
}
