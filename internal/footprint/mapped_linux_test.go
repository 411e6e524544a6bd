package footprint

import (
	"slices"
	"testing"
)

func TestReadOnly(t *testing.T) {
	for _, c := range []struct {
		line     string
		from, to uintptr
		ok       bool
	}{
		{"00400000-00c5e000 r-xp 00000000 fe:00 11272588    /usr/bin/krait", 0x400000, 0xc5e000, true},
		{"7fefd516b000-7fefd5260000 r--p 00000000 fe:00 113 /tmp/image", 0x7fefd516b000, 0x7fefd5260000, true},
		{"7fefd516b000-7fefd5260000 r--s 00000000 fe:00 113 /tmp/shared", 0, 0, false},
		{"037a3000-03962000 rw-p 033a3000 fe:00 10822114    /usr/bin/krait", 0, 0, false},
		{"7ff01bee9000-7ff01beeb000 r-xp 00000000 00:00 0   [vdso]", 0, 0, false},
		{"1e1280000000-1e1281c00000 ---p 00000000 00:00 0", 0, 0, false},
		{"", 0, 0, false},
		{"12", 0, 0, false},
		{"12-34", 0, 0, false},
	} {
		from, to, ok := readOnly([]byte(c.line))
		if ok != c.ok || ok && (from != c.from || to != c.to) {
			t.Errorf("readOnly(%q) = %x, %x, %t; want %x, %x, %t", c.line, from, to, ok, c.from, c.to, c.ok)
		}
	}
}

// The test's own program is found, and lies where it did when it is split.
func TestSplit(t *testing.T) {
	f := Mapped()
	if len(f.spans) == 0 {
		t.Fatal("no file is mapped")
	}
	f.Split()
	f.trim(true)
	if after := Mapped(); !slices.Equal(f.spans, after.spans) {
		t.Errorf("%x are mapped; %x before", after.spans, f.spans)
	}
}
