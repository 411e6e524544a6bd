package deflate

import (
	"encoding/binary"
	"sort"
)

func (z *Deflater) endBlock(final bool) { z.endBlockAt(z.pos, final) }

// endBlockAt writes the block in the shortest way; the next one begins at end.
func (z *Deflater) endBlockAt(end int, final bool) {
	if z.level == 0 {
		z.stored(z.buf[z.block:end], final)
		z.block = end
		return
	}
	z.litN[endOfBlock] = 1
	lit, dist := codeLengths(z.litN[:], maxBits), codeLengths(z.distN[:], maxBits)
	if z.strategy == Fixed {
		z.symbols(final, nil, nil)
	} else {
		header := newTreeHeader(lit, dist)
		dynamic := header.bits() + z.cost(lit, dist)
		fixed := 3 + z.cost(fixedLengths[:286], nil)
		size := -1
		if z.block >= 0 {
			size = end - z.block
		}
		switch {
		case size >= 0 && size+4 <= min(dynamic, fixed)/8:
			z.stored(z.buf[z.block:end], final)
		case fixed <= dynamic:
			z.symbols(final, nil, nil)
		default:
			z.put(b2i(final)|2<<1, 3)
			header.write(z)
			z.symbols(final, lit, dist)
		}
	}
	z.tokens = z.tokens[:0]
	z.litN, z.distN = [286]int32{}, [30]int32{}
	z.block = end
}

func b2i(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// stored writes bytes as they are.
func (z *Deflater) stored(p []byte, final bool) {
	for {
		n := min(len(p), 65535)
		z.put(b2i(final && n == len(p)), 3)
		z.align()
		z.out = binary.LittleEndian.AppendUint16(z.out, uint16(n))
		z.out = binary.LittleEndian.AppendUint16(z.out, ^uint16(n))
		z.out = append(z.out, p[:n]...)
		if p = p[n:]; len(p) == 0 {
			return
		}
	}
}

// cost is how many bits the block takes with codes of these lengths; without lengths distances take 5.
func (z *Deflater) cost(lit, dist []uint8) int {
	n := 0
	for i, c := range z.litN {
		bits := int(lit[i])
		if i > endOfBlock {
			bits += int(lengthExtra[i-endOfBlock-1])
		}
		n += int(c) * bits
	}
	for i, c := range z.distN {
		bits := 5
		if dist != nil {
			bits = int(dist[i])
		}
		n += int(c) * (bits + int(distExtra[i]))
	}
	return n
}

// symbols writes the tokens of the block; without lengths, as a block with the fixed codes.
func (z *Deflater) symbols(final bool, lit, dist []uint8) {
	var five [30]uint8
	if lit == nil {
		z.put(b2i(final)|1<<1, 3)
		lit = fixedLengths[:]
		for i := range five {
			five[i] = 5
		}
		dist = five[:]
	}
	var lc [288]uint16
	var dc [30]uint16
	assign(lit, lc[:])
	assign(dist, dc[:])
	for _, t := range z.tokens {
		if t>>16 == 0 {
			z.put(uint32(lc[t]), uint(lit[t]))
			continue
		}
		length, d := int(t&0xffff), int(t>>16)
		s := int(lengthSymbol[length])
		z.put(uint32(lc[endOfBlock+1+s]), uint(lit[endOfBlock+1+s]))
		z.put(uint32(length-int(lengthBase[s])), uint(lengthExtra[s]))
		s = distSymbol(d)
		z.put(uint32(dc[s]), uint(dist[s]))
		z.put(uint32(d-int(distBase[s])), uint(distExtra[s]))
	}
	z.put(uint32(lc[endOfBlock]), uint(lit[endOfBlock]))
}

// assign makes codes, in the order of their bits, for lengths.
func assign(lengths []uint8, codes []uint16) {
	var count, next [maxBits + 1]uint16
	for _, l := range lengths {
		count[l]++
	}
	count[0] = 0
	code := uint16(0)
	for l := 1; l <= maxBits; l++ {
		code = (code + count[l-1]) << 1
		next[l] = code
	}
	for s, l := range lengths {
		if l != 0 {
			codes[s] = reverse(next[l], l)
			next[l]++
		}
	}
}

// codeLengths finds lengths of codes, at most limit, for symbols that occur so often. At least two symbols get a code, as some
// decoders want it.
func codeLengths(counts []int32, limit int) []uint8 {
	lengths := make([]uint8, len(counts))
	var used []int
	for s, c := range counts {
		if c > 0 {
			used = append(used, s)
		}
	}
	for s := 0; len(used) < 2; s++ {
		if counts[s] == 0 {
			used = append(used, s)
		}
	}
	weight := func(s int) int64 { return max(int64(counts[s]), 1) }
	sort.Slice(used, func(i, j int) bool {
		if x, y := weight(used[i]), weight(used[j]); x != y {
			return x < y
		}
		return used[i] < used[j]
	})
	// Two queues: leaves, and inner nodes, which come out sorted.
	n := len(used)
	sums, parent := make([]int64, 2*n-1), make([]int, 2*n-1)
	for i, s := range used {
		sums[i] = weight(s)
	}
	leaf, inner := 0, n
	for at := n; at < 2*n-1; at++ {
		for range 2 {
			least := leaf
			if leaf >= n || inner < at && sums[inner] < sums[leaf] {
				least = inner
				inner++
			} else {
				leaf++
			}
			sums[at] += sums[least]
			parent[least] = at
		}
	}
	depth := make([]int, 2*n-1)
	var count [64]int
	for i := 2*n - 3; i >= 0; i-- {
		depth[i] = depth[parent[i]] + 1
		if i < n {
			count[min(depth[i], limit)]++
		}
	}
	// Codes that were cut are made good by lengthening others.
	total := 0
	for l := 1; l <= limit; l++ {
		total += count[l] << (limit - l)
	}
	for total > 1<<limit {
		l := limit - 1
		for count[l] == 0 {
			l--
		}
		count[l]--
		count[l+1] += 2
		count[limit]--
		total--
	}
	i := 0
	for l := limit; l > 0; l-- {
		for range count[l] {
			lengths[used[i]] = uint8(l)
			i++
		}
	}
	return lengths
}

// treeHeader is how the codes of a block are written.
type treeHeader struct {
	nlit, ndist, ncode int
	symbols            []uint16 // symbol of the code length code, and extra bits from bit 5 on
	lengths            []uint8
	codes              [19]uint16
}

func newTreeHeader(lit, dist []uint8) *treeHeader {
	h := &treeHeader{nlit: 286, ndist: 30, ncode: 19}
	for h.nlit > 257 && lit[h.nlit-1] == 0 {
		h.nlit--
	}
	for h.ndist > 1 && dist[h.ndist-1] == 0 {
		h.ndist--
	}
	all := append(append([]uint8(nil), lit[:h.nlit]...), dist[:h.ndist]...)
	var counts [19]int32
	put := func(s, extra int) {
		h.symbols = append(h.symbols, uint16(s|extra<<5))
		counts[s]++
	}
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n] == all[i] {
			n++
		}
		v := int(all[i])
		i += n
		if v != 0 {
			put(v, 0)
			n--
		}
		for n >= 3 {
			switch {
			case v != 0:
				k := min(n, 6)
				put(16, k-3)
				n -= k
			case n <= 10:
				put(17, n-3)
				n = 0
			default:
				k := min(n, 138)
				put(18, k-11)
				n -= k
			}
		}
		for ; n > 0; n-- {
			put(v, 0)
		}
	}
	h.lengths = codeLengths(counts[:], 7)
	assign(h.lengths, h.codes[:])
	for h.ncode > 4 && h.lengths[codeOrder[h.ncode-1]] == 0 {
		h.ncode--
	}
	return h
}

// repeatBits is how many extra bits symbols of the code length code have.
func repeatBits(s uint16) uint {
	switch s {
	case 16:
		return 2
	case 17:
		return 3
	case 18:
		return 7
	}
	return 0
}

func (h *treeHeader) bits() int {
	n := 3 + 14 + 3*h.ncode
	for _, s := range h.symbols {
		n += int(h.lengths[s&31]) + int(repeatBits(s&31))
	}
	return n
}

func (h *treeHeader) write(z *Deflater) {
	z.put(uint32(h.nlit-257), 5)
	z.put(uint32(h.ndist-1), 5)
	z.put(uint32(h.ncode-4), 4)
	for _, s := range codeOrder[:h.ncode] {
		z.put(uint32(h.lengths[s]), 3)
	}
	for _, s := range h.symbols {
		z.put(uint32(h.codes[s&31]), uint(h.lengths[s&31]))
		z.put(uint32(s>>5), repeatBits(s&31))
	}
}
