package instruction

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

func TestNames(t *testing.T) {
	var n Names
	for round := range 3 {
		n.Reset()
		for range 2 {
			for i := range 3000 {
				if got := n.Add(fmt.Sprint("name", i)); got != i {
					t.Fatalf("round %d: Add(name%d) = %d", round, i, got)
				}
			}
		}
		if _, ok := n.Index("name"); ok {
			t.Error("Index finds what is not there")
		}
		if i, ok := n.Index("name77"); i != 77 || !ok {
			t.Errorf("Index(name77) = %d, %v", i, ok)
		}
		// A short set after a long one, then a set whose list was made by hand.
		n.Reset()
		for i, s := range []string{"", "a", "b", "", "a", "b"} {
			if got := n.Add(s); got != i%3 {
				t.Errorf("Add(%q) = %d", s, got)
			}
		}
		n.Reset()
		n.List = append(n.List, "x", "y")
		if got := n.Add("y"); got != 1 {
			t.Errorf("Add(y) = %d, want 1", got)
		}
		if got := n.Add("z"); got != 2 {
			t.Errorf("Add(z) = %d, want 2", got)
		}
	}
}

// TestNumberedNames fills sets in turns, as units inside units do, with names that have
// numbers, and compares them with sets that go by the texts.
func TestNumberedNames(t *testing.T) {
	var c Cache
	var numbered, plain [5]Names
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		c.Reset()
		for i := range numbered {
			numbered[i].Reset()
			plain[i].Reset()
		}
		names := 1 + random.IntN(60)
		for range random.IntN(400) {
			i, id := random.IntN(len(plain)), 1+random.IntN(names)
			s := fmt.Sprint("n", id)
			switch random.IntN(20) {
			case 0:
				numbered[i].Reset() // another unit
				plain[i].Reset()
			case 1:
				got, ok := numbered[i].Index(s)
				if want, wantOK := plain[i].Index(s); got != want || ok != wantOK {
					t.Fatalf("round %d: Index(%s) = %d, %v, want %d, %v", round, s, got, ok, want, wantOK)
				}
			}
			got, want := numbered[i].AddNum(s, token.NameID(id), &c), plain[i].Add(s)
			if got != want {
				t.Fatalf("round %d: AddNum(%s) = %d, want %d", round, s, got, want)
			}
		}
		for i := range plain {
			got, want := numbered[i].AppendStrings(nil, &c), plain[i].AppendStrings(nil, &c)
			if !slices.Equal(got, want) {
				t.Fatalf("round %d: strings %v, want %v", round, got, want)
			}
		}
	}
}

func TestMerge(t *testing.T) {
	tuple := func(items ...code.Value) code.Value { return &code.Tuple{Items: items} }
	set := func(items ...code.Value) code.Value { return &code.Set{Items: items, Frozen: true} }
	str := func(s string) code.Value { return &code.Str{S: s} }
	num := func(n int64) code.Value { return &code.Int{V: n} }
	float := func(f float64) code.Value { return &code.Float{V: f} }
	huge := func() code.Value { return &code.Int{Big: new(big.Int).Lsh(big.NewInt(1), 100)} }
	// Values in one row are equal, those of different rows are not.
	rows := [][2]code.Value{
		{code.None, &code.NoneType{}},
		{code.Ellipsis, &code.EllipsisType{}},
		{code.True, &code.Bool{V: true}},
		{code.False, &code.Bool{}},
		{num(0), num(0)},
		{num(1), num(1)},
		{num(-5), num(-5)},
		{num(-6), num(-6)},
		{num(255), num(255)},
		{num(256), num(256)},
		{num(1 << 40), num(1 << 40)},
		{huge(), huge()},
		{float(0), float(0)},
		{float(math.Copysign(0, -1)), float(math.Copysign(0, -1))},
		{float(1), float(1)},
		{&code.Complex{Im: 1}, &code.Complex{Im: 1}},
		{&code.Complex{Re: math.Copysign(0, -1), Im: 1}, &code.Complex{Re: math.Copysign(0, -1), Im: 1}},
		{str(""), str("")},
		{str("a"), str("a")},
		{str("a name longer than eight bytes"), str("a name longer than eight bytes")},
		{&code.Bytes{S: "a"}, &code.Bytes{S: "a"}},
		{tuple(), tuple()},
		{tuple(num(1)), tuple(num(1))},
		{tuple(code.True), tuple(code.True)},
		{tuple(float(1)), tuple(float(1))},
		{tuple(str("a"), tuple(num(1))), tuple(str("a"), tuple(num(1)))},
		{set(num(1), num(2)), set(num(1), num(2))},
		{set(num(1)), set(num(1))},
		{&code.Slice{Start: num(1), Stop: code.None, Step: code.None}, &code.Slice{Start: num(1), Stop: code.None, Step: code.None}},
		{&code.Slice{Start: float(1), Stop: code.None, Step: code.None}, &code.Slice{Start: float(1), Stop: code.None, Step: code.None}},
		{object("f", 1, num(1)), object("f", 1, num(1))},
		{object("f", 2, num(1)), object("f", 2, num(1))},
		{object("f", 1, float(1)), object("f", 1, float(1))},
		{object("f", 1, object("g", 1)), object("f", 1, object("g", 1))},
		{object("f", 1, object("h", 1)), object("f", 1, object("h", 1))},
	}
	var c Cache
	for range 2 {
		var consts Consts
		for i, row := range rows {
			for _, v := range row {
				if got := consts.Add(v, &c); got != i {
					t.Errorf("row %d, %s: index %d", i, code.TypeName(v, 0), got)
				}
			}
		}
		byHand := Consts{List: append([]code.Value(nil), consts.List...)}
		for i, row := range rows {
			if got := byHand.Add(row[1], &c); got != i {
				t.Errorf("row %d in a list made by hand: index %d", i, got)
			}
		}
		c.Reset()
	}
}

func TestInternable(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "a": true, "Zz_09": true, "\x00": true, " ": true, "é": true, "ÿ": true,
		"a b": false, "a.b": false, "Ā": false, "éé": false, "aé": false, "a-": false, "@[": false, "`{": false, "/:": false,
	} {
		if got := Internable(s); got != want {
			t.Errorf("Internable(%q) = %v", s, got)
		}
	}
	// One byte of another kind shows wherever it stands.
	const word = "azAZ_09_bcdefghijklmnopqrst"
	for n := 2; n <= len(word); n++ {
		if !Internable(word[:n]) {
			t.Errorf("Internable(%q) is false", word[:n])
		}
		for i := range n {
			for c := range 256 {
				s := []byte(word[:n])
				s[i] = byte(c)
				if n == 2 && i == 0 && (c == 0xc2 || c == 0xc3) {
					continue // Latin-1
				}
				letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
				if want := letter || c >= '0' && c <= '9' || c == '_'; Internable(string(s)) != want {
					t.Errorf("Internable(%q) is not %v", s, want)
				}
			}
		}
	}
}

// TestMergeNaN: nothing equals NaN but itself.
func TestMergeNaN(t *testing.T) {
	var c Cache
	var consts Consts
	a, b := &code.Float{V: math.NaN()}, &code.Float{V: math.NaN()}
	for i, v := range []code.Value{a, b} {
		if got := consts.Add(v, &c); got != i {
			t.Errorf("value %d: index %d", i, got)
		}
	}
	if got := consts.Add(a, &c); got != 0 {
		t.Errorf("the first again: index %d", got)
	}
}

func object(name string, line int, consts ...code.Value) code.Value {
	return &code.Object{
		Name: &code.Str{S: name}, FirstLine: line, Consts: &code.Tuple{Items: consts},
		Code: &code.Bytes{S: "code"}, LineTable: &code.Bytes{S: "lines"},
	}
}

func TestSequence(t *testing.T) {
	var s Sequence
	for range 2 {
		if s.Len() != 0 || len(s.Instrs()) != 0 {
			t.Errorf("%d instructions", s.Len())
		}
		start, end, never, unused := s.NewLabel(), s.NewLabel(), s.NewLabel(), s.NewLabel()
		s.Add(opcode.NOP, 0, NoLocation)
		s.Use(start)
		s.Jump(opcode.POP_JUMP_IF_TRUE, end, source.Span{Line: 1})
		s.Use(end)
		s.Add(opcode.RESUME, 0, NoLocation)
		s.Use(unused)
		for l, want := range map[Label]int{start: 1, end: 2, unused: 3, never: -1, NoLabel: -1, 9: -1} {
			if got := s.Index(l); got != want {
				t.Errorf("Index(%d) = %d, want %d", l, got, want)
			}
		}
		var ops []opcode.Op
		for _, in := range s.Instrs() {
			ops = append(ops, in.Op)
		}
		if want := []opcode.Op{opcode.NOP, opcode.POP_JUMP_IF_TRUE, opcode.RESUME}; s.Len() != 3 || !slices.Equal(ops, want) {
			t.Errorf("%d instructions, %v", s.Len(), ops)
		}
		s.Reset()
	}
}

func TestStrings(t *testing.T) {
	var c Cache
	v := c.Str("text")
	if c.Merge(&code.Str{S: "text"}) != code.Value(v) || c.Str("text") != v {
		t.Error("Str and Merge disagree")
	}
	if c.Int(7) != c.Merge(&code.Int{V: 7}) || c.Int(1000) != c.Merge(&code.Int{V: 1000}) {
		t.Error("Int and Merge disagree")
	}
}
