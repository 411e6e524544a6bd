package lift

// Items of what is taken apart go straight to the variables that they are stored in: the word names the places of the evaluation stack first, and each
// STORE_FAST behind it puts its variable in the stead of one (see retarget).

// known returns what is known of entry p, which is to be taken apart: UnpackLooped, UnpackSole, or 0.
func (l *lifter) known(p int) uint8 {
	if l.faithful || !l.alone(p) {
		return 0
	}
	if n := len(l.words) - 1; n >= 0 && Op(l.words[n]) == ForIter && uint16(l.words[n]>>16) == l.placeReg(p) {
		return UnpackLooped
	}
	return UnpackSole
}

// unpack emits the words that take the top entry apart.
func (l *lifter) unpack(n int) {
	if !l.ready(1) {
		return
	}
	p := len(l.stack) - 1
	if n > l.limit-p {
		l.fail()
		return
	}
	l.markTaken(p)
	for i := 1; i < n; i++ {
		l.evict(l.base+p+i, p)
	}
	if n == 2 && !l.faithful {
		l.emit(MakeWord(Unpack2, l.known(p), l.placeReg(p+1), l.placeReg(p), l.reg(p, 0)))
	} else if r, _, _ := l.following(); n > 2 && (r.do == storeFast || r.do == storeTwo || r.do == storeLoad) {
		l.unpackTo(p, n)
	} else {
		l.emit(MakeWord(Unpack, l.known(p), l.placeReg(p), l.reg(p, 0), uint16(n)))
	}
	l.drop(1)
	for range n {
		l.pushResult()
	}
}

// unpackTo emits the words that take entry p apart, each item to its place for now.
func (l *lifter) unpackTo(p, n int) {
	place := func(i int) uint16 { return l.placeReg(p + n - 1 - i) }
	l.emit(MakeWord(UnpackTo, l.known(p), place(0), l.reg(p, 0), uint16(n)))
	for i := 1; i < n; i += maxInto {
		w := uint64(Into)
		k := min(n-i, maxInto)
		for j := range k {
			w |= uint64(place(i+j)) << (16 + 16*j)
		}
		l.emit(w | uint64(k)<<8)
	}
}

// maxInto is how many registers a word of Into names.
const maxInto = 3

func (l *lifter) unpackEx(arg int) {
	n := arg&0xff + 1 + arg>>8
	if !l.ready(1) {
		return
	}
	p := len(l.stack) - 1
	if n > l.limit-p || arg >= 1<<24 {
		l.fail()
		return
	}
	l.markTaken(p)
	for i := 1; i < n; i++ {
		l.evict(l.base+p+i, p)
	}
	l.emit(MakeWord(UnpackEx, uint8(arg>>16), l.placeReg(p), l.reg(p, 0), uint16(arg)))
	l.drop(1)
	for range n {
		l.pushPlace()
	}
}

// intoField returns the place of a register among those that the UnpackTo whose words are the last ones writes: how far before the last word, and
// in which field. It fails if another one is written later.
func (l *lifter) intoField(from, other uint16) (back int, shift uint, ok bool) {
	for n := len(l.words) - 1; ; back++ {
		w := l.words[n-back]
		fields := 1
		if Op(w) == Into {
			fields = int(fieldX(w))
		}
		for i := fields - 1; i >= 0; i-- {
			shift = uint(16 + 16*i)
			switch uint16(w >> shift) {
			case from:
				return back, shift, true
			case other:
				return 0, 0, false
			}
		}
		if Op(w) != Into {
			return 0, 0, false
		}
	}
}

// lastOp returns the index of the first of the words that the last operation consists of.
func (l *lifter) lastOp() int {
	n := len(l.words) - 1
	for Op(l.words[n]) == Into {
		n--
	}
	return n
}
