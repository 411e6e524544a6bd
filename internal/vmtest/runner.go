package vmtest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// Prelude is the Python program that calls what is tried, and may run elsewhere.
//
//go:embed prelude.py
var Prelude string

// Mode says what is done with a program beside calling it.
type Mode int

// The bits of Mode.
const (
	Throw    Mode = 1 << iota // generators get exceptions thrown into them
	Trace                     // by sys.settrace
	Monitor                   // by sys.monitoring
	Hostile                   // variables and lines are changed from outside
	Deep                      // where few more calls are possible
	Threads                   // in threads
	Collect                   // the garbage collector runs in between
	Recode                    // functions get other code while they run
	Tidy                      // what is dead is cleared all the time, and the same must happen
	Faithful                  // traced, but nothing else is done: the same must happen
)

// Finding is something that a program must not make happen.
type Finding struct {
	Kind  string // panic, hang, state, memory
	What  string
	Stack string
}

func (f *Finding) Error() string { return f.Kind + ": " + f.What + "\n" + f.Stack }

// Runner runs programs. It must be closed.
type Runner struct {
	// Patience is how long a program may run until it is told to end. Threads are told as well.
	Patience time.Duration
	// Grace is how long it may run on after that, before Stuck is called.
	Grace time.Duration
	// Stuck is called, on another goroutine, when a program does not end.
	Stuck func(what string)
	// Memory is how many bytes there may be on the heap until a program is told to end.
	Memory uint64

	in       *object.Interp
	watched  atomic.Pointer[object.Interp]
	attempt  object.Value
	program  object.Value
	attack   object.Value // see Attack
	started  atomic.Int64 // when the program that runs began, in nanoseconds; 0: none
	stopping atomic.Bool
	full     atomic.Bool
	done     chan struct{}
	ran      int
	told     int // how often the program that runs has been told to end
}

// stubborn is what ends programs that catch every exception.
type stubborn struct{}

// refresh is how many programs an interpreter runs.
const refresh = 3000

// NewRunner returns a runner that is patient for half a second.
func NewRunner() (*Runner, error) {
	r := &Runner{Patience: 500 * time.Millisecond, Grace: 20 * time.Second, Memory: 1 << 30, done: make(chan struct{})}
	if err := r.renew(); err != nil {
		return nil, err
	}
	go r.watch()
	return r, nil
}

// Close ends the runner.
func (r *Runner) Close() { close(r.done) }

// stopType is the exception that ends programs.
var stopType = func() *object.Type { return &object.KeyboardInterruptType }()

// NewInterp returns an interpreter without a standard library whose modules are all there.
func NewInterp(out io.Writer) (*object.Interp, error) {
	// Files, processes and signals are not granted: what is tried may do anything.
	in, err := interp.New(interp.Config{Stdout: out, Stderr: out, Host: &host.Host{Clock: host.Default().Clock}})
	if err != nil {
		return nil, err
	}
	for name, def := range in.BuiltinModules {
		if in.Modules.GetName(name).P != nil {
			continue
		}
		m := def.Create(in.Main)
		if m == nil {
			in.Main.Exc = nil // it needs the library
			continue
		}
		in.Modules.SetName(in.Main, name, object.Of(m))
	}
	return in, nil
}

// renew makes a new interpreter.
func (r *Runner) renew() error {
	in, err := NewInterp(io.Discard)
	if err != nil {
		return err
	}
	m, err := loadModule(in, "prelude", Prelude)
	if err != nil {
		return err
	}
	r.in, r.ran = in, 0
	r.watched.Store(in)
	r.attempt, r.program, r.attack = m.Dict().GetName("attempt"), m.Dict().GetName("program"), object.Value{}
	before := in.Hooks.Break
	in.Hooks.Break = func(t *object.Thread) bool {
		if r.stopping.Load() {
			if r.told++; r.told > 200 {
				if t != t.Interp.Main {
					t.Unlock()
					runtime.Goexit()
				}
				panic(stubborn{})
			}
			cls := stopType
			if r.full.Load() {
				cls = &object.MemoryErrorType
			}
			t.RaiseNew(cls)
			return false
		}
		if before != nil {
			return before(t)
		}
		t.Unbreak(object.BreakAsync | object.BreakPending | object.BreakSignal)
		return true
	}
	return nil
}

// loadModule runs a program of this package as a module.
func loadModule(in *object.Interp, name, source string) (*object.Module, error) {
	o, diags := compile.Source(context.Background(), []byte(source), compile.Options{Filename: name + ".py"})
	if o == nil {
		return nil, fmt.Errorf("%s: %v", name, diags)
	}
	m := object.NewModule(in.Main, name, "")
	m.Set(in.Main, "__builtins__", in.Modules.GetName("builtins"))
	if vm.RunCode(in.Main, vm.NewCode(in.Main, o, true), m.Dict(), object.Of(m.Dict()), nil).IsNil() {
		return nil, errors.New(name + ": " + exception(in.Main))
	}
	m.Set(in.Main, "stopped", object.Of(stopType))
	m.Set(in.Main, "tidy", object.NewBuiltin(tidy, object.None, object.None))
	return m, nil
}

// tidy is for Tidy.
var tidy = &object.MethodDef{Name: "tidy", Sig: "()", Fn: func(t *object.Thread, _ []object.Value) object.Value {
	t.Tidy()
	return object.None
}}

// exception takes the exception out of a thread and returns it as text.
func exception(t *object.Thread) string {
	e := t.Exc
	t.Exc = nil
	if e == nil {
		return "no exception"
	}
	text := e.Type.Name
	if s := t.Str(object.Of(e)); s != nil {
		text += ": " + s.S
	}
	t.Exc = nil
	return text
}

// watch tells programs to end that take too long or too much.
func (r *Runner) watch() {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.done:
			return
		case <-tick.C:
		}
		began := r.started.Load()
		if began == 0 {
			continue
		}
		took := time.Since(time.Unix(0, began))
		if metrics.Read(heap); heap[0].Value.Uint64() > r.Memory {
			r.full.Store(true)
		}
		if took > r.Patience || r.full.Load() {
			r.stopping.Store(true)
			in := r.watched.Load()
			in.Main.Break(object.BreakAsync)
			select {
			case in.Main.Wake <- struct{}{}:
			default:
			}
			if h := in.Current(); h != nil {
				h.Break(object.BreakAsync)
			}
		}
		if took > r.Patience+r.Grace && r.Stuck != nil {
			r.Stuck(fmt.Sprint("runs for ", took.Round(time.Second)))
			r.Stuck = nil
		}
	}
}

// guard runs f as a program.
func (r *Runner) guard(f func(t *object.Thread) object.Value) (out string, err error) {
	if r.ran++; r.ran > refresh {
		if err := r.renew(); err != nil {
			return "", err
		}
	}
	t := r.in.Main
	r.told = 0
	r.full.Store(false)
	r.stopping.Store(false)
	r.started.Store(time.Now().UnixNano())
	defer func() {
		r.started.Store(0)
		if p := recover(); p != nil {
			r.ran = refresh // the interpreter may be broken
			if p == (stubborn{}) {
				out = "stopped"
				return
			}
			err = &Finding{Kind: "panic", What: fmt.Sprint(p), Stack: string(debug.Stack())}
		}
	}()
	v := f(t)
	r.started.Store(0)
	if v.IsNil() {
		stopped := r.stopping.Load()
		r.stopping.Store(false)
		why := exception(t)
		if !stopped {
			return "", &Finding{Kind: "state", What: "the prelude fails: " + why}
		}
		out = "stopped: " + why
	} else {
		r.stopping.Store(false)
		out = v.Str().S
	}
	t.Handled.Exc = nil // code may return from the midst of a handler
	if idle := vm.Idle(t); idle != nil {
		r.ran = refresh
		return out, &Finding{Kind: "state", What: idle.Error()}
	}
	if t.Limit != 1000 {
		vm.SetRecursionLimit(t, 1000)
	}
	return out, nil
}

// Run tries a code object as that of a function, which must have been verified or come from krait's compiler, and returns a text that says what it
// does. The error is a *Finding.
func (r *Runner) Run(o *code.Object, m Mode) (string, error) {
	return r.guard(func(t *object.Thread) object.Value {
		return t.CallArgs(r.attempt, object.Of(vm.NewCode(t, o, false)), object.MakeInt(int64(m)))
	})
}

// RunProgram runs a code object as a program and returns what that prints.
func (r *Runner) RunProgram(o *code.Object) (string, error) {
	return r.guard(func(t *object.Thread) object.Value {
		return t.CallArgs(r.program, object.Of(vm.NewCode(t, o, true)))
	})
}
