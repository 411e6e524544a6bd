package iomod

import "strings"

// lineEnds says where lines of a text end.
type lineEnds struct {
	translated bool   // at \n: all else has become that
	universal  bool   // at \n, \r and \r\n
	nl         string // else at this
}

// find returns the length of the first line of s with its end, or -1 if there is no end. With universal ends, a \r at the
// end of s counts as one: what decodes text does not give it before it knows what follows.
func (e *lineEnds) find(s string) int {
	switch {
	case e.translated:
		if i := strings.IndexByte(s, '\n'); i >= 0 {
			return i + 1
		}
		return -1
	case e.universal:
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			return -1
		}
		if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			i++
		}
		return i + 1
	}
	i := strings.Index(s, e.nl)
	if i < 0 {
		return -1
	}
	return i + len(e.nl)
}
