package object

// Suggestions for misspelt names.

const (
	moveCost   = 2
	caseCost   = 1
	maxSuggest = 40 // bytes of a name, beyond which there is no suggestion
)

// Suggest returns the candidate that looks most like name, or "" if none comes near. It measures as
// CPython does: an inserted, deleted or changed character costs 2, one of other case 1.
func Suggest(name string, candidates []string) string {
	if len(candidates) >= 750 {
		return ""
	}
	best, bestCost := "", int(^uint(0)>>1)
	var row [maxSuggest]int
	for _, c := range candidates {
		if c == name {
			continue
		}
		limit := (len(name) + len(c) + 3) * moveCost / 6
		if limit >= bestCost {
			limit = bestCost - 1
		}
		if d := editCost(name, c, limit, row[:]); d <= limit && d < bestCost {
			best, bestCost = c, d
		}
	}
	return best
}

func substitutionCost(a, b byte) int {
	if a&31 != b&31 {
		return moveCost
	}
	if a == b {
		return 0
	}
	if 'A' <= a && a <= 'Z' {
		a += 'a' - 'A'
	}
	if 'A' <= b && b <= 'Z' {
		b += 'a' - 'A'
	}
	if a == b {
		return caseCost
	}
	return moveCost
}

// editCost is the weighted edit distance of a and b, or limit+1 once it must be above limit.
func editCost(a, b string, limit int, row []int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return (len(a) + len(b)) * moveCost
	}
	if len(a) > maxSuggest || len(b) > maxSuggest {
		return limit + 1
	}
	if len(b) < len(a) {
		a, b = b, a
	}
	if (len(b)-len(a))*moveCost > limit {
		return limit + 1
	}
	for i := range a {
		row[i] = (i + 1) * moveCost
	}
	res := 0
	for j := range len(b) {
		diag := j * moveCost
		res = diag
		least := limit + 1
		for i := range len(a) {
			sub := diag + substitutionCost(b[j], a[i])
			diag = row[i]
			res = min(sub, min(res, diag)+moveCost)
			row[i] = res
			least = min(least, res)
		}
		if least > limit {
			return limit + 1
		}
	}
	return res
}
