package vm

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
)

// What is found most often comes to the front, and nothing is lost on the way.
func TestFound(t *testing.T) {
	ic := &object.Cache{Version: 3, Kind: cacheSlot, Turns: 2}
	ic.Older = &object.Cache{Version: 2, Kind: cacheSlot}
	ic.Older.Older = &object.Cache{Version: 1, Kind: cacheMember, Offset: 8}
	for range frontAfter - 1 {
		found(ic, ic.Older.Older)
		found(ic, ic)
	}
	if ic.Version != 3 {
		t.Fatalf("version %d came to the front too early", ic.Version)
	}
	found(ic, ic.Older.Older)
	if ic.Version != 1 || ic.Kind != cacheMember || ic.Offset != 8 || ic.Turns != 2 {
		t.Errorf("the front is %+v", *ic)
	}
	seen := map[uint64]bool{}
	for o := ic; o != nil; o = o.Older {
		seen[o.Version] = true
	}
	if len(seen) != 3 || ic.Older.Version != 2 || ic.Older.Older.Version != 3 {
		t.Errorf("the list is %v", seen)
	}
}
