package vm

import (
	"slices"

	"github.com/krait-py/krait/internal/object"
)

func opGetLen(t *Thread, fp ptr, w uint64) bool {
	n, ok := t.Len(*regB(fp, w))
	if ok {
		*regA(fp, w) = object.MakeInt(int64(n))
	}
	return ok
}

func opMatchMapping(t *Thread, fp ptr, w uint64) bool {
	*regA(fp, w) = object.MakeBool(regB(fp, w).Type().Flags&object.FlagMapping != 0)
	return true
}

func opMatchSequence(t *Thread, fp ptr, w uint64) bool {
	*regA(fp, w) = object.MakeBool(regB(fp, w).Type().Flags&object.FlagSequence != 0)
	return true
}

var nameGetMethod = object.StaticName("get")

func opMatchKeys(t *Thread, fp ptr, w uint64) bool {
	subject, keys := *regB(fp, w), object.To[object.Tuple](*regC(fp, w)).Items()
	var seen *object.Dict
	if !distinctNames(keys) {
		seen = object.NewDict()
	}
	out := object.MakeTuple(len(keys))
	var get, dummy Value
	for i, k := range keys {
		if seen != nil {
			if old, ok := seen.Get(t, k); !ok {
				return false
			} else if old.P != nil {
				t.ValueErrorf("mapping pattern checks duplicate key (%s)", reprOf(t, k))
				return false
			}
			seen.Set(t, k, object.True)
		}
		if subject.Is(&object.DictType) {
			v, ok := object.To[object.Dict](subject).Get(t, k)
			if !ok {
				return false
			}
			if v.P == nil {
				*regA(fp, w) = object.None
				return true
			}
			out.Items()[i] = v
			continue
		}
		if get.P == nil {
			if get = t.GetAttr(subject, nameGetMethod); get.P == nil {
				return false
			}
			dummy = object.NewInstance(&object.ObjectType)
		}
		v := t.CallArgs(get, k, dummy)
		if v.P == nil {
			return false
		}
		if v == dummy {
			*regA(fp, w) = object.None
			return true
		}
		out.Items()[i] = v
	}
	*regA(fp, w) = object.Of(out)
	return true
}

// distinctNames reports whether the keys of a pattern are a few different interned strings, as in most patterns.
func distinctNames(keys []Value) bool {
	for i, k := range keys {
		if !k.Is(&object.StrType) || !k.Str().Interned || slices.Contains(keys[:i], k) {
			return false
		}
	}
	return len(keys) <= 8
}

func reprOf(t *Thread, v Value) string {
	if s := t.Repr(v); s != nil {
		return s.S
	}
	t.Exc = nil
	return "?"
}

var nameMatchArgs = object.StaticName("__match_args__")

func opMatchClass(t *Thread, fp ptr, w uint64) bool {
	b := regB(fp, w)
	v, ok := matchClass(t, *b, *next(b), object.To[object.Tuple](*nth(b, 2)).Items(), fieldC(w))
	if ok {
		*regA(fp, w) = v
	}
	return ok
}

// matchClass returns the attributes that a class pattern looks at, or None if the subject does not match.
func matchClass(t *Thread, subject, cls Value, kw []Value, npos int) (Value, bool) {
	if cls.Type().Flags&object.FlagType == 0 {
		t.TypeErrorf("called match pattern must be a class")
		return Value{}, false
	}
	is, ok := t.IsInstance(subject, cls)
	if !ok || !is {
		return object.None, ok
	}
	var names []Value // of the attributes for positional patterns
	self := false
	if npos > 0 {
		if names, self, ok = matchArgs(t, object.To[object.Type](cls), npos); !ok {
			return Value{}, false
		}
	}
	out := object.MakeTuple(npos + len(kw))
	if self {
		out.Items()[0] = subject
	}
	for i, n := range names {
		if !n.Is(&object.StrType) {
			t.TypeErrorf("__match_args__ elements must be strings (got %s)", n.Type().Name)
			return Value{}, false
		}
		if out.Items()[i], ok = matchAttr(t, subject, cls, n, names[:i], nil); out.Items()[i].P == nil {
			return object.None, ok
		}
	}
	for i, n := range kw {
		v, ok := matchAttr(t, subject, cls, n, names, kw[:i])
		if v.P == nil {
			return object.None, ok
		}
		out.Items()[npos+i] = v
	}
	return object.Of(out), true
}

// matchArgs returns the names of the first n attributes that a class has for positional patterns. self: the subject itself is the only one.
func matchArgs(t *Thread, cls *object.Type, n int) (names []Value, self, ok bool) {
	ma, ok := t.FindAttr(object.Of(cls), nameMatchArgs)
	if !ok {
		return nil, false, false
	}
	allowed := 0
	switch {
	case ma.P == nil:
		if self = cls.Flags&object.FlagSelfMatch != 0; self {
			allowed = 1
		}
	case !ma.Is(&object.TupleType):
		t.TypeErrorf("%s.__match_args__ must be a tuple (got %s)", cls.Name, ma.Type().Name)
		return nil, false, false
	default:
		names = object.To[object.Tuple](ma).Items()
		allowed = len(names)
	}
	if allowed < n {
		t.TypeErrorf("%s() accepts %d positional sub-pattern%s (%d given)", cls.Name, allowed, plural(allowed), n)
		return nil, false, false
	}
	if self {
		return nil, true, true
	}
	return names[:n], false, true
}

// matchAttr returns an attribute of a subject; no value: there is none, or with !ok an error. Names that came before must not come again.
func matchAttr(t *Thread, subject, cls, name Value, before, before2 []Value) (Value, bool) {
	if !name.IsStr() {
		t.TypeErrorf("attribute name must be string, not '%s'", name.Type().Name)
		return Value{}, false
	}
	s := t.Interp.InternStr(name.Str())
	for _, names := range [...][]Value{before, before2} {
		for _, n := range names {
			if b := n.Str(); b == s || b.S == s.S {
				t.TypeErrorf("%s() got multiple sub-patterns for attribute %s", object.To[object.Type](cls).Name, reprOf(t, name))
				return Value{}, false
			}
		}
	}
	if st := subject.Type(); st.GenericAttrs() && st.Lookup(t, s).P == nil {
		return t.OwnAttr(subject, s), true
	}
	return t.FindAttr(subject, s)
}
