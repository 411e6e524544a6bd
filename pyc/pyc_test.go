package pyc

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

// sampleTime is the modification time that testdata/make.py gives sample.py.
const sampleTime = 1700000000

// golden is a file that an interpreter made of testdata/sample.py.
type golden struct {
	name    string
	version pyver.Version
	mode    string // "", "checked" or "unchecked"
	data    []byte
}

func goldens(t testing.TB) []golden {
	t.Helper()
	files, err := filepath.Glob("testdata/*.pyc")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var all []golden
	for _, f := range files {
		name := filepath.Base(f)
		v, mode, _ := strings.Cut(strings.TrimSuffix(name, ".pyc"), "-")
		ver, err := pyver.Parse(v)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, golden{name, ver, mode, data})
	}
	return all
}

func sample(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile("testdata/sample.py")
	if err != nil {
		t.Fatal(err)
	}
	return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
}

func TestReadGoldens(t *testing.T) {
	src := sample(t)
	for _, g := range goldens(t) {
		f, err := Read(g.data, Options{})
		if err != nil {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		h := f.Header
		if h.Version != g.version {
			t.Errorf("%s: version %v", g.name, h.Version)
		}
		var wantFlags Flags
		switch g.mode {
		case "checked":
			wantFlags = HashBased | CheckSource
		case "unchecked":
			wantFlags = HashBased
		}
		if h.Flags != wantFlags {
			t.Errorf("%s: flags %#x, want %#x", g.name, h.Flags, wantFlags)
		}
		if g.mode == "" {
			size := uint32(len(src))
			if g.version < pyver.Py33 {
				size = 0
			}
			if h.ModTime != sampleTime || h.SourceSize != size {
				t.Errorf("%s: time %d, size %d", g.name, h.ModTime, h.SourceSize)
			}
		} else if want := SourceHash(g.version, src); h.Hash != want {
			t.Errorf("%s: hash %x, want %x", g.name, h.Hash, want)
		}
		if why, stale := h.Stale(Source{ModTime: time.Unix(sampleTime, 5), Size: int64(len(src)), Data: src}); stale {
			t.Errorf("%s: %v", g.name, why)
		}
		if f.Code.FirstLine != 1 || len(f.Trailing) != 0 {
			t.Errorf("%s: first line %d, %d bytes behind the code", g.name, f.Code.FirstLine, len(f.Trailing))
		}
		got, err := f.Bytes()
		if err != nil || !bytes.Equal(got, g.data) {
			t.Errorf("%s: does not come out as it went in (%v)", g.name, err)
		}
	}
}

func TestSourceHash(t *testing.T) {
	data, err := os.ReadFile("testdata/hashes.txt")
	if err != nil {
		t.Fatal(err)
	}
	src := make([]byte, 256)
	for i := range src {
		src[i] = byte(i)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var version, want string
		var size int
		if _, err := fmt.Sscan(line, &version, &size, &want); err != nil {
			t.Fatal(err)
		}
		v, err := pyver.Parse(version)
		if err != nil {
			t.Fatal(err)
		}
		h := SourceHash(v, src[:size])
		if got := hex.EncodeToString(h[:]); got != want {
			t.Errorf("%v, %d bytes: got %s, want %s", v, size, got, want)
		}
		n++
	}
	if n < 9*9 {
		t.Errorf("only %d hashes", n)
	}
}

func TestStale(t *testing.T) {
	at := func(sec int64) time.Time { return time.Unix(sec, 0) }
	hash := SourceHash(pyver.Py314, []byte("a"))
	timed := Header{Version: pyver.Py314, ModTime: 100, SourceSize: 7}
	old := Header{Version: pyver.Py27, ModTime: 100}
	hashed := Header{Magic: 3627, Version: pyver.Py314, Flags: HashBased | CheckSource, Hash: hash}
	unchecked := Header{Magic: 3627, Version: pyver.Py314, Flags: HashBased, Hash: hash}
	tests := []struct {
		name   string
		header Header
		source Source
		want   Reason
	}{
		{"nothing known", timed, Source{}, NotStale},
		{"same", timed, Source{ModTime: at(100), Size: 7}, NotStale},
		{"fraction of a second", timed, Source{ModTime: time.Unix(100, 999), Size: 7}, NotStale},
		{"modulo 2^32", timed, Source{ModTime: at(100 + 1<<32), Size: 7 + 1<<32}, NotStale},
		{"other time", timed, Source{ModTime: at(101), Size: 7}, StaleModTime},
		{"other size", timed, Source{ModTime: at(100), Size: 8}, StaleSize},
		{"size of the text", timed, Source{Data: []byte("a")}, StaleSize},
		{"2.7 knows no size", old, Source{ModTime: at(100), Size: 8}, NotStale},
		{"2.7 knows the time", old, Source{ModTime: at(99), Size: 8}, StaleModTime},
		{"hash ignores the time", hashed, Source{ModTime: at(5), Size: 8}, NotStale},
		{"same hash", hashed, Source{Data: []byte("a")}, NotStale},
		{"other hash", hashed, Source{Data: []byte("b")}, StaleHash},
		{"unchecked", unchecked, Source{Data: []byte("b")}, StaleHash},
	}
	for _, tt := range tests {
		why, stale := tt.header.Stale(tt.source)
		if why.Reason != tt.want || stale != (tt.want != NotStale) {
			t.Errorf("%s: got %v, %v", tt.name, why, stale)
		}
		if ignored := tt.name == "unchecked"; why.Ignored != ignored {
			t.Errorf("%s: ignored is %v", tt.name, why.Ignored)
		}
	}
}

// header returns a magic number with what may follow it.
func header(magic uint16, rest string) []byte {
	return append([]byte{byte(magic), byte(magic >> 8), '\r', '\n'}, rest...)
}

func TestHeaderErrors(t *testing.T) {
	zeros := strings.Repeat("\x00", 12)
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "pyc: offset 0: an empty file, not a .pyc file"},
		{"one byte", []byte{0x2b}, "pyc: offset 0: text (Python source?), not a .pyc file"},
		{"three bytes", []byte{0x2b, 0x0e, 0x0d}, "pyc: offset 0: a file of 3 bytes, not a .pyc file"},
		{"source", []byte("import os\n"), "pyc: offset 0: text (Python source?), not a .pyc file"},
		{"source, CR LF", []byte("# \r\nimport os\r\n"), "pyc: offset 0: text (Python source?), not a .pyc file"},
		{"source, UTF-8", []byte("\xef\xbb\xbfprint('é')\n"), "pyc: offset 0: text (Python source?), not a .pyc file"},
		{"ELF", []byte("\x7fELF\x02\x01\x01"), "pyc: offset 0: an ELF file (a shared library or program), not a .pyc file"},
		{"zip", []byte("PK\x03\x04\x14\x00"), "pyc: offset 0: a zip archive, not a .pyc file"},
		{"gzip", []byte("\x1f\x8b\x08\x00"), "pyc: offset 0: a gzip file, not a .pyc file"},
		{"other", []byte("\x00\x01\x02\x03\x04"), "pyc: offset 0: a file that begins with 00 01 02 03, not a .pyc file"},
		{"CR LF became LF", []byte("\x2b\x0e\n" + zeros), "pyc: offset 0: a .pyc of Python 3.14 whose CR LF became LF (copied in text mode), not a .pyc file"},
		{"LF became CR LF", []byte("\xcb\x0d\r\r\n" + zeros), "pyc: offset 0: a .pyc of Python 3.12 whose LF became CR LF (copied in text mode), not a .pyc file"},
		{"unknown magic", header(3999, zeros), "pyc: offset 0: magic number 3999 is of no known Python; the nearest are 3666 (3.15) and 20121 (1.5); want that of 2.7 or 3.0 to 3.15, or the version to read the file as"},
		{"below all", header(2999, zeros), "pyc: offset 0: magic number 2999 is of no known Python; the nearest are 3000 (3.0 alpha); want that of 2.7 or 3.0 to 3.15, or the version to read the file as"},
		{"old", header(62161, zeros), "pyc: offset 0: magic number 62161 is Python 2.6's; want that of 2.7 or 3.0 to 3.15, or the version to read the file as"},
		{"alpha", header(3607, zeros), "pyc: offset 0: magic number 3607 is of a pre-release, Python 3.14a1, whose instructions are not those of 3.14; want that of 2.7 or 3.0 to 3.15, or the version to read the file as"},
		{"cut", header(3627, zeros[:8]), "pyc: offset 12: end of the file, want a header of 16 bytes"},
		{"cut 2.7", header(62211, ""), "pyc: offset 4: end of the file, want a header of 8 bytes"},
		{"flags", header(3627, "\x04\x00\x00\x00"+zeros), "pyc: offset 4: invalid flags 0x4, want 0, 1 or 3"},
	}
	for _, tt := range tests {
		_, err := ReadHeader(tt.data, Options{})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
	}
}

func TestErrorTypes(t *testing.T) {
	var magic *MagicError
	if _, err := Read(header(3999, ""), Options{}); !errors.As(err, &magic) || magic.Number != 3999 || len(magic.Nearest) != 2 {
		t.Errorf("unknown magic: %v", err)
	}
	if _, err := Read(header(3607, ""), Options{}); !errors.As(err, &magic) || magic.Known == nil {
		t.Errorf("pre-release: %v", err)
	}
	var not *NotPycError
	if _, err := Read([]byte("PK\x03\x04"), Options{}); !errors.As(err, &not) {
		t.Errorf("zip: %v", err)
	}
	var stream *marshal.Error
	if _, err := Read(header(3627, strings.Repeat("\x00", 12)+")\x02N"), Options{}); !errors.As(err, &stream) || stream.Offset != 16 {
		t.Errorf("truncated: %v", err)
	}
}

func TestVersionOverride(t *testing.T) {
	for _, g := range goldens(t) {
		data := bytes.Clone(g.data)
		data[0], data[1] = 0x9f, 0x0f // 3999
		f, err := Read(data, Options{Version: g.version})
		if err != nil {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		if f.Header.Magic != 3999 || f.Header.Version != g.version {
			t.Errorf("%s: magic %d, version %v", g.name, f.Header.Magic, f.Header.Version)
		}
		if got, err := f.Bytes(); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: does not come out as it went in (%v)", g.name, err)
		}
	}
}

func TestNotCode(t *testing.T) {
	data := header(3627, strings.Repeat("\x00", 12)+")\x01N")
	f, err := Read(data, Options{})
	if !errors.Is(err, ErrNotCode) || f == nil || f.Value == nil || f.Code != nil {
		t.Fatalf("got %v, %v", f, err)
	}
	if got, err := f.Bytes(); err != nil || !bytes.Equal(got, data) {
		t.Errorf("does not come out as it went in (%v)", err)
	}
}

func TestTrailing(t *testing.T) {
	for _, g := range goldens(t) {
		data := append(bytes.Clone(g.data), "tail"...)
		f, err := Read(data, Options{})
		if err != nil || string(f.Trailing) != "tail" {
			t.Errorf("%s: %v", g.name, err)
			continue
		}
		if got, err := f.Bytes(); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: does not come out as it went in (%v)", g.name, err)
		}
	}
}

// A file cut anywhere is refused, and without more memory than the file has.
func TestTruncated(t *testing.T) {
	for _, g := range goldens(t) {
		for n := range g.data {
			if f, err := Read(g.data[:n], Options{}); err == nil {
				t.Errorf("%s cut to %d bytes reads as %v", g.name, n, f)
			}
		}
	}
}

func FuzzPyc(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.data, uint16(0))
		f.Add(g.data, uint16(g.version))
	}
	f.Fuzz(func(t *testing.T, data []byte, version uint16) {
		v := pyver.Version(version)
		if v != 0 && !v.Known() {
			return
		}
		file, err := Read(data, Options{Version: v})
		if err != nil && !errors.Is(err, ErrNotCode) {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		got, err := file.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, data) {
			t.Errorf("wrote %x, read %x", got, data)
		}
	})
}
