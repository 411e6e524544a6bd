package cli

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// progress shows how far work on many inputs is, on a terminal, once it has
// taken long enough to make a person wonder. A nil *progress shows nothing.
type progress struct {
	w     io.Writer
	width int
	total int
	shown bool
	next  time.Time // when to show it again
}

const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// newProgress returns a progress bar on standard error, or nil where it would
// be of no use: no terminal there, output on the same terminal, or one input.
func newProgress(env *Env, total int) *progress {
	if total < 2 || !isTerminal(env.Stderr) || isTerminal(env.Stdout) {
		return nil
	}
	return &progress{
		w: env.Stderr, width: terminalWidth(env.Stderr), total: total,
		next: time.Now().Add(progressAfter),
	}
}

// step says that work on input number n, from 0, begins.
func (p *progress) step(n int, name string) {
	if p == nil {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(progressEvery)
	p.shown = true
	io.WriteString(p.w, "\r"+p.line(n, name)+"\x1b[K")
}

// line returns what the bar looks like; it fits into the terminal's width.
func (p *progress) line(n int, name string) string {
	const cells = 24
	done := cells * n / p.total
	s := fmt.Sprintf("[%s%s] %d/%d ", strings.Repeat("=", done), strings.Repeat(" ", cells-done), n, p.total)
	room := p.width - 1 - len(s)
	if room < 8 {
		return s[:min(len(s), max(p.width-1, 0))]
	}
	name = visible(name)
	if over := utf8.RuneCountInString(name) - room; over > 0 {
		name = "..." + string([]rune(name)[over+3:])
	}
	return s + name
}

// clear removes the bar, before other text and at the end.
func (p *progress) clear() {
	if p != nil && p.shown {
		io.WriteString(p.w, "\r\x1b[K")
		p.shown = false
	}
}
