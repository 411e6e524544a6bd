package contextvarsmod

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// trie is a map from variables to values: a tree that branches by five bits of a key's hash at a time. A change copies the
// nodes on the way to it, so that copies of the map stay what they are, but for those that have been made by changes with the same edit: since then
// nobody has copied the map. Hashes of variables differ, so that the way down always ends.
type trie struct {
	root *node
	size int
}

type node struct {
	bitmap uint32
	edit   edit
	slots  []slot
}

// node1 and node2 are nodes with room for their slots: contexts mostly have few variables.
type node1 struct {
	node
	room [1]slot
}

type node2 struct {
	node
	room [2]slot
}

// edit is a number that the nodes made by some changes have in common; 0: none.
type edit uint64

var edits atomic.Uint64

// newEdit returns one that no node has.
func newEdit() edit { return edit(edits.Add(1)) }

// newNode returns one with n slots, and room for more of them.
func newNode(n, more int, e edit) *node {
	switch n + more {
	case 1:
		s := &node1{node: node{edit: e}}
		s.slots = s.room[:n]
		return &s.node
	case 2:
		s := &node2{node: node{edit: e}}
		s.slots = s.room[:n]
		return &s.node
	}
	return &node{edit: e, slots: make([]slot, n, n+more)}
}

// owned returns the node if changes with e have made it, else a copy with room for more slots.
func (n *node) owned(e edit, more int) *node {
	if n.edit == e && e != 0 {
		return n
	}
	c := newNode(len(n.slots), more, e)
	c.bitmap = n.bitmap
	copy(c.slots, n.slots)
	return c
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
func (m trie) set(k *variable, v Value, e edit) trie {
	if m.root == nil {
		m.root = newNode(0, 1, e)
	}
	root, added := m.root.set(k, v, 0, e)
	if added {
		m.size++
	}
	m.root = root
	return m
}

func (n *node) set(k *variable, v Value, shift uint, e edit) (*node, bool) {
	bit, at := n.place(k.hash, shift)
	if n.bitmap&bit == 0 {
		n = n.owned(e, 1)
		n.bitmap |= bit
		n.slots = slices.Insert(n.slots, at, slot{key: k, value: v})
		return n, true
	}
	n = n.owned(e, 0)
	s := &n.slots[at]
	switch {
	case s.child != nil:
		child, added := s.child.set(k, v, shift+levelBits, e)
		s.child = child
		return n, added
	case s.key == k:
		s.value = v
		return n, false
	}
	// Two variables share the place: they go one level down.
	child, _ := newNode(0, 2, e).set(s.key, s.value, shift+levelBits, e)
	child, _ = child.set(k, v, shift+levelBits, e)
	*s = slot{child: child}
	return n, true
}

// remove returns the map without a variable.
func (m trie) remove(k *variable, e edit) trie {
	if m.root == nil || m.get(k).P == nil {
		return m
	}
	m.size--
	m.root = m.root.remove(k, 0, e)
	return m
}

// remove returns the node without k, which it has; nil: nothing is left.
func (n *node) remove(k *variable, shift uint, e edit) *node {
	bit, at := n.place(k.hash, shift)
	var child *node
	if s := &n.slots[at]; s.child != nil {
		child = s.child.remove(k, shift+levelBits, e)
	}
	if child == nil {
		if len(n.slots) == 1 {
			return nil
		}
		n = n.owned(e, 0)
		n.bitmap &^= bit
		n.slots = slices.Delete(n.slots, at, at+1)
		return n
	}
	n = n.owned(e, 0)
	if len(child.slots) == 1 && child.slots[0].child == nil {
		n.slots[at] = child.slots[0]
	} else {
		n.slots[at].child = child
	}
	return n
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
