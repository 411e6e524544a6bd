package sre

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"strings"
	"testing"
)

var errEnough = errors.New("enough")

// tryCode matches code with everything there is; it is only to come back.
func tryCode(t *testing.T, code []uint32, groups int, subject string) {
	t.Helper()
	p, err := Compile(code, groups)
	if err != nil {
		if !errors.Is(err, ErrCode) {
			t.Errorf("%v: %v", code, err)
		}
		return
	}
	polls := 0
	st := State{MaxStack: 1 << 20, Poll: func() error {
		if polls++; polls > 4 {
			return errEnough
		}
		return nil
	}}
	for _, wide := range []bool{false, true} {
		for from := 0; from <= len(subject); from += 1 + len(subject)/3 {
			for _, limit := range []int{len(subject), len(subject) / 2} {
				for _, step := range []func() (bool, error){st.Match, st.FullMatch, st.Search, st.Next} {
					polls = 0
					st.Reset(p, subject, wide, from, limit)
					ok, err := step()
					if err != nil && !errors.Is(err, errEnough) && !errors.Is(err, ErrMemory) {
						t.Errorf("%v: %v", code, err)
					}
					if !ok {
						continue
					}
					if st.Start < 0 || st.Start > len(subject) || st.End < 0 || st.End > len(subject) {
						t.Errorf("%v: a match from %d to %d of %d bytes", code, st.Start, st.End, len(subject))
					}
					for i := 1; i <= min(groups, 20); i++ {
						if start, end := st.Group(i); start < -1 || start > len(subject) || end < -1 || end > len(subject) {
							t.Errorf("%v: group %d from %d to %d of %d bytes", code, i, start, end, len(subject))
						}
					}
				}
			}
		}
	}
}

func goldenRecords(t testing.TB) []record {
	t.Helper()
	f, err := os.Open(goldenPath)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []record
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// TestHostile changes good codes at random.
func TestHostile(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	records := goldenRecords(t)
	subjects := []string{"", "aab\nc é", "\xff\xe9\xf0\x9f\x98", "éééaaabbb", "ab ab ab ab\n"}
	count := 30000
	if testing.Short() {
		count = 3000
	}
	for range count {
		r := &records[rng.Intn(len(records))]
		code := append([]uint32(nil), r.Code...)
		for range 1 + rng.Intn(4) {
			i := rng.Intn(len(code))
			switch rng.Intn(6) {
			case 0:
				code[i] = uint32(rng.Intn(45))
			case 1:
				code[i]++
			case 2:
				code[i]--
			case 3:
				code[i] = []uint32{0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10FFFF, 256}[rng.Intn(7)]
			case 4:
				code = append(code[:i], code[i+1:]...)
			case 5:
				other := records[rng.Intn(len(records))].Code
				code = append(code[:i:i], append(append([]uint32(nil), other[rng.Intn(len(other)):]...), code[i:]...)...)
			}
			if len(code) == 0 {
				break
			}
		}
		tryCode(t, code, r.Groups+rng.Intn(2), subjects[rng.Intn(len(subjects))])
	}
}

func FuzzCode(f *testing.F) {
	for i, r := range goldenRecords(f) {
		if i%7 == 0 && len(r.Code) < 200 {
			var data []byte
			for _, c := range r.Code {
				data = binary.LittleEndian.AppendUint32(data, c)
			}
			f.Add(data, r.Groups, r.Cases[0].subject)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, groups int, subject string) {
		if len(subject) > 50 || len(data) > 2000 {
			return
		}
		code := make([]uint32, len(data)/4)
		for i := range code {
			code[i] = binary.LittleEndian.Uint32(data[4*i:])
		}
		tryCode(t, code, groups, subject)
	})
}

func TestBadCodes(t *testing.T) {
	for _, code := range [][]uint32{
		nil, {}, {codeAny}, {codeJump, 1, codeSuccess}, {codeMark, 0, codeSuccess}, {codeAt, atCount, codeSuccess},
		{codeCategory, categoryCount, codeSuccess}, {codeIn, 0, codeSuccess}, {codeIn, 100, codeSuccess},
		{codeGroupRef, 0, codeSuccess}, {codeBranch, 0, codeSuccess}, {codeMaxUntil, codeSuccess}, {99, codeSuccess},
		{codeRepeatOne, 5, 2, 1, codeAny, codeSuccess, codeSuccess},
		{codeRepeatOne, 6, 0, 1, codeAny, codeAny, codeSuccess, codeSuccess},
		{codeInfo, 4, 8, 0, 0, codeSuccess}, {codeLiteral, codeSuccess},
	} {
		if _, err := Compile(code, 0); err == nil {
			t.Errorf("Compile takes %v", code)
		}
	}
	if _, err := Compile([]uint32{codeSuccess}, -1); err == nil {
		t.Error("Compile takes -1 groups")
	}
	// Nesting has a limit, and many groups cost nothing.
	var deep []uint32
	n := 20000
	for i := range n {
		deep = append(deep, codeAtomicGroup, uint32(2+3*(n-1-i)))
	}
	for range n {
		deep = append(deep, codeSuccess)
	}
	deep = append(deep, codeSuccess)
	if _, err := Compile(deep, 0); err == nil {
		t.Errorf("Compile takes %d nested groups", n)
	}
	if _, err := Compile([]uint32{codeSuccess}, MaxGroups); err != nil {
		t.Error(err)
	}
}

// nested is (?:a|b)*c.
var nested = []uint32{
	codeRepeat, 15, 0, MaxRepeat,
	codeBranch, 5, codeLiteral, 'a', codeJump, 7, 5, codeLiteral, 'b', codeJump, 2, codeFailure,
	codeMaxUntil, codeLiteral, 'c', codeSuccess,
}

func TestMemory(t *testing.T) {
	// (?:.a?)* takes a frame at least for each character.
	code := []uint32{
		codeRepeat, 11, 0, MaxRepeat, codeAnyAll, codeRepeatOne, 6, 0, 1, codeLiteral, 'a', codeSuccess,
		codeMaxUntil, codeSuccess,
	}
	p, err := Compile(code, 0)
	if err != nil {
		t.Fatal(err)
	}
	st := State{MaxStack: 1 << 16}
	st.Reset(p, strings.Repeat("b", 100000), false, 0, 100000)
	if _, err := st.Match(); !errors.Is(err, ErrMemory) {
		t.Errorf("Match: %v; want %v", err, ErrMemory)
	}
	st.MaxStack = 0
	if ok, err := st.Match(); !ok || err != nil {
		t.Errorf("Match: %v, %v; want a match", ok, err)
	}
	if len(st.stack) > keepStack {
		t.Errorf("the state keeps %d frames", len(st.stack))
	}
}

// TestTrail takes a repeat without a way back with groups round very often, in little memory.
func TestTrail(t *testing.T) {
	// (?:(a)|b)*+c
	code := []uint32{
		codePossessiveRepeat, 19, 0, MaxRepeat,
		codeBranch, 9, codeMark, 0, codeLiteral, 'a', codeMark, 1, codeJump, 7, 5, codeLiteral, 'b', codeJump, 2, codeFailure,
		codeSuccess, codeLiteral, 'c', codeSuccess,
	}
	p, err := Compile(code, 1)
	if err != nil {
		t.Fatal(err)
	}
	subject := strings.Repeat("ab", 200000) + "ac"
	st := State{MaxStack: 1 << 18}
	st.Reset(p, subject, false, 0, len(subject))
	ok, err := st.Match()
	if !ok || err != nil {
		t.Fatalf("Match: %v, %v", ok, err)
	}
	if from, to := st.Group(1); from != len(subject)-2 || to != len(subject)-1 {
		t.Errorf("group 1 from %d to %d of %d", from, to, len(subject))
	}
}

func TestPoll(t *testing.T) {
	// (?:a+)+b takes forever.
	code := []uint32{
		codeRepeat, 10, 1, MaxRepeat, codeRepeatOne, 6, 1, MaxRepeat, codeLiteral, 'a', codeSuccess, codeMaxUntil,
		codeLiteral, 'b', codeSuccess,
	}
	p, err := Compile(code, 0)
	if err != nil {
		t.Fatal(err)
	}
	polls := 0
	st := State{Poll: func() error {
		if polls++; polls == 3 {
			return errEnough
		}
		return nil
	}}
	subject := strings.Repeat("a", 100)
	st.Reset(p, subject, false, 0, len(subject))
	if _, err := st.Search(); !errors.Is(err, errEnough) {
		t.Errorf("Search: %v; want %v", err, errEnough)
	}
}

// TestAllocations asserts that matching with a used state allocates nothing.
func TestAllocations(t *testing.T) {
	p, err := Compile(nested, 0)
	if err != nil {
		t.Fatal(err)
	}
	var st State
	subject := "xx" + strings.Repeat("ab", 20) + "c" + strings.Repeat("ab", 20) + "c"
	n := testing.AllocsPerRun(100, func() {
		st.Reset(p, subject, false, 0, len(subject))
		for found := 0; ; found++ {
			ok, _ := st.Next()
			if !ok {
				if found != 2 {
					t.Errorf("%d matches; want 2", found)
				}
				return
			}
		}
	})
	if n != 0 {
		t.Errorf("%v allocations; want none", n)
	}
}

func TestPoints(t *testing.T) {
	text := "aé€😀\xed\xa0\x80z plain text of some length ééééééééééé 😀😀😀😀😀 end"
	offsets := []int{}
	for i := 0; i < len(text); i = next(text, i) {
		offsets = append(offsets, i)
	}
	if got := CountPoints(text); got != len(offsets) {
		t.Errorf("CountPoints: %d; want %d", got, len(offsets))
	}
	for n, want := range offsets {
		if got := SkipPoints(text, n); got != want {
			t.Errorf("SkipPoints(%d): %d; want %d", n, got, want)
		}
		if got := CountPoints(text[:want]); got != n {
			t.Errorf("CountPoints(text[:%d]): %d; want %d", want, got, n)
		}
	}
	if got := SkipPoints(text, 1000); got != len(text) {
		t.Errorf("SkipPoints(1000): %d; want %d", got, len(text))
	}
}
