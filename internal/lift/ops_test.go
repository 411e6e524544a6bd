package lift

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/opcode"
)

// TestTables checks that tables have a row for everything.
func TestTables(t *testing.T) {
	if NumOps > 240 {
		t.Errorf("%d operations leave the interpreter too few numbers", NumOps)
	}
	names := map[string]Op{}
	for i := range NumOps {
		op := Op(i)
		row := op.Info()
		if row.Name == "" {
			t.Errorf("operation %d has no row", i)
			continue
		}
		if other, ok := names[row.Name]; ok {
			t.Errorf("%v and %v have one name", other, op)
		}
		names[row.Name] = op
		if row.Meaning == "" && op != Nop {
			t.Errorf("%v has no meaning", op)
		}
		jumps := row.C == Distance || row.B == Distance32
		if jumps != op.Has(Jumps) {
			t.Errorf("%v: whether it jumps is not clear", op)
		}
		if cached := row.B == Cached32 || row.C == Cached; cached != op.Has(Caches) {
			t.Errorf("%v: whether it has a cache is not clear", op)
		}
		wide := row.B >= Imm32 && row.B < High
		if wide != (row.C == High) {
			t.Errorf("%v: fields b and c do not fit", op)
		}
		if narrow := row.C == Name24 || row.C == Count24; narrow && row.X != row.C || !narrow && (row.X == Name24 || row.X == Count24) {
			t.Errorf("%v: fields c and x do not fit", op)
		}
		if strings.Contains(row.Meaning, "x") && !strings.Contains(row.Meaning, "exception") && row.X == None &&
			strings.Contains(" "+row.Meaning, " x ") {
			t.Errorf("%v: what is in x?", op)
		}
	}
}

// TestRules checks that all instructions of compiled code are known.
func TestRules(t *testing.T) {
	never := map[opcode.Op]bool{
		opcode.CACHE: true, opcode.RESERVED: true, opcode.INTERPRETER_EXIT: true, opcode.EXIT_INIT_CHECK: true,
		opcode.ENTER_EXECUTOR: true,
	}
	for info := range table314.All() {
		if info.Number > 255 || info.Has(opcode.Specialized|opcode.Instrumented) || never[info.Op] {
			continue
		}
		if rules[info.Number].do == refuse {
			t.Errorf("%s is refused", info.Name)
		}
	}
}

// TestUsed checks that there is no operation that is never emitted.
func TestUsed(t *testing.T) {
	used := map[Op]bool{
		Nop: true, Trap: true, JumpFar: true, LoadFar: true, StoreFar: true,
		JumpExc: true, // compilers jump when exceptions do not match
	}
	objects := ownObjects(t)
	goldens, _ := filepath.Glob("testdata/*.txt")
	for _, name := range goldens {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source, _, _ := strings.Cut(strings.TrimPrefix(string(data), "-- source --\n"), "-- words --\n")
		objects = append(objects, compileFile(t, name, []byte(source))...)
	}
	for _, o := range objects {
		for _, f := range []func() (*Code, error){func() (*Code, error) { return Lift(o) }, func() (*Code, error) { return Faithful(o) }} {
			c, err := f()
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range c.Words {
				used[Op(w)] = true
			}
		}
	}
	for i := range NumOps {
		if op := Op(i); !used[op] {
			t.Errorf("%v is not used", op)
		}
	}
}
