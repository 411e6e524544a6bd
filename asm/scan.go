package asm

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner is a place in a text and what has been found wrong so far.
type scanner struct {
	file  string
	src   string
	pos   int
	line  int // of pos, from 1
	diags Diagnostics
	// ended is set when there are so many complaints that the rest of the
	// text is not looked at.
	ended bool
}

// fail records that something is wrong at an offset and returns false.
func (s *scanner) fail(off int, found, wanted string) bool {
	if len(s.diags) >= maxDiagnostics {
		s.ended = true
		return false
	}
	s.diags = append(s.diags, diagnostic(s.file, s.src, off, found, wanted))
	return false
}

// failHere is fail for what stands at the place of s.
func (s *scanner) failHere(wanted string) bool { return s.fail(s.pos, s.here(), wanted) }

// here describes what stands at the place of s.
func (s *scanner) here() string {
	if s.atEOL() {
		if s.pos >= len(s.src) {
			return "end of file"
		}
		return "end of line"
	}
	rest := s.src[s.pos:]
	n := 0
	for n < len(rest) && rest[n] > ' ' && rest[n] != ',' {
		n++
	}
	if n == 0 {
		n = 1
	}
	const most = 40
	if n > most {
		n = most
		for n > 0 && !utf8.RuneStart(rest[n]) {
			n--
		}
	}
	return quote(rest[:n])
}

// quote quotes a piece of text for a message.
func quote(s string) string {
	if strings.ContainsAny(s, "\"\\") && !strings.Contains(s, "`") && strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// spaces skips spaces and tabs.
func (s *scanner) spaces() {
	const eight = "        "
	i := s.pos
	if i < len(s.src) && s.src[i] > ' ' {
		return
	}
	for len(s.src)-i >= len(eight) && s.src[i:i+len(eight)] == eight {
		i += len(eight)
	}
	for i < len(s.src) && (s.src[i] == ' ' || s.src[i] == '\t' || s.src[i] == '\r') {
		i++
	}
	s.pos = i
}

// blanks skips spaces, ends of lines and comments, which are allowed between
// brackets.
func (s *scanner) blanks() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\r':
			s.pos++
		case '\n':
			s.pos++
			s.line++
		case '#':
			s.comment()
		default:
			return
		}
	}
}

func (s *scanner) comment() {
	if i := strings.IndexByte(s.src[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}

// atEOL reports whether nothing but a comment is left of the line.
func (s *scanner) atEOL() bool {
	s.spaces()
	return s.pos >= len(s.src) || s.src[s.pos] == '\n' || s.src[s.pos] == '#'
}

// endLine goes to the start of the next line, and complains when something is
// left of this one.
func (s *scanner) endLine() bool {
	ok := s.atEOL()
	if !ok {
		s.failHere("the end of the line")
	}
	s.skipLine()
	return ok
}

func (s *scanner) skipLine() {
	s.comment()
	if s.pos < len(s.src) {
		s.pos++
		s.line++
	}
}

// peek returns the byte at the place of s, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0
}

// accept skips c and returns true, if c comes next on the line.
func (s *scanner) accept(c byte) bool {
	s.spaces()
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

// word returns the bare word at the place of s, empty if there is none.
func (s *scanner) word() string {
	i := s.pos
	for i < len(s.src) {
		if c := s.src[i]; c < utf8.RuneSelf {
			if !wordASCII[c] {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if !isWordRune(r) {
			break
		}
		i += n
	}
	w := s.src[s.pos:i]
	s.pos = i
	return w
}

// acceptWord skips the word w and returns true, if it comes next on the line.
func (s *scanner) acceptWord(w string) bool {
	s.spaces()
	start := s.pos
	if !strings.HasPrefix(s.src[start:], w) {
		return false
	}
	if s.word() != w {
		s.pos = start
		return false
	}
	return true
}

// number reads an unsigned number, decimal or with 0x, of at most bits bits.
func (s *scanner) number(bits int, what string) (uint64, bool) {
	s.spaces()
	start := s.pos
	// Most numbers are short decimals.
	n := uint64(0)
	for s.pos < len(s.src) && s.pos-start < 9 && s.src[s.pos]-'0' < 10 {
		n = 10*n + uint64(s.src[s.pos]-'0')
		s.pos++
	}
	if s.pos > start && (s.pos == len(s.src) || !wordASCII[s.src[s.pos]]) && n>>bits == 0 {
		return n, true
	}
	s.pos = start
	w := s.word()
	n, err := strconv.ParseUint(w, 0, bits)
	if err != nil {
		s.pos = start
		if w != "" && w[0]-'0' < 10 && strings.Contains(err.Error(), "range") {
			return 0, s.failHere(fmt.Sprintf("%s of at most %d bits", what, bits))
		}
		return 0, s.failHere(what)
	}
	return n, true
}

// signed reads a number of 32 bits that may have a minus sign.
func (s *scanner) signed(what string) (int, bool) {
	s.spaces()
	start := s.pos
	n, ok := s.long(what)
	if ok && n != int(int32(n)) {
		s.pos = start
		return 0, s.failHere(what + " of at most 32 bits")
	}
	return n, ok
}

// long reads a number that may have a minus sign: a line or column, which
// damaged tables can make larger than those of a real file.
func (s *scanner) long(what string) (int, bool) {
	s.spaces()
	minus := s.peek() == '-'
	if minus {
		s.pos++
	}
	n, ok := s.number(strconv.IntSize-2, what)
	if minus {
		return -int(n), ok
	}
	return int(n), ok
}

// hex reads pairs of hexadecimal digits up to the end of the line. Spaces may
// stand between pairs.
func (s *scanner) hex(b []byte) ([]byte, bool) {
	for !s.atEOL() {
		hi, lo := unhex(s.src[s.pos]), byte(0xff)
		if s.pos+1 < len(s.src) {
			lo = unhex(s.src[s.pos+1])
		}
		if hi > 15 || lo > 15 {
			return b, s.failHere("pairs of hexadecimal digits")
		}
		b = append(b, hi<<4|lo)
		s.pos += 2
	}
	return b, true
}

// unhex returns the value of a hexadecimal digit, 0xff for what is none.
func unhex(c byte) byte {
	switch {
	case c-'0' < 10:
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 0xff
}
