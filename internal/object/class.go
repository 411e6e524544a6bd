package object

import (
	"sort"
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

var (
	nameQualname      = StaticName("__qualname__")
	nameSlots         = StaticName("__slots__")
	nameDict          = StaticName("__dict__")
	nameWeakref       = StaticName("__weakref__")
	nameClassCell     = StaticName("__classcell__")
	nameClassDictCell = StaticName("__classdictcell__")
	nameStaticAttrs   = StaticName("__static_attributes__")
	nameSetName       = StaticName("__set_name__")
	nameInitSubclass  = StaticName("__init_subclass__")
	nameEq            = StaticName("__eq__")
	nameMRO           = StaticName("mro")
	nameMROEntries    = StaticName("__mro_entries__")
)

// typeNew is type.__new__: type(name, bases, dict, **kwds).
func typeNew(t *Thread, meta *Type, args []Value, names *Tuple) Value {
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n != 3 {
		return t.TypeErrorf("type.__new__() takes exactly 3 arguments (%d given)", n)
	}
	name, bases, ns := args[0], args[1], args[2]
	if !name.IsStr() {
		return t.TypeErrorf("type.__new__() argument 1 must be str, not %s", ArgName(name))
	}
	if bases.Type().Flags&FlagTuple == 0 {
		return t.TypeErrorf("type.__new__() argument 2 must be tuple, not %s", bases.Type().Name)
	}
	if ns.Type().Flags&FlagDict == 0 {
		return t.TypeErrorf("type.__new__() argument 3 must be dict, not %s", ns.Type().Name)
	}
	bt := To[Tuple](bases)
	if bt.Len() == 0 {
		bt = NewTuple(Of(&ObjectType))
	} else {
		for _, b := range bt.Items() {
			if b.Type().Flags&FlagType != 0 {
				continue
			}
			if f, ok := t.FindAttr(b, nameMROEntries); !ok {
				return Value{}
			} else if f.P != nil {
				return t.TypeErrorf("type() doesn't support MRO entry resolution; use types.new_class()")
			}
		}
		winner := t.metaclass(meta, bt)
		if winner == nil {
			return Value{}
		}
		if winner != meta {
			if winner.Dict().GetStr(nameNew).P != nil || winner.Flags&FlagHeap != 0 {
				if f := winner.Lookup(t, nameNew); f != TypeType.Dict().GetStr(nameNew) {
					return winner.New(t, winner, args, names)
				}
			}
			meta = winner
		}
	}
	return t.newClass(meta, name, bt, To[Dict](ns), args, names)
}

// metaclass returns the most derived metaclass of meta and those of the bases.
func (t *Thread) metaclass(meta *Type, bases *Tuple) *Type {
	for _, b := range bases.Items() {
		m := b.Type()
		if meta.IsSubtype(m) {
			continue
		}
		if m.IsSubtype(meta) {
			meta = m
			continue
		}
		t.TypeErrorf("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		return nil
	}
	return meta
}

// solid returns the type in cls's line of bases that adds fields last.
func solid(cls *Type) *Type {
	for cls.Base != nil {
		if cls.Flags&FlagHeap == 0 {
			if cls.ownLayout || cls.sizes() != cls.Base.sizes() {
				return cls
			}
		} else if cls.Members > cls.Base.Members {
			return cls
		}
		cls = cls.Base
	}
	return cls
}

// bestBase returns the base that decides the layout of instances.
func (t *Thread) bestBase(bases *Tuple) *Type {
	var winner, base *Type
	for _, bv := range bases.Items() {
		if bv.Type().Flags&FlagType == 0 {
			t.TypeErrorf("bases must be types")
			return nil
		}
		b := To[Type](bv)
		if b.Flags&FlagBase == 0 {
			t.TypeErrorf("type '%s' is not an acceptable base type", b.Name)
			return nil
		}
		s := solid(b)
		switch {
		case winner == nil:
			winner, base = s, b
		case winner.IsSubtype(s):
		case s.IsSubtype(winner):
			winner, base = s, b
		default:
			t.TypeErrorf("multiple bases have instance lay-out conflict")
			return nil
		}
	}
	return base
}

func (t *Thread) newClass(meta *Type, name Value, bases *Tuple, ns *Dict, args []Value, kwnames *Tuple) Value {
	base := t.bestBase(bases)
	if base == nil {
		return Value{}
	}
	if strings.IndexByte(name.Str().S, 0) >= 0 {
		return t.ValueErrorf("type name must not contain null characters")
	}
	if !validUTF8(name.Str()) {
		t.surrogateError(name)
		return Value{}
	}
	if doc := ns.GetStr(nameDoc); doc.P != nil && doc.IsStr() && !validUTF8(doc.Str()) {
		t.surrogateError(doc)
		return Value{}
	}
	v := NewTypeObject(meta)
	c := To[Type](v)
	c.Name = name.Str().S
	c.home = t.Interp.weakSelf()
	c.Flags = FlagHeap | FlagBase | FlagReady | base.Flags&inheritedFlags&^(FlagSequence|FlagMapping)
	c.Base, c.Bases = base, bases
	d := ns.Copy()
	c.dict = d
	// __qualname__
	c.Qualname = name
	if q := d.GetStr(nameQualname); q.P != nil {
		if !q.IsStr() {
			return t.TypeErrorf("type __qualname__ must be a str, not %s", q.Type().Name)
		}
		c.Qualname = q
		d.DelStr(nameQualname)
	}
	if d.GetStr(nameModule).P == nil {
		if m := t.callerModule(); m.P != nil {
			d.SetStr(nameModule, m)
		}
	}
	if f := d.GetStr(nameNew); f.P != nil && f.Is(&FuncType) {
		d.SetStr(nameNew, Of(NewStaticMethod(f)))
	}
	for _, n := range []*Str{nameInitSubclass, nameClassGetItem} {
		if f := d.GetStr(n); f.P != nil && f.Is(&FuncType) {
			d.SetStr(n, Of(NewClassMethod(f)))
		}
	}
	cell := d.GetStr(nameClassCell)
	if cell.P != nil {
		if !cell.Is(&CellType) {
			r := t.Repr(Of(cell.Type()))
			if r == nil {
				return Value{}
			}
			return t.TypeErrorf("__classcell__ must be a nonlocal cell, not %s", r.S)
		}
		d.DelStr(nameClassCell)
		To[Cell](cell).V = v
	}
	if dc := d.GetStr(nameClassDictCell); dc.P != nil && dc.Is(&CellType) {
		d.DelStr(nameClassDictCell)
		To[Cell](dc).V = Of(d)
	}
	if !t.layout(c, base, d) {
		return Value{}
	}
	if d.GetStr(nameDoc).P == nil {
		d.SetStr(nameDoc, None)
	}
	if d.GetStr(nameEq).P != nil && d.GetStr(nameHash).P == nil {
		d.SetStr(nameHash, None)
	}
	if !t.computeMRO(c) {
		return Value{}
	}
	// Patterns see instances as those of the first class that is a sequence or a mapping.
	for _, b := range c.MRO { // whose first one is c, unless a metaclass makes it
		if kind := b.Flags & (FlagSequence | FlagMapping); kind != 0 {
			c.Flags |= kind
			break
		}
	}
	c.inheritSlots(t)
	t.Interp.lastVersion++
	c.Version = t.Interp.lastVersion
	for _, b := range bases.Items() {
		bt := To[Type](b)
		t.Interp.addSubclass(bt, c)
	}
	for i := range ns.Entries {
		if k := ns.Entries[i].Key(); k.P != nil && !k.IsStr() {
			if !t.Warn(&RuntimeWarningType, 1, "non-string key in the __dict__ of class %s", c.Name) {
				return Value{}
			}
			break
		}
	}
	// __set_name__, in the order of the namespace.
	for i := 0; i < len(ns.Entries); i++ {
		e := ns.Entries[i]
		if !e.Used() {
			continue
		}
		if r, found := t.setName(e.Value, v, e.Key()); found && r.P == nil {
			return Value{}
		}
	}
	// super(c, c).__init_subclass__(**kwds)
	f := t.superLookup(c, nameInitSubclass)
	if f.P == nil {
		return Value{}
	}
	var kw []Value
	if kwnames != nil {
		kw = args[len(args)-kwnames.Len():]
	}
	if t.Call(f, kw, kwnames).P == nil {
		return Value{}
	}
	return v
}

func (t *Thread) setName(x, cls, key Value) (Value, bool) {
	if x.P == nil || x.Type().Lookup(t, nameSetName).P == nil {
		return Value{}, false
	}
	r, found := t.CallSpecial(x, nameSetName, cls, key)
	if found && r.P == nil && t.Exc != nil {
		t.AddNote(t.Exc, "Error calling __set_name__ on '"+x.Type().Name+"' instance "+t.reprText(key)+" in '"+To[Type](cls).Name+"'")
	}
	return r, found
}

func (t *Thread) reprText(v Value) string {
	if r := t.Repr(v); r != nil {
		return r.S
	}
	t.Exc = nil
	return "?"
}

// superLookup finds name behind c in c's resolution order and binds it to c.
func (t *Thread) superLookup(c *Type, name *Str) Value {
	f := superFind(c, c, name)
	if f.P == nil {
		// An mro() method may have left nothing behind c: what is object's is there for all.
		if f = ObjectType.Dict().GetStr(name); f.P == nil {
			return t.NoAttribute(Of(c), name)
		}
	}
	if get := f.Type().DescrGet; get != nil {
		return get(t, f, Value{}, Of(c))
	}
	return f
}

// layout decides where instances have their attributes and makes descriptors for __slots__.
func (t *Thread) layout(c, base *Type, d *Dict) bool {
	variable := base.sizes().item > 0 // CPython has no place for what comes behind items
	mayDict, mayWeak := true, !variable
	c.Members = base.Members
	c.HasDict, c.HasWeak = base.HasDict, base.HasWeak
	for _, b := range c.Bases.Items() {
		c.HasWeak = c.HasWeak || To[Type](b).HasWeak && !variable
		c.HasDict = c.HasDict || To[Type](b).HasDict
	}
	hasDict := base.HasDict
	var slots []Value
	sv := d.GetStr(nameSlots)
	if sv.P != nil {
		mayDict, mayWeak = false, false
		if sv.IsStr() {
			slots = []Value{sv}
		} else {
			items, ok := t.Collect(sv)
			if !ok {
				return false
			}
			slots = items
		}
		if len(slots) > 0 && variable {
			t.TypeErrorf("nonempty __slots__ not supported for subtype of '%s'", base.Name)
			return false
		}
		var list []*Str
		for _, s := range slots {
			if !s.IsStr() {
				t.TypeErrorf("__slots__ items must be strings, not '%s'", s.Type().Name)
				return false
			}
			name := s.Str().S
			if !strs.IsIdentifier(name) {
				t.TypeErrorf("__slots__ must be identifiers")
				return false
			}
			switch name {
			case "__dict__":
				if mayDict || hasDict {
					t.TypeErrorf("__dict__ slot disallowed: we already got one")
					return false
				}
				mayDict = true
				continue
			case "__weakref__":
				if mayWeak || base.HasWeak {
					t.TypeErrorf("__weakref__ slot disallowed: we already got one")
					return false
				}
				mayWeak = true
				continue
			}
			name = Mangle(c.Name, name)
			n := t.Interp.Intern(name)
			if x := d.GetStr(n); x.P != nil && n != nameQualname && n != nameClassCell && n != nameClassDictCell {
				t.ValueErrorf("%s in __slots__ conflicts with class variable", t.reprText(Of(n)))
				return false
			}
			list = append(list, n)
		}
		if len(list) > 0 && !attrsFit(layoutBuiltin(base)) {
			t.TypeErrorf("nonempty __slots__ not supported for subtype of '%s'", base.Name)
			return false
		}
		sort.Slice(list, func(i, j int) bool { return list[i].S < list[j].S })
		for i, n := range list {
			// A name listed twice has the slot of the last; the descriptor replaces the first's.
			d.SetStr(n, Of(&MemberDescr{GetSetDescr{Head: Head{&MemberDescrType}, Owner: c}, n, c.Members + i}))
		}
		c.Members += len(list)
		c.slotNames = list
	}
	if mayDict && !c.HasDict {
		c.HasDict = true
	}
	if mayWeak {
		c.HasWeak = true
	}
	solidB := layoutBuiltin(base)
	switch {
	case solidB.AttrOffset != 0:
		c.AttrOffset = solidB.AttrOffset
	case c.HasDict || c.Members > 0:
		off := solidB.subOffset
		if solidB == &ObjectType {
			off = unsafe.Offsetof(Instance{}.Attrs)
		}
		c.AttrOffset = off
		if off == 0 {
			// The builtin type cannot carry attributes (its instances have no variant for it).
			c.HasDict, c.Members = false, 0
		}
	}
	if solidB == &ObjectType {
		expected := c.Members
		if c.HasDict {
			expected += t.expectedAttrs(c, d)
		}
		c.Inline = inlineSlots(expected)
	}
	c.Root = &Shape{first: c.Members, inline: c.Inline}
	if c.HasDict && !base.HasDict && d.GetStr(nameDict).P == nil {
		d.SetStr(nameDict, Of(&GetSetDescr{Head{&GetSetDescrType}, &instanceDictDef, c}))
	}
	if c.HasWeak && !base.HasWeak && d.GetStr(nameWeakref).P == nil {
		d.SetStr(nameWeakref, Of(&GetSetDescr{Head{&GetSetDescrType}, &instanceWeakDef, c}))
	}
	return true
}

// attrsFit reports whether instances of classes that derive from the builtin type s can have attributes.
func attrsFit(s *Type) bool { return s == &ObjectType || s.AttrOffset != 0 || s.subOffset != 0 }

// layoutBuiltin returns the builtin type whose instances those of cls are like.
func layoutBuiltin(cls *Type) *Type {
	s := solidBuiltin(cls)
	for s.Base != nil && !s.ownLayout && s.AttrOffset == s.Base.AttrOffset {
		s = s.Base
	}
	return s
}

// expectedAttrs counts the attribute names that methods of the class and its bases set on self.
func (t *Thread) expectedAttrs(c *Type, d *Dict) int {
	seen := map[string]bool{}
	count := func(v Value) {
		if v.P == nil || v.Type() != &TupleType {
			return
		}
		for _, n := range To[Tuple](v).Items() {
			if n.IsStr() {
				seen[n.Str().S] = true
			}
		}
	}
	count(d.GetStr(nameStaticAttrs))
	for _, b := range c.Bases.Items() {
		for _, m := range To[Type](b).MRO {
			if m.Flags&FlagHeap != 0 {
				count(m.Dict().GetStr(nameStaticAttrs))
			}
		}
	}
	return len(seen)
}

// Mangle applies name mangling of class cls to name.
func Mangle(cls, name string) string {
	if !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") || strings.IndexByte(name, '.') >= 0 {
		return name
	}
	cls = strings.TrimLeft(cls, "_")
	if cls == "" {
		return name
	}
	return "_" + cls + name
}

// NewTypeObject allocates a class whose metaclass is meta.
func NewTypeObject(meta *Type) Value {
	p := &Type{}
	p.Head.Type = meta
	return Of(p)
}

// computeMRO sets c.MRO: by the metaclass's mro() if that is overridden.
func (t *Thread) computeMRO(c *Type) bool {
	if c.Head.Type != &TypeType {
		if f := c.Head.Type.Lookup(t, nameMRO); f.P != nil && !f.Is(&MethodDescrType) {
			r, _ := t.CallSpecial(Of(c), nameMRO)
			if r.P == nil {
				return false
			}
			items, ok := t.Collect(r)
			if !ok {
				return false
			}
			c.MRO = make([]*Type, 0, len(items))
			for _, x := range items {
				if x.Type().Flags&FlagType == 0 {
					t.TypeErrorf("mro() returned a non-class ('%s')", x.Type().Name)
					return false
				}
				if !c.IsSubtypeLayout(solid(To[Type](x))) {
					t.TypeErrorf("mro() returned base with unsuitable layout ('%s')", To[Type](x).Name)
					return false
				}
				c.MRO = append(c.MRO, To[Type](x))
			}
			c.MROValue = nil
			return true
		}
	}
	mro := t.mergeMRO(c)
	if mro == nil {
		return false
	}
	c.MRO, c.MROValue = mro, nil
	return true
}

// IsSubtypeLayout reports whether u is in c's line of layout bases.
func (s *Type) IsSubtypeLayout(u *Type) bool {
	for ; s != nil; s = s.Base {
		if s == u {
			return true
		}
	}
	return false
}

// mergeMRO is the C3 linearisation.
func (t *Thread) mergeMRO(c *Type) []*Type {
	bases := c.Bases.Items()
	if len(bases) == 1 {
		return append([]*Type{c}, To[Type](bases[0]).MRO...)
	}
	for i, b := range bases {
		for _, o := range bases[:i] {
			if o == b {
				t.TypeErrorf("duplicate base class %s", To[Type](b).ShortName())
				return nil
			}
		}
	}
	seqs := make([][]*Type, 0, len(bases)+1)
	var direct []*Type
	for _, b := range bases {
		seqs = append(seqs, To[Type](b).MRO)
		direct = append(direct, To[Type](b))
	}
	seqs = append(seqs, direct)
	out := []*Type{c}
	for {
		done := true
	pick:
		for _, s := range seqs {
			if len(s) == 0 {
				continue
			}
			done = false
			cand := s[0]
			for _, o := range seqs {
				for _, x := range o[min(1, len(o)):] {
					if x == cand {
						continue pick
					}
				}
			}
			out = append(out, cand)
			for k, o := range seqs {
				if len(o) > 0 && o[0] == cand {
					seqs[k] = o[1:]
				}
			}
			done = false
			goto next
		}
		if done {
			return out
		}
		{
			var names []string
			seen := map[*Type]bool{}
			for _, s := range seqs {
				if len(s) > 0 && !seen[s[0]] {
					seen[s[0]] = true
					names = append(names, s[0].ShortName())
				}
			}
			t.TypeErrorf("Cannot create a consistent method resolution order (MRO) for bases %s", strings.Join(names, ", "))
			return nil
		}
	next:
	}
}

// inheritSlots fills the slots of a class from its bases and its own special methods.
func (c *Type) inheritSlots(t *Thread) {
	c.fillSlots(t)
	if base := solidBuiltin(c); base != &ObjectType {
		c.Alloc = base.Alloc
		if c.Del != nil && !c.ownDel() {
			c.Alloc = func(t *Thread, cls *Type) Value {
				v := base.Alloc(t, cls)
				if v.P != nil {
					t.finalize(v)
				}
				return v
			}
		}
	}
}

func (c *Type) fillSlots(t *Thread) {
	c.Slots = c.Base.Slots
	c.ownNew = c.ownNew || c.Base.ownNew
	if c.Bases.Len() == 1 && c.Base == To[Type](c.Bases.Items()[0]) && len(c.MRO) == len(c.Base.MRO)+1 {
		for i := range c.Dict().Entries {
			if k := c.Dict().Entries[i].Key(); k.P != nil && k.Is(&StrType) {
				c.updateSlot(t, k.Str())
			}
		}
		return
	}
	// Bases beside the one whose slots these are may define other methods: their slots are found anew. With an mro() method
	// of the metaclass, anything may be different.
	usual := c.Head.Type.lookupSlow(nameMRO) == TypeType.Dict().GetStr(nameMRO)
	var groups [2]uint64
	if !usual {
		groups = [2]uint64{^uint64(0), ^uint64(0)}
	}
	for _, m := range c.MRO {
		if m != c && c.Base.IsSubtype(m) {
			continue
		}
		for i := range m.Dict().Entries {
			if k := m.Dict().Entries[i].Key(); k.P != nil && k.Is(&StrType) && isDunder(k.Str().S) {
				for _, g := range groupsOf[k.Str().S] {
					groups[g[0].group>>6] |= 1 << (g[0].group & 63)
				}
			}
		}
	}
	for n, g := range slotGroups {
		if len(g) > 0 && groups[n>>6]&(1<<(n&63)) != 0 {
			c.updateGroup(g)
		}
	}
	c.updateNew()
	for _, m := range c.MRO[1:] {
		if c.Buffer == nil && m.Flags&FlagHeap == 0 {
			c.Buffer = m.Buffer
		}
	}
}

// updateSlot sets the slots that depend on name.
func (c *Type) updateSlot(t *Thread, name *Str) {
	if !isDunder(name.S) {
		return
	}
	if name.S == "__new__" {
		c.updateNew()
		return
	}
	for _, g := range groupsOf[name.S] {
		c.updateGroup(g)
	}
}

// updateNew sets New from __new__ as the resolution order has it.
func (c *Type) updateNew() {
	f := c.lookupSlow(nameNew)
	if f.P != nil && f.Is(&BuiltinType) && To[Builtin](f).Def.Name == "__new__" && To[Builtin](f).Self.P != nil && To[Builtin](f).Self.Is(&TypeType) {
		c.New = To[Type](To[Builtin](f).Self).New
		return
	}
	c.New, c.ownNew = slotNew, true
}

// updateGroup sets one slot from the methods of its names: a builtin type's slot if all come from there, else
// the function that calls methods.
func (c *Type) updateGroup(g []*SlotDef) {
	var from *Type
	generic := false
	for _, d := range g {
		f := c.lookupSlow(d.name)
		if f.P == nil {
			continue
		}
		if f.Is(&SlotWrapperType) && To[SlotWrapper](f).Def.group == d.group {
			o := To[SlotWrapper](f).Owner
			if !c.IsSubtype(o) {
				generic = true // it will refuse, which the slot of a strange type would not
			} else if from == nil || from == o || o.IsSubtype(from) {
				from = o
			} else if !from.IsSubtype(o) {
				generic = true
			}
			continue
		}
		if f.Is(&SlotWrapperType) && g[0].sharedName() && !(g[0].has(c) && c.Concat == nil && c.Repeat == nil) {
			continue // the other of the slots that have this name
		}
		if f.IsNone() && d.Name == "__hash__" {
			c.Hash, c.itemsHash = nil, false
			return
		}
		generic = true
	}
	switch {
	case generic:
		g[0].generic(c)
		if quick := g[0].quick; quick != nil {
			quick(c)
		}
	case from != nil:
		g[0].copy(c, from)
	default:
		g[0].copy(c, &Type{})
	}
}

// sharedName reports whether number and sequence slots share the definition's name.
func (d *SlotDef) sharedName() bool {
	switch d.Name {
	case "__add__", "__mul__", "__iadd__", "__imul__", "__radd__", "__rmul__":
		return true
	}
	return false
}

// typeCall is type.__call__: makes an instance and initialises it.
func typeCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	cls := To[Type](f)
	if cls == &TypeType {
		n := len(args)
		if names != nil {
			n -= names.Len()
		}
		if n == 1 {
			if names != nil && names.Len() > 0 {
				return t.TypeErrorf("type() takes no keyword arguments")
			}
			return Of(args[0].Type())
		}
		if n != 3 {
			return t.TypeErrorf("type() takes 1 or 3 arguments")
		}
	}
	if cls.Make != nil && names == nil {
		return cls.Make(t, cls, args, nil)
	}
	if cls.New == nil {
		return t.TypeErrorf("cannot create '%s' instances", t.QualName(cls))
	}
	v := cls.New(t, cls, args, names)
	if v.P == nil {
		return v
	}
	if !t.InitNew(cls, v, args, names) {
		return Value{}
	}
	return v
}

var nameLocalsModule = StaticName("__name__")

// callerModule returns __name__ of the globals of the running frame, or no value.
func (t *Thread) callerModule() Value {
	if f := t.CurrentFunc(); f != nil {
		return f.Globals.GetStr(nameLocalsModule)
	}
	return Value{}
}

// CurrentFunc returns the function whose frame runs, or nil.
func (t *Thread) CurrentFunc() *Func {
	if t.FP == 0 {
		return nil
	}
	return (*Func)((*Value)(unsafe.Add(*(*unsafe.Pointer)(unsafe.Pointer(&t.FP)), -int(unsafe.Sizeof(Value{})))).P)
}
