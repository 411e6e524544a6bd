package pyc

import (
	"encoding/binary"
	"fmt"

	"github.com/krait-py/krait/pyver"
)

// Flags are the flags of a header (PEP 552, Python 3.7 and later).
type Flags uint32

// The two flags that are defined; importing refuses a file with others.
const (
	// HashBased says that the header holds a hash of the source.
	HashBased Flags = 1
	// CheckSource asks the importer to compare that hash. It means nothing
	// without HashBased.
	CheckSource Flags = 2
)

// Header is what precedes the code object.
type Header struct {
	// Magic is the number at the start of the file.
	Magic uint16
	// Version is that of the magic number, or the one [Options] asked for.
	// It decides the layout.
	Version pyver.Version
	// Flags are zero before 3.7.
	Flags Flags
	// ModTime is when the source was last modified, in seconds since 1970
	// modulo 2^32; 0 when HashBased.
	ModTime uint32
	// SourceSize is the length of the source in bytes modulo 2^32, from 3.3
	// on; 0 when HashBased.
	SourceSize uint32
	// Hash is that of the source when HashBased; see [SourceHash].
	Hash [8]byte
}

// Len returns the length of the header in bytes: 8, 12 or 16.
func (h *Header) Len() int { return headerLen(h.Version) }

func headerLen(v pyver.Version) int {
	switch {
	case v >= pyver.Py37:
		return 16
	case v >= pyver.Py33:
		return 12
	}
	return 8
}

// HeaderError reports a header that makes no sense.
type HeaderError struct {
	Offset        int // in the file
	Found, Wanted string
}

func (e *HeaderError) Error() string {
	return fmt.Sprintf("pyc: offset %d: %s, %s", e.Offset, e.Found, e.Wanted)
}

// ReadHeader reads the header at the start of data. Errors are of type
// [*MagicError], [*NotPycError] or [*HeaderError].
func ReadHeader(data []byte, opts Options) (*Header, error) {
	h := &Header{Version: opts.Version}
	if err := h.readMagic(data); err != nil {
		return nil, err
	}
	n := headerLen(h.Version)
	if len(data) < n {
		return nil, &HeaderError{len(data), "end of the file", fmt.Sprintf("want a header of %d bytes", n)}
	}
	le := binary.LittleEndian
	switch n {
	case 8:
		h.ModTime = le.Uint32(data[4:])
	case 12:
		h.ModTime, h.SourceSize = le.Uint32(data[4:]), le.Uint32(data[8:])
	case 16:
		h.Flags = Flags(le.Uint32(data[4:]))
		if h.Flags&^(HashBased|CheckSource) != 0 {
			return nil, &HeaderError{4, fmt.Sprintf("invalid flags %#x", uint32(h.Flags)), "want 0, 1 or 3"}
		}
		if h.Flags&HashBased != 0 {
			copy(h.Hash[:], data[8:16])
		} else {
			h.ModTime, h.SourceSize = le.Uint32(data[8:]), le.Uint32(data[12:])
		}
	}
	return h, nil
}

// Append appends the header's bytes to b.
func (h *Header) Append(b []byte) []byte {
	le := binary.LittleEndian
	b = append(le.AppendUint16(b, h.Magic), '\r', '\n')
	switch h.Len() {
	case 8:
		return le.AppendUint32(b, h.ModTime)
	case 12:
		return le.AppendUint32(le.AppendUint32(b, h.ModTime), h.SourceSize)
	}
	b = le.AppendUint32(b, uint32(h.Flags))
	if h.Flags&HashBased != 0 {
		return append(b, h.Hash[:]...)
	}
	return le.AppendUint32(le.AppendUint32(b, h.ModTime), h.SourceSize)
}
