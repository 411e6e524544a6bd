package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/pyver"
)

// progress writes to a terminal how far a run is.
type progress struct {
	mu      sync.Mutex
	enabled bool
	last    time.Time
}

func newProgress() *progress {
	info, err := os.Stderr.Stat()
	return &progress{enabled: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p *progress) show(v pyver.Version, done, total int64) {
	if !p.enabled {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < 200*time.Millisecond {
		return
	}
	p.last = time.Now()
	fmt.Fprintf(os.Stderr, "\r%v: %d of %d files ", v, done, total)
}

func (p *progress) clear() {
	if p.enabled {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}

// sort gives the result an order that does not depend on timing.
func (res *result) sort() {
	slices.SortFunc(res.Diffs, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File), cmp.Compare(a.Level, b.Level))
	})
	slices.SortFunc(res.AloneFiles, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File))
	})
	slices.SortFunc(res.Failed, func(a, b failure) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Level, b.Level))
	})
}

// printVersion prints the differences of one version, -show of each kind.
func (r *runner) printVersion(res *result) {
	shown := map[conformance.Kind]int{}
	for _, d := range res.Diffs {
		shown[d.Kind]++
		switch n := shown[d.Kind]; {
		case n <= r.options.show:
			fmt.Fprintf(r.out, "--- %v %s %s", res.Version, d.Kind, d.File)
			if d.Level > 0 {
				fmt.Fprintf(r.out, " (level %d)", d.Level)
			}
			fmt.Fprintf(r.out, "\n%s\n", strings.TrimRight(d.Diff, "\n"))
		case n == r.options.show+1:
			fmt.Fprintf(r.out, "--- %v %s: and %d files more\n", res.Version, d.Kind, res.Differ[d.Kind]-r.options.show)
		}
	}
	for i, d := range res.AloneFiles {
		if i == r.options.show {
			fmt.Fprintf(r.out, "--- %v: and %d files more that are as a fresh CPython writes them\n", res.Version, len(res.AloneFiles)-i)
			break
		}
		fmt.Fprintf(r.out, "--- %v %s %s: as a fresh CPython writes it; after other files:\n%s\n", res.Version, d.Kind, d.File, strings.TrimRight(d.Diff, "\n"))
	}
	for i, f := range res.Failed {
		if i == r.options.show {
			fmt.Fprintf(r.out, "--- %v: and %d files more\n", res.Version, len(res.Failed)-i)
			break
		}
		fmt.Fprintf(r.out, "--- %v: the interpreter failed: %s: %s\n", res.Version, f.File, f.Error)
	}
}

// finish prints the table of all versions, writes the report, and reports
// whether nothing differs.
func (r *runner) finish() (bool, error) {
	var kinds []conformance.Kind
	ok := true
	for _, res := range r.results {
		for _, k := range res.Kinds {
			if !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
		ok = ok && len(res.Diffs) == 0
	}
	slices.Sort(kinds)
	tw := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tw, "python\tfiles\tMB\trefused\tfailed\t")
	for _, k := range kinds {
		fmt.Fprintf(tw, "%s\t", k)
	}
	fmt.Fprint(tw, "seconds\t\n")
	for _, res := range r.results {
		fmt.Fprintf(tw, "%s\t%d\t%.1f\t%d\t%d\t", res.Python, res.Files, float64(res.Bytes)/1e6, res.Refused, len(res.Failed))
		for _, k := range kinds {
			if !slices.Contains(res.Kinds, k) {
				fmt.Fprint(tw, "-\t")
				continue
			}
			if n := res.Alone[k]; n > 0 {
				fmt.Fprintf(tw, "%d+%d/%d\t", res.Agree[k]-n, n, res.Agree[k]+res.Differ[k])
			} else if res.Differ[k] == 0 {
				fmt.Fprintf(tw, "%d\t", res.Agree[k])
			} else {
				fmt.Fprintf(tw, "%d/%d\t", res.Agree[k], res.Agree[k]+res.Differ[k])
			}
		}
		fmt.Fprintf(tw, "%.0f\t\n", res.Duration.Seconds())
	}
	if err := tw.Flush(); err != nil {
		return false, err
	}
	if r.options.report != "" {
		text, err := json.MarshalIndent(r.results, "", "\t")
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(r.options.report, append(text, '\n'), 0o644); err != nil {
			return false, err
		}
	}
	return ok, nil
}
