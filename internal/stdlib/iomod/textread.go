package iomod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// setChars replaces what has been decoded and not read.
func (x *text) setChars(s string, n int) {
	x.chars, x.n, x.at, x.used = s, n, 0, 0
}

// ascii reports whether all of chars is.
func (x *text) ascii() bool { return x.n == len(x.chars) }

// readable raises what reading raises if there is no decoder.
func (x *text) readable(t *Thread) bool {
	if !x.canRead {
		unsupported(t, "not readable")
		return false
	}
	return true
}

// decode decodes bytes, which may be shared.
func (x *text) decode(t *Thread, data string, final bool) (s string, n int, ok bool) {
	if !x.native {
		return x.decodeWith(t, object.MakeBytes(data), final)
	}
	if x.rest != "" {
		data = x.rest + data
		x.rest = ""
	}
	d, ok := t.DecodeFrom(x.codec, object.EmptyBytes, data, 0, x.errorsName, final)
	if !ok {
		return "", 0, false
	}
	if d.Used < len(data) {
		x.rest = data[d.Used:]
	}
	s, n = d.Text, d.Points
	if x.wrapped {
		s, n = x.nl.feed(s, n, final)
	}
	return s, n, true
}

// decodeWith decodes with the decoder of the codec.
func (x *text) decodeWith(t *Thread, data Value, final bool) (s string, n int, ok bool) {
	var v Value
	if x.decoder.Is(&newlineType) {
		v = object.To[newlineDecoder](x.decoder).decode(t, data, final)
	} else {
		v = t.CallMethod(x.decoder, nameDecode, data, object.MakeBool(final))
	}
	if v.P == nil {
		return "", 0, false
	}
	if !v.IsStr() {
		t.TypeErrorf("decoder should return a string result, not '%s'", v.Type().Name)
		return "", 0, false
	}
	return v.Str().S, v.Str().Len(), true
}

// decoderState is what the decoder has kept back, and its flags.
func (x *text) decoderState(t *Thread) (kept string, flags Value, ok bool) {
	if x.native {
		return x.rest, object.MakeInt(int64(bit(x.nl.pendingCR))), true
	}
	s := t.CallMethod(x.decoder, nameGetstate)
	if s.P == nil {
		return "", s, false
	}
	if !s.Is(&object.TupleType) || len(object.To[object.Tuple](s).Items()) != 2 {
		t.TypeErrorf("illegal decoder state")
		return "", s, false
	}
	v := object.To[object.Tuple](s).Items()
	if v[0].Type().Flags&object.FlagBytes == 0 {
		t.TypeErrorf("illegal decoder state: the first item should be a bytes object, not '%s'", v[0].Type().Name)
		return "", s, false
	}
	if flags = t.Index(v[1]); flags.P == nil {
		return "", s, false
	}
	return object.To[object.Bytes](v[0]).S, flags, true
}

func (x *text) setDecoderState(t *Thread, kept string, flags Value) bool {
	if x.native {
		n, _ := object.AsInt64(flags)
		x.rest, x.nl.pendingCR = kept, n&1 != 0
		return true
	}
	return t.CallMethod(x.decoder, nameSetstate, object.Of(object.NewTuple(object.MakeBytes(kept), flags))).P != nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// chunk reads and decodes one chunk. more is false at the end of the file.
func (x *text) chunk(t *Thread, hint int) (more, ok bool) {
	var kept string
	var flags Value
	if x.telling {
		if kept, flags, ok = x.decoderState(t); !ok {
			return false, false
		}
	}
	size := x.chunkSize
	if hint > 0 {
		if n := int(max(x.ratio, 1) * float64(hint)); n > size {
			size = n
		}
	}
	var data Value
	var raw string
	if b := x.buf; b != nil && b.file != nil && b.readable && b.ready {
		p, ok := b.chunk(t, size)
		if !ok {
			return false, false
		}
		raw = string(p)
	} else {
		name := nameRead
		if x.hasRead1 {
			name = nameRead1
		}
		if data = t.CallMethod(x.buffer, name, object.MakeInt(int64(size))); data.P == nil {
			return false, false
		}
		if data.Type().Buffer == nil {
			t.TypeErrorf("underlying %s() should have returned a bytes-like object, not '%s'", name.S, data.Type().Name)
			return false, false
		}
		if raw, ok = native.Text(t, data); !ok {
			return false, false
		}
	}
	more = raw != ""
	var s string
	var n int
	if data.P != nil && !x.native {
		s, n, ok = x.decodeWith(t, data, !more)
	} else {
		s, n, ok = x.decode(t, raw, !more)
	}
	if !ok {
		return false, false
	}
	x.setChars(s, n)
	x.ratio = 0
	if n > 0 {
		x.ratio = float64(len(raw)) / float64(n)
	}
	if s != "" {
		more = true
	}
	if x.telling {
		x.hasSnapshot, x.flags, x.input = true, flags, raw
		if kept != "" {
			x.input = kept + raw
		}
	}
	return more, true
}

// take returns the next size bytes of what is decoded, which are n characters.
func (x *text) take(size, n int) Value {
	s := x.chars[x.at : x.at+size]
	x.at += size
	x.used += n
	if size <= 88 || size*4 < len(x.chars) {
		return object.CopyText(view(s), n)
	}
	return object.MakeText(s, n)
}

// left is the number of characters that are decoded and not read.
func (x *text) left() int { return x.n - x.used }

func textRead(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	n, ok := sizeArg(t, a[1])
	if !ok || !x.open(t) || !x.readable(t) || !x.writeOut(t) {
		return Value{}
	}
	if n < 0 {
		return x.readAll(t)
	}
	if n <= x.left() {
		return x.takeChars(n)
	}
	left := n - x.left()
	var buf []byte
	count := x.left()
	buf = append(buf, x.chars[x.at:]...)
	x.at, x.used = len(x.chars), x.n
	for left > 0 {
		more, ok := x.chunk(t, left)
		if !ok {
			return Value{}
		}
		if !more {
			break
		}
		if len(buf) == 0 && left <= x.n {
			return x.takeChars(left)
		}
		k := min(left, x.n)
		size := len(x.chars)
		if k < x.n {
			size = points(x.chars, k)
		}
		buf = append(buf, x.chars[:size]...)
		x.at, x.used = size, k
		left -= k
		count += k
	}
	return object.CopyText(buf, count)
}

// takeChars returns the next n characters, which are there.
func (x *text) takeChars(n int) Value {
	size := n
	if !x.ascii() {
		size = points(x.chars[x.at:], n)
	}
	return x.take(size, n)
}

// readAll reads to the end of the file.
func (x *text) readAll(t *Thread) Value {
	var raw string
	var data Value
	if b := x.buf; b != nil && b.readable && b.ready {
		data = bufferedRead(t, []Value{x.buffer, {}})
	} else {
		data = t.CallMethod(x.buffer, nameRead)
	}
	if data.P == nil {
		return data
	}
	if data.IsNone() {
		blocking(t, "Read returned None.", 0)
		return Value{}
	}
	var s string
	var n int
	ok := true
	if x.native {
		if data.Type().Buffer == nil {
			return t.TypeErrorf("underlying read() should have returned a bytes-like object, not '%s'", data.Type().Name)
		}
		if raw, ok = native.Text(t, data); !ok {
			return Value{}
		}
		s, n, ok = x.decode(t, raw, true)
	} else {
		s, n, ok = x.decodeWith(t, data, true)
	}
	if !ok {
		return Value{}
	}
	var v Value
	if have := x.chars[x.at:]; have != "" {
		v = object.MakeText(have+s, x.left()+n)
	} else {
		v = object.MakeText(s, n)
	}
	x.setChars("", 0)
	x.hasSnapshot = false
	return v
}

func textReadline(t *Thread, a []Value) Value {
	x := object.To[text](a[0])
	limit := -1
	if a[1].P != nil {
		var ok bool
		if limit, ok = t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	if !x.open(t) {
		return Value{}
	}
	return x.readline(t, limit)
}

// readline reads a line, at most limit characters of it unless that is negative.
func (x *text) readline(t *Thread, limit int) Value {
	if len(x.pending) > 0 && !x.writeOut(t) {
		return Value{}
	}
	if x.at < len(x.chars) {
		if v := x.line(limit); v.P != nil {
			return v
		}
	}
	var buf []byte
	count := 0
	for {
		for x.at >= len(x.chars) {
			if !x.readable(t) {
				return Value{}
			}
			more, ok := x.chunk(t, 0)
			if !ok {
				return Value{}
			}
			if !more {
				x.setChars("", 0)
				x.hasSnapshot = false
				return object.CopyText(buf, count)
			}
		}
		rest := limit
		if limit >= 0 {
			rest = limit - count
		}
		if buf == nil {
			if v := x.line(rest); v.P != nil {
				return v
			}
		} else {
			// The end of a line may begin in one chunk and go on in the next.
			size, n, done := x.joined(buf, rest)
			buf = append(buf, x.chars[x.at:x.at+size]...)
			count += n
			x.at += size
			x.used += n
			if done {
				return object.CopyText(buf, count)
			}
			continue
		}
		buf = append(buf, x.chars[x.at:]...)
		count += x.left()
		x.at, x.used = len(x.chars), x.n
	}
}

// line returns the next line if what is decoded has all of it, or limit characters; else no value.
func (x *text) line(limit int) Value {
	s := x.chars[x.at:]
	cut := false
	if limit >= 0 && limit <= x.left() {
		k := limit
		if !x.ascii() {
			k = points(s, limit)
		}
		s, cut = s[:k], true
	}
	size := x.ends.find(s)
	if size < 0 {
		if !cut {
			return Value{}
		}
		size = len(s)
	}
	n := size
	if !x.ascii() {
		n = object.CountPoints(s[:size])
	}
	return x.take(size, n)
}

// joined says how much of what is decoded belongs to the line that buf has the beginning of.
func (x *text) joined(buf []byte, limit int) (size, n int, done bool) {
	s := x.chars[x.at:]
	if limit >= 0 && limit <= x.left() {
		s, done = s[:points(s, limit)], true
	}
	end := -1
	if nl := x.ends.nl; !x.ends.translated && !x.ends.universal && len(nl) == 2 && len(buf) > 0 && buf[len(buf)-1] == nl[0] && s != "" && s[0] == nl[1] {
		end = 1
	} else {
		end = x.ends.find(s)
	}
	if end >= 0 {
		s, done = s[:end], true
	}
	return len(s), object.CountPoints(s), done
}

func textNext(t *Thread, v Value) Value {
	x := object.To[text](v)
	if !x.attached(t) {
		return Value{}
	}
	x.telling = false
	var line Value
	if v.Is(&textType) {
		if !x.open(t) {
			return Value{}
		}
		line = x.readline(t, -1)
	} else {
		line = t.CallMethod(v, nameReadline)
		if line.P != nil && !line.IsStr() {
			return t.Raisef(&object.OSErrorType, "readline() should have returned a str object, not '%s'", line.Type().Name)
		}
	}
	if line.P == nil {
		return line
	}
	if line.Str().Len() == 0 {
		x.hasSnapshot = false
		x.telling = x.seekable
		return Value{}
	}
	return line
}
