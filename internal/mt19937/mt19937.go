// Package mt19937 is the generator of random numbers that Python's random has, the
// Mersenne Twister of M. Matsumoto and T. Nishimura with a period of 2**19937-1:
// the same seeds give the same numbers.
package mt19937

import "math/big"

// N is the number of words of the state.
const N = 624

const (
	middle = 397
	matrix = 0x9908B0DF
	upper  = 0x80000000
	lower  = 0x7FFFFFFF
)

// Source is a generator. The zero value is to be seeded before it is used.
type Source struct {
	state [N]uint32
	index int // of the next word to use; N if there is none
}

// Seed sets the state from the absolute value of a number, as random.seed does with an
// int.
func (s *Source) Seed(n *big.Int) {
	var key []uint32
	if words := n.BitLen(); words <= 64 {
		v := new(big.Int).Abs(n).Uint64()
		key = append(key, uint32(v), uint32(v>>32))
		if v>>32 == 0 {
			key = key[:1]
		}
	} else {
		b := n.Bytes() // of the absolute value, most significant first
		for len(b) > 0 {
			start := max(len(b)-4, 0)
			var w uint32
			for _, c := range b[start:] {
				w = w<<8 | uint32(c)
			}
			key = append(key, w)
			b = b[:start]
		}
	}
	s.SeedArray(key)
}

// seedWord sets the state from one word.
func (s *Source) seedWord(w uint32) {
	s.state[0] = w
	for i := 1; i < N; i++ {
		w = 1812433253*(w^w>>30) + uint32(i)
		s.state[i] = w
	}
	s.index = N
}

// SeedArray sets the state from words, of which there is at least one.
func (s *Source) SeedArray(key []uint32) {
	if len(key) == 0 {
		key = []uint32{0}
	}
	s.seedWord(19650218)
	m := &s.state
	i, j := 1, 0
	next := func() {
		if i++; i == N {
			m[0] = m[N-1]
			i = 1
		}
	}
	for range max(N, len(key)) {
		m[i] = (m[i] ^ (m[i-1]^m[i-1]>>30)*1664525) + key[j] + uint32(j)
		next()
		if j++; j == len(key) {
			j = 0
		}
	}
	for range N - 1 {
		m[i] = (m[i] ^ (m[i-1]^m[i-1]>>30)*1566083941) - uint32(i)
		next()
	}
	m[0] = upper
}

// twist makes the next N words.
func (s *Source) twist() {
	m := &s.state
	mix := func(a, b, c uint32) uint32 {
		y := a&upper | b&lower
		return c ^ y>>1 ^ -(y&1)&matrix
	}
	for i := range N - middle {
		m[i] = mix(m[i], m[i+1], m[i+middle])
	}
	for i := N - middle; i < N-1; i++ {
		m[i] = mix(m[i], m[i+1], m[i+middle-N])
	}
	m[N-1] = mix(m[N-1], m[0], m[middle-1])
	s.index = 0
}

// Uint32 returns the next 32 bits.
func (s *Source) Uint32() uint32 {
	if s.index >= N {
		s.twist()
	}
	y := s.state[s.index]
	s.index++
	y ^= y >> 11
	y ^= y << 7 & 0x9D2C5680
	y ^= y << 15 & 0xEFC60000
	return y ^ y>>18
}

// Float64 returns a number from 0 up to, not including, 1, with 53 bits.
func (s *Source) Float64() float64 {
	a, b := s.Uint32()>>5, s.Uint32()>>6
	return (float64(a)*67108864 + float64(b)) * (1.0 / 9007199254740992)
}

// Bits returns a number of k bits, k being at most 64.
func (s *Source) Bits(k int) uint64 {
	if k <= 0 {
		return 0
	}
	if k <= 32 {
		return uint64(s.Uint32() >> (32 - k))
	}
	low := uint64(s.Uint32())
	return low | uint64(s.Uint32()>>(64-k))<<32
}

// BigBits returns a number of k bits.
func (s *Source) BigBits(k int) *big.Int {
	n := (k + 31) / 32
	b := make([]byte, n*4)
	for i := range n {
		w := s.Uint32()
		if left := k - i*32; left < 32 {
			w >>= 32 - left
		}
		at := len(b) - 4 - i*4
		b[at], b[at+1], b[at+2], b[at+3] = byte(w>>24), byte(w>>16), byte(w>>8), byte(w)
	}
	return new(big.Int).SetBytes(b)
}

// State returns the words of the state and the index of the next one to use.
func (s *Source) State() (words [N]uint32, index int) { return s.state, s.index }

// SetState sets what State returns, and reports whether the index can be one.
func (s *Source) SetState(words *[N]uint32, index int) bool {
	if index < 0 || index > N {
		return false
	}
	s.state, s.index = *words, index
	return true
}
