package object

import (
	"runtime"
	"strings"
	"testing"
)

// TestStrIndexing looks for code points in every order, in strings of each way of being made.
func TestStrIndexing(t *testing.T) {
	for _, text := range []string{"naïve", strings.Repeat("größe €\U0001F600x", 40), strings.Repeat("ab", 200) + "é"} {
		points := []rune(text)
		half := len(string(points[:len(points)/2]))
		buf, b := makeStrBuf(len(text), len(points))
		copy(b, text)
		long := NewStr(text)
		m := &strMore{used: len(text), size: len(text)}
		grown := grownStr(text, len(points), m).Str()
		prefix := grownStr(text[:half], len(points)/2, m).Str()
		for _, s := range []*Str{long, buf, prefix, grown, MakeStrOf(&StrType, long).Str()} {
			for _, step := range []int{1, -1, 7, -13, 64, 101} {
				for k := range 3 * s.Len() {
					i := ((k*step)%s.Len() + s.Len()) % s.Len()
					// A string with the same memory may have been asked for a character that this one does not have.
					grown.offset(len(points) - 1 - k%5)
					if r, _ := DecodePoint(s.S[s.offset(i):]); r != points[i] {
						t.Fatalf("character %d of %q: got %q, want %q", i, s.S, r, points[i])
					}
				}
			}
		}
	}
}

// TestRawStr makes strings and bytes behind their headers and lets the collector run.
func TestRawStr(t *testing.T) {
	var strs []*Str
	var all []*Bytes
	for size := range 3 * maxBehind / 2 {
		s, b := makeStrBuf(size, size)
		x, c := makeBytesBuf(size)
		for i := range size {
			b[i], c[i] = byte('a'+i%26), byte(i)
		}
		strs, all = append(strs, s), append(all, x)
		if size%100 == 0 {
			runtime.GC()
		}
	}
	var short Pieces
	for i := range 200 {
		strs = append(strs, short.add(strs[i%maxPiece].S, i%maxPiece, 200-i))
	}
	runtime.GC()
	for k, s := range strs {
		if s.Type != &StrType || s.Len() != len(s.S) || k < len(all) && len(s.S) != k || s.Hash != 0 || s.Interned || s.extra() != nil {
			t.Fatalf("str %d: %+v", k, s)
		}
		for i := range len(s.S) {
			if s.S[i] != byte('a'+i%26) {
				t.Fatalf("str %d has %q at %d", k, s.S[i], i)
			}
		}
	}
	for k, x := range all {
		if x.Type != &BytesType || len(x.S) != k || x.Hash != 0 {
			t.Fatalf("bytes %d: %+v", k, x)
		}
		for i := range k {
			if x.S[i] != byte(i) {
				t.Fatalf("bytes %d has %d at %d", k, x.S[i], i)
			}
		}
	}
}
