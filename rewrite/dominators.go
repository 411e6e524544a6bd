package rewrite

// Postorder returns the blocks that can be reached, each behind all its
// successors but those that a loop leads back to.
func (g *Graph) Postorder() []*Block {
	if len(g.Blocks) == 0 {
		return nil
	}
	order := make([]*Block, 0, len(g.Blocks))
	g.depthFirst(nil, func(b *Block) { order = append(order, b) })
	return order
}

// Reachable reports for each block, by index, whether control can get there.
func (g *Graph) Reachable() []bool {
	reached := make([]bool, len(g.Blocks))
	g.depthFirst(func(b, _ *Block) { reached[b.Index] = true }, nil)
	return reached
}

// depthFirst visits the blocks that can be reached. It calls enter with a
// block and the one it came from, and leave when it is done with all that lies
// behind the block.
func (g *Graph) depthFirst(enter func(b, from *Block), leave func(*Block)) {
	if len(g.Blocks) == 0 {
		return
	}
	type step struct {
		block *Block
		next  int
	}
	seen := make([]bool, len(g.Blocks))
	visit := func(b, from *Block) step {
		seen[b.Index] = true
		if enter != nil {
			enter(b, from)
		}
		return step{block: b}
	}
	stack := []step{visit(g.Blocks[0], nil)}
	for len(stack) > 0 {
		s := &stack[len(stack)-1]
		if s.next < len(s.block.Succs) {
			to := s.block.Succs[s.next].To
			s.next++
			if !seen[to.Index] {
				stack = append(stack, visit(to, s.block))
			}
			continue
		}
		if leave != nil {
			leave(s.block)
		}
		stack = stack[:len(stack)-1]
	}
}

// Dominators are the immediate dominators of a graph's blocks.
type Dominators struct {
	idom  []*Block
	depth []int // in the tree of dominators; -1 for what cannot be reached
}

// Dominators finds which blocks control must pass on its way to others, by the
// method of Lengauer and Tarjan.
func (g *Graph) Dominators() *Dominators {
	n := len(g.Blocks)
	d := &Dominators{idom: make([]*Block, n), depth: make([]int, n)}
	number := make([]int, n) // in the order of the visit, from 1 on; 0: not reached
	blocks := make([]*Block, 1, n+1)
	parent := make([]int, 1, n+1)
	g.depthFirst(func(b, from *Block) {
		number[b.Index] = len(blocks)
		blocks = append(blocks, b)
		p := 0
		if from != nil {
			p = number[from.Index]
		}
		parent = append(parent, p)
	}, nil)
	count := len(blocks)
	semi, idom := make([]int, count), make([]int, count)
	ancestor, label := make([]int, count), make([]int, count)
	buckets := make([][]int, count)
	for v := range count {
		semi[v], label[v] = v, v
	}
	var path []int
	eval := func(v int) int {
		if ancestor[v] == 0 {
			return v
		}
		path = path[:0]
		for u := v; ancestor[ancestor[u]] != 0; u = ancestor[u] {
			path = append(path, u)
		}
		for i := len(path) - 1; i >= 0; i-- {
			u := path[i]
			if a := ancestor[u]; semi[label[a]] < semi[label[u]] {
				label[u] = label[a]
			}
			ancestor[u] = ancestor[ancestor[u]]
		}
		return label[v]
	}
	for w := count - 1; w >= 2; w-- {
		for _, e := range blocks[w].Preds {
			if v := number[e.From.Index]; v != 0 {
				semi[w] = min(semi[w], semi[eval(v)])
			}
		}
		buckets[semi[w]] = append(buckets[semi[w]], w)
		p := parent[w]
		ancestor[w] = p
		for _, v := range buckets[p] {
			idom[v] = p
			if u := eval(v); semi[u] < semi[v] {
				idom[v] = u
			}
		}
		buckets[p] = nil
	}
	for i := range d.depth {
		d.depth[i] = -1
	}
	if count > 1 {
		d.depth[blocks[1].Index] = 0
	}
	for w := 2; w < count; w++ {
		if idom[w] != semi[w] {
			idom[w] = idom[idom[w]]
		}
		b := blocks[w]
		d.idom[b.Index] = blocks[idom[w]]
		d.depth[b.Index] = d.depth[blocks[idom[w]].Index] + 1
	}
	return d
}

// Of returns the immediate dominator of b: the last block that all ways to b
// pass before it. The entry and what cannot be reached have none.
func (d *Dominators) Of(b *Block) *Block { return d.idom[b.Index] }

// Dominates reports whether all ways to b pass a. A block dominates itself if
// it can be reached.
func (d *Dominators) Dominates(a, b *Block) bool {
	if d.depth[a.Index] < 0 {
		return false
	}
	for b != nil && d.depth[b.Index] > d.depth[a.Index] {
		b = d.idom[b.Index]
	}
	return a == b
}
