package code_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

func tuple(names ...string) *code.Tuple {
	v := &code.Tuple{}
	for _, name := range names {
		v.Items = append(v.Items, &code.Str{S: name})
	}
	return v
}

// bothEras returns one function, def f(a, /, b, *args, c, **kw) with the cell
// b and the free variable up, as versions before and after 3.11 keep it.
func bothEras() []*code.Object {
	const flags = code.VarArgs | code.VarKeywords
	local, cell, free := code.KindLocal, code.KindCell, code.KindFree
	kinds := string([]byte{byte(local), byte(local | cell), byte(local), byte(local), byte(local), byte(cell), byte(free)})
	return []*code.Object{{
		Version: pyver.Py310, Flags: flags, ArgCount: 2, PosOnlyArgCount: 1, KwOnlyArgCount: 1, NLocals: 5,
		VarNames: tuple("a", "b", "c", "args", "kw"), CellVars: tuple("b", "own"), FreeVars: tuple("up"),
	}, {
		Version: pyver.Py311, Flags: flags, ArgCount: 2, PosOnlyArgCount: 1, KwOnlyArgCount: 1,
		LocalsPlusNames: tuple("a", "b", "c", "args", "kw", "own", "up"), LocalsPlusKinds: &code.Bytes{S: kinds},
	}}
}

func TestVariables(t *testing.T) {
	for _, o := range bothEras() {
		if got, want := o.Locals(), []string{"a", "b", "c", "args", "kw"}; !slices.Equal(got, want) {
			t.Errorf("%v: locals: got %v, want %v", o.Version, got, want)
		}
		if got, want := o.Cells(), []string{"b", "own"}; !slices.Equal(got, want) {
			t.Errorf("%v: cells: got %v, want %v", o.Version, got, want)
		}
		if got, want := o.Frees(), []string{"up"}; !slices.Equal(got, want) {
			t.Errorf("%v: frees: got %v, want %v", o.Version, got, want)
		}
		if got := o.LocalCount(); got != 5 {
			t.Errorf("%v: got %d locals, want 5", o.Version, got)
		}
		if got, want := fmt.Sprint(o.Parameters()), "{[a] [b] args [c] kw}"; got != want {
			t.Errorf("%v: parameters: got %s, want %s", o.Version, got, want)
		}
	}
	old, now := bothEras()[0], bothEras()[1]
	for i, want := range []string{"b", "own", "up"} {
		if got, ok := old.DerefName(i); got != want || !ok {
			t.Errorf("3.10: DerefName(%d): got %q, want %q", i, got, want)
		}
	}
	if got, _ := now.DerefName(6); got != "up" {
		t.Errorf("3.11: DerefName(6): got %q, want up", got)
	}
	for _, i := range []int{-1, 7} {
		_, ok1 := old.DerefName(i)
		_, ok2 := now.DerefName(i)
		_, ok3 := now.LocalName(i)
		_, ok4 := now.GlobalName(i)
		_, ok5 := now.Const(i)
		if ok1 || ok2 || ok3 || ok4 || ok5 {
			t.Errorf("index %d names something", i)
		}
	}
}

// TestEmptyObject checks that nothing needs the fields to be there.
func TestEmptyObject(t *testing.T) {
	for _, v := range append(pyver.All(), 0) {
		o := &code.Object{Version: v}
		for range o.Instructions() {
			t.Error("there is an instruction")
		}
		for range o.Lines() {
			t.Error("there is a line")
		}
		for range o.Objects() {
			t.Error("there is an object")
		}
		o.Labels()
		o.Parameters()
		if n := len(slices.Collect(o.All())); n != 1 {
			t.Errorf("%v: All yields %d objects, want 1", v, n)
		}
		reencode(t, o)
	}
}

func TestAll(t *testing.T) {
	inner := &code.Object{Name: &code.Str{S: "inner"}, Consts: &code.Tuple{}}
	hidden := &code.Object{Name: &code.Str{S: "hidden"}, Consts: &code.Tuple{}}
	outer := &code.Object{Name: &code.Str{S: "outer"}, Consts: &code.Tuple{}}
	list := &code.List{}
	list.Items = []code.Value{list, hidden, outer}
	outer.Consts.Items = []code.Value{inner, code.None, list, inner}
	inner.Consts.Items = []code.Value{outer.Consts}

	names := func(objects []*code.Object) (names []string) {
		for _, o := range objects {
			names = append(names, o.NameText())
		}
		return names
	}
	if got, want := names(slices.Collect(outer.Objects())), []string{"inner", "inner"}; !slices.Equal(got, want) {
		t.Errorf("Objects: got %v, want %v", got, want)
	}
	if got, want := names(slices.Collect(outer.All())), []string{"outer", "inner", "hidden"}; !slices.Equal(got, want) {
		t.Errorf("All: got %v, want %v", got, want)
	}
}

func TestFlagNames(t *testing.T) {
	// Asked of dis.pretty_flags of CPython 3.6.15, 3.13.0 and 3.14.6.
	for _, c := range []struct {
		flags   code.Flags
		version pyver.Version
		want    string
	}{
		{0, pyver.Py36, "0x0"},
		{0x43, pyver.Py36, "OPTIMIZED, NEWLOCALS, NOFREE"},
		{0x4000003, pyver.Py313, "OPTIMIZED, NEWLOCALS, 0x4000000"},
		{0x4000003, pyver.Py314, "OPTIMIZED, NEWLOCALS, HAS_DOCSTRING"},
		{0x80000000, pyver.Py36, "0x80000000, -0x100000000"},
	} {
		if got := c.flags.Names(c.version); got != c.want {
			t.Errorf("%#x in %v: got %s, want %s", uint32(c.flags), c.version, got, c.want)
		}
	}
	if got := (code.FutureDivision | code.Optimized).In(pyver.Py37); got != 0x2001 {
		t.Errorf("future division of 3.7: got %#x, want 0x2001", uint32(got))
	}
}
