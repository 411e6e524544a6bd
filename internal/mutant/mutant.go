// Package mutant changes the bytecode of real functions at random, for tests of what verifies and runs it.
package mutant

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Mutant is a function with changes, made one after the other.
type Mutant struct {
	Original *code.Object
	Changes  []Change
}

// Change is a change of a code object.
type Change struct {
	What  string
	Apply func(o *code.Object)
}

// Object returns the changed code object.
func (m *Mutant) Object() *code.Object {
	o := *m.Original
	for _, c := range m.Changes {
		c.Apply(&o)
	}
	return &o
}

// New makes a mutant of one of the functions, of one to four changes; nil when a change has nothing
// to work on.
func New(r *rand.Rand, functions []*code.Object) *Mutant {
	m := &Mutant{Original: functions[r.Intn(len(functions))]}
	for range 1 + r.Intn(2)*r.Intn(4) {
		c := pick(r, m.Object(), functions)
		if c.Apply == nil {
			return nil
		}
		m.Changes = append(m.Changes, c)
	}
	return m
}

// Shrink takes back changes as long as bad says that the mutant is bad.
func (m *Mutant) Shrink(bad func(*Mutant) bool) *Mutant {
	for i := 0; i < len(m.Changes); {
		less := &Mutant{Original: m.Original}
		less.Changes = append(append(less.Changes, m.Changes[:i]...), m.Changes[i+1:]...)
		if bad(less) {
			m = less
		} else {
			i++
		}
	}
	return m
}

// pick chooses a change of o.
func pick(r *rand.Rand, o *code.Object, functions []*code.Object) Change {
	var ins []code.Instr
	for in := range o.Instructions() {
		ins = append(ins, in)
	}
	switch n := r.Intn(100); {
	case n < 25:
		return newOpcode(r, o, ins)
	case n < 45:
		return newArg(r, o, ins)
	case n < 55:
		return move(r, ins)
	case n < 65:
		return drop(r, o, ins)
	case n < 78:
		return graft(r, o, ins, functions)
	case n < 82:
		return number(r, "StackSize", &o.StackSize, func(o *code.Object, n int) { o.StackSize = n })
	case n < 88:
		return constant(r, o)
	case n < 95:
		return handlers(r, o, ins)
	case n < 97:
		return kinds(r, o)
	}
	switch r.Intn(4) {
	case 0:
		return number(r, "ArgCount", &o.ArgCount, func(o *code.Object, n int) { o.ArgCount = n })
	case 1:
		return number(r, "KwOnlyArgCount", &o.KwOnlyArgCount, func(o *code.Object, n int) { o.KwOnlyArgCount = n })
	case 2:
		return number(r, "NLocals", &o.NLocals, func(o *code.Object, n int) { o.NLocals = n })
	}
	bit := code.Flags(1) << r.Intn(10)
	return Change{fmt.Sprintf("flag %#x", uint32(bit)), func(o *code.Object) { o.Flags ^= bit }}
}

// Patch makes a change that writes to the bytecode.
func Patch(what string, at int, data ...byte) Change {
	return Change{fmt.Sprintf("%s at %d: % x", what, at, data), func(o *code.Object) {
		b := []byte(o.Code.S)
		if at+len(data) <= len(b) {
			copy(b[at:], data)
			o.Code = &code.Bytes{S: string(b), Form: o.Code.Form}
		}
	}}
}

func newOpcode(r *rand.Rand, o *code.Object, ins []code.Instr) Change {
	in := ins[r.Intn(len(ins))]
	t := opcode.For(o.Version)
	old := t.Info(in.Op)
	for range 200 {
		op := byte(r.Intn(256))
		info := t.Info(op)
		if info.Op == 0 || info.Has(opcode.Specialized|opcode.Instrumented) && r.Intn(50) > 0 {
			continue
		}
		// What follows should stay where it is, most of the time.
		if info.Caches == old.Caches && info.Has(opcode.HasArg) == old.Has(opcode.HasArg) || r.Intn(30) == 0 ||
			o.Version >= pyver.Py36 && info.Caches == old.Caches {
			return Patch("opcode "+info.Name, in.Offset, op)
		}
	}
	return Change{}
}

func newArg(r *rand.Rand, o *code.Object, ins []code.Instr) Change {
	for range 20 {
		in := ins[r.Intn(len(ins))]
		if !in.HasArg {
			continue
		}
		arg := in.Arg
		switch r.Intn(4) {
		case 0:
			arg++
		case 1:
			arg--
		case 2:
			arg = r.Intn(8)
		default:
			arg = r.Intn(256)
		}
		return Patch("operand of "+opcode.For(o.Version).Info(in.Op).Name, in.Offset+1, byte(arg))
	}
	return Change{}
}

// move exchanges two neighbours.
func move(r *rand.Rand, ins []code.Instr) Change {
	if len(ins) < 2 {
		return Change{}
	}
	i := r.Intn(len(ins) - 1)
	a, b := ins[i], ins[i+1]
	return Change{fmt.Sprintf("exchange %d and %d", a.Offset, b.Offset), func(o *code.Object) {
		if s := o.Code.S; b.End <= len(s) {
			o.Code = &code.Bytes{S: s[:a.Start] + s[b.Start:b.End] + s[a.Start:a.End] + s[b.End:], Form: o.Code.Form}
		}
	}}
}

// drop replaces an instruction by nothing or one or two small ones.
func drop(r *rand.Rand, o *code.Object, ins []code.Instr) Change {
	in := ins[r.Intn(len(ins))]
	t := opcode.For(o.Version)
	nop, ok := t.Lookup("NOP")
	if !ok {
		return Change{}
	}
	unit := []byte{byte(nop.Number)}
	if o.Version >= pyver.Py36 {
		unit = append(unit, 0)
	}
	data := bytes.Repeat(unit, (in.End-in.Start)/len(unit))
	if r.Intn(2) == 0 && o.Version >= pyver.Py36 {
		for range 10 {
			info := t.Info(byte(r.Intn(256)))
			if info.Op != 0 && info.Caches == 0 && !info.Has(opcode.Specialized|opcode.Instrumented) {
				data[0], data[1] = byte(info.Number), byte(r.Intn(4))
				return Patch(info.Name+" and nothing", in.Start, data...)
			}
		}
	}
	return Patch("nothing", in.Start, data...)
}

// graft writes instructions from elsewhere over others of the same length.
func graft(r *rand.Rand, o *code.Object, ins []code.Instr, functions []*code.Object) Change {
	from := o
	if r.Intn(3) == 0 {
		from = functions[r.Intn(len(functions))]
	}
	var src []code.Instr
	for in := range from.Instructions() {
		src = append(src, in)
	}
	for range 50 {
		a, b := ins[r.Intn(len(ins))], src[r.Intn(len(src))]
		end, k := b, 0
		for ; k < r.Intn(3) && end.End < src[len(src)-1].End; k++ {
			for _, in := range src {
				if in.Start == end.End {
					end = in
					break
				}
			}
		}
		n := end.End - b.Start
		if end.End > len(from.Code.S) || !slices.ContainsFunc(ins, func(in code.Instr) bool { return in.End == a.Start+n }) {
			continue
		}
		return Patch("graft", a.Start, []byte(from.Code.S[b.Start:end.End])...)
	}
	return Change{}
}

func number(r *rand.Rand, what string, now *int, set func(*code.Object, int)) Change {
	n := *now + r.Intn(5) - 2
	return Change{fmt.Sprintf("%s %d", what, n), func(o *code.Object) { set(o, max(n, 0)) }}
}

func constant(r *rand.Rand, o *code.Object) Change {
	if o.Consts.Len() == 0 {
		return Change{}
	}
	i := r.Intn(o.Consts.Len())
	text := &code.Str{S: "spam"}
	v := []code.Value{
		code.None, &code.Int{V: 3}, text, &code.Tuple{}, &code.Tuple{Items: []code.Value{text}},
		&code.Tuple{Items: []code.Value{&code.Int{V: 1}, text}}, code.True, &code.Bytes{S: "eggs"},
		o.Consts.Items[r.Intn(o.Consts.Len())],
	}[r.Intn(9)]
	return Change{fmt.Sprintf("constant %d is a %T", i, v), func(o *code.Object) {
		if i < o.Consts.Len() {
			items := slices.Clone(o.Consts.Items)
			items[i] = v
			o.Consts = &code.Tuple{Items: items}
		}
	}}
}

func handlers(r *rand.Rand, o *code.Object, ins []code.Instr) Change {
	entries, err := o.ExceptionEntries()
	if o.Version < pyver.Py311 || err != nil {
		return Change{}
	}
	entries = slices.Clone(entries)
	if len(entries) == 0 || r.Intn(5) == 0 {
		i := r.Intn(len(ins))
		entries = append(entries, code.ExceptionEntry{Start: ins[i].Start, End: ins[min(i+r.Intn(5), len(ins)-1)].End})
		slices.SortFunc(entries, func(a, b code.ExceptionEntry) int { return a.Start - b.Start })
	}
	e := &entries[r.Intn(len(entries))]
	switch r.Intn(6) {
	case 0:
		e.Depth = max(e.Depth+r.Intn(5)-2, 0)
	case 1:
		e.Lasti = !e.Lasti
	case 2:
		e.Target = ins[r.Intn(len(ins))].Start
	case 3:
		e.Start = ins[r.Intn(len(ins))].Start
	case 4:
		e.End = ins[r.Intn(len(ins))].Start
	default:
		i := r.Intn(len(entries))
		entries = slices.Delete(entries, i, i+1)
	}
	data, err := code.EncodeExceptionTable(entries)
	if err != nil {
		return Change{}
	}
	return Change{fmt.Sprintf("exception table %v", entries), func(o *code.Object) {
		o.ExceptionTable = &code.Bytes{S: string(data)}
	}}
}

func kinds(r *rand.Rand, o *code.Object) Change {
	if o.LocalsPlusKinds == nil || len(o.LocalsPlusKinds.S) == 0 {
		return Change{}
	}
	b := []byte(o.LocalsPlusKinds.S)
	i := r.Intn(len(b))
	k := []byte{0x20, 0x40, 0x60, 0x80, 0x30, b[i] ^ 2, b[i] ^ 4}[r.Intn(7)]
	return Change{fmt.Sprintf("kind of variable %d is %#x", i, k), func(o *code.Object) {
		b := []byte(o.LocalsPlusKinds.S)
		if i < len(b) {
			b[i] = k
			o.LocalsPlusKinds = &code.Bytes{S: string(b)}
		}
	}}
}
