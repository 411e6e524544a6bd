package native

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// Bytes returns the bytes of a bytes-like object. They belong to the object and are to be read at once.
func Bytes(t *Thread, v Value) ([]byte, bool) {
	if v.Is(&object.BytesType) {
		s := object.To[object.Bytes](v).S
		return unsafe.Slice(unsafe.StringData(s), len(s)), true
	}
	f := v.Type().Buffer
	if f == nil {
		t.TypeErrorf("a bytes-like object is required, not '%s'", v.Type().Name)
		return nil, false
	}
	b, ok := f(t, v, false)
	if !ok {
		return nil, false
	}
	return b.Bytes, true
}

// Text returns the bytes of a bytes-like object as a string, copied where they may change.
func Text(t *Thread, v Value) (string, bool) {
	if v.Type().Flags&object.FlagBytes != 0 {
		return object.To[object.Bytes](v).S, true
	}
	b, ok := Bytes(t, v)
	return string(b), ok
}

// MakeBytes returns bytes that own the slice, which must not change any more.
func MakeBytes(b []byte) Value {
	return object.Of(object.NewBytes(unsafe.String(unsafe.SliceData(b), len(b))))
}
