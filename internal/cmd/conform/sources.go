package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
)

// maxAlone bounds how many files of a kind are compiled again by a process of
// their own; when more differ, that is not what they differ for.
const maxAlone = 300

// sources compares kinds that begin with a source.
type sources struct {
	*runner
	ctx   context.Context
	in    *oracle.Interpreter
	kinds []conformance.Kind
	res   *result
	ref   *conformance.Reference
	dir   string // for files of krait's
	alone [3]atomic.Int64
	total int64
	done  atomic.Int64
}

// sourceFile is a file, what krait makes of it and what is known of the answers.
type sourceFile struct {
	file
	source  []byte // nil unless it is to be compiled
	path    string // in the cache
	answer  *answer
	unknown [3]bool // levels at which it has not been compiled
	refused bool
}

// compareSources compares what krait and an interpreter make of sources.
func (r *runner) compareSources(ctx context.Context, in *oracle.Interpreter, kinds []conformance.Kind, files []file) error {
	dir, err := os.MkdirTemp("", "krait-conform")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := &sources{runner: r, ctx: ctx, in: in, kinds: kinds, dir: dir,
		ref: &conformance.Reference{Dir: dir, Interpreter: in},
		res: &result{Version: in.Version, Python: in.Release, Kinds: kinds,
			Agree: map[conformance.Kind]int{}, Differ: map[conformance.Kind]int{},
			Texts: map[conformance.Kind]int64{}, Alone: map[conformance.Kind]int{}}}
	r.results = append(r.results, s.res)
	start := time.Now()
	files = slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.pyc })
	s.total = int64(len(files))

	// What the cache and a question can answer; then what must be compiled.
	list := make([]sourceFile, len(files))
	s.each(len(files), func(w *sourceWorker, i int) {
		list[i].file = files[i]
		w.first(&list[i])
	})
	if err := s.reference(list); err != nil {
		return err
	}
	s.each(len(files), func(w *sourceWorker, i int) { w.second(&list[i]) })
	r.progress.clear()
	s.res.Duration = time.Since(start)
	s.res.sort()
	r.printVersion(s.res)
	return ctx.Err()
}

// sourceWorker is one of the goroutines that compare.
type sourceWorker struct {
	*sources
	session  *oracle.Session
	compiler conformance.Compiler
}

// each calls f for the numbers up to n, in several goroutines.
func (s *sources) each(n int, f func(w *sourceWorker, i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, min(s.options.workers, n)) {
		wg.Go(func() {
			w := &sourceWorker{sources: s, session: s.in.Start(oracle.Config{Timeout: 5 * time.Minute})}
			defer w.session.Close()
			for s.ctx.Err() == nil {
				i := int(next.Add(1) - 1)
				if i >= n {
					return
				}
				f(w, i)
			}
		})
	}
	wg.Wait()
}

// fail counts a file of which an answer is missing.
func (s *sources) fail(f *sourceFile, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.res.Failed = append(s.res.Failed, failure{f.name, 0, err.Error()})
}

// count counts one comparison; diff says what differs, if anything.
func (s *sources) count(f *sourceFile, k conformance.Kind, text, diff string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if diff == "" {
		s.res.Agree[k]++
		s.res.Texts[k] += int64(len(text))
		return
	}
	s.res.Differ[k]++
	s.res.Diffs = append(s.res.Diffs, difference{f.name, max(k.Level(), 0), k, diff})
}

// first compares with the answers in the cache and asks for texts. What is left
// is to be compiled.
func (w *sourceWorker) first(f *sourceFile) {
	source, err := f.read()
	if err != nil {
		w.fail(f, err)
		return
	}
	if w.cache != nil {
		f.path = w.cache.path(w.in, f.file, 0, source) + "-source"
		f.answer = w.cache.loadAnswer(f.path)
	}
	if f.answer == nil {
		f.answer = &answer{Driver: oracle.DriverID(), Texts: map[conformance.Kind]string{}}
	}
	w.mu.Lock()
	w.res.Files++
	w.res.Bytes += int64(len(source))
	w.mu.Unlock()
	temp := ""
	if slices.ContainsFunc(w.kinds, func(k conformance.Kind) bool { return k.Level() < 0 }) {
		if temp, err = conformance.WriteTemp(w.dir, source); err != nil {
			w.fail(f, err)
			return
		}
		defer os.Remove(temp)
	}
	known := len(f.answer.Texts)
	for _, k := range w.kinds {
		got := w.compiler.Source(k, f.name, temp, source)
		if got.Err != nil {
			w.count(f, k, "", got.Err.Error())
			continue
		}
		h := hash(got.Text)
		w.refused(f, got.Text)
		switch {
		case f.answer.Texts[k] == h:
			w.count(f, k, got.Text, "")
		case f.answer.Texts[aloneKey(k)] == h:
			w.count(f, k, got.Text, "")
			w.asAlone(f, k, "as an earlier run has found")
		case k.Level() < 0:
			want, err := conformance.OracleSource(w.session, k, f.name, source)
			if err != nil {
				w.fail(f, err)
				continue
			}
			f.answer.Texts[k] = hash(want)
			w.count(f, k, got.Text, conformance.Difference(want, got.Text))
		default:
			f.unknown[k.Level()] = true
			f.source = source
			if err := w.ref.Add(f.tree, f.name, source); err != nil {
				w.fail(f, err)
				f.unknown, f.source = [3]bool{}, nil
			}
		}
	}
	if f.source == nil {
		w.progress.show(w.in.Version, w.done.Add(1), w.total)
	}
	if len(f.answer.Texts) > known {
		w.store(f)
	}
}

// refused counts a file once if it is refused by krait; that the interpreter does
// so too is what is compared.
func (w *sourceWorker) refused(f *sourceFile, text string) {
	if f.refused || !conformance.Refused(text) {
		return
	}
	f.refused = true
	w.mu.Lock()
	defer w.mu.Unlock()
	w.res.Refused++
}

func (w *sourceWorker) store(f *sourceFile) {
	if w.cache == nil {
		return
	}
	if err := w.cache.store(f.path, nil, f.answer); err != nil {
		w.fail(f, err)
	}
}

// reference has each tree compiled at each level, by one process each.
func (s *sources) reference(list []sourceFile) error {
	type job struct {
		tree, level int
	}
	names := map[job][]string{}
	var jobs []job
	for i := range list {
		f := &list[i]
		for level, unknown := range f.unknown {
			if !unknown {
				continue
			}
			j := job{f.tree, level}
			if names[j] == nil {
				jobs = append(jobs, j)
			}
			names[j] = append(names[j], f.name)
		}
	}
	errs := make([]error, len(jobs))
	s.each(len(jobs), func(_ *sourceWorker, i int) {
		j := jobs[i]
		errs[i] = s.ref.Compile(s.ctx, j.tree, j.level, names[j])
	})
	return errors.Join(errs...)
}

// aloneKey is where an answer has the hash of the .pyc of a process that compiled
// nothing else.
func aloneKey(k conformance.Kind) conformance.Kind { return k + " alone" }

// second compares with what was compiled.
func (w *sourceWorker) second(f *sourceFile) {
	if f.source == nil {
		return
	}
	for _, k := range w.kinds {
		if level := k.Level(); level >= 0 && f.unknown[level] {
			if err := w.compiled(f, k, level); err != nil {
				w.fail(f, err)
			}
		}
	}
	w.store(f)
	f.source = nil
	w.progress.show(w.in.Version, w.done.Add(1), w.total)
}

func (w *sourceWorker) compiled(f *sourceFile, k conformance.Kind, level int) error {
	got := w.compiler.Source(k, f.name, "", f.source)
	pyc, err := w.ref.PYC(f.tree, level, f.name)
	if err != nil {
		return err
	}
	want := string(pyc)
	if pyc == nil {
		if want, err = conformance.OracleSource(w.session, k, f.name, f.source); err != nil {
			return err
		}
		if want == "" {
			return errors.New("compileall wrote nothing, but there is no error")
		}
	}
	f.answer.Texts[k] = hash(want)
	if got.Text == want {
		w.count(f, k, got.Text, "")
		return nil
	}
	diff := conformance.Explain(want, got.Text)
	if pyc == nil || conformance.Refused(got.Text) || w.alone[level].Add(1) > maxAlone {
		w.count(f, k, "", diff)
		return nil
	}
	alone, err := w.ref.Alone(w.ctx, f.name, f.source, level)
	if err != nil {
		return err
	}
	f.answer.Texts[aloneKey(k)] = hash(string(alone))
	if got.Text != string(alone) {
		w.count(f, k, "", conformance.Explain(string(alone), got.Text))
		return nil
	}
	w.count(f, k, got.Text, "")
	w.asAlone(f, k, diff)
	return nil
}

// asAlone counts a file that agrees with what a process of its own writes only.
func (w *sourceWorker) asAlone(f *sourceFile, k conformance.Kind, diff string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.res.Alone[k]++
	w.res.AloneFiles = append(w.res.AloneFiles, difference{f.name, k.Level(), k, diff})
}
