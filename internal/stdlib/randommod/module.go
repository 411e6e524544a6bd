// Package randommod is module _random: the generator of random numbers that
// random.Random derives from.
package randommod

import (
	"crypto/rand"
	"encoding/binary"
	"math/big"
	"unsafe"

	"github.com/krait-py/krait/internal/mt19937"
	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_random",
	Setup: setup,
	Doc:   "Module implements the Mersenne Twister random number generator.",
	Types: []*object.Type{&RandomType},
}

// Random is a _random.Random.
type Random struct {
	object.Head
	source mt19937.Source
	object.Attrs
}

// RandomType is _random.Random.
var RandomType object.Type

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&RandomType, object.TypeSpec{
		Name: "Random", Module: "_random", Flags: object.FlagBase, SubOffset: unsafe.Offsetof(Random{}.Attrs),
		Doc: "Random() -> create a random number generator with its own internal state.",
		Slots: object.Slots{
			Alloc: func(t *thread, cls *object.Type) value {
				return object.InitAttrs(cls, object.Of(&Random{Head: object.Head{Type: cls}}))
			},
			New:  newRandom,
			Init: initRandom,
		},
		Methods: []object.MethodDef{
			{Name: "random", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
				return object.MakeFloat(object.To[Random](a[0]).source.Float64())
			}, Doc: "random() -> x in the interval [0, 1)."},
			{Name: "seed", Sig: "($self, n=None, /)", Fn: seed, Doc: "seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination\nof the current time and the process identifier."},
			{Name: "getstate", Sig: "($self, /)", Fn: getState, Doc: "getstate() -> tuple containing the current state."},
			{Name: "setstate", Sig: "($self, state, /)", Fn: setState, Doc: "setstate(state) -> None.  Restores generator state."},
			{Name: "getrandbits", Sig: "($self, k, /)", Fn: getRandBits, Doc: "getrandbits(k) -> x.  Generates an int with k random bits."},
		},
	})
}

func newRandom(t *thread, cls *object.Type, args []value, names *object.Tuple) value {
	// The argument is the initialiser's; subclasses may have others.
	return cls.Alloc(t, cls)
}

func initRandom(t *thread, self value, args []value, names *object.Tuple) bool {
	if object.NameCount(names) > 0 {
		t.TypeErrorf("Random() takes no keyword arguments")
		return false
	}
	if len(args) > 1 {
		t.TypeErrorf("Random expected at most 1 argument, got %d", len(args))
		return false
	}
	var x value
	if len(args) == 1 {
		x = args[0]
	}
	return seedWith(t, &object.To[Random](self).source, x)
}

// seedFromSystem gives the generator a state that nobody can foresee.
func seedFromSystem(s *mt19937.Source) {
	var b [mt19937.N * 4]byte
	rand.Read(b[:])
	key := make([]uint32, mt19937.N)
	for i := range key {
		key[i] = binary.LittleEndian.Uint32(b[i*4:])
	}
	s.SeedArray(key)
}

// seedWith seeds with an int, with the hash of something else, or anew with None.
func seedWith(t *thread, s *mt19937.Source, v value) bool {
	if v.P == nil || v.IsNone() {
		seedFromSystem(s)
		return true
	}
	if z := object.AsBig(v); z != nil {
		s.Seed(z)
		return true
	}
	h, ok := t.Hash(v)
	if ok {
		s.Seed(new(big.Int).SetUint64(uint64(h)))
	}
	return ok
}

func seed(t *thread, a []value) value {
	if !seedWith(t, &object.To[Random](a[0]).source, a[1]) {
		return value{}
	}
	return object.None
}

func getState(t *thread, a []value) value {
	words, index := object.To[Random](a[0]).source.State()
	x := object.MakeTuple(mt19937.N + 1)
	for i, w := range words {
		x.Items()[i] = object.MakeInt(int64(w))
	}
	x.Items()[mt19937.N] = object.MakeInt(int64(index))
	return object.Of(x)
}

func setState(t *thread, a []value) value {
	if a[1].Type().Flags&object.FlagTuple == 0 {
		return t.TypeErrorf("state vector must be a tuple")
	}
	items := object.To[object.Tuple](a[1]).Items()
	if len(items) != mt19937.N+1 {
		return t.ValueErrorf("state vector is the wrong size")
	}
	var words [mt19937.N]uint32
	for i := range words {
		z := object.AsBig(items[i])
		switch {
		case z == nil:
			return t.TypeErrorf("an integer is required")
		case z.Sign() < 0:
			return t.OverflowErrorf("can't convert negative value to unsigned int")
		case !z.IsUint64():
			return t.OverflowErrorf("Python int too large to convert to C unsigned long")
		}
		words[i] = uint32(z.Uint64())
	}
	last := t.Index(items[mt19937.N])
	if last.P == nil {
		return value{}
	}
	if !last.IsInt() {
		return t.OverflowErrorf("Python int too large to convert to C long")
	}
	if !object.To[Random](a[0]).source.SetState(&words, int(last.Int())) {
		return t.ValueErrorf("invalid state")
	}
	return object.None
}

// maxBits bounds the memory that getrandbits takes.
const maxBits = 1 << 33

func getRandBits(t *thread, a []value) value {
	k := t.Index(a[1])
	if k.P == nil {
		return value{}
	}
	s := &object.To[Random](a[0]).source
	switch {
	case k.IsInt() && k.Int() < 0, !k.IsInt() && object.AsBig(k).Sign() < 0:
		return t.ValueErrorf("Cannot convert negative int")
	case !k.IsInt():
		return t.OverflowErrorf("Python int too large for C uint64_t")
	case k.Int() < 64:
		return object.MakeInt(int64(s.Bits(int(k.Int()))))
	case k.Int() > maxBits:
		return t.RaiseNew(&object.MemoryErrorType)
	}
	return object.MakeBig(s.BigBits(int(k.Int())))
}
