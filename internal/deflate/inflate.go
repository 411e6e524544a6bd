package deflate

import "encoding/binary"

// DataError is what is wrong with compressed data, in zlib's words.
type DataError string

func (e DataError) Error() string { return string(e) }

// NeedDict says that the data needs a dictionary which has not been given, or not the right one.
type NeedDict struct{}

func (NeedDict) Error() string { return "need dictionary" }

type inflateState uint8

const (
	stateHeader inflateState = iota
	stateDict
	stateGzip
	stateBlock
	stateStoredLength
	stateStored
	stateCounts
	stateCodeLengths
	stateLengths
	stateSymbols
	stateMatch
	stateTrailer
	stateSize
	stateDone
)

// Inflater decompresses. NewInflater makes one.
type Inflater struct {
	format  Format
	maxDist int
	dict    []byte
	state   inflateState
	final   bool

	bits  uint64 // input that has not been understood yet, the lowest bit first
	nbits uint
	src   []byte
	pos   int

	history []byte // output of earlier calls, at most windowSize
	sum     uint32
	total   uint64
	checked int // bytes of this call's output that sum has already

	lit, dist                *decoder
	lengths                  [320]uint8
	nlit, ndist, ncode, have int
	length, distance         int // of the match to copy; length also of the stored block

	gzipStage, gzipFlags uint8
	gzipSum              uint32
}

// NewInflater returns an Inflater for a format with windows of 1<<windowBits bytes (0: as the header says); dict is the dictionary that the data may
// have been compressed with.
func NewInflater(format Format, windowBits int, dict []byte) *Inflater {
	z := &Inflater{format: format, maxDist: windowSize, dict: dict, sum: 1}
	if windowBits > 0 {
		z.maxDist = 1 << windowBits
	}
	if format == Raw {
		z.state = stateBlock
		z.remember(dict)
	}
	return z
}

// Copy returns an Inflater that goes on independently.
func (z *Inflater) Copy() *Inflater {
	c := *z
	c.history = append([]byte(nil), z.history...)
	if z.lit != nil {
		l := *z.lit
		c.lit = &l
	}
	if z.dist != nil {
		d := *z.dist
		c.dist = &d
	}
	return &c
}

// Done reports whether the end of the data has been reached.
func (z *Inflater) Done() bool { return z.state == stateDone }

func (z *Inflater) need(n uint) bool {
	for z.nbits < n {
		if z.pos == len(z.src) {
			return false
		}
		z.bits |= uint64(z.src[z.pos]) << z.nbits
		z.nbits += 8
		z.pos++
	}
	return true
}

func (z *Inflater) take(n uint) int {
	v := int(z.bits & (1<<n - 1))
	z.bits >>= n
	z.nbits -= n
	return v
}

// remember keeps the last output for later matches.
func (z *Inflater) remember(p []byte) {
	if len(p) >= windowSize {
		z.history = append(z.history[:0], p[len(p)-windowSize:]...)
		return
	}
	if over := len(z.history) + len(p) - windowSize; over > 0 {
		z.history = z.history[:copy(z.history, z.history[over:])]
	}
	z.history = append(z.history, p...)
}

// Inflate decompresses src, appends at most limit bytes (negative: any number) to dst and returns how much of src was used.
func (z *Inflater) Inflate(dst, src []byte, limit int) (out []byte, used int, err error) {
	if z.state == stateDone {
		return dst, 0, nil
	}
	z.src, z.pos, z.checked = src, 0, 0
	start := len(dst)
	end := -1
	if limit >= 0 {
		end = start + limit
	}
	out, err = z.run(dst, start, end)
	// Whole bytes go back, unless they are the beginning of something whose rest is awaited.
	if z.state == stateDone || len(out) == end {
		back := min(int(z.nbits/8), z.pos)
		z.pos -= back
		z.nbits -= uint(back) * 8
		z.bits &= 1<<z.nbits - 1
	}
	z.src = nil
	fresh := out[start:]
	z.remember(fresh)
	z.check(fresh[z.checked:])
	return out, z.pos, err
}

func (z *Inflater) check(p []byte) {
	z.total += uint64(len(p))
	if z.format == Gzip {
		z.sum = CRC32(z.sum, p)
	} else {
		z.sum = Adler32(z.sum, p)
	}
}

// run does what can be done; output begins at start and ends at end, if that is not negative.
func (z *Inflater) run(out []byte, start, end int) ([]byte, error) {
	for {
		switch z.state {
		case stateHeader:
			if done, err := z.header(); !done {
				return out, err
			}
		case stateDict:
			if !z.need(32) {
				return out, nil
			}
			want := swap(uint32(z.bits))
			if z.dict == nil || Adler32(1, z.dict) != want {
				return out, NeedDict{}
			}
			z.take(32)
			z.remember(z.dict)
			z.state = stateBlock
		case stateGzip:
			if done, err := z.gzip(); !done {
				return out, err
			}
		case stateBlock:
			if z.final {
				z.take(z.nbits & 7)
				z.state = stateTrailer
				continue
			}
			if !z.need(3) {
				return out, nil
			}
			z.final = z.take(1) == 1
			switch z.take(2) {
			case 0:
				z.take(z.nbits & 7)
				z.state = stateStoredLength
			case 1:
				z.fixed()
				z.state = stateSymbols
			case 2:
				z.state = stateCounts
			default:
				return out, DataError("invalid block type")
			}
		case stateStoredLength:
			if !z.need(32) {
				return out, nil
			}
			n := z.take(16)
			if n != z.take(16)^0xffff {
				return out, DataError("invalid stored block lengths")
			}
			z.length = n
			z.state = stateStored
		case stateStored:
			for z.length > 0 && (end < 0 || len(out) < end) {
				if z.nbits >= 8 {
					out = append(out, byte(z.take(8)))
					z.length--
					continue
				}
				n := min(z.length, len(z.src)-z.pos)
				if end >= 0 {
					n = min(n, end-len(out))
				}
				if n == 0 {
					return out, nil
				}
				out = append(out, z.src[z.pos:z.pos+n]...)
				z.pos += n
				z.length -= n
			}
			if z.length > 0 {
				return out, nil
			}
			z.state = stateBlock
		case stateCounts:
			if !z.need(14) {
				return out, nil
			}
			z.nlit, z.ndist, z.ncode, z.have = z.take(5)+257, z.take(5)+1, z.take(4)+4, 0
			if z.nlit > 286 || z.ndist > 30 {
				return out, DataError("too many length or distance symbols")
			}
			z.lengths = [320]uint8{}
			z.state = stateCodeLengths
		case stateCodeLengths, stateLengths:
			if done, err := z.codes(); !done {
				return out, err
			}
		case stateSymbols, stateMatch:
			var done bool
			var err error
			if out, done, err = z.symbols(out, start, end); !done {
				return out, err
			}
		case stateTrailer:
			if z.format != Raw {
				z.check(out[start+z.checked:])
				z.checked = len(out) - start
				if !z.need(32) {
					return out, nil
				}
				sum := uint32(z.bits)
				if z.format == Zlib {
					sum = swap(sum)
				}
				if sum != z.sum {
					return out, DataError("incorrect data check")
				}
				z.take(32)
			}
			z.state = stateSize
		case stateSize:
			if z.format == Gzip {
				if !z.need(32) {
					return out, nil
				}
				if uint32(z.bits) != uint32(z.total) {
					return out, DataError("incorrect length check")
				}
				z.take(32)
			}
			z.state = stateDone
			return out, nil
		default:
			return out, nil
		}
	}
}

func swap(x uint32) uint32 {
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], x)
	return binary.BigEndian.Uint32(b[:])
}
