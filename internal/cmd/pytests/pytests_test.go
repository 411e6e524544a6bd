package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// sample returns the package of testdata, in a cache directory of the test's own, and
// the reference interpreter for it.
func sample(t *testing.T) (*testPackage, *interpreter) {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	// The interpreter is in the user's own, and so is the library's bytecode.
	bytes := filepath.Join(cacheDir(), "bytes-cpython")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	p, err := findTests("testdata/test")
	if err != nil {
		t.Fatal(err)
	}
	return p, &interpreter{[]string{in.Path}, p.root, bytes, time.Minute, 2 * time.Minute}
}

func runSample(t *testing.T, module string, only []string) *moduleResult {
	t.Helper()
	_, in := sample(t)
	m, err := in.runModule(context.Background(), module, only)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOutcomes(t *testing.T) {
	m := runSample(t, "sample", nil)
	got := map[string]string{}
	for id, r := range m.Results {
		got[id] = strings.TrimSuffix(r.Outcome+": "+r.Reason, ": ")
	}
	want := map[string]string{
		"Plain.test_a_passes":            "pass",
		"Plain.test_b_fails":             `fail: AssertionError: 'é\ud800😀"' != 'other' - é` + "\ufffd😀\" + other",
		"Plain.test_c_raises":            "fail: KeyError: <object object at 0x...>",
		"Plain.test_d_kills_the_process": "fail: the process ended with exit status 3: Fatal Python error: made up",
		"Plain.test_f_closes_everything": "pass",
		"Plain.test_g_skipped":           "skip: for a reason",
		"Plain.test_h_expected":          "pass",
		"Plain.test_i_unexpected":        "fail: unexpected success",
		"Plain.test_j_parts":             "fail: AssertionError: 1 == 1 : one",
		"Plain.test_k_parts_skipped":     "pass",
		"Plain.test_l_interrupted":       "fail: interrupted",
		"Plain.test_m_exits":             "fail: SystemExit: 1",
		"NoClass.test_a":                 "fail: setUpClass (test.test_sample.NoClass): OSError: no class",
		"SkippedClass.test_a":            "skip: not here",
		"<lambda>":                       "pass",
		"<lambda>#2":                     "pass",
	}
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s: got %q, want %q", id, got[id], w)
		}
	}
	if len(got) != len(want) || len(m.IDs) != len(want) || m.Crashes != 2 {
		t.Errorf("%d results of %d methods, %d crashes: %q", len(got), len(m.IDs), m.Crashes, slices.Sorted(maps.Keys(got)))
	}
}

func TestNoEnd(t *testing.T) {
	_, in := sample(t)
	// On a slow machine, importing takes its time, too.
	for in.timeout = 2 * time.Second; in.timeout < time.Minute; in.timeout *= 2 {
		m, err := in.runModule(context.Background(), "endless", nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Import != "" {
			continue
		}
		if m.Results["T.test_a"].Outcome != pass || m.Results["T.test_b"] != (result{fail, "no end within " + in.timeout.String()}) || m.Results["T.test_c"].Outcome != pass {
			t.Errorf("got %+v", m.Results)
		}
		break
	}
	in.timeout, in.budget = time.Minute, 0
	m, err := in.runModule(context.Background(), "endless", nil)
	if err != nil || m.Import != "the module has used up its 0s" {
		t.Errorf("without time: %+v, %v", m, err)
	}
}

func TestOnly(t *testing.T) {
	m := runSample(t, "sample", []string{"Plain.test_a_passes", "Plain.test_b_fails", "No.such"})
	if len(m.Results) != 3 || m.Results["Plain.test_a_passes"].Outcome != pass || m.Results["No.such"] != (result{fail, "not run"}) {
		t.Errorf("got %v", m.Results)
	}
}

func TestModules(t *testing.T) {
	if m := runSample(t, "unimportable", nil); m.Import != "ModuleNotFoundError: No module named 'there'" || len(m.IDs) != 0 {
		t.Errorf("unimportable: %+v", m)
	}
	if m := runSample(t, "deadly", nil); m.Import != "the process ended with exit status 7" {
		t.Errorf("deadly: %+v", m)
	}
	m := runSample(t, "between", nil)
	if m.Results["First.test_a"].Outcome != pass || m.Results["Second.test_a"].Outcome != fail || m.Crashes != 2 {
		t.Errorf("between: %+v", m)
	}
	if m := runSample(t, "annotations", nil); m.Results["T.test_a"].Outcome != pass {
		t.Errorf("annotations: %+v", m)
	}
	if m := runSample(t, "folder", nil); m.Results["test_inner.T.test_a"].Outcome != pass || len(m.IDs) != 1 {
		t.Errorf("folder: %+v", m)
	}
}

// TestRun runs modules against themselves and follows the ledger.
func TestRun(t *testing.T) {
	p, in := sample(t)
	found, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	o := options{
		tests: p.dir, python: in.command[0], ledger: filepath.Join(t.TempDir(), "sub", "ledger.json"), update: true,
		workers: 2, timeout: time.Minute, budget: time.Minute, modules: []string{"folder", "between", "absent"}, reference: found,
	}
	var out bytes.Buffer
	ok, err := run(context.Background(), o, &out)
	if err != nil || !ok {
		t.Fatalf("%v\n%s", err, &out)
	}
	want := `{
 "python": "` + found.Release + `",
 "modules": {
  "between": {
   "First.test_a": "pass"
  },
  "folder": {
   "test_inner.T.test_a": "pass"
  }
 }
}
`
	data, err := os.ReadFile(o.ledger)
	if err != nil || string(data) != want {
		t.Errorf("ledger: %v\n%s", err, data)
	}
	if !strings.Contains(out.String(), "all                             2        2   100.0%") || !strings.Contains(out.String(), "there is no such module") {
		t.Errorf("printed\n%s", &out)
	}
	o.update = false
	out.Reset()
	if ok, err = run(context.Background(), o, &out); err != nil || !ok || strings.Contains(out.String(), "ledger") {
		t.Errorf("a second time: %v, %v\n%s", ok, err, &out)
	}
	// A ledger that says the method fails.
	if err := os.WriteFile(o.ledger, bytes.Replace(data, []byte(`"test_inner.T.test_a": "pass"`), []byte(`"test_inner.T.test_a": "fail: x"`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if ok, err = run(context.Background(), o, &out); err != nil || ok || !strings.Contains(out.String(), "failed before and passes: test_folder test_inner.T.test_a\n") {
		t.Errorf("with a failure that passes: %v, %v\n%s", ok, err, &out)
	}
	o.match, o.modules = "no such method", []string{"folder"}
	if ok, err = run(context.Background(), o, &out); err != nil || !ok {
		t.Errorf("with -run: %v, %v", ok, err)
	}
}

func TestLedger(t *testing.T) {
	l := &ledger{Modules: map[string]map[string]string{"m": {
		"A.a": "pass", "A.b": "pass", "A.c": "fail: old", "A.d": "fail: refcount: kept", "A.e": "fail: refcount: gone", "A.f": "pass", "A.g": "fail: x", "A.i": "flaky: times",
	}}}
	results := map[string]result{
		"A.a": {Outcome: pass}, "A.b": {fail, "broken"}, "A.c": {fail, "new"}, "A.d": {fail, "other"}, "A.e": {Outcome: pass}, "A.g": {skip, "why"}, "A.h": {Outcome: pass}, "A.i": {Outcome: pass},
	}
	wanted := []string{"A.a", "A.b", "A.c", "A.d", "A.e", "A.g", "A.h", "A.i"}
	c := l.compare("m", wanted, results)
	if !slices.Equal(c.broken, []string{"A.b"}) || !slices.Equal(c.mended, []string{"A.e"}) || !slices.Equal(c.added, []string{"A.h"}) || !slices.Equal(c.gone, []string{"A.f"}) {
		t.Errorf("got %+v", c)
	}
	l.update("m", wanted, results)
	want := map[string]string{
		"A.a": "pass", "A.b": "fail: broken", "A.c": "fail: new", "A.d": "fail: refcount: kept", "A.e": "pass", "A.g": "fail: skipped: why", "A.h": "pass", "A.i": "flaky: times",
	}
	if !maps.Equal(l.Modules["m"], want) {
		t.Errorf("got %v", l.Modules["m"])
	}
	if c := l.compare("m", wanted, results); c.broken != nil || c.mended != nil || c.added != nil || c.gone != nil {
		t.Errorf("after an update: %+v", c)
	}
	if entryOf(result{}) != fail {
		t.Errorf("no result: %q", entryOf(result{}))
	}
}

func TestGroups(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range groups {
		for _, m := range g.modules {
			if seen[m] {
				t.Errorf("%s is twice in the groups", m)
			}
			seen[m] = true
		}
	}
	all, err := chooseModules(nil)
	if err != nil || len(all) != len(seen) {
		t.Errorf("%d modules of %d, %v", len(all), len(seen), err)
	}
	got, err := chooseModules([]string{"test_int", "100", "int", "xmlrpc"})
	if err != nil || got[0] != "int" || len(got) != len(groups[0].modules)+2 {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := chooseModules([]string{"a/b"}); err == nil {
		t.Error("a path is taken for a module")
	}
	if groupOf("int").target != 85 || groupOf("xmlrpc") != nil {
		t.Error("wrong groups")
	}
}

func TestReport(t *testing.T) {
	outcomes := []*outcome{
		{module: "int", wanted: []string{"a", "b", "c"}, results: map[string]result{"a": {Outcome: pass}, "b": {fail, "x"}, "c": {fail, "x"}}, crashes: 1},
		{module: "abc", wanted: []string{"a"}, results: map[string]result{"a": {Outcome: pass}}},
	}
	var b strings.Builder
	head(&b)
	for _, o := range outcomes {
		o.row(&b)
		o.failures(&b)
	}
	sums(&b, outcomes)
	reasons(&b, outcomes, 1)
	want := `module                    cpython   passes    share    goal  seconds
int                             3        1    33.3%     85%      0.0  below  1 processes died
    b: x
    c: x
abc                             1        1   100.0%    100%      0.0

goal 100%                       1        1   100.0%  0 of 1 modules below their goal
goal 85%                        3        1    33.3%  1 of 1 modules below their goal
all                             4        2    50.0%  1 of 2 modules below their goal

    2  x
       int b
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", &b, want)
	}
}

func TestReference(t *testing.T) {
	p, in := sample(t)
	first, err := reference(context.Background(), in, "3.14.x", p, "folder", false)
	if err != nil || len(first.passing()) != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	in.command = []string{"no such interpreter"}
	again, err := reference(context.Background(), in, "3.14.x", p, "folder", false)
	if err != nil {
		t.Fatalf("it is not remembered: %v", err)
	}
	a, _ := json.Marshal(first)
	b, _ := json.Marshal(again)
	if !bytes.Equal(a, b) {
		t.Errorf("remembered %s, was %s", b, a)
	}
	if _, err := reference(context.Background(), in, "3.14.x", p, "folder", true); err == nil {
		t.Error("anew: it is remembered")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in.command = []string{"go"}
	if _, err := in.runModule(ctx, "folder", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
