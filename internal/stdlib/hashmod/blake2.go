package hashmod

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// blake is BLAKE2b or, with small set, BLAKE2s, whose words are half as long.
type blake struct {
	h      [8]uint64
	low    uint64 // how many bytes have been hashed
	buf    [128]byte
	n      int // bytes in buf
	size   int
	small  bool
	last   bool // the last node of its layer
	params []byte
	key    []byte
}

var blakeIV = [8]uint64{
	0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
	0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
}

// sigma is the order of the words in each round.
var sigma = [10][16]byte{
	{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
	{14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
	{11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
	{7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
	{9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
	{2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
	{12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
	{13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
	{6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
	{10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}

// newBlake makes a hash from its block of parameters, whose first byte is the size of the digest, and a key.
func newBlake(small, last bool, params, key []byte) *blake {
	b := &blake{small: small, last: last, params: params, key: key, size: int(params[0])}
	b.Reset()
	return b
}

func (b *blake) Reset() {
	for i := range b.h {
		if b.small {
			b.h[i] = blakeIV[i]>>32 ^ uint64(binary.LittleEndian.Uint32(b.params[4*i:]))
		} else {
			b.h[i] = blakeIV[i] ^ binary.LittleEndian.Uint64(b.params[8*i:])
		}
	}
	b.buf, b.n, b.low = [128]byte{}, 0, 0
	if len(b.key) > 0 {
		copy(b.buf[:], b.key)
		b.n = b.BlockSize()
	}
}

func (b *blake) Size() int { return b.size }

func (b *blake) BlockSize() int {
	if b.small {
		return 64
	}
	return 128
}

func (b *blake) Clone() (hash.Cloner, error) {
	c := *b
	return &c, nil
}

func (b *blake) Write(p []byte) (int, error) {
	n, block := len(p), b.BlockSize()
	for len(p) > 0 {
		// The last block is kept: it is hashed differently.
		if b.n == block {
			b.low += uint64(block)
			b.compress(false)
			b.n = 0
		}
		k := copy(b.buf[b.n:block], p)
		b.n += k
		p = p[k:]
	}
	return n, nil
}

func (b *blake) Sum(p []byte) []byte {
	c := *b
	clear(c.buf[c.n:])
	c.low += uint64(c.n)
	c.compress(true)
	var out [64]byte
	for i, x := range c.h {
		if c.small {
			binary.LittleEndian.PutUint32(out[4*i:], uint32(x))
		} else {
			binary.LittleEndian.PutUint64(out[8*i:], x)
		}
	}
	return append(p, out[:c.size]...)
}

func (b *blake) compress(final bool) {
	if b.small {
		b.compressSmall(final)
		return
	}
	var m, v [16]uint64
	for i := range m {
		m[i] = binary.LittleEndian.Uint64(b.buf[8*i:])
	}
	copy(v[:], b.h[:])
	copy(v[8:], blakeIV[:])
	v[12] ^= b.low
	if final {
		v[14] = ^v[14]
		if b.last {
			v[15] = ^v[15]
		}
	}
	mix := func(i, j, k, l int, x, y uint64) {
		v[i] += v[j] + x
		v[l] = bits.RotateLeft64(v[l]^v[i], -32)
		v[k] += v[l]
		v[j] = bits.RotateLeft64(v[j]^v[k], -24)
		v[i] += v[j] + y
		v[l] = bits.RotateLeft64(v[l]^v[i], -16)
		v[k] += v[l]
		v[j] = bits.RotateLeft64(v[j]^v[k], -63)
	}
	for r := range 12 {
		s := &sigma[r%10]
		for i := range 4 {
			mix(i, 4+i, 8+i, 12+i, m[s[2*i]], m[s[2*i+1]])
		}
		for i := range 4 {
			mix(i, 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4, m[s[8+2*i]], m[s[9+2*i]])
		}
	}
	for i := range b.h {
		b.h[i] ^= v[i] ^ v[i+8]
	}
}

func (b *blake) compressSmall(final bool) {
	var m, v [16]uint32
	for i := range m {
		m[i] = binary.LittleEndian.Uint32(b.buf[4*i:])
	}
	for i, x := range b.h {
		v[i], v[8+i] = uint32(x), uint32(blakeIV[i]>>32)
	}
	v[12] ^= uint32(b.low)
	v[13] ^= uint32(b.low >> 32)
	if final {
		v[14] = ^v[14]
		if b.last {
			v[15] = ^v[15]
		}
	}
	mix := func(i, j, k, l int, x, y uint32) {
		v[i] += v[j] + x
		v[l] = bits.RotateLeft32(v[l]^v[i], -16)
		v[k] += v[l]
		v[j] = bits.RotateLeft32(v[j]^v[k], -12)
		v[i] += v[j] + y
		v[l] = bits.RotateLeft32(v[l]^v[i], -8)
		v[k] += v[l]
		v[j] = bits.RotateLeft32(v[j]^v[k], -7)
	}
	for r := range 10 {
		s := &sigma[r]
		for i := range 4 {
			mix(i, 4+i, 8+i, 12+i, m[s[2*i]], m[s[2*i+1]])
		}
		for i := range 4 {
			mix(i, 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4, m[s[8+2*i]], m[s[9+2*i]])
		}
	}
	for i := range b.h {
		b.h[i] ^= uint64(v[i] ^ v[i+8])
	}
}
