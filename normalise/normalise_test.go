package normalise_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/normalise"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// goldens calls f for each version's compiled test programs.
func goldens(t *testing.T, f func(t *testing.T, v pyver.Version, files []conformance.ArchiveFile)) {
	paths, err := filepath.Glob("../testdata/golden/*.tar.gz")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range paths {
		v, err := pyver.Parse(strings.TrimSuffix(filepath.Base(path), ".tar.gz"))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(v.String(), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, err := conformance.ReadArchive(data)
			if err != nil {
				t.Fatal(err)
			}
			f(t, v, a.Files)
		})
	}
}

// normal returns the normal form of a file.
func normal(data []byte, opts normalise.Options) ([]byte, error) {
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		return nil, err
	}
	n, err := normalise.File(f, opts)
	if err != nil {
		return nil, err
	}
	return n.Bytes()
}

func mustNormal(t *testing.T, data []byte) []byte {
	t.Helper()
	b, err := normal(data, normalise.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestIdempotent(t *testing.T) {
	goldens(t, func(t *testing.T, v pyver.Version, files []conformance.ArchiveFile) {
		for _, f := range files {
			once := mustNormal(t, f.PYC)
			if twice := mustNormal(t, once); !bytes.Equal(once, twice) {
				t.Errorf("%s: the normal form of the normal form is another", f.Source)
			}
		}
	})
}

// shuffle changes how values are written without changing them: reference
// flags come and go, and with them what is shared and what is a copy.
func shuffle(o *code.Object, r *rand.Rand) {
	flip := func(f *code.Form) {
		if r.IntN(3) == 0 {
			*f ^= code.FlagRef
		}
	}
	seen := map[*code.Tuple]bool{}
	var walk func(v code.Value)
	walk = func(v code.Value) {
		switch v := v.(type) {
		case *code.Str:
			flip(&v.Form)
		case *code.Bytes:
			flip(&v.Form)
		case *code.Int:
			flip(&v.Form)
		case *code.Tuple:
			if seen[v] {
				return
			}
			seen[v] = true
			flip(&v.Form)
			for _, item := range v.Items {
				walk(item)
			}
		}
	}
	for o := range o.All() {
		for _, v := range []code.Value{o.Code, o.Consts, o.Names, o.Filename, o.Name, o.LineTable} {
			walk(v)
		}
	}
}

func TestReferenceFlagsDoNotMatter(t *testing.T) {
	goldens(t, func(t *testing.T, v pyver.Version, files []conformance.ArchiveFile) {
		if v < pyver.Py34 {
			t.Skip("no reference flags")
		}
		r := rand.New(rand.NewPCG(1, uint64(v)))
		changed := 0
		for _, f := range files {
			file, err := pyc.Read(f.PYC, pyc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			shuffle(file.Code, r)
			other, err := file.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(other, f.PYC) {
				changed++
			}
			if !bytes.Equal(mustNormal(t, other), mustNormal(t, f.PYC)) {
				t.Errorf("%s: the normal form depends on reference flags", f.Source)
			}
		}
		if changed < len(files)/2 {
			t.Errorf("only %d of %d files were changed by the test", changed, len(files))
		}
	})
}

// picture is a Python function that writes everything a code object holds,
// types included, with sets sorted.
const picture = `
def show(v):
    t = type(v).__name__
    if hasattr(v, 'co_code'):
        names = sorted(n for n in dir(v) if n.startswith('co_'))
        return '%s(%s)' % (t, ', '.join(n + '=' + show(getattr(v, n)) for n in names if not callable(getattr(v, n))))
    if isinstance(v, (tuple, list)):
        return '%s(%s)' % (t, ', '.join(show(i) for i in v))
    if isinstance(v, (set, frozenset)):
        return '%s(%s)' % (t, ', '.join(sorted(show(i) for i in v)))
    if isinstance(v, dict):
        return '%s(%s)' % (t, ', '.join(show(k) + ': ' + show(v[k]) for k in v))
    if t == 'slice':
        return 'slice(%s, %s, %s)' % (show(v.start), show(v.stop), show(v.step))
    return t + ' ' + repr(v)
import marshal, warnings
warnings.simplefilter('ignore')
`

// pyBytes returns data as a literal of Python.
func pyBytes(data []byte) string {
	var b strings.Builder
	b.WriteString("b'")
	for _, c := range data {
		fmt.Fprintf(&b, `\x%02x`, c)
	}
	return b.String() + "'"
}

// TestPythonReadsTheSame asks the interpreters that are here whether the
// normal form loads as the same code object.
func TestPythonReadsTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("asks interpreters")
	}
	goldens(t, func(t *testing.T, v pyver.Version, files []conformance.ArchiveFile) {
		in, err := oracle.Find(v)
		if err != nil {
			t.Skip(err)
		}
		s := in.Start(oracle.Config{})
		defer s.Close()
		for _, f := range files {
			h, err := pyc.ReadHeader(f.PYC, pyc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			n := h.Len()
			program := picture + "a, b = show(marshal.loads(" + pyBytes(f.PYC[n:]) + ")), show(marshal.loads(" + pyBytes(mustNormal(t, f.PYC)[n:]) + "))\n" +
				"result = 'same' if a == b else a + '\\n' + b\n"
			got, err := s.Exec(program)
			if err != nil {
				t.Fatal(err)
			}
			if got != "same" {
				t.Errorf("%s: python reads\n%s", f.Source, got)
			}
		}
	})
}

func TestMergesOnlyWhatIsTheSame(t *testing.T) {
	i := func(n int64) code.Value { return &code.Int{V: n} }
	tuple := func(items ...code.Value) code.Value { return &code.Tuple{Items: items} }
	frozen := func(items ...code.Value) code.Value { return &code.Set{Frozen: true, Items: items} }
	nan := &code.Float{V: math.NaN()}
	var none *big.Int
	for _, test := range []struct {
		name   string
		a, b   code.Value
		merged bool
	}{
		{"ints", i(1), i(1), true},
		{"int and bool", i(1), &code.Bool{V: true}, false},
		{"int and float", i(1), &code.Float{V: 1}, false},
		{"large ints", &code.Int{Big: new(big.Int).Lsh(big.NewInt(1), 99)}, &code.Int{Big: new(big.Int).Lsh(big.NewInt(1), 99)}, true},
		{"large int and its negative", &code.Int{Big: new(big.Int).Lsh(big.NewInt(1), 99)}, &code.Int{Big: new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), 99))}, false},
		{"small int in Big", &code.Int{Big: big.NewInt(7)}, &code.Int{V: 7, Big: none}, true},
		{"zeros", &code.Float{}, &code.Float{V: math.Copysign(0, -1)}, false},
		{"floats", &code.Float{V: 0.5, Form: 'f', Text: "0.50"}, &code.Float{V: 0.5}, true},
		{"nan", nan, &code.Float{V: math.NaN()}, false},
		{"the same nan", nan, nan, true},
		{"complex", &code.Complex{Im: 1}, &code.Complex{Im: 1}, true},
		{"complex zeros", &code.Complex{}, &code.Complex{Re: math.Copysign(0, -1)}, false},
		{"complex nan", &code.Complex{Im: math.NaN()}, &code.Complex{Im: math.NaN()}, false},
		{"str", &code.Str{S: "a"}, &code.Str{S: "a", Form: 'u'}, true},
		{"str and bytes", &code.Str{S: "a"}, &code.Bytes{S: "a"}, false},
		{"interned", &code.Str{S: "a"}, &code.Str{S: "a", Interned: true}, false},
		{"tuples", tuple(i(1), i(2)), tuple(i(1), i(2)), true},
		{"tuple order", tuple(i(1), i(2)), tuple(i(2), i(1)), false},
		{"tuple and prefix", tuple(i(1), i(2)), tuple(i(1)), false},
		{"tuples of int and bool", tuple(i(1)), tuple(code.True), false},
		{"tuples of nan", tuple(nan), tuple(&code.Float{V: math.NaN()}), false},
		{"tuples of the same nan", tuple(nan), tuple(nan), true},
		{"tuples of lists", tuple(&code.List{}), tuple(&code.List{}), false},
		{"frozensets", frozen(i(1), i(2)), frozen(i(2), i(1)), true},
		{"frozenset and tuple", frozen(i(1)), tuple(i(1)), false},
		{"frozenset and set", frozen(i(1)), &code.Set{Items: []code.Value{i(1)}}, false},
		{"lists", &code.List{}, &code.List{}, false},
		{"sets", &code.Set{}, &code.Set{}, false},
		{"slices", &code.Slice{Start: i(1), Stop: code.None, Step: code.None}, &code.Slice{Start: i(1), Stop: code.None, Step: code.None}, true},
		{"code objects", &code.Object{}, &code.Object{}, false},
	} {
		v, err := normalise.Value(&code.List{Items: []code.Value{test.a, test.b}}, pyver.Py314)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		items := v.(*code.List).Items
		if got := items[0] == items[1]; got != test.merged {
			t.Errorf("%s: merged %v, want %v", test.name, got, test.merged)
		}
	}

	long := &code.List{Items: []code.Value{&code.Int{V: 1, Form: 'l'}, i(1)}}
	for v, want := range map[pyver.Version]bool{pyver.Py27: false, pyver.Py30: true, pyver.Py314: true} {
		n, err := normalise.Value(long, v)
		if err != nil {
			t.Fatal(err)
		}
		items := n.(*code.List).Items
		if got := items[0] == items[1]; got != want {
			t.Errorf("python %v: 1L and 1 merged %v, want %v", v, got, want)
		}
	}
}

func TestSharingStays(t *testing.T) {
	list := &code.List{}
	v, err := normalise.Value(&code.Tuple{Items: []code.Value{list, list}}, pyver.Py314)
	if err != nil {
		t.Fatal(err)
	}
	items := v.(*code.Tuple).Items
	if items[0] != items[1] || items[0] == code.Value(list) {
		t.Error("one list, twice in a tuple, became two, or was not copied")
	}
}

func TestCycle(t *testing.T) {
	tuple := &code.Tuple{Items: make([]code.Value, 2)}
	list := &code.List{Items: []code.Value{tuple}}
	tuple.Items[0], tuple.Items[1] = list, tuple
	v, err := normalise.Value(tuple, pyver.Py314)
	if err != nil {
		t.Fatal(err)
	}
	n := v.(*code.Tuple)
	if n == tuple || n.Items[1] != v || n.Items[0].(*code.List).Items[0] != v {
		t.Errorf("a tuple in itself came out as %v", n)
	}
	if _, err := marshal.Write(n, marshal.Options{}); err != nil {
		t.Error(err)
	}
}

func TestSetsAreSorted(t *testing.T) {
	str := func(s string) code.Value { return &code.Str{S: s} }
	a := &code.Set{Items: []code.Value{str("b"), str("a"), &code.Int{V: 3}}}
	b := &code.Set{Items: []code.Value{&code.Int{V: 3}, str("a"), str("b")}}
	for _, v := range pyver.All() {
		var got [2][]byte
		for i, set := range []*code.Set{a, b} {
			n, err := normalise.Value(set, v)
			if err != nil {
				t.Fatal(err)
			}
			if got[i], err = marshal.Write(n, marshal.Options{Version: v}); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got[0], got[1]) {
			t.Errorf("python %v: sets in different order have different normal forms", v)
		}
	}
}

func TestHeaders(t *testing.T) {
	obj := &code.Object{Version: pyver.Py314}
	stamped := &pyc.Header{Magic: 3627, Version: pyver.Py314, ModTime: 7, SourceSize: 8}
	hashed := &pyc.Header{Magic: 3627, Version: pyver.Py314, Flags: pyc.HashBased | pyc.CheckSource, Hash: [8]byte{1, 2}}
	old := &pyc.Header{Magic: 3379, Version: pyver.Py36, ModTime: 7, SourceSize: 8}
	for _, test := range []struct {
		name string
		in   *pyc.Header
		how  normalise.Header
		want pyc.Header
		fail bool
	}{
		{"keep", stamped, normalise.KeepHeader, *stamped, false},
		{"keep hash", hashed, normalise.KeepHeader, *hashed, false},
		{"unchecked", stamped, normalise.UncheckedHash, pyc.Header{Magic: 3627, Version: pyver.Py314, Flags: pyc.HashBased}, false},
		{"unchecked hash", hashed, normalise.UncheckedHash, pyc.Header{Magic: 3627, Version: pyver.Py314, Flags: pyc.HashBased, Hash: [8]byte{1, 2}}, false},
		{"unchecked old", old, normalise.UncheckedHash, pyc.Header{}, true},
		{"zero", stamped, normalise.ZeroHeader, pyc.Header{Magic: 3627, Version: pyver.Py314}, false},
		{"zero hash", hashed, normalise.ZeroHeader, pyc.Header{Magic: 3627, Version: pyver.Py314}, false},
		{"zero old", old, normalise.ZeroHeader, pyc.Header{Magic: 3379, Version: pyver.Py36}, false},
	} {
		f, err := normalise.File(&pyc.File{Header: test.in, Code: obj, Value: obj}, normalise.Options{Header: test.how})
		switch {
		case test.fail != (err != nil):
			t.Errorf("%s: error %v", test.name, err)
		case err == nil && *f.Header != test.want:
			t.Errorf("%s: got %+v, want %+v", test.name, *f.Header, test.want)
		}
	}
}

// hostileSets returns sets in sets, each of which is to be sorted.
func hostileSets(depth, size int) code.Value {
	var v code.Value = &code.Str{S: strings.Repeat("x", size)}
	for i := range depth {
		v = &code.Set{Frozen: true, Items: []code.Value{&code.Int{V: int64(i)}, v}}
	}
	return v
}

func TestLimits(t *testing.T) {
	if _, err := normalise.Value(hostileSets(1000, 1<<20), pyver.Py314); err == nil {
		t.Error("a thousand sets in each other around a megabyte are sorted; want an error")
	}
	var deep code.Value = code.None
	for range marshal.MaxDepth + 1 {
		deep = &code.Tuple{Items: []code.Value{deep}}
	}
	if _, err := normalise.Value(deep, pyver.Py314); err == nil {
		t.Error("values nested too deep are normalised; want an error")
	}
	if _, err := normalise.File(&pyc.File{Header: &pyc.Header{}, Value: code.None}, normalise.Options{}); !errors.Is(err, pyc.ErrNotCode) {
		t.Errorf("a file without code: error %v, want ErrNotCode", err)
	}
}

func FuzzFile(f *testing.F) {
	seed, err := os.ReadFile("../testdata/example/hello.pyc")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	seeds, err := filepath.Glob("../internal/cli/testdata/pyc/*.pyc")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		once, err := normal(data, normalise.Options{})
		if err != nil {
			return
		}
		twice, err := normal(once, normalise.Options{})
		if err != nil {
			t.Fatalf("the normal form cannot be normalised: %v", err)
		}
		if !bytes.Equal(once, twice) {
			t.Error("the normal form of the normal form is another")
		}
	})
}
