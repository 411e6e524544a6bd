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

// excessive reports whether a text would be out of all proportion to its file:
// a hostile one can have thousands of code objects refer to one long tuple, or
// to one long name, and each would be written with all its names.
func excessive(o *code.Object) bool {
	const factor, slack = 100, 1 << 20
	written, stored := 0, 0
	tuples := make(map[*code.Tuple]int)
	long := make(map[code.Value]bool)
	text := func(v code.Value) int {
		n := 0
		switch v := v.(type) {
		case *code.Str:
			n = len(v.S)
		case *code.Bytes:
			n = len(v.S)
		}
		if n > longName && !long[v] {
			long[v] = true
			stored += n
		}
		return n + 1
	}
	size := func(t *code.Tuple) int {
		if t == nil {
			return 0
		}
		n, ok := tuples[t]
		if !ok {
			for _, v := range t.Items {
				n += text(v)
			}
			tuples[t] = n
			stored += len(t.Items)
		}
		return n
	}
	for inner := range o.All() {
		stored++
		written += size(inner.Names) + size(inner.VarNames) + size(inner.FreeVars) + size(inner.CellVars) + size(inner.LocalsPlusNames)
		written += text(inner.Name)
		if inner.Consts != nil {
			size(inner.Consts)
			written += len(inner.Consts.Items)
		}
	}
	return written > slack+factor*stored
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
