package object

import (
	"math"
	"unsafe"
)

// Value is a Python value: a tag and its payload, or a pointer to an object.
// Two values are the same object, in the sense of Python's is, when they are
// equal as Go values.
type Value struct {
	// P is the address of a tag (one of Tags) or of an
	// object that begins with a Head. It is nil where there is no value.
	P unsafe.Pointer
	// B is the payload of a tag: an int64, the bits of a float64, 0 or 1. It
	// is 0 for objects, so that equal pointers make equal values.
	B uint64
}

// Head begins every object, and is all there is to a tag.
type Head struct {
	Type *Type
}

// Tags are those of unboxed values: a pointer to one is a Value's P. They lie together, so that one comparison of addresses
// tells values that are no objects.
var Tags = struct{ Int, Float, Bool, None Head }{Head{&IntType}, Head{&FloatType}, Head{&BoolType}, Head{&NoneType}}

// None, True and False are the constants.
var (
	None  = Value{unsafe.Pointer(&Tags.None), 0}
	True  = Value{unsafe.Pointer(&Tags.Bool), 1}
	False = Value{unsafe.Pointer(&Tags.Bool), 0}
)

// NotImplemented and Ellipsis are objects without anything but a type.
var (
	notImplementedHead = Head{&NotImplementedType}
	ellipsisHead       = Head{&EllipsisType}

	NotImplemented = Value{unsafe.Pointer(&notImplementedHead), 0}
	Ellipsis       = Value{unsafe.Pointer(&ellipsisHead), 0}
)

// MakeInt returns the int x.
func MakeInt(x int64) Value { return Value{unsafe.Pointer(&Tags.Int), uint64(x)} }

// MakeFloat returns the float x.
func MakeFloat(x float64) Value { return Value{unsafe.Pointer(&Tags.Float), math.Float64bits(x)} }

// MakeBool returns True or False.
func MakeBool(b bool) Value {
	if b {
		return True
	}
	return False
}

// Of returns the value of an object: p must point to a struct that begins with a Head.
func Of[T any](p *T) Value { return Value{P: unsafe.Pointer(p)} }

// To returns the object behind v, which must be a T or begin with one: the caller
// has checked the type.
func To[T any](v Value) *T { return (*T)(v.P) }

// Type returns the type of v, which must be a value.
func (v Value) Type() *Type { return (*Head)(v.P).Type }

// IsNil reports whether v is no value.
func (v Value) IsNil() bool { return v.P == nil }

// IsInt reports whether v is an unboxed int. Big ints, bools and instances of
// subclasses are not; see AsInt64 and IsIntLike for those.
func (v Value) IsInt() bool { return v.P == unsafe.Pointer(&Tags.Int) }

// IsFloat reports whether v is an exact float.
func (v Value) IsFloat() bool { return v.P == unsafe.Pointer(&Tags.Float) }

// IsBool reports whether v is True or False.
func (v Value) IsBool() bool { return v.P == unsafe.Pointer(&Tags.Bool) }

// IsNone reports whether v is None.
func (v Value) IsNone() bool { return v.P == unsafe.Pointer(&Tags.None) }

// Int returns the payload of an unboxed int or a bool.
func (v Value) Int() int64 { return int64(v.B) }

// Float returns the payload of an exact float.
func (v Value) Float() float64 { return math.Float64frombits(v.B) }

// IsStr reports whether v is a str or an instance of a subclass.
func (v Value) IsStr() bool { return v.Type().Flags&FlagStr != 0 }

// Str returns the string behind a value for which IsStr holds.
func (v Value) Str() *Str { return (*Str)(v.P) }

// Is reports whether v's type is exactly t.
func (v Value) Is(t *Type) bool { return v.Type() == t }

// IsA reports whether v is an instance of t or of a subclass, as the types say:
// __class__ and __instancecheck__ are not asked.
func (v Value) IsA(t *Type) bool { return v.Type().IsSubtype(t) }
