package verify

import (
	"math/bits"
	"strings"

	"github.com/krait-py/krait/pyver"
)

// kind is a set of kinds of values. The lattice is that of sets: a value that
// may come from several places has all of their kinds, and is fit for an
// instruction that allows each of them.
type kind uint32

const (
	kNull     kind = 1 << iota // no value
	kOther                     // any object that is of no other kind
	kNone                      // None
	kBool                      // True or False
	kTuple                     // a tuple; ref is the index of the constant it is, if it is one, or see tuple.go
	kList                      // a list
	kSet                       // a set
	kDict                      // a dict
	kCell                      // a cell; ref is the slot it comes from
	kClosure                   // a tuple of cells; ref is an index of closures
	kCode                      // a code object; ref is the index of the constant
	kFunc                      // a function
	kRaw                       // a function that still lacks its closure; ref as for kCode
	kHidden                    // a function only the compiler knows how to call; ref as for kCode
	kIter                      // has __next__
	kVirtual                   // 3.15: an iterable that GET_ITER left, with an index or NULL above
	kExc                       // an instance of BaseException
	kPrevExc                   // what PUSH_EXC_INFO saved: an exception or None
	kExcs                      // a list with nothing but exceptions and None in it
	kLasti                     // the offset of an instruction that raised
	kCompared                  // what a comparison gives, a bool unless classes make it another
	kEnd                       // what a loop leaves at its end for END_FOR
	kIndex                     // 3.15: the place of a loop that indexes, no object
	kTb                        // the three values of an exception (to 3.10)
	kValue
	kType
	kPrevTb // and of the one before it
	kPrevValue
	kPrevType
	kReason        // why a finally block runs, see reason.go (to 3.8)
	kReceiver      // has __next__, or is a generator or coroutine (to 3.9)
	kInterpolation // what BUILD_INTERPOLATION makes (3.14 on)
	kKinds         = iota

	kAny    kind = 1<<kKinds - 1
	kObject      = kAny &^ (kNull | kLasti | kRaw | kHidden | kIndex | kReason)
	kMaybe       = kObject | kNull
)

var kindNames = [kKinds]string{
	"NULL", "object", "None", "bool", "tuple", "list", "set", "dict", "cell", "closure", "code",
	"function", "function without closure", "hidden function", "iterator", "indexed iterable", "exception",
	"previous exception", "list of exceptions", "lasti", "comparison", "end of loop", "index",
	"traceback", "exception value", "exception type",
	"previous traceback", "previous value", "previous type", "reason", "awaitable", "interpolation",
}

// String returns the kinds in words, such as "object or NULL".
func (k kind) String() string {
	switch {
	case k == 0:
		return "nothing"
	case k == kAny:
		return "anything"
	case k&kObject == kObject:
		s := "object"
		if rest := k &^ kObject; rest != 0 {
			s += " or " + rest.String()
		}
		return s
	}
	var words []string
	for k != 0 {
		words = append(words, kindNames[bits.TrailingZeros32(uint32(k))])
		k &= k - 1
	}
	return strings.Join(words, " or ")
}

// pictureKinds says which kinds the names in stack pictures stand for. Names
// that are not here stand for any object.
var pictureKinds = map[string]kind{
	"null":     kNull,
	"none":     kNone,
	"iter":     kIter | kVirtual,
	"exc":      kExc,
	"prev_exc": kPrevExc,
	"lasti":    kLasti,
	"code":     kCode,
	"func":     kFunc,
	"list":     kList | kExcs,
	"set":      kSet,
	"dict":     kDict,
	"tuple":    kTuple,
	"bool":     kBool,
	"cell":     kCell,
	"closure":  kClosure,

	"keys":           kTuple,
	"names":          kTuple,
	"kwnames":        kTuple,
	"defaults":       kTuple,
	"kwdefaults":     kDict,
	"strings":        kTuple,
	"interpolations": kTuple,
	"interpolation":  kInterpolation,
	"exhausted":      kEnd,
	"orig":           kExc,
	"excs":           kExcs,
	"index":          kIndex,
	"rest":           kExc | kNone,
	"match":          kExc | kNone,
	"exc_or_none":    kExc | kNone,
	"attrs_or_none":  kTuple | kNone,
	"values_or_none": kTuple | kNone,

	"tb":         kTb,
	"exc_value":  kValue,
	"exc_type":   kType,
	"prev_tb":    kPrevTb,
	"prev_value": kPrevValue,
	"prev_type":  kPrevType,
	"reason":     kReason,

	// Instructions that move values do not look at them.
	"unused": kAny, "bottom": kAny, "top": kAny,
	"v1": kAny, "v2": kAny, "v3": kAny, "v4": kAny,
}

// kindOf returns the kinds that a name in a stack picture stands for.
func kindOf(name string, v pyver.Version) kind {
	switch name {
	case "cond":
		// Jumps stopped to convert their condition in 3.13.
		if v >= pyver.Py313 {
			return kBool | kCompared
		}
	case "kwargs":
		// Where CALL_FUNCTION_EX stopped to convert the keyword arguments.
		if v >= pyver.Py39 {
			return kDict
		}
	case "kwargs_or_null":
		return kDict | kNull
	case "receiver", "awaitable":
		// YIELD_FROM called __next__ without asking whether there is one.
		if v < pyver.Py310 {
			return kIter | kReceiver
		}
	case "annotations":
		if v >= pyver.Py310 {
			return kTuple | kDict
		}
		return kDict
	}
	if k, ok := pictureKinds[name]; ok {
		return k
	}
	if base, ok := strings.CutSuffix(name, "_or_null"); ok {
		return kindOf(base, v) | kNull
	}
	return kObject
}
