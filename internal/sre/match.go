package sre

// run matches from From on: there, or with search also behind; up to the limit if full.
func (st *State) run(search, full bool) (bool, error) {
	p := st.program
	code := p.code
	text := st.text
	s := text[:st.limit]
	marks := st.marks
	if len(st.stack) == 0 {
		st.stack = make([]frame, 64)
	}
	stack := st.stack
	st.trail = st.trail[:0]

	var (
		start = st.From
		// strict says that an accepting match has to be looked at: the first attempt
		// of a search, and any other way of matching.
		strict = full || st.MustAdvance
		pos    = start
		pc     = 0
		sp     = 0
		last   = -1 // highest mark that is set
		index  = -1
		steps  = st.steps
	)
	if search {
		pos = p.candidate(s, start)
		if pos < 0 {
			return false, nil
		}
		if pos != start {
			start, strict = pos, false
		}
	} else if n := len(s) - pos; n >= 0 && n < p.width {
		return false, nil
	}

	for {
		in := &code[pc]
		switch in.op {
		case opFail:

		case opAccept:
			if strict && (full && pos != len(s) || st.MustAdvance && pos == start) {
				break
			}
			st.Start, st.End = start, pos
			st.lastMark, st.LastIndex = last, index
			st.steps = steps
			st.release()
			return true, nil

		case opByte:
			if uint(pos) < uint(len(s)) && s[pos] == in.c {
				pos++
				pc++
				continue
			}

		case opNotByte:
			if uint(pos) < uint(len(s)) && s[pos] != in.c {
				pos++
				pc++
				continue
			}

		case opTable:
			if uint(pos) < uint(len(s)) && in.tab[s[pos]] != 0 {
				pos++
				pc++
				continue
			}

		case opClass:
			if uint(pos) < uint(len(s)) {
				if c := s[pos]; c < 0x80 {
					if in.tab[c] != 0 {
						pos++
						pc++
						continue
					}
				} else if n := in.high(s, pos); n > 0 {
					pos += n
					pc++
					continue
				}
			}

		case opAnyWide:
			if uint(pos) < uint(len(s)) {
				pos = next(s, pos)
				pc++
				continue
			}

		case opString:
			if t := in.text; len(s)-pos >= len(t) && s[pos:pos+len(t)] == t {
				pos += len(t)
				pc++
				continue
			}

		case opFold:
			if t := in.text; len(s)-pos >= len(t) && equalFold(s[pos:pos+len(t)], t) {
				pos += len(t)
				pc++
				continue
			}

		case opMark:
			i := int(in.n)
			if i&1 != 0 {
				index = i>>1 + 1
			}
			if i > last {
				for last++; last < i; last++ {
					marks[last] = -1
				}
			} else if p.loops && !st.overwrite(i) {
				return st.fail(steps, ErrMemory)
			}
			marks[i] = pos
			pc++
			continue

		case opBegin:
			if pos == 0 {
				pc++
				continue
			}

		case opBeginLine:
			if pos == 0 || text[pos-1] == '\n' {
				pc++
				continue
			}

		case opEnd:
			if pos == len(s) || pos == len(s)-1 && s[pos] == '\n' {
				pc++
				continue
			}

		case opEndLine:
			if pos == len(s) || pos < len(s) && s[pos] == '\n' {
				pc++
				continue
			}

		case opEndText:
			if pos == len(s) {
				pc++
				continue
			}

		case opBoundary:
			var before, after uint8
			if pos > 0 {
				before = in.tab[text[pos-1]]
			}
			if pos < len(s) {
				after = in.tab[s[pos]]
			}
			if before != after != in.not {
				pc++
				continue
			}

		case opBoundaryUni:
			before := pos > 0 && in.has(text, prev(text, pos))
			after := pos < len(s) && in.has(s, pos)
			if before != after != in.not {
				pc++
				continue
			}

		case opJump:
			pc = int(in.x)
			continue

		case opBranch:
			c := 256
			if uint(pos) < uint(len(s)) {
				c = int(s[pos])
			}
			list := int(in.lists[c])
			to := in.targets[list]
			if to < 0 {
				break
			}
			if in.targets[list+1] >= 0 {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, list + 1, 0}
				sp++
			}
			pc = int(to)
			continue

		case opRun:
			if len(s)-pos < in.min {
				break
			}
			end := pos
			if in.shape == shapeTable && in.max == noLimit {
				tab := in.tab
				for end < len(s) && tab[s[end]]&bitItem != 0 {
					end++
				}
			} else {
				end = in.count(s, pos)
			}
			least := pos + in.min
			if end < least {
				break
			}
			if !in.free {
				tab := in.tab
				if in.only {
					if end >= len(s) || tab[s[end]]&bitRest == 0 {
						break
					}
					pos = end
					pc++
					continue
				}
				for end >= least && (end >= len(s) || tab[s[end]]&bitRest == 0) {
					end--
				}
				if end < least {
					break
				}
			}
			if end > least {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), end, least, 0}
				sp++
			}
			pos = end
			pc++
			continue

		case opRunWide:
			if len(s)-pos < in.min {
				break
			}
			end, least := in.countWide(s, pos)
			if least < 0 {
				break
			}
			if !in.free {
				if in.only {
					if end >= len(s) || in.tab[s[end]]&bitRest == 0 {
						break
					}
					pos = end
					pc++
					continue
				}
				for end >= least && (end >= len(s) || in.tab[s[end]]&bitRest == 0) {
					if end == 0 {
						end = -1
						break
					}
					end = prev(s, end)
				}
				if end < least {
					break
				}
			}
			if end > least {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), end, least, 0}
				sp++
			}
			pos = end
			pc++
			continue

		case opTake:
			if len(s)-pos < in.min {
				break
			}
			end := in.count(s, pos)
			if end-pos < in.min {
				break
			}
			pos = end
			pc++
			continue

		case opTakeWide:
			if len(s)-pos < in.min {
				break
			}
			end, least := in.countWide(s, pos)
			if least < 0 {
				break
			}
			pos = end
			pc++
			continue

		case opLazy, opLazyWide:
			if len(s)-pos < in.min {
				break
			}
			at, left := in.atLeast(s, pos)
			if at >= 0 {
				at, left = in.reluctant(s, at, left)
			}
			if at < 0 {
				break
			}
			if !in.only && left > 0 {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), at, left, 0}
				sp++
			}
			pos = at
			pc++
			continue

		case opRepeat:
			r := &st.slots[in.n]
			if in.full {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{pc: int32(pc), a: r.count, b: r.last}
				sp++
			}
			r.count, r.last = -1, -1
			pc = int(in.x)
			continue

		case opMaxUntil:
			if steps++; steps&pollMask == 0 && st.Poll != nil {
				if err := st.Poll(); err != nil {
					return st.fail(steps, err)
				}
			}
			r := &st.slots[in.n]
			count := r.count + 1
			more := count < in.min
			if more || count < in.max && pos != r.last && in.bodyCan(s, pos) {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, count - 1, r.last}
				if more {
					stack[sp].pos = -1
				} else {
					r.last = pos
				}
				sp++
				r.count = count
				pc = int(in.x)
				continue
			}
			pc++
			continue

		case opMinUntil:
			if steps++; steps&pollMask == 0 && st.Poll != nil {
				if err := st.Poll(); err != nil {
					return st.fail(steps, err)
				}
			}
			r := &st.slots[in.n]
			count := r.count + 1
			if sp == len(stack) {
				if !st.grow(sp) {
					return st.fail(steps, ErrMemory)
				}
				stack = st.stack
			}
			if count < in.min {
				stack[sp] = frame{pc: int32(pc), pos: -1, a: count - 1, b: r.last}
				sp++
				r.count = count
				pc = int(in.x)
				continue
			}
			stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, count, 0}
			sp++
			pc++
			continue

		case opMaxLoop:
			if steps++; steps&pollMask == 0 && st.Poll != nil {
				if err := st.Poll(); err != nil {
					return st.fail(steps, err)
				}
			}
			if !in.bodyCan(s, pos) {
				pc++
				continue
			}
			if in.restCan(s, pos) {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, 0, 0}
				sp++
			}
			pc = int(in.x)
			continue

		case opMinLoop:
			if steps++; steps&pollMask == 0 && st.Poll != nil {
				if err := st.Poll(); err != nil {
					return st.fail(steps, err)
				}
			}
			if !in.restCan(s, pos) {
				pc = int(in.x)
				continue
			}
			if in.bodyCan(s, pos) {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, 0, 0}
				sp++
			}
			pc++
			continue

		case opLook:
			at := p.back(text, pos, in.min)
			if at < 0 {
				if in.not {
					pc = int(in.x)
					continue
				}
				break
			}
			r := &st.slots[in.n]
			r.base, r.last = sp, pos
			if in.not {
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, 0, 0}
				sp++
			}
			pos = at
			pc++
			continue

		case opLookEnd:
			r := &st.slots[in.n]
			sp = r.base
			if in.not {
				break
			}
			pos = r.last
			pc++
			continue

		case opLookByte:
			// An offset before the beginning is no offset at all.
			at := pos - int(in.n)
			if (uint(at) < uint(len(s)) && in.tab[s[at]] != 0) != in.not {
				pc++
				continue
			}

		case opLookWide:
			at := pos
			if in.n != 0 {
				at = p.back(text, pos, 1)
			}
			if (uint(at) < uint(len(s)) && in.has(s, at)) != in.not {
				pc++
				continue
			}

		case opAtomic, opPossessive:
			st.slots[in.n] = slot{count: 0, last: -1, base: sp}
			pc++
			continue

		case opAtomicEnd:
			sp = st.slots[in.n].base
			pc++
			continue

		case opPossessiveTest:
			if steps++; steps&pollMask == 0 && st.Poll != nil {
				if err := st.Poll(); err != nil {
					return st.fail(steps, err)
				}
			}
			r := &st.slots[in.n]
			switch {
			case r.count < in.min:
			case r.count < in.max && pos != r.last:
				if sp == len(stack) {
					if !st.grow(sp) {
						return st.fail(steps, ErrMemory)
					}
					stack = st.stack
				}
				stack[sp] = frame{int32(pc), int32(last), int32(index), int32(len(st.trail)), pos, 0, 0}
				sp++
				r.last = pos
			default:
				pc = int(in.x)
				continue
			}
			pc++
			continue

		case opPossessiveEnd:
			r := &st.slots[in.n]
			sp = r.base
			r.count++
			pc = int(in.x)
			continue

		case opRef:
			g := int(in.n) * 2
			if g < last && marks[g] >= 0 && marks[g+1] >= marks[g] {
				t := text[marks[g]:marks[g+1]]
				if len(t) == 0 || len(s)-pos >= len(t) && s[pos:pos+len(t)] == t {
					pos += len(t)
					pc++
					continue
				}
			}

		case opRefIgnore, opRefUnicode:
			g := int(in.n) * 2
			if g < last && marks[g] >= 0 && marks[g+1] >= marks[g] {
				if n := p.again(s, pos, text[marks[g]:marks[g+1]], in.op == opRefUnicode); n >= 0 {
					pos = n
					pc++
					continue
				}
			}

		case opCond:
			g := int(in.n) * 2
			if g < last && marks[g] >= 0 && marks[g+1] >= marks[g] {
				pc++
			} else {
				pc = int(in.x)
			}
			continue
		}

		// Nothing goes on from here: take up the latest frame.
		if steps++; steps&pollMask == 0 && st.Poll != nil {
			if err := st.Poll(); err != nil {
				return st.fail(steps, err)
			}
		}
	unwind:
		for {
			if sp == 0 {
				if !search {
					return st.fail(steps, nil)
				}
				if start >= len(s) {
					return st.fail(steps, nil)
				}
				if p.wide {
					start = next(s, start)
				} else {
					start++
				}
				start = p.candidate(s, start)
				if start < 0 {
					return st.fail(steps, nil)
				}
				strict = false
				pos, pc, last, index = start, 0, -1, -1
				st.trail = st.trail[:0]
				break unwind
			}
			sp--
			f := &stack[sp]
			pc = int(f.pc)
			in := &code[pc]
			switch in.op {
			case opBranch:
				pc = int(in.targets[f.a])
				if in.targets[f.a+1] >= 0 {
					f.a++
					sp++
				}

			case opRun:
				end := f.pos - 1
				if !in.free {
					tab := in.tab
					for end >= f.a && tab[s[end]]&bitRest == 0 {
						end--
					}
					if end < f.a {
						continue
					}
				}
				if end > f.a {
					f.pos = end
					sp++
				}
				last, index = int(f.lastMark), int(f.index)
				if in.full && int(f.trail) < len(st.trail) {
					st.undo(int(f.trail))
				}
				pos = end
				pc++
				break unwind

			case opRunWide:
				end := prev(s, f.pos)
				if !in.free {
					for end >= f.a && in.tab[s[end]]&bitRest == 0 {
						if end == 0 {
							end = -1
							break
						}
						end = prev(s, end)
					}
					if end < f.a {
						continue
					}
				}
				if end > f.a {
					f.pos = end
					sp++
				}
				last, index = int(f.lastMark), int(f.index)
				if in.full && int(f.trail) < len(st.trail) {
					st.undo(int(f.trail))
				}
				pos = end
				pc++
				break unwind

			case opLazy, opLazyWide:
				at, left := in.oneMore(s, f.pos), f.a-1
				if at >= 0 {
					at, left = in.reluctant(s, at, left)
				}
				if at < 0 {
					continue
				}
				if left > 0 {
					f.pos, f.a = at, left
					sp++
				}
				last, index = int(f.lastMark), int(f.index)
				if in.full && int(f.trail) < len(st.trail) {
					st.undo(int(f.trail))
				}
				pos = at
				pc++
				break unwind

			case opRepeat:
				r := &st.slots[in.n]
				r.count, r.last = f.a, f.b
				continue

			case opMaxUntil:
				r := &st.slots[in.n]
				r.count, r.last = f.a, f.b
				if f.pos < 0 {
					continue
				}
				pc++

			case opMinUntil:
				r := &st.slots[in.n]
				if f.pos < 0 {
					// The body did not match.
					r.count, r.last = f.a, f.b
					continue
				}
				// The rest did not match.
				pos = f.pos
				last, index = int(f.lastMark), int(f.index)
				if in.full && int(f.trail) < len(st.trail) {
					st.undo(int(f.trail))
				}
				if f.a >= in.max || pos == r.last || !in.bodyCan(s, pos) {
					continue
				}
				*f = frame{pc: f.pc, pos: -1, a: f.a - 1, b: r.last}
				sp++
				r.count, r.last = r.count+1, pos
				pc = int(in.x)
				break unwind

			case opMaxLoop:
				pc++

			case opMinLoop:
				pc = int(in.x)

			case opLook, opPossessiveTest:
				pc = int(in.x)

			default:
				continue
			}
			pos = f.pos
			last, index = int(f.lastMark), int(f.index)
			if in.full && int(f.trail) < len(st.trail) {
				st.undo(int(f.trail))
			}
			break unwind
		}
	}
}

// pollMask says how often the caller is asked whether to go on.
const pollMask = 1<<12 - 1

// fail ends a match without one.
func (st *State) fail(steps uint32, err error) (bool, error) {
	st.steps = steps
	st.lastMark, st.LastIndex = -1, -1
	st.release()
	return false, err
}

// release gives up memory that only few matches need.
func (st *State) release() {
	if len(st.stack) > keepStack {
		st.stack = nil
	}
	if cap(st.trail) > keepStack {
		st.trail = nil
	}
}
