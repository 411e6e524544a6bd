package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"runtime"
	"slices"
	"time"
)

// report is all that was measured; -json writes it and -compare reads it.
type report struct {
	Time     time.Time `json:"time"`
	Machine  machine   `json:"machine"`
	Python   string    `json:"python"`            // "3.14.6"
	Subject  string    `json:"subject,omitempty"` // "krait run" and its version; empty if it cannot run programs
	Rounds   int       `json:"rounds"`
	Programs []entry   `json:"programs"`
	Startup  *entry    `json:"startup,omitempty"` // -I -c pass; left out if -run chose programs without it
}

type machine struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
}

func thisMachine() machine { return machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU()} }

// entry is one program on both sides.
type entry struct {
	Name    string `json:"name"`
	CPython usage  `json:"cpython"`
	Krait   *usage `json:"krait,omitempty"` // nil if there is none or it failed
	// Failure says why there is no time of krait, or that its output was another one.
	Failure string `json:"failure,omitempty"`
}

// ratio is krait's CPU time by CPython's, 0 if there is none.
func (e *entry) ratio() float64 {
	if e.Krait == nil || e.CPython.CPU == 0 {
		return 0
	}
	return float64(e.Krait.CPU) / float64(e.CPython.CPU)
}

// wallRatio is the same of the wall times.
func (e *entry) wallRatio() float64 {
	if e.Krait == nil || e.CPython.Wall == 0 {
		return 0
	}
	return float64(e.Krait.Wall) / float64(e.CPython.Wall)
}

// memory is krait's peak memory by CPython's, 0 if there is none.
func (e *entry) memory() float64 {
	if e.Krait == nil || e.CPython.RSS == 0 {
		return 0
	}
	return float64(e.Krait.RSS) / float64(e.CPython.RSS)
}

// summary puts the programs together.
type summary struct {
	count         int // programs that have a ratio
	failed        int
	mean          float64 // geometric, of the ratios; 0 if there are none
	wallMean      float64
	memoryMean    float64
	worst         *entry
	worstMemory   *entry
	over, overMem int // programs above the limits
}

// The limits that the project has set itself.
const (
	meanLimit    = 1.0
	ratioLimit   = 2.0
	memoryLimit  = 2.0
	startupLimit = 1.0
)

func (r *report) summary() summary {
	var s summary
	var times, walls, memories []float64
	for i := range r.Programs {
		e := &r.Programs[i]
		if e.Failure != "" {
			s.failed++
		}
		ratio := e.ratio()
		if ratio == 0 {
			continue
		}
		times = append(times, ratio)
		walls = append(walls, e.wallRatio())
		if ratio > ratioLimit {
			s.over++
		}
		if s.worst == nil || ratio > s.worst.ratio() {
			s.worst = e
		}
		if m := e.memory(); m > 0 {
			memories = append(memories, m)
			if m > memoryLimit {
				s.overMem++
			}
			if s.worstMemory == nil || m > s.worstMemory.memory() {
				s.worstMemory = e
			}
		}
	}
	s.count = len(times)
	s.mean, s.wallMean, s.memoryMean = geomean(times), geomean(walls), geomean(memories)
	return s
}

// missed lists the limits that are not kept.
func (r *report) missed() []string {
	var missed []string
	s := r.summary()
	switch {
	case r.Subject == "":
		return []string{"krait cannot run programs yet"}
	case s.failed > 0:
		missed = append(missed, fmt.Sprintf("%d programs failed", s.failed))
	}
	if s.mean > meanLimit {
		missed = append(missed, fmt.Sprintf("the geometric mean is above %.1f", meanLimit))
	}
	if s.over > 0 {
		missed = append(missed, fmt.Sprintf("%d programs take more than %.1f of CPython's time", s.over, ratioLimit))
	}
	if s.overMem > 0 {
		missed = append(missed, fmt.Sprintf("%d programs take more than %.1f of CPython's memory", s.overMem, memoryLimit))
	}
	if r.Startup != nil && (r.Startup.Krait == nil || r.Startup.wallRatio() > startupLimit) {
		missed = append(missed, "it starts more slowly than CPython")
	}
	return missed
}

// geomean returns the geometric mean, 0 of nothing.
func geomean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range values {
		sum += math.Log(v)
	}
	return math.Exp(sum / float64(len(values)))
}

// byRatio returns the programs, those with the smallest ratio first, those without one last.
func (r *report) byRatio() []*entry {
	entries := make([]*entry, len(r.Programs))
	for i := range r.Programs {
		entries[i] = &r.Programs[i]
	}
	slices.SortStableFunc(entries, func(a, b *entry) int {
		x, y := a.ratio(), b.ratio()
		if (x == 0) != (y == 0) {
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
	return entries
}

func (r *report) write(file string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

func readReport(file string) (*report, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := new(report)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// keep drops the programs whose names do not match.
func (r *report) keep(only *regexp.Regexp) {
	r.Programs = slices.DeleteFunc(r.Programs, func(e entry) bool { return !only.MatchString(e.Name) })
	if !only.MatchString(startup) {
		r.Startup = nil
	}
}

// find returns the entry of a program, nil if there is none.
func (r *report) find(name string) *entry {
	for i := range r.Programs {
		if r.Programs[i].Name == name {
			return &r.Programs[i]
		}
	}
	return nil
}
