package deflate

// header reads the header of the format. done is false if there is not enough input, or an error.
func (z *Inflater) header() (done bool, err error) {
	if !z.need(16) {
		return false, nil
	}
	if z.format == Auto || z.format == Gzip {
		if z.bits&0xffff == 0x8b1f {
			z.format, z.state, z.sum = Gzip, stateGzip, 0
			z.gzipSum = 0
			z.gzipByte(byte(z.take(8)))
			z.gzipByte(byte(z.take(8)))
			return true, nil
		}
		if z.format == Gzip {
			return false, DataError("incorrect header check")
		}
		z.format = Zlib
	}
	method, flags := int(z.bits&0xff), int(z.bits>>8&0xff)
	switch {
	case (method<<8|flags)%31 != 0:
		return false, DataError("incorrect header check")
	case method&15 != 8:
		return false, DataError("unknown compression method")
	case method>>4 > 7 || 1<<(method>>4+8) > z.maxDist:
		return false, DataError("invalid window size")
	}
	z.take(16)
	z.maxDist = 1 << (method>>4 + 8)
	z.state = stateBlock
	if flags&0x20 != 0 {
		z.state = stateDict
	}
	return true, nil
}

// The stages of gzip's header: ten bytes that are always there, and what the flags announce.
const (
	gzipFixed = iota
	gzipExtraLow
	gzipExtraHigh
	gzipExtra
	gzipName
	gzipComment
	gzipCRCLow
	gzipCRCHigh
	gzipEnd
)

func (z *Inflater) gzip() (done bool, err error) {
	for z.gzipStage != gzipEnd {
		if !z.need(8) {
			return false, nil
		}
		if err := z.gzipByte(byte(z.take(8))); err != nil {
			return false, err
		}
	}
	z.state = stateBlock
	return true, nil
}

// gzipByte takes the next byte of gzip's header.
func (z *Inflater) gzipByte(b byte) error {
	sum := z.gzipSum
	z.gzipSum = CRC32(sum, []byte{b})
	switch z.gzipStage {
	case gzipFixed:
		switch z.have {
		case 2:
			if b != 8 {
				return DataError("unknown compression method")
			}
		case 3:
			if b&0xe0 != 0 {
				return DataError("unknown header flags set")
			}
			z.gzipFlags = b
		}
		if z.have++; z.have == 10 {
			z.gzipNext(gzipExtraLow)
		}
	case gzipExtraLow:
		z.length = int(b)
		z.gzipStage++
	case gzipExtraHigh:
		z.length |= int(b) << 8
		z.gzipStage++
		if z.length == 0 {
			z.gzipNext(gzipName)
		}
	case gzipExtra:
		if z.length--; z.length == 0 {
			z.gzipNext(gzipName)
		}
	case gzipName, gzipComment:
		if b == 0 {
			z.gzipNext(z.gzipStage + 1)
		}
	case gzipCRCLow:
		z.length = int(sum & 0xffff)
		if int(b) != z.length&0xff {
			return DataError("header crc mismatch")
		}
		z.gzipStage++
	case gzipCRCHigh:
		if int(b) != z.length>>8 {
			return DataError("header crc mismatch")
		}
		z.gzipStage++
	}
	return nil
}

// gzipNext goes on to the first stage from the given one that the flags ask for.
func (z *Inflater) gzipNext(stage uint8) {
	for _, s := range [...]struct{ stage, flag uint8 }{{gzipExtraLow, 4}, {gzipName, 8}, {gzipComment, 16}, {gzipCRCLow, 2}} {
		if s.stage >= stage && z.gzipFlags&s.flag != 0 {
			z.gzipStage = s.stage
			return
		}
	}
	z.gzipStage = gzipEnd
}

func (z *Inflater) decoders() {
	if z.lit == nil {
		z.lit, z.dist = new(decoder), new(decoder)
	}
}

// fixed sets the codes that blocks without codes of their own have.
func (z *Inflater) fixed() {
	z.decoders()
	z.lit.build(fixedLengths[:], false)
	var five [32]uint8
	for i := range five {
		five[i] = 5
	}
	z.dist.build(five[:], false)
}

// codes reads the codes of a block.
func (z *Inflater) codes() (done bool, err error) {
	z.decoders()
	if z.state == stateCodeLengths {
		for z.have < z.ncode {
			if !z.need(3) {
				return false, nil
			}
			z.lengths[codeOrder[z.have]] = uint8(z.take(3))
			z.have++
		}
		if !z.lit.build(z.lengths[:19], false) {
			return false, DataError("invalid code lengths set")
		}
		z.lengths = [320]uint8{}
		z.have, z.state = 0, stateLengths
	}
	for z.have < z.nlit+z.ndist {
		s, l, ok := z.next(z.lit)
		if !ok {
			return false, nil
		}
		if l < 0 {
			return false, DataError("invalid code lengths set")
		}
		if s < 16 {
			z.take(uint(l))
			z.lengths[z.have] = uint8(s)
			z.have++
			continue
		}
		extra, base, value := uint(2), 3, uint8(0)
		switch s {
		case 17:
			extra = 3
		case 18:
			extra, base = 7, 11
		}
		if !z.need(uint(l) + extra) {
			return false, nil
		}
		if s == 16 {
			if z.have == 0 {
				return false, DataError("invalid bit length repeat")
			}
			value = z.lengths[z.have-1]
		}
		z.take(uint(l))
		n := base + z.take(extra)
		if z.have+n > z.nlit+z.ndist {
			return false, DataError("invalid bit length repeat")
		}
		for ; n > 0; n-- {
			z.lengths[z.have] = value
			z.have++
		}
	}
	switch {
	case z.lengths[endOfBlock] == 0:
		return false, DataError("invalid code -- missing end-of-block")
	case !z.lit.build(z.lengths[:z.nlit], true):
		return false, DataError("invalid literal/lengths set")
	case !z.dist.build(z.lengths[z.nlit:z.nlit+z.ndist], true):
		return false, DataError("invalid distances set")
	}
	z.state = stateSymbols
	return true, nil
}

// next finds the next symbol without taking it; ok is false if there is not enough input.
func (z *Inflater) next(d *decoder) (symbol, length int, ok bool) {
	for {
		s, l := d.find(z.bits, z.nbits)
		if l != tooFew {
			return s, l, true
		}
		if !z.need(z.nbits + 1) {
			return 0, 0, false
		}
	}
}

// symbols decompresses a block. A symbol is taken when all that belongs to it is there. done is false at the end of input or of the room for output.
func (z *Inflater) symbols(out []byte, start, end int) (_ []byte, done bool, err error) {
	for {
		if z.state == stateMatch {
			if out = z.match(out, start, end); z.length > 0 {
				return out, false, nil
			}
			z.state = stateSymbols
		}
		for z.nbits <= 48 && z.pos < len(z.src) {
			z.bits |= uint64(z.src[z.pos]) << z.nbits
			z.nbits += 8
			z.pos++
		}
		s, l := z.lit.find(z.bits, z.nbits)
		switch {
		case l == tooFew:
			return out, false, nil
		case l < 0:
			return out, false, DataError("invalid literal/length code")
		case s < endOfBlock:
			if len(out) == end {
				return out, false, nil
			}
			z.bits >>= l
			z.nbits -= uint(l)
			out = append(out, byte(s))
			continue
		case s == endOfBlock:
			z.bits >>= l
			z.nbits -= uint(l)
			z.state = stateBlock
			return out, true, nil
		}
		if s -= endOfBlock + 1; s >= len(lengthBase) {
			return out, false, DataError("invalid literal/length code")
		}
		if len(out) == end {
			return out, false, nil
		}
		n := uint(l) + uint(lengthExtra[s])
		if z.nbits < n {
			return out, false, nil
		}
		length := int(lengthBase[s]) + int(z.bits>>l&(1<<lengthExtra[s]-1))
		d, dl := z.dist.find(z.bits>>n, z.nbits-n)
		switch {
		case dl == tooFew:
			return out, false, nil
		case dl < 0 || d >= len(distBase):
			return out, false, DataError("invalid distance code")
		}
		n += uint(dl)
		if z.nbits < n+uint(distExtra[d]) {
			return out, false, nil
		}
		distance := int(distBase[d]) + int(z.bits>>n&(1<<distExtra[d]-1))
		if distance > z.maxDist || distance > len(out)-start+len(z.history) {
			return out, false, DataError("invalid distance too far back")
		}
		n += uint(distExtra[d])
		z.bits >>= n
		z.nbits -= n
		z.length, z.distance, z.state = length, distance, stateMatch
	}
}

// match copies what a match refers to, as far as there is room.
func (z *Inflater) match(out []byte, start, end int) []byte {
	n := z.length
	if end >= 0 {
		n = min(n, end-len(out))
	}
	z.length -= n
	for n > 0 {
		from := len(out) - z.distance
		if from < start {
			h := z.history[len(z.history)-(start-from):]
			k := min(n, len(h))
			out = append(out, h[:k]...)
			n -= k
			continue
		}
		k := min(n, z.distance)
		out = append(out, out[from:from+k]...)
		n -= k
	}
	return out
}
