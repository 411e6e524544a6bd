package instruction

// Names is an ordered set of names, each with its index. The list may be set by
// hand.
type Names struct {
	List  []string
	index hashed
}

// Reset empties the set and keeps its memory.
func (n *Names) Reset() {
	n.List = n.List[:0]
	n.index.reset()
}

// Add returns the index of name, which it appends if it is not there yet.
func (n *Names) Add(name string) int {
	h := hashText(name)
	if i := n.find(name, h); i >= 0 {
		return i
	}
	n.List = append(n.List, name)
	n.index.add(h)
	return len(n.List) - 1
}

// Index returns the index of name and whether it is there.
func (n *Names) Index(name string) (int, bool) {
	i := n.find(name, hashText(name))
	return max(i, 0), i >= 0
}

func (n *Names) find(name string, h uint32) int {
	if len(n.index.hashes) != len(n.List) {
		n.index.reset()
		for _, s := range n.List {
			n.index.add(hashText(s))
		}
	}
	for p := n.index.start(h); ; {
		i := n.index.next(&p, h)
		if i < 0 || n.List[i] == name {
			return i
		}
	}
}
