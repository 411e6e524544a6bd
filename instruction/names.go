package instruction

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/token"
)

// Names is an ordered set of names, each with its index. The list may be set by
// hand.
type Names struct {
	List []string
	// ids are the numbers of the names if all have been added with theirs; then the
	// index is made of numbers, not of texts.
	ids   []token.NameID
	index hashed // of the first names in the list, or all
	set   int32  // the number of the set in the cache
}

// Reset empties the set and keeps its memory.
func (n *Names) Reset() {
	n.List, n.ids = n.List[:0], n.ids[:0]
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

// AddNum is Add for a name that has the number id among the names of the file, whose
// cache is c, which saves looking at the text. It is fast in a set that has been filled so
// from the beginning.
func (n *Names) AddNum(name string, id token.NameID, c *Cache) int {
	if len(n.ids) != len(n.List) {
		return n.Add(name)
	}
	if len(n.ids) == 0 {
		c.sets++
		n.set = c.sets
	}
	switch e := c.numbered(id); {
	case e.set == n.set:
		return int(e.at)
	case e.set < n.set:
		// No set as new as this one has the name.
		e.set, e.at = n.set, int32(len(n.List))
	default:
		if i := n.findNum(id); i >= 0 {
			return i
		}
	}
	n.List, n.ids = append(n.List, name), append(n.ids, id)
	return len(n.List) - 1
}

// findNum returns the index of the name with the number id, -1 if it is not there.
func (n *Names) findNum(id token.NameID) int {
	for _, id := range n.ids[len(n.index.hashes):] {
		n.index.add(hashID(id))
	}
	// Other numbers have other hashes.
	h := hashID(id)
	p := n.index.start(h)
	return n.index.next(&p, h)
}

func hashID(id token.NameID) uint32 { return uint32(id) * 0x9E3779B1 }

// Index returns the index of name and whether it is there.
func (n *Names) Index(name string) (int, bool) {
	i := n.find(name, hashText(name))
	return max(i, 0), i >= 0
}

func (n *Names) find(name string, h uint32) int {
	if len(n.ids) > 0 || len(n.index.hashes) != len(n.List) {
		n.ids = n.ids[:0]
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

// AppendStrings appends the names to list, as interned strings of the file.
func (n *Names) AppendStrings(list []code.Value, c *Cache) []code.Value {
	if len(n.ids) != len(n.List) {
		for _, s := range n.List {
			list = append(list, c.Name(s))
		}
		return list
	}
	for i, id := range n.ids {
		list = append(list, c.NameNum(n.List[i], id))
	}
	return list
}
