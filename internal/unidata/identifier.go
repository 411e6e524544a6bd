package unidata

import "sort"

// IdentifierStart reports whether r may begin an identifier of Python 3.14
// (Unicode's XID_Start). "_" is left to the caller.
func IdentifierStart(r rune) bool { return identifierKind(uint32(r)) == 2 }

// IdentifierContinue reports whether r may stand in an identifier of Python
// 3.14 behind the first character (XID_Continue).
func IdentifierContinue(r rune) bool { return identifierKind(uint32(r)) != 0 }

// identifierKind finds r in identifierRuns, whose elements describe the code
// points from the element's value>>8 up to the next one's: the low byte is 2 for
// those that begin identifiers, 1 for those that only follow, 0 for others.
func identifierKind(r uint32) byte {
	if r > 0x10FFFF {
		return 0
	}
	i := sort.Search(len(identifierRuns), func(i int) bool { return identifierRuns[i]>>8 > r })
	return byte(identifierRuns[i-1])
}
