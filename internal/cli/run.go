package cli

import (
	"bufio"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/processors"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// bufferSize is how much output is gathered before it is written.
const bufferSize = 128 << 10

// largeInput is the size, in bytes, from which an input is worked on alone, so
// that memory does not grow with the number of processors.
const largeInput = 16 << 20

// A batch is the work of a command on its inputs: several at a time, with
// output and errors in the order of the inputs.
type batch struct {
	opts *options
	// schema names the documents of --format json.
	schema string
	single bool // see inputs
	bar    *progress
	each   func(r *runner, in *input, data []byte) error
	stop   atomic.Bool // output failed: nothing further is of use

	// What follows belongs to the input whose turn it is.
	begun    bool // some input has printed
	failed   bool
	writeErr error
}

// A runner works on one input at a time and prints what comes of it.
type runner struct {
	*batch
	out  *bufio.Writer
	turn turnWriter
}

// forEach calls show for each input that args lead to, with what was read, and
// goes on when one fails. In text form the output of each input follows a line
// with its name, unless the only argument is a single .pyc. Calls of show run
// in parallel.
func forEach(o *options, args []string, schema string, show func(r *runner, in *input, data []byte) error) error {
	ins := findInputs(o.env, args, int64(o.maxSize), o.optimize)
	defer ins.close()
	b := &batch{opts: o, schema: schema, single: ins.single, each: show, bar: newProgress(o.env, len(ins.list))}
	turns := make([]chan struct{}, len(ins.list)+1)
	for i := range turns {
		turns[i] = make(chan struct{})
	}
	close(turns[0])
	var next atomic.Int64
	var workers sync.WaitGroup
	procs := processors.Use(len(ins.list) + 1) // one more for the collector
	for range min(procs+1, len(ins.list)) {
		workers.Go(func() {
			r := &runner{batch: b}
			r.out = bufio.NewWriterSize(&r.turn, bufferSize)
			for {
				i := int(next.Add(1) - 1)
				if i >= len(ins.list) {
					return
				}
				r.turn = turnWriter{w: o.env.Stdout, turn: turns[i], batch: b}
				r.work(i, &ins.list[i])
				ins.list[i] = input{} // what it holds, such as standard input's bytes, is of no more use
				close(turns[i+1])
			}
		})
	}
	workers.Wait()
	b.bar.clear()
	switch {
	case b.writeErr != nil:
		return b.writeErr
	case b.failed:
		return errFailed
	}
	return nil
}

// work does all that there is to do for input number i. When it returns, it
// has had its turn.
func (r *runner) work(i int, in *input) {
	r.out.Reset(&r.turn)
	var err error
	if !r.stop.Load() {
		err = r.one(in)
	}
	werr := r.turn.take()
	if r.stop.Load() {
		return
	}
	if err != nil && werr == nil && !isWriteError(r.out) {
		r.fail(in, err)
	}
	if ferr := r.out.Flush(); werr == nil {
		werr = ferr
	}
	if werr != nil {
		r.writeErr = werr
		r.stop.Store(true)
	}
	r.begun = r.begun || r.turn.named
	r.bar.step(i+1, in.name)
}

// begin starts the text of an input: with a line that names it, unless it is
// the only one.
func (r *runner) begin(in *input) {
	if r.single {
		return
	}
	r.turn.named = true
	if r.turn.mine && r.begun {
		r.out.WriteByte('\n')
	}
	r.out.WriteString("# " + visible(in.name) + "\n")
}

// one reads and shows one input. A panic is a bug of ours; it is reported as
// the failure of this input, and the others still have their turn.
func (r *runner) one(in *input) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = hintf(fmt.Errorf("internal error: %v", p),
				"this is a bug in krait: please report it with the file that shows it, and\nwhat krait prints with KRAIT_TRACE=1 in the environment")
			if r.opts.env.getenv("KRAIT_TRACE") != "" {
				r.opts.env.Stderr.Write(debug.Stack())
			}
		}
	}()
	if in.err != nil {
		return in.err
	}
	if in.size > largeInput {
		if err := r.turn.take(); err != nil {
			return err
		}
	}
	data, err := in.open(int64(r.opts.maxSize))
	if err != nil {
		return err
	}
	return r.each(r, in, data)
}

// fail reports that in failed, behind what has been printed so far.
func (r *runner) fail(in *input, err error) {
	r.failed = true
	if _, told := errors.AsType[*shownError](err); r.opts.json() && !told {
		msg, _ := describe(err)
		writeJSON(r.out, failedJSON{Schema: r.schema, File: text(in.name), Error: text(msg)})
	}
	r.out.Flush()
	r.bar.clear()
	report(r.opts.env.Stderr, in.name, err)
}

// isWriteError reports whether w has met an error, after which it writes
// nothing.
func isWriteError(w *bufio.Writer) bool {
	_, err := w.Write(nil)
	return err != nil
}

// read makes a file of data, with advice for what goes wrong most often. With
// --python, data may also be a code object without a header, as programs that
// pack others into one file keep it; the File then has no Header.
func (o *options) read(data []byte) (*pyc.File, error) {
	if len(data) == 0 {
		return nil, hintf(errors.New("empty file"), "a .pyc is at least a header and a code object; "+
			"an interrupted compilation can leave an empty one: compile again")
	}
	if o.python != 0 && isBare(data) {
		v, _, err := marshal.Read(data, marshal.Options{Version: pyver.Version(o.python)})
		if err != nil {
			return nil, o.explain(err, isBare(data))
		}
		f := &pyc.File{Value: v}
		f.Code, _ = v.(*code.Object)
		return f, nil
	}
	f, err := pyc.Read(data, pyc.Options{Version: pyver.Version(o.python)})
	if err != nil {
		err = o.explain(err, isBare(data))
	}
	return f, err
}

// isBare reports whether data begins with a code object rather than a header.
func isBare(data []byte) bool {
	return len(data) > 4 && data[0]&0x7f == 'c' && (data[2] != '\r' || data[3] != '\n')
}
