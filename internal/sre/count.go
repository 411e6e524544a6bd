package sre

import "strings"

// at returns the byte at i, or 256 for the end.
func at(s string, i int) int {
	if uint(i) < uint(len(s)) {
		return int(s[i])
	}
	return 256
}

// bodyCan reports whether the body of a repeat may match at i.
func (in *inst) bodyCan(s string, i int) bool {
	return in.bodyFree || in.tab[at(s, i)]&bitItem != 0
}

// restCan reports whether what follows a run or repeat may match at i.
func (in *inst) restCan(s string, i int) bool {
	return in.free || in.tab[at(s, i)]&bitRest != 0
}

// high returns the length of the character beyond ASCII at i if it belongs to the
// class, else 0.
func (in *inst) high(s string, i int) int {
	if in.class == nil {
		return next(s, i) - i
	}
	ch, n := decode(s, i)
	if in.class.has(ch) {
		return n
	}
	return 0
}

// has reports whether the character at i belongs to the table or class.
func (in *inst) has(s string, i int) bool {
	if c := s[i]; c < 0x80 {
		return in.tab[c]&bitItem != 0
	}
	return in.high(s, i) > 0
}

// back returns the offset n characters before i, -1 if there are fewer.
func (p *program) back(s string, i, n int) int {
	if n == 0 {
		return i
	}
	if !p.wide || n > i {
		return max(i-n, -1)
	}
	for ; n > 0; n-- {
		if i == 0 {
			return -1
		}
		i = prev(s, i)
	}
	return i
}

// count returns where the bytes of a run end that begins at i.
func (in *inst) count(s string, i int) int { return in.countFrom(s, i, i) }

// countFrom is count when the run is known to go on up to ahead.
func (in *inst) countFrom(s string, i, ahead int) int {
	if in.max < len(s)-i {
		s = s[:i+in.max]
	}
	if ahead >= len(s) {
		return max(i, len(s))
	}
	switch in.shape {
	case shapeAll:
		return len(s)
	case shapeNotByte:
		if k := strings.IndexByte(s[ahead:], in.c); k >= 0 {
			return ahead + k
		}
		return len(s)
	}
	tab := in.tab
	for ahead < len(s) && tab[s[ahead]]&bitItem != 0 {
		ahead++
	}
	return ahead
}

// countWide returns where the characters of a run end that begins at i, and
// where it would end had it the least length; -1 if it is shorter than that.
func (in *inst) countWide(s string, i int) (end, least int) {
	if in.shape != shapeClass && in.shape != shapeText {
		// There is no maximum, and the minimum is 0 or 1.
		end = in.count(s, i)
	} else {
		least = i
		for n := uint32(0); n < in.min; n++ {
			if least = in.oneMore(s, least); least < 0 {
				return i, -1
			}
		}
		if in.max == noLimit {
			return in.countClass(s, least), least
		}
		end = least
		for n := int(in.min); n < in.max; n++ {
			to := in.oneMore(s, end)
			if to < 0 {
				break
			}
			end = to
		}
		return end, least
	}
	switch {
	case in.min == 0:
		return end, i
	case end > i:
		return end, next(s, i)
	}
	return end, -1
}

// countClass returns where the characters of a run without limit end that begins at i.
func (in *inst) countClass(s string, i int) int {
	tab, class := in.tab, in.class
	for i < len(s) {
		c := s[i]
		if c < 0x80 {
			if tab[c]&bitItem == 0 {
				break
			}
			i++
			continue
		}
		if class != nil && c < 0xE0 && c >= 0xC2 && i+1 < len(s) {
			// A page has the characters of four of these bytes.
			if page := class.pages[c>>2&7].Load(); page != nil {
				if page[c&3]>>(s[i+1]&63)&1 == 0 {
					break
				}
				i += 2
				continue
			}
		}
		n := in.high(s, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// retreat returns the last offset from i back to least where what follows a run may match; -1 if
// there is none.
func (in *inst) retreat(s string, i, least int) int {
	for i >= least {
		if in.tab[at(s, i)]&bitRest != 0 {
			return i
		}
		if i == 0 {
			break
		}
		i = prev(s, i)
	}
	return -1
}

// oneMore returns the offset behind the item at i, -1 if there is none.
func (in *inst) oneMore(s string, i int) int {
	if uint(i) >= uint(len(s)) {
		return -1
	}
	c := s[i]
	if in.op == opLazy || c < 0x80 {
		if in.tab[c]&bitItem == 0 {
			return -1
		}
		return i + 1
	}
	if n := in.high(s, i); n > 0 {
		return i + n
	}
	return -1
}

// atLeast returns the offset behind the items a lazy run must have, and how
// many more it may have.
func (in *inst) atLeast(s string, i int) (at, left int) {
	for n := uint32(0); n < in.min; n++ {
		if i = in.oneMore(s, i); i < 0 {
			return -1, 0
		}
	}
	if in.max == noLimit {
		return i, noLimit
	}
	return i, in.max - int(in.min)
}

// reluctant returns the first offset from i on, behind at most left more items, where
// what follows may match, and how many items are left then; -1 if there is none.
func (in *inst) reluctant(s string, i, left int) (int, int) {
	if in.free {
		return i, left
	}
	tab := in.tab
	for i < len(s) {
		c := s[i]
		t := tab[c]
		if t&bitRest != 0 {
			return i, left
		}
		if left == 0 {
			return -1, 0
		}
		if in.op == opLazy || c < 0x80 {
			if t&bitItem == 0 {
				return -1, 0
			}
			i++
		} else if n := in.high(s, i); n > 0 {
			i += n
		} else {
			return -1, 0
		}
		left--
	}
	if tab[256]&bitRest != 0 {
		return i, 0
	}
	return -1, 0
}

// fold has the lower case of ASCII letters, and other bytes as they are.
var fold = func() (t [256]uint8) {
	for c := range t {
		t[c] = uint8(ASCIILower(uint32(c)))
	}
	return t
}()

// same reports whether t stands at i. An empty t does even behind the end of s.
func same(s string, i int, t string) bool {
	if len(t) > 0 && len(s)-i < len(t) {
		return false
	}
	for k := 0; k < len(t); k++ {
		if s[i+k] != t[k] {
			return false
		}
	}
	return true
}

// again returns the offset behind the text t at i, in any case of its letters; -1 if something else
// is there.
func (p *program) again(s string, i int, t string, unicode bool) int {
	if !unicode || !p.wide {
		// Letters beyond ASCII exist in wide subjects only, and there they
		// have no ASCII lower case.
		if len(t) == 0 {
			return i
		}
		if len(s)-i < len(t) {
			return -1
		}
		for k := 0; k < len(t); k++ {
			a, b := uint32(s[i+k]), uint32(t[k])
			if a == b {
				continue
			}
			if unicode {
				a, b = UnicodeLower(a), UnicodeLower(b)
			} else {
				a, b = ASCIILower(a), ASCIILower(b)
			}
			if a != b {
				return -1
			}
		}
		return i + len(t)
	}
	for k := 0; k < len(t); {
		if i >= len(s) {
			return -1
		}
		a, n := decode(s, i)
		b, m := decode(t, k)
		if a != b && UnicodeLower(a) != UnicodeLower(b) {
			return -1
		}
		i += n
		k += m
	}
	return i
}
