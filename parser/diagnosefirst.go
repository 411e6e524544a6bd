package parser

import "github.com/krait-py/krait/token"

// startSet is a set of kinds of tokens.
type startSet [2]uint64

func (s *startSet) add(k token.Kind)      { s[k>>6] |= 1 << (k & 63) }
func (s *startSet) has(k token.Kind) bool { return s[k>>6]&(1<<(k&63)) != 0 }

// join adds all of o; it reports whether there was something to add.
func (s *startSet) join(o startSet) bool {
	old := *s
	s[0] |= o[0]
	s[1] |= o[1]
	return *s != old
}

var anyKind = startSet{^uint64(0), ^uint64(0)}

// findFirsts notes with each alternative the tokens it can begin with. Leaving
// out those that cannot fit spares most of the work and changes nothing else:
// they look at no more than the current token, which the others look at, too.
func findFirsts() {
	for changed := true; changed; {
		changed = false
		for r := range grammar {
			def := &grammar[r]
			first, empty := firstOf(def.alts)
			if def.first.join(first) || empty != def.empty {
				def.empty = empty
				changed = true
			}
		}
	}
}

// firstOf returns the tokens that one of alts can begin with, and whether one
// of them needs none.
func firstOf(alts []alternative) (first startSet, empty bool) {
	for i := range alts {
		a := &alts[i]
		a.first = startSet{}
		open := true
		for j := range a.items {
			// All of them are visited, for the alternatives in them.
			s, more := firstOfItem(&a.items[j])
			if open {
				a.first.join(s)
				open = more
			}
		}
		if open {
			a.first = anyKind
			empty = true
		}
		first.join(a.first)
	}
	return first, empty
}

// firstOfItem returns the tokens an element can begin with, and whether what
// follows it can begin there, too.
func firstOfItem(e *element) (first startSet, empty bool) {
	switch e.op {
	case opToken:
		first.add(e.kind)
	case opSoft:
		first.add(token.NAME)
	case opRule:
		return grammar[e.rule].first, grammar[e.rule].empty
	case opGroup:
		return firstOf(e.alts)
	case opOpt, opMany:
		first, _ = firstOfItem(e.sub)
		return first, true
	case opSome, opList, opAhead:
		return firstOfItem(e.sub)
	case opNot:
		firstOfItem(e.sub)
		return first, true
	case opCut:
		return first, true
	case opForce:
		first = anyKind // it complains of others
	}
	return first, false
}
