package pycdiff

// maxEdits is how many insertions and deletions Align looks for; what differs
// in more is taken for replaced as a whole. It bounds time and memory.
const maxEdits = 1000

// Align pairs equal elements of a and b so that as few as possible are left
// without a partner (Myers, "An O(ND) Difference Algorithm", 1986). It returns
// for each element of a the index of its partner in b, or -1.
func Align(a, b []string) []int {
	pairs := make([]int, len(a))
	for i := range pairs {
		pairs[i] = -1
	}
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		pairs[first] = first
		first++
	}
	endA, endB := len(a), len(b)
	for endA > first && endB > first && a[endA-1] == b[endB-1] {
		endA--
		endB--
		pairs[endA] = endB
	}
	middle(a[first:endA], b[first:endB], func(i, j int) { pairs[first+i] = first + j })
	return pairs
}

// middle calls match for the pairs of two lists.
func middle(a, b []string, match func(i, j int)) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	limit := min(len(a)+len(b), maxEdits)
	// furthest[k+limit+1] is how far into a one gets on diagonal k = i - j.
	furthest := make([]int, 2*limit+3)
	var trace [][]int
	for edits := 0; edits <= limit; edits++ {
		trace = append(trace, append([]int(nil), furthest[limit+1-edits:limit+2+edits]...))
		for k := -edits; k <= edits; k += 2 {
			i := step(furthest[limit+1:], furthest[:limit+1], k, edits)
			for i < len(a) && i-k < len(b) && a[i] == b[i-k] {
				i++
			}
			furthest[k+limit+1] = i
			if i >= len(a) && i-k >= len(b) {
				walkBack(trace, len(a), len(b), match)
				return
			}
		}
	}
}

// step returns where on diagonal k one arrives with one edit more. The slices
// hold the diagonals from 0 up and those below 0.
func step(up, down []int, k, edits int) int {
	at := func(k int) int {
		if k < 0 {
			return down[len(down)+k]
		}
		return up[k]
	}
	if k == -edits || k != edits && at(k-1) < at(k+1) {
		return at(k + 1)
	}
	return at(k-1) + 1
}

// walkBack goes from the end to the start over the states that trace has kept
// before each number of edits.
func walkBack(trace [][]int, i, j int, match func(i, j int)) {
	for edits := len(trace) - 1; edits >= 0 && (i > 0 || j > 0); edits-- {
		before := trace[edits] // of diagonals -edits to edits
		at := func(k int) int {
			if k < -edits || k > edits {
				return -1
			}
			return before[k+edits]
		}
		k := i - j
		from := k - 1
		if k == -edits || k != edits && at(k-1) < at(k+1) {
			from = k + 1
		}
		prevI := at(from)
		prevJ := prevI - from
		if edits == 0 {
			prevI, prevJ = 0, 0
		}
		for i > prevI && j > prevJ && i > 0 && j > 0 {
			i--
			j--
			match(i, j)
		}
		if edits > 0 {
			i, j = prevI, prevJ
		}
	}
}
