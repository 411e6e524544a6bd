package vm

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// An instruction that meets objects of several classes, or of several shapes, keeps what it knows of those before in a short list behind its
// cache. The loop looks at the cache only; the functions of the operations look here before they search.

// maxOlder is how long the list may be; maxTurns is how often it may change: an instruction that has seen so many kinds will see others.
const (
	maxOlder = 3
	maxTurns = 100
)

// remember puts what a cache holds on its list, if that can be used there, because something else is to take its place.
func remember(ic *object.Cache) {
	switch ic.Kind {
	case cacheEmpty, cacheModule, cacheDict:
		return
	}
	if ic.Turns >= maxTurns {
		return
	}
	ic.Turns++
	n := 0
	at := &ic.Older
	for *at != nil && n < maxOlder-1 {
		at = &(*at).Older
		n++
	}
	o := *at // the last one, if there are enough
	if o == nil {
		o = &object.Cache{}
	}
	*at = nil
	older := ic.Older
	*o = *ic
	o.Older = older
	ic.Older = o
}

// attrsAt returns the Attrs at an offset in an instance.
func attrsAt(v Value, offset uintptr) *object.Attrs { return (*object.Attrs)(unsafe.Add(v.P, offset)) }

// olderMethod returns what an instruction has found before to be called in objects like v, and whether v goes in front of the arguments; or no value.
func olderMethod(ic *object.Cache, v Value, cls *object.Type) (f Value, method bool) {
	for o := ic.Older; o != nil; o = o.Older {
		if o.Version != cls.Version {
			continue
		}
		switch o.Kind {
		case cacheMethod:
			return o.Value, true
		case cacheMethodShape:
			if attrsAt(v, o.Offset).Shape == o.Shape {
				return o.Value, true
			}
		case cacheSlot:
			if attrsAt(v, instAttrs).Shape == o.Shape {
				return *(*Value)(unsafe.Add(v.P, o.Offset)), false
			}
		case cacheFar:
			if a := attrsAt(v, o.Offset); a.Shape == o.Shape {
				return *a.Slot(int(o.Count)), false
			}
		case cacheClass:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				return o.Value, false
			}
		case cacheClassMethod:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				return o.Value, true
			}
		}
	}
	return Value{}, false
}

// olderStore sets the attribute of v as an instruction has done before in objects like it, and reports whether it could.
func olderStore(ic *object.Cache, v Value, cls *object.Type, x Value) bool {
	for o := ic.Older; o != nil; o = o.Older {
		if o.Version != cls.Version {
			continue
		}
		switch o.Kind {
		case cacheSlot:
			a := attrsAt(v, instAttrs)
			if a.Shape != o.Shape {
				continue
			}
			*(*Value)(unsafe.Add(v.P, o.Offset)) = x
			if o.Next != nil {
				a.Shape = o.Next
			}
			return true
		case cacheMember:
			*(*Value)(unsafe.Add(v.P, o.Offset)) = x
			return true
		}
	}
	return false
}
