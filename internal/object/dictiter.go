package object

// DictIter iterates over a dict: its type says what it yields, and in which direction. Dict is nil once it
// is exhausted.
type DictIter struct {
	Head
	Dict  *Dict
	Index int // of the next entry
	Used  int // items when it was made; -1: they have changed
	Left  int // items to come
}

// The types of dict iterators.
var (
	DictKeyIterType, DictValueIterType, DictItemIterType                      Type
	DictReverseKeyIterType, DictReverseValueIterType, DictReverseItemIterType Type
)

func newDictIter(cls *Type, d *Dict, reverse bool) Value {
	it := new(DictIter)
	it.Begin(cls, d)
	if reverse {
		it.Index = len(d.Entries) - 1
	}
	return Of(it)
}

// Begin makes it an iterator of a type, which goes forward, over d, that stands before the first entry.
func (it *DictIter) Begin(cls *Type, d *Dict) {
	*it = DictIter{Head{cls}, d, 0, int(d.used), int(d.used)}
}

// next steps forward; nil: the end, or an exception.
func (it *DictIter) next(t *Thread) *Entry {
	d := it.Dict
	if d == nil {
		return nil
	}
	if it.Used != int(d.used) {
		it.Used = -1
		t.RuntimeErrorf("dictionary changed size during iteration")
		return nil
	}
	for i := max(it.Index, int(d.first)); i < len(d.Entries); i++ {
		if e := &d.Entries[i]; e.Used() {
			if it.Left == 0 {
				t.RuntimeErrorf("dictionary keys changed during iteration")
				it.Dict = nil
				return nil
			}
			it.Left--
			it.Index = i + 1
			return e
		}
	}
	it.Dict = nil
	return nil
}

// previous steps backward.
func (it *DictIter) previous(t *Thread) *Entry {
	d := it.Dict
	if d == nil {
		return nil
	}
	if it.Used != int(d.used) {
		it.Used = -1
		t.RuntimeErrorf("dictionary changed size during iteration")
		return nil
	}
	for i := it.Index; i >= 0 && i < len(d.Entries); i-- {
		if e := &d.Entries[i]; e.Used() {
			if it.Left == 0 {
				t.RuntimeErrorf("dictionary keys changed during iteration")
				it.Dict = nil
				return nil
			}
			it.Index = i - 1
			it.Left--
			return e
		}
	}
	it.Dict = nil
	return nil
}

func setupDictIters() {
	pair := func(e *Entry) Value {
		r := MakeTuple(2)
		r.Items()[0], r.Items()[1] = e.Key(), e.Value
		return Of(r)
	}
	define := func(s *Type, name string, next UnaryFunc) {
		Define(s, TypeSpec{Name: name, Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: next}, Methods: []MethodDef{
			{Name: "__length_hint__", Sig: "($self, /)", Fn: dictIterHint, Doc: "Private method returning an estimate of len(list(it))."},
			{Name: "__reduce__", Sig: "($self, /)", Fn: dictIterReduce, Doc: "Return state information for pickling."},
		}})
	}
	define(&DictKeyIterType, "dict_keyiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).next(t); e != nil {
			return e.Key()
		}
		return Value{}
	})
	define(&DictValueIterType, "dict_valueiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).next(t); e != nil {
			return e.Value
		}
		return Value{}
	})
	define(&DictItemIterType, "dict_itemiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).next(t); e != nil {
			return pair(e)
		}
		return Value{}
	})
	DictItemIterType.NextPair = dictItemPair
	define(&DictReverseKeyIterType, "dict_reversekeyiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).previous(t); e != nil {
			return e.Key()
		}
		return Value{}
	})
	define(&DictReverseValueIterType, "dict_reversevalueiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).previous(t); e != nil {
			return e.Value
		}
		return Value{}
	})
	define(&DictReverseItemIterType, "dict_reverseitemiterator", func(t *Thread, v Value) Value {
		if e := To[DictIter](v).previous(t); e != nil {
			return pair(e)
		}
		return Value{}
	})
}

func dictItemPair(t *Thread, v Value) (x, y Value, found bool) {
	if e := To[DictIter](v).next(t); e != nil {
		return e.Key(), e.Value, true
	}
	return Value{}, Value{}, true
}

func dictIterHint(t *Thread, a []Value) Value {
	it := To[DictIter](a[0])
	if it.Dict == nil || it.Used != int(it.Dict.used) {
		return MakeInt(0)
	}
	return MakeInt(int64(it.Left))
}

// dictIterReduce gives the items to come as a list, without stepping the iterator.
func dictIterReduce(t *Thread, a []Value) Value {
	f := t.IterBuiltin()
	c := *To[DictIter](a[0])
	items, ok := t.Collect(Of(&c))
	if !ok {
		return Value{}
	}
	return t.reduceIter(f, Of(NewList(items)))
}
