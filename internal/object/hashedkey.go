package object

import "unsafe"

// hashedKey is a key of a dict or an element of a set together with its hash, in the space of a Value. An object's Value has
// nothing in B, so that its hash goes there; the hash of what is no object is made from the payload when it is wanted.
type hashedKey struct {
	p unsafe.Pointer // nil where there is no key
	b uint64
}

// noneHash is CPython's hash of None.
const noneHash = 0xfca86420

// makeHashedKey returns x with its hash h.
func makeHashedKey(x Value, h uint64) hashedKey {
	if isTag(x.P) {
		h = x.B
	}
	return hashedKey{x.P, h}
}

// isTag reports whether values with this P are no objects.
func isTag(p unsafe.Pointer) bool {
	return uintptr(p)-uintptr(unsafe.Pointer(&Tags)) < unsafe.Sizeof(Tags)
}

// value returns the key.
func (k *hashedKey) value() Value {
	if isTag(k.p) {
		return Value{k.p, k.b}
	}
	return Value{k.p, 0}
}

// hash returns the hash of a key.
func (k *hashedKey) hash() uint64 {
	if isTag(k.p) {
		return k.tagHash()
	}
	return k.b
}

// mayEqual reports whether k can be equal to o, whose hash is h, although it is not the same.
func (k *hashedKey) mayEqual(o *hashedKey, h uint64) bool {
	if isTag(k.p) {
		// Of two values of the same of these types, only floats are equal and not the same: 0.0 and -0.0.
		return (k.p != o.p || k.p == unsafe.Pointer(&Tags.Float)) && k.tagHash() == h
	}
	return k.b == h
}

// likely is mayEqual without calls, for a key of another address p than that of the float tag: it also says yes where one of the two is a tag and the hashes were
// not compared.
func (k *hashedKey) likely(p unsafe.Pointer, h uint64) bool {
	return k.p != p && (k.b == h || isTag(k.p))
}

func (k *hashedKey) tagHash() uint64 {
	switch k.p {
	case unsafe.Pointer(&Tags.Int):
		return uint64(HashInt64(int64(k.b)))
	case unsafe.Pointer(&Tags.Float):
		h, _ := floatHash(nil, Value{k.p, k.b})
		return uint64(h)
	case unsafe.Pointer(&Tags.Bool):
		return k.b
	}
	return noneHash
}
