package opcode

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/pyver"
)

func TestLookups(t *testing.T) {
	for _, v := range pyver.All() {
		table := For(v)
		if table == nil || table.Version != v {
			t.Fatalf("For(%v) = %v", v, table)
		}
		n := 0
		for b := range 256 {
			info := table.Info(byte(b))
			if int(info.Number) != b {
				t.Errorf("%v: Info(%d).Number = %d", v, b, info.Number)
			}
			if info.Op == 0 {
				if want := fmt.Sprintf("<%d>", b); info.Name != want {
					t.Errorf("%v: Info(%d).Name = %q, want %q", v, b, info.Name, want)
				}
				continue
			}
			n++
		}
		all := slices.Collect(table.All())
		for i, info := range all {
			if byName, ok := table.Lookup(info.Name); !ok || byName != info {
				t.Errorf("%v: Lookup(%q) = %v, %t", v, info.Name, byName, ok)
			}
			if byOp, ok := table.ByOp(info.Op); !ok || byOp != info || info.Op.String() != info.Name {
				t.Errorf("%v: ByOp(%v) = %v, %t", v, info.Op, byOp, ok)
			}
			if i > 0 && all[i-1].Number >= info.Number {
				t.Errorf("%v: All yields %s behind %s", v, info.Name, all[i-1].Name)
			}
			if info.Has(Pseudo) != (info.Number > 255) {
				t.Errorf("%v: %s is number %d", v, info.Name, info.Number)
			}
			if !slices.Contains(info.Op.Versions(), v) {
				t.Errorf("%v: %s is in %v", v, info.Name, info.Op.Versions())
			}
		}
		if n+len(table.pseudo) != len(all) {
			t.Errorf("%v: All yields %d instructions, want %d", v, len(all), n+len(table.pseudo))
		}
		if info := table.Info(table.ExtendedArg); info.Op != EXTENDED_ARG {
			t.Errorf("%v: ExtendedArg is %s", v, info.Name)
		}
	}
}

func TestUnknown(t *testing.T) {
	if got := For(pyver.Make(3, 99)); got != nil {
		t.Errorf("For(3.99) = %v", got)
	}
	if got := For(0); got != nil {
		t.Errorf("For(0) = %v", got)
	}
	table := For(pyver.Py314)
	for _, name := range []string{"", "NO_SUCH", "PRINT_ITEM", "<0>", "<44>"} {
		if got, ok := table.Lookup(name); ok {
			t.Errorf("Lookup(%q) = %v", name, got)
		}
	}
	for _, op := range []Op{0, PRINT_ITEM, numOps, 65535} {
		if got, ok := table.ByOp(op); ok {
			t.Errorf("ByOp(%d) = %v", op, got)
		}
	}
	if got, want := Op(65535).String(), "<65535>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFamilies holds for every specialized and instrumented instruction: it is
// laid out as its base is.
func TestFamilies(t *testing.T) {
	for _, v := range pyver.All() {
		table := For(v)
		for info := range table.All() {
			if info.Base == 0 {
				if info.Has(Specialized) {
					t.Errorf("%v: %s has no base", v, info.Name)
				}
				continue
			}
			base, ok := table.ByOp(info.Base)
			if !ok {
				t.Errorf("%v: %s: no %v", v, info.Name, info.Base)
				continue
			}
			if base.Base != 0 || base.Caches != info.Caches || base.Operand != info.Operand && info.Has(HasArg) {
				t.Errorf("%v: %s is not laid out as %s", v, info.Name, base.Name)
			}
			if info.Has(Specialized) && info.Flags&lists != base.Flags&lists {
				t.Errorf("%v: %s has flags %v, %s %v", v, info.Name, info.Flags, base.Name, base.Flags)
			}
			if info.stack != base.stack || info.jump != base.jump {
				t.Errorf("%v: %s and %s have different stack pictures", v, info.Name, base.Name)
			}
		}
	}
}

// TestOperands holds kinds and flags against each other.
func TestOperands(t *testing.T) {
	for _, v := range pyver.All() {
		for info := range For(v).All() {
			if info.Has(Instrumented) {
				continue // on none of the lists in some versions
			}
			for _, c := range []struct {
				flag  Flags
				kinds []Operand
			}{
				{HasConst, []Operand{Const}},
				{HasName, []Operand{Name, NameFlag, NameSuper, NameImport}},
				{HasLocal, []Operand{Local, LocalPair, Free}},
				{HasFree, []Operand{Free}},
				{HasJRel, []Operand{JumpRel, JumpBackward, Origin}},
				{HasJAbs, []Operand{JumpAbs}},
				{HasCompare, []Operand{Compare}},
				{HasExc, []Operand{JumpRel}},
			} {
				if info.Has(c.flag) && !slices.Contains(c.kinds, info.Operand) {
					t.Errorf("%v: %s has %v and operand %v", v, info.Name, c.flag, info.Operand)
				}
			}
			if info.Has(HasArg|HasExc) == (info.Operand == NoOperand) {
				t.Errorf("%v: %s has operand %v", v, info.Name, info.Operand)
			}
			if info.Operand.IsName() != info.Has(HasName) {
				t.Errorf("%v: %s has operand %v and flags %v", v, info.Name, info.Operand, info.Flags)
			}
			jumps := info.Operand.IsJump() && !info.Has(Handler)
			if jumps != info.Has(Conditional|NoFallThrough) && !slices.Contains([]Op{
				RETURN_VALUE, RETURN_CONST, RAISE_VARARGS, RERAISE, INTERPRETER_EXIT, BREAK_LOOP, STOP_CODE,
			}, info.Op) {
				t.Errorf("%v: %s jumps %t, has flags %v", v, info.Name, jumps, info.Flags)
			}
		}
	}
}

func TestReference(t *testing.T) {
	for _, v := range pyver.All() {
		table := For(v)
		for info := range table.All() {
			r, ok := table.Reference(info.Op)
			if !ok || r.Meaning == "" || r.Stack == "" || len(r.Versions) == 0 || (r.Operand == "") != (info.Operand == NoOperand) {
				t.Errorf("%v: reference of %s is %+v", v, info.Name, r)
			}
		}
	}
	r, _ := For(pyver.Py38).Reference(FOR_ITER)
	got := fmt.Sprint(r.Stack, " | ", r.Jump, " | ", r.Operand, " | ", r.Versions[0], " to ", r.Versions[len(r.Versions)-1])
	want := "iter -- iter, next | iter -- | distance forward to the target | 2.7 to 3.15"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, ok := For(pyver.Py38).Reference(CALL); ok {
		t.Error("3.8 has CALL")
	}
}

func TestDiff(t *testing.T) {
	for _, v := range pyver.All() {
		if got := Diff(For(v), For(v)); len(got.Added)+len(got.Removed)+len(got.Changed) != 0 {
			t.Errorf("%v differs from itself: %v", v, got)
		}
	}
	names := func(infos []*Info) string {
		var s []string
		for _, i := range infos {
			if !i.Has(Specialized | Instrumented) {
				s = append(s, i.Name)
			}
		}
		return strings.Join(s, " ")
	}
	d := Diff(For(pyver.Py36), For(pyver.Py37))
	if got, want := names(d.Added), "CALL_METHOD LOAD_METHOD"; got != want {
		t.Errorf("3.7 added %q, want %q", got, want)
	}
	if got, want := names(d.Removed), "STORE_ANNOTATION"; got != want {
		t.Errorf("3.7 removed %q, want %q", got, want)
	}
	find := func(c Changes, op Op) Change {
		for _, x := range c.Changed {
			if x.New.Op == op {
				return x
			}
		}
		return Change{}
	}
	if c := find(d, POP_EXCEPT); !c.Effect || c.Number || c.Stack {
		t.Errorf("3.7 changed POP_EXCEPT: %+v", c)
	}
	d = Diff(For(pyver.Py313), For(pyver.Py314))
	if c := find(d, BINARY_OP); !c.Caches || !c.Number || c.OnlyNumber() {
		t.Errorf("3.14 changed BINARY_OP: %+v", c)
	}
	if c := find(d, CALL_FUNCTION_EX); !c.Operand || !c.Stack || !c.Effect {
		t.Errorf("3.14 changed CALL_FUNCTION_EX: %+v", c)
	}
	if c := find(d, POP_TOP); c.New == nil || !c.OnlyNumber() {
		t.Errorf("3.14 changed POP_TOP: %+v", c)
	}
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		v     pyver.Version
		op    Op
		oparg int
		stack string
		in    int
		out   int
	}{
		{pyver.Py314, LOAD_GLOBAL, 3, "-- value, null if (oparg & 1)", 0, 2},
		{pyver.Py312, LOAD_GLOBAL, 2, "-- null if (oparg & 1), value", 0, 1},
		{pyver.Py314, CALL, 2, "callable, self_or_null, args[oparg] -- res", 4, 1},
		{pyver.Py313, BUILD_SLICE, 3, "start, stop, step if (oparg == 3) -- slice", 3, 1},
		{pyver.Py314, SWAP, 2, "bottom, unused[oparg - 2], top -- top, unused[oparg - 2], bottom", 2, 2},
		{pyver.Py27, CALL_FUNCTION_VAR, 0x102, "callable, args[oparg % 256], kwargs[2 * (oparg / 256)], var -- res", 6, 1},
		{pyver.Py314, NOP, 0, "--", 0, 0},
	} {
		info, _ := For(c.v).ByOp(c.op)
		p := info.Stack()
		if got := p.String(); got != c.stack {
			t.Errorf("%v %v: %q, want %q", c.v, c.op, got, c.stack)
		}
		if in, out := p.Popped(c.oparg), p.Pushed(c.oparg); in != c.in || out != c.out {
			t.Errorf("%v %v: %d -- %d, want %d -- %d", c.v, c.op, in, out, c.in, c.out)
		}
	}
}

// TestHostileOpargs: no oparg makes a picture or an effect panic.
func TestHostileOpargs(t *testing.T) {
	for _, v := range pyver.All() {
		for info := range For(v).All() {
			for _, oparg := range []int{math.MinInt32, -1, 0, 1, math.MaxInt32, math.MaxInt} {
				info.Stack().Popped(oparg)
				info.JumpStack().Pushed(oparg)
				for jump := range Jump(4) {
					_, _ = info.StackEffect(oparg, jump)
				}
				if i := info.Operand.NameIndex(oparg); i > oparg && oparg >= 0 {
					t.Errorf("%s: name index %d of %d", info.Name, i, oparg)
				}
			}
		}
	}
}

func BenchmarkInfo(b *testing.B) {
	b.ReportAllocs()
	table := For(pyver.Py314)
	n := 0
	for i := 0; b.Loop(); i++ {
		n += int(table.Info(byte(i)).Caches)
	}
	_ = n
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	table := For(pyver.Py314)
	for b.Loop() {
		if _, ok := table.Lookup("LOAD_GLOBAL"); !ok {
			b.Fatal("no LOAD_GLOBAL")
		}
	}
}

func BenchmarkStackEffect(b *testing.B) {
	table := For(pyver.Py314)
	for _, op := range []Op{BINARY_OP, CALL, SETUP_CLEANUP} {
		info, _ := table.ByOp(op)
		b.Run(op.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := info.StackEffect(3, MaxOfBoth); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
