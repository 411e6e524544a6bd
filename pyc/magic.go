package pyc

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/pyver"
)

// MagicError reports a magic number that says nothing krait can read.
type MagicError struct {
	// Number is the magic number found.
	Number uint16
	// Known is set when the number is that of a release whose bytecode krait
	// does not read: an older version or a pre-release.
	Known *pyver.Magic
	// Nearest are the known numbers next to Number when it is not known.
	Nearest []pyver.Magic
}

func (e *MagicError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "pyc: offset 0: magic number %d", e.Number)
	switch {
	case e.Known == nil:
		b.WriteString(" is of no known Python")
		for i, m := range e.Nearest {
			b.WriteString([]string{"; the nearest are ", " and "}[i])
			fmt.Fprintf(&b, "%d (%s)", m.Number, m.Release)
		}
	case !e.Known.Version.Known():
		fmt.Fprintf(&b, " is Python %s's", e.Known.Release)
	default:
		fmt.Fprintf(&b, " is of a pre-release, Python %s, whose instructions are not those of %v", e.Known.Release, e.Known.Version)
	}
	fmt.Fprintf(&b, "; want that of 2.7 or 3.0 to %v, or the version to read the file as", pyver.Py315)
	return b.String()
}

// NotPycError reports a file that is something else.
type NotPycError struct {
	// What says what it is, like "an ELF file".
	What string
}

func (e *NotPycError) Error() string { return "pyc: offset 0: " + e.What + ", not a .pyc file" }

// readMagic sets Magic, and Version unless that is set already.
func (h *Header) readMagic(data []byte) error {
	if len(data) >= 4 && data[2] == '\r' && data[3] == '\n' {
		h.Magic = binary.LittleEndian.Uint16(data)
		if h.Version != 0 {
			return nil
		}
		m, ok := pyver.ByMagic(h.Magic)
		switch {
		case !ok && looksLikeText(data):
			// Text that has CR LF behind two characters.
		case !ok:
			return &MagicError{Number: h.Magic, Nearest: pyver.Nearest(h.Magic)}
		case !m.Readable():
			return &MagicError{Number: h.Magic, Known: &m}
		default:
			h.Version = m.Version
			return nil
		}
	}
	return &NotPycError{whatIs(data)}
}

// signatures are the first bytes of what people take for a .pyc file.
var signatures = []struct{ prefix, what string }{
	{"\x7fELF", "an ELF file (a shared library or program)"},
	{"PK\x03\x04", "a zip archive"},
	{"PK\x05\x06", "an empty zip archive"},
	{"MZ", "a Windows program or .pyd library"},
	{"\xfe\xed\xfa\xce", "a Mach-O file"},
	{"\xfe\xed\xfa\xcf", "a Mach-O file"},
	{"\xce\xfa\xed\xfe", "a Mach-O file"},
	{"\xcf\xfa\xed\xfe", "a Mach-O file"},
	{"\xca\xfe\xba\xbe", "a Mach-O file or a Java class"},
	{"\x1f\x8b", "a gzip file"},
	{"BZh", "a bzip2 file"},
	{"\xfd7zXZ\x00", "an xz file"},
	{"\x28\xb5\x2f\xfd", "a zstd file"},
	{"\x00asm", "a WebAssembly module"},
}

// whatIs describes a file that does not begin with a magic number.
func whatIs(data []byte) string {
	if len(data) == 0 {
		return "an empty file"
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return s.what
		}
	}
	if len(data) >= 4 {
		m, ok := pyver.ByMagic(binary.LittleEndian.Uint16(data))
		known := ok && m.Number > 255
		switch {
		case known && data[2] == '\n':
			return fmt.Sprintf("a .pyc of Python %s whose CR LF became LF (copied in text mode)", m.Release)
		case known && bytes.HasPrefix(data[2:], []byte("\r\r\n")):
			return fmt.Sprintf("a .pyc of Python %s whose LF became CR LF (copied in text mode)", m.Release)
		}
	}
	if looksLikeText(data) {
		return "text (Python source?)"
	}
	if len(data) < 4 {
		return fmt.Sprintf("a file of %d bytes", len(data))
	}
	return fmt.Sprintf("a file that begins with % x", data[:4])
}

// looksLikeText reports whether the beginning of data is UTF-8 without control
// characters.
func looksLikeText(data []byte) bool {
	head := data[:min(len(data), 512)]
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return len(data) > len(head) && len(head)-i < utf8.UTFMax
		case r < ' ' && !strings.ContainsRune("\t\n\r\f", r):
			return false
		}
		i += n
	}
	return true
}
