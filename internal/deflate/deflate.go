package deflate

import "encoding/binary"

// Flush says what must be written of what has been compressed, with zlib's numbers.
type Flush uint8

// The kinds of flushing.
const (
	NoFlush Flush = iota
	PartialFlush
	SyncFlush
	FullFlush
	Finish
	Block
	Trees
)

// Strategy is how to look for matches, with zlib's numbers.
type Strategy uint8

// The strategies.
const (
	DefaultStrategy Strategy = iota
	Filtered
	HuffmanOnly
	RLE
	Fixed
)

// effort is how hard a level tries: from a match of length good on it looks at fewer others, one of length lazy is
// taken without looking at the next position, one of length nice without looking at others at all.
type effort struct{ good, lazy, nice, chain int }

var efforts = [10]effort{{}, {4, 0, 8, 4}, {4, 0, 16, 8}, {4, 0, 32, 32}, {4, 4, 16, 16}, {8, 16, 32, 32}, {8, 16, 128, 128}, {8, 32, 128, 256}, {32, 128, 258, 1024}, {32, 258, 258, 4096}}

const (
	hashBits = 15
	keep     = windowSize // input that matches may refer to
	slideAt  = 4 * windowSize
	ahead    = maxMatch + minMatch + 1
)

// Deflater compresses. NewDeflater makes one.
type Deflater struct {
	format     Format
	level      int
	strategy   Strategy
	windowBits int
	effort     effort
	maxDist    int
	maxTokens  int
	dictID     uint32
	hasDict    bool
	begun      bool // the header is written
	ended      bool
	lastFlush  Flush

	buf   []byte // input: what matches may refer to, the block so far, what has not been looked at
	pos   int    // where the search is
	block int    // where the block begins; negative if that has been forgotten
	head  []int32
	prev  []int32

	waiting              bool // a literal waits: a match at the next position may be better than its own
	prevLength, prevDist int

	tokens []uint32 // literals, or distance<<16 | length
	litN   [286]int32
	distN  [30]int32

	bits  uint64
	nbits uint
	out   []byte

	sum   uint32
	total uint64
}

// NewDeflater returns a Deflater. level is -1 to 9, windowBits 8 to 15, memLevel 1 to 9.
func NewDeflater(format Format, level, windowBits, memLevel int, strategy Strategy, dict []byte) *Deflater {
	if level < 0 || level > 9 {
		level = 6
	}
	z := &Deflater{format: format, level: level, strategy: strategy, windowBits: max(windowBits, 9), effort: efforts[level], maxTokens: 1<<(memLevel+6) - 1, lastFlush: 255}
	z.maxDist = 1<<z.windowBits - ahead
	if format == Zlib {
		z.sum = 1
	}
	if dict != nil {
		z.hasDict, z.dictID = true, Adler32(1, dict)
		z.buf = append(z.buf, dict[max(0, len(dict)-windowSize):]...)
		for z.pos+minMatch <= len(z.buf) {
			z.insert(z.pos)
			z.pos++
		}
		z.pos = len(z.buf)
		z.block = z.pos
	}
	return z
}

// Copy returns a Deflater that goes on independently.
func (z *Deflater) Copy() *Deflater {
	c := *z
	c.buf = append([]byte(nil), z.buf...)
	c.head = append([]int32(nil), z.head...)
	c.prev = append([]int32(nil), z.prev...)
	c.tokens = append([]uint32(nil), z.tokens...)
	return &c
}

// Deflate compresses src and appends to dst what there is to write.
func (z *Deflater) Deflate(dst, src []byte, flush Flush) []byte {
	if z.ended {
		return dst
	}
	z.out = dst
	z.header()
	if z.format == Gzip {
		z.sum = CRC32(z.sum, src)
	} else if z.format == Zlib {
		z.sum = Adler32(z.sum, src)
	}
	z.total += uint64(len(src))
	again := len(src) == 0 && flush != NoFlush && flush <= z.lastFlush && z.lastFlush != 255 && flush != Finish
	for len(src) > 0 {
		n := min(len(src), windowSize)
		z.slide()
		z.buf = append(z.buf, src[:n]...)
		src = src[n:]
		z.search(false)
	}
	if len(z.buf) > z.pos || flush != NoFlush {
		z.search(flush != NoFlush)
	}
	if flush != NoFlush && !again {
		z.flush(flush)
	}
	z.lastFlush = flush
	out := z.out
	z.out = nil
	return out
}

func (z *Deflater) header() {
	if z.begun {
		return
	}
	z.begun = true
	switch z.format {
	case Zlib:
		h := (8 + (z.windowBits-8)<<4) << 8
		switch {
		case z.strategy >= HuffmanOnly || z.level < 2:
		case z.level < 6:
			h |= 1 << 6
		case z.level == 6:
			h |= 2 << 6
		default:
			h |= 3 << 6
		}
		if z.hasDict {
			h |= 0x20
		}
		h += 31 - h%31
		z.out = append(z.out, byte(h>>8), byte(h))
		if z.hasDict {
			z.out = binary.BigEndian.AppendUint32(z.out, z.dictID)
			z.sum = 1
		}
	case Gzip:
		extra := byte(0)
		if z.level == 9 {
			extra = 2
		} else if z.strategy >= HuffmanOnly || z.level < 2 {
			extra = 4
		}
		z.out = append(z.out, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3)
	}
}

// flush writes the block and what the kind of flushing asks for.
func (z *Deflater) flush(kind Flush) {
	if kind == Finish {
		z.endBlock(true)
		z.align()
		switch z.format {
		case Zlib:
			z.out = binary.BigEndian.AppendUint32(z.out, z.sum)
		case Gzip:
			z.out = binary.LittleEndian.AppendUint32(z.out, z.sum)
			z.out = binary.LittleEndian.AppendUint32(z.out, uint32(z.total))
		}
		z.ended = true
		return
	}
	if len(z.tokens) > 0 || z.level == 0 && z.pos > z.block {
		z.endBlock(false)
	}
	switch kind {
	case PartialFlush:
		z.put(2, 3) // an empty block with fixed codes
		z.put(0, 7)
	case SyncFlush, FullFlush:
		z.put(0, 3) // an empty stored block
		z.align()
		z.out = append(z.out, 0, 0, 0xff, 0xff)
		if kind == FullFlush {
			clear(z.head)
			z.buf = append(z.buf[:0], z.buf[z.pos:]...)
			z.pos, z.block = 0, 0
		}
	}
	z.whole()
}

// put writes bits.
func (z *Deflater) put(v uint32, n uint) {
	z.bits |= uint64(v) << z.nbits
	z.nbits += n
	for z.nbits >= 8 {
		z.out = append(z.out, byte(z.bits))
		z.bits >>= 8
		z.nbits -= 8
	}
}

func (z *Deflater) whole() {
	for z.nbits >= 8 {
		z.put(0, 0)
	}
}

func (z *Deflater) align() {
	if z.nbits > 0 {
		z.put(0, 8-z.nbits)
	}
}
