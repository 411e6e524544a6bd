package vm

import "github.com/krait-py/krait/internal/object"

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
	subject, keys := *regB(fp, w), object.To[object.Tuple](*regC(fp, w)).V
	out := make([]Value, len(keys))
	seen := object.NewDict()
	get := Value{}
	dummy := object.NewInstance(&object.ObjectType)
	for i, k := range keys {
		if old, ok := seen.Get(t, k); !ok {
			return false
		} else if old.P != nil {
			t.ValueErrorf("mapping pattern checks duplicate key (%s)", reprOf(t, k))
			return false
		}
		seen.Set(t, k, object.True)
		if subject.Is(&object.DictType) {
			v, ok := object.To[object.Dict](subject).Get(t, k)
			if !ok {
				return false
			}
			if v.P == nil {
				*regA(fp, w) = object.None
				return true
			}
			out[i] = v
			continue
		}
		if get.P == nil {
			if get = t.GetAttr(subject, nameGetMethod); get.P == nil {
				return false
			}
		}
		v := t.CallArgs(get, k, dummy)
		if v.P == nil {
			return false
		}
		if v == dummy {
			*regA(fp, w) = object.None
			return true
		}
		out[i] = v
	}
	*regA(fp, w) = object.Of(object.TupleOf(out))
	return true
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
	v, ok := matchClass(t, *b, *next(b), object.To[object.Tuple](*nth(b, 2)).V, fieldC(w))
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
	out := make([]Value, 0, npos+len(kw))
	seen := map[string]bool{}
	attr := func(name Value) (found, ok bool) {
		s := name.Str()
		if seen[s.S] {
			t.TypeErrorf("%s() got multiple sub-patterns for attribute %s", object.To[object.Type](cls).Name, reprOf(t, name))
			return false, false
		}
		seen[s.S] = true
		v, ok := t.FindAttr(subject, t.Interp.InternStr(s))
		if !ok || v.P == nil {
			return false, ok
		}
		out = append(out, v)
		return true, true
	}
	if npos > 0 {
		selfMatch := false
		ma, ok := t.FindAttr(cls, nameMatchArgs)
		if !ok {
			return Value{}, false
		}
		var args []Value
		if ma.P != nil {
			if ma.Type().Flags&object.FlagTuple == 0 {
				t.TypeErrorf("%s.__match_args__ must be a tuple (got %s)", object.To[object.Type](cls).Name, ma.Type().Name)
				return Value{}, false
			}
			args = object.To[object.Tuple](ma).V
		} else {
			selfMatch = object.To[object.Type](cls).Flags&object.FlagSelfMatch != 0
		}
		allowed := len(args)
		if selfMatch {
			allowed = 1
		}
		if allowed < npos {
			s := "s"
			if allowed == 1 {
				s = ""
			}
			t.TypeErrorf("%s() accepts %d positional sub-pattern%s (%d given)", object.To[object.Type](cls).Name, allowed, s, npos)
			return Value{}, false
		}
		if selfMatch {
			out = append(out, subject)
		} else {
			for _, n := range args[:npos] {
				if !n.IsStr() {
					t.TypeErrorf("__match_args__ elements must be strings (got %s)", n.Type().Name)
					return Value{}, false
				}
				if found, ok := attr(n); !found {
					return object.None, ok
				}
			}
		}
	}
	for _, n := range kw {
		if found, ok := attr(n); !found {
			return object.None, ok
		}
	}
	return object.Of(object.TupleOf(out)), true
}
