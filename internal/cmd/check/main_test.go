package main

import "testing"

// What go test -fuzz prints when it fails: for the end of its time alone, and for an input.
func TestOnlyLate(t *testing.T) {
	for out, want := range map[string]bool{
		"fuzz: elapsed: 4s, execs: 9600 (0/sec)\n--- FAIL: FuzzCodecs (4.06s)\n    context deadline exceeded\nFAIL\nexit status 1":                                                                     true,
		"--- FAIL: FuzzCodecs (1.02s)\n    --- FAIL: FuzzCodecs (0.00s)\n        codec_test.go:120: context deadline exceeded\n    \n    Failing input written to testdata/fuzz/FuzzCodecs/5a0f\nFAIL": false,
		"--- FAIL: FuzzCodecs (9.10s)\n    fuzzing process hung or terminated unexpectedly: exit status 2\n    Failing input written to testdata/fuzz/FuzzCodecs/5a0f\nFAIL":                           false,
		"strs.go:1:1: expected 'package'\nFAIL": false,
	} {
		if got := onlyLate(out); got != want {
			t.Errorf("%q: got %v", out, got)
		}
	}
}
