package instrument_test

import (
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instrument"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// FuzzApply has all passes go through hostile code objects: whatever they are
// made of, there is an error or a code object that can be decoded.
func FuzzApply(f *testing.F) {
	versions := []pyver.Version{pyver.Py27, pyver.Py36, pyver.Py38, pyver.Py310, pyver.Py311, pyver.Py312, pyver.Py314}
	for i, v := range versions {
		b := rewrite.NewBuilder(v, "f", code.Parameters{Pos: []string{"x"}})
		again, done := b.NewLabel(), b.NewLabel()
		b.Line(1).LoadFast("x").GetIter()
		b.Mark(again).ForIter(done).Pop().Line(2)
		b.Try(func() { b.LoadGlobal("len", true).LoadConst("abc").Call(1).Pop() }, func() { b.Pop().Jump(again) })
		b.Jump(again).EndFor(done)
		o, err := b.Code()
		if err != nil {
			f.Fatal(err)
		}
		data, err := marshal.Write(o, marshal.Options{Version: v})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, byte(i))
	}
	passes := []instrument.Pass{
		instrument.Constants(double), instrument.Redirect("len", "fake"),
		instrument.Branches(func(b *rewrite.Builder, line int, taken bool) { note("b")(b) }),
		instrument.Lines(func(b *rewrite.Builder, line int) { note("l")(b) }),
		instrument.Exit(note("r"), note("x")), instrument.Entry(note("e")),
		instrument.AroundCalls(func(instrument.Call) bool { return true },
			func(b *rewrite.Builder, c instrument.Call) { note("c")(b) }, nil),
	}
	f.Fuzz(func(t *testing.T, data []byte, n byte) {
		if len(data) > 1<<12 {
			return
		}
		v := versions[int(n)%len(versions)]
		value, _, err := marshal.Read(data, marshal.Options{Version: v})
		if err != nil {
			return
		}
		o, ok := value.(*code.Object)
		if !ok {
			return
		}
		for _, p := range passes {
			changed, err := instrument.Apply(o, p)
			if err != nil {
				continue
			}
			if _, err := rewrite.Decode(changed); err != nil {
				t.Errorf("the result cannot be decoded: %v", err)
			}
			o = changed
		}
	})
}
