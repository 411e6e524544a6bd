package image

import (
	"errors"
	"hash/crc32"
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
)

// Span is a part of a table, or of the text.
type Span struct {
	From, N uint32
}

// Module is one module of an image.
type Module struct {
	Name uint32 // string
	Code uint32 // code object
}

// Code is a code object and what it is lifted to.
type Code struct {
	Flags                                     uint32
	ArgCount, PosOnlyArgCount, KwOnlyArgCount int32
	NLocals, StackSize, FirstLine             int32
	Filename, Name, QualName                  uint32 // strings

	// Parts of the text.
	Code, LineTable, ExceptionTable, Kinds Span
	// Names and Vars are lists of strings in the numbers.
	Names, Vars Span
	Consts      Span

	Words, Units, Handlers, Caches, Points              Span
	LiftLocals, StackBase, MaxSlots, ClearFrom, ClearTo int32
	Near                                                int32
	Generator                                           uint32
}

// Str is a string: a part of the text, and its length in code points. Interned says that it is one of those that CPython interns.
type Str struct {
	Span
	Points   uint32
	Interned uint32
}

// Kind is the kind of a constant.
type Kind uint32

// The kinds of constants, and what A and B of a Const are.
const (
	None Kind = iota
	True
	False
	Ellipsis
	Int       // B is the int64
	Float     // B has the bits
	Complex   // B is a Span of two constants, floats
	BigInt    // A is a string with the decimal digits
	String    // A is the string
	Bytes     // B is a Span of the text: From, then N
	Tuple     // B is a Span of the constants
	FrozenSet // B is a Span of the constants
	Slice     // B is a Span of three constants
	CodeKind  // A is the code object
)

// Const is a constant.
type Const struct {
	Kind Kind
	A    uint32
	B    uint64
}

// Span returns what B is for constants that have other ones, or bytes.
func (c *Const) Span() Span { return Span{uint32(c.B), uint32(c.B >> 32)} }

// Image is an image that has been read. It is not changed and may be shared.
type Image struct {
	Codes   []Code
	Strs    []Str
	Consts  []Const
	Numbers []uint32
	modules []Module

	words    []uint64
	handlers []lift.Handler
	caches   []lift.Cache
	points   []lift.Point
	text     string
}

// magic begins an image.
const magic = "krait image 1\n\x00\x00"

// header is the start of a file.
type header struct {
	magic [len(magic)]byte
	sum   uint64     // of all that follows: a CRC-32
	id    uint64     // what the image depends on
	n     [10]uint32 // rows of the tables, in the order of the file; of the text, bytes
}

// sumEnd is where what the sum is of begins.
const sumEnd = len(magic) + 8

// ErrDamaged is the error for what is no image, or was one.
var ErrDamaged = errors.New("damaged image")

// Open returns the image that data holds if its number is id. data must not change as long as the image or anything of it is in use.
func Open(data []byte, id uint64) (*Image, error) {
	const size = int(unsafe.Sizeof(header{}))
	if len(data) < size || uintptr(unsafe.Pointer(unsafe.SliceData(data)))%8 != 0 {
		return nil, ErrDamaged
	}
	h := (*header)(unsafe.Pointer(unsafe.SliceData(data)))
	if string(h.magic[:]) != magic || h.id != id || uint64(crc32.ChecksumIEEE(data[sumEnd:])) != h.sum {
		return nil, ErrDamaged
	}
	r := &reader{data: data[size:]}
	im := &Image{}
	im.modules = view[Module](r, h.n[0])
	im.Codes = view[Code](r, h.n[1])
	im.Strs = view[Str](r, h.n[2])
	im.Consts = view[Const](r, h.n[3])
	im.Numbers = view[uint32](r, h.n[4])
	im.words = view[uint64](r, h.n[5])
	im.handlers = view[lift.Handler](r, h.n[6])
	im.caches = view[lift.Cache](r, h.n[7])
	im.points = view[lift.Point](r, h.n[8])
	text := view[byte](r, h.n[9])
	im.text = unsafe.String(unsafe.SliceData(text), len(text))
	if r.short {
		return nil, ErrDamaged
	}
	return im, nil
}

// reader cuts data into tables, each of which begins at a multiple of 8.
type reader struct {
	data  []byte
	short bool
}

func view[T any](r *reader, n uint32) []T {
	var x T
	size := uint64(n) * uint64(unsafe.Sizeof(x))
	if size > uint64(len(r.data)) {
		r.short = true
		return nil
	}
	s := unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(r.data))), n)
	r.data = r.data[min((size+7)&^7, uint64(len(r.data))):]
	return s
}

// Find returns the number of the code object of a module.
func (im *Image) Find(name string) (uint32, bool) {
	for _, m := range im.modules {
		if im.Text(im.Strs[m.Name].Span) == name {
			return m.Code, true
		}
	}
	return 0, false
}

// Text returns a part of the text.
func (im *Image) Text(s Span) string { return im.text[s.From : s.From+s.N] }

// Lifted returns what a code object is lifted to.
func (im *Image) Lifted(c *Code) *lift.Code {
	return lift.Restore(lift.Code{
		Words: part(im.words, c.Words), Units: part(im.Numbers, c.Units), Handlers: part(im.handlers, c.Handlers), Caches: part(im.caches, c.Caches),
		Points: part(im.points, c.Points), NLocals: int(c.LiftLocals), StackBase: int(c.StackBase), MaxSlots: int(c.MaxSlots),
		ClearFrom: int(c.ClearFrom), ClearTo: int(c.ClearTo), Generator: c.Generator != 0,
	}, int(c.Near))
}

func part[T any](s []T, p Span) []T { return s[p.From : p.From+p.N : p.From+p.N] }
