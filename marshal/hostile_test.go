package marshal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// le is a little-endian number of four bytes.
func le(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }

// sampleStream is the marshal stream of a .pyc file of the repository.
type sampleStream struct {
	version pyver.Version
	data    []byte
}

func sampleStreams(t testing.TB) []sampleStream {
	t.Helper()
	var all []sampleStream
	for _, v := range pyver.All() {
		data, err := os.ReadFile(filepath.Join("..", "pyc", "testdata", v.String()+".pyc"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		n := 16
		switch {
		case v < pyver.Py33:
			n = 8
		case v < pyver.Py37:
			n = 12
		}
		all = append(all, sampleStream{v, data[n:]})
	}
	if len(all) < 11 {
		t.Fatalf("only %d samples", len(all))
	}
	return all
}

// allocated returns the bytes that f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// maxMemory is what reading n bytes may allocate in all: 100 times the input,
// and a constant for the reader and its first chunks.
func maxMemory(n int) uint64 { return 100*uint64(n) + 32<<10 }

func TestTruncated(t *testing.T) {
	for _, s := range sampleStreams(t) {
		for n := range s.data {
			_, _, err := Read(s.data[:n], Options{Version: s.version})
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%v cut to %d bytes: %v", s.version, n, err)
			}
			if !errors.Is(err, ErrTruncated) {
				t.Errorf("%v cut to %d bytes: %v", s.version, n, err)
			}
			if e.Offset > n || e.Found == "" || e.Wanted == "" {
				t.Errorf("%v cut to %d bytes: %+v", s.version, n, e)
			}
		}
	}
}

// Every bit flipped: an error, or a value that comes out as it went in. One
// version of each layout of code objects will do.
func TestBitFlips(t *testing.T) {
	for _, s := range sampleStreams(t) {
		switch s.version {
		case pyver.Py27, pyver.Py37, pyver.Py310, pyver.Py315:
		default:
			continue
		}
		opts := Options{Version: s.version}
		data := bytes.Clone(s.data)
		for i := range data {
			for bit := range 8 {
				data[i] ^= 1 << bit
				if st, err := ReadStream(data, opts); err == nil {
					got, err := st.Append(nil, opts)
					if err != nil || !bytes.Equal(got, data[:st.Size]) {
						t.Fatalf("%v, bit %d of byte %d: does not come out as it went in (%v)", s.version, bit, i, err)
					}
				} else if e := new(Error); !errors.As(err, &e) {
					t.Fatalf("%v, bit %d of byte %d: %v", s.version, bit, i, err)
				}
				data[i] ^= 1 << bit
			}
		}
	}
}

// Every four bytes made a huge length: no memory is taken for it.
func TestInflatedLengths(t *testing.T) {
	for _, s := range sampleStreams(t) {
		for i := 0; i+4 < len(s.data); i += 3 {
			data := bytes.Clone(s.data)
			copy(data[i:], le(0x7fffffff))
			got := allocated(func() { Read(data, Options{Version: s.version}) })
			if got > maxMemory(len(data)) {
				t.Errorf("%v, length at %d: %d bytes allocated", s.version, i, got)
			}
		}
	}
}

func TestHostile(t *testing.T) {
	const million = 1_000_000
	repeat := strings.Repeat
	tests := []struct {
		name   string
		stream string
		want   string // "" when it reads
	}{
		{"lists nested", repeat("["+le(1), million), "marshal: offset 10000: a value 2001 deep, want at most 2000"},
		{"tuples nested", repeat(")\x01", million), "marshal: offset 4000: a value 2001 deep, want at most 2000"},
		{"dicts nested", repeat("{", million), "marshal: offset 2000: a value 2001 deep, want at most 2000"},
		{"slices nested", repeat(":", million), "marshal: offset 2000: a value 2001 deep, want at most 2000"},
		{"code nested", repeat("c"+repeat(le(0), 5), million), "marshal: offset 42000: a value 2001 deep, want at most 2000"},
		// Each tuple claims all that is left: the second one cannot have it too.
		{"claims nested", repeat("("+le(million), 5000) + repeat("N", million), "marshal: offset 5: tuple of 1000000 items, but 1024990 bytes are left, and values around it wait for 999999 more"},
		{"claims inside code", "(" + le(40) + "c" + repeat("0", 20) + "s" + le(0) + "(" + le(1000) + repeat("N", 10), "marshal: offset 31: tuple of 1000 items, but 10 bytes are left"},
		{"claim of few inside code", "(" + le(40) + "c" + repeat("0", 20) + "s" + le(0) + "(" + le(2) + repeat("N", 10), "marshal: offset 31: tuple of 2 items, but 10 bytes are left, and values around it wait for 39 more"},
		{"claims in a row", "(" + le(1000) + repeat("("+le(5000), 1000), "marshal: offset 5: tuple of 5000 items, but 4995 bytes are left"},
		{"huge tuple", "(" + le(0x7fffffff) + "NNN", "marshal: offset 0: tuple of 2147483647 items, but 3 bytes are left"},
		{"negative list", "[" + le(-1), "marshal: offset 0: list of -1 items, want at least 0"},
		{"huge bytes", "s" + le(0x7fffffff) + "a", "marshal: offset 0: string of 2147483647 bytes, but 1 byte is left"},
		{"huge int", "l" + le(0x7fffffff), "marshal: offset 0: int of 2147483647 digits, but 0 bytes are left"},
		{"lowest int", "l" + le(-0x80000000), "marshal: offset 0: int of -2147483648 digits, want at least -2147483647"},
		{"cut length", "s\x01\x00", "marshal: offset 0: string, but 2 bytes are left"},
		{"unknown code", "q", "marshal: offset 0: type code 'q', want one of Python 3.14's"},
		{"unknown code flagged", "\xf1", "marshal: offset 0: type code 'q' with the reference flag, want one of Python 3.14's"},
		{"bad reference", ")\x02\xe9" + le(1) + "r" + le(1), "marshal: offset 7: reference to value 1, but there are 1 so far"},
		{"early reference", "\xbe" + le(1) + "r" + le(0), "marshal: offset 5: reference to value 0, which is not complete yet"},
		{"null", "0", "marshal: offset 0: NULL, want a value"},
		{"null in a tuple", ")\x010", "marshal: offset 0: NULL in a tuple, want a value"},
		{"bad text", "u" + le(3) + "ab\xff", "marshal: offset 0: string with byte 0xff at 2, want UTF-8"},
		{"bad float", "f\x03abc", "marshal: offset 0: float \"abc\", want a decimal number"},
		{"code of None", "c" + repeat(le(0), 5) + "N", "marshal: offset 21: None as a code object's code, want a bytes"},
		{"many references", "[" + le(million/5) + "\xe9" + le(1) + repeat("r"+le(0), million/5-1), ""},
		{"one tuple from many", "[" + le(100) + "\xa9\x00" + repeat("\xa9\x02r"+le(0)+"r"+le(0), 99), ""},
		{"many empty tuples", "(" + le(million) + repeat(")\x00", million), ""},
		{"many flagged empty tuples", "(" + le(million) + repeat("\xa9\x00", million), ""},
		{"many empty strings", "(" + le(million) + repeat("z\x00", million), ""},
		{"many flagged Nones", "(" + le(million) + repeat("\xce", million), ""},
		{"many flagged empty dicts", "(" + le(million) + repeat("\xfb0", million), ""},
		{"many dicts", "(" + le(million/4) + repeat("{NN0", million/4), ""},
		{"many orphans", "(" + le(million/4) + repeat("{N0N", million/4), ""},
		{"latin-1", "a" + le(million) + repeat("\xe9", million), ""},
		{"long int", "l" + le(million) + repeat("\x01\x01", million), ""},
	}
	for _, tt := range tests {
		data := []byte(tt.stream)
		var err error
		got := allocated(func() { _, _, err = Read(data, Options{Version: pyver.Py314}) })
		if msg := fmt.Sprint(err); tt.want == "" && err != nil || tt.want != "" && msg != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
		if got > maxMemory(len(data)) {
			t.Errorf("%s: %d bytes allocated for %d of input (%.1f times)", tt.name, got, len(data), float64(got)/float64(len(data)))
		}
	}
}

// Ordinary files take little memory.
func TestMemoryOfSamples(t *testing.T) {
	for _, s := range sampleStreams(t) {
		got := allocated(func() {
			if _, _, err := Read(s.data, Options{Version: s.version}); err != nil {
				t.Error(err)
			}
		})
		if limit := 16 * uint64(len(s.data)); got > limit {
			t.Errorf("%v: %d bytes allocated for %d", s.version, got, len(s.data))
		}
	}
}

// A field of the wrong type is named, with what is there and what should be.
func TestCodeFields(t *testing.T) {
	for _, s := range sampleStreams(t) {
		v, _, err := Read(s.data, Options{Version: s.version})
		if err != nil {
			t.Fatal(err)
		}
		o := *v.(*code.Object)
		o.Form = 0
		o.Filename = code.None
		if _, err := Write(&o, Options{}); !errors.Is(err, ErrType) {
			t.Errorf("%v: None for a file name: %v", s.version, err)
		}
	}
}
