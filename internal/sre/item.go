package sre

import (
	"encoding/binary"
	"sync/atomic"
)

// item is what matches one character: a literal, a set, a category, any.
type item struct {
	code uint32
	arg  uint32
	set  []uint32
	// high says which characters beyond ASCII it accepts.
	high high
}

// high says which of the characters beyond ASCII an item accepts.
type high uint8

const (
	highNone high = iota
	highSome
	highAll
)

// item returns the item with these codes; equal ones are one.
func (p *parser) item(code, arg uint32, set []uint32) *item {
	key := binary.LittleEndian.AppendUint32(nil, code)
	key = binary.LittleEndian.AppendUint32(key, arg)
	for _, c := range set {
		key = binary.LittleEndian.AppendUint32(key, c)
	}
	if it := p.items[string(key)]; it != nil {
		return it
	}
	it := &item{code: code, arg: arg, set: set}
	it.high = it.findHigh()
	p.items[string(key)] = it
	return it
}

// accepts reports whether the item matches ch.
func (it *item) accepts(ch uint32) bool {
	switch it.code {
	case codeAny:
		return ch != '\n'
	case codeAnyAll:
		return true
	case codeLiteral:
		return ch == it.arg
	case codeNotLiteral:
		return ch != it.arg
	case codeLiteralIgnore:
		return ASCIILower(ch) == it.arg
	case codeNotLiteralIgnore:
		return ASCIILower(ch) != it.arg
	case codeLiteralUniIgnore:
		return UnicodeLower(ch) == it.arg
	case codeNotLiteralUniIgnore:
		return UnicodeLower(ch) != it.arg
	case codeLiteralLocIgnore:
		return ch == it.arg || ASCIILower(ch) == it.arg || localeUpper(ch) == it.arg
	case codeNotLiteralLocIgnore:
		return ch != it.arg && ASCIILower(ch) != it.arg && localeUpper(ch) != it.arg
	case codeCategory:
		return category(it.arg, ch)
	case codeIn:
		return it.member(ch)
	case codeInIgnore:
		return it.member(ASCIILower(ch))
	case codeInUniIgnore:
		return it.member(UnicodeLower(ch))
	case codeInLocIgnore:
		return it.member(ASCIILower(ch)) || it.member(localeUpper(ch))
	}
	return false
}

// member reports whether ch is a member of the set. Members are tried one after the other, and
// a NEGATE between them turns the answers of those behind it.
func (it *item) member(ch uint32) bool {
	yes := true
	for s := it.set; len(s) > 0; {
		op := s[0]
		s = s[1:]
		switch op {
		case codeNegate:
			yes = !yes
		case codeLiteral:
			if ch == s[0] {
				return yes
			}
			s = s[1:]
		case codeCategory:
			if category(s[0], ch) {
				return yes
			}
			s = s[1:]
		case codeRange:
			if s[0] <= ch && ch <= s[1] {
				return yes
			}
			s = s[2:]
		case codeRangeUniIgnore:
			// ch is in lower case already.
			if up := UnicodeUpper(ch); s[0] <= ch && ch <= s[1] || s[0] <= up && up <= s[1] {
				return yes
			}
			s = s[2:]
		case codeCharset:
			if ch < 256 && s[ch>>5]>>(ch&31)&1 != 0 {
				return yes
			}
			s = s[8:]
		case codeBigCharset:
			if ch < 0x10000 {
				block := s[1+ch>>10] >> (ch >> 8 & 3 * 8) & 0xFF
				if s[65+block*8+ch>>5&7]>>(ch&31)&1 != 0 {
					return yes
				}
			}
			s = s[65+s[0]*8:]
		}
	}
	return !yes
}

// findHigh says which characters beyond ASCII the item accepts, going by its codes. The
// answer highSome is always right.
func (it *item) findHigh() high {
	literal := func(accept, others high) high {
		if it.arg < 0x80 {
			return others
		}
		return accept
	}
	switch it.code {
	case codeAny, codeAnyAll:
		return highAll
	case codeFailure:
		return highNone
	case codeLiteral, codeLiteralIgnore, codeLiteralLocIgnore:
		return literal(highSome, highNone)
	case codeNotLiteral, codeNotLiteralIgnore, codeNotLiteralLocIgnore:
		return literal(highSome, highAll)
	case codeCategory:
		return categoryHigh(it.arg)
	case codeIn, codeInIgnore, codeInLocIgnore:
		return it.setHigh()
	case codeInUniIgnore:
		// Some characters beyond ASCII have ASCII letters as their lower case,
		// but a set without letters does not care.
		if it.hasLetter() {
			return highSome
		}
		return it.setHigh()
	}
	return highSome
}

// hasLetter reports whether the set tells ASCII letters apart from characters beyond ASCII,
// that is, unless it answers for them all as for the first of those.
func (it *item) hasLetter() bool {
	first := it.member(0x80)
	for ch := uint32('A'); ch <= 'z'; ch++ {
		if ASCIICased(ch) && it.member(ch) != first {
			return true
		}
	}
	return false
}

func categoryHigh(cat uint32) high {
	if cat >= catUniDigit {
		return highSome
	}
	if cat&1 != 0 {
		return highAll
	}
	return highNone
}

// setHigh says which characters beyond ASCII are members of the set.
func (it *item) setHigh() high {
	yes, undecided := true, true
	accepts, refuses := false, false
	decide := func(in bool) {
		if in {
			accepts = true
		} else {
			refuses = true
		}
	}
	for s := it.set; len(s) > 0 && undecided; {
		op := s[0]
		s = s[1:]
		switch op {
		case codeNegate:
			yes = !yes
		case codeLiteral:
			if s[0] >= 0x80 {
				decide(yes)
			}
			s = s[1:]
		case codeCategory:
			switch categoryHigh(s[0]) {
			case highSome:
				decide(yes)
			case highAll:
				decide(yes)
				undecided = false
			}
			s = s[1:]
		case codeRange, codeRangeUniIgnore:
			if s[0] <= 0x80 && s[1] >= 0x10FFFF {
				decide(yes)
				undecided = false
			} else if s[1] >= 0x80 || op == codeRangeUniIgnore {
				decide(yes)
			}
			s = s[2:]
		case codeCharset:
			if s[4]|s[5]|s[6]|s[7] != 0 {
				decide(yes)
			}
			s = s[8:]
		case codeBigCharset:
			decide(yes)
			s = s[65+s[0]*8:]
		}
	}
	if undecided {
		decide(!yes)
	}
	switch {
	case !refuses:
		return highAll
	case !accepts:
		return highNone
	}
	return highSome
}

// class answers for an item and characters beyond ASCII, and remembers the answers for
// those of the basic plane, 256 at a time.
type class struct {
	*item
	pages [256]atomic.Pointer[[4]uint64]
}

// has reports whether the item accepts ch, which is at least 0x80.
func (c *class) has(ch uint32) bool {
	if ch >= 0x10000 {
		return c.accepts(ch)
	}
	page := c.pages[ch>>8].Load()
	if page == nil {
		page = c.fill(ch &^ 0xFF)
	}
	return page[ch>>6&3]>>(ch&63)&1 != 0
}

// fill finds the answers for 256 characters from first on. Two threads may do it at once: they
// come to the same result.
func (c *class) fill(first uint32) *[4]uint64 {
	page := new([4]uint64)
	for i := uint32(0); i < 256; i++ {
		if c.accepts(first + i) {
			page[i>>6] |= 1 << (i & 63)
		}
	}
	c.pages[first>>8].Store(page)
	return page
}
