package sre

import "strings"

// slow does instructions that need calls, all of them, and some others in
// the cases that need calls.
func (st *State) slow() verdict {
	p := st.program
	in := &p.code[st.pc]
	s := st.text[:st.limit]
	pos := st.pos
	switch in.op {
	case opClass:
		n := in.high(s, pos)
		if n == 0 {
			return failed
		}
		st.pos += n

	case opString:
		if !strings.HasPrefix(s[pos:], *in.text) {
			return failed
		}
		st.pos += len(*in.text)

	case opMark:
		// It does not get past this without room in the trail.
		if !st.growTrail() {
			return stopped
		}
		return goOn

	case opBoundaryUni:
		before := pos > 0 && in.has(st.text, prev(st.text, pos))
		after := pos < len(s) && in.has(s, pos)
		if before != after == in.not {
			return failed
		}

	case opRun:
		// The loop has found room for the least number of items, and a good deal of them.
		end, least := in.countFrom(s, pos, st.ahead), pos+int(in.min)
		if in.lead {
			st.skip = end + 1
		}
		if end < least {
			return failed
		}
		if !in.free {
			if in.only && in.tab[at(s, end)]&bitRest == 0 {
				return failed
			}
			for end >= least && in.tab[at(s, end)]&bitRest == 0 {
				end--
			}
			if end < least {
				return failed
			}
		}
		if !in.only && end > least && !st.push(end, least) {
			return stopped
		}
		st.pos = end

	case opTake:
		if in.lead {
			// The loop has not looked.
			st.ahead = pos
		}
		end := in.countFrom(s, pos, st.ahead)
		if in.lead {
			st.skip = end + 1
		}
		if end-pos < int(in.min) {
			return failed
		}
		st.pos = end

	case opRunWide, opTakeWide:
		if len(s)-pos < int(in.min) {
			return failed
		}
		end, least := in.countWide(s, pos)
		if in.lead {
			st.skip = end
		}
		if least < 0 {
			return failed
		}
		if in.only {
			if !in.free && in.tab[at(s, end)]&bitRest == 0 {
				return failed
			}
			st.pos = end
			break
		}
		if !in.free {
			if end = in.retreat(s, end, least); end < 0 {
				return failed
			}
		}
		if end > least && !st.push(end, least) {
			return stopped
		}
		st.pos = end

	case opLazy, opLazyWide:
		if len(s)-pos < int(in.min) {
			return failed
		}
		to, left := in.atLeast(s, pos)
		if to >= 0 {
			to, left = in.reluctant(s, to, left)
		}
		if to < 0 {
			return failed
		}
		if !in.only && left > 0 && !st.push(to, left) {
			return stopped
		}
		st.pos = to

	case opLook:
		from := p.back(st.text, pos, int(in.min))
		if from < 0 {
			if !in.not {
				return failed
			}
			st.pc = int(in.x)
			return goOn
		}
		r := &st.slots[in.n]
		r.base, r.last = st.sp, pos
		if in.not && !st.push(pos, 0) {
			return stopped
		}
		st.pos = from

	case opLookWide:
		i := pos
		if in.n != 0 {
			i = p.back(st.text, pos, 1)
		}
		if (uint(i) < uint(len(s)) && in.has(s, i)) == in.not {
			return failed
		}

	case opPossessiveEnd:
		r := &st.slots[in.n]
		st.compact(r.trail)
		st.sp = r.base
		r.count++
		st.pc = int(in.x)
		return goOn

	case opRefIgnore, opRefUnicode:
		from, to := st.group(int(in.n))
		if from < 0 {
			return failed
		}
		if st.pos = p.again(s, pos, st.text[from:to], in.op == opRefUnicode); st.pos < 0 {
			return failed
		}

	default:
		return failed
	}
	st.pc++
	return goOn
}

// resume takes up the frame at sp, which has been popped, where that needs calls.
func (st *State) resume() verdict {
	p := st.program
	in := &p.code[st.pc]
	f := &st.stack[st.sp]
	s := st.text[:st.limit]
	switch in.op {
	case opRunWide:
		pos := prev(s, f.pos)
		if !in.free {
			if pos = in.retreat(s, pos, f.a); pos < 0 {
				return failed
			}
		}
		if pos > f.a {
			f.pos = pos
			st.sp++
		}
		st.pos = pos

	case opLazyWide:
		pos, left := in.oneMore(s, f.pos), f.a-1
		if pos >= 0 {
			pos, left = in.reluctant(s, pos, left)
		}
		if pos < 0 {
			return failed
		}
		if left > 0 {
			f.pos, f.a = pos, left
			st.sp++
		}
		st.pos = pos

	case opBottom:
		st.sp = 1
		if !st.search || st.start >= len(s) {
			return stopped
		}
		start := st.start + 1
		if p.wide {
			start = next(s, st.start)
		}
		st.start = p.search.candidate(s, max(start, min(st.skip, len(s))), p.width)
		if st.start < 0 {
			return stopped
		}
		st.strict = false
		st.begin()
		return goOn

	default:
		return failed
	}
	st.lastMark, st.LastIndex = int(f.lastMark), int(f.index)
	if in.full {
		st.undo(int(f.trail))
	}
	st.pc++
	return goOn
}
