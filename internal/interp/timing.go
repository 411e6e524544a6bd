package interp

import (
	"fmt"
	"io"
	"time"
)

// timing tells how long imports take, for -X importtime.
type timing struct {
	mode  int // 0: not at all; 2: modules that are there already are told, too
	w     io.Writer
	begun bool
	level int
	inner time.Duration // what imports inside of the one that is going on have taken
}

// timed is a part of an import whose time is taken.
type timed struct {
	start time.Time
	inner time.Duration
}

func (m *timing) header() {
	if !m.begun {
		m.begun = true
		io.WriteString(m.w, "import time: self [us] | cumulative | imported package\n")
	}
}

func (m *timing) begin() timed {
	m.header()
	x := timed{time.Now(), m.inner}
	m.inner = 0
	m.level++
	return x
}

func (m *timing) end(x timed, name string) {
	m.level--
	all := time.Since(x.start)
	us := func(d time.Duration) int64 { return (d.Nanoseconds() + 999) / 1000 }
	fmt.Fprintf(m.w, "import time: %9d | %10d | %*s%s\n", us(all-m.inner), us(all), 2*m.level, "", name)
	m.inner = x.inner + all
}

// there tells of a module that is there already.
func (m *timing) there(name string) {
	m.header()
	fmt.Fprintf(m.w, "import time: cached    | cached     | %*s%s\n", 2*m.level, "", name)
}
