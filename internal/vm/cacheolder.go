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
	case cacheEmpty, cacheModule:
		return
	}
	if ic.Turns >= maxTurns {
		return
	}
	ic.Turns++
	n := 0
	at := &ic.Older
	for *at != nil && n < maxOlder-1 {
		if ic.Kind == cacheDict && (*at).Kind == cacheDict && (*at).Version == ic.Version {
			return // its objects may have the attribute or not
		}
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

// frontAfter is how often something on a cache's list is found until it is put in front.
const frontAfter = 64

// found is told that o was found to know an object. If it is on the list behind ic, it takes the place of what that holds now and then: of what is found
// most often that is soon true. Else what came last would stay there, the kind that only the first object of a class is, maybe.
func found(ic, o *object.Cache) {
	if o != ic {
		if ic.Late++; ic.Late == frontAfter {
			front(ic, o)
		}
	}
}

// front swaps what ic and o hold.
func front(ic, o *object.Cache) {
	a, b := *ic, *o
	a.Older, b.Older = b.Older, a.Older
	b.Turns, b.Late = a.Turns, 0
	*ic, *o = b, a
}

// attrsAt returns the Attrs at an offset in an instance.
func attrsAt(v Value, offset uintptr) *object.Attrs { return (*object.Attrs)(unsafe.Add(v.P, offset)) }

// knownMethod returns what an instruction has found to be called in objects like v, as ic and those behind it say, and what goes in front of the
// arguments; or no value.
func knownMethod(ic *object.Cache, v Value, cls *object.Type) (f, self Value) {
	for o := ic; o != nil; o = o.Older {
		if o.Version != cls.Version {
			continue
		}
		switch o.Kind {
		case cacheMethod:
			f = o.Value
			found(ic, o)
			return f, v
		case cacheMethodShape:
			if attrsAt(v, o.Offset).Shape == o.Shape {
				f = o.Value
				found(ic, o)
				return f, v
			}
		case cacheStatic:
			if !cls.HasDict || object.AttrsOf(v).Shape == o.Shape {
				if o.Count != 0 {
					self = object.Of(cls)
				}
				return o.Value, self
			}
		case cacheSlot:
			// What the object itself has is called without it.
			if attrsAt(v, instAttrs).Shape == o.Shape {
				return *(*Value)(unsafe.Add(v.P, o.Offset)), Value{}
			}
		case cacheFar:
			if a := attrsAt(v, o.Offset); a.Shape == o.Shape {
				return *a.Slot(int(o.Count)), Value{}
			}
		case cacheDict:
			if x, own := inDict(o, v); own {
				return x, Value{}
			} else if x.P != nil {
				return called(x, v, cls)
			}
		case cacheClass:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				return o.Value, Value{}
			}
		case cacheClassMethod:
			if uintptr(object.To[object.Type](v).Version) == o.Offset {
				return o.Value, v
			}
		}
	}
	return Value{}, Value{}
}

// fillDict sets a cache for objects of cls whose attributes are in a real dict; d is what the class has by that name, or no value, and no data descriptor.
func fillDict(ic *object.Cache, cls *object.Type, d Value) {
	ic.Kind, ic.Version, ic.Count, ic.Value = cacheDict, cls.Version, 0, Value{}
	if d.P == nil || cls.Variable(ic.Name) != nil {
		return
	}
	if dt := d.Type(); dt.DescrGet == nil || dt == &object.ClassMethodType || dt == &object.StaticMethodType || binds(d, cls) {
		ic.Value = d
	}
}

// called returns what a call of attribute d that v has from its class calls, and what goes in front of the arguments; d is as fillDict keeps it.
func called(d, v Value, cls *object.Type) (f, self Value) {
	switch d.Type() {
	case &object.FuncType, &object.MethodDescrType:
		return d, v
	case &object.ClassMethodType:
		return object.To[object.ClassMethod](d).Func, object.Of(cls)
	case &object.StaticMethodType:
		return object.To[object.StaticMethod](d).Func, Value{}
	}
	return d, Value{}
}

// inDict returns the attribute of v whose cache is of kind cacheDict, and whether it is from the object's dict. It is the class's if the dict does not
// have it; no value: it is not known.
func inDict(o *object.Cache, v Value) (x Value, own bool) {
	a := object.AttrsOf(v)
	if a.Shape != object.DictShape {
		return Value{}, false
	}
	d := a.More.Dict
	if p := named(d, o); p != nil {
		return *p, true
	}
	if i := d.FindStr(o.Name); i >= 0 {
		o.Count = uint32(i) // dicts of a class's objects have their keys in one order, mostly
		return d.Entries[i].Value, true
	}
	if d.Odd() {
		return Value{}, false
	}
	return o.Value, false
}

// olderStore sets the attribute of v as an instruction has done before in objects like it, and reports whether it could.
func olderStore(ic *object.Cache, v Value, cls *object.Type, x Value) bool {
	for o := ic; o != nil; o = o.Older {
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
			found(ic, o)
			return true
		case cacheMember:
			*(*Value)(unsafe.Add(v.P, o.Offset)) = x
			found(ic, o)
			return true
		case cacheDict:
			if a := object.AttrsOf(v); a.Shape == object.DictShape {
				a.More.Dict.SetStr(o.Name, x)
				return true
			}
		}
	}
	return false
}
