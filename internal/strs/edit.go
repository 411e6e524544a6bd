package strs

import (
	"strings"
	"unicode/utf8"
)

// Replace returns s.replace(old, with, limit) and how many times old was there. A
// negative limit is none. class says whether the text is made of characters or bytes,
// which matters where old is empty.
func (c Class) Replace(s, old, with string, limit int) (string, int) {
	if limit == 0 || old == with && old != "" {
		return s, 0
	}
	if old == "" {
		return c.interleave(s, with, limit)
	}
	if limit < 0 {
		limit = len(s) + 1
	}
	n := 0
	i := strings.Index(s, old)
	if i < 0 {
		return s, 0
	}
	var b strings.Builder
	if len(with) <= len(old) {
		b.Grow(len(s))
	} else {
		b.Grow(len(s) + min(strings.Count(s[i:], old), limit)*(len(with)-len(old)))
	}
	start := 0
	for i >= 0 && n < limit {
		b.WriteString(s[start : start+i])
		b.WriteString(with)
		start += i + len(old)
		n++
		i = strings.Index(s[start:], old)
	}
	b.WriteString(s[start:])
	return b.String(), n
}

// interleave puts with in front of each character and behind the last.
func (c Class) interleave(s, with string, limit int) (string, int) {
	points := len(s)
	if c == Str {
		points = Count(s)
	}
	n := points + 1
	if limit >= 0 && limit < n {
		n = limit
	}
	var b strings.Builder
	b.Grow(len(s) + n*len(with))
	i := 0
	for k := range n {
		b.WriteString(with)
		if k == points {
			break
		}
		size := 1
		if c == Str {
			size = width(s[i])
		}
		b.WriteString(s[i : i+size])
		i += size
	}
	b.WriteString(s[i:])
	return b.String(), n
}

// CountOf returns s.count(sub); n is the number of s's characters.
func CountOf(s string, n int, sub string) int {
	if sub == "" {
		return n + 1
	}
	return strings.Count(s, sub)
}

// Partition returns what is in front of sep and behind it, where it is found first. Where
// it is not, found is false and before is s.
func Partition(s, sep string) (before, after string, found bool) {
	return strings.Cut(s, sep)
}

// RPartition is Partition where sep is found last. Where it is not, after is s.
func RPartition(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// ExpandTabs returns s.expandtabs(size). max bounds the length of the result; ok is
// false if it would be longer.
func (c Class) ExpandTabs(s string, size, max int) (res string, ok bool) {
	if strings.IndexByte(s, '\t') < 0 {
		return s, true
	}
	b := make([]byte, 0, len(s)+16)
	column := 0
	for i := range len(s) {
		switch ch := s[i]; {
		case ch == '\t':
			if size > 0 {
				n := size - column%size
				if n > max-len(b) {
					return "", false
				}
				column += n
				for range n {
					b = append(b, ' ')
				}
			}
			continue
		case ch == '\n' || ch == '\r':
			column = 0
		case c == Bytes || ch&0xC0 != 0x80:
			column++
		}
		b = append(b, s[i])
	}
	return string(b), len(b) <= max
}

// Pad returns s with fill characters to its left and right.
func Pad(s string, left, right int, fill rune) string {
	if left <= 0 && right <= 0 {
		return s
	}
	left, right = max(left, 0), max(right, 0)
	size := 1
	if fill >= utf8.RuneSelf {
		size = len(AppendRune(nil, fill))
	}
	b := make([]byte, 0, len(s)+(left+right)*size)
	b = appendFill(b, fill, left)
	b = append(b, s...)
	return string(appendFill(b, fill, right))
}

func appendFill(b []byte, fill rune, n int) []byte {
	if fill < utf8.RuneSelf {
		for range n {
			b = append(b, byte(fill))
		}
		return b
	}
	for range n {
		b = AppendRune(b, fill)
	}
	return b
}

// Center returns how many fill characters center(to) puts to the left and right of
// n characters. The odd one goes left if the width is odd.
func Center(n, to int) (left, right int) {
	if to <= n {
		return 0, 0
	}
	pad := to - n
	left = pad/2 + pad&to&1
	return left, pad - left
}

// ZFill returns s.zfill(to); n is the number of s's characters.
func ZFill(s string, n, to int) string {
	if to <= n {
		return s
	}
	sign := ""
	if s != "" && (s[0] == '+' || s[0] == '-') {
		sign, s = s[:1], s[1:]
	}
	var b strings.Builder
	b.Grow(len(sign) + len(s) + to - n)
	b.WriteString(sign)
	for range to - n {
		b.WriteByte('0')
	}
	b.WriteString(s)
	return b.String()
}

// ByteDrop has a 1 for each byte that bytes.translate drops.
type ByteDrop [256]uint8

// Add adds the bytes of drop.
func (d *ByteDrop) Add(drop string) {
	for i := range len(drop) {
		d[drop[i]] = 1
	}
}

// Kept returns how many bytes of s are kept.
func (d *ByteDrop) Kept(s string) int {
	kept := len(s)
	var n, m int
	for len(s) >= 4 {
		n += int(d[s[0]]) + int(d[s[1]])
		m += int(d[s[2]]) + int(d[s[3]])
		s = s[4:]
	}
	for i := range len(s) {
		n += int(d[s[i]])
	}
	return kept - n - m
}

// Write writes into b, which is as long as that, what is kept of s.
func (d *ByteDrop) Write(b []byte, s string) {
	for i, j := 0, 0; j < len(b); i++ { // a byte that is dropped is overwritten by the next
		b[j] = s[i]
		j += 1 - int(d[s[i]])
	}
}

// MapBytes writes what table, of 256 bytes, has for each byte of s into b, which is as long.
func MapBytes(b []byte, s, table string) {
	_ = table[255]
	for i := range b {
		b[i] = table[s[i]]
	}
}

// Translate returns s with its characters replaced by what replace says: a text, or the
// character itself if keep is true. It is asked once for each character of ASCII that
// there is. ok is false when replace has failed.
func Translate(s string, replace func(r rune) (text string, keep, ok bool)) (res string, ok bool) {
	const (
		unknown = iota
		kept
		replaced
	)
	var state [utf8.RuneSelf]uint8
	var texts [utf8.RuneSelf]string
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if state[c] == unknown {
				text, keep, ok := replace(rune(c))
				if !ok {
					return "", false
				}
				if state[c] = replaced; keep {
					state[c] = kept
				}
				texts[c] = text
			}
			if state[c] == kept {
				b = append(b, c)
			} else {
				b = append(b, texts[c]...)
			}
			continue
		}
		r, size := Decode(s[i:])
		text, keep, ok := replace(r)
		if !ok {
			return "", false
		}
		if keep {
			b = append(b, s[i:i+size]...)
		} else {
			b = append(b, text...)
		}
		i += size
	}
	return string(b), true
}
