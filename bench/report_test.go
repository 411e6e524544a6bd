package main

import (
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// sample is a report of four programs: faster, slower, far slower, failed.
func sample() *report {
	seconds := func(s float64, mb int64) usage {
		d := time.Duration(s * float64(time.Second))
		return usage{CPU: d, Wall: d, RSS: mb << 20}
	}
	krait := func(s float64, mb int64) *usage { u := seconds(s, mb); return &u }
	return &report{
		Python: "3.14.6", Subject: "krait run", Rounds: 3, Machine: thisMachine(), Time: time.Unix(1e9, 0).UTC(),
		Programs: []entry{
			{Name: "slower", CPython: seconds(0.5, 10), Krait: krait(0.75, 30)},
			{Name: "failing", CPython: seconds(0.5, 10), Failure: "ImportError: No module named 'x'"},
			{Name: "faster", CPython: seconds(0.8, 20), Krait: krait(0.2, 20)},
			{Name: "worst", CPython: seconds(0.5, 10), Krait: krait(2, 15)},
		},
		Startup: &entry{Name: startup, CPython: seconds(0.02, 10), Krait: krait(0.01, 12)},
	}
}

func TestSummary(t *testing.T) {
	r := sample()
	s := r.summary()
	if s.count != 3 || s.failed != 1 || s.over != 1 || s.overMem != 1 || s.worst.Name != "worst" || s.worstMemory.Name != "slower" {
		t.Errorf("got %+v", s)
	}
	if want := math.Cbrt(1.5 * 0.25 * 4); math.Abs(s.mean-want) > 1e-9 {
		t.Errorf("mean %v, want %v", s.mean, want)
	}
	var order []string
	for _, e := range r.byRatio() {
		order = append(order, e.Name)
	}
	if got, want := strings.Join(order, " "), "faster slower worst failing"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if got := len(r.missed()); got != 4 {
		t.Errorf("%d limits missed, want 4: %q", got, r.missed())
	}
	if got := (&report{}).missed(); len(got) != 1 {
		t.Errorf("without krait: %q", got)
	}
	r.keep(regexp.MustCompile("^faster$"))
	if got := r.missed(); len(r.Programs) != 1 || r.Startup != nil || got != nil {
		t.Errorf("with one program that is faster: %q", got)
	}
	if geomean(nil) != 0 {
		t.Error("a mean of nothing")
	}
}

func TestReportFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "r.json")
	want := sample()
	if err := want.write(file); err != nil {
		t.Fatal(err)
	}
	if got, err := readReport(file); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTable(t *testing.T) {
	old := sample()
	old.Programs[0].Krait.CPU *= 2
	old.Programs = old.Programs[:3]
	var b strings.Builder
	show := func(r *report, old *report) string {
		b.Reset()
		tab := table{w: &b, old: old}
		tab.head("krait")
		for i := range r.Programs {
			tab.row(&r.Programs[i])
		}
		tab.foot(r)
		return b.String()
	}
	want := `program           cpython s     krait s    ratio   memory      before   change
slower                0.500       0.750     1.50     3.00        3.00   -50.0%
failing               0.500      failed  ImportError: No module named 'x'
faster                0.800       0.200     0.25     1.00        0.25    +0.0%
worst                 0.500       2.000     4.00     1.50           -

startup               0.020       0.010     0.50     1.20        0.50    +0.0%  (wall time)
geometric mean of 3 programs: 1.14 CPU time (before: 0.87 of 2, +32.2%), 1.14 wall time, 1.65 memory
worst: worst 4.00; of memory slower 3.00; 1 failed
`
	if got := show(sample(), old); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	alone := sample()
	alone.Subject, alone.Startup = "", nil
	alone.Programs = []entry{{Name: "slower", CPython: usage{CPU: time.Second}}}
	want = `program           cpython s     krait s    ratio   memory
slower                1.000           -        -        -

krait cannot run programs yet: CPython's times only
`
	if got := show(alone, nil); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	coloured := table{w: &b, colour: true}
	b.Reset()
	coloured.row(&sample().Programs[2])
	if !strings.Contains(b.String(), "\x1b[32m    0.25\x1b[0m") {
		t.Errorf("no green ratio in %q", b.String())
	}
}
