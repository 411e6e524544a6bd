package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// table prints rows as they are measured.
type table struct {
	w      io.Writer
	colour bool
	old    *report // of an earlier run, or nil
}

// The colours of the table.
const (
	plain  = ""
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// paint pads text to a width, negative to the left, and colours it.
func (t *table) paint(colour string, width int, text string) string {
	padded := fmt.Sprintf("%*s", width, text)
	if !t.colour || colour == plain {
		return padded
	}
	return "\x1b[" + colour + "m" + padded + "\x1b[0m"
}

func (t *table) head(subject string) {
	line := fmt.Sprintf("%-15s %11s %11s %8s %8s", "program", "cpython s", subject+" s", "ratio", "memory")
	if t.old != nil {
		line += fmt.Sprintf(" %11s %8s", "before", "change")
	}
	fmt.Fprintln(t.w, t.paint(bold, 0, line))
}

func (t *table) row(e *entry) {
	fmt.Fprintln(t.w, strings.TrimRight(t.line(e, e.ratio(), ratioLimit, e.CPython.CPU, cpuOf(e.Krait)), " "))
}

// cpuOf returns a CPU time, 0 if there is none.
func cpuOf(u *usage) time.Duration {
	if u == nil {
		return 0
	}
	return u.CPU
}

func (t *table) line(e *entry, ratio, limit float64, cpython, krait time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-15s %11s ", e.Name, secondsText(cpython))
	if e.Krait == nil && e.Failure != "" {
		b.WriteString(t.paint(red, 11, "failed") + "  " + e.Failure)
		return b.String()
	}
	b.WriteString(t.paint(plain, 11, secondsText(krait)) + " ")
	b.WriteString(t.paint(shade(ratio, limit), 8, ratioText(ratio)) + " ")
	memory := plain
	if e.memory() > memoryLimit {
		memory = red
	}
	b.WriteString(t.paint(memory, 8, ratioText(e.memory())))
	if t.old != nil {
		b.WriteString(t.change(e))
	}
	return b.String()
}

// change says what the earlier run was and how krait's time has changed since. Times of
// two runs are comparable as far as CPython's are, so the ratios are compared.
func (t *table) change(e *entry) string {
	old := t.old.find(e.Name)
	if t.old.Startup != nil && e.Name == t.old.Startup.Name {
		old = t.old.Startup
	}
	if old == nil || old.ratio() == 0 {
		return fmt.Sprintf(" %11s %8s", "-", "")
	}
	if e.ratio() == 0 {
		return fmt.Sprintf(" %11s %8s", ratioText(old.ratio()), "")
	}
	return fmt.Sprintf(" %11s ", ratioText(old.ratio())) + t.paint(changeShade(e.ratio(), old.ratio()), 8, percent(e.ratio(), old.ratio()))
}

// changeShade colours a change that is more than noise.
func changeShade(now, before float64) string {
	switch {
	case now < before*0.95:
		return green
	case now > before*1.05:
		return red
	}
	return dim
}

func percent(now, before float64) string { return fmt.Sprintf("%+.1f%%", (now/before-1)*100) }

// shade colours a ratio.
func shade(ratio, limit float64) string {
	switch {
	case ratio == 0:
		return dim
	case ratio <= 1:
		return green
	case ratio <= limit:
		return yellow
	}
	return red
}

func (t *table) foot(r *report) {
	fmt.Fprintln(t.w)
	if r.Startup != nil {
		e := r.Startup
		fmt.Fprintln(t.w, strings.TrimRight(t.line(e, e.wallRatio(), startupLimit, e.CPython.Wall, wallOf(e.Krait)), " ")+t.paint(dim, 0, "  (wall time)"))
	}
	s := r.summary()
	if s.count == 0 {
		if r.Subject == "" {
			fmt.Fprintln(t.w, "krait cannot run programs yet: CPython's times only")
		}
		return
	}
	fmt.Fprintf(t.w, "geometric mean of %d programs: %s CPU time", s.count, t.paint(shade(s.mean, meanLimit), 0, ratioText(s.mean)))
	if t.old != nil {
		if old := t.old.summary(); old.count > 0 {
			fmt.Fprintf(t.w, " (before: %s of %d, %s)", ratioText(old.mean), old.count, t.paint(changeShade(s.mean, old.mean), 0, percent(s.mean, old.mean)))
		}
	}
	fmt.Fprintf(t.w, ", %s wall time", ratioText(s.wallMean))
	if s.worstMemory != nil {
		fmt.Fprintf(t.w, ", %s memory", ratioText(s.memoryMean))
	}
	fmt.Fprintf(t.w, "\nworst: %s %s", s.worst.Name, t.paint(shade(s.worst.ratio(), ratioLimit), 0, ratioText(s.worst.ratio())))
	if m := s.worstMemory; m != nil {
		fmt.Fprintf(t.w, "; of memory %s %s", m.Name, ratioText(m.memory()))
	}
	if s.failed > 0 {
		fmt.Fprintf(t.w, "; %s", t.paint(red, 0, fmt.Sprintf("%d failed", s.failed)))
	}
	fmt.Fprintln(t.w)
}

func wallOf(u *usage) time.Duration {
	if u == nil {
		return 0
	}
	return u.Wall
}

func secondsText(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", d.Seconds())
}

func ratioText(r float64) string {
	if r == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", r)
}
