package strs

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

const undefined = "character maps to <undefined>"

func (d *decoder) ascii(s string, pos int) (next int, p problem) {
	n := asciiPrefix(s[pos:])
	d.dst = append(d.dst, s[pos:pos+n]...)
	pos += n
	if pos < len(s) {
		return pos, problem{pos, pos + 1, "ordinal not in range(128)"}
	}
	return pos, p
}

func (d *decoder) latin1(s string) {
	wide := 0
	i := 0
	for ; i+8 <= len(s); i += 8 {
		wide += bits.OnesCount64(load8(s, i) & highBits)
	}
	for ; i < len(s); i++ {
		wide += int(s[i] >> 7)
	}
	d.dst = slices.Grow(d.dst, len(s)+wide)
	at := len(d.dst)
	b := d.dst[:at+len(s)+wide]
	for i := range len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			b[at] = c
			at++
			continue
		}
		b[at], b[at+1] = 0xC0|c>>6, 0x80|c&0x3F
		at += 2
	}
	d.dst = b
}

// limited encodes characters below a limit as bytes.
func (x *encoder) limited(s string, pos int, limit rune, reason string) (p problem) {
	for pos < len(s) {
		if s[pos] < utf8.RuneSelf {
			n := asciiPrefix(s[pos:])
			x.dst = append(x.dst, s[pos:pos+n]...)
			pos += n
			continue
		}
		r, size := Decode(s[pos:])
		if r < limit {
			x.dst = append(x.dst, byte(r))
			pos += size
			continue
		}
		p = problem{pos, pos + size, reason}
		for p.end < len(s) {
			r, size := Decode(s[p.end:])
			if r < limit {
				break
			}
			p.end += size
		}
		return p
	}
	return p
}

// Charmap is an encoding of one byte a character.
type Charmap struct {
	decode []rune
	encode map[rune]byte
	ascii  bool // the first 128 bytes are ASCII
}

// noCharacter in a table says that a byte stands for nothing.
const noCharacter = 0xFFFE

// MakeCharmap returns the encoding whose bytes stand for the characters of table, of
// which there may be fewer than 256.
func MakeCharmap(table string) *Charmap {
	m := &Charmap{encode: map[rune]byte{}, ascii: true}
	for i := 0; i < len(table) && len(m.decode) < 256; {
		r, size := Decode(table[i:])
		i += size
		if r != noCharacter {
			m.encode[r] = byte(len(m.decode))
		}
		m.ascii = m.ascii && (r == rune(len(m.decode)) || len(m.decode) >= 0x80)
		m.decode = append(m.decode, r)
	}
	m.ascii = m.ascii && len(m.decode) >= 0x80
	return m
}

// Lookup returns the byte that stands for r, and whether there is one.
func (m *Charmap) Lookup(r rune) (byte, bool) {
	c, ok := m.encode[r]
	return c, ok
}

// Decode decodes data, as [Encoding.Decode] does.
func (m *Charmap) Decode(data string, policy Policy, handle DecodeHandler) (Decoded, error) {
	d := decoder{enc: charmap, final: true, table: m.decode, invalid: -1}
	if m.ascii {
		n := asciiPrefix(data)
		if n == len(data) {
			return Decoded{data, n, n, -1}, nil
		}
	}
	return d.run(data, 0, policy, handle)
}

// Encode encodes a text, as [Encoding.Encode] does.
func (m *Charmap) Encode(text string, policy Policy, handle EncodeHandler) (string, error) {
	if m.ascii && IsASCII(text) {
		return text, nil
	}
	x := encoder{enc: charmap, table: m}
	return x.run(text, policy, handle)
}

func (d *decoder) charmap(s string, pos int) (next int, p problem) {
	for ; pos < len(s); pos++ {
		c := int(s[pos])
		if c >= len(d.table) || d.table[c] == noCharacter {
			return pos, problem{pos, pos + 1, undefined}
		}
		d.dst = AppendRune(d.dst, d.table[c])
	}
	return pos, p
}

func (x *encoder) charmap(s string, pos int) (p problem) {
	for pos < len(s) {
		r, size := Decode(s[pos:])
		if c, ok := x.table.encode[r]; ok {
			x.dst = append(x.dst, c)
			pos += size
			continue
		}
		p = problem{pos, pos + size, undefined}
		for p.end < len(s) {
			r, size := Decode(s[p.end:])
			if _, ok := x.table.encode[r]; ok {
				break
			}
			p.end += size
		}
		return p
	}
	return p
}
