package lift

// instruction lifts the instruction that has been decoded.
func (l *lifter) instruction() {
	l.relocate()
	if len(l.stack)-l.low >= maxDelayed {
		l.limitDelayed()
	}
	if l.faithful {
		l.def = -1
		if n := len(l.points); n == 0 || int(l.points[n-1].Unit) != l.start {
			l.points = append(l.points, Point{uint32(len(l.words)), uint32(l.start), uint32(len(l.stack))})
		}
		l.guard()
		at := l.at
		l.at = l.start
		l.emit(wide(Event, 0, 0, uint32(l.start)))
		l.at = at
	}
	r := &rules[l.text[2*l.at]]
	arg := l.arg
	switch r.do {
	case nothing:
	case resume:
		if l.faithful {
			l.emit(MakeWord(Resume, uint8(arg), 0, 0, 0))
		}
	case pop, popEnd:
		if l.has(1) {
			if r.do == pop {
				l.leaveLoop()
			}
			l.drop(1)
		}
	case copyEntry:
		if !l.has(max(arg, 1)) {
			return
		}
		l.own &^= 1 << (len(l.stack) - max(arg, 1))
		if arg != 1 || !l.withExit() {
			l.observe(len(l.stack)-max(arg, 1), 1)
			l.push(l.stack[len(l.stack)-max(arg, 1)])
		}
	case swapEntries:
		if l.has(max(arg, 1)) {
			i, j := len(l.stack)-1, len(l.stack)-max(arg, 1)
			a, b := l.stack[i], l.stack[j]
			l.set(i, b)
			l.set(j, a)
			l.swapIters(i, j)
		}
	case pushNull:
		l.pushNull()
	case pushConst:
		if arg >= l.o.Consts.Len() {
			l.fail()
			return
		}
		l.push(entry{isConst, int32(arg)})
	case pushInt:
		l.push(entry{isInt, int32(arg)})
	case pushCommon:
		l.push(entry{isCommon, int32(arg)})
	case loadFast:
		l.loadFast(arg)
	case loadCheck:
		if l.local(arg) {
			l.guard()
			l.emit(wide(CheckBound, 0, l.variable(arg), uint32(arg)))
			l.loadFast(arg)
		}
	case loadTwo:
		l.loadFast(arg >> 4)
		l.loadFast(arg & 15)
	case loadClear:
		if !l.comprehension(arg) {
			l.loadClear(arg)
		}
	case storeFast:
		l.storeFast(arg)
	case storeLoad:
		l.storeFast(arg >> 4)
		l.loadFast(arg & 15)
	case storeTwo:
		l.storeFast(arg >> 4)
		l.storeFast(arg & 15)
	case deleteFast:
		l.deleteFast(arg)
	case makeCell:
		l.makeCell(arg)
	case copyFree:
		if arg == 0 {
			return // nor need there be a closure
		}
		l.flush(len(l.stack))
		if arg > l.locals {
			l.fail()
			return
		}
		first := l.locals - arg
		if first < l.near && l.near < l.locals {
			l.fail()
			return
		}
		l.emit(wide(CopyFreeVars, 0, uint16(arg), uint32(l.slot(first))))
	case loadDeref:
		if l.local(arg) && l.ready(0) {
			c := l.variable(arg)
			l.emit(MakeWord(LoadDeref, 0, l.placeReg(len(l.stack)), c, uint16(arg)))
			l.pushResult()
		}
	case storeDeref:
		if l.local(arg) && l.ready(1) {
			p := len(l.stack) - 1
			v := l.reg(p, 0)
			l.emit(MakeWord(StoreDeref, 0, l.variable(arg), v, 0))
			l.drop(1)
		}
	case deleteDeref:
		if l.local(arg) {
			l.guard()
			l.emit(MakeWord(DeleteDeref, 0, l.variable(arg), 0, uint16(arg)))
		}
	case dictOrDeref:
		if l.local(arg) && l.ready(1) {
			p := len(l.stack) - 1
			l.result(1, MakeWord(LoadDictOrDeref, 0, l.placeReg(p), l.reg(p, 0), uint16(arg)))
		}
	case loadCached:
		l.loadCached(r.op, arg)
	case storeCached:
		if l.name(arg) && l.ready(1) {
			l.caches = append(l.caches, Cache{r.op, int32(arg)})
			l.effect(1, wide(r.op, 0, l.reg(len(l.stack)-1, 0), uint32(len(l.caches)-1)))
		}
	case named:
		if l.name(arg) {
			l.guard()
			l.emit(wide(r.op, 0, 0, uint32(arg)))
		}
	case dictOrGlobal:
		if l.name(arg) && l.ready(1) {
			p := len(l.stack) - 1
			l.result(1, l.named24(LoadDictOrGlobal, l.placeReg(p), l.reg(p, 0), arg))
		}
	case importName:
		if l.name(arg) && l.group(2) {
			p := len(l.stack) - 2
			l.result(2, l.named24(ImportName, l.placeReg(p), l.placeReg(p), arg))
		}
	case importFrom:
		if l.name(arg) && l.top() {
			p := len(l.stack) - 1
			l.result(0, l.named24(ImportFrom, l.placeReg(p+1), l.reg(p, 0), arg))
		}
	case loadAttr:
		l.loadAttr(arg)
	case storeAttr:
		if l.name(arg) && l.ready(2) {
			p := len(l.stack) - 2
			v, o := l.reg(p, 0), l.reg(p+1, 1)
			l.effect(2, MakeWord(StoreAttr, 0, o, v, l.cache(StoreAttr, arg)))
		}
	case deleteAttr:
		if l.name(arg) && l.ready(1) {
			l.effect(1, wide(DeleteAttr, 0, l.reg(len(l.stack)-1, 0), uint32(arg)))
		}
	case superAttr:
		if l.name(arg>>2) && l.group(3) {
			p := len(l.stack) - 3
			l.evict(l.base+p+1, p)
			if arg&1 == 0 && l.starred() {
				_, _, l.next = l.following()
				arg |= 1
			}
			l.result(3, MakeWord(SuperAttr, uint8(arg&3), l.placeReg(p), l.placeReg(p), l.cache(SuperAttr, arg>>2)))
			if arg&1 != 0 {
				l.def = -1
				l.pushPlace()
			}
		}
	case loadSpecial:
		l.pair(LoadSpecial, uint8(arg), arg)
	case zero:
		l.zero(wide(r.op, 0, l.placeReg(len(l.stack)), 0))
	case plain:
		l.guard()
		l.emit(MakeWord(r.op, 0, 0, 0, 0))
	case unary, unaryArg:
		sole := r.op == GetIter && l.fresh(0)
		lone := r.op == GetIter && l.beginsLoop() && (l.markLone(len(l.stack)-1) || l.callMade(len(l.stack)-1))
		if l.ready(1) {
			p := len(l.stack) - 1
			w := MakeWord(r.op, 0, l.placeReg(p), l.reg(p, 0), 0)
			if r.do == unaryArg {
				w |= uint64(uint8(arg)) << 8
			}
			if sole {
				w |= Sole << 8
			}
			l.result(1, w)
			if r.op == GetIter && l.beginsLoop() {
				l.walk(p)
				if lone && p < 64 {
					l.lone |= 1 << p
				}
			} else if r.op == FormatSimple {
				l.notePart()
			}
		}
	case binary, binaryArg:
		top := len(l.stack) - 1
		constant := top >= 0 && l.stack[top].kind == isConst
		if l.ready(2) {
			p := len(l.stack) - 2
			b, c := l.reg(p, 0), l.reg(p+1, 1)
			w := MakeWord(r.op, 0, l.placeReg(p), b, c)
			if r.do == binaryArg {
				w |= uint64(uint8(arg)) << 8
			}
			l.result(2, w)
			if r.op == FormatSpec && constant {
				l.notePart()
			}
		}
	case peek:
		if l.top() {
			p := len(l.stack) - 1
			l.result(0, MakeWord(r.op, 0, l.placeReg(p+1), l.reg(p, 0), 0))
		}
	case matchKeys:
		if l.ready(2) {
			p := len(l.stack) - 2
			l.evict(l.base+p+2, p+2)
			b, c := l.reg(p, 0), l.reg(p+1, 1)
			l.result(0, MakeWord(MatchKeys, 0, l.placeReg(p+2), b, c))
		}
	case binaryOp:
		l.binaryOp(arg)
	case compare:
		l.compare(arg)
	case isOp:
		l.isOp(arg)
	case contains:
		l.contains(arg)
	case toBool:
		l.toBool()
	case excMatch:
		l.excMatch()
	case egMatch:
		if l.ready(2) {
			p := len(l.stack) - 2
			l.evict(l.base+p+1, p)
			b, c := l.reg(p, 0), l.reg(p+1, 1)
			l.result(2, MakeWord(EgMatch, 0, l.placeReg(p), b, c))
			l.def = -1
			l.pushPlace()
		}
	case storeSubscr:
		l.storeSubscr()
	case deleteSubscr:
		if l.ready(2) {
			p := len(l.stack) - 2
			l.markKey(p + 1)
			a, b := l.reg(p, 0), l.reg(p+1, 1)
			l.effect(2, MakeWord(DeleteSubscr, 0, a, b, 0))
		}
	case slice:
		if l.need(3) {
			p := len(l.stack) - 3
			l.placeTop(2)
			if l.ready(3) {
				l.result(3, MakeWord(Slice, 0, l.placeReg(p), l.reg(p, 0), l.placeReg(p+1)))
			}
		}
	case storeSlice:
		if l.need(4) {
			p := len(l.stack) - 4
			l.markLone(p)
			l.placeTop(2)
			if l.ready(4) {
				v, o := l.reg(p, 0), l.reg(p+1, 1)
				l.effect(4, MakeWord(StoreSlice, 0, o, v, l.placeReg(p+2)))
			}
		}
	case build:
		height := len(l.stack) - arg + 1
		l.build(r.op, arg)
		if (r.op == BuildList || r.op == BuildSet) && !l.trapped && len(l.stack) == height {
			l.makesOwn(height - 1)
		}
	case buildMap:
		if arg <= l.limit && l.group(2*arg) {
			p := len(l.stack) - 2*arg
			l.result(2*arg, MakeWord(BuildMap, 0, l.placeReg(p), l.placeReg(p), uint16(arg)))
		} else {
			l.fail()
		}
	case interpolation:
		n := 2 + arg&1
		if l.group(n) {
			p := len(l.stack) - n
			l.result(n, MakeWord(BuildInterpolation, uint8(arg), l.placeReg(p), l.placeReg(p), 0))
		}
	case appendTo:
		if arg > 0 && l.has(arg+1) {
			to := len(l.stack) - 1 - arg
			own := l.own
			l.observe(to, 1)
			l.own = own
			l.operand(to)
			if r.op == ListExtend || r.op == SetUpdate {
				l.markTaken(len(l.stack) - 1)
			}
			if l.ready(1) {
				a, b, c := l.reg(to, 0), l.reg(len(l.stack)-1, 1), 0
				if r.op == ListAppend || r.op == SetAdd {
					c = l.inPlaces(to, min(arg, maxLoops+1))
				}
				l.effect(1, MakeWord(r.op, 0, a, b, uint16(c)))
			}
		} else {
			l.fail()
		}
	case mapAdd:
		if arg > 0 && l.has(arg+2) {
			to := len(l.stack) - 2 - arg
			own := l.own
			l.observe(to, 1)
			l.own = own
			l.operand(to)
			if l.ready(2) {
				p := len(l.stack) - 2
				a, b, c := l.reg(to, 0), l.reg(p, 1), l.reg(p+1, 2)
				l.effect(2, MakeWord(MapAdd, uint8(l.inPlaces(to, min(arg, maxLoops+1))), a, b, c))
			}
		} else {
			l.fail()
		}
	case dictMerge:
		if arg > 0 && l.need(arg+4) {
			to := len(l.stack) - 1 - arg
			l.operand(to)
			l.operand(to - 3)
			if r, _, _ := l.following(); arg == 1 && r.do == callEx {
				if !l.placeCallee(to - 3) {
					l.set(to-2, entry{kind: isNull}) // no self, whoever looks at the stack before the call
				}
				l.place(to - 1)
			}
			if l.ready(1) {
				a, b, c := l.reg(to, 0), l.reg(len(l.stack)-1, 1), l.reg(to-3, 2)
				l.effect(1, MakeWord(DictMerge, 0, a, b, c))
			}
		} else {
			l.fail()
		}
	case unpack:
		l.unpack(arg)
	case unpackEx:
		l.unpackEx(arg)
	case setFuncAttr:
		if l.ready(2) {
			p := len(l.stack) - 2
			b, a := l.reg(p, 0), l.reg(p+1, 1)
			l.emit(MakeWord(SetFuncAttr, uint8(arg), a, b, 0))
			l.set(p, l.stack[p+1])
			l.drop(1)
		}
	case call:
		l.call(arg)
	case callKw:
		l.callKw(arg)
	case callEx:
		l.callEx()
	case awaitable:
		if l.ready(1) {
			p := len(l.stack) - 1
			l.result(1, MakeWord(GetAwaitable, 0, l.placeReg(p), l.reg(p, 0), uint16(arg)))
		}
	default:
		l.control(r, arg)
	}
	if l.faithful && l.live {
		l.flush(len(l.stack))
	}
}

// result emits the word that takes the top n entries and makes one of them.
func (l *lifter) result(n int, w uint64) {
	l.emit(w)
	l.drop(n)
	l.pushResult()
}

// effect emits the word that takes the top n entries and makes none.
func (l *lifter) effect(n int, w uint64) {
	l.emit(w)
	l.drop(n)
}

// zero emits the word that makes an entry of nothing. Nobody may stand for its
// place.
func (l *lifter) zero(w uint64) {
	if l.ready(0) {
		l.emit(w)
		l.pushResult()
	}
}

// top prepares the word that makes an entry of the top one, which stays.
func (l *lifter) top() bool {
	if !l.ready(1) {
		return false
	}
	l.evict(l.base+len(l.stack), len(l.stack))
	return true
}

// placeTop puts the top n entries in their places.
func (l *lifter) placeTop(n int) {
	for i := len(l.stack) - n; i < len(l.stack); i++ {
		l.place(i)
	}
}

// group is ready for words that want the top n entries in their places.
func (l *lifter) group(n int) bool {
	if !l.need(n) {
		return false
	}
	l.placeTop(n)
	return l.ready(n)
}

// named24 returns the word of an operation with a name in c and x.
func (l *lifter) named24(op Op, a, b uint16, name int) uint64 {
	if name >= 1<<24 {
		l.refuse("too many names")
	}
	return MakeWord(op, uint8(name>>16), a, b, uint16(name))
}

func (l *lifter) name(i int) bool {
	if i < l.o.Names.Len() {
		return true
	}
	l.fail()
	return false
}

func (l *lifter) local(v int) bool {
	if v < l.locals {
		return true
	}
	l.fail()
	return false
}

// variable returns a register with variable v, to be read.
func (l *lifter) variable(v int) uint16 {
	s := l.slot(v)
	if s > maxSlot {
		r := uint16((l.scratch + 3) * RegSize)
		l.emit(wide(LoadFar, 0, r, uint32(s)))
		return r
	}
	return uint16(s * RegSize)
}

// setVariable stores what has been put in the register that variable returned.
func (l *lifter) setVariable(v int, r uint16) {
	if s := l.slot(v); s > maxSlot {
		l.emit(wide(StoreFar, 0, r, uint32(s)))
	}
}

func (l *lifter) loadFast(v int) {
	if l.local(v) {
		l.push(entry{inSlot, int32(l.slot(v))})
	}
}

func (l *lifter) loadClear(v int) {
	if !l.local(v) {
		return
	}
	l.evict(l.base+len(l.stack), len(l.stack))
	l.clearTo(l.placeReg(len(l.stack)), v)
	l.pushPlace()
}

// clearTo emits the words that move a variable to a register.
func (l *lifter) clearTo(to uint16, v int) {
	l.evict(l.slot(v), len(l.stack))
	if s := l.slot(v); s > maxSlot {
		l.emit(wide(LoadFar, 0, to, uint32(s)))
		r := uint16((l.scratch + 3) * RegSize)
		l.emit(MakeWord(LoadNull, 0, r, 0, 0))
		l.setVariable(v, r)
	} else {
		l.emit(MakeWord(MoveClear, 0, to, uint16(s*RegSize), 0))
	}
}

func (l *lifter) storeFast(v int) {
	if !l.local(v) || !l.need(1) {
		return
	}
	s := l.slot(v)
	top := len(l.stack) - 1
	if l.stack[top] == (entry{inSlot, int32(s)}) || l.retarget(s) {
		l.drop(1)
		return
	}
	l.evict(s, top)
	e := l.stack[top]
	if s <= maxSlot {
		l.moveTo(uint16(s*RegSize), e)
	} else {
		l.operand(top)
		l.setVariable(v, l.reg(top, 0))
	}
	l.drop(1)
}

func (l *lifter) deleteFast(v int) {
	if !l.local(v) {
		return
	}
	l.evict(l.slot(v), len(l.stack))
	l.guard()
	r := l.variable(v)
	l.emit(wide(DeleteFast, 0, r, uint32(v)))
	l.setVariable(v, r)
}

func (l *lifter) makeCell(v int) {
	if !l.local(v) {
		return
	}
	l.evict(l.slot(v), len(l.stack))
	r := l.variable(v)
	l.emit(MakeWord(MakeCell, 0, r, 0, 0))
	l.setVariable(v, r)
}

// pushNull puts no value on the stack. What is below will be called; if it has
// just been made, it is better made where calls without self want it.
func (l *lifter) pushNull() {
	if r, _, _ := l.following(); r.do == callEx {
		l.push(entry{kind: isNull}) // instead of a dict of arguments
		return
	}
	if n := len(l.stack); n > 0 && l.fresh(1) {
		l.redirect(l.placeReg(n))
		l.set(n-1, entry{inSlot, int32(l.base + n)})
	}
	l.push(entry{kind: isNull})
}

// loadCached loads a name that has a cache.
func (l *lifter) loadCached(op Op, arg int) {
	i, by := arg, l.names
	if op == LoadGlobal {
		i, by = arg>>1, l.globals
	}
	if !l.name(i) {
		return
	}
	l.zero(wide(op, 0, l.placeReg(len(l.stack)), l.nameCache(by, op, i)))
	if op == LoadGlobal && arg&1 != 0 {
		l.pushNull()
	}
}

func (l *lifter) loadAttr(arg int) {
	if !l.name(arg >> 1) {
		return
	}
	if arg&1 != 0 {
		l.pair(LoadMethod, 0, arg>>1)
	} else if l.starred() {
		_, _, l.next = l.following()
		l.pair(LoadMethod, 0, arg>>1)
	} else if l.ready(1) {
		p := len(l.stack) - 1
		l.result(1, MakeWord(LoadAttr, 0, l.placeReg(p), l.reg(p, 0), l.cache(LoadAttr, arg>>1)))
	}
}

// pair emits a word that makes a function and self of an entry.
func (l *lifter) pair(op Op, x uint8, name int) {
	if !l.ready(1) {
		return
	}
	p := len(l.stack) - 1
	l.evict(l.base+p+1, p)
	l.result(1, MakeWord(op, x, l.placeReg(p), l.reg(p, 0), l.cache(op, name)))
	l.def = -1
	l.pushPlace()
}

// build emits the word that collects the top n entries.
func (l *lifter) build(op Op, n int) {
	p := len(l.stack) - n
	if op == BuildString {
		l.joinParts(p)
	}
	if op == BuildTuple && l.closure(n) {
		return
	}
	if op == BuildTuple {
		l.firstPlaced(p)
	}
	switch {
	case n == 2 && op == BuildTuple && !l.faithful:
		if l.ready(2) {
			b, c := l.reg(p, 0), l.reg(p+1, 1)
			l.result(2, MakeWord(Tuple2, 0, l.placeReg(p), b, c))
		}
	case n == 1:
		if l.ready(1) {
			l.result(1, MakeWord(op, 0, l.placeReg(p), l.reg(p, 0), 1))
		}
	default:
		if l.group(n) {
			l.result(n, MakeWord(op, 0, l.placeReg(p), l.placeReg(p), uint16(n)))
		}
	}
}

func (l *lifter) storeSubscr() {
	if !l.need(3) {
		return
	}
	p := len(l.stack) - 3
	imm, isImm := l.imm(p + 2)
	k, isK := l.konst(p + 2)
	l.operand(p)
	l.operand(p + 1)
	if !isImm && !isK {
		l.operand(p + 2)
	}
	l.guard()
	if !isImm && !isK {
		l.markKey(p + 2)
	}
	v, o := l.reg(p, 0), l.reg(p+1, 1)
	switch {
	case isImm:
		l.effect(3, MakeWord(StoreSubscrI, 0, o, imm, v))
	case isK:
		l.effect(3, MakeWord(StoreSubscrK, 0, o, k, v))
	default:
		l.effect(3, MakeWord(StoreSubscr, 0, o, l.reg(p+2, 2), v))
	}
}
