package object

import (
	"sync/atomic"
	"unicode/utf8"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

// Str is a str. Its text is UTF-8 in which a lone surrogate may stand as three bytes;
// a pair of surrogates stays a pair.
type Str struct {
	Head
	// Hash is the string's hash once it has been asked for, else 0; see HashOf.
	Hash uint64
	// S is the text.
	S string
	// n is the length in code points. The string is ASCII when n == len(S).
	n uint32
	// Interned says that the string is the only one with its text among interned ones.
	Interned bool
	// grown counts the concatenations in a row that made the string, up to a limit; see ConcatStr.
	grown uint8
	// plus says that the string is a strPlus.
	plus bool
	// shared says that all interpreters may have the string; see wideChar.
	shared bool
}

// strPlus is a str that can have what few strings need. All are of this kind but for those that never need it: whose
// text lies behind the header (see makeStrBuf), interned ones that are ASCII, and the shared ones of one character.
type strPlus struct {
	Str
	// more is nil until something needs it.
	more *strMore
}

// strMore is shared by strings that begin in the same memory, each a part of the next.
type strMore struct {
	// index finds code points of the longest of the strings that has been asked for one.
	index strs.Index
	// point and offset are the code point that was found last, and where it begins.
	point, offset int
	// used and size are bytes of the memory: how much strings have, and how much there is.
	used, size int
}

// extra returns what more there is of the string, or nil.
func (s *Str) extra() *strMore {
	if !s.plus {
		return nil
	}
	return (*strPlus)(unsafe.Pointer(s)).more
}

// HashOf returns the hash of the string, which is not 0 unless the string is empty.
func (s *Str) HashOf() uint64 {
	if s.Hash == 0 {
		s.Hash = hashText(s.S)
	}
	return s.Hash
}

// Len returns the length in code points.
func (s *Str) Len() int { return int(s.n) }

// IsASCII reports whether all characters are below 128.
func (s *Str) IsASCII() bool { return int(s.n) == len(s.S) }

// NewStr returns a str with the given text, which must be generalised UTF-8.
func NewStr(s string) *Str {
	return NewStrN(s, CountPoints(s))
}

// NewASCII returns a str whose text is known to be ASCII.
func NewASCII(s string) *Str {
	return NewStrN(s, len(s))
}

// NewStrN returns a str whose length in code points is known.
func NewStrN(s string, n int) *Str {
	p := &strPlus{Str: Str{Head: Head{&StrType}, S: s, n: uint32(n), plus: true}}
	return &p.Str
}

// MakeStr returns the str with text s as a value.
func MakeStr(s string) Value { return Value{P: unsafe.Pointer(NewStr(s))} }

// MakeChar returns the str of one code point, surrogates included. Those below 256 are shared, and so are others that are made often.
func MakeChar(r rune) Value {
	if uint32(r) < 256 {
		return Value{P: unsafe.Pointer(&charStrs[r])}
	}
	return Value{P: unsafe.Pointer(wideChar(r))}
}

// wideChars are strs of one character that were made last. Texts of an alphabet that is not Latin are looked at one
// character after the other as others are, and the same few come again and again. They are those of all interpreters:
// nothing of them changes.
var wideChars [1024]atomic.Pointer[rawChar]

// rawChar is a str of one character together with what that is, in memory that the collector does not scan.
type rawChar struct {
	rawStr
	text [utf8.UTFMax]byte
	char rune
}

// wideChar returns a str of one character from 256 on.
func wideChar(r rune) *Str {
	e := &wideChars[uint32(r)%uint32(len(wideChars))]
	c := e.Load()
	if c == nil || c.char != r {
		c = newRaw[rawChar]()
		c.char = r
		s, b := rawStrAt(unsafe.Pointer(c), len(AppendPoint(c.text[:0], r)), 1)
		s.Hash, s.shared = hashText(textOf(b)), true
		e.Store(c)
	}
	return (*Str)(unsafe.Pointer(c))
}

// ASCIIChar is the str of an ASCII character.
func ASCIIChar(c byte) Value { return Value{P: unsafe.Pointer(&charStrs[c])} }

// AppendPoint appends the UTF-8 of r, or for a surrogate its three bytes.
func AppendPoint(b []byte, r rune) []byte {
	if r >= 0xD800 && r <= 0xDFFF {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r)&0xBF)
	}
	return utf8.AppendRune(b, r)
}

// CountPoints returns the number of code points in generalised UTF-8: the bytes that are not continuations.
func CountPoints(s string) int { return strs.Count(s) }

// DecodePoint returns the first code point of s, surrogates included, and its length in bytes. s is not empty.
func DecodePoint(s string) (rune, int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	if s[0] == 0xED && len(s) >= 3 && s[1] >= 0xA0 {
		return rune(s[0]&0xF)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

var (
	charStrs [256]Str
	emptyStr = Str{Interned: true}
	// EmptyStr is "".
	EmptyStr = Value{P: unsafe.Pointer(&emptyStr)}
)

func setupChars() {
	emptyStr.Head.Type = &StrType
	emptyStr.Hash = hashText("")
	staticNames.add(&emptyStr)
	text := make([]byte, 0, 3*len(charStrs)/2)
	for i := range charStrs {
		text = utf8.AppendRune(text, rune(i))
	}
	for i, rest := 0, string(text); i < len(charStrs); i++ {
		n := utf8.RuneLen(rune(i))
		s := rest[:n]
		rest = rest[n:]
		charStrs[i] = Str{Head: Head{&StrType}, S: s, n: 1, Hash: hashText(s), Interned: true}
		staticNames.add(&charStrs[i])
	}
}
