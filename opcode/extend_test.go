package opcode_test

import (
	"testing"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

func TestWith(t *testing.T) {
	base := opcode.For(pyver.Py314)
	table, err := base.With(`
# calls a method
220 CALL_ATTR name 0 arg,name ( owner -- res )
221 TAKE count 2 arg ( self_or_null, args[oparg] -- res, null if (oparg & 1) )
222 SKIP jumprel 1 arg,jrel,cond ( value -- value ) jump ( value -- )
`)
	if err != nil {
		t.Fatal(err)
	}
	info, ok := table.Lookup("CALL_ATTR")
	if !ok || info.Number != 220 || info.Op.String() != "CALL_ATTR" || info != table.Info(220) {
		t.Fatalf("CALL_ATTR: %+v, %v", info, ok)
	}
	if op, ok := opcode.Parse("CALL_ATTR"); !ok || op != info.Op {
		t.Errorf("Parse: %v, %v", op, ok)
	}
	if got, want := info.Stack().String(), "owner -- res"; got != want {
		t.Errorf("picture %q, want %q", got, want)
	}
	take, _ := table.Lookup("TAKE")
	if got, want := take.Stack().String(), "self_or_null, args[oparg] -- res, null if (oparg & 1)"; got != want {
		t.Errorf("picture %q, want %q", got, want)
	}
	if n, err := take.StackEffect(3, opcode.MaxOfBoth); n != -2 || err != nil {
		t.Errorf("effect %d, %v, want -2", n, err)
	}
	if take.Caches != 2 || len(take.CacheFields()) != 1 {
		t.Errorf("caches %d, fields %v", take.Caches, take.CacheFields())
	}
	skip, _ := table.Lookup("SKIP")
	if n, _ := skip.StackEffect(0, opcode.Jumped); n != -1 {
		t.Errorf("effect of the jump %d, want -1", n)
	}
	if r, ok := table.Reference(skip.Op); !ok || r.Jump != "value --" || r.Meaning != "" || len(r.Versions) != 0 {
		t.Errorf("reference %+v, %v", r, ok)
	}
	if _, ok := base.Lookup("CALL_ATTR"); ok {
		t.Error("the base table changed")
	}
	if old, ok := table.ByOp(opcode.LOAD_ATTR); !ok || old.Name != "LOAD_ATTR" {
		t.Error("the other instructions are gone")
	}
	more, err := table.With("223 AGAIN none 0 - ( -- )")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := more.Lookup("CALL_ATTR"); !ok {
		t.Error("a second With forgets the first")
	}
}

func TestWithErrors(t *testing.T) {
	for _, tt := range []struct{ row, want string }{
		{"220 X none 0", `want number, name, operand, cache entries, flags, and a stack picture in parentheses`},
		{"300 X none 0 - ( -- )", `number 300, want 0 to 255`},
		{"80 X none 0 - ( -- )", `number 80 is that of LOAD_ATTR`},
		{"220 LOAD_ATTR name 0 arg ( -- )", `name LOAD_ATTR is taken`},
		{"220 x none 0 - ( -- )", `name "x", want capital letters, digits and underscores`},
		{"220 X none 99 - ( -- )", `cache entries 99, want 0 to 15`},
		{"220 X none 0 what ( -- )", `flag "what", want one of arg,const,name,local,free,jrel,jabs,compare,exc,nofall,cond,handler`},
		{"220 X name 0 - ( -- )", `operand name with flags -: flag arg is for instructions with an operand`},
		{"220 X none 0 - ( a b )", `stack picture (a b ), want ( inputs -- outputs )`},
		{"220 X none 0 - ( A -- )", `item "A", want a name of small letters`},
		{"220 X count 0 arg ( a[oparg ** 2] -- )", `size "oparg ** 2", want one that a specification has, such as oparg`},
	} {
		_, err := opcode.For(pyver.Py314).With(tt.row)
		want := "opcode: line 1: " + tt.want
		if err == nil || len(err.Error()) < len(want) || err.Error()[:len(want)] != want {
			t.Errorf("%s:\n got %v\nwant %s", tt.row, err, want)
		}
	}
	if _, err := opcode.For(pyver.Py314).With("220 X nothing 0 - ( -- )"); err == nil {
		t.Error("operand: no error")
	}
}
