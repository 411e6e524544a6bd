package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
)

// TestRun runs some programs on a library that krait has compiled.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the library twice and starts many interpreters")
	}
	var out bytes.Buffer
	o := options{programs: "../../../testdata/py", workers: 2, timeout: time.Minute,
		only: "^(imports|json|dis|asyncio|dataclasses|traceback|closures|generators|try_.*|match_.*|tstrings)$"}
	ok, err := run(context.Background(), o, &out)
	if errors.Is(err, oracle.ErrNotFound) {
		t.Skip(err)
	}
	if err != nil || !ok {
		t.Errorf("%v, %v\n%s", ok, err, out.String())
	}
	if !strings.Contains(out.String(), "1 run, 1 the same on both; 1 pass on krait's files") {
		t.Errorf("the imports did not pass:\n%s", out.String())
	}
}

func TestSummary(t *testing.T) {
	const text = "0:00:01 [1/1] test_x\nFAIL: test_b (test.test_x.T.test_b)\n  ...\nERROR: test_a (x)\nTotal duration: 1.2 sec\nTotal tests: run=9 failures=1\nTotal test files: run=1/1\n"
	want := "ERROR: test_a (x)\nFAIL: test_b (test.test_x.T.test_b)\nTotal tests: run=9 failures=1"
	if got := summary(text); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
