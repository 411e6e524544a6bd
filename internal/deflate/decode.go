package deflate

// fastBits is how many bits of a code the table of a decoder sees at once; longer codes are found bit by bit.
const fastBits = 10

// decoder finds symbols by their codes.
type decoder struct {
	fast   [1 << fastBits]uint16 // symbol<<4 | length; 0: a longer code, or none
	count  [maxBits + 1]uint16   // codes per length
	symbol [288]uint16           // in the order of their codes
}

// build makes the decoder for code lengths. Incomplete sets of codes are refused, but for one code of one bit, and none at all, if
// that is allowed.
func (d *decoder) build(lengths []uint8, mayLack bool) bool {
	d.count = [maxBits + 1]uint16{}
	for _, l := range lengths {
		d.count[l]++
	}
	d.count[0] = 0
	left, longest := 1, 0
	for l := 1; l <= maxBits; l++ {
		left = left<<1 - int(d.count[l])
		if left < 0 {
			return false
		}
		if d.count[l] > 0 {
			longest = l
		}
	}
	if left > 0 && longest != 0 && (!mayLack || longest != 1) || longest == 0 && !mayLack {
		return false
	}
	var offset, next [maxBits + 2]uint16
	code := uint16(0)
	for l := 1; l <= maxBits; l++ {
		next[l] = code
		offset[l+1] = offset[l] + d.count[l]
		code = (code + d.count[l]) << 1
	}
	clear(d.fast[:])
	for s, l := range lengths {
		if l == 0 {
			continue
		}
		d.symbol[offset[l]] = uint16(s)
		offset[l]++
		c := next[l]
		next[l]++
		if l <= fastBits {
			for i := int(reverse(c, l)); i < 1<<fastBits; i += 1 << l {
				d.fast[i] = uint16(s)<<4 | uint16(l)
			}
		}
	}
	return true
}

// reverse turns the bits of a code round: codes begin with their highest bit, everything else with its lowest.
func reverse(code uint16, length uint8) uint16 {
	var r uint16
	for range length {
		r = r<<1 | code&1
		code >>= 1
	}
	return r
}

// The results of find beside lengths of codes.
const (
	tooFew  = 0
	invalid = -1
)

// find returns the symbol that n bits begin with, and the length of its code.
func (d *decoder) find(bits uint64, n uint) (symbol, length int) {
	if e := d.fast[bits&(1<<fastBits-1)]; e != 0 {
		if l := uint(e & 15); l <= n {
			return int(e >> 4), int(l)
		}
		return 0, tooFew
	}
	code, first, index := 0, 0, 0
	for l := 1; l <= maxBits; l++ {
		if uint(l) > n {
			return 0, tooFew
		}
		code |= int(bits & 1)
		bits >>= 1
		count := int(d.count[l])
		if code-count < first {
			return int(d.symbol[index+code-first]), l
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return 0, invalid
}
