package object

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

// The table alone keeps its strings: those that it makes in blocks, long ones, ones that are not ASCII, and those that somebody else has made.
func TestInternedStringsStay(t *testing.T) {
	x := newInternTable(4)
	text := func(i int) string {
		switch i % 4 {
		case 0:
			return strings.Repeat("long", 300) + fmt.Sprint(i)
		case 1:
			return "é" + fmt.Sprint(i)
		}
		return "name" + fmt.Sprint(i)
	}
	const n = 1000
	var at [n]uintptr // not pointers, which would keep them
	for i := range at {
		s := text(i)
		if i%4 == 3 {
			p := NewStr(s)
			p.Hash = hashText(s)
			x.add(p)
			at[i] = uintptr(unsafe.Pointer(p))
			continue
		}
		at[i] = uintptr(unsafe.Pointer(x.make(s, hashText(s))))
	}
	for range 3 {
		runtime.GC()
		for i := range 2000 { // what takes memory that was given up
			NewStr(fmt.Sprint("other", i))
			rawBlock(internBlock)
		}
	}
	for i := range at {
		s := text(i)
		e := x.find(s, hashText(s))
		if e == nil || uintptr(unsafe.Pointer(e)) != at[i] || e.S != s || e.Len() != CountPoints(s) || e.Hash != hashText(s) || e.Type != &StrType {
			t.Fatalf("string %d is %v, not the one at %x", i, e, at[i])
		}
	}
	if e := x.find("name", hashText("name")); e != nil {
		t.Errorf("find gives %q for a string that is not there", e.S)
	}
}
