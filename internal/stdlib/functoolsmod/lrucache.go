package functoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// Cache is a _lru_cache_wrapper.
type Cache struct {
	object.Head
	fn           value
	info         value // the type of what cache_info returns
	max          int   // -1: no limit
	typed        bool
	hits, misses int64
	results      *object.Dict       // keys to results, or with a limit to links, the oldest first
	scratch      object.TupleBuffer // a key that is only looked up
	busy         bool               // scratch is in use
	object.Attrs
}

var cacheType object.Type

// markHead is the object between positional and other arguments in a key. It has no other use.
var (
	markHead = object.Head{Type: &object.ObjectType}
	mark     = value{P: unsafe.Pointer(&markHead)}
)

func setupCache() {
	name := object.StaticName("__qualname__")
	same := func(t *thread, a []value) value { return a[0] }
	object.Define(&cacheType, object.TypeSpec{
		Name: "_lru_cache_wrapper", Module: "functools", Flags: object.FlagMethodDescriptor, HasWeak: true,
		AttrOffset: unsafe.Offsetof(Cache{}.Attrs),
		Doc:        "Create a cached callable that wraps another function.",
		Slots: object.Slots{
			New: object.Constructor("lru_cache", "(user_function, maxsize, typed, cache_info_type)", newCache), Call: callCache,
			DescrGet: func(t *thread, d, obj, cls value) value {
				if obj.P == nil || obj.IsNone() {
					return d
				}
				return object.NewBoundMethod(d, obj)
			},
		},
		Methods: []object.MethodDef{
			{Name: "cache_info", Sig: "($self, /)", Fn: cacheInfo, Doc: "Report cache statistics"},
			{Name: "cache_clear", Sig: "($self, /)", Doc: "Clear the cache and cache statistics", Fn: func(t *thread, a []value) value {
				c := object.To[Cache](a[0])
				c.hits, c.misses = 0, 0
				c.results = object.NewDict()
				return object.None
			}},
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *thread, a []value) value { return t.GetAttr(a[0], name) }},
			{Name: "__copy__", Sig: "($self, /)", Fn: same},
			{Name: "__deepcopy__", Sig: "($self, memo, /)", Fn: same},
		},
	})
}

func newCache(t *thread, cls *object.Type, a []value) value {
	if a[0].Type().Call == nil {
		return t.TypeErrorf("the first argument must be callable")
	}
	max := -1
	if !a[1].IsNone() {
		if a[1].Type().Index == nil {
			return t.TypeErrorf("maxsize should be integer or None")
		}
		var ok bool
		if max, ok = t.AsIndexErr(a[1], &object.OverflowErrorType); !ok {
			return value{}
		}
		if max < 0 {
			max = 0
		}
	}
	typed, ok := t.IsTrue(a[2])
	if !ok {
		return value{}
	}
	c := &Cache{fn: a[0], info: a[3], max: max, typed: typed, results: object.NewDict()}
	c.Type = cls
	return object.InitAttrs(cls, object.Of(c))
}

// key returns the key of a call. Unless keep is set it may be c.scratch: for looking up only.
func (c *Cache) key(args []value, names *object.Tuple, keep bool) value {
	if names == nil && !c.typed {
		if len(args) == 1 && (args[0].Is(&object.IntType) || args[0].Is(&object.StrType)) {
			return args[0]
		}
		if !keep && !c.busy {
			if k := c.scratch.Fill(args); k.P != nil {
				return k
			}
		}
		return object.Of(object.NewTuple(args...))
	}
	k := len(args) - object.NameCount(names)
	key := make([]value, 0, len(args)*3+1)
	key = append(key, args[:k]...)
	if names != nil && names.Len() > 0 {
		key = append(key, mark)
		for i, n := range names.Items() {
			key = append(key, n, args[k+i])
		}
	}
	if c.typed {
		for _, a := range args {
			key = append(key, object.Of(a.Type()))
		}
	}
	return object.Of(object.NewTuple(key...))
}

func callCache(t *thread, f value, args []value, names *object.Tuple) value {
	c := object.To[Cache](f)
	if c.max == 0 {
		c.misses++
		return t.Call(c.fn, args, names)
	}
	key := c.key(args, names, false)
	scratch := key == object.Of(&c.scratch.Tuple)
	c.busy = c.busy || scratch
	x := -1
	h, ok := t.HashKey(key)
	if ok {
		x, ok = c.results.FindHashed(t, key, h)
	}
	if scratch {
		c.busy = false
		c.scratch.Clear()
	}
	if !ok {
		return value{}
	}
	if x >= 0 {
		c.hits++
		v := c.results.Entries[x].Value
		if c.max > 0 {
			c.results.MoveLast(x)
		}
		return v
	}
	c.misses++
	if scratch {
		key = c.key(args, names, true)
	}
	r := t.Call(c.fn, args, names)
	if r.P == nil {
		return r
	}
	// The call may have stored the result, too, or emptied the cache.
	x, ok = c.results.FindHashed(t, key, h)
	if !ok {
		return value{}
	}
	if x >= 0 {
		if c.max < 0 {
			c.results.SetAt(x, r)
		}
		return r
	}
	if c.max > 0 && c.results.Len() >= c.max {
		c.results.RemoveAt(c.results.First())
	}
	if !c.results.SetHashed(t, key, h, r) {
		return value{}
	}
	return r
}

func cacheInfo(t *thread, a []value) value {
	c := object.To[Cache](a[0])
	max := object.None
	if c.max >= 0 {
		max = object.MakeInt(int64(c.max))
	}
	return t.CallArgs(c.info, object.MakeInt(c.hits), object.MakeInt(c.misses), max, object.MakeInt(int64(c.results.Len())))
}
