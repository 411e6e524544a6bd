package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// bufferSize is how much output is gathered before it is written.
const bufferSize = 128 << 10

// A runner takes the inputs of a command one after the other, prints what
// comes of each, and goes on when one fails.
type runner struct {
	opts *options
	out  *bufio.Writer
	// schema names the documents of --format json.
	schema string
	failed bool
}

// forEach calls show for each input that args lead to, with what was read.
// In text form the output of each input follows a line with its name, unless
// the only argument is a single .pyc.
func forEach(o *options, args []string, schema string, show func(r *runner, in *input, data []byte) error) error {
	r := &runner{opts: o, schema: schema, out: bufio.NewWriterSize(o.env.Stdout, bufferSize)}
	ins := findInputs(o.env, args, int64(o.maxSize))
	defer ins.close()
	bar := newProgress(o.env, len(ins.list))
	for i := range ins.list {
		in := &ins.list[i]
		bar.step(i, in.name)
		if !o.json() && !ins.single && in.err == nil {
			if i > 0 {
				r.out.WriteByte('\n')
			}
			r.out.WriteString("# " + visible(in.name) + "\n")
		}
		if err := r.one(in, show); err != nil {
			if isWriteError(r.out) {
				break
			}
			bar.clear()
			r.fail(in, err)
		}
		*in = input{} // what it holds, such as standard input's bytes, is of no more use
	}
	bar.clear()
	if err := r.out.Flush(); err != nil {
		return err
	}
	if r.failed {
		return errFailed
	}
	return nil
}

// one reads and shows one input. A panic is a bug of ours; it is reported as
// the failure of this input, and the others still have their turn.
func (r *runner) one(in *input, show func(*runner, *input, []byte) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = hintf(fmt.Errorf("internal error: %v", p),
				"this is a bug in krait; please report it with the file that shows it")
			if r.opts.env.getenv("KRAIT_TRACE") != "" {
				os.Stderr.Write(debug.Stack())
			}
		}
	}()
	if in.err != nil {
		return in.err
	}
	data, err := in.open(int64(r.opts.maxSize))
	if err != nil {
		return err
	}
	return show(r, in, data)
}

// fail reports that in failed, behind what has been printed so far.
func (r *runner) fail(in *input, err error) {
	r.failed = true
	if _, told := errors.AsType[*shownError](err); r.opts.json() && !told {
		msg, _ := describe(err)
		writeJSON(r.out, failedJSON{Schema: r.schema, File: text(in.name), Error: text(msg)})
	}
	r.out.Flush()
	report(r.opts.env.Stderr, in.name, err)
}

// isWriteError reports whether w has met an error, after which it writes
// nothing.
func isWriteError(w *bufio.Writer) bool {
	_, err := w.Write(nil)
	return err != nil
}

// read makes a file of data, with advice for what goes wrong most often.
func (o *options) read(data []byte) (*pyc.File, error) {
	if len(data) == 0 {
		return nil, hintf(errors.New("empty file"), "a .pyc is at least a header and a code object; "+
			"an interrupted compilation can leave an empty one: compile again")
	}
	f, err := pyc.Read(data, pyc.Options{Version: pyver.Version(o.python)})
	if err != nil {
		err = o.explain(err)
	}
	return f, err
}
