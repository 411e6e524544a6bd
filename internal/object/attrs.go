package object

import (
	"unsafe"
)

// Attrs is what an instance of a class has beside the fields of its builtin base: the
// values of __slots__ and of its dict. Type.AttrOffset says where it is.
type Attrs struct {
	// Shape says which slot holds which attribute; nil in types without attributes yet. DictShape: the attributes
	// are in the real dict, which More then points to (slots of __slots__ stay where they are).
	Shape *Shape
	// More has the slots that do not fit inline (*[]Value), or the dict (*Overflow with both).
	More *Overflow
}

// Overflow is the part of an instance's attributes outside its own allocation.
type Overflow struct {
	Slots []Value
	Dict  *Dict
	// Foreign says that Dict was assigned to __dict__, or that __dict__ was deleted.
	Foreign bool
}

// overflow2 has room for two slots, which are enough for most that are not part of the instance: attributes of exceptions.
type overflow2 struct {
	Overflow
	slots [2]Value
}

// overflowDict has room for the dict.
type overflowDict struct {
	Overflow
	dict Dict
}

// Instance is an instance of a class whose builtin base is object. Inline slots follow it.
type Instance struct {
	Head
	Attrs
}

// Shape maps attribute names to slots. Shapes of a class form a tree: each
// attribute added to an instance moves it to a child. All are immutable but for
// the children.
type Shape struct {
	// Names are the names in order; the first Type.Members of a class's slots are not among them.
	Names []*Str
	// first is the slot of Names[0]; inline is how many slots instances with this shape have in their own allocation.
	first    int
	inline   int
	parent   *Shape
	children map[*Str]*Shape
	last     *Shape // the child asked for last
	less     *lessShapes
	index    map[*Str]int
	absent   [2]*Str // names that index has been asked for in vain: of methods that Go code calls, again and again
	table    *Dict   // has the index of a dict of the attributes, once there has been one
}

// dictShape marks instances whose attributes are in a real dict.
var dictShape Shape

// builtinRoot is the shape of instances of builtin types with a dict, which interpreters share: it has no children, and
// the first attribute set moves to a real dict.
var builtinRoot = &Shape{}

// DictShape is the shape of instances whose attributes are in a real dict.
var DictShape = &dictShape

// maxShape is the number of attributes beyond which an instance gets a real dict.
const maxShape = 64

// Find returns the slot of name, which must be interned, or -1.
func (s *Shape) Find(name *Str) int {
	if s == nil {
		return -1 // an object of a builtin type that nobody has given attributes
	}
	if len(s.Names) <= 8 {
		for i, n := range s.Names {
			if n == name {
				return s.first + i
			}
		}
		return -1
	}
	if name == s.absent[0] || name == s.absent[1] {
		return -1
	}
	if s.index == nil {
		s.index = make(map[*Str]int, len(s.Names))
		for i, n := range s.Names {
			s.index[n] = i
		}
	}
	if i, ok := s.index[name]; ok {
		return s.first + i
	}
	s.absent[0], s.absent[1] = name, s.absent[0]
	return -1
}

// Add returns the shape with name as one more attribute, which s must not have.
func (s *Shape) Add(name *Str) *Shape {
	if c := s.last; c != nil && c.Names[len(c.Names)-1] == name {
		return c
	}
	c := s.children[name]
	if c == nil {
		names := make([]*Str, len(s.Names)+1)
		copy(names, s.Names)
		names[len(s.Names)] = name
		c = &Shape{Names: names, first: s.first, inline: s.inline, parent: s}
		if s.children == nil {
			s.children = map[*Str]*Shape{}
		}
		s.children[name] = c
	}
	s.last = c
	return c
}

// lessShapes are the shapes without one of the attributes, made when they are asked for.
type lessShapes struct {
	by []*Shape // by the attribute's place in Names
	// made is, of a class's first shape, how often a shape was looked for that was in no by.
	made int
}

// maxLess bounds lessShapes.made. Instances that are given attributes and lose them in ever new orders would have ever new shapes: they have dicts.
const maxLess = 64

// without returns the shape without Names[i]; nil: the instance is to have a dict.
func (s *Shape) without(i int) *Shape {
	if s.less != nil && s.less.by != nil && s.less.by[i] != nil {
		return s.less.by[i]
	}
	// Attributes that come after it are given anew, in their order: so it is in a dict.
	r, first := s, s
	for ; first.parent != nil; first = first.parent {
		if len(first.Names) > i {
			r = first.parent
		}
	}
	if first.less == nil {
		first.less = &lessShapes{}
	}
	if first.less.made >= maxLess {
		return nil
	}
	first.less.made++
	for _, n := range s.Names[i+1:] {
		r = r.Add(n)
	}
	if s.less == nil {
		s.less = &lessShapes{}
	}
	if s.less.by == nil {
		s.less.by = make([]*Shape, len(s.Names))
	}
	s.less.by[i] = r
	return r
}

// Inline is the number of slots that follow Attrs in the allocation of an instance with this shape. Instances of a class that
// were made before [Type.Inline] grew have fewer, and shapes of their own.
func (s *Shape) Inline() int { return s.inline }

// Next returns the slot that the next attribute added will get.
func (s *Shape) Next() int { return s.first + len(s.Names) }

// AttrsOf returns the Attrs of v, or nil if its type has none.
func AttrsOf(v Value) *Attrs {
	off := v.Type().AttrOffset
	if off == 0 {
		return nil
	}
	return (*Attrs)(unsafe.Add(v.P, off))
}

// Slot returns slot i of an instance, one that its shape has given to an attribute.
func (a *Attrs) Slot(i int) *Value { return slotOf(a, a.Shape.inline, i) }

// AddSlot makes slot i of an instance, which is the next that its shape gives, hold x; shape is the one it has then.
func (a *Attrs) AddSlot(i int, x Value, shape *Shape) {
	growSlots(a, a.Shape.inline, i)
	*a.Slot(i) = x
	a.Shape = shape
}

// slotOf returns slot i of an object whose Attrs are a, with the given number of inline slots. The slot must
// exist: see growSlots.
func slotOf(a *Attrs, inline, i int) *Value {
	if i < inline {
		return (*Value)(unsafe.Add(unsafe.Pointer(a), unsafe.Sizeof(Attrs{})+uintptr(i)*unsafe.Sizeof(Value{})))
	}
	return &a.More.Slots[i-inline]
}

// growSlots makes slot i exist.
func growSlots(a *Attrs, inline, i int) {
	if i < inline {
		return
	}
	if a.More == nil {
		p := &overflow2{}
		p.Slots = p.slots[:0]
		a.More = &p.Overflow
	}
	for len(a.More.Slots) <= i-inline {
		a.More.Slots = append(a.More.Slots, Value{})
	}
}

// InstanceAttr returns the attribute of v's own dict with the given interned name, or no value.
func InstanceAttr(v Value, name *Str) Value {
	cls := v.Type()
	if !cls.HasDict {
		return Value{}
	}
	a := (*Attrs)(unsafe.Add(v.P, cls.AttrOffset))
	if a.Shape == DictShape {
		return a.More.Dict.GetStr(name)
	}
	if i := a.Shape.Find(name); i >= 0 {
		return *a.Slot(i)
	}
	return Value{}
}

// SetInstanceAttr sets the attribute of v's own dict; its type must have one. name is interned.
func SetInstanceAttr(v Value, name *Str, x Value) {
	cls := v.Type()
	a := (*Attrs)(unsafe.Add(v.P, cls.AttrOffset))
	if a.Shape == DictShape {
		a.More.Dict.SetStr(name, x)
		return
	}
	i := a.Shape.Find(name)
	if i < 0 {
		if a.Shape == nil || len(a.Shape.Names) >= maxShape || a.Shape == builtinRoot {
			InstanceDict(v).SetStr(name, x)
			return
		}
		i = a.Shape.Next()
		if i >= cls.Inline {
			cls.growInline(i + 1)
		}
		a.AddSlot(i, x, a.Shape.Add(name))
		return
	}
	*a.Slot(i) = x
}

// DelInstanceAttr deletes the attribute; false: there is none.
func DelInstanceAttr(v Value, name *Str) bool {
	cls := v.Type()
	if !cls.HasDict {
		return false
	}
	a := (*Attrs)(unsafe.Add(v.P, cls.AttrOffset))
	if a.Shape == DictShape {
		return a.More.Dict.DelStr(name)
	}
	i := a.Shape.Find(name)
	if i < 0 {
		return false
	}
	less := a.Shape.without(i - a.Shape.first)
	if less == nil {
		return InstanceDict(v).DelStr(name)
	}
	inline, last := a.Shape.inline, a.Shape.Next()-1
	for ; i < last; i++ {
		*slotOf(a, inline, i) = *slotOf(a, inline, i+1)
	}
	*slotOf(a, inline, last) = Value{}
	a.Shape = less
	return true
}

// InstanceDict returns the __dict__ of v as a real dict, which from then on holds its
// attributes. It returns nil if v's type has no dict.
func InstanceDict(v Value) *Dict {
	cls := v.Type()
	if !cls.HasDict {
		return nil
	}
	a := (*Attrs)(unsafe.Add(v.P, cls.AttrOffset))
	if a.Shape != DictShape {
		a.detach()
	}
	return a.More.Dict
}

// detach makes the dict of an instance and moves the attributes there.
func (a *Attrs) detach() {
	if a.More == nil {
		x := &overflowDict{}
		a.More, x.Dict = &x.Overflow, &x.dict
	} else {
		a.More.Dict = &Dict{}
	}
	d, s := a.More.Dict, a.Shape
	d.Type = &DictType
	if s != nil && len(s.Names) > 0 {
		d.Entries = make([]Entry, len(s.Names))
		for k, n := range s.Names {
			p := a.Slot(s.first + k)
			d.Entries[k] = Entry{makeHashedKey(Of(n), n.HashOf()), *p}
			*p = Value{}
		}
		d.used = int32(len(s.Names))
		if n := len(s.Names); n > smallDict {
			// The index of all dicts that are made of a shape is the same.
			if s.table == nil {
				d.reindex(bitsFor(n))
				s.table = &Dict{}
				s.table.copyIndex(d)
			} else {
				d.copyIndex(s.table)
			}
		}
		d.changed()
	}
	a.Shape = DictShape
}

// SetInstanceDict replaces the dict of v, whose type has one.
func SetInstanceDict(v Value, d *Dict) {
	if InstanceDict(v) == nil {
		return
	}
	m := AttrsOf(v).More
	m.Dict, m.Foreign = d, true
}

// OwnAttrs reports whether the attributes of v are where it had them from the start, in itself or the dict made of
// them, and are few: what CPython calls inline values.
func OwnAttrs(v Value) bool {
	cls := v.Type()
	if cls.Flags&FlagHeap == 0 || cls.dictOffset() != managedDict || cls.sizes().item != 0 {
		return false
	}
	a := AttrsOf(v)
	return a.Shape != DictShape || !a.More.Foreign && a.More.Dict.Len() < maxShape
}

// The allocations of instances by number of inline slots. Go's allocator wants a type for each size.
type (
	inst1 struct {
		Instance
		_ [1]Value
	}
	inst2 struct {
		Instance
		_ [2]Value
	}
	inst3 struct {
		Instance
		_ [3]Value
	}
	inst4 struct {
		Instance
		_ [4]Value
	}
	inst6 struct {
		Instance
		_ [6]Value
	}
	inst8 struct {
		Instance
		_ [8]Value
	}
	inst12 struct {
		Instance
		_ [12]Value
	}
	inst16 struct {
		Instance
		_ [16]Value
	}
	inst24 struct {
		Instance
		_ [24]Value
	}
)

// maxInline is the largest number of inline slots.
const maxInline = 24

// inlineSlots returns the number of inline slots that instances with n expected attributes get.
func inlineSlots(n int) int {
	for _, c := range [...]int{0, 1, 2, 3, 4, 6, 8, 12, 16} {
		if n <= c {
			return c
		}
	}
	return maxInline
}

// growInline makes instances from now on have n inline slots. What a class says of itself is not all: others set attributes of its instances, and
// methods made by decorators say nothing.
func (s *Type) growInline(n int) {
	if s.Inline < maxInline && s.Flags&FlagHeap != 0 && layoutBuiltin(s) == &ObjectType {
		s.Inline = inlineSlots(n)
		s.Root = &Shape{first: s.Members, inline: s.Inline}
	}
}

// NewInstance allocates an instance of cls, whose solid base is object.
func NewInstance(cls *Type) Value {
	var p *Instance
	switch cls.Inline {
	case 0:
		p = new(Instance)
	case 1:
		p = &new(inst1).Instance
	case 2:
		p = &new(inst2).Instance
	case 3:
		p = &new(inst3).Instance
	case 4:
		p = &new(inst4).Instance
	case 6:
		p = &new(inst6).Instance
	case 8:
		p = &new(inst8).Instance
	case 12:
		p = &new(inst12).Instance
	case 16:
		p = &new(inst16).Instance
	default:
		p = &new(inst24).Instance
	}
	p.Type = cls
	p.Shape = cls.Root
	return Value{P: unsafe.Pointer(p)}
}

// InitAttrs gives a freshly allocated object of a subclass its shape, and has its __del__ called in the end.
func InitAttrs(cls *Type, v Value) Value {
	if cls.AttrOffset != 0 {
		(*Attrs)(unsafe.Add(v.P, cls.AttrOffset)).Shape = cls.Root
	}
	if cls.Del != nil && cls.Flags&FlagHeap != 0 && !cls.ownDel() {
		if in := cls.home.Value(); in != nil {
			in.finalize(v)
		}
	}
	return v
}
