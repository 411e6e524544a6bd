package pyc

import (
	"encoding/binary"
	"math/bits"

	"github.com/krait-py/krait/pyver"
)

// SourceHash returns the hash of source text that version v writes into
// hash-based files (importlib.util.source_hash): SipHash-2-4 up to 3.10,
// SipHash-1-3 later, with the first four bytes of the file as key. It exists
// from 3.7 on; earlier versions get what 3.7's method makes of their number.
func SourceHash(v pyver.Version, source []byte) [8]byte {
	m, _ := pyver.MagicOf(v)
	return sourceHash(v, m, source)
}

func sourceHash(v pyver.Version, m pyver.Magic, source []byte) (h [8]byte) {
	c, d := 2, 4
	if v >= pyver.Py311 {
		c, d = 1, 3
	}
	binary.LittleEndian.PutUint64(h[:], sipHash(c, d, uint64(m.Token()), 0, source))
	return h
}

// sipHash is SipHash-c-d (Aumasson and Bernstein, 2012) with the key k0, k1.
func sipHash(c, d int, k0, k1 uint64, p []byte) uint64 {
	v0 := k0 ^ 0x736f6d6570736575
	v1 := k1 ^ 0x646f72616e646f6d
	v2 := k0 ^ 0x6c7967656e657261
	v3 := k1 ^ 0x7465646279746573
	rounds := func(n int) {
		for range n {
			v0 += v1
			v2 += v3
			v1 = bits.RotateLeft64(v1, 13) ^ v0
			v3 = bits.RotateLeft64(v3, 16) ^ v2
			v0 = bits.RotateLeft64(v0, 32)
			v2 += v1
			v0 += v3
			v1 = bits.RotateLeft64(v1, 17) ^ v2
			v3 = bits.RotateLeft64(v3, 21) ^ v0
			v2 = bits.RotateLeft64(v2, 32)
		}
	}
	last := uint64(len(p)) << 56
	for ; len(p) >= 8; p = p[8:] {
		w := binary.LittleEndian.Uint64(p)
		v3 ^= w
		rounds(c)
		v0 ^= w
	}
	for i, b := range p {
		last |= uint64(b) << (8 * i)
	}
	v3 ^= last
	rounds(c)
	v0 ^= last
	v2 ^= 0xff
	rounds(d)
	return v0 ^ v1 ^ v2 ^ v3
}
