package pycdiff

import (
	"fmt"
	"strings"
)

// pairs says which instructions of two listings belong together.
type pairs struct {
	a, b    *listing
	partner []int // of a's instructions in b; -1 for none
	changed []bool
	// Labels of instructions, and of the end, by index; zero for none. What is
	// paired has the same label.
	labelA, labelB []int
	equivA         []int // where in b something of a is: the partner, or what replaces it; -1 for nowhere
}

// hunk is a run of instructions of a and b without partners, or one of the
// instructions that have: then paired is set, and both runs have one.
type hunk struct {
	a0, a1, b0, b1 int
	paired         bool
}

func pairing(a, b *listing) *pairs {
	p := &pairs{a: a, b: b}
	keys := func(l *listing) []string {
		list := make([]string, len(l.list))
		for i, x := range l.list {
			list[i] = x.key
		}
		return list
	}
	p.partner = Align(keys(a), keys(b))
	n, m := len(a.list), len(b.list)
	p.equivA = make([]int, n+1)
	for i := range p.equivA {
		p.equivA[i] = -1
	}
	p.equivA[n] = m
	for h := range p.hunks {
		if h.paired || h.a0 < h.a1 && h.b0 < h.b1 {
			p.equivA[h.a0] = h.b0
		}
	}
	p.changed = make([]bool, n)
	for i, j := range p.partner {
		if j >= 0 && a.list[i].jump {
			p.changed[i] = !p.agree(a.list[i].target, b.list[j].target)
		}
	}
	p.label()
	return p
}

// agree reports whether index i in a, and j in b, are the same place.
func (p *pairs) agree(i, j int) bool {
	if i < 0 || j < 0 {
		return i == j
	}
	return p.equivA[i] == j
}

// hunks yields all of both listings, in order.
func (p *pairs) hunks(yield func(hunk) bool) {
	i, j := 0, 0
	for i < len(p.a.list) || j < len(p.b.list) {
		h := hunk{a0: i, b0: j}
		for i < len(p.a.list) && p.partner[i] < 0 {
			i++
		}
		next := len(p.b.list)
		if i < len(p.a.list) {
			next = p.partner[i]
		}
		j = next
		h.a1, h.b1 = i, j
		if (h.a1 > h.a0 || h.b1 > h.b0) && !yield(h) {
			return
		}
		if i < len(p.a.list) {
			if !yield(hunk{i, i + 1, j, j + 1, true}) {
				return
			}
			i++
			j++
		}
	}
}

// label numbers the places that jumps and handlers name.
func (p *pairs) label() {
	used := func(l *listing) []bool {
		list := make([]bool, len(l.list)+1)
		mark := func(i int) {
			if i >= 0 {
				list[i] = true
			}
		}
		for _, x := range l.list {
			if x.jump {
				mark(x.target)
			}
		}
		for _, h := range l.handlers {
			mark(h.Start)
			mark(h.End)
			mark(h.Target)
		}
		return list
	}
	inA, inB := used(p.a), used(p.b)
	p.labelA, p.labelB = make([]int, len(inA)), make([]int, len(inB))
	last := 0
	for h := range p.hunks {
		i, j := h.a0, h.b0
		if i < h.a1 && j < h.b1 {
			if inA[i] || inB[j] {
				last++
				p.labelA[i], p.labelB[j] = last, last
			}
			i++
			j++
		}
		for ; i < h.a1; i++ {
			if inA[i] {
				last++
				p.labelA[i] = last
			}
		}
		for ; j < h.b1; j++ {
			if inB[j] {
				last++
				p.labelB[j] = last
			}
		}
	}
}

// place names index i of a listing with those labels.
func place(labels []int, i int) string {
	switch {
	case i < 0:
		return fmt.Sprintf("offset %d, no instruction", offset(i))
	case i == len(labels)-1:
		return "the end"
	case labels[i] == 0:
		return "an unlabelled instruction"
	}
	return fmt.Sprintf("L%d", labels[i])
}

func (p *pairs) same() bool {
	for i := range p.partner {
		if p.partner[i] < 0 || p.changed[i] {
			return false
		}
	}
	return len(p.a.list) == len(p.b.list)
}

func (p *pairs) summary() string {
	gone, come := 0, len(p.b.list)
	for i, j := range p.partner {
		switch {
		case j < 0:
			gone++
		case p.changed[i]:
			gone++
		default:
			come--
		}
	}
	return fmt.Sprintf("%s removed, %d added", plural(gone, "instruction"), come)
}

// row is a line of a diff: its sign, and where in the source it is.
type row struct {
	sign byte
	text string
	line int
}

// diff returns the listings as a unified diff.
func (p *pairs) diff() []string {
	var rows []row
	add := func(sign byte, l *listing, labels []int, i int) {
		x := l.list[i]
		text := x.name
		if x.jump {
			text += " to " + place(labels, x.target)
		}
		label := ""
		if labels[i] != 0 {
			label = fmt.Sprintf("L%d:", labels[i])
		}
		rows = append(rows, row{sign, fmt.Sprintf("%-5s %s", label, text), x.pos.Line})
	}
	for h := range p.hunks {
		if h.paired && !p.changed[h.a0] {
			add(' ', p.b, p.labelB, h.b0)
			continue
		}
		for i := h.a0; i < h.a1; i++ {
			add('-', p.a, p.labelA, i)
		}
		for j := h.b0; j < h.b1; j++ {
			add('+', p.b, p.labelB, j)
		}
	}
	return unified(rows)
}

// around is how many equal lines a diff shows around those that differ.
const around = 3

func unified(rows []row) []string {
	show := make([]bool, len(rows))
	for i, r := range rows {
		if r.sign != ' ' {
			for k := max(0, i-around); k <= min(len(rows)-1, i+around); k++ {
				show[k] = true
			}
		}
	}
	var lines []string
	for i, r := range rows {
		if !show[i] {
			continue
		}
		if i == 0 || !show[i-1] {
			head := "@@"
			for _, next := range rows[i:] {
				if next.line > 0 && next.sign != ' ' {
					head = fmt.Sprintf("@@ line %d", next.line)
					break
				}
			}
			lines = append(lines, head)
		}
		lines = append(lines, strings.TrimRight(string(r.sign)+" "+r.text, " "))
	}
	return lines
}

// handlers returns the exception table of l as lines, with p's labels.
func (p *pairs) handlers(l *listing, isA bool) []string {
	labels := p.labelB
	if isA {
		labels = p.labelA
	}
	var lines []string
	for _, h := range l.handlers {
		lasti := ""
		if h.Lasti {
			lasti = ", with offset"
		}
		lines = append(lines, fmt.Sprintf("%s to %s: handler %s, stack depth %d%s",
			place(labels, h.Start), place(labels, h.End), place(labels, h.Target), h.Depth, lasti))
	}
	return lines
}

// diffLines returns a diff of lines without context.
func diffLines(a, b []string) []string {
	var rows []row
	partner := Align(a, b)
	j := 0
	for i := range a {
		if partner[i] < 0 {
			rows = append(rows, row{'-', a[i], 0})
			continue
		}
		for ; j < partner[i]; j++ {
			rows = append(rows, row{'+', b[j], 0})
		}
		rows = append(rows, row{' ', a[i], 0})
		j++
	}
	for ; j < len(b); j++ {
		rows = append(rows, row{'+', b[j], 0})
	}
	return unified(rows)
}
