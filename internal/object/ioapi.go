package object

import "runtime"

// What package iomod needs of the memory of strings and objects.

// MakeText returns the str with the given text of n code points, which shares the text's memory.
func MakeText(s string, n int) Value { return makeText(s, n) }

// CopyText is MakeText for a text in a buffer that will be used again.
func CopyText(b []byte, n int) Value { return copyText(b, n) }

// MakeBytesBuf returns a bytes object of a size whose contents the caller writes into the slice before anyone sees it.
// What the slice holds is arbitrary.
func MakeBytesBuf(size int) (*Bytes, []byte) { return makeBytesBuf(size) }

// Finalize arranges that the slot Del of v's type is called once v is garbage: for objects of builtin types, since
// instances of classes are taken care of, unless the type has FlagOwnDel.
func (t *Thread) Finalize(v Value) {
	if cls := v.Type(); cls.Flags&FlagHeap == 0 || cls.ownDel() {
		t.finalize(v)
	}
}

// Unfinalize undoes Finalize.
func Unfinalize(v Value) {
	if cls := v.Type(); cls.Flags&FlagHeap == 0 || cls.ownDel() {
		runtime.SetFinalizer((*Head)(v.P), nil)
	}
}

// A Mortal is what the interpreter knows of an object that it finalizes when it ends, if it has not before.
type Mortal struct{ m *mortal }

// FinalizeInTime is Finalize for an object whose Del is called at the end of the interpreter, too. Unfinalize undoes it, together with Forget.
func (t *Thread) FinalizeInTime(v Value) Mortal {
	m := t.Interp.weak.remember((*Head)(v.P))
	t.Interp.finalizeAs(v, m)
	return Mortal{m}
}

// Forget makes the interpreter's end mean nothing to the object: it must come before Unfinalize.
func (m Mortal) Forget() { m.m.forget() }

// ownDel reports whether instances see themselves to Del being called.
func (s *Type) ownDel() bool {
	return s.Flags&FlagOwnDel != 0 && s.lookupSlow(nameDel).Is(&SlotWrapperType)
}
