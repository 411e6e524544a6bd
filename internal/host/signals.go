package host

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// processSignals are those of the process, through Go's runtime.
type processSignals struct {
	mu       sync.Mutex
	ch       chan os.Signal
	handlers map[syscall.Signal]func(sig int)
}

func newSignals() Signals { return &processSignals{handlers: map[syscall.Signal]func(int){}} }

func (p *processSignals) Notify(sig int, f func(sig int)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ch == nil {
		p.ch = make(chan os.Signal, 64)
		go p.run()
	}
	p.handlers[syscall.Signal(sig)] = f
	runtimeAction(sig)
	signal.Notify(p.ch, syscall.Signal(sig))
}

// Begin gives all signals the actions that a program has at its start.
func (p *processSignals) Begin() {
	for sig := 1; sig <= 64; sig++ {
		systemDefault(sig)
	}
}

// run hands signals to those who want them.
func (p *processSignals) run() {
	for s := range p.ch {
		n, ok := s.(syscall.Signal)
		if !ok {
			continue
		}
		p.mu.Lock()
		f := p.handlers[n]
		p.mu.Unlock()
		if f != nil {
			f(int(n))
		}
	}
}

func (p *processSignals) forget(sig int) {
	p.mu.Lock()
	delete(p.handlers, syscall.Signal(sig))
	p.mu.Unlock()
}

func (p *processSignals) Default(sig int) {
	p.forget(sig)
	heed(syscall.Signal(sig))
	signal.Reset(syscall.Signal(sig))
	systemDefault(sig)
}

// heed undoes signal.Ignore, which signal.Reset does not.
func heed(sig syscall.Signal) {
	if signal.Ignored(sig) {
		c := make(chan os.Signal, 1)
		signal.Notify(c, sig)
		signal.Stop(c)
	}
}

func (p *processSignals) Ignore(sig int) {
	p.forget(sig)
	runtimeAction(sig)
	signal.Ignore(syscall.Signal(sig))
}

func (p *processSignals) Ignored(sig int) bool { return signal.Ignored(syscall.Signal(sig)) }
