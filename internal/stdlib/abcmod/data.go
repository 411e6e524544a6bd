package abcmod

import (
	"weak"

	"github.com/krait-py/krait/internal/object"
)

// shared is what the abstract classes of an interpreter have in common.
type shared struct {
	// counter counts registrations, each of which makes what is known not to be a subclass doubtful.
	counter int64
}

// data is what _abc_init puts into an abstract class.
type data struct {
	object.Head
	shared   *shared
	registry []weak.Pointer[object.Type]
	// yes and no are the classes that have been found to be subclasses, and not to be; no is good as of counter asOf.
	yes, no classSet
	asOf    int64
}

var dataType object.Type

// classSet is a set of classes, known by their versions: no other class has, or will have, that of one. A class that has
// been changed is not in the set any more.
type classSet struct {
	recent [4]uint64 // the hash of the last ones asked for
	m      map[uint64]weak.Pointer[object.Type]
	limit  int
}

// has reports whether the class is in the set.
func (s *classSet) has(c *object.Type) bool {
	v := c.Version
	if v == 0 {
		return false
	}
	p := &s.recent[v%uint64(len(s.recent))]
	if *p == v {
		return true
	}
	if _, ok := s.m[v]; ok {
		*p = v
		return true
	}
	return false
}

func (s *classSet) add(c *object.Type) {
	if c.Version == 0 {
		return
	}
	if s.m == nil {
		s.m, s.limit = map[uint64]weak.Pointer[object.Type]{}, 64
	}
	if len(s.m) >= s.limit {
		for v, p := range s.m {
			if c := p.Value(); c == nil || c.Version != v {
				delete(s.m, v)
			}
		}
		s.limit = max(64, 2*len(s.m))
	}
	s.m[c.Version] = weak.Make(c)
	s.recent[c.Version%uint64(len(s.recent))] = c.Version
}

func (s *classSet) clear() { *s = classSet{} }

// refs returns weak references to the classes as a Python set.
func (s *classSet) refs(t *Thread) Value {
	var items []Value
	for v, p := range s.m {
		if c := p.Value(); c != nil && c.Version == v {
			items = append(items, object.Of(c))
		}
	}
	return refSet(t, items)
}

func refSet(t *Thread, classes []Value) Value {
	for i, c := range classes {
		if classes[i] = t.NewWeakref(&object.WeakrefType, c, Value{}); classes[i].P == nil {
			return Value{}
		}
	}
	return object.MakeSet(t, classes, false)
}

// dataOf returns the data of an abstract class; AttributeError is set if it has none.
func dataOf(t *Thread, cls Value) *data {
	if cls.Type().Flags&object.FlagType != 0 {
		if d := object.To[object.Type](cls).Lookup(t, nameImpl); d.P != nil && d.Is(&dataType) {
			return object.To[data](d)
		}
	}
	d := t.GetAttr(cls, nameImpl)
	if d.P == nil {
		return nil
	}
	if !d.Is(&dataType) {
		t.TypeErrorf("_abc_impl is set to a wrong type")
		return nil
	}
	return object.To[data](d)
}
