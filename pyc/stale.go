package pyc

import (
	"fmt"
	"time"

	"github.com/krait-py/krait/pyver"
)

// Source is what is known of the source a file may have been made from.
type Source struct {
	// ModTime is when it was modified; the zero Time means not known.
	ModTime time.Time
	// Size is its length in bytes, known when ModTime is.
	Size int64
	// Data is its text; nil means not known. The hash is taken of it, and
	// the size.
	Data []byte
}

// Reason says which field of a header disagrees with the source.
type Reason uint8

// The reasons why a file is stale.
const (
	NotStale Reason = iota
	StaleModTime
	StaleSize
	StaleHash
)

// Staleness says why a file is stale. Have is what the header says, Want what
// the source has: seconds since 1970, bytes, or the hash as a number whose
// highest byte is the first.
type Staleness struct {
	Reason     Reason
	Have, Want uint64
	// Ignored is set when importing does not compare: the hash of an
	// unchecked hash-based file.
	Ignored bool
}

// String says it in words.
func (s Staleness) String() string {
	when := func(t uint64) string { return time.Unix(int64(t), 0).UTC().Format(time.DateTime) }
	switch s.Reason {
	case StaleModTime:
		return fmt.Sprintf("made from a source modified at %s, but it was modified at %s", when(s.Have), when(s.Want))
	case StaleSize:
		return fmt.Sprintf("made from a source of %d bytes, but it has %d", s.Have, s.Want)
	case StaleHash:
		t := fmt.Sprintf("made from a source with hash %016x, but it has %016x", s.Have, s.Want)
		if s.Ignored {
			t += " (unchecked: importing does not notice)"
		}
		return t
	}
	return "not stale"
}

// Stale compares the header with a source as importing does and reports why
// and whether the file is stale. What is not known of the source is not
// compared. Modification times count in whole seconds, and they and sizes
// modulo 2^32. A hash is compared also when importing would not.
func (h *Header) Stale(src Source) (Staleness, bool) {
	if h.Flags&HashBased != 0 && h.Version >= pyver.Py37 {
		if src.Data == nil {
			return Staleness{}, false
		}
		m := pyver.Magic{Number: h.Magic}
		if sum := sourceHash(h.Version, m, src.Data); sum != h.Hash {
			return Staleness{StaleHash, hashNumber(h.Hash), hashNumber(sum), h.Flags&CheckSource == 0}, true
		}
		return Staleness{}, false
	}
	if !src.ModTime.IsZero() {
		if t := uint32(src.ModTime.Unix()); t != h.ModTime {
			return Staleness{Reason: StaleModTime, Have: uint64(h.ModTime), Want: uint64(t)}, true
		}
	}
	size, known := src.Size, !src.ModTime.IsZero()
	if src.Data != nil {
		size, known = int64(len(src.Data)), true
	}
	if known && h.Version >= pyver.Py33 && uint32(size) != h.SourceSize {
		return Staleness{Reason: StaleSize, Have: uint64(h.SourceSize), Want: uint64(uint32(size))}, true
	}
	return Staleness{}, false
}

func hashNumber(h [8]byte) (n uint64) {
	for _, b := range h {
		n = n<<8 | uint64(b)
	}
	return n
}
