package deflate

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand"
	"testing"
)

// samples are inputs of several kinds.
func samples() [][]byte {
	r := rand.New(rand.NewSource(1))
	noise := make([]byte, 50000)
	r.Read(noise)
	var text []byte
	words := []string{"alpha ", "beta ", "gamma ", "delta\n", "the ", "of ", "x", "yy"}
	for len(text) < 150000 {
		text = append(text, words[r.Intn(len(words))]...)
	}
	few := make([]byte, 70000)
	for i := range few {
		few[i] = byte(r.Intn(3))
	}
	skewed := make([]byte, 60000)
	for i := range skewed {
		skewed[i] = byte(r.ExpFloat64() * 3)
	}
	return [][]byte{nil, {1}, []byte("abcabcabcabcabc"), bytes.Repeat([]byte{7}, 100000), noise, text, few, skewed, append(append([]byte(nil), noise[:40000]...), noise[:40000]...)}
}

// TestRoundTrip: the standard library reads what a Deflater writes, in all ways; an Inflater too, byte by byte and in
// pieces.
func TestRoundTrip(t *testing.T) {
	for i, in := range samples() {
		for level := 0; level <= 9; level++ {
			for strategy := DefaultStrategy; strategy <= Fixed; strategy++ {
				if strategy != DefaultStrategy && level != 1 && level != 6 {
					continue
				}
				z := NewDeflater(Raw, level, 15, 8, strategy, nil)
				var out []byte
				r := rand.New(rand.NewSource(int64(i)))
				for rest := in; ; {
					n := min(len(rest), r.Intn(50000)+1)
					kind := [...]Flush{NoFlush, NoFlush, PartialFlush, SyncFlush, FullFlush, Block}[r.Intn(6)]
					if n == len(rest) {
						out = z.Deflate(out, rest, Finish)
						break
					}
					out = z.Deflate(out, rest[:n], kind)
					rest = rest[n:]
				}
				got, err := io.ReadAll(flate.NewReader(bytes.NewReader(out)))
				if err != nil || !bytes.Equal(got, in) {
					t.Fatalf("sample %d, level %d, strategy %d: %v, %d of %d bytes", i, level, strategy, err, len(got), len(in))
				}
				for _, step := range []int{len(out), 1000, 1} {
					if step == 1 && len(out) > 10000 {
						continue
					}
					if got := inflate(t, NewInflater(Raw, 15, nil), append(out[:len(out):len(out)], "tail"...), step); !bytes.Equal(got, in) {
						t.Fatalf("sample %d, level %d, strategy %d: inflated to %d of %d bytes", i, level, strategy, len(got), len(in))
					}
				}
			}
		}
	}
}

// inflate decompresses data that "tail" follows, in steps of input and with room for 777 bytes of output at a time.
func inflate(t *testing.T, z *Inflater, data []byte, step int) []byte {
	t.Helper()
	var out []byte
	at := 0
	for !z.Done() {
		end := min(at+step, len(data))
		before := len(out)
		o, used, err := z.Inflate(out, data[at:end], 777)
		if err != nil {
			t.Fatal(err)
		}
		if out = o; used == 0 && len(out) == before && end == len(data) && !z.Done() {
			t.Fatal("no progress")
		}
		at += used
	}
	if string(data[at:]) != "tail" {
		t.Fatalf("%d bytes left", len(data)-at)
	}
	return out
}

// TestFormats: headers and checksums of each format, with and without a dictionary.
func TestFormats(t *testing.T) {
	in := []byte("hello hello hello hello world")
	for _, f := range []Format{Raw, Zlib, Gzip} {
		for _, dict := range [][]byte{nil, []byte("world hello ")} {
			if dict != nil && f == Gzip {
				continue
			}
			out := NewDeflater(f, 6, 15, 8, DefaultStrategy, dict).Deflate(nil, in, Finish)
			formats := []Format{f}
			if f != Raw {
				formats = append(formats, Auto)
			}
			for _, g := range formats {
				got, used, err := NewInflater(g, 15, dict).Inflate(nil, out, -1)
				if err != nil || used != len(out) || !bytes.Equal(got, in) {
					t.Errorf("format %d as %d: %q, %d of %d, %v", f, g, got, used, len(out), err)
				}
			}
			if f == Raw {
				continue
			}
			out[len(out)-4] ^= 1
			if _, _, err := NewInflater(f, 15, dict).Inflate(nil, out, -1); err == nil {
				t.Errorf("format %d: damage was not seen", f)
			}
		}
	}
}

// TestCopies: copies go on like their originals.
func TestCopies(t *testing.T) {
	in := samples()[5]
	z := NewDeflater(Zlib, 6, 15, 8, DefaultStrategy, nil)
	a := z.Deflate(nil, in[:100000], NoFlush)
	c := z.Copy()
	x, y := z.Deflate(nil, in[100000:], Finish), c.Deflate(nil, in[100000:], Finish)
	if !bytes.Equal(x, y) {
		t.Error("a copy compresses differently")
	}
	i := NewInflater(Zlib, 15, nil)
	whole := append(a, x...)
	first, used, _ := i.Inflate(nil, whole, 5000)
	j := i.Copy()
	p, _, e1 := i.Inflate(nil, whole[used:], -1)
	q, _, e2 := j.Inflate(nil, whole[used:], -1)
	if e1 != nil || e2 != nil || !bytes.Equal(p, q) || !bytes.Equal(append(first, p...), in) {
		t.Error("a copy decompresses differently", e1, e2)
	}
}

// FuzzInflate: any input gives output or an error.
func FuzzInflate(f *testing.F) {
	for _, in := range samples()[:4] {
		f.Add(NewDeflater(Zlib, 9, 15, 8, DefaultStrategy, nil).Deflate(nil, in, Finish))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []Format{Raw, Zlib, Gzip, Auto} {
			NewInflater(format, 15, nil).Inflate(nil, data, 1<<20)
		}
	})
}
