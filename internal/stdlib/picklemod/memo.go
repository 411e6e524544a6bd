package picklemod

import "unsafe"

// memo has the objects that have been written, by identity: a table with open addressing. Their places in kept are the numbers that pickles know
// them by; kept also keeps them alive, so that no other object gets the same address.
type memo struct {
	table []int32 // places in kept, counted from 1
	kept  []value
}

func (m *memo) slot(p unsafe.Pointer) int {
	mask := len(m.table) - 1
	// The lowest bits of addresses are zeros, and objects made one after the other lie side by side.
	i := int(uint64(uintptr(p))>>4*0x9E3779B97F4A7C15>>32) & mask
	for m.table[i] != 0 && m.kept[m.table[i]-1].P != p {
		i = (i + 1) & mask
	}
	return i
}

// get returns the number of an object that has one.
func (m *memo) get(v value) (int, bool) {
	if len(m.kept) == 0 {
		return 0, false
	}
	n := m.table[m.slot(v.P)]
	return int(n) - 1, n > 0
}

// add gives an object the next number.
func (m *memo) add(v value) {
	if len(m.table) < 2*(len(m.kept)+1) {
		m.table = make([]int32, max(64, 2*len(m.table)))
		for i, k := range m.kept {
			m.table[m.slot(k.P)] = int32(i) + 1
		}
	}
	i := m.slot(v.P)
	m.kept = append(m.kept, v)
	m.table[i] = int32(len(m.kept))
}
