package assemble_test

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// program is a file as testdata/units.py tells of it: the units that the
// interpreter compiled it to, in the order they were finished, and what became of
// them.
type program struct {
	name  string
	size  int
	units []unit
}

type unit struct {
	want                              *code.Object
	instrs, annotations               string
	hasAnnotations                    bool
	consts                            []code.Value
	names, vars, cells, frees, hidden []string
}

// readPrograms reads what testdata/units.py wrote.
func readPrograms(b []byte) ([]program, error) {
	var programs []program
	for len(b) >= 4 {
		n := int(binary.LittleEndian.Uint32(b))
		v, _, err := marshal.Read(b[4:4+n], marshal.Options{Version: pyver.Py314})
		if err != nil {
			return nil, err
		}
		b = b[4+n:]
		items := v.(*code.Tuple).Items
		p := program{name: code.Text(items[0]), size: int(items[1].(*code.Int).V)}
		for _, v := range items[2].(*code.Tuple).Items {
			u := v.(*code.Tuple).Items
			_, none := u[2].(*code.NoneType)
			p.units = append(p.units, unit{
				want: u[0].(*code.Object), instrs: code.Text(u[1]), annotations: code.Text(u[2]), hasAnnotations: !none,
				consts: u[3].(*code.Tuple).Items, names: texts(u[4]), vars: texts(u[5]), cells: texts(u[6]),
				frees: texts(u[7]), hidden: texts(u[8]),
			})
		}
		programs = append(programs, p)
	}
	return programs, nil
}

func texts(v code.Value) []string {
	var list []string
	for _, item := range v.(*code.Tuple).Items {
		list = append(list, code.Text(item))
	}
	return list
}

var opByNumber = func() map[int32]opcode.Op {
	m := map[int32]opcode.Op{}
	for info := range opcode.For(pyver.Py314).All() {
		m[int32(info.Number)] = info.Op
	}
	return m
}()

// sequence makes a sequence of the instructions that units.py packed: opcode,
// oparg, lines and columns. Opargs of jumps are indices of instructions.
func sequence(s *instruction.Sequence, packed string) {
	const size = 24
	n := len(packed) / size
	field := func(i, k int) int32 { return int32(binary.LittleEndian.Uint32([]byte(packed[i*size+4*k:]))) }
	labels := make([]instruction.Label, n+1)
	for i := range labels {
		labels[i] = instruction.NoLabel
	}
	for i := range n {
		if arg := field(i, 1); target(opByNumber[field(i, 0)]) && labels[arg] == instruction.NoLabel {
			labels[arg] = s.NewLabel()
		}
	}
	for i := range n {
		if labels[i] != instruction.NoLabel {
			s.Use(labels[i])
		}
		op, arg := opByNumber[field(i, 0)], field(i, 1)
		at := source.Span{Line: field(i, 2), Col: field(i, 3), EndLine: field(i, 4), EndCol: field(i, 5)}
		if target(op) {
			s.Jump(op, labels[arg], at)
		} else {
			s.Add(op, arg, at)
		}
	}
}

// build makes the unit that u tells of. made has the objects that were made in
// place of others before.
func (u *unit) build(cache *instruction.Cache, filename *code.Str, made map[*code.Object]*code.Object) *instruction.Unit {
	o := u.want
	r := &instruction.Unit{
		Version: pyver.Py314, Filename: filename, Name: code.Text(o.Name), QualName: code.Text(o.QualName),
		Flags: o.Flags, FirstLine: int32(o.FirstLine),
		ArgCount: o.ArgCount - o.PosOnlyArgCount, PosOnlyArgCount: o.PosOnlyArgCount, KwOnlyArgCount: o.KwOnlyArgCount,
		Cache: cache,
	}
	for _, v := range u.consts {
		r.Consts.Add(clone(v, made), cache)
	}
	add := func(n *instruction.Names, list []string) {
		for _, s := range list {
			n.Add(s)
		}
	}
	add(&r.Names, u.names)
	add(&r.VarNames, u.vars)
	add(&r.CellVars, u.cells)
	add(&r.FreeVars, u.frees)
	for _, s := range u.hidden {
		if r.FastHidden == nil {
			r.FastHidden = map[string]bool{}
		}
		r.FastHidden[s] = true
	}
	sequence(&r.Code, u.instrs)
	if u.hasAnnotations {
		r.Code.Annotations = new(instruction.Sequence)
		sequence(r.Code.Annotations, u.annotations)
	}
	return r
}

// clone returns a constant as codegen would have made it: without a Form.
func clone(v code.Value, made map[*code.Object]*code.Object) code.Value {
	all := func(items []code.Value) []code.Value {
		list := make([]code.Value, len(items))
		for i, item := range items {
			list[i] = clone(item, made)
		}
		return list
	}
	switch v := v.(type) {
	case *code.Object:
		if o, ok := made[v]; ok {
			return o
		}
	case *code.Str:
		return &code.Str{S: v.S}
	case *code.Bytes:
		return &code.Bytes{S: v.S}
	case *code.Int:
		if v.Big != nil {
			return &code.Int{Big: new(big.Int).Set(v.Big)}
		}
		return &code.Int{V: v.V}
	case *code.Float:
		return &code.Float{V: v.V}
	case *code.Complex:
		return &code.Complex{Re: v.Re, Im: v.Im}
	case *code.Tuple:
		return &code.Tuple{Items: all(v.Items)}
	case *code.Set:
		return &code.Set{Items: all(v.Items), Frozen: v.Frozen}
	case *code.Slice:
		return &code.Slice{Start: clone(v.Start, made), Stop: clone(v.Stop, made), Step: clone(v.Step, made)}
	}
	return v
}

// differences says in what got is not want, but for the code inside of it.
func differences(got, want *code.Object) []string {
	var list []string
	diff := func(what string, g, w any) {
		if g != w {
			list = append(list, fmt.Sprintf("%s: got %v, want %v", what, g, w))
		}
	}
	diff("flags", got.Flags, want.Flags)
	diff("argcount", got.ArgCount, want.ArgCount)
	diff("posonlyargcount", got.PosOnlyArgCount, want.PosOnlyArgCount)
	diff("kwonlyargcount", got.KwOnlyArgCount, want.KwOnlyArgCount)
	diff("nlocals", got.LocalCount(), want.LocalCount())
	diff("stacksize", got.StackSize, want.StackSize)
	diff("firstlineno", got.FirstLine, want.FirstLine)
	diff("name", code.Text(got.Name), code.Text(want.Name))
	diff("qualname", code.Text(got.QualName), code.Text(want.QualName))
	diff("names", fmt.Sprint(got.GlobalNames()), fmt.Sprint(want.GlobalNames()))
	diff("localsplus", fmt.Sprintf("%s %x", texts(got.LocalsPlusNames), got.LocalsPlusKinds.S),
		fmt.Sprintf("%s %x", texts(want.LocalsPlusNames), want.LocalsPlusKinds.S))
	diff("consts", key(got.Consts), key(want.Consts))
	diff("code", fmt.Sprintf("%x", code.Text(got.Code)), fmt.Sprintf("%x", code.Text(want.Code)))
	diff("linetable", fmt.Sprintf("%x", code.Text(got.LineTable)), fmt.Sprintf("%x", code.Text(want.LineTable)))
	diff("exceptiontable", fmt.Sprintf("%x", code.Text(got.ExceptionTable)), fmt.Sprintf("%x", code.Text(want.ExceptionTable)))
	return list
}

func key(t *code.Tuple) string {
	var list []string
	for _, v := range t.Items {
		if o, ok := v.(*code.Object); ok {
			list = append(list, "code "+code.Text(o.QualName))
			continue
		}
		list = append(list, fmt.Sprintf("%q", instruction.AppendKey(nil, v)))
	}
	return fmt.Sprint(list)
}

// units returns the programs to test with: those of the file that KRAIT_UNITS
// names, which testdata/units.py wrote, or those of testdata/py, compiled with the
// optimization level given.
func units(t testing.TB, level int) []program {
	t.Helper()
	name := os.Getenv("KRAIT_UNITS")
	if name == "" {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			t.Skip(err)
		}
		files, err := filepath.Glob("../testdata/py/*.py")
		if err != nil || len(files) == 0 {
			t.Fatal("no programs", err)
		}
		name = filepath.Join(t.TempDir(), "units")
		args := append([]string{"testdata/units.py", name, strconv.Itoa(level)}, files...)
		if out, err := exec.Command(in.Path, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	programs, err := readPrograms(b)
	if err != nil {
		t.Fatal(err)
	}
	return programs
}
