package vm

import (
	"math"
	"math/big"
	"slices"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/image"
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/pyver"
)

// Images makes code objects of an image for an interpreter.
type Images struct {
	in *object.Interp
	im *image.Image
	// strs are where the strings are, by number, once they have been needed; 0: not yet. Interned ones stay for ever, kept are the others: so the collector
	// need not look at thousands.
	strs []uintptr
	kept []*object.Str
}

// NewImages returns the code objects of an image.
func NewImages(in *object.Interp, im *image.Image) *Images {
	return &Images{in: in, im: im, strs: make([]uintptr, len(im.Strs))}
}

// Code returns the code object of a module, or nil.
func (s *Images) Code(module string) *object.Code {
	n, ok := s.im.Find(module)
	if !ok {
		return nil
	}
	c := &imaged{}
	s.fill(c, &object.RawSlice[imagedObject](1)[0], n)
	c.Filename = object.Of(s.str(c.lazy.rec.Filename))
	return &c.Code
}

// imageCode says where in an image a code object is from.
type imageCode struct {
	images *Images
	rec    *image.Code
}

// imaged is a code object of an image with all that it always has.
type imaged struct {
	object.Code
	lazy imageCode
}

// imagedObject is Obj of a code object of an image. It points to itself and into the image, so the collector need not look at it: a start makes hundreds of
// code objects, of which it looks at each in every cycle. That is why wholeObject makes another one.
type imagedObject struct {
	obj                          code.Object
	code, lines, handlers, kinds code.Bytes
}

// imageOf returns where code is from, nil if it is from no image.
func imageOf(c *object.Code) *imageCode {
	switch x := c.Extra.(type) {
	case *imageCode:
		return x
	case *codeState:
		return x.image
	}
	return nil
}

// fill makes c code object n of the image, m its Obj.
func (s *Images) fill(c *imaged, m *imagedObject, n uint32) {
	rec := &s.im.Codes[n]
	c.lazy = imageCode{s, rec}
	m.code.S, m.lines.S = s.im.Text(rec.Code), s.im.Text(rec.LineTable)
	m.handlers.S, m.kinds.S = s.im.Text(rec.ExceptionTable), s.im.Text(rec.Kinds)
	o := &m.obj
	o.Version, o.Flags = pyver.Py314, code.Flags(rec.Flags)
	o.ArgCount, o.PosOnlyArgCount, o.KwOnlyArgCount = int(rec.ArgCount), int(rec.PosOnlyArgCount), int(rec.KwOnlyArgCount)
	o.NLocals, o.StackSize, o.FirstLine = int(rec.NLocals), int(rec.StackSize), int(rec.FirstLine)
	o.Code, o.LineTable, o.ExceptionTable, o.LocalsPlusKinds = &m.code, &m.lines, &m.handlers, &m.kinds
	c.Type = &object.CodeType
	c.Obj, c.Extra, c.Lazy, c.Args = o, &c.lazy, &c.lazy, -1
	c.Name, c.Qualname = object.Of(s.str(rec.Name)), object.Of(s.str(rec.QualName))
}

// str returns a string of the image.
func (s *Images) str(n uint32) *object.Str {
	if s.strs[n] != 0 {
		return *(**object.Str)(unsafe.Pointer(&s.strs[n]))
	}
	rec := &s.im.Strs[n]
	text := s.im.Text(rec.Span)
	var x *object.Str
	if rec.Interned != 0 || len(text) <= 20 {
		x = s.in.Intern(text)
	} else {
		x = object.NewStrN(text, int(rec.Points))
		s.kept = append(s.kept, x)
	}
	s.strs[n] = uintptr(unsafe.Pointer(x))
	return x
}

// list returns names. They are interned, and the interpreter, which code of an image has, never gives them up: so the collector need not look at them.
func (s *Images) list(p image.Span) []*object.Str {
	if p.N == 0 {
		return nil
	}
	ns := object.RawSlice[*object.Str](int(p.N))
	for i := range ns {
		x := s.str(s.im.Numbers[int(p.From)+i])
		if !x.Interned {
			x = s.in.InternStr(x)
		}
		ns[i] = x
	}
	return ns
}

// Complete makes the values of a code object.
func (m *imageCode) Complete(c *object.Code) {
	s := m.images
	c.Names, c.Localsplus = s.list(m.rec.Names), s.list(m.rec.Vars)
	c.Consts = s.values(m.rec.Consts, c, m.rec)
}

// once reports whether a code object is that of a class's body, which runs once. Its memory is no part of its neighbours': those live on as functions, and
// would keep it with its constants and caches.
func (s *Images) once(n uint32) bool { return code.Flags(s.im.Codes[n].Flags)&code.Optimized == 0 }

// values makes constants. Code objects among them, which are in from, take its file name.
func (s *Images) values(p image.Span, from *object.Code, rec *image.Code) []Value {
	vs := make([]Value, p.N)
	consts := s.im.Consts[p.From : p.From+p.N]
	n := 0
	for i := range consts {
		if consts[i].Kind == image.CodeKind && !s.once(consts[i].A) {
			n++
		}
	}
	var codes []imaged
	var objs []imagedObject
	if n > 0 {
		codes, objs = make([]imaged, n), object.RawSlice[imagedObject](n)
	}
	for i := range consts {
		k := &consts[i]
		if k.Kind != image.CodeKind {
			vs[i] = s.value(k)
			continue
		}
		var c *imaged
		if s.once(k.A) {
			c = &imaged{}
			s.fill(c, &object.RawSlice[imagedObject](1)[0], k.A)
		} else {
			c = &codes[0]
			s.fill(c, &objs[0], k.A)
			codes, objs = codes[1:], objs[1:]
		}
		if c.lazy.rec.Filename == rec.Filename {
			c.Filename = from.Filename
		} else {
			c.Filename = object.Of(s.str(c.lazy.rec.Filename))
		}
		vs[i] = object.Of(&c.Code)
	}
	return vs
}

func (s *Images) value(k *image.Const) Value {
	switch k.Kind {
	case image.True:
		return object.True
	case image.False:
		return object.False
	case image.Ellipsis:
		return object.Ellipsis
	case image.Int:
		return object.MakeInt(int64(k.B))
	case image.Float:
		return object.MakeFloat(math.Float64frombits(k.B))
	case image.Complex:
		p := k.Span()
		return object.MakeComplex(complex(math.Float64frombits(s.im.Consts[p.From].B), math.Float64frombits(s.im.Consts[p.From+1].B)))
	case image.BigInt:
		n, _ := new(big.Int).SetString(s.im.Text(s.im.Strs[k.A].Span), 10)
		return object.MakeBig(n)
	case image.String:
		return object.Of(s.str(k.A))
	case image.Bytes:
		return object.MakeBytes(s.im.Text(k.Span()))
	case image.Tuple:
		return object.Of(object.NewTuple(s.values(k.Span(), nil, nil)...))
	case image.FrozenSet:
		return object.MakeSet(s.in.Main, s.values(k.Span(), nil, nil), true)
	case image.Slice:
		vs := s.values(k.Span(), nil, nil)
		return object.MakeSlice(vs[0], vs[1], vs[2])
	}
	return object.None
}

func (m *imageCode) lifted() *lift.Code {
	l := m.images.im.Lifted(m.rec)
	if l.Generator {
		l.Words = slices.Clone(l.Words) // guard marks some of them, and an image cannot be written
	}
	return l
}

// wholeObject returns Obj of a code object with the values that it has none of if it is from an image.
func wholeObject(c *object.Code) *code.Object {
	if c.Obj.Names != nil || imageOf(c) == nil {
		return c.Obj
	}
	c.Full()
	copied := *c.Obj // what it points to is not kept by an imagedObject
	o := &copied
	c.Obj = o
	strs := func(names []*object.Str) *code.Tuple {
		items := make([]code.Value, len(names))
		for i, n := range names {
			items[i] = &code.Str{S: n.S, Interned: true}
		}
		return &code.Tuple{Items: items}
	}
	o.Names, o.LocalsPlusNames = strs(c.Names), strs(c.Localsplus)
	o.Consts = &code.Tuple{Items: make([]code.Value, len(c.Consts))}
	for i, v := range c.Consts {
		o.Consts.Items[i], _ = ToConstant(v, true)
	}
	name := func(v Value) *code.Str { return &code.Str{S: v.Str().S, Interned: v.Str().Interned} }
	o.Filename, o.Name, o.QualName = name(c.Filename), name(c.Name), name(c.Qualname)
	return o
}
