package object

import (
	"encoding/binary"
	"math"
	"slices"
)

// fewCodes is for how many codes sorting takes no memory.
const fewCodes = 32

// codesIn returns room for n codes, in few if that is enough.
func codesIn(few *[fewCodes]uint64, n int) []uint64 {
	if n <= fewCodes {
		return few[:n]
	}
	return make([]uint64, n)
}

// floatCodes makes numbers in the order of floats, or returns false if there is a NaN, which has no place in an order, or a
// negative zero, which is equal to a number with another code.
func floatCodes(codes []uint64, keys []Value) bool {
	for i, k := range keys {
		b := k.B
		if x := k.Float(); x != x || x == 0 && math.Signbit(x) {
			return false
		}
		if b>>63 != 0 {
			b = ^b
		} else {
			b |= 1 << 63
		}
		codes[i] = b
	}
	return true
}

// floatBits undoes the encoding of floatCodes.
func floatBits(c uint64) uint64 {
	if c>>63 != 0 {
		return c &^ (1 << 63)
	}
	return ^c
}

// radixLength is the length from which sorting by digits is faster than merging.
const radixLength = 200

// sortCodes sorts codes, and vals, if it is not nil, along with them; it is stable.
func sortCodes(codes []uint64, vals []Value) {
	n := len(codes)
	falls := 0
	for i := 1; i < n; i++ {
		if codes[i] < codes[i-1] {
			falls++
		}
	}
	switch {
	case falls == 0:
	case falls == n-1:
		// Strictly falling: turned around.
		slices.Reverse(codes)
		reverse(vals)
	case n >= radixLength && falls > n/32:
		radixSort(codes, vals)
	case vals == nil:
		slices.Sort(codes)
	default:
		mergeCodes(codes, vals)
	}
}

// radixSort sorts by bytes, the lowest first; bytes that are the same everywhere are skipped.
func radixSort(codes []uint64, vals []Value) {
	var counts [8][256]int
	for _, c := range codes {
		for d := range counts {
			counts[d][byte(c>>(8*d))]++
		}
	}
	from, to := codes, make([]uint64, len(codes))
	fromV := vals
	var toV []Value
	if vals != nil {
		toV = make([]Value, len(vals))
	}
	for d := range counts {
		count := &counts[d]
		shift := 8 * d
		if count[byte(codes[0]>>shift)] == len(codes) {
			continue
		}
		at := 0
		for i, n := range count {
			count[i] = at
			at += n
		}
		if vals == nil {
			for _, c := range from {
				p := &count[byte(c>>shift)]
				to[*p] = c
				*p++
			}
		} else {
			for i, c := range from {
				p := &count[byte(c>>shift)]
				to[*p] = c
				toV[*p] = fromV[i]
				*p++
			}
		}
		from, to = to, from
		fromV, toV = toV, fromV
	}
	if &from[0] != &codes[0] {
		copy(codes, from)
		copy(vals, fromV)
	}
}

// mergeCodes is a merge sort over the runs that the codes have already.
func mergeCodes(codes []uint64, vals []Value) {
	n := len(codes)
	var ends []int
	for i := 0; i < n; {
		i = nextRun(codes, vals, i)
		ends = append(ends, i)
	}
	tmp, tmpV := make([]uint64, n), make([]Value, n)
	for len(ends) > 1 {
		start, to := 0, 0
		for r := 0; r+1 < len(ends); r += 2 {
			mergeRuns(codes[start:ends[r+1]], vals[start:ends[r+1]], ends[r]-start, tmp, tmpV)
			start = ends[r+1]
			ends[to] = start
			to++
		}
		if len(ends)&1 == 1 {
			ends[to] = ends[len(ends)-1]
			to++
		}
		ends = ends[:to]
	}
}

// nextRun returns the end of the run that begins at i: descending ones are turned around, short ones made longer.
func nextRun(codes []uint64, vals []Value, i int) int {
	n := len(codes)
	j := i + 1
	if j == n {
		return j
	}
	if codes[j] < codes[i] {
		for j < n && codes[j] < codes[j-1] {
			j++
		}
		slices.Reverse(codes[i:j])
		reverse(vals[i:j])
	} else {
		for j < n && codes[j] >= codes[j-1] {
			j++
		}
	}
	for end := min(i+shortRun, n); j < end; j++ {
		c, v := codes[j], vals[j]
		p := j
		for p > i && c < codes[p-1] {
			codes[p], vals[p] = codes[p-1], vals[p-1]
			p--
		}
		codes[p], vals[p] = c, v
	}
	return j
}

// mergeRuns merges the sorted parts before and behind mid.
func mergeRuns(codes []uint64, vals []Value, mid int, tmp []uint64, tmpV []Value) {
	if codes[mid] >= codes[mid-1] {
		return
	}
	a, av := tmp[:mid], tmpV[:mid]
	copy(a, codes)
	copy(av, vals)
	i, j, to := 0, mid, 0
	for i < len(a) && j < len(codes) {
		if codes[j] < a[i] {
			codes[to], vals[to] = codes[j], vals[j]
			j++
		} else {
			codes[to], vals[to] = a[i], av[i]
			i++
		}
		to++
	}
	copy(codes[to:], a[i:])
	copy(vals[to:], av[i:])
}

// textCode has the first eight bytes of a text from byte at on, so that codes are in the order of texts as far as they go.
func textCode(s string, at int) uint64 {
	if at >= len(s) {
		return 0
	}
	var b [8]byte
	copy(b[:], s[at:])
	return binary.BigEndian.Uint64(b[:])
}

// sortTexts sorts exact strs, and vals along with them: by eight bytes at first, and where these are the same by the rest.
func sortTexts(keys, vals []Value) {
	at := commonPrefix(keys)
	var few [fewCodes]uint64
	codes := codesIn(&few, len(keys))
	for i, k := range keys {
		codes[i] = textCode(k.Str().S, at)
	}
	var order []Value
	sorted := keys
	if vals != nil {
		order = make([]Value, len(keys))
		for i := range order {
			order[i] = MakeInt(int64(i))
		}
		sorted = order
	}
	sortCodes(codes, sorted)
	if vals != nil {
		permute(keys, order)
		permute(vals, order)
	}
	for i := 0; i < len(codes); {
		j := i + 1
		same := true // texts that end here, all of the same length
		n := len(keys[i].Str().S)
		for ; j < len(codes) && codes[j] == codes[i]; j++ {
			same = same && len(keys[j].Str().S) == n
		}
		if j-i > 1 && !(same && n <= at+8) {
			m := merger{keys: keys[i:j], gallop: minGallop}
			if vals != nil {
				m.vals = vals[i:j]
			}
			m.sort()
		}
		i = j
	}
}

// commonPrefix returns how many bytes all texts begin with; they are in order as their rests are.
func commonPrefix(keys []Value) int {
	p := keys[0].Str().S
	for _, k := range keys[1:] {
		s := k.Str().S
		if len(s) < len(p) {
			p = p[:len(s)]
		}
		i := 0
		for i < len(p) && p[i] == s[i] {
			i++
		}
		if p = p[:i]; p == "" {
			break
		}
	}
	return len(p)
}
