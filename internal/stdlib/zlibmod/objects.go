package zlibmod

import (
	"github.com/krait-py/krait/internal/deflate"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var compressType, decompressType object.Type

// compressor is a compressor object; z is nil once it has finished.
type compressor struct {
	object.Head
	z *deflate.Deflater
}

func compressobj(t *Thread, a []Value) Value {
	var n [5]int
	for i, def := range [...]int{-1, 8, 15, 8, 0} {
		var ok bool
		if n[i], ok = number(t, a[i], def); !ok {
			return Value{}
		}
	}
	var dict []byte
	if a[5].P != nil {
		s, ok := native.Readable(t, a[5])
		if !ok {
			return Value{}
		}
		dict = append(make([]byte, 0, len(s.Bytes)), s.Bytes...)
		s.Release(t)
	}
	f, bits, ok := deflateFormat(n[2])
	if !ok || n[0] < -1 || n[0] > 9 || n[1] != 8 || n[3] < 1 || n[3] > 9 || n[4] < 0 || n[4] > 4 || dict != nil && f == deflate.Gzip {
		return t.ValueErrorf("Invalid initialization option")
	}
	return object.Of(&compressor{object.Head{Type: &compressType}, deflate.NewDeflater(f, n[0], bits, n[3], deflate.Strategy(n[4]), dict)})
}

func compressMore(t *Thread, a []Value) Value {
	c := object.To[compressor](a[0])
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	if c.z == nil {
		return failure(t, streamError, "while compressing data", "")
	}
	return native.MakeBytes(c.z.Deflate(nil, b.Bytes, deflate.NoFlush))
}

func compressFlush(t *Thread, a []Value) Value {
	c := object.To[compressor](a[0])
	mode, ok := number(t, a[1], int(deflate.Finish))
	if !ok {
		return Value{}
	}
	if mode == int(deflate.NoFlush) {
		return object.MakeBytes("")
	}
	if c.z == nil || mode < 0 || mode > int(deflate.Block) {
		return failure(t, streamError, "while flushing", "")
	}
	v := native.MakeBytes(c.z.Deflate(nil, nil, deflate.Flush(mode)))
	if mode == int(deflate.Finish) {
		c.z = nil
	}
	return v
}

func compressCopy(t *Thread, a []Value) Value {
	c := object.To[compressor](a[0])
	if c.z == nil {
		return t.ValueErrorf("Inconsistent stream state")
	}
	return object.Of(&compressor{c.Head, c.z.Copy()})
}

// decompressor is a decompressor object.
type decompressor struct {
	object.Head
	z            *deflate.Inflater
	given        bool // it has a dictionary
	unused, tail Value
	eof          bool
	ended        bool // flushed at its end: there is nothing to copy
}

func decompressobj(t *Thread, a []Value) Value {
	wbits, ok := number(t, a[0], 15)
	if !ok {
		return Value{}
	}
	dict, ok := dictArg(t, a[1])
	if !ok {
		return Value{}
	}
	f, bits, ok := inflateFormat(wbits)
	if !ok {
		return t.ValueErrorf("Invalid initialization option")
	}
	empty := object.MakeBytes("")
	return object.Of(&decompressor{Head: object.Head{Type: &decompressType}, z: deflate.NewInflater(f, bits, dict), given: len(dict) > 0, unused: empty, tail: empty})
}

// inflate decompresses p, at most limit bytes of output (negative: any number), and keeps what is left of it.
func (d *decompressor) inflate(t *Thread, p []byte, limit int) Value {
	var out []byte
	used := 0
	if !d.eof {
		var err error
		if out, used, err = d.z.Inflate(nil, p, limit); err != nil {
			return inflateError(t, err, d.given)
		}
	}
	rest := p[used:]
	if d.eof = d.eof || d.z.Done(); d.eof {
		if len(rest) > 0 {
			d.unused = object.MakeBytes(object.To[object.Bytes](d.unused).S + string(rest))
		}
		rest = nil
	}
	if len(rest) > 0 || object.To[object.Bytes](d.tail).S != "" {
		d.tail = object.MakeBytes(string(rest))
	}
	return native.MakeBytes(out)
}

func decompressMore(t *Thread, a []Value) Value {
	d := object.To[decompressor](a[0])
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	limit := 0
	if a[2].P != nil {
		if limit, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	if limit < 0 {
		return t.ValueErrorf("max_length must be non-negative")
	}
	if limit == 0 {
		limit = -1
	}
	return d.inflate(t, b.Bytes, limit)
}

func decompressFlush(t *Thread, a []Value) Value {
	d := object.To[decompressor](a[0])
	if a[1].P != nil {
		n, ok := t.AsSize(a[1])
		if !ok {
			return Value{}
		}
		if n <= 0 {
			return t.ValueErrorf("length must be greater than zero")
		}
	}
	v := d.inflate(t, []byte(object.To[object.Bytes](d.tail).S), -1)
	d.ended = d.eof
	return v
}

func decompressCopy(t *Thread, a []Value) Value {
	c := *object.To[decompressor](a[0])
	if c.ended {
		return t.ValueErrorf("Inconsistent stream state")
	}
	c.z = c.z.Copy()
	return object.Of(&c)
}

// incrementalType is _ZlibDecompressor.
var incrementalType object.Type

// incremental is a decompressor that keeps its input itself.
type incremental struct {
	object.Head
	z      *deflate.Inflater
	given  bool
	input  []byte
	hungry bool
	unused Value
}

func newIncremental(t *Thread, cls *object.Type, a []Value) Value {
	wbits, ok := number(t, a[0], 15)
	if !ok {
		return Value{}
	}
	dict, ok := dictArg(t, a[1])
	if !ok {
		return Value{}
	}
	f, bits, ok := inflateFormat(wbits)
	if !ok {
		return t.ValueErrorf("Invalid initialization option")
	}
	return object.Of(&incremental{object.Head{Type: cls}, deflate.NewInflater(f, bits, dict), len(dict) > 0, nil, true, object.MakeBytes("")})
}

func incrementalMore(t *Thread, a []Value) Value {
	d := object.To[incremental](a[0])
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	limit := -1
	if a[2].P != nil {
		if limit, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	if d.z.Done() {
		return t.Raisef(&object.EOFErrorType, "End of stream already reached")
	}
	src := b.Bytes
	if len(d.input) > 0 {
		src = append(d.input, src...)
	}
	out, used, err := d.z.Inflate(nil, src, limit)
	if err != nil {
		d.input = nil
		return inflateError(t, err, d.given)
	}
	rest := src[used:]
	d.input = nil
	switch {
	case d.z.Done():
		d.hungry = false
		d.unused = object.MakeBytes(string(rest))
	case len(rest) > 0 || limit >= 0 && len(out) >= limit:
		d.input = append([]byte(nil), rest...)
		d.hungry = false
	default:
		d.hungry = true
	}
	return native.MakeBytes(out)
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&compressType, object.TypeSpec{Name: "Compress", Module: "zlib", Methods: []object.MethodDef{
		{Name: "compress", Sig: "($self, data, /)", Fn: compressMore, Doc: "Returns a bytes object containing compressed data.\n\nAfter calling this function, some of the input data may still\nbe stored in internal buffers for later processing.\nCall the flush() method to clear these buffers."},
		{Name: "flush", Sig: "($self, mode=zlib.Z_FINISH, /)", Fn: compressFlush, Doc: "Return a bytes object containing any remaining compressed data."},
		{Name: "copy", Sig: "($self, /)", Fn: compressCopy, Doc: "Return a copy of the compression object."},
		{Name: "__copy__", Sig: "($self, /)", Fn: compressCopy},
		{Name: "__deepcopy__", Sig: "($self, memo, /)", Fn: compressCopy},
	}})
	object.Define(&decompressType, object.TypeSpec{Name: "Decompress", Module: "zlib",
		Methods: []object.MethodDef{
			{Name: "decompress", Sig: "($self, data, /, max_length=0)", Fn: decompressMore, Doc: "Return a bytes object containing the decompressed version of the data.\n\nAfter calling this function, some of the input data may still be stored in\ninternal buffers for later processing."},
			{Name: "flush", Sig: "($self, length=zlib.DEF_BUF_SIZE, /)", Fn: decompressFlush, Doc: "Return a bytes object containing any remaining decompressed data."},
			{Name: "copy", Sig: "($self, /)", Fn: decompressCopy, Doc: "Return a copy of the decompression object."},
			{Name: "__copy__", Sig: "($self, /)", Fn: decompressCopy},
			{Name: "__deepcopy__", Sig: "($self, memo, /)", Fn: decompressCopy},
		},
		GetSets: []object.GetSetDef{
			{Name: "unused_data", Member: true, Get: func(t *Thread, v Value) Value { return object.To[decompressor](v).unused }},
			{Name: "unconsumed_tail", Member: true, Get: func(t *Thread, v Value) Value { return object.To[decompressor](v).tail }},
			{Name: "eof", Member: true, Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[decompressor](v).eof) }},
		}})
	object.Define(&incrementalType, object.TypeSpec{Name: "_ZlibDecompressor", Module: "zlib", Sig: "(wbits=15, zdict=b'')",
		Doc:   "Create a decompressor object for decompressing data incrementally.",
		Slots: object.Slots{New: object.Constructor("_ZlibDecompressor", "(wbits=15, zdict=b'')", newIncremental)},
		Methods: []object.MethodDef{
			{Name: "decompress", Sig: "($self, /, data, max_length=-1)", Fn: incrementalMore, Doc: "Decompress *data*, returning uncompressed data as bytes.\n\nIf *max_length* is nonnegative, returns at most *max_length* bytes of\ndecompressed data."},
		},
		GetSets: []object.GetSetDef{
			{Name: "eof", Member: true, Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[incremental](v).z.Done()) }, Doc: "True if the end-of-stream marker has been reached."},
			{Name: "unused_data", Member: true, Get: func(t *Thread, v Value) Value { return object.To[incremental](v).unused }, Doc: "Data found after the end of the compressed stream."},
			{Name: "needs_input", Member: true, Get: func(t *Thread, v Value) Value { return object.MakeBool(object.To[incremental](v).hungry) }, Doc: "True if more input is needed before more decompressed data can be produced."},
		}})
}
