package verify

import (
	"fmt"

	"github.com/krait-py/krait/pyver"
)

// checkTables checks that the line or location table can be decoded.
func (a *analysis) checkTables() {
	if a.o.Version < pyver.Py311 {
		if err := a.o.CheckLines(); err != nil {
			a.whole(LineTable, err.Error(), "", "")
		}
		return
	}
	if t := a.o.LineTable; t != nil {
		a.checkLocations(t.S)
	}
}

// maxDigits is how many digits of six bits a number may have: more would not
// fit into C's int.
const maxDigits = 6

// checkLocations checks that a location table is no longer than the code, and
// that bit 7 of its bytes is set in the first byte of each entry and nowhere
// else: by it the interpreter finds entries when it goes backwards or skips some.
//
//	1 kind:4 units-1:3 | bytes that depend on kind
func (a *analysis) checkLocations(s string) {
	units := 0
	for i := 0; i < len(s); {
		start, kind := i, s[i]>>3&15
		units += int(s[i]&7) + 1
		ok := s[i]&0x80 != 0
		i++
		rest, numbers := 0, 0
		switch {
		case kind < 10:
			rest = 1
		case kind < 13:
			rest = 2
		case kind == 13:
			numbers = 1
		case kind == 14:
			numbers = 4
		}
		for ok && rest > 0 {
			ok = i < len(s) && s[i]&0x80 == 0
			i++
			rest--
		}
		digits := 0
		for ok && numbers > 0 {
			ok = i < len(s) && s[i]&0x80 == 0 && digits < maxDigits
			digits++
			if ok && s[i]&0x40 == 0 {
				numbers--
				digits = 0
			}
			i++
		}
		if !ok {
			a.whole(LineTable, fmt.Sprintf("the entry at byte %d of the location table is damaged", start), "", "bit 7 in its first byte only")
			return
		}
	}
	// 3.11 writes the line of each unit into an array as long as the code.
	if a.o.Code == nil {
		return // decode says so
	}
	if have := len(a.o.Code.S) / 2; units > have {
		a.whole(LineTable, "the location table goes on behind the code", fmt.Sprint(units, " units"), fmt.Sprint("at most ", have))
	}
}
