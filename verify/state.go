package verify

// value is an abstract value.
type value struct {
	k kind
	// ref says more about some kinds, see there; -1 when nothing is known.
	ref int32
	// origin is the same for values that are the same, 0 if nothing is known.
	origin int32
	// borrow is the local variable whose reference this value borrows, plus 1;
	// borrowsAny when there are several; 0 if it has its own reference.
	borrow int32
}

const borrowsAny = -1

func plain(k kind) value { return value{k: k, ref: -1} }

func (v *value) join(w value) bool {
	old := *v
	v.k |= w.k
	if v.ref != w.ref {
		v.ref = -1
	}
	if v.origin != w.origin {
		v.origin = 0
	}
	if v.borrow != w.borrow {
		switch {
		case v.borrow == 0:
			v.borrow = w.borrow
		case w.borrow != 0:
			v.borrow = borrowsAny
		}
	}
	return *v != old
}

// The three bits that are known of a local variable: what it may be. They
// stand in three sets, one behind the other.
const (
	localNull  = 1 << iota // unbound
	localValue             // any object
	localCell              // a cell that MAKE_CELL or COPY_FREE_VARS put there
)

// state is what is known when control reaches an instruction.
type state struct {
	seen   bool
	begun  bool // a generator has been made (RETURN_GENERATOR)
	stack  []value
	locals []uint64 // three sets
	blocks []block  // to 3.10
}

// local returns the bits of local variable i.
func (s *state) local(i int) uint8 {
	n := len(s.locals) / 3
	w, b := i/64, uint(i%64)
	return uint8(s.locals[w]>>b&1 | s.locals[n+w]>>b&1<<1 | s.locals[2*n+w]>>b&1<<2)
}

func (s *state) setLocal(i int, bits uint8) {
	n := len(s.locals) / 3
	w, b := i/64, uint(i%64)
	s.locals[w] = s.locals[w]&^(1<<b) | uint64(bits&1)<<b
	s.locals[n+w] = s.locals[n+w]&^(1<<b) | uint64(bits>>1&1)<<b
	s.locals[2*n+w] = s.locals[2*n+w]&^(1<<b) | uint64(bits>>2&1)<<b
}

// joinLocal adds bits to local variable i.
func (s *state) joinLocal(i int, bits uint8) bool {
	old := s.local(i)
	if old|bits == old {
		return false
	}
	s.setLocal(i, old|bits)
	return true
}

func (s *state) joinLocals(t *state) bool {
	changed := false
	for i, w := range t.locals {
		if s.locals[i]|w != s.locals[i] {
			s.locals[i] |= w
			changed = true
		}
	}
	return changed
}

// copyFrom makes s a copy of t.
func (s *state) copyFrom(t *state) {
	s.seen, s.begun = t.seen, t.begun
	s.stack = append(s.stack[:0], t.stack...)
	s.locals = append(s.locals[:0], t.locals...)
	s.blocks = append(s.blocks[:0], t.blocks...)
}

// block is an entry of the block stack that frames had until 3.10.
type block struct {
	kind    blockKind
	handler int32 // of the instructions: where to go
	level   int32 // height of the stack
}

type blockKind uint8
