package deflate

// slide drops input that is too old for matches.
func (z *Deflater) slide() {
	if z.pos < slideAt {
		return
	}
	by := (z.pos - keep) &^ (windowSize - 1)
	z.buf = z.buf[:copy(z.buf, z.buf[by:])]
	z.pos -= by
	z.block -= by
	for _, table := range [...][]int32{z.head, z.prev} {
		for i, p := range table {
			table[i] = max(p-int32(by), 0)
		}
	}
}

func (z *Deflater) hash(p int) int {
	b := z.buf[p : p+3 : p+3]
	v := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
	return int(v * 0x9e3779b1 >> (32 - hashBits))
}

// insert notes the three bytes at p and returns where they were last, plus 1; 0: nowhere.
func (z *Deflater) insert(p int) int {
	if z.head == nil {
		z.head, z.prev = make([]int32, 1<<hashBits), make([]int32, windowSize)
	}
	h := z.hash(p)
	last := z.head[h]
	z.prev[p&(windowSize-1)] = last
	z.head[h] = int32(p + 1)
	return int(last)
}

// longest finds the longest match at p among those that the chain beginning with last leads to, if it is longer than least.
func (z *Deflater) longest(p, last, least int) (length, distance int) {
	buf := z.buf
	most := min(maxMatch, len(buf)-p)
	chain, nice := z.effort.chain, min(z.effort.nice, most)
	if least >= z.effort.good {
		chain >>= 2
	}
	length = least
	for ; last > 0 && chain > 0; chain-- {
		at := last - 1
		d := p - at
		if d > z.maxDist || d <= 0 {
			break
		}
		if length < most && buf[at+length] == buf[p+length] && buf[at] == buf[p] {
			n := 0
			for n < most && buf[at+n] == buf[p+n] {
				n++
			}
			if n > length {
				length, distance = n, d
				if n >= nice {
					break
				}
			}
		}
		next := int(z.prev[at&(windowSize-1)])
		if next >= last {
			break
		}
		last = next
	}
	if length < minMatch {
		return 0, 0
	}
	return length, distance
}

// search compresses the input that is there: all of it, or as much as needs no look at what comes.
func (z *Deflater) search(all bool) {
	switch {
	case z.level == 0:
		z.pos = len(z.buf)
		for z.pos-z.block >= 65535 {
			z.stored(z.buf[z.block:z.block+65535], false)
			z.block += 65535
		}
		return
	case z.strategy == HuffmanOnly:
		for ; z.pos < len(z.buf); z.pos++ {
			z.literal(z.buf[z.pos], z.pos+1)
		}
		return
	case z.strategy == RLE:
		z.runs(all)
		return
	}
	stop := len(z.buf)
	if !all {
		stop -= ahead
	}
	lazy := z.effort.lazy > 0
	for z.pos < stop {
		p := z.pos
		length, dist := 0, 0
		if p+minMatch <= len(z.buf) {
			last := z.insert(p)
			if last > 0 && (!z.waiting || z.prevLength < z.effort.lazy) {
				least := minMatch - 1
				if z.waiting {
					least = max(least, z.prevLength)
				}
				length, dist = z.longest(p, last, least)
				if dist == 0 || length == minMatch && dist > 4096 || length <= 5 && z.strategy == Filtered {
					length = 0
				}
			}
		}
		switch {
		case !lazy && length > 0:
			z.match(length, dist, p+length)
			z.skip(p+1, p+length)
		case !lazy:
			z.literal(z.buf[p], p+1)
			z.pos++
		case z.waiting && z.prevLength >= minMatch && length <= z.prevLength:
			end := p - 1 + z.prevLength
			z.waiting = false
			z.match(z.prevLength, z.prevDist, end)
			z.skip(p+1, end)
			z.prevLength = 0
		case z.waiting:
			z.literal(z.buf[p-1], p)
			z.prevLength, z.prevDist = length, dist
			z.pos++
		default:
			z.waiting, z.prevLength, z.prevDist = true, length, dist
			z.pos++
		}
	}
	if all && z.waiting {
		z.waiting = false
		if z.prevLength >= minMatch {
			// The match begins at the last byte but cannot be longer than that.
			z.prevLength = 0
		}
		z.literal(z.buf[z.pos-1], z.pos)
	}
}

// skip goes on behind a match.
func (z *Deflater) skip(from, to int) {
	for p := from; p < to; p++ {
		if p+minMatch <= len(z.buf) {
			z.insert(p)
		}
	}
	z.pos = to
}

// runs finds repeated bytes only.
func (z *Deflater) runs(all bool) {
	stop := len(z.buf)
	if !all {
		stop -= ahead
	}
	for z.pos < stop {
		p, n := z.pos, 0
		if p > 0 {
			for n < min(maxMatch, len(z.buf)-p) && z.buf[p+n] == z.buf[p-1] {
				n++
			}
		}
		if n >= minMatch {
			z.match(n, 1, p+n)
			z.pos += n
		} else {
			z.literal(z.buf[p], p+1)
			z.pos++
		}
	}
}

// literal adds a byte to the block; end is where the input behind it begins.
func (z *Deflater) literal(b byte, end int) {
	z.tokens = append(z.tokens, uint32(b))
	z.litN[b]++
	if len(z.tokens) >= z.maxTokens {
		z.endBlockAt(end, false)
	}
}

func (z *Deflater) match(length, distance, end int) {
	z.tokens = append(z.tokens, uint32(distance)<<16|uint32(length))
	z.litN[endOfBlock+1+int(lengthSymbol[length])]++
	z.distN[distSymbol(distance)]++
	if len(z.tokens) >= z.maxTokens {
		z.endBlockAt(end, false)
	}
}

// lengthSymbol has the symbol of each length.
var lengthSymbol = func() (t [maxMatch + 1]uint8) {
	s := 0
	for n := minMatch; n <= maxMatch; n++ {
		for s+1 < len(lengthBase) && int(lengthBase[s+1]) <= n {
			s++
		}
		t[n] = uint8(s)
	}
	return t
}()

func distSymbol(d int) int {
	lo, hi := 0, len(distBase)
	for lo+1 < hi {
		if m := (lo + hi) / 2; int(distBase[m]) <= d {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}
