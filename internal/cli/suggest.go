package cli

import (
	"cmp"
	"slices"
	"strings"
)

// suggest adds to err, which says that there is no s, those of words that are
// like it.
func suggest(err error, s string, words []string) error {
	if near := nearest(s, words); len(near) > 0 {
		return hintf(err, "did you mean %s?", strings.Join(near, " or "))
	}
	return err
}

// nearest returns up to three of words that are like s, most alike first. Of a
// word with dots, the part behind the last may be alike alone.
func nearest(s string, words []string) []string {
	type scored struct {
		word  string
		score int
	}
	const maxWords = 20000 // beyond this, no advice rather than a wait
	if len(s) > 100 || len(words) > maxWords {
		return nil
	}
	var found []scored
	lower := strings.ToLower(s)
	for _, w := range words {
		if len(w) > 200 {
			continue
		}
		l := strings.ToLower(w)
		score := distance(lower, l)
		if dot := strings.LastIndexByte(l, '.'); dot >= 0 {
			score = min(score, distance(lower, l[dot+1:]))
		}
		if score <= 1+len(s)/5 {
			found = append(found, scored{w, score})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var best []string
	for _, f := range found {
		if !slices.Contains(best, f.word) {
			best = append(best, f.word)
		}
		if len(best) == 3 {
			break
		}
	}
	return best
}

// distance returns the number of letters to insert, remove or replace to get
// from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
