package footprint

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What was written to a private mapping of a file before it became read-only survives, as relocated addresses of a dynamically linked program must.
func TestTrimKeepsChangedPages(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mapped")
	if err := os.WriteFile(name, make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := unix.Mmap(int(f.Fd()), 0, 1<<16, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(m)
	m[1<<15] = 7
	if err := unix.Mprotect(m, unix.PROT_READ); err != nil {
		t.Fatal(err)
	}
	Mapped().trim(true)
	if m[1<<15] != 7 {
		t.Error("a changed page was given back")
	}
}

// What a program needed is given back at its end if it has run for some time, and not before it has begun.
func TestTrimAtEnd(t *testing.T) {
	size := 16 * os.Getpagesize()
	name := filepath.Join(t.TempDir(), "mapped")
	if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(m)
	pages, err := os.Open("/proc/self/pagemap")
	if err != nil {
		t.Skip("which pages are resident only /proc/self/pagemap says: ", err)
	}
	defer pages.Close()
	resident := func() bool {
		var word [8]byte
		at := int64(uintptr(unsafe.Pointer(unsafe.SliceData(m)))) / int64(os.Getpagesize()) * 8
		if _, err := pages.ReadAt(word[:], at); err != nil {
			t.Fatal(err)
		}
		return binary.NativeEndian.Uint64(word[:])&pagePresent != 0
	}
	for _, c := range []struct {
		name  string
		began time.Time
		stays bool
	}{
		{"not begun", time.Time{}, true},
		{"just begun", time.Now().Add(time.Hour), true},
		{"begun", time.Now().Add(-endTrim), false},
	} {
		files := &Files{began: c.began}
		files.Add(m)
		if m[0] != 0 || !resident() {
			t.Fatal("what was read is not resident")
		}
		files.TrimAtEnd()
		if resident() != c.stays {
			t.Errorf("%s: resident is %t; want %t", c.name, !c.stays, c.stays)
		}
	}
}
