package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// A call f(x, *y) makes a list of its arguments, extends it, makes a tuple of it and calls with that; a display (x, *y, z) makes a tuple likewise. Nothing but these instructions sees the list, and
// where the call comes next, the tuple. So the lists are a thread's, to be used again, and the call takes its arguments from them.

// argLists are the lists that a thread has for arguments. Those of calls that came to nothing, because what is behind the star has raised an exception,
// seem to be in use until all are.
type argLists [4]struct {
	list *object.List
	busy bool
}

// maxArgList is the capacity up to which lists of arguments are used again.
const maxArgList = 64

// take returns an empty list.
func (a *argLists) take() *object.List {
	for i := range a {
		if x := &a[i]; !x.busy {
			if x.list == nil {
				x.list = object.NewList(make([]Value, 0, 4))
			}
			x.busy = true
			return x.list
		}
	}
	*a = argLists{}
	return a.take()
}

// owns reports whether a list is in use for arguments.
func (a *argLists) owns(l *object.List) bool {
	for i := range a {
		if a[i].list == l {
			return a[i].busy
		}
	}
	return false
}

// drop takes back a list, if it is one of these.
func (a *argLists) drop(l *object.List) {
	if l == nil {
		return
	}
	for i := range a {
		if x := &a[i]; x.list == l && x.busy {
			if x.busy = false; cap(l.V) > maxArgList {
				x.list = nil
				return
			}
			clear(l.V)
			l.V = l.V[:0]
		}
	}
}

// forArguments reports whether the list that the word before ip makes in a register is extended and made a tuple, and nothing else.
func forArguments(ip ptr, reg int) bool {
	extended := false
	for range 8 { // the compiler puts a star before anything, but mostly before a variable or an attribute
		w := *(*uint64)(ip)
		switch lift.Op(w) {
		case lift.LoadGlobal, lift.LoadK, lift.LoadInt, lift.CheckBound:
		case lift.LoadAttr, lift.LoadDeref, lift.Move:
			if fieldB(w) == reg {
				return false
			}
		case lift.ListExtend, lift.ListAppend:
			if regOf(w) != reg || fieldB(w) == reg {
				return false
			}
			extended = extended || lift.Op(w) == lift.ListExtend
			ip = skip(ip, 1)
			continue
		case lift.Intrinsic1:
			return extended && fieldX(w) == intrListToTuple && fieldB(w) == reg
		default:
			return false
		}
		if regOf(w) == reg {
			return false
		}
		ip = skip(ip, 1)
	}
	return false
}

// callsNext reports whether the words from ip on call something with what a register holds as the tuple of arguments, and without others.
func callsNext(ip ptr, reg int) bool {
	at := reg
	if w := *(*uint64)(ip); lift.Op(w) == lift.Move && fieldB(w) == reg {
		at = regOf(w)
		ip = skip(ip, 1)
	} else if lift.Op(w) == lift.Move && regOf(w) != reg && regOf(w) != reg+int(valueSize) {
		ip = skip(ip, 1) // the callable
		if w = *(*uint64)(ip); lift.Op(w) == lift.Move && fieldB(w) == reg {
			at = regOf(w)
			ip = skip(ip, 1)
		}
	}
	null := *(*uint64)(ip)
	if lift.Op(null) != lift.LoadNull || regOf(null) != at+int(valueSize) || at != reg && at+int(valueSize) != reg {
		return false
	}
	call := *(*uint64)(unsafe.Add(ip, wordSize))
	return lift.Op(call) == lift.CallEx && fieldB(call)+(1+fieldC(call))*int(valueSize) == at
}
