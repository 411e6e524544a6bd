package object

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"strconv"
	"syscall"
)

// hashSeed is the secret of the process's hashes of strings. It is one for all interpreters, as strings that
// they share carry their hashes.
var hashSeed = maphash.MakeSeed()

// fixedSeed are CPython's keys for the seed that the environment names, if it does: then the hashes of strings are
// CPython's, and with them the order of sets. Without it, a faster function does. The environment is asked here because
// the names of builtin types are hashed before anything else runs.
var fixedSeed = seedOf(environment("PYTHONHASHSEED"))

func environment(name string) string {
	s, _ := syscall.Getenv(name)
	return s
}

type sipKeys struct {
	on     bool
	k0, k1 uint64
}

// seedOf makes keys as CPython does (Python/bootstrap_hash.c): a linear congruential generator fills them.
func seedOf(s string) sipKeys {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return sipKeys{}
	}
	var secret [16]byte
	if n != 0 {
		x := uint32(n)
		for i := range secret {
			x = x*214013 + 2531011
			secret[i] = byte(x >> 16)
		}
	}
	return sipKeys{true, binary.LittleEndian.Uint64(secret[:]), binary.LittleEndian.Uint64(secret[8:])}
}

// hashBytes is the hash of bytes, and of a str that has the same characters.
func hashBytes(s string) uint64 {
	if s == "" {
		return 0
	}
	var h uint64
	if fixedSeed.on {
		h = fixedSeed.sum(s)
	} else {
		h = maphash.String(hashSeed, s)
	}
	if h == 0 || h == ^uint64(0) {
		// 0 says that a hash is not known yet, and -1 is no hash.
		h = ^uint64(1)
	}
	return h
}

// hashText is the hash of a str.
func hashText(s string) uint64 {
	if !fixedSeed.on {
		return hashBytes(s)
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return hashBytes(wideText(s))
		}
	}
	return hashBytes(s)
}

// wideText is a text as CPython keeps it in memory: one, two or four bytes for each code point, as the largest one needs.
func wideText(s string) string {
	top := rune(0)
	for i := 0; i < len(s); {
		r, n := DecodePoint(s[i:])
		top = max(top, r)
		i += n
	}
	b := make([]byte, 0, 2*len(s))
	for i := 0; i < len(s); {
		r, n := DecodePoint(s[i:])
		i += n
		switch {
		case top < 1<<8:
			b = append(b, byte(r))
		case top < 1<<16:
			b = binary.LittleEndian.AppendUint16(b, uint16(r))
		default:
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		}
	}
	return textOf(b)
}

// sum is SipHash with one round for each word and three at the end.
func (k sipKeys) sum(s string) uint64 {
	v := [4]uint64{k.k0 ^ 0x736f6d6570736575, k.k1 ^ 0x646f72616e646f6d, k.k0 ^ 0x6c7967656e657261, k.k1 ^ 0x7465646279746573}
	round := func() {
		v[0] += v[1]
		v[1] = bits.RotateLeft64(v[1], 13) ^ v[0]
		v[0] = bits.RotateLeft64(v[0], 32)
		v[2] += v[3]
		v[3] = bits.RotateLeft64(v[3], 16) ^ v[2]
		v[0] += v[3]
		v[3] = bits.RotateLeft64(v[3], 21) ^ v[0]
		v[2] += v[1]
		v[1] = bits.RotateLeft64(v[1], 17) ^ v[2]
		v[2] = bits.RotateLeft64(v[2], 32)
	}
	last := uint64(len(s)) << 56
	for ; len(s) >= 8; s = s[8:] {
		var w uint64
		for i := range 8 {
			w |= uint64(s[i]) << (8 * i)
		}
		v[3] ^= w
		round()
		v[0] ^= w
	}
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	v[3] ^= last
	round()
	v[0] ^= last
	v[2] ^= 0xff
	round()
	round()
	round()
	return v[0] ^ v[1] ^ v[2] ^ v[3]
}
