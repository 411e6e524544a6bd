package sre

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// record is a line that testdata/cases.py prints.
type record struct {
	RE     string
	Flags  int
	Bytes  bool
	Groups int
	Code   []uint32
	Cases  []testCase
}

type testCase struct {
	subject               string
	pos, end              int
	match, full, search   []int
	iterated              bool
	searches, matchesOnly [][]int
}

func (c *testCase) UnmarshalJSON(data []byte) error {
	var text string
	fields := []any{&text, &c.pos, &c.end, &c.match, &c.full, &c.search, &c.searches, &c.matchesOnly}
	n := len(fields)
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	c.iterated = len(fields) == n
	subject, err := hex.DecodeString(text)
	c.subject = string(subject)
	return err
}

// spans returns the spans and last index of the match in st, in code points if it is wide.
func spans(st *State, groups int, wide bool) []int {
	out := []int{st.Start, st.End}
	for i := 1; i <= groups; i++ {
		start, end := st.Group(i)
		out = append(out, start, end)
	}
	if wide {
		for i, at := range out {
			if at >= 0 {
				out[i] = CountPoints(st.text[:at])
			}
		}
	}
	return append(out, max(st.LastIndex, 0))
}

// checkRecord compares all matches of a record.
func checkRecord(t *testing.T, r *record, st *State) {
	t.Helper()
	p, err := Compile(r.Code, r.Groups)
	if err != nil {
		t.Errorf("%s flags %d: %v", r.RE, r.Flags, err)
		return
	}
	for i := range r.Cases {
		c := &r.Cases[i]
		ascii := true
		for k := 0; k < len(c.subject); k++ {
			ascii = ascii && c.subject[k] < 0x80
		}
		if r.Bytes || ascii {
			checkCase(t, r, p, st, c, false)
		}
		if !r.Bytes {
			checkCase(t, r, p, st, c, true)
		}
	}
}

func checkCase(t *testing.T, r *record, p *Program, st *State, c *testCase, wide bool) {
	t.Helper()
	pos, end := c.pos, c.end
	if wide {
		pos, end = SkipPoints(c.subject, pos), SkipPoints(c.subject, end)
	}
	check := func(what string, want []int, f func() (bool, error)) {
		t.Helper()
		st.Reset(p, c.subject, wide, pos, end)
		ok, err := f()
		var got []int
		if ok {
			got = spans(st, r.Groups, wide)
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s flags %d, %q[%d:%d] wide %v: %s finds %v, %v; want %v",
				r.RE, r.Flags, c.subject, c.pos, c.end, wide, what, got, err, want)
		}
	}
	check("match", c.match, st.Match)
	check("fullmatch", c.full, st.FullMatch)
	check("search", c.search, st.Search)
	if !c.iterated {
		return
	}
	iterate := func(what string, want [][]int, step func() (bool, error)) {
		t.Helper()
		st.Reset(p, c.subject, wide, 0, len(c.subject))
		got := [][]int{}
		for len(got) < 40 {
			ok, err := step()
			if err != nil {
				t.Errorf("%s: %v", r.RE, err)
			}
			if !ok {
				break
			}
			got = append(got, spans(st, r.Groups, wide))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s flags %d, %q wide %v: scanner's %s finds %v; want %v", r.RE, r.Flags, c.subject, wide, what, got, want)
		}
	}
	iterate("search", c.searches, st.Next)
	iterate("match", c.matchesOnly, func() (bool, error) {
		ok, err := st.Match()
		if ok {
			st.From, st.MustAdvance = st.End, st.End == st.Start
		}
		return ok, err
	})
}

func checkAll(t *testing.T, in io.Reader) int {
	t.Helper()
	var st State
	n := 0
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		checkRecord(t, &r, &st)
		n += len(r.Cases)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// ask runs testdata/cases.py.
func ask(t *testing.T, args ...string) []byte {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(in.Path, append([]string{"-I", "-B", "testdata/cases.py"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cases.py %v: %v\n%s", args, err, stderr.Bytes())
	}
	return out
}

const goldenPath = "testdata/patterns.jsonl"

func TestGolden(t *testing.T) {
	f, err := os.Open(goldenPath)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n := checkAll(t, f); n < 100 {
		t.Errorf("%s has %d cases only", goldenPath, n)
	}
}

var update = flag.Bool("update", false, "ask CPython 3.14 for testdata/patterns.jsonl")

// TestGoldenIsCurrent makes the golden file anew.
func TestGoldenIsCurrent(t *testing.T) {
	got := ask(t, "golden")
	if *update {
		if err := os.WriteFile(goldenPath, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(goldenPath)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the interpreter says; run the test with -update", goldenPath)
	}
}

// TestRandom compares matches of patterns made at random. KRAIT_SRE_SEED and
// KRAIT_SRE_COUNT ask for others and more of them.
func TestRandom(t *testing.T) {
	seed, count := "1", 400
	if s := os.Getenv("KRAIT_SRE_SEED"); s != "" {
		seed = s
	}
	if s := os.Getenv("KRAIT_SRE_COUNT"); s != "" {
		count, _ = strconv.Atoi(s)
	}
	out := ask(t, "random", seed, fmt.Sprint(count))
	t.Logf("%d cases", checkAll(t, bytes.NewReader(out)))
}

func TestCharacters(t *testing.T) {
	want := map[uint32]uint32{}
	for dec := json.NewDecoder(bytes.NewReader(ask(t, "characters"))); dec.More(); {
		var pair [2]uint32
		if err := dec.Decode(&pair); err != nil {
			t.Fatal(err)
		}
		want[pair[0]] = pair[1]
	}
	for ch := uint32(0); ch < 0x110010; ch++ {
		lower, cased := want[ch]
		if !cased {
			lower = ch
		}
		if got := UnicodeLower(ch); got != lower {
			t.Errorf("UnicodeLower(%#x): %#x; want %#x", ch, got, lower)
		}
		if got := UnicodeCased(ch); got != cased {
			t.Errorf("UnicodeCased(%#x): %v; want %v", ch, got, cased)
		}
	}
}
