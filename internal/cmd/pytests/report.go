package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// outcome is a module on both sides.
type outcome struct {
	module  string
	absent  bool     // the package has no such module
	wanted  []string // the methods that CPython passes
	results map[string]result
	crashes int
	problem string // why there are no results
	time    time.Duration
	changes changes
	flaky   []string // failed, and passed when they were run again
}

// passed counts the wanted methods that pass.
func (o *outcome) passed() int {
	n := 0
	for _, id := range o.wanted {
		if o.results[id].Outcome == pass {
			n++
		}
	}
	return n
}

// share returns passed of wanted in per cent. It is 100 only if none fails.
func share(passed, wanted int) float64 {
	if wanted == 0 {
		return 100
	}
	return 100 * float64(passed) / float64(wanted)
}

func head(w io.Writer) {
	fmt.Fprintf(w, "%-24s %8s %8s %8s %7s %8s\n", "module", "cpython", "passes", "share", "goal", "seconds")
}

// row prints a module in one line.
func (o *outcome) row(w io.Writer) {
	if o.absent {
		fmt.Fprintf(w, "%-24s there is no such module\n", o.module)
		return
	}
	goal, mark := "", ""
	p := o.passed()
	if g := groupOf(o.module); g != nil {
		goal = fmt.Sprintf("%.0f%%", g.target)
		if share(p, len(o.wanted)) < g.target {
			mark = "  below"
		}
	}
	if o.crashes > 0 {
		mark += fmt.Sprintf("  %d processes died", o.crashes)
	}
	if o.problem != "" {
		mark += "  " + o.problem
	}
	fmt.Fprintf(w, "%-24s %8d %8d %7.1f%% %7s %8.1f%s\n", o.module, len(o.wanted), p, floor1(share(p, len(o.wanted))), goal, o.time.Seconds(), mark)
}

// floor1 rounds down to a tenth, so that 100.0 means all.
func floor1(x float64) float64 { return float64(int(x*10)) / 10 }

// sums prints a line for each group, and for all.
func sums(w io.Writer, outcomes []*outcome) {
	fmt.Fprintln(w)
	all := group{name: "all"}
	for _, g := range append(slices.Clone(groups), all) {
		wanted, passed, modules, below := 0, 0, 0, 0
		for _, o := range outcomes {
			if o.absent || g.name != all.name && !slices.Contains(g.modules, o.module) {
				continue
			}
			p := o.passed()
			modules++
			wanted += len(o.wanted)
			passed += p
			if mine := groupOf(o.module); mine != nil && share(p, len(o.wanted)) < mine.target {
				below++
			}
		}
		if modules == 0 || g.name == all.name && modules == 1 {
			continue
		}
		name := fmt.Sprintf("goal %s%%", g.name)
		if g.name == all.name {
			name = all.name
		}
		fmt.Fprintf(w, "%-24s %8d %8d %7.1f%%  %d of %d modules below their goal\n", name, wanted, passed, floor1(share(passed, wanted)), below, modules)
	}
}

// failures prints the methods that fail, with why.
func (o *outcome) failures(w io.Writer) {
	for _, id := range o.wanted {
		if r := o.results[id]; r.Outcome != pass {
			fmt.Fprintf(w, "    %s: %s\n", id, strings.TrimPrefix(entryOf(r), fail+": "))
		}
	}
}

// reasons prints why methods fail, the most frequent reason first.
func reasons(w io.Writer, outcomes []*outcome, most int) {
	counts, example := map[string]int{}, map[string]string{}
	for _, o := range outcomes {
		for _, id := range o.wanted {
			if r := o.results[id]; r.Outcome != pass {
				why := strings.TrimPrefix(entryOf(r), fail+": ")
				if counts[why]++; counts[why] == 1 {
					example[why] = o.module + " " + id
				}
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	fmt.Fprintln(w)
	for i, why := range order {
		if i == most {
			fmt.Fprintf(w, "and %d more reasons\n", len(order)-most)
			break
		}
		fmt.Fprintf(w, "%5d  %s\n       %s\n", counts[why], why, example[why])
	}
}

// listChanges prints what disagrees with the ledger and reports whether nothing does that must not.
func listChanges(w io.Writer, outcomes []*outcome) bool {
	ok := true
	added, gone := 0, 0
	for _, o := range outcomes {
		for _, id := range o.changes.broken {
			ok = false
			fmt.Fprintf(w, "passed before and fails: test_%s %s: %s\n", o.module, id, strings.TrimPrefix(entryOf(o.results[id]), fail+": "))
		}
		for _, id := range o.changes.mended {
			ok = false
			fmt.Fprintf(w, "failed before and passes: test_%s %s\n", o.module, id)
		}
		for _, id := range o.flaky {
			fmt.Fprintf(w, "failed once and passed when run again: test_%s %s\n", o.module, id)
		}
		added += len(o.changes.added)
		gone += len(o.changes.gone)
	}
	if added+gone > 0 {
		fmt.Fprintf(w, "%d methods are not in the ledger, %d of the ledger are not here\n", added, gone)
	}
	if !ok || added > 0 {
		fmt.Fprintln(w, "-update writes the ledger")
	}
	return ok
}
