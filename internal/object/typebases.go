package object

import (
	"sort"
	"unicode/utf8"
	"weak"
)

func sortStrings(s []string) { sort.Strings(s) }

// validUTF8 reports whether a str has no surrogates.
func validUTF8(s *Str) bool { return s.IsASCII() || utf8.ValidString(s.S) }

// surrogateError raises the UnicodeEncodeError for a str that cannot be UTF-8.
func (t *Thread) surrogateError(v Value) {
	i := int64(0)
	for s := v.Str().S; s != ""; i++ {
		r, n := DecodePoint(s)
		if r >= 0xD800 && r <= 0xDFFF {
			break
		}
		s = s[n:]
	}
	t.RaiseNew(&UnicodeEncodeErrorType, MakeStr("utf-8"), v, MakeInt(i), MakeInt(i+1), MakeStr("surrogates not allowed"))
}

// Subclasses returns the direct subclasses of s that are alive: builtin ones and those of this interpreter.
func (in *Interp) Subclasses(s *Type) []*Type {
	refs := s.subs
	if s.Flags&FlagHeap == 0 {
		refs = in.subclasses[s]
	}
	out := derivedTypes(s)
	for _, r := range refs {
		if c := r.Value(); c != nil {
			out = append(out, c)
		}
	}
	return out
}

// addSubclass notes that c derives from s.
func (in *Interp) addSubclass(s, c *Type) {
	refs := s.subs
	if s.Flags&FlagHeap == 0 {
		refs = in.subclasses[s]
	}
	if n := len(refs); n == cap(refs) {
		// Before it grows, drop those that are gone.
		refs = keepSubclasses(refs, func(x *Type) bool { return x != nil })
	}
	refs = append(refs, weak.Make(c))
	in.setSubclasses(s, refs)
}

func (in *Interp) removeSubclass(s, c *Type) {
	refs := s.subs
	if s.Flags&FlagHeap == 0 {
		refs = in.subclasses[s]
	}
	in.setSubclasses(s, keepSubclasses(refs, func(x *Type) bool { return x != nil && x != c }))
}

func (in *Interp) setSubclasses(s *Type, refs []weak.Pointer[Type]) {
	if s.Flags&FlagHeap == 0 {
		in.subclasses[s] = refs
	} else {
		s.subs = refs
	}
}

func keepSubclasses(refs []weak.Pointer[Type], keep func(c *Type) bool) []weak.Pointer[Type] {
	out := refs[:0]
	for _, r := range refs {
		if keep(r.Value()) {
			out = append(out, r)
		}
	}
	return out
}

// setBases is the assignment to __bases__.
func (t *Thread) setBases(c *Type, v Value) bool {
	if !t.checkTypeSet(c, "__bases__", v) {
		return false
	}
	if v.Type().Flags&FlagTuple == 0 {
		t.TypeErrorf("can only assign tuple to %s.__bases__, not %s", c.Name, v.Type().Name)
		return false
	}
	bases := To[Tuple](v)
	if bases.Len() == 0 {
		t.TypeErrorf("can only assign non-empty tuple to %s.__bases__, not ()", c.Name)
		return false
	}
	for _, b := range bases.Items() {
		if b.Type().Flags&FlagType == 0 {
			t.TypeErrorf("%s.__bases__ must be tuple of classes, not '%s'", c.Name, b.Type().Name)
			return false
		}
		if To[Type](b).IsSubtype(c) || To[Type](b).IsSubtypeLayout(c) {
			t.TypeErrorf("a __bases__ item causes an inheritance cycle")
			return false
		}
	}
	base := t.bestBase(bases)
	if base == nil || !t.compatible(c.Base, base, "__bases__") {
		return false
	}
	oldBases, oldBase := c.Bases, c.Base
	c.Bases, c.Base = bases, base
	type saved struct {
		c        *Type
		old, new []*Type
		tuple    *Tuple
	}
	var undo []saved
	var remake func(s *Type) bool
	remake = func(s *Type) bool {
		old, tuple := s.MRO, s.MROValue
		if !t.computeMRO(s) {
			return false
		}
		undo = append(undo, saved{s, old, s.MRO, tuple})
		for _, sub := range t.Interp.Subclasses(s) {
			if !remake(sub) {
				return false
			}
		}
		return true
	}
	if !remake(c) {
		for i := len(undo) - 1; i >= 0; i-- {
			// What an mro() method has changed meanwhile stays.
			if u := undo[i]; len(u.c.MRO) > 0 && &u.c.MRO[0] == &u.new[0] {
				u.c.MRO, u.c.MROValue = u.old, u.tuple
			}
		}
		if c.Bases == bases { // an mro() method may have assigned again
			c.Bases, c.Base = oldBases, oldBase
		}
		return false
	}
	if c.Bases != bases {
		return true
	}
	for _, b := range oldBases.Items() {
		t.Interp.removeSubclass(To[Type](b), c)
	}
	for _, b := range bases.Items() {
		t.Interp.addSubclass(To[Type](b), c)
	}
	t.NewVersion(c)
	t.remakeSlots(c)
	return true
}

// remakeSlots sets all slots of c and its subclasses anew.
func (t *Thread) remakeSlots(c *Type) {
	c.inheritSlots(t)
	for _, s := range t.Interp.Subclasses(c) {
		t.remakeSlots(s)
	}
}

// compatible reports whether instances of old can be those of new: their layouts agree. attr is what is assigned.
func (t *Thread) compatible(old, new *Type, attr string) bool {
	if old.collected() != new.collected() {
		t.TypeErrorf("%s assignment: '%s' deallocator differs from '%s'", attr, new.Name, old.Name)
		return false
	}
	nb, ob := new.adding(), old.adding()
	if nb == ob || nb.Base != nil && nb.Base == ob.Base && nb.sameSlots(ob) {
		return true
	}
	t.TypeErrorf("%s assignment: '%s' object layout differs from '%s'", attr, new.Name, old.Name)
	return false
}

// adding returns the class in s's line of bases that adds something to instances last.
func (s *Type) adding() *Type {
	for s.Flags&FlagHeap != 0 && s.Base != nil && s.Members == s.Base.Members && s.HasDict == s.Base.HasDict && s.HasWeak == s.Base.HasWeak {
		s = s.Base
	}
	return s
}

// sameSlots reports whether two classes with the same base add the same to it.
func (s *Type) sameSlots(o *Type) bool {
	if s.Flags&FlagHeap == 0 || o.Flags&FlagHeap == 0 || s.HasDict != o.HasDict || s.HasWeak != o.HasWeak || len(s.slotNames) != len(o.slotNames) {
		return false
	}
	for i, n := range s.slotNames {
		if o.slotNames[i] != n {
			return false
		}
	}
	return true
}

// setClass is the assignment to __class__.
func (t *Thread) setClass(v, x Value) bool {
	if x.P == nil {
		t.TypeErrorf("can't delete __class__ attribute")
		return false
	}
	if x.Type().Flags&FlagType == 0 {
		t.TypeErrorf("__class__ must be set to a class, not '%s' object", x.Type().Name)
		return false
	}
	old, new := v.Type(), To[Type](x)
	if (old.immutable() || new.immutable()) && !(old.IsSubtype(&ModuleType) && new.IsSubtype(&ModuleType)) {
		t.TypeErrorf("__class__ assignment only supported for mutable types or ModuleType subclasses")
		return false
	}
	if old == new {
		return true
	}
	if !t.compatible(old, new, "__class__") {
		return false
	}
	if old.HasDict && old.AttrOffset != 0 {
		// Slots are numbered, and inline ones counted, by the class: only a real dict looks the same to both.
		InstanceDict(v)
	}
	(*Head)(v.P).Type = new
	if new.Flags&FlagType != 0 {
		t.NewVersion(To[Type](v))
	}
	if new.Del != nil && old.Del == nil {
		t.finalize(v)
	}
	return true
}
