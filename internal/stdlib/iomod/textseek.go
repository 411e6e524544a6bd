package iomod

import (
	"math/big"

	"github.com/krait-py/krait/internal/object"
)

// cookie is what tell returns: a position of the buffer where decoding can begin, and how to come from there to the character.
// As a number, start has the low 64 bits, then come flags, feed and skip; eof is one bit more.
type cookie struct {
	start int64
	flags int64 // of the decoder
	feed  int   // bytes to decode
	skip  int   // characters of what they give to skip
	eof   bool  // the decoder is told that this is the end
}

func (c *cookie) value() Value {
	if c.flags == 0 && c.feed == 0 && c.skip == 0 && !c.eof {
		return object.MakeInt(c.start)
	}
	z := new(big.Int)
	if c.eof {
		z.SetInt64(1)
	}
	for _, part := range [...]struct {
		bits uint
		v    int64
	}{{32, int64(c.skip)}, {32, int64(c.feed)}, {32, c.flags}, {64, c.start}} {
		z.Lsh(z, part.bits)
		z.Or(z, big.NewInt(part.v))
	}
	return object.MakeBig(z)
}

func (c *cookie) parse(t *Thread, v Value) bool {
	z := object.AsBig(v)
	if z.BitLen() > 64+3*32+8 {
		t.OverflowErrorf("int too big to convert")
		return false
	}
	mask := func(bits uint) int64 {
		m := new(big.Int).SetUint64(1<<bits - 1)
		if bits == 64 {
			m.SetUint64(1<<64 - 1)
		}
		r := int64(new(big.Int).And(z, m).Uint64())
		z = new(big.Int).Rsh(z, bits)
		return r
	}
	c.start = mask(64)
	c.flags = int64(int32(mask(32)))
	c.feed = int(int32(mask(32)))
	c.skip = int(int32(mask(32)))
	c.eof = z.Sign() != 0
	return true
}

func textTell(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	if !x.open(t) {
		return Value{}
	}
	if !x.seekable {
		return unsupported(t, "underlying stream is not seekable")
	}
	if !x.telling {
		return t.Raisef(&object.OSErrorType, "telling position disabled by next() call")
	}
	if !x.writeOut(t) || t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	pos := t.CallMethod(x.buffer, nameTell)
	if pos.P == nil || !x.canRead || !x.hasSnapshot {
		return pos
	}
	start, ok := offset(t, pos)
	if !ok {
		return Value{}
	}
	flags, ok := object.AsInt64(x.flags)
	if !ok {
		return t.OverflowErrorf("Python int too large to convert to C int")
	}
	c := cookie{start: start - int64(len(x.input)), flags: flags}
	if x.used == 0 {
		return c.value()
	}
	kept, now, ok := x.decoderState(t)
	if !ok {
		return Value{}
	}
	seen := x.nl.seen
	ok = x.locate(t, &c)
	exc := t.Exc
	t.Exc = nil
	if !x.setDecoderState(t, kept, now) {
		if ok {
			return Value{}
		}
		t.Exc = nil
	}
	x.nl.seen = seen
	if !ok {
		t.Exc = exc
		return Value{}
	}
	return c.value()
}

// locate completes a cookie that stands at the start of the chunk: it finds the last position before the character that
// comes next at which the decoder keeps nothing back.
func (x *text) locate(t *Thread, c *cookie) bool {
	skip, input, flags := x.used, x.input, object.MakeInt(c.flags)
	from := min(int(x.ratio*float64(skip)), len(input))
	for back := 1; ; {
		if from <= 0 {
			from = 0
			if !x.setDecoderState(t, "", flags) {
				return false
			}
			break
		}
		if !x.setDecoderState(t, "", flags) {
			return false
		}
		_, n, ok := x.decode(t, input[:from], false)
		if !ok {
			return false
		}
		if n > skip {
			from -= back
			back *= 2
			continue
		}
		kept, now, ok := x.decoderState(t)
		if !ok {
			return false
		}
		if kept == "" {
			skip -= n
			flags = now
			break
		}
		from -= len(kept)
		back = 1
	}
	c.start += int64(from)
	c.flags, _ = object.AsInt64(flags)
	if skip == 0 {
		return true
	}
	// Byte by byte to the character.
	fed, decoded := 0, 0
	for i := from; i < len(input); i++ {
		fed++
		_, n, ok := x.decode(t, input[i:i+1], false)
		if !ok {
			return false
		}
		decoded += n
		kept, now, ok := x.decoderState(t)
		if !ok {
			return false
		}
		if kept == "" && decoded <= skip {
			c.start += int64(fed)
			c.flags, _ = object.AsInt64(now)
			skip -= decoded
			fed, decoded = 0, 0
		}
		if decoded >= skip {
			c.feed, c.skip = fed, skip
			return true
		}
	}
	_, n, ok := x.decode(t, "", true)
	if !ok {
		return false
	}
	c.feed, c.skip, c.eof = fed, skip, true
	if decoded+n < skip {
		t.Raisef(&object.OSErrorType, "can't reconstruct logical file position")
		return false
	}
	return true
}

func textSeek(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	whence := 0
	if a[2].P != nil {
		var ok bool
		if whence, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if !x.open(t) {
		return Value{}
	}
	if !x.seekable {
		return unsupported(t, "underlying stream is not seekable")
	}
	pos := a[1]
	if whence == 1 || whence == 2 {
		zero, ok := t.Equal(pos, object.MakeInt(0))
		if !ok {
			return Value{}
		}
		if !zero && whence == 1 {
			return unsupported(t, "can't do nonzero cur-relative seeks")
		}
		if !zero {
			return unsupported(t, "can't do nonzero end-relative seeks")
		}
	}
	switch whence {
	case 0:
	case 1:
		if pos = t.CallMethod(a[0], nameTell); pos.P == nil {
			return pos
		}
	case 2:
		return x.seekEnd(t, a[0])
	default:
		return t.ValueErrorf("invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	if pos = t.Index(pos); pos.P == nil {
		return pos
	}
	negative, ok := t.CompareBool(pos, object.MakeInt(0), object.CmpLt)
	if !ok {
		return Value{}
	}
	if negative {
		r := t.Repr(pos)
		if r == nil {
			return Value{}
		}
		return t.ValueErrorf("negative seek position %s", r.S)
	}
	if t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	var c cookie
	if !c.parse(t, pos) {
		return Value{}
	}
	if t.CallMethod(x.buffer, nameSeek, object.MakeInt(c.start)).P == nil {
		return Value{}
	}
	x.setChars("", 0)
	x.hasSnapshot = false
	if x.canRead {
		if c.start == 0 && c.flags == 0 {
			if !x.resetDecoder(t) {
				return Value{}
			}
		} else if !x.setDecoderState(t, "", object.MakeInt(c.flags)) {
			return Value{}
		}
	}
	if c.skip > 0 {
		if !x.restore(t, &c) {
			return Value{}
		}
	} else {
		x.hasSnapshot, x.flags, x.input = true, object.MakeInt(c.flags), ""
	}
	if x.canWrite && !x.encoderAt(t, c.start == 0 && c.flags == 0) {
		return Value{}
	}
	return pos
}

// restore decodes what lies between the start of a cookie and its character.
func (x *text) restore(t *Thread, c *cookie) bool {
	data := t.CallMethod(x.buffer, nameRead, object.MakeInt(int64(c.feed)))
	if data.P == nil {
		return false
	}
	if data.Type().Flags&object.FlagBytes == 0 {
		t.TypeErrorf("underlying read() should have returned a bytes object, not '%s'", data.Type().Name)
		return false
	}
	raw := object.To[object.Bytes](data).S
	x.hasSnapshot, x.flags, x.input = true, object.MakeInt(c.flags), raw
	s, n, ok := x.decode(t, raw, c.eof)
	if !ok {
		return false
	}
	x.setChars(s, n)
	if n < c.skip {
		t.Raisef(&object.OSErrorType, "can't restore logical file position")
		return false
	}
	x.at, x.used = points(s, c.skip), c.skip
	return true
}

// seekEnd goes to the end of the file.
func (x *text) seekEnd(t *Thread, self Value) Value {
	if t.CallMethod(self, nameFlush).P == nil {
		return Value{}
	}
	x.setChars("", 0)
	x.hasSnapshot = false
	if x.canRead && !x.resetDecoder(t) {
		return Value{}
	}
	r := t.CallMethod(x.buffer, nameSeek, object.MakeInt(0), object.MakeInt(2))
	if r.P == nil {
		return r
	}
	if x.canWrite {
		zero, ok := t.Equal(r, object.MakeInt(0))
		if !ok || !x.encoderAt(t, zero) {
			return Value{}
		}
	}
	return r
}

// encoderAt tells the encoder whether it stands at the start of the file.
func (x *text) encoderAt(t *Thread, start bool) bool {
	x.atStart = start
	if x.native {
		return true
	}
	if start {
		return t.CallMethod(x.encoder, nameReset).P != nil
	}
	return t.CallMethod(x.encoder, nameSetstate, object.MakeInt(0)).P != nil
}

func textTruncate(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	if !x.attached(t) || t.CallMethod(a[0], nameFlush).P == nil {
		return Value{}
	}
	return t.CallMethod(x.buffer, nameTruncate, object.OrNone(a[1]))
}
