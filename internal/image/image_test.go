package image

import (
	"context"
	"slices"
	"testing"
	"unsafe"

	"github.com/krait-py/krait/compile"
)

const source = `"""Text."""
def f(a, b=2, *c, d=4.5, **e):
    "doc"
    return [a, (1, 2.5, 3j, "t", b"b", ..., None, True, 1 << 100)], {1, 2} & frozenset(c)
class C:
    async def g(self):
        async for x in self: yield x[1:2]
`

func make1(t *testing.T, id uint64) []byte {
	t.Helper()
	o, diags := compile.Source(context.Background(), []byte(source), compile.Options{Filename: "<frozen m>"})
	if o == nil {
		t.Fatal(diags)
	}
	data, err := Make([]Source{{"m", o}}, id)
	if err != nil {
		t.Fatal(err)
	}
	return aligned(data)
}

// aligned returns a copy of data that begins where an image may begin.
func aligned(data []byte) []byte {
	words := make([]uint64, len(data)/8+1)
	return append(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*8)[:0], data...)
}

func TestOpen(t *testing.T) {
	data := make1(t, 7)
	im, err := Open(data, 7)
	if err != nil {
		t.Fatal(err)
	}
	n, ok := im.Find("m")
	if !ok {
		t.Fatal("module m is missing")
	}
	c := &im.Codes[n]
	if got := im.Text(im.Strs[c.Filename].Span); got != "<frozen m>" {
		t.Errorf("file name %q", got)
	}
	if l := im.Lifted(c); len(l.Words) == 0 || len(l.Units) != len(l.Words) {
		t.Errorf("lifted: %d words, %d units", len(l.Words), len(l.Units))
	}
	if _, ok := im.Find("n"); ok {
		t.Error("found a module that is not there")
	}
	if _, err := Open(data, 8); err == nil {
		t.Error("an image with another number was opened")
	}
	if !slices.Equal(make1(t, 7), data) {
		t.Error("the same image has other bytes")
	}
}

// What is damaged anywhere, or ends early, is no image.
func TestDamaged(t *testing.T) {
	data := make1(t, 7)
	for i := range data {
		bad := aligned(data)
		bad[i] ^= 1 << (i % 8)
		if _, err := Open(bad, 7); err == nil {
			t.Fatalf("opened with a bit of byte %d changed", i)
		}
	}
	for n := range data {
		if _, err := Open(aligned(data[:n]), 7); err == nil {
			t.Fatalf("opened the first %d bytes", n)
		}
	}
}
