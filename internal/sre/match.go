package sre

import "unsafe"

// verdict is what has come of an instruction.
type verdict uint8

const (
	goOn    verdict = iota // the state says where
	failed                 // the latest frame has to be taken up
	matched                // the match is complete
	stopped                // there is no match, or there is an error
)

// pollMask says how often the caller is asked whether to go on.
const pollMask = 1<<12 - 1

// inlineRun is how many bytes a simple comparison looks at before it leaves the rest
// to functions that are fast for many.
const inlineRun = 24

// run matches from From on: there, or with search also behind; up to the limit if full.
func (st *State) run(search, full bool) (bool, error) {
	p := st.program
	st.search, st.full = search, full
	st.start, st.skip = st.From, 0
	st.strict = full || st.MustAdvance
	if search {
		start := p.search.candidate(st.text[:st.limit], st.start, p.width)
		if start < 0 {
			st.lastMark, st.LastIndex = -1, -1
			return false, nil
		}
		if start != st.start {
			st.start, st.strict = start, false
		}
	} else if n := st.limit - st.start; n >= 0 && n < p.width {
		st.lastMark, st.LastIndex = -1, -1
		return false, nil
	}
	st.begin()
	st.err = nil
	if len(st.stack) == 0 {
		st.stack = make([]frame, 64)
	}
	// The lowest frame is taken up when all else has failed.
	st.stack[0].pc = int32(len(p.code) - 1)
	st.sp = 1
	st.code = unsafe.Pointer(unsafe.SliceData(p.code))
	st.frames, st.last = unsafe.Pointer(&st.stack[0]), &st.stack[len(st.stack)-1]
	v := st.loop()
	if len(st.stack) > keepStack {
		st.stack, st.frames, st.last = nil, nil, nil
	}
	if cap(st.trail) > keepStack {
		st.trail = nil
	}
	if v == matched {
		return true, nil
	}
	st.lastMark, st.LastIndex = -1, -1
	return false, st.err
}

// begin sets out to match at start.
func (st *State) begin() {
	st.pos, st.pc = st.start, 0
	st.lastMark, st.LastIndex = -1, -1
	st.trail = st.trail[:0]
}

// inst returns an instruction of the program.
func (st *State) inst(i int) *inst {
	return (*inst)(unsafe.Add(st.code, uintptr(i)*unsafe.Sizeof(inst{})))
}

// indexOf is the inverse of inst.
func (st *State) indexOf(in *inst) int32 {
	return int32((uintptr(unsafe.Pointer(in)) - uintptr(st.code)) / unsafe.Sizeof(inst{}))
}

// after returns the instruction behind in. The last one of a program never asks for it.
func (in *inst) after() *inst {
	return (*inst)(unsafe.Add(unsafe.Pointer(in), unsafe.Sizeof(inst{})))
}

// frame returns the frame at a height of the stack.
func (st *State) frame(height int) *frame {
	return (*frame)(unsafe.Add(st.frames, uintptr(height)*unsafe.Sizeof(frame{})))
}

// height is the inverse of frame.
func (st *State) height(f *frame) int {
	return int((uintptr(unsafe.Pointer(f)) - uintptr(st.frames)) / unsafe.Sizeof(frame{}))
}

// after and before return the frames around f. The loop does not go beyond the last
// frame, nor below the lowest, whose instruction ends it.
func (f *frame) after() *frame {
	return (*frame)(unsafe.Add(unsafe.Pointer(f), unsafe.Sizeof(frame{})))
}

func (f *frame) before() *frame {
	return (*frame)(unsafe.Add(unsafe.Pointer(f), -int(unsafe.Sizeof(frame{}))))
}

// loop runs instructions until the match is complete or there is none.
//
// Nothing but st is alive across a call in it: before a call the variables are stored in the state, and
// loaded from there behind it. Otherwise the compiler would store all of them at each
// instruction. So what needs calls is done in methods: slow for instructions, resume for
// frames.
func (st *State) loop() verdict {
	s, pos := st.text[:st.limit], st.pos
	in, top := st.inst(st.pc), st.frame(st.sp)

	for {
		switch in.op {
		case opFail:

		case opAccept:
			if st.strict && (st.full && pos != len(s) || st.MustAdvance && pos == st.start) {
				break
			}
			st.Start, st.End = st.start, pos
			return matched

		case opByte:
			if uint(pos) < uint(len(s)) && s[pos] == in.c {
				pos++
				in = in.after()
				continue
			}

		case opNotByte:
			if uint(pos) < uint(len(s)) && s[pos] != in.c {
				pos++
				in = in.after()
				continue
			}

		case opTable:
			if uint(pos) < uint(len(s)) && in.tab[s[pos]] != 0 {
				pos++
				in = in.after()
				continue
			}

		case opClass:
			if uint(pos) < uint(len(s)) {
				if s[pos] >= 0x80 {
					goto slow
				}
				if in.tab[s[pos]] != 0 {
					pos++
					in = in.after()
					continue
				}
			}

		case opAnyWide:
			if uint(pos) < uint(len(s)) {
				pos = min(pos+int(lead[s[pos]]), len(s))
				in = in.after()
				continue
			}

		case opString:
			t := *in.text
			if len(s)-pos >= len(t) {
				if len(t) > inlineRun {
					goto slow
				}
				if same(s, pos, t) {
					pos += len(t)
					in = in.after()
					continue
				}
			}

		case opFold:
			t := *in.text
			if len(s)-pos >= len(t) {
				at := s[pos : pos+len(t)]
				i := 0
				for i < len(t) && i < len(at) && fold[at[i]] == t[i] {
					i++
				}
				if i == len(t) {
					pos += len(t)
					in = in.after()
					continue
				}
			}

		case opMark:
			i := int(in.n)
			if i > st.lastMark {
				for k := st.lastMark + 1; k < i; k++ {
					st.marks[k] = -1
				}
				st.lastMark = i
			} else if in.full {
				n := len(st.trail)
				if n == cap(st.trail) {
					goto slow
				}
				st.trail = st.trail[:n+1]
				st.trail[n] = overwritten{i, st.marks[i]}
			}
			if i&1 != 0 {
				st.LastIndex = i>>1 + 1
			}
			st.marks[i] = pos
			in = in.after()
			continue

		case opBegin:
			if pos == 0 {
				in = in.after()
				continue
			}

		case opBeginLine:
			if pos == 0 || st.text[pos-1] == '\n' {
				in = in.after()
				continue
			}

		case opEnd:
			if pos == len(s) || pos == len(s)-1 && s[pos] == '\n' {
				in = in.after()
				continue
			}

		case opEndLine:
			// A match may begin behind the limit, and then this sees what is there.
			if pos == len(s) || pos < len(st.text) && st.text[pos] == '\n' {
				in = in.after()
				continue
			}

		case opEndText:
			if pos == len(s) {
				in = in.after()
				continue
			}

		case opBoundary, opBoundaryUni:
			var before, after uint8
			if pos > 0 {
				c := st.text[pos-1]
				if c >= 0x80 && in.op == opBoundaryUni {
					goto slow
				}
				before = in.tab[c]
			}
			if pos < len(s) {
				c := s[pos]
				if c >= 0x80 && in.op == opBoundaryUni {
					goto slow
				}
				after = in.tab[c]
			}
			if before != after != in.not {
				in = in.after()
				continue
			}

		case opJump:
			in = st.inst(int(in.x))
			continue

		case opBranch:
			w := in.branch
			list := int(w.by[at(s, pos)])
			to := w.targets[list]
			if to < 0 {
				break
			}
			if w.targets[list+1] >= 0 {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos, f.a = pos, list+1
			}
			in = st.inst(int(to))
			continue

		case opRun:
			if len(s)-pos < int(in.min) {
				break
			}
			tab := in.tab
			end := pos
			to := len(s)
			if in.max < len(s)-pos {
				to = pos + in.max
			}
			switch in.shape {
			case shapeTable:
				for end < to && tab[s[end]]&bitItem != 0 {
					end++
				}
			case shapeNotByte:
				for end < to && s[end] != in.c {
					if end++; end-pos > inlineRun {
						st.ahead = end
						goto slow
					}
				}
			default:
				end = to
			}
			if in.lead {
				st.skip = end + 1
			}
			least := pos + int(in.min)
			if end < least {
				break
			}
			if in.only {
				if !in.free && tab[at(s, end)]&bitRest == 0 {
					break
				}
				pos = end
				in = in.after()
				continue
			}
			if !in.free {
				for end >= least && tab[at(s, end)]&bitRest == 0 {
					end--
				}
				if end < least {
					break
				}
			}
			if end > least {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos, f.a = end, least
			}
			pos = end
			in = in.after()
			continue

		case opTake:
			most := min(len(s)-pos, in.max)
			if most < int(in.min) {
				break
			}
			if in.lead {
				goto slow
			}
			tab := in.tab
			end, to := pos, pos+most
			switch in.shape {
			case shapeTable:
				for end < to && tab[s[end]]&bitItem != 0 {
					end++
				}
			case shapeNotByte:
				for end < to && s[end] != in.c {
					if end++; end-pos > inlineRun {
						st.ahead = end
						goto slow
					}
				}
			default:
				end = to
			}
			if end-pos < int(in.min) {
				break
			}
			pos = end
			in = in.after()
			continue

		case opLazy:
			tab := in.tab
			if in.min > 1 || in.free || in.max != noLimit {
				goto slow
			}
			end := pos
			if in.min > 0 {
				if end >= len(s) || tab[s[end]]&bitItem == 0 {
					break
				}
				end++
			}
			for end < len(s) && tab[s[end]] == bitItem {
				end++
			}
			if tab[at(s, end)]&bitRest == 0 {
				break
			}
			if !in.only {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos, f.a = end, noLimit
			}
			pos = end
			in = in.after()
			continue

		case opRepeat:
			r := &st.slots[in.n]
			if in.full {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.a, f.b = st.indexOf(in), r.count, r.last
			}
			r.count, r.last = -1, -1
			in = st.inst(int(in.x))
			continue

		case opMaxUntil:
			if st.steps++; st.steps&pollMask == 0 {
				goto poll
			}
			r := &st.slots[in.n]
			count := r.count + 1
			more := count < int(in.min)
			if more || count < in.max && pos != r.last && in.bodyCan(s, pos) {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos, f.a, f.b = pos, count-1, r.last
				if more {
					f.pos = -1
				} else {
					r.last = pos
				}
				r.count = count
				in = st.inst(int(in.x))
				continue
			}
			in = in.after()
			continue

		case opMinUntil:
			if st.steps++; st.steps&pollMask == 0 {
				goto poll
			}
			if top == st.last {
				goto grow
			}
			r := &st.slots[in.n]
			count := r.count + 1
			f := top
			top = top.after()
			if count < int(in.min) {
				f.pc, f.pos, f.a, f.b = st.indexOf(in), -1, count-1, r.last
				r.count = count
				in = st.inst(int(in.x))
				continue
			}
			f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
			f.pos, f.a = pos, count
			in = in.after()
			continue

		case opMaxLoop:
			if st.steps++; st.steps&pollMask == 0 {
				goto poll
			}
			if !in.bodyCan(s, pos) {
				in = in.after()
				continue
			}
			if in.restCan(s, pos) {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos = pos
			}
			in = st.inst(int(in.x))
			continue

		case opMinLoop:
			if st.steps++; st.steps&pollMask == 0 {
				goto poll
			}
			if !in.restCan(s, pos) {
				in = st.inst(int(in.x))
				continue
			}
			if in.bodyCan(s, pos) {
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos = pos
			}
			in = in.after()
			continue

		case opLook:
			from := pos - int(in.min)
			if in.min != 0 && st.program.wide && from >= 0 {
				goto slow
			}
			if from < 0 {
				if in.not {
					in = st.inst(int(in.x))
					continue
				}
				break
			}
			if top == st.last {
				goto grow
			}
			r := &st.slots[in.n]
			r.base, r.last = st.height(top), pos
			if in.not {
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos = pos
			}
			pos = from
			in = in.after()
			continue

		case opLookEnd:
			r := &st.slots[in.n]
			top = st.frame(r.base)
			if in.not {
				break
			}
			pos = r.last
			in = in.after()
			continue

		case opLookByte:
			i := pos - int(in.n)
			if (uint(i) < uint(len(s)) && in.tab[s[i]] != 0) != in.not {
				in = in.after()
				continue
			}

		case opLookText:
			i := pos - int(in.n)
			if (i >= 0 && same(s, i, *in.text)) != in.not {
				in = in.after()
				continue
			}

		case opAtomic, opPossessive:
			r := &st.slots[in.n]
			r.count, r.last, r.base, r.trail = 0, -1, st.height(top), len(st.trail)
			in = in.after()
			continue

		case opAtomicEnd:
			top = st.frame(st.slots[in.n].base)
			in = in.after()
			continue

		case opPossessiveTest:
			if st.steps++; st.steps&pollMask == 0 {
				goto poll
			}
			r := &st.slots[in.n]
			if r.count >= int(in.min) {
				if r.count >= in.max || pos == r.last {
					in = st.inst(int(in.x))
					continue
				}
				if top == st.last {
					goto grow
				}
				f := top
				top = top.after()
				f.pc, f.lastMark, f.index, f.trail = st.indexOf(in), int32(st.lastMark), int32(st.LastIndex), int32(len(st.trail))
				f.pos = pos
				r.last = pos
			}
			in = in.after()
			continue

		case opPossessiveEnd:
			r := &st.slots[in.n]
			if len(st.trail)-r.trail > maxTrail+2*len(st.marks) {
				goto slow
			}
			top = st.frame(r.base)
			r.count++
			in = st.inst(int(in.x))
			continue

		case opRef:
			if from, to := st.group(int(in.n)); from >= 0 {
				if same(s, pos, st.text[from:to]) {
					pos += to - from
					in = in.after()
					continue
				}
			}

		case opCond:
			if from, _ := st.group(int(in.n)); from >= 0 {
				in = in.after()
			} else {
				in = st.inst(int(in.x))
			}
			continue

		default:
			goto slow
		}

		// Nothing goes on from here: take up the latest frame.
	fail:
		if st.steps++; st.steps&pollMask == 0 && st.Poll != nil {
			goto pollFail
		}
	unwind:
		for {
			top = top.before()
			f := top
			in = st.inst(int(f.pc))
			full := in.full
			switch in.op {
			case opBranch:
				pos = f.pos
				targets, way := in.branch.targets, f.a
				if targets[way+1] >= 0 {
					f.a++
					top = top.after()
				}
				in = st.inst(int(targets[way]))

			case opRun:
				pos = f.pos - 1
				if !in.free {
					tab := in.tab
					for pos >= f.a && tab[s[pos]]&bitRest == 0 {
						pos--
					}
					if pos < f.a {
						continue unwind
					}
				}
				if pos > f.a {
					f.pos = pos
					top = top.after()
				}
				in = in.after()

			case opLazy:
				tab := in.tab
				pos = f.pos
				if pos >= len(s) || tab[s[pos]]&bitItem == 0 {
					continue unwind
				}
				pos++
				if left := f.a - 1; left > 0 {
					if in.free {
						f.pos, f.a = pos, left
						top = top.after()
						in = in.after()
						break
					}
					to := pos
					if left < len(s)-pos {
						to += left
					} else {
						to = len(s)
					}
					for pos < to && tab[s[pos]] == bitItem {
						pos++
					}
					if tab[at(s, pos)]&bitRest == 0 {
						continue unwind
					}
					if left -= pos - f.pos - 1; left > 0 {
						f.pos, f.a = pos, left
						top = top.after()
					}
				} else if !in.free && tab[at(s, pos)]&bitRest == 0 {
					continue unwind
				}
				in = in.after()

			case opRepeat:
				r := &st.slots[in.n]
				r.count, r.last = f.a, f.b
				continue unwind

			case opMaxUntil:
				r := &st.slots[in.n]
				r.count, r.last = f.a, f.b
				if f.pos < 0 {
					continue unwind
				}
				pos = f.pos
				in = in.after()

			case opMinUntil:
				r := &st.slots[in.n]
				if f.pos < 0 {
					// The body did not match.
					r.count, r.last = f.a, f.b
					continue unwind
				}
				// The rest did not match.
				pos = f.pos
				st.lastMark, st.LastIndex = int(f.lastMark), int(f.index)
				if in.full {
					st.undo(int(f.trail))
				}
				if f.a >= in.max || pos == r.last || !in.bodyCan(s, pos) {
					continue unwind
				}
				top = top.after()
				r.count = f.a
				f.pos, f.a, f.b = -1, f.a-1, r.last
				r.last = pos
				in = st.inst(int(in.x))
				break unwind

			case opMaxLoop:
				pos = f.pos
				in = in.after()

			case opMinLoop, opLook, opPossessiveTest:
				pos = f.pos
				in = st.inst(int(in.x))

			default:
				st.pc, st.sp = int(st.indexOf(in)), st.height(top)
				goto resume
			}
			st.lastMark, st.LastIndex = int(f.lastMark), int(f.index)
			if full {
				st.undo(int(f.trail))
			}
			break unwind
		}
		continue

	resume:
		switch st.resume() {
		case failed:
			goto reloadFail
		case stopped:
			return stopped
		}
		goto reload

	slow:
		st.pos, st.pc, st.sp = pos, int(st.indexOf(in)), st.height(top)
		switch st.slow() {
		case failed:
			goto reloadFail
		case stopped:
			return stopped
		}
		goto reload

	pollFail:
		st.pos, st.pc, st.sp = pos, int(st.indexOf(in)), st.height(top)
		if !st.poll() {
			return stopped
		}
		goto reloadFail

	poll:
		st.pos, st.pc, st.sp = pos, int(st.indexOf(in)), st.height(top)
		if st.Poll != nil && !st.poll() {
			return stopped
		}
		goto reload

	grow:
		st.pos, st.pc, st.sp = pos, int(st.indexOf(in)), st.height(top)
		if !st.grow() {
			return stopped
		}

	reload:
		s, pos = st.text[:st.limit], st.pos
		in, top = st.inst(st.pc), st.frame(st.sp)
		continue

	reloadFail:
		s, pos = st.text[:st.limit], st.pos
		in, top = st.inst(st.pc), st.frame(st.sp)
		goto fail
	}
}
