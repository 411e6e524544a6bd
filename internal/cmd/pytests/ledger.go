package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// ledger says of each method that CPython passes what krait does with it: "pass", or "fail: "
// and why. Modules are without their test_.
type ledger struct {
	Python  string                       `json:"python"` // the reference's release
	Modules map[string]map[string]string `json:"modules"`
}

// refcount begins the reason of a method that fails only because krait has no reference
// counts. Such a reason is written by hand and stays.
const refcount = "refcount: "

// flaky begins the entry of a method that passes or fails by chance, such as one that takes
// times, with the reason. It is written by hand, stays, and the method is not held against the
// ledger.
const flaky = "flaky: "

func readLedger(file string) (*ledger, error) {
	l := &ledger{Modules: map[string]map[string]string{}}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, l); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return l, nil
}

func (l *ledger) write(file string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(l); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

// entryOf is what the ledger says of a result.
func entryOf(r result) string {
	switch r.Outcome {
	case pass:
		return pass
	case skip:
		return strings.TrimSuffix(fail+": skipped: "+r.Reason, ": ")
	}
	return strings.TrimSuffix(fail+": "+r.Reason, ": ")
}

// changes is where results and the ledger disagree.
type changes struct {
	broken []string // passed, and fails now
	mended []string // failed, and passes now
	added  []string // were not in the ledger
	gone   []string // are in the ledger and not among CPython's passing methods
}

// compare holds the results of a module against the ledger. wanted are the methods that
// CPython passes.
func (l *ledger) compare(module string, wanted []string, results map[string]result) changes {
	var c changes
	old := l.Modules[module]
	known := make(map[string]bool, len(wanted))
	for _, id := range wanted {
		known[id] = true
		passes := results[id].Outcome == pass
		switch was, ok := old[id]; {
		case !ok:
			c.added = append(c.added, id)
		case strings.HasPrefix(was, flaky):
		case was == pass && !passes:
			c.broken = append(c.broken, id)
		case was != pass && passes:
			c.mended = append(c.mended, id)
		}
	}
	for id := range old {
		if !known[id] {
			c.gone = append(c.gone, id)
		}
	}
	return c
}

// update writes the results of a module into the ledger. Reasons that were written by hand
// stay as long as the method fails.
func (l *ledger) update(module string, wanted []string, results map[string]result) {
	entries := make(map[string]string, len(wanted))
	for _, id := range wanted {
		entry := entryOf(results[id])
		if was := l.Modules[module][id]; entry != pass && strings.HasPrefix(was, fail+": "+refcount) || strings.HasPrefix(was, flaky) {
			entry = was
		}
		entries[id] = entry
	}
	l.Modules[module] = entries
}
