package opcode

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// compareRecord compares the table of v with what testdata/record.py printed.
func compareRecord(t *testing.T, v pyver.Version, r io.Reader) {
	t.Helper()
	table := For(v)
	vectors := map[string]string{}
	known := map[string]bool{} // the names that the record has
	effects := 0
	in := bufio.NewScanner(r)
	for in.Scan() {
		f := strings.Fields(in.Text())
		switch f[0] {
		case "#":
		case "have_argument":
			if got := strconv.Itoa(int(table.HaveArgument)); got != f[1] {
				t.Errorf("HaveArgument = %s, want %s", got, f[1])
			}
		case "extended_arg":
			if got := strconv.Itoa(int(table.ExtendedArg)); got != f[1] {
				t.Errorf("ExtendedArg = %s, want %s", got, f[1])
			}
		case "op":
			compareOp(t, table, f)
			known[f[2]] = true
		case "family":
			info := numbered(t, table, f[3])
			if info.Name != f[2] || info.Base.String() != f[1] || !info.Has(Specialized) {
				t.Errorf("opcode %s = %s of %v, want %s of %s", f[3], info.Name, info.Base, f[2], f[1])
			}
			known[f[2]] = true
		case "cache":
			compareCaches(t, table, f[1], f[2:])
		case "table":
			_, text, _ := strings.Cut(in.Text(), f[1]+" ")
			compareTable(t, table, f[1], text)
		case "=":
			_, vectors[f[1]], _ = strings.Cut(in.Text(), f[1]+" ")
		case "effect":
			effects++
			for j, name := range f[2:] {
				compareEffects(t, table, f[1], Jump(j), vectors[name])
			}
		default:
			t.Fatalf("cannot read %q", in.Text())
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	if effects < 256 {
		t.Errorf("%d stack effects, want one per opcode at least", effects)
	}
	for info := range table.All() {
		if !known[info.Name] {
			t.Errorf("%s is not in the record", info.Name)
		}
	}
}

// numbered returns the instruction of a number, pseudo-instructions too.
func numbered(t *testing.T, table *Table, number string) *Info {
	t.Helper()
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	if n < 256 {
		return table.Info(byte(n))
	}
	for i := range table.pseudo {
		if int(table.pseudo[i].Number) == n {
			return &table.pseudo[i]
		}
	}
	t.Fatalf("no pseudo-instruction %d", n)
	return nil
}

// lists are the flags that mirror the version's own lists.
const lists = HasArg | HasConst | HasName | HasLocal | HasFree | HasJRel | HasJAbs | HasCompare | HasExc

func compareOp(t *testing.T, table *Table, f []string) {
	t.Helper()
	info := numbered(t, table, f[1])
	name := f[2]
	if name == "-" {
		if info.Has(Specialized) {
			return // 3.12's hasfree still lists the number LOAD_CLASSDEREF had
		}
		name = "<" + f[1] + ">"
	}
	want := f[3]
	if want == "-" {
		want = ""
	}
	got := info.Flags & lists
	if table.Version < pyver.Py312 {
		if info.Has(HasArg) != (info.Number >= uint16(table.HaveArgument)) {
			t.Errorf("%s: HasArg = %t", name, info.Has(HasArg))
		}
		got &^= HasArg // there is no hasarg
	}
	if info.Name != name || got.String() != want {
		t.Errorf("opcode %s = %s %q, want %s %q", f[1], info.Name, got, name, want)
	}
	if want, ok := table.Lookup(name); ok != (info.Op != 0) || ok && want != info {
		t.Errorf("Lookup(%q) is not opcode %s", name, f[1])
	}
}

func compareCaches(t *testing.T, table *Table, name string, want []string) {
	t.Helper()
	info, ok := table.Lookup(name)
	if !ok {
		t.Errorf("no %s", name)
		return
	}
	var got []string
	entries := 0
	for _, c := range info.CacheFields() {
		got = append(got, c.Name+":"+strconv.Itoa(c.Entries))
		entries += c.Entries
	}
	if !slices.Equal(got, want) || entries != int(info.Caches) {
		t.Errorf("%s: %d cache entries %v, want %v", name, info.Caches, got, want)
	}
}

func compareTable(t *testing.T, table *Table, name, text string) {
	t.Helper()
	var got any
	switch name {
	case "compare":
		got = table.CmpOps
	case "binaryop":
		var pairs [][]string
		for _, o := range table.BinaryOps {
			pairs = append(pairs, []string{o.Name, o.Symbol})
		}
		got = pairs
	case "intrinsic1":
		got = table.Intrinsics1
	case "intrinsic2":
		got = table.Intrinsics2
	case "special":
		got = table.SpecialMethods
	case "commonconst":
		got = table.CommonConstants
	case "convert":
		got = table.Conversions
	case "function":
		got = table.FunctionFlags
	case "codeflags":
		var pairs [][]any
		for _, c := range table.CodeFlags {
			pairs = append(pairs, []any{c.Bit, c.Name})
		}
		got = pairs
	default:
		t.Errorf("unknown table %s", name)
	}
	var want any
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		t.Fatal(err)
	}
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		t.Errorf("table %s = %s, want %s", name, g, w)
	}
}

// recordArgs returns the opargs of record.py.
func recordArgs() []int {
	var args []int
	for i := range 1025 {
		args = append(args, i)
	}
	for k := 11; k < 31; k++ {
		args = append(args, 1<<k-1, 1<<k, 1<<k+1)
	}
	args = append(args, 0x12345, 0x10203, 0x30001, 0x7fff0302, 0xffff03)
	for i := range 16 {
		args = append(args, 0x7ffffff0+i)
	}
	slices.Sort(args)
	return slices.Compact(args)
}

var sampleArgs = recordArgs()

// compareEffects checks one vector; text is in record.py's format.
func compareEffects(t *testing.T, table *Table, number string, jump Jump, text string) {
	t.Helper()
	info := numbered(t, table, number)
	i, bad := 0, 0
	check := func(want int, ok bool) {
		oparg := sampleArgs[i]
		i++
		got, err := info.StackEffect(oparg, jump)
		var see *StackEffectError
		if (err == nil) != ok || got != want && ok || err != nil && !errors.As(err, &see) {
			if bad++; bad < 3 {
				t.Errorf("%s: StackEffect(%d, %d) = %d, %v; want %d, %t", info.Name, oparg, jump, got, err, want, ok)
			}
		}
	}
	for run := range strings.FieldsSeq(text) {
		var first, step, n int
		if _, err := fmt.Sscanf(run, "Ex%d", &n); err == nil {
			for range n {
				check(0, false)
			}
		} else if period, values, ok := strings.Cut(run, ":"); ok {
			all := strings.Split(values, ",")
			if strconv.Itoa(len(all)) != period {
				t.Fatalf("cannot read %q", run)
			}
			for k := range 1025 {
				want, _ := strconv.Atoi(all[k%len(all)])
				check(want, true)
			}
		} else if _, err := fmt.Sscanf(run, "%d%dx%d", &first, &step, &n); err == nil {
			for k := range n {
				check(first+k*step, true)
			}
		} else {
			t.Fatalf("cannot read %q", run)
		}
	}
	if i != len(sampleArgs) {
		t.Errorf("opcode %s: %d effects, want %d", number, i, len(sampleArgs))
	}
}

// TestGolden compares each table with the record of its interpreter or, for
// 3.0 to 3.5, of the release's source.
func TestGolden(t *testing.T) {
	for _, v := range pyver.All() {
		t.Run(v.String(), func(t *testing.T) {
			f, err := os.Open(filepath.Join("testdata", "golden", v.String()+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			compareRecord(t, v, f)
		})
	}
}

// TestInterpreters does the same with the interpreters of this machine.
func TestInterpreters(t *testing.T) {
	for _, v := range pyver.All() {
		t.Run(v.String(), func(t *testing.T) {
			if v < pyver.Py36 {
				t.Skip("has no dis.stack_effect, or is not to be had")
			}
			if testing.Short() {
				t.Skip("takes seconds for each interpreter")
			}
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			if !in.Native() {
				t.Skipf("%s is no program that runs a script", in.Path)
			}
			cmd := exec.Command(in.Path, "-B", filepath.Join("testdata", "record.py"))
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			compareRecord(t, v, strings.NewReader(string(out)))
		})
	}
}
