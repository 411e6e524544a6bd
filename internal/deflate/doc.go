// Package deflate compresses and decompresses data as RFC 1950 to 1952 say, piece by piece, as the API of zlib has it:
// whoever calls hands over some input and gets what output there is. What an [Inflater] or a [Deflater] knows is in the
// struct, so that Copy makes one that goes on independently.
package deflate

import (
	"hash/adler32"
	"hash/crc32"
)

// Format is what surrounds the compressed blocks.
type Format uint8

// The formats. Auto, for decompression only, is Zlib or Gzip, as the data says.
const (
	Raw Format = iota
	Zlib
	Gzip
	Auto
)

const (
	maxMatch   = 258
	minMatch   = 3
	windowSize = 1 << 15
	endOfBlock = 256
	maxBits    = 15
)

// Lengths and distances are a base, chosen by the symbol, and extra bits.
var (
	lengthBase  = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distBase    = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distExtra   = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	// codeOrder is the order in which the lengths of the code length code are written.
	codeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

// fixedLengths are the code lengths of blocks with fixed codes.
var fixedLengths = func() (l [288]uint8) {
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		default:
			l[i] = 8
		}
	}
	return l
}()

// Adler32 goes on with an Adler-32 checksum.
func Adler32(sum uint32, p []byte) uint32 {
	if sum == 1 {
		return adler32.Checksum(p)
	}
	const mod, most = 65521, 5552
	a, b := sum&0xffff, sum>>16
	for len(p) > 0 {
		q := p[:min(most, len(p))]
		p = p[len(q):]
		for _, x := range q {
			a += uint32(x)
			b += a
		}
		a %= mod
		b %= mod
	}
	return b<<16 | a
}

// CRC32 goes on with a CRC-32 checksum.
func CRC32(sum uint32, p []byte) uint32 { return crc32.Update(sum, crc32.IEEETable, p) }
