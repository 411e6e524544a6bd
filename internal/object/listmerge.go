package object

import "math/bits"

// merger sorts by comparisons that cost much or fail: natural runs, merged in the order of powersort, with a
// search by doubling steps where one run goes on winning.
type merger struct {
	t          *Thread
	keys, vals []Value // vals may be nil
	tmpK, tmpV []Value
	runs       []run
	gallop     int // wins in a row before searching
	failed     bool
}

// run is a sorted part, and the power of the boundary before it.
type run struct{ start, n, power int }

const minGallop = 7

// less is x < y; a failure makes it false, and sets failed.
func (m *merger) less(x, y Value) bool {
	if m.failed {
		return false
	}
	res, ok := m.t.Less(x, y)
	m.failed = !ok
	return res && ok
}

func (m *merger) sort() bool {
	n := len(m.keys)
	short := minRun(n)
	for at := 0; at < n && !m.failed; {
		k := m.countRun(at)
		if k < short {
			end := min(at+short, n)
			m.insert(at, at+k, end)
			k = end - at
		}
		if k == n {
			break // nothing to merge
		}
		m.push(run{start: at, n: k})
		at += k
	}
	for len(m.runs) > 1 && !m.failed {
		i := len(m.runs) - 2
		if i > 0 && m.runs[i-1].n < m.runs[i+1].n {
			i--
		}
		m.mergeAt(i)
	}
	return !m.failed
}

// minRun returns the length that short runs are brought to, so that n divided by it is a power of two or a bit less.
func minRun(n int) int {
	r := 0
	for n >= 64 {
		r |= n & 1
		n >>= 1
	}
	return n + r
}

// countRun returns the length of the run at start, turning a descending one around. Equal items may be in either kind, and keep their order: a stretch of them in
// a descending run is turned around by itself before the whole is. What is compared with what, and in which order, is as in CPython, since 3.14.
func (m *merger) countRun(start int) int {
	k := m.keys[start:]
	n := m.ascend(k, 1)
	if n == len(k) || m.failed {
		return n
	}
	if n > 1 {
		if m.less(k[0], k[n-1]) || m.failed {
			return n
		}
		m.turn(start, start+n) // these are all equal
	}
	n++
	equal := 0 // so many before n equal the one before them
	for ; n < len(k); n++ {
		switch {
		case m.less(k[n], k[n-1]):
			m.turn(start+n-1-equal, start+n)
			equal = 0
			continue
		case m.failed || m.less(k[n-1], k[n]) || m.failed:
		default:
			equal++
			continue
		}
		break
	}
	m.turn(start+n-1-equal, start+n)
	m.turn(start, start+n)
	if m.failed {
		return n
	}
	return m.ascend(k, n)
}

// ascend returns how many items of k are in order, of which the first n are known to be.
func (m *merger) ascend(k []Value, n int) int {
	for n < len(k) && !m.less(k[n], k[n-1]) && !m.failed {
		n++
	}
	return n
}

// turn turns the items from lo to hi around.
func (m *merger) turn(lo, hi int) {
	reverse(m.keys[lo:hi])
	if m.vals != nil {
		reverse(m.vals[lo:hi])
	}
}

// insert sorts the items from start to end, of which those before mid are sorted, by binary insertion.
func (m *merger) insert(start, mid, end int) {
	for ; mid < end && !m.failed; mid++ {
		k := m.keys[mid]
		lo, hi := start, mid
		for lo < hi {
			p := int(uint(lo+hi) >> 1)
			if m.less(k, m.keys[p]) {
				hi = p
			} else {
				lo = p + 1
			}
		}
		if m.failed {
			return
		}
		copy(m.keys[lo+1:mid+1], m.keys[lo:mid])
		m.keys[lo] = k
		if m.vals != nil {
			v := m.vals[mid]
			copy(m.vals[lo+1:mid+1], m.vals[lo:mid])
			m.vals[lo] = v
		}
	}
}

// push adds a run, after merging those that powersort wants to be merged before.
func (m *merger) push(r run) {
	if len(m.runs) > 0 {
		last := m.runs[len(m.runs)-1]
		p := power(last.start, last.n, r.n, len(m.keys))
		for len(m.runs) > 1 && m.runs[len(m.runs)-2].power > p && !m.failed {
			m.mergeAt(len(m.runs) - 2)
		}
		m.runs[len(m.runs)-1].power = p
	}
	m.runs = append(m.runs, r)
}

// power is the depth of the node that joins two neighbouring runs in a nearly optimal merge tree: the first bit in which
// the middles of the runs, as fractions of n, differ.
func power(start, n1, n2, n int) int {
	a := 2*start + n1
	b := a + n1 + n2
	p := 0
	for {
		p++
		switch {
		case a >= n:
			a -= n
			b -= n
		case b >= n:
			return p
		}
		a <<= 1
		b <<= 1
		if p > 2*bits.UintSize {
			return p
		}
	}
}

// mergeAt merges run i and the one behind it.
func (m *merger) mergeAt(i int) {
	a, b := m.runs[i], m.runs[i+1]
	m.runs[i].n += b.n
	m.runs = append(m.runs[:i+1], m.runs[i+2:]...)
	// What is in its place already need not move.
	k := m.right(m.keys[b.start], m.keys[a.start:a.start+a.n], 0)
	if m.failed {
		return
	}
	lo, mid := a.start+k, b.start
	if lo == mid {
		return
	}
	n := m.left(m.keys[mid-1], m.keys[mid:mid+b.n], b.n-1)
	if m.failed || n == 0 {
		return
	}
	if mid-lo <= n {
		m.mergeLow(lo, mid, mid+n)
	} else {
		m.mergeHigh(lo, mid, mid+n)
	}
}

// left returns how many items of the sorted s are less than x; the search begins near hint.
func (m *merger) left(x Value, s []Value, hint int) int {
	return m.search(s, hint, func(y Value) bool { return m.less(y, x) })
}

// right returns how many items of the sorted s are not greater than x.
func (m *merger) right(x Value, s []Value, hint int) int {
	return m.search(s, hint, func(y Value) bool { return !m.less(x, y) })
}

// search returns the number of items of s for which before holds; they come first. It looks 1, 3, 7 and so on away from the hint.
func (m *merger) search(s []Value, hint int, before func(y Value) bool) int {
	lo, hi := 0, len(s) // before holds below lo, and not from hi on
	if before(s[hint]) {
		lo = hint + 1
		for step := 1; hint+step < len(s); step = step*2 + 1 {
			if !before(s[hint+step]) {
				hi = hint + step
				break
			}
			lo = hint + step + 1
		}
	} else {
		hi = hint
		for step := 1; hint-step >= 0; step = step*2 + 1 {
			if before(s[hint-step]) {
				lo = hint - step + 1
				break
			}
			hi = hint - step
		}
	}
	for lo < hi && !m.failed {
		p := int(uint(lo+hi) >> 1)
		if before(s[p]) {
			lo = p + 1
		} else {
			hi = p
		}
	}
	return lo
}

// scratch returns copies of a part of keys and vals.
func (m *merger) scratch(lo, hi int) (k, v []Value) {
	if len(m.tmpK) < hi-lo {
		m.tmpK = make([]Value, max(hi-lo, len(m.keys)/2))
		if m.vals != nil {
			m.tmpV = make([]Value, len(m.tmpK))
		}
	}
	k = m.tmpK[:hi-lo]
	copy(k, m.keys[lo:hi])
	if m.vals != nil {
		v = m.tmpV[:hi-lo]
		copy(v, m.vals[lo:hi])
	}
	return k, v
}

// mergeLow merges keys[lo:mid] and keys[mid:hi] from the left; the left part is the shorter one. The first item of the right part is known to be the least, and
// the last one of the left part to be the greatest.
func (m *merger) mergeLow(lo, mid, hi int) {
	a, av := m.scratch(lo, mid)
	k, v := m.keys, m.vals
	i, j, to := 0, mid, lo
	fromA := func(n int) {
		copy(k[to:], a[i:i+n])
		if v != nil {
			copy(v[to:], av[i:i+n])
		}
		i += n
		to += n
	}
	fromB := func(n int) {
		copy(k[to:], k[j:j+n])
		if v != nil {
			copy(v[to:], v[j:j+n])
		}
		j += n
		to += n
	}
	undecided := func() bool { return !m.failed && j < hi && i < len(a)-1 }
	fromB(1)
	for undecided() {
		for winsA, winsB := 0, 0; winsA < m.gallop && winsB < m.gallop && j < hi && i < len(a)-1; to++ {
			if m.less(k[j], a[i]) {
				if k[to] = k[j]; v != nil {
					v[to] = v[j]
				}
				j++
				winsA, winsB = 0, winsB+1
				continue
			}
			if m.failed {
				break
			}
			if k[to] = a[i]; v != nil {
				v[to] = av[i]
			}
			i++
			winsA, winsB = winsA+1, 0
		}
		if !undecided() {
			break
		}
		m.gallop++
		for long := true; long && undecided(); {
			m.gallop = max(m.gallop-1, 1)
			n := m.right(k[j], a[i:], 0)
			if m.failed {
				break
			}
			fromA(n)
			if i >= len(a)-1 {
				break
			}
			if fromB(1); j == hi {
				break
			}
			p := m.left(a[i], k[j:hi], 0)
			if m.failed {
				break
			}
			if fromB(p); j == hi {
				break
			}
			fromA(1)
			long = n >= minGallop || p >= minGallop
		}
		if undecided() {
			m.gallop++
		}
	}
	if !m.failed && i == len(a)-1 {
		fromB(hi - j)
	}
	fromA(len(a) - i)
}

// mergeHigh is mergeLow from the right; the right part is the shorter one.
func (m *merger) mergeHigh(lo, mid, hi int) {
	b, bv := m.scratch(mid, hi)
	k, v := m.keys, m.vals
	i, j, to := mid, len(b), hi // items left in the parts, and the end of the free places
	fromA := func(n int) {
		copy(k[to-n:to], k[i-n:i])
		if v != nil {
			copy(v[to-n:to], v[i-n:i])
		}
		i -= n
		to -= n
	}
	fromB := func(n int) {
		copy(k[to-n:to], b[j-n:j])
		if v != nil {
			copy(v[to-n:to], bv[j-n:j])
		}
		j -= n
		to -= n
	}
	undecided := func() bool { return !m.failed && i > lo && j > 1 }
	fromA(1)
	for undecided() {
		for winsA, winsB := 0, 0; winsA < m.gallop && winsB < m.gallop && i > lo && j > 1; {
			if m.less(b[j-1], k[i-1]) {
				i--
				if to--; v != nil {
					v[to] = v[i]
				}
				k[to] = k[i]
				winsA, winsB = winsA+1, 0
				continue
			}
			if m.failed {
				break
			}
			j--
			if to--; v != nil {
				v[to] = bv[j]
			}
			k[to] = b[j]
			winsA, winsB = 0, winsB+1
		}
		if !undecided() {
			break
		}
		m.gallop++
		for long := true; long && undecided(); {
			m.gallop = max(m.gallop-1, 1)
			n := i - lo - m.right(b[j-1], k[lo:i], i-lo-1)
			if m.failed {
				break
			}
			if fromA(n); i == lo {
				break
			}
			if fromB(1); j == 1 {
				break
			}
			p := j - m.left(k[i-1], b[:j], j-1)
			if m.failed {
				break
			}
			if fromB(p); j <= 1 {
				break
			}
			fromA(1)
			long = n >= minGallop || p >= minGallop
		}
		if undecided() {
			m.gallop++
		}
	}
	if !m.failed && j == 1 {
		fromA(i - lo)
	}
	fromB(j)
}
