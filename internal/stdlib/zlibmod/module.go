// Package zlibmod is module zlib, over package deflate.
package zlibmod

import (
	"math/big"
	"strconv"

	"github.com/krait-py/krait/internal/deflate"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// What zlib's functions return when something is wrong.
const (
	needDict    = 2
	streamError = -2
	dataError   = -3
	bufError    = -5
)

const errorKey = "zlib.error"

// Module is the definition of zlib.
var Module = object.ModuleDef{
	Name:  "zlib",
	Setup: setup,
	Doc:   "The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.\n\nadler32(string[, start]) -- Compute an Adler-32 checksum.\ncompress(data[, level]) -- Compress data, with compression level 0-9 or -1.\ncompressobj([level[, ...]]) -- Return a compressor object.\ncrc32(string[, start]) -- Compute a CRC-32 checksum.\ndecompress(string,[wbits],[bufsize]) -- Decompresses a compressed string.\ndecompressobj([wbits[, zdict]]) -- Return a decompressor object.\n\n'wbits' is window buffer size and container format.\nCompressor objects support compress() and flush() methods; decompressor\nobjects support decompress() and flush().",
	Methods: []object.MethodDef{
		{Name: "adler32", Sig: "(data, value=1, /)", Fn: checksum(1, deflate.Adler32), Doc: "Compute an Adler-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer."},
		{Name: "crc32", Sig: "(data, value=0, /)", Fn: checksum(0, deflate.CRC32), Doc: "Compute a CRC-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer."},
		{Name: "compress", Sig: "(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", Fn: compress, Doc: "Returns a bytes object containing compressed data.\n\n  data\n    Binary data to be compressed.\n  level\n    Compression level, in 0-9 or -1.\n  wbits\n    The window buffer size and container format."},
		{Name: "decompress", Sig: "(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", Fn: decompress, Doc: "Returns a bytes object containing the uncompressed data.\n\n  data\n    Compressed data.\n  wbits\n    The window buffer size and container format.\n  bufsize\n    The initial output buffer size."},
		{Name: "compressobj", Sig: "(level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)", Fn: compressobj, Doc: "Return a compressor object.\n\n  level\n    The compression level (an integer in the range 0-9 or -1; default is\n    currently equivalent to 6).  Higher compression levels are slower,\n    but produce smaller results.\n  method\n    The compression algorithm.  If given, this must be DEFLATED.\n  wbits\n    +9 to +15: The base-two logarithm of the window size.  Include a zlib\n        container.\n    -9 to -15: Generate a raw stream.\n    +25 to +31: Include a gzip container.\n  memLevel\n    Controls the amount of memory used for internal compression state.\n    Valid values range from 1 to 9.  Higher values result in higher memory\n    usage, faster compression, and smaller output.\n  strategy\n    Used to tune the compression algorithm.  Possible values are\n    Z_DEFAULT_STRATEGY, Z_FILTERED, and Z_HUFFMAN_ONLY.\n  zdict\n    The predefined compression dictionary - a sequence of bytes\n    containing subsequences that are likely to occur in the input data."},
		{Name: "decompressobj", Sig: "(wbits=MAX_WBITS, zdict=b'')", Fn: decompressobj, Doc: "Return a decompressor object.\n\n  wbits\n    The window buffer size and container format.\n  zdict\n    The predefined compression dictionary.  This must be the same\n    dictionary as used by the compressor that produced the input data."},
	},
	Types: []*object.Type{&incrementalType},
	Exec: func(t *Thread, m *object.Module) bool {
		e := t.NewExcClass("zlib", "error", "", &object.ExceptionType)
		if e == nil {
			return false
		}
		t.Interp.State[errorKey] = e
		m.Set(t, "error", object.Of(e))
		for _, c := range []struct {
			name string
			n    int64
		}{
			{"DEFLATED", 8}, {"DEF_BUF_SIZE", 16384}, {"DEF_MEM_LEVEL", 8}, {"MAX_WBITS", 15}, {"Z_BEST_COMPRESSION", 9}, {"Z_BEST_SPEED", 1}, {"Z_BLOCK", 5},
			{"Z_DEFAULT_COMPRESSION", -1}, {"Z_DEFAULT_STRATEGY", 0}, {"Z_FILTERED", 1}, {"Z_FINISH", 4}, {"Z_FIXED", 4}, {"Z_FULL_FLUSH", 3}, {"Z_HUFFMAN_ONLY", 2},
			{"Z_NO_COMPRESSION", 0}, {"Z_NO_FLUSH", 0}, {"Z_PARTIAL_FLUSH", 1}, {"Z_RLE", 3}, {"Z_SYNC_FLUSH", 2}, {"Z_TREES", 6},
		} {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		m.Set(t, "ZLIB_VERSION", object.MakeStr("1.3.1"))
		m.Set(t, "ZLIB_RUNTIME_VERSION", object.MakeStr("1.3.1"))
		m.Set(t, "__version__", object.MakeStr("1.0"))
		return true
	},
}

// zerror raises zlib.error.
func zerror(t *Thread, text string) Value {
	cls, _ := t.Interp.State[errorKey].(*object.Type)
	if cls == nil {
		cls = &object.ExceptionType
	}
	return t.Raisef(cls, "%s", text)
}

// failure raises zlib.error with a code, what was being done and why it failed.
func failure(t *Thread, code int, doing, why string) Value {
	text := "Error " + strconv.Itoa(code) + " " + doing
	if why == "" {
		switch code {
		case bufError:
			why = "incomplete or truncated stream"
		case streamError:
			why = "inconsistent stream state"
		case dataError:
			why = "invalid input data"
		}
	}
	if why != "" {
		text += ": " + why
	}
	return zerror(t, text)
}

// inflateError raises the error of an Inflater; given tells whether it has a dictionary.
func inflateError(t *Thread, err error, given bool) Value {
	if _, ok := err.(deflate.NeedDict); ok {
		if given {
			return failure(t, dataError, "while setting zdict", "")
		}
		return failure(t, needDict, "while decompressing data", "")
	}
	return failure(t, dataError, "while decompressing data", err.Error())
}

func checksum(start uint32, f func(sum uint32, p []byte) uint32) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		b, ok := native.Readable(t, a[0])
		if !ok {
			return Value{}
		}
		defer b.Release(t)
		sum := start
		if a[1].P != nil {
			x := t.Index(a[1])
			if x.P == nil {
				return x
			}
			if n, ok := object.AsInt64(x); ok {
				sum = uint32(n)
			} else {
				sum = uint32(new(big.Int).And(object.AsBig(x), big.NewInt(1<<32-1)).Uint64())
			}
		}
		return object.MakeInt(int64(f(sum, b.Bytes)))
	}
}

// number converts an optional C int.
func number(t *Thread, v Value, def int) (int, bool) {
	if v.P == nil {
		return def, true
	}
	return t.AsCInt(v)
}

// deflateFormat says what a wbits argument means for compression.
func deflateFormat(wbits int) (f deflate.Format, bits int, ok bool) {
	switch {
	case wbits >= 8 && wbits <= 15:
		return deflate.Zlib, wbits, true
	case wbits >= -15 && wbits <= -9:
		return deflate.Raw, -wbits, true
	case wbits >= 25 && wbits <= 31:
		return deflate.Gzip, wbits - 16, true
	}
	return 0, 0, false
}

// inflateFormat says what it means for decompression.
func inflateFormat(wbits int) (f deflate.Format, bits int, ok bool) {
	switch {
	case wbits == 0 || wbits >= 8 && wbits <= 15:
		return deflate.Zlib, wbits, true
	case wbits >= -15 && wbits <= -8:
		return deflate.Raw, -wbits, true
	case wbits == 16 || wbits >= 24 && wbits <= 31:
		return deflate.Gzip, wbits - 16, true
	case wbits == 32 || wbits >= 40 && wbits <= 47:
		return deflate.Auto, wbits - 32, true
	}
	return 0, 0, false
}

func compress(t *Thread, a []Value) Value {
	b, ok := native.Readable(t, a[0])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	level, ok := number(t, a[1], -1)
	if !ok {
		return Value{}
	}
	wbits, ok := number(t, a[2], 15)
	if !ok {
		return Value{}
	}
	f, bits, ok := deflateFormat(wbits)
	if !ok || level < -1 || level > 9 {
		return zerror(t, "Bad compression level")
	}
	z := deflate.NewDeflater(f, level, bits, 8, deflate.DefaultStrategy, nil)
	return native.MakeBytes(z.Deflate(nil, b.Bytes, deflate.Finish))
}

func decompress(t *Thread, a []Value) Value {
	b, ok := native.Readable(t, a[0])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	wbits, ok := number(t, a[1], 15)
	if !ok {
		return Value{}
	}
	size := 16384
	if a[2].P != nil {
		if size, ok = t.AsSize(a[2]); !ok {
			return Value{}
		}
	}
	if size < 0 {
		return t.ValueErrorf("bufsize must be non-negative")
	}
	f, bits, ok := inflateFormat(wbits)
	if !ok {
		return failure(t, streamError, "while preparing to decompress data", "")
	}
	z := deflate.NewInflater(f, bits, nil)
	out, _, err := z.Inflate(nil, b.Bytes, -1)
	if err != nil {
		return inflateError(t, err, false)
	}
	if !z.Done() {
		return failure(t, bufError, "while decompressing data", "")
	}
	return native.MakeBytes(out)
}

// dictArg copies a dictionary; nil for none.
func dictArg(t *Thread, v Value) ([]byte, bool) {
	if v.P == nil {
		return nil, true
	}
	if v.Type().Buffer == nil {
		t.TypeErrorf("zdict argument must support the buffer protocol")
		return nil, false
	}
	s, ok := native.Text(t, v)
	if !ok {
		return nil, false
	}
	return []byte(s), true
}
