package asm

import (
	"math"

	"github.com/krait-py/krait/code"
)

// findShared numbers the values that have to be written once and referred to
// elsewhere: those that can be changed and code objects, where it matters that
// they are one, values in circles, and those whose text is long.
func findShared(o *code.Object) map[code.Value]int {
	s := sharing{sizes: make(map[code.Value]int)}
	s.object(o)
	return s.numbers
}

type sharing struct {
	sizes   map[code.Value]int // of the texts; 0 as long as the value is being looked at
	numbers map[code.Value]int
}

// met looks at a value that may be shared, and reports whether it has been
// looked at before.
func (s *sharing) met(v code.Value, changeable bool) (size int, met bool) {
	size, met = s.sizes[v]
	if !met {
		s.sizes[v] = 0
		return 0, false
	}
	if changeable || size == 0 || size > longName {
		if s.numbers == nil {
			s.numbers = make(map[code.Value]int)
		}
		if _, ok := s.numbers[v]; !ok {
			s.numbers[v] = len(s.numbers) + 1
		}
		return 4, true
	}
	return size, true
}

// object looks at the values that the text of o shows.
func (s *sharing) object(o *code.Object) {
	s.value(o.Filename)
	s.value(o.QualName)
	s.value(o.Name)
	if o.Consts != nil {
		for _, v := range o.Consts.Items {
			s.value(v)
		}
	}
}

// value returns about how long the text of v is.
func (s *sharing) value(v code.Value) int {
	var size int
	var met bool
	switch v := v.(type) {
	case *code.Str:
		return s.text(v, len(v.S))
	case *code.Bytes:
		return s.text(v, len(v.S))
	case *code.Int:
		if v.Big != nil {
			return s.text(v, v.Big.BitLen()/3)
		}
		return 8
	case *code.Tuple:
		if len(v.Items) == 0 {
			return 2
		}
		if size, met = s.met(v, false); met {
			return size
		}
		size = s.items(v.Items)
	case *code.List:
		if size, met = s.met(v, true); met {
			return size
		}
		size = s.items(v.Items)
	case *code.Set:
		if size, met = s.met(v, !v.Frozen); met {
			return size
		}
		size = s.items(v.Items)
	case *code.Dict:
		if size, met = s.met(v, !v.Frozen); met {
			return size
		}
		size = s.items(v.Keys) + s.items(v.Values)
	case *code.Slice:
		if size, met = s.met(v, false); met {
			return size
		}
		size = 8 + s.value(v.Start) + s.value(v.Stop) + s.value(v.Step)
	case *code.Object:
		if size, met = s.met(v, true); met {
			return size
		}
		s.object(v)
		size = 8
	default:
		return 8
	}
	s.sizes[v] = min(size, math.MaxInt32)
	return size
}

func (s *sharing) items(items []code.Value) int {
	n := 2
	for _, v := range items {
		n = min(n+2+s.value(v), math.MaxInt32)
	}
	return n
}

// text looks at a value without others in it.
func (s *sharing) text(v code.Value, size int) int {
	if size > longName {
		if n, met := s.met(v, false); met {
			return n
		}
		s.sizes[v] = size
	}
	return size + 2
}
