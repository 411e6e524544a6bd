package object

import "unsafe"

// Bytes is a bytes object.
type Bytes struct {
	Head
	// S has the bytes.
	S string
	// Hash is the hash once it has been asked for, else 0.
	Hash uint64
}

var (
	emptyBytes = Bytes{Head: Head{&BytesType}}
	// EmptyBytes is b"".
	EmptyBytes = Value{P: unsafe.Pointer(&emptyBytes)}
	byteBytes  [256]Bytes
)

func setupByteBytes() {
	emptyBytes.Hash = hashBytes("")
	all := make([]byte, 256)
	for i := range byteBytes {
		all[i] = byte(i)
		s := textOf(all[i : i+1])
		byteBytes[i] = Bytes{Head: Head{&BytesType}, S: s, Hash: hashBytes(s)}
	}
}

// NewBytes returns a bytes object that shares the string's memory.
func NewBytes(s string) *Bytes { return &Bytes{Head: Head{&BytesType}, S: s} }

// MakeBytes returns the bytes object with the given bytes, whose memory it shares.
func MakeBytes(s string) Value {
	switch len(s) {
	case 0:
		return EmptyBytes
	case 1:
		return Of(&byteBytes[s[0]])
	}
	return Of(NewBytes(s))
}

// shared returns the bytes object that there is already for the contents of x, or x.
func (x *Bytes) shared() Value {
	if len(x.S) <= 1 {
		return MakeBytes(x.S)
	}
	return Of(x)
}

// CopyBytes returns a bytes object with a copy of b.
func CopyBytes(b []byte) Value {
	if len(b) <= 1 {
		return MakeBytes(textOf(b))
	}
	x, buf := makeBytesBuf(len(b))
	copy(buf, b)
	return Of(x)
}

// HashOf returns the hash, which is not 0 unless there are no bytes. It is that of the str with the same characters if they are ASCII.
func (b *Bytes) HashOf() uint64 {
	if b.Hash == 0 {
		b.Hash = hashBytes(b.S)
	}
	return b.Hash
}

// bytesPart returns the bytes s[i:j]. Short parts of long ones are copied, so as not to keep the rest alive.
func bytesPart(s string, i, j int) Value {
	n := j - i
	if n <= 1 {
		return MakeBytes(s[i:j])
	}
	if n <= 16 || n*4 < len(s) && len(s) > 1024 {
		x, b := makeBytesBuf(n)
		copy(b, s[i:j])
		return Of(x)
	}
	return Of(NewBytes(s[i:j]))
}

// bytesSub is an instance of a subclass of bytes.
type bytesSub struct {
	Bytes
	Attrs
}

func bytesAlloc(t *Thread, cls *Type) Value {
	if cls == &BytesType {
		return Of(&Bytes{Head: Head{cls}})
	}
	p := &bytesSub{}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

// ByteArray is a bytearray.
type ByteArray struct {
	Head
	V []byte
	// Exports counts the views that keep it from being resized.
	Exports Exports
}

type byteArraySub struct {
	ByteArray
	Attrs
}

// NewByteArray returns a bytearray that owns b.
func NewByteArray(b []byte) *ByteArray { return &ByteArray{Head: Head{&ByteArrayType}, V: b} }

func byteArrayAlloc(t *Thread, cls *Type) Value {
	if cls == &ByteArrayType {
		return Of(&ByteArray{Head: Head{cls}})
	}
	p := &byteArraySub{}
	p.Type = cls
	return InitAttrs(cls, Of(p))
}

// isArray reports whether v is a bytearray, not bytes, of which v is known to be one.
func isArray(v Value) bool { return v.Type().Flags&FlagBytes == 0 }

// bytesText returns the bytes of v, bytes or bytearray. Those of a bytearray may change when Python code runs.
func bytesText(v Value) string {
	if isArray(v) {
		return textOf(To[ByteArray](v).V)
	}
	return To[Bytes](v).S
}

// likeSelf returns s as an object of the same kind as self, bytes or bytearray. It may share self's memory if that is bytes.
func likeSelf(self Value, s string) Value {
	if isArray(self) {
		return Of(NewByteArray([]byte(s)))
	}
	if b := To[Bytes](self); b.Type == &BytesType && len(s) == len(b.S) && (len(s) == 0 || sameMemory(s, b.S)) {
		return self
	}
	return MakeBytes(s)
}

// bufferLike returns n bytes to be written, and the bytes object that they will be unless self is a bytearray. What they hold is arbitrary.
func bufferLike(self Value, n int) (*Bytes, []byte) {
	if isArray(self) {
		return nil, make([]byte, n)
	}
	return makeBytesBuf(n)
}

// writtenLike returns the object with what has been written into b of bufferLike.
func writtenLike(x *Bytes, b []byte) Value {
	if x == nil {
		return Of(NewByteArray(b))
	}
	return x.shared()
}

// likePart is likeSelf for s[i:j], where s is the text of self.
func likePart(self Value, s string, i, j int) Value {
	if isArray(self) {
		return Of(NewByteArray([]byte(s[i:j])))
	}
	if i == 0 && j == len(s) {
		return likeSelf(self, s)
	}
	return bytesPart(s, i, j)
}
