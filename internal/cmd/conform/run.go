package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// runner compares trees and gathers what came of it.
type runner struct {
	options  options
	levels   []int
	out      io.Writer
	cache    *cache // nil: none
	progress *progress

	mu      sync.Mutex
	results []*result
}

// result is what came of one version.
type result struct {
	Version pyver.Version `json:"-"`
	Python  string        // release
	Files   int           // compared
	Bytes   int64         // of .pyc
	Refused int           // not sources of that version
	Failed  []failure     // the interpreter could not answer
	Kinds   []conformance.Kind
	Agree   map[conformance.Kind]int
	Differ  map[conformance.Kind]int
	Texts   map[conformance.Kind]int64 // bytes of text that agree
	Diffs   []difference
	// Alone counts, for the kinds that compile, the files among those that agree
	// whose .pyc is that of a process that compiled nothing else, while the run over
	// the tree wrote another one; AloneFiles says how that differs.
	Alone      map[conformance.Kind]int `json:",omitempty"`
	AloneFiles []difference             `json:",omitempty"`
	Duration   time.Duration
}

type failure struct {
	File  string
	Level int
	Error string
}

// difference is one file of one kind that is not what it must be.
type difference struct {
	File  string
	Level int
	Kind  conformance.Kind
	Diff  string
}

// compare compares files with one interpreter.
func (r *runner) compare(ctx context.Context, in *oracle.Interpreter, kinds []conformance.Kind, files []file) error {
	res := &result{
		Version: in.Version, Python: in.Release, Kinds: kinds,
		Agree: map[conformance.Kind]int{}, Differ: map[conformance.Kind]int{}, Texts: map[conformance.Kind]int64{},
	}
	r.results = append(r.results, res)
	start := time.Now()
	var next, done atomic.Int64
	total := int64(len(files) * len(r.levels))
	var wg sync.WaitGroup
	for range max(1, min(r.options.workers, len(files))) {
		wg.Go(func() {
			s := in.Start(oracle.Config{Timeout: 5 * time.Minute})
			defer s.Close()
			for ctx.Err() == nil {
				i := next.Add(1) - 1
				if i >= total {
					return
				}
				r.one(s, res, kinds, files[i/int64(len(r.levels))], r.levels[i%int64(len(r.levels))])
				r.progress.show(in.Version, done.Add(1), total)
			}
		})
	}
	wg.Wait()
	r.progress.clear()
	res.Duration = time.Since(start)
	res.sort()
	r.printVersion(res)
	return ctx.Err()
}

// one compares one file at one level.
func (r *runner) one(s *oracle.Session, res *result, kinds []conformance.Kind, f file, level int) {
	fail := func(err error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		res.Failed = append(res.Failed, failure{f.name, level, err.Error()})
	}
	source, err := f.read()
	if err != nil {
		fail(err)
		return
	}
	if f.pyc && (len(source) < 4 || string(source[:4]) != s.Interpreter.Magic) {
		r.mu.Lock()
		res.Refused++
		r.mu.Unlock()
		return
	}
	q := &question{session: s, cache: r.cache, file: f, level: level, source: source}
	if err := q.compile(); err != nil {
		var e *oracle.Error
		if errors.As(err, &e) {
			r.mu.Lock()
			res.Refused++
			r.mu.Unlock()
		} else {
			fail(err)
		}
		return
	}
	got := conformance.Krait(q.pyc, kinds)
	diffs, err := q.check(kinds, got)
	if err != nil {
		fail(err)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	res.Files++
	res.Bytes += int64(len(q.pyc))
	for i, k := range kinds {
		if diffs[i] == "" {
			res.Agree[k]++
			res.Texts[k] += int64(len(got[i].Text))
			continue
		}
		res.Differ[k]++
		res.Diffs = append(res.Diffs, difference{f.name, level, k, diffs[i]})
	}
}

// question is what an interpreter is asked about one file.
type question struct {
	session *oracle.Session
	cache   *cache
	file    file
	level   int
	source  []byte

	path   string // in the cache
	pyc    []byte
	answer *answer
}

// compile finds q.pyc, in the cache or by asking.
func (q *question) compile() error {
	if q.cache != nil {
		q.path = q.cache.path(q.session.Interpreter, q.file, q.level, q.source)
		q.pyc, q.answer = q.cache.load(q.path)
		if q.answer != nil && q.answer.Refused != "" {
			return &oracle.Error{Version: q.session.Interpreter.Version.String(), Op: "compile", Message: q.answer.Refused}
		}
		if q.answer != nil {
			return nil
		}
	}
	q.answer = &answer{Driver: oracle.DriverID()}
	if q.file.pyc {
		q.pyc = q.source
		return nil
	}
	var err error
	q.pyc, err = q.session.Compile(q.source, q.file.name, q.level)
	var e *oracle.Error
	if errors.As(err, &e) {
		q.answer.Refused = e.Kind + ": " + e.Message
	} else if err != nil {
		return err
	}
	if q.cache != nil {
		if storeErr := q.cache.store(q.path, q.pyc, q.answer); storeErr != nil {
			return storeErr
		}
	}
	return err
}

// check returns for each kind the first difference, or "". The interpreter is
// asked for the texts whose hash is not known or not that of krait's text.
func (q *question) check(kinds []conformance.Kind, got []conformance.Result) ([]string, error) {
	diffs := make([]string, len(kinds))
	var ask []conformance.Kind
	var at []int
	for i, k := range kinds {
		if k.Bytes() {
			diffs[i] = conformance.DifferenceBytes(string(q.pyc), got[i])
			continue
		}
		if got[i].Err != nil || q.answer.Texts[k] != hash(got[i].Text) {
			ask = append(ask, k)
			at = append(at, i)
		}
	}
	if len(ask) == 0 {
		return diffs, nil
	}
	want, err := conformance.Oracle(q.session, q.pyc, ask)
	if err != nil {
		return nil, err
	}
	if q.answer.Texts == nil {
		q.answer.Texts = map[conformance.Kind]string{}
	}
	changed := false
	for j, text := range want {
		i := at[j]
		if h := hash(text); q.answer.Texts[ask[j]] != h {
			q.answer.Texts[ask[j]] = h
			changed = true
		}
		if got[i].Err != nil {
			diffs[i] = got[i].Err.Error()
		} else {
			diffs[i] = conformance.Difference(text, got[i].Text)
		}
	}
	if changed && q.cache != nil {
		pyc := q.pyc
		if !q.file.pyc {
			pyc = nil // already there
		}
		return diffs, q.cache.store(q.path, pyc, q.answer)
	}
	return diffs, nil
}

func hash(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}
