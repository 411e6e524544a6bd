package object

import (
	"math"
	"runtime"
	"weak"
)

// What has to be done for an object that may be forgotten - giving it a finalizer, mostly - is dear, and most of the objects that need it
// are not forgotten but come to their end soon. So it is put off: an object is entered in a table, and only those that are still there
// after a garbage collection do what there is to do. The table keeps them until then.

// Aging is an object that waits for the next garbage collection.
type Aging interface {
	// Aged is called after that, unless the object has been taken off the table, on which it is no longer.
	Aged(t *Thread)
}

// agingTable is the table of an interpreter.
type agingTable struct {
	places []Aging  // place n is places[n-1]; nil: free
	free   []uint16 // free places
	// expecting says that a cleanup will tell of the next collection.
	expecting bool
}

// Watch enters an object and returns its place, for Unwatch. There is none, 0, if the table is full: then Aged has been called.
func (t *Thread) Watch(x Aging) uint16 {
	in := t.Interp
	a := &in.aging
	if !a.expecting {
		a.expecting = true
		runtime.AddCleanup(new(sentinel), collected, in.weakSelf())
	}
	if n := len(a.free) - 1; n >= 0 {
		place := a.free[n]
		a.free = a.free[:n]
		a.places[place-1] = x
		return place
	}
	if len(a.places) == math.MaxUint16 {
		x.Aged(t)
		return 0
	}
	a.places = append(a.places, x)
	return uint16(len(a.places))
}

// Unwatch takes an object off the table.
func (t *Thread) Unwatch(place uint16) {
	a := &t.Interp.aging
	a.places[place-1] = nil
	a.free = append(a.free, place)
}

// collected is called after a collection, by Go's runtime.
func collected(self weak.Pointer[Interp]) {
	if in := self.Value(); in != nil {
		in.Later((*Thread).AgeAll)
	}
}

// AgeAll empties the table, as after a collection.
func (t *Thread) AgeAll() {
	a := &t.Interp.aging
	places := a.places
	*a = agingTable{}
	for _, x := range places {
		if x != nil {
			x.Aged(t)
		}
	}
}
