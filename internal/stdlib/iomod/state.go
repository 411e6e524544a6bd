package iomod

import (
	"unsafe"
	"weak"

	"github.com/krait-py/krait/internal/object"
)

// ioState is what an interpreter keeps for the module.
type ioState struct {
	unsupported *object.Type
	// writers are the streams that may hold data that has not been written.
	writers map[weak.Pointer[base]]struct{}
}

func state(t *Thread) *ioState {
	s, _ := t.Interp.State["_io"].(*ioState)
	if s == nil {
		s = &ioState{writers: map[weak.Pointer[base]]struct{}{}}
		t.Interp.State["_io"] = s
	}
	return s
}

// register notes a stream that is to be flushed at the end.
func register(t *Thread, v Value) {
	state(t).writers[weak.Make((*base)(v.P))] = struct{}{}
}

// unregister undoes it.
func unregister(t *Thread, v Value) {
	delete(state(t).writers, weak.Make((*base)(v.P)))
}

// Flush flushes all streams that hold data, those that hold text first: the interpreter ends. Errors are ignored.
func Flush(t *Thread) {
	s, _ := t.Interp.State["_io"].(*ioState)
	if s == nil {
		return
	}
	var text, others []Value
	for p := range s.writers {
		b := p.Value()
		switch v := (Value{P: unsafe.Pointer(b)}); {
		case b == nil:
		case b.Type.IsSubtype(&textType):
			text = append(text, v)
		default:
			others = append(others, v)
		}
	}
	for _, v := range append(text, others...) {
		if t.CallMethod(v, nameFlush).P == nil {
			t.Exc = nil
		}
	}
}
