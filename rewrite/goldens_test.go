package rewrite_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// goldenFile is a .pyc of the repository's golden archives.
type goldenFile struct {
	name string
	data []byte
}

var goldenFiles = sync.OnceValues(func() (map[pyver.Version][]goldenFile, error) {
	paths, err := filepath.Glob("../testdata/golden/*.tar.gz")
	if err != nil {
		return nil, err
	}
	files := map[pyver.Version][]goldenFile{}
	for _, path := range paths {
		v, err := pyver.Parse(strings.TrimSuffix(filepath.Base(path), ".tar.gz"))
		if err != nil {
			return nil, err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		a, err := conformance.ReadArchive(data)
		if err != nil {
			return nil, err
		}
		for _, f := range a.Files {
			files[v] = append(files[v], goldenFile{f.Source, f.PYC})
		}
	}
	return files, nil
})

// goldenObjects calls test for every code object of the golden files.
func goldenObjects(t *testing.T, test func(t *testing.T, o *code.Object)) {
	t.Helper()
	files, err := goldenFiles()
	if err != nil || len(files) < 11 {
		t.Fatalf("goldens of %d versions (%v), want 11", len(files), err)
	}
	for v, list := range files {
		t.Run(v.String(), func(t *testing.T) {
			for _, g := range list {
				f, err := pyc.Read(g.data, pyc.Options{})
				if err != nil {
					t.Fatalf("%s: %v", g.name, err)
				}
				for o := range f.Code.All() {
					if t.Failed() {
						t.Logf("%s, %s", g.name, o.QualNameText())
						return
					}
					test(t, o)
				}
			}
		})
	}
}

func decode(t testing.TB, o *code.Object) *rewrite.Func {
	t.Helper()
	f, err := rewrite.Decode(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func encode(t testing.TB, f *rewrite.Func) *code.Object {
	t.Helper()
	o, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestRoundTrip(t *testing.T) {
	files, err := goldenFiles()
	if err != nil {
		t.Fatal(err)
	}
	for v, list := range files {
		t.Run(v.String(), func(t *testing.T) {
			for _, g := range list {
				f, err := pyc.Read(g.data, pyc.Options{})
				if err != nil {
					t.Fatalf("%s: %v", g.name, err)
				}
				for o := range f.Code.All() {
					before := *o
					again := encode(t, decode(t, o))
					if *o != before {
						t.Errorf("%s: Decode changed %s", g.name, o.QualNameText())
					}
					// What did not change is not only equal but the same.
					if *again != *o {
						t.Errorf("%s: %s: got other fields than there were", g.name, o.QualNameText())
					}
					*o = *again
				}
				got, err := f.Bytes()
				if err != nil || !bytes.Equal(got, g.data) {
					t.Errorf("%s: got other bytes (%v)", g.name, err)
				}
			}
		})
	}
}

// TestTablesAnew encodes with nothing kept. From 3.10 on the tables and stack
// sizes are those of the compiler; before, compilers write entries that say
// nothing, and take the size before they fold constants.
func TestTablesAnew(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		f.Object.Code, f.Object.LineTable, f.Object.ExceptionTable, f.Object.StackSize = nil, nil, nil, 0
		again := encode(t, f)
		name := o.QualNameText()
		if again.Code.S != o.Code.S {
			t.Errorf("%s: other bytecode", name)
		}
		if err := again.CheckLines(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if o.Version >= pyver.Py310 {
			if got, want := again.LineTable.S, o.LineTable.S; got != want {
				t.Errorf("%s: line table: got %x, want %x", name, got, want)
			}
			if got, want := again.StackSize, o.StackSize; got != want {
				t.Errorf("%s: stack size: got %d, want %d", name, got, want)
			}
		} else if again.StackSize > o.StackSize {
			t.Errorf("%s: stack size: got %d, want at most %d", name, again.StackSize, o.StackSize)
		}
		if o.Version >= pyver.Py311 && again.ExceptionTable.S != o.ExceptionTable.S {
			t.Errorf("%s: exception table: got %x, want %x", name, again.ExceptionTable.S, o.ExceptionTable.S)
		}
		other := decode(t, again)
		for i := range f.Code {
			if got, want := other.Code[i].Pos, f.Code[i].Pos; got != want {
				t.Errorf("%s: position of item %d: got %v, want %v", name, i, got, want)
			}
		}
	})
}

// TestGrow makes every function long by NOPs between all instructions, so that
// jumps become wide and change what they push around, and takes the NOPs away
// again from what that was encoded to.
func TestGrow(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		if len(f.Code) > 2000 {
			return
		}
		for range f.Find(opcode.NOP) {
			return
		}
		nops := make([]rewrite.Instr, 1+300/(len(f.Code)+1))
		for i := range nops {
			nops[i].Op = opcode.NOP
		}
		for i := len(f.Code) - 1; i >= 0; i-- {
			f.Insert(i, nops...)
		}
		long := encode(t, f)
		g := decode(t, long)
		for i := range g.FindBackward(opcode.NOP) {
			g.Delete(i, i+1)
		}
		again := encode(t, g)
		if got, want := again.Code.S, o.Code.S; got != want {
			// Compilers up to 3.9 leave needless EXTENDED_ARGs, of which
			// nothing is left when a jump needed one in between.
			if o.Version > pyver.Py39 || len(got) >= len(want) {
				t.Errorf("%s: got %x, want %x", o.QualNameText(), got, want)
			}
			return
		}
		if o.Version >= pyver.Py311 && again.ExceptionTable.S != o.ExceptionTable.S {
			t.Errorf("%s: exception table: got %x, want %x", o.QualNameText(), again.ExceptionTable.S, o.ExceptionTable.S)
		}
		was, is := decode(t, o), decode(t, again)
		for i := range was.Code {
			if got, want := is.Code[i].Pos, was.Code[i].Pos; got != want {
				t.Errorf("%s: position of item %d: got %v, want %v", o.QualNameText(), i, got, want)
				break
			}
		}
	})
}

// TestOperandsRoundTrip sets all operands to what they are, with and without
// the oparg they came from.
func TestOperandsRoundTrip(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		for i, in := range f.Instructions() {
			v := f.Operand(i)
			arg := in.Arg
			if err := f.SetOperand(i, v); err != nil {
				t.Fatal(err)
			}
			if in.Arg != arg {
				t.Errorf("%s: %v: oparg %d became %d", o.QualNameText(), in.Op, arg, in.Arg)
			}
			v.Arg = 1 << 29
			if err := f.SetOperand(i, v); err != nil {
				t.Fatal(err)
			}
			if v.Kind == opcode.NoOperand {
				in.Arg = arg
			}
			again := f.Operand(i)
			again.Arg = v.Arg
			if v.Kind == opcode.Const {
				// Some compilers leave equal constants twice.
				if got, want := fmt.Sprintf("%T", again.Const), fmt.Sprintf("%T", v.Const); got != want {
					t.Errorf("%s: constant: got %s, want %s", o.QualNameText(), got, want)
				}
				continue
			}
			if again != v {
				t.Errorf("%s: %v: operand %+v became %+v", o.QualNameText(), in.Op, v, again)
			}
		}
		if f.Object.Names != o.Names || f.Object.Consts != o.Consts {
			t.Errorf("%s: the tuples changed", o.QualNameText())
		}
	})
}

// TestCompact adds constants and names that nothing uses, and drops them.
func TestCompact(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		var want []rewrite.Operand
		for i := range f.Instructions() {
			v := f.Operand(i)
			v.Arg = 0
			want = append(want, v)
		}
		f.AddName("nothing uses this name")
		f.AddConst(&code.Str{S: "nothing uses this constant"})
		f.Compact()
		if n := f.Object.Names.Len(); n > o.Names.Len() {
			t.Errorf("%s: %d names, there were %d", o.QualNameText(), n, o.Names.Len())
		}
		n := 0
		for i := range f.Instructions() {
			v := f.Operand(i)
			v.Arg = 0
			if v != want[n] {
				t.Errorf("%s: operand %+v became %+v", o.QualNameText(), want[n], v)
			}
			n++
		}
		if o.Consts.Len() > 0 && f.Object.Consts.Items[0] != o.Consts.Items[0] {
			t.Errorf("%s: the first constant is gone", o.QualNameText())
		}
		encode(t, f)
	})
}

// TestClone changes a clone in every way there is.
func TestClone(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		f.AddName("a new name")
		want := encode(t, f)
		c := f.Clone()
		c.AddName("another")
		c.AddConst(&code.Str{S: "and a constant"})
		c.AddLocal("and a local")
		c.Insert(0, rewrite.Instr{Op: opcode.NOP})
		for i := range c.Code {
			if l := c.Code[i].Label; l != nil && f.LabelIndex(l) >= 0 {
				t.Errorf("%s: the clone shares a label", o.QualNameText())
			}
		}
		encode(t, c)
		if got := encode(t, f); got.Code.S != want.Code.S || got.Names.Len() != want.Names.Len() || got.Consts != want.Consts {
			t.Errorf("%s: changing the clone changed the original", o.QualNameText())
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	bench(b, func(o *code.Object, f *rewrite.Func) error {
		_, err := rewrite.Decode(o)
		return err
	})
}

func BenchmarkEncode(b *testing.B) {
	bench(b, func(o *code.Object, f *rewrite.Func) error {
		_, err := f.Encode()
		return err
	})
}

func BenchmarkEncodeAnew(b *testing.B) {
	bench(b, func(o *code.Object, f *rewrite.Func) error {
		g := *f
		again := *f.Object
		again.Code, again.LineTable, again.ExceptionTable = nil, nil, nil
		g.Object = &again
		_, err := g.Encode()
		return err
	})
}

func BenchmarkStackSize(b *testing.B) {
	bench(b, func(o *code.Object, f *rewrite.Func) error {
		_, err := f.StackSize()
		return err
	})
}

func BenchmarkGraph(b *testing.B) {
	bench(b, func(o *code.Object, f *rewrite.Func) error {
		_, err := f.Graph()
		return err
	})
}

// bench runs f over the goldens of 3.9 and 3.14; bytes are those of bytecode.
func bench(b *testing.B, run func(*code.Object, *rewrite.Func) error) {
	files, err := goldenFiles()
	if err != nil {
		b.Fatal(err)
	}
	for _, v := range []pyver.Version{pyver.Py39, pyver.Py314} {
		b.Run(v.String(), func(b *testing.B) {
			var objects []*code.Object
			var funcs []*rewrite.Func
			size := 0
			for _, g := range files[v] {
				f, err := pyc.Read(g.data, pyc.Options{})
				if err != nil {
					b.Fatal(err)
				}
				for o := range f.Code.All() {
					objects = append(objects, o)
					funcs = append(funcs, decode(b, o))
					size += len(o.Code.S)
				}
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for i, o := range objects {
					if err := run(o, funcs[i]); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// FuzzDecode takes any bytes for bytecode and tables: they decode to a list
// that encodes to the same bytes, or are refused.
func FuzzDecode(f *testing.F) {
	files, err := goldenFiles()
	if err != nil {
		f.Fatal(err)
	}
	for v, list := range files {
		for _, g := range list[:5] {
			file, err := pyc.Read(g.data, pyc.Options{})
			if err != nil {
				f.Fatal(err)
			}
			for o := range file.Code.All() {
				table := ""
				if o.ExceptionTable != nil {
					table = o.ExceptionTable.S
				}
				f.Add(uint16(v), []byte(o.Code.S), []byte(o.LineTable.S), []byte(table), o.FirstLine)
			}
		}
	}
	f.Add(uint16(pyver.Py35), []byte("\x90\x01\x00\x64\x00\x00\x53"), []byte{}, []byte{}, 1)
	f.Fuzz(func(t *testing.T, version uint16, bytecode, lines, exceptions []byte, first int) {
		o := &code.Object{
			Version:        pyver.Version(version),
			FirstLine:      int(int32(first)),
			StackSize:      3,
			Code:           &code.Bytes{S: string(bytecode)},
			LineTable:      &code.Bytes{S: string(lines)},
			ExceptionTable: &code.Bytes{S: string(exceptions)},
			Consts:         &code.Tuple{Items: []code.Value{code.None, &code.Int{V: 1}}},
			Names:          &code.Tuple{Items: []code.Value{&code.Str{S: "a"}, &code.Str{S: "b"}}},
			LocalsPlusNames: &code.Tuple{Items: []code.Value{
				&code.Str{S: "x"}, &code.Str{S: "y"}, &code.Str{S: "z"},
			}},
			LocalsPlusKinds: &code.Bytes{S: "\x20\x20\x40"},
		}
		fn, err := rewrite.Decode(o)
		if err != nil {
			return
		}
		again, err := fn.Encode()
		if err != nil {
			t.Fatalf("decoded, but not encoded again: %v", err)
		}
		if *again != *o {
			t.Errorf("got %x, lines %x, exceptions %x", again.Code.S, again.LineTable.S, again.ExceptionTable.S)
		}
		for i := range fn.Instructions() {
			v := fn.Operand(i)
			arg := fn.Code[i].Arg
			if err := fn.SetOperand(i, v); err == nil && fn.Code[i].Arg != arg {
				t.Errorf("%v: oparg %d became %d", fn.Code[i].Op, arg, fn.Code[i].Arg)
			}
		}
		if g, err := fn.Graph(); err == nil {
			checkGraph(t, fn, g)
		}
		fn.StackSize()
		fn.Compact()
		fn.AddLocal("w")
		fn.Insert(0, rewrite.Instr{Op: opcode.NOP})
		if o, err := fn.Encode(); err == nil {
			if _, err := rewrite.Decode(o); err != nil && !strings.Contains(err.Error(), "EXTENDED_ARG") {
				t.Errorf("encoded, but not decoded again: %v", err)
			}
		}
	})
}
