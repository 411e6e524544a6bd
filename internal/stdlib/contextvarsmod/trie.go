package contextvarsmod

import "math/bits"

// trie is an immutable map from variables to values: a tree that branches by five bits of a key's hash at a time. A change copies the
// nodes on the way to it. Hashes of variables differ, so that the way down always ends.
type trie struct {
	root *node
	size int
}

type node struct {
	bitmap uint32
	slots  []slot
}

// slot has either a variable and its value, or a node.
type slot struct {
	key   *variable
	value Value
	child *node
}

const (
	levelBits = 5
	levelMask = 1<<levelBits - 1
)

// place returns the bit for a hash at a level, and the index of its slot.
func (n *node) place(hash uint64, shift uint) (bit uint32, at int) {
	bit = 1 << (hash >> shift & levelMask)
	return bit, bits.OnesCount32(n.bitmap & (bit - 1))
}

// get returns the value of a variable, or no value.
func (m trie) get(k *variable) Value {
	n := m.root
	for shift := uint(0); n != nil; shift += levelBits {
		bit, at := n.place(k.hash, shift)
		if n.bitmap&bit == 0 {
			return Value{}
		}
		s := &n.slots[at]
		if s.child == nil {
			if s.key == k {
				return s.value
			}
			return Value{}
		}
		n = s.child
	}
	return Value{}
}

// set returns the map with a variable set.
func (m trie) set(k *variable, v Value) trie {
	if m.root == nil {
		m.root = &node{}
	}
	root, added := m.root.set(k, v, 0)
	if added {
		m.size++
	}
	m.root = root
	return m
}

func (n *node) set(k *variable, v Value, shift uint) (*node, bool) {
	bit, at := n.place(k.hash, shift)
	if n.bitmap&bit == 0 {
		c := &node{n.bitmap | bit, make([]slot, len(n.slots)+1)}
		copy(c.slots, n.slots[:at])
		c.slots[at] = slot{key: k, value: v}
		copy(c.slots[at+1:], n.slots[at:])
		return c, true
	}
	c := &node{n.bitmap, append([]slot(nil), n.slots...)}
	s := &c.slots[at]
	switch {
	case s.child != nil:
		child, added := s.child.set(k, v, shift+levelBits)
		s.child = child
		return c, added
	case s.key == k:
		s.value = v
		return c, false
	}
	// Two variables share the place: they go one level down.
	child, _ := (&node{}).set(s.key, s.value, shift+levelBits)
	child, _ = child.set(k, v, shift+levelBits)
	*s = slot{child: child}
	return c, true
}

// remove returns the map without a variable.
func (m trie) remove(k *variable) trie {
	if m.root == nil || m.get(k).P == nil {
		return m
	}
	m.size--
	m.root = m.root.remove(k, 0)
	return m
}

// remove returns the node without k, which it has; nil: nothing is left.
func (n *node) remove(k *variable, shift uint) *node {
	bit, at := n.place(k.hash, shift)
	var child *node
	if s := &n.slots[at]; s.child != nil {
		child = s.child.remove(k, shift+levelBits)
	}
	if child == nil {
		if len(n.slots) == 1 {
			return nil
		}
		c := &node{n.bitmap &^ bit, make([]slot, len(n.slots)-1)}
		copy(c.slots, n.slots[:at])
		copy(c.slots[at:], n.slots[at+1:])
		return c
	}
	c := &node{n.bitmap, append([]slot(nil), n.slots...)}
	if len(child.slots) == 1 && child.slots[0].child == nil {
		c.slots[at] = child.slots[0]
	} else {
		c.slots[at].child = child
	}
	return c
}

// all calls f for each variable until it returns false.
func (m trie) all(f func(k *variable, v Value) bool) { m.root.all(f) }

func (n *node) all(f func(k *variable, v Value) bool) bool {
	if n == nil {
		return true
	}
	for i := range n.slots {
		s := &n.slots[i]
		if s.child != nil {
			if !s.child.all(f) {
				return false
			}
		} else if !f(s.key, s.value) {
			return false
		}
	}
	return true
}
