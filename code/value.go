package code

import (
	"math/big"

	"github.com/krait-py/krait/pyver"
)

// Form records how a value was written in a marshal stream: the type code in
// the low seven bits ('s', 'z', ')' ...), FlagRef in the top one. Forms are
// what makes reading lossless: a writer that finds a Form repeats it. The zero
// Form lets the writer choose as the target version's own marshal would.
type Form uint8

// FlagRef is the bit of a Form that enters the value into the stream's table
// of references (marshal version 3, Python 3.4, and later).
const FlagRef Form = 0x80

// Type returns the type code without FlagRef.
func (f Form) Type() byte { return byte(f &^ FlagRef) }

// Ref reports whether f carries FlagRef.
func (f Form) Ref() bool { return f&FlagRef != 0 }

// Value is a value that a marshal stream can hold: one of the pointer types of
// this package, and nothing else. Identity matters: a stream that refers back
// to an earlier value reads as the same pointer twice, and a pointer met again
// whose Form has FlagRef is written as a reference.
//
// Values may be cyclic (a hostile list can contain itself); walkers bound
// their depth.
type Value interface {
	// WrittenAs returns how the value was written, or zero.
	WrittenAs() Form
	value()
}

type (
	// NoneType is the type of None.
	NoneType struct{ Form Form }
	// EllipsisType is the type of Ellipsis.
	EllipsisType struct{ Form Form }
	// StopIterationType is the type of the StopIteration class, which
	// marshal can write for historical reasons.
	StopIterationType struct{ Form Form }
	// Bool is True or False.
	Bool struct {
		V    bool
		Form Form
	}
	// Int is an integer of any size, Python 2's long included (Form 'l').
	Int struct {
		// Big holds the value when it does not fit into an int64; nil otherwise.
		Big  *big.Int
		V    int64
		Form Form
	}
	// Float is a float. Text is what the stream said when Form is 'f', the
	// decimal form of marshal versions 0 and 1.
	Float struct {
		V    float64
		Text string
		Form Form
	}
	// Complex is a complex number; the texts are as for Float, for Form 'x'.
	Complex struct {
		Re, Im         float64
		ReText, ImText string
		Form           Form
	}
	// Str is text: str of Python 3, unicode of Python 2.
	Str struct {
		// S is the text in UTF-8, lone surrogates as three bytes each
		// (what CPython calls surrogatepass).
		S        string
		Interned bool
		Form     Form
	}
	// Bytes is bytes of Python 3, str of Python 2.
	Bytes struct {
		S string
		// Interned is set for the str values that Python 2 interned (Form 't').
		Interned bool
		Form     Form
	}
	// Tuple is a tuple.
	Tuple struct {
		Items []Value
		Form  Form
	}
	// List is a list.
	List struct {
		Items []Value
		Form  Form
	}
	// Set is a set, or a frozenset when Frozen. Items are in the order of the file.
	Set struct {
		Items  []Value
		Frozen bool
		Form   Form
	}
	// Dict is a dict, or a frozendict (3.15) when Frozen.
	Dict struct {
		Keys, Values []Value // of equal length, in the order of the file
		Frozen       bool
		Form         Form
	}
	// Slice is a slice constant (3.14 and later).
	Slice struct {
		Start, Stop, Step Value
		Form              Form
	}
)

// The values that need no Form of their own. A reader that meets one with
// FlagRef makes a new node for it, so compare types, not pointers.
var (
	None          = &NoneType{}
	Ellipsis      = &EllipsisType{}
	StopIteration = &StopIterationType{}
	True          = &Bool{V: true}
	False         = &Bool{}
)

func (v *NoneType) WrittenAs() Form          { return v.Form }
func (v *EllipsisType) WrittenAs() Form      { return v.Form }
func (v *StopIterationType) WrittenAs() Form { return v.Form }
func (v *Bool) WrittenAs() Form              { return v.Form }
func (v *Int) WrittenAs() Form               { return v.Form }
func (v *Float) WrittenAs() Form             { return v.Form }
func (v *Complex) WrittenAs() Form           { return v.Form }
func (v *Str) WrittenAs() Form               { return v.Form }
func (v *Bytes) WrittenAs() Form             { return v.Form }
func (v *Tuple) WrittenAs() Form             { return v.Form }
func (v *List) WrittenAs() Form              { return v.Form }
func (v *Set) WrittenAs() Form               { return v.Form }
func (v *Dict) WrittenAs() Form              { return v.Form }
func (v *Slice) WrittenAs() Form             { return v.Form }
func (v *Object) WrittenAs() Form            { return v.Form }

func (*NoneType) value()          {}
func (*EllipsisType) value()      {}
func (*StopIterationType) value() {}
func (*Bool) value()              {}
func (*Int) value()               {}
func (*Float) value()             {}
func (*Complex) value()           {}
func (*Str) value()               {}
func (*Bytes) value()             {}
func (*Tuple) value()             {}
func (*List) value()              {}
func (*Set) value()               {}
func (*Dict) value()              {}
func (*Slice) value()             {}
func (*Object) value()            {}

// Text returns the characters of a Str or Bytes, which is what names are in
// Python 3 and Python 2, and "" for anything else.
func Text(v Value) string {
	switch v := v.(type) {
	case *Str:
		return v.S
	case *Bytes:
		return v.S
	}
	return ""
}

// TypeName returns the name of v's type in version ver: "int", "tuple", "code".
// What Python 3 calls bytes, str and (when large) int is str, unicode and long
// in Python 2. StopIteration, which is a class, is a "type"; nil is "NULL".
func TypeName(v Value, ver pyver.Version) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case *NoneType:
		return "NoneType"
	case *EllipsisType:
		return "ellipsis"
	case *StopIterationType:
		return "type"
	case *Bool:
		return "bool"
	case *Int:
		if ver.Major() == 2 && (v.Form.Type() == 'l' || v.Big != nil) {
			return "long"
		}
		return "int"
	case *Float:
		return "float"
	case *Complex:
		return "complex"
	case *Str:
		if ver.Major() == 2 {
			return "unicode"
		}
		return "str"
	case *Bytes:
		if ver.Major() == 2 {
			return "str"
		}
		return "bytes"
	case *Tuple:
		return "tuple"
	case *List:
		return "list"
	case *Set:
		if v.Frozen {
			return "frozenset"
		}
		return "set"
	case *Dict:
		if v.Frozen {
			return "frozendict"
		}
		return "dict"
	case *Slice:
		return "slice"
	case *Object:
		return "code"
	}
	return "unknown"
}
