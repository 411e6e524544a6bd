package image

import (
	"fmt"
	"hash/crc32"
	"math"
	"unicode/utf8"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/lift"
)

// A Source is a module to be put into an image.
type Source struct {
	Name string
	Code *code.Object
}

// Make returns an image of modules, which krait has compiled. id is the number that Open has to be given.
func Make(modules []Source, id uint64) ([]byte, error) {
	w := &writer{strs: map[strKey]uint32{}}
	for _, m := range modules {
		c, err := w.code(m.Code)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		w.modules = append(w.modules, Module{w.str(m.Name, false), c})
	}
	return w.file(id), nil
}

type strKey struct {
	text     string
	interned bool
}

type writer struct {
	Image
	text []byte
	strs map[strKey]uint32
}

func (w *writer) str(s string, interned bool) uint32 {
	k := strKey{s, interned}
	if n, ok := w.strs[k]; ok {
		return n
	}
	n := uint32(len(w.Strs))
	w.strs[k] = n
	in := uint32(0)
	if interned {
		in = 1
	}
	w.Strs = append(w.Strs, Str{w.bytes(s), uint32(points(s)), in})
	return n
}

// points returns the length of a str in code points; a lone surrogate is three bytes.
func points(s string) int {
	n := 0
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

func (w *writer) bytes(s string) Span {
	from := len(w.text)
	w.text = append(w.text, s...)
	return Span{uint32(from), uint32(len(s))}
}

func (w *writer) bytesOf(b *code.Bytes) Span {
	if b == nil {
		return Span{}
	}
	return w.bytes(b.S)
}

// value adds a str that names something.
func (w *writer) value(v code.Value) uint32 {
	if s, ok := v.(*code.Str); ok {
		return w.str(s.S, s.Interned)
	}
	return w.str("", true)
}

func (w *writer) names(t *code.Tuple) Span {
	s := Span{From: uint32(len(w.Numbers))}
	for i := range t.Len() {
		w.Numbers = append(w.Numbers, w.value(t.Items[i]))
		s.N++
	}
	return s
}

func (w *writer) code(o *code.Object) (uint32, error) {
	l, err := lift.Lift(o)
	if err != nil {
		return 0, err
	}
	n := uint32(len(w.Codes))
	w.Codes = append(w.Codes, Code{})
	c := Code{
		Flags: uint32(o.Flags), ArgCount: int32(o.ArgCount), PosOnlyArgCount: int32(o.PosOnlyArgCount), KwOnlyArgCount: int32(o.KwOnlyArgCount),
		NLocals: int32(o.NLocals), StackSize: int32(o.StackSize), FirstLine: int32(o.FirstLine),
		Filename: w.value(o.Filename), Name: w.value(o.Name), QualName: w.value(o.QualName),
		Code: w.bytesOf(o.Code), LineTable: w.bytesOf(o.LineTable), ExceptionTable: w.bytesOf(o.ExceptionTable), Kinds: w.bytesOf(o.LocalsPlusKinds),
		Names: w.names(o.Names), Vars: w.names(o.LocalsPlusNames),
		LiftLocals: int32(l.NLocals), StackBase: int32(l.StackBase), MaxSlots: int32(l.MaxSlots), ClearFrom: int32(l.ClearFrom), ClearTo: int32(l.ClearTo),
		Near: int32(l.Near()),
	}
	if l.Generator {
		c.Generator = 1
	}
	if c.Consts, err = w.consts(o.Consts.Items); err != nil {
		return 0, err
	}
	c.Words, w.words = add(w.words, l.Words)
	c.Units, w.Numbers = add(w.Numbers, l.Units)
	c.Caches, w.caches = add(w.caches, l.Caches)
	c.Points, w.points = add(w.points, l.Points)
	c.Handlers, w.handlers = add(w.handlers, l.Handlers)
	w.Codes[n] = c
	return n, nil
}

func add[T any](all, s []T) (Span, []T) {
	return Span{uint32(len(all)), uint32(len(s))}, append(all, s...)
}

// consts adds constants in a row. Those inside of them come before.
func (w *writer) consts(items []code.Value) (Span, error) {
	row := make([]Const, 0, len(items))
	for _, v := range items {
		c, more, err := w.constant(v)
		if err != nil {
			return Span{}, err
		}
		row = append(row, c)
		if more != nil {
			// Only complex numbers take two places, and they are put into a row of their own.
			from := uint64(len(w.Consts))
			w.Consts = append(w.Consts, c, *more)
			row[len(row)-1] = Const{Complex, 0, from | 2<<32}
		}
	}
	s, all := add(w.Consts, row)
	w.Consts = all
	return s, nil
}

func (w *writer) constant(v code.Value) (c Const, more *Const, err error) {
	span := func(k Kind, items ...code.Value) (Const, *Const, error) {
		s, err := w.consts(items)
		return Const{k, 0, uint64(s.From) | uint64(s.N)<<32}, nil, err
	}
	switch v := v.(type) {
	case nil, *code.NoneType:
		return Const{Kind: None}, nil, nil
	case *code.EllipsisType:
		return Const{Kind: Ellipsis}, nil, nil
	case *code.Bool:
		if v.V {
			return Const{Kind: True}, nil, nil
		}
		return Const{Kind: False}, nil, nil
	case *code.Int:
		if v.Big != nil {
			return Const{BigInt, w.str(v.Big.String(), false), 0}, nil, nil
		}
		return Const{Int, 0, uint64(v.V)}, nil, nil
	case *code.Float:
		return Const{Float, 0, math.Float64bits(v.V)}, nil, nil
	case *code.Complex:
		return Const{Float, 0, math.Float64bits(v.Re)}, &Const{Float, 0, math.Float64bits(v.Im)}, nil
	case *code.Str:
		return Const{String, w.str(v.S, v.Interned), 0}, nil, nil
	case *code.Bytes:
		s := w.bytes(v.S)
		return Const{Bytes, 0, uint64(s.From) | uint64(s.N)<<32}, nil, nil
	case *code.Tuple:
		return span(Tuple, v.Items...)
	case *code.Set:
		if v.Frozen {
			return span(FrozenSet, v.Items...)
		}
	case *code.Slice:
		return span(Slice, v.Start, v.Stop, v.Step)
	case *code.Object:
		n, err := w.code(v)
		return Const{CodeKind, n, 0}, nil, err
	}
	return Const{}, nil, fmt.Errorf("constant of type %T", v)
}

// file returns the file.
func (w *writer) file(id uint64) []byte {
	h := header{id: id, n: [10]uint32{uint32(len(w.modules)), uint32(len(w.Codes)), uint32(len(w.Strs)), uint32(len(w.Consts)), uint32(len(w.Numbers)),
		uint32(len(w.words)), uint32(len(w.handlers)), uint32(len(w.caches)), uint32(len(w.points)), uint32(len(w.text))}}
	copy(h.magic[:], magic)
	size := unsafe.Sizeof(h)
	b := make([]byte, size)
	b = table(b, w.modules)
	b = table(b, w.Codes)
	b = table(b, w.Strs)
	b = table(b, w.Consts)
	b = table(b, w.Numbers)
	b = table(b, w.words)
	b = table(b, w.handlers)
	b = table(b, w.caches)
	b = table(b, w.points)
	b = table(b, w.text)
	copy(b, unsafe.Slice((*byte)(unsafe.Pointer(&h)), size))
	h.sum = uint64(crc32.ChecksumIEEE(b[sumEnd:]))
	copy(b, unsafe.Slice((*byte)(unsafe.Pointer(&h)), size))
	return b
}

// table appends the memory of a slice, filled up to a multiple of 8.
func table[T any](b []byte, s []T) []byte {
	if len(s) > 0 {
		b = append(b, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), uintptr(len(s))*unsafe.Sizeof(s[0]))...)
	}
	for len(b)%8 != 0 {
		b = append(b, 0)
	}
	return b
}
