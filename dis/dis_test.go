package dis_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// assemble returns a module's code object with the instructions given, an
// opname and an oparg each, without lines.
func assemble(t testing.TB, v pyver.Version, instrs ...any) *code.Object {
	t.Helper()
	var b []byte
	for i := 0; i < len(instrs); i += 2 {
		info, ok := opcode.For(v).Lookup(instrs[i].(string))
		if !ok {
			t.Fatalf("no %v in %v", instrs[i], v)
		}
		b = append(b, byte(info.Number), byte(instrs[i+1].(int)))
		b = append(b, make([]byte, 2*info.Caches)...)
	}
	return &code.Object{
		Version: v, FirstLine: 1,
		Code:            &code.Bytes{S: string(b)},
		Consts:          &code.Tuple{},
		Names:           &code.Tuple{},
		LocalsPlusNames: &code.Tuple{},
		LocalsPlusKinds: &code.Bytes{},
		Filename:        &code.Str{S: "x.py"},
		Name:            &code.Str{S: "<module>"},
		QualName:        &code.Str{S: "<module>"},
		LineTable:       &code.Bytes{},
		ExceptionTable:  &code.Bytes{},
	}
}

func text(t *testing.T, o *code.Object, opts dis.Options) string {
	t.Helper()
	var b strings.Builder
	if err := dis.Fprint(&b, o, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOperandsThatPointNowhere(t *testing.T) {
	o := assemble(t, pyver.Py314,
		"LOAD_CONST", 7, "LOAD_NAME", 1, "LOAD_FAST", 2, "BINARY_OP", 99, "LOAD_SPECIAL", 9, "RETURN_VALUE", 0)
	got := text(t, o, dis.Options{})
	for _, want := range []string{
		"(<no constant 7>)", "(<no name 1>)", "(<no local 2>)", "(<no operator 99>)", "(<no entry 9>)", "RETURN_VALUE",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestControlCharactersAreEscaped(t *testing.T) {
	o := assemble(t, pyver.Py313, "LOAD_NAME", 0, "LOAD_NAME", 1)
	o.Names.Items = []code.Value{&code.Str{S: "a\x1b[2J\u009b\xed\xa0\x80"}, &code.Str{S: "naïve"}}
	got := text(t, o, dis.Options{})
	if want := `(a\x1b[2J\x9b\ud800)`; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
	if want := "(naïve)"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

// A chain of code objects, each of which has the next among its constants
// twice, would make a listing of 2**60 headings.
func TestSharedCodeObjectsEndTheListing(t *testing.T) {
	o := assemble(t, pyver.Py312, "RETURN_VALUE", 0)
	for range 60 {
		outer := assemble(t, pyver.Py312, "RETURN_VALUE", 0)
		outer.Consts.Items = []code.Value{o, o}
		o = outer
	}
	var b bytes.Buffer
	err := dis.Fprint(&b, o, dis.Options{})
	if err == nil || !strings.Contains(err.Error(), "shared") {
		t.Errorf("got error %v; want one about shared code objects", err)
	}
	if b.Len() > 1<<20 {
		t.Errorf("listed %d bytes", b.Len())
	}
}

func TestDepth(t *testing.T) {
	inner := assemble(t, pyver.Py314, "RETURN_VALUE", 0)
	middle := assemble(t, pyver.Py314, "RETURN_VALUE", 0)
	middle.Consts.Items = []code.Value{inner}
	outer := assemble(t, pyver.Py314, "RETURN_VALUE", 0)
	outer.Consts.Items = []code.Value{middle}
	for _, tt := range []struct {
		opts dis.Options
		want int
	}{
		{dis.Options{}, 2},
		{dis.Options{Depth: 1}, 1},
		{dis.Options{Depth: 2}, 2},
		{dis.Options{NoRecurse: true}, 0},
	} {
		if got := strings.Count(text(t, outer, tt.opts), "Disassembly of"); got != tt.want {
			t.Errorf("%+v: got %d nested listings, want %d", tt.opts, got, tt.want)
		}
	}
}

func TestOptionsOfLaterVersions(t *testing.T) {
	for _, tt := range []struct {
		opts dis.Options
		v    pyver.Version
		ok   bool
	}{
		{dis.Options{ShowCaches: true}, pyver.Py310, false},
		{dis.Options{ShowCaches: true}, pyver.Py311, true},
		{dis.Options{Adaptive: true}, pyver.Py27, false},
		{dis.Options{ShowOffsets: true}, pyver.Py312, false},
		{dis.Options{ShowOffsets: true}, pyver.Py313, true},
		{dis.Options{ShowPositions: true}, pyver.Py313, false},
		{dis.Options{ShowPositions: true}, pyver.Py315, true},
	} {
		if err := tt.opts.Check(tt.v); (err == nil) != tt.ok {
			t.Errorf("%+v on %v: got error %v", tt.opts, tt.v, err)
		}
	}
}

func TestFind(t *testing.T) {
	name := func(o *code.Object, name, qualname string, flags code.Flags, inner ...code.Value) *code.Object {
		o.Name, o.QualName = &code.Str{S: name}, nil
		if qualname != "" {
			o.QualName = &code.Str{S: qualname}
		}
		o.Flags, o.Consts.Items = flags, inner
		return o
	}
	for _, v := range []pyver.Version{pyver.Py38, pyver.Py314} {
		qual := func(s string) string {
			if v >= pyver.Py311 {
				return s
			}
			return ""
		}
		g := name(assemble(t, v), "g", qual("C.f.<locals>.g"), code.Optimized|code.NewLocals)
		f := name(assemble(t, v), "f", qual("C.f"), code.Optimized|code.NewLocals, g)
		c := name(assemble(t, v), "C", qual("C"), 0, f)
		module := name(assemble(t, v), "<module>", qual("<module>"), 0, c)
		for _, tt := range []struct {
			name string
			want []*code.Object
		}{
			{"<module>", []*code.Object{module}},
			{"C", []*code.Object{c}},
			{"C.f", []*code.Object{f}},
			{"f", []*code.Object{f}},
			{"C.f.<locals>.g", []*code.Object{g}},
			{"h", nil},
		} {
			if got := dis.Find(module, tt.name); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("%v: Find(%q) = %v, want %v", v, tt.name, got, tt.want)
			}
		}
	}
}

type failing struct{}

var errFull = errors.New("disk full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestErrorsOfTheWriter(t *testing.T) {
	o := assemble(t, pyver.Py314, "RETURN_VALUE", 0)
	if err := dis.Fprint(failing{}, o, dis.Options{}); !errors.Is(err, errFull) {
		t.Errorf("Fprint: got %v, want %v", err, errFull)
	}
	if err := dis.ShowCode(failing{}, o, nil); !errors.Is(err, errFull) {
		t.Errorf("ShowCode: got %v, want %v", err, errFull)
	}
}

// Whatever a style puts around the parts, the text between is the plain one.
func TestStyleKeepsTheText(t *testing.T) {
	o := assemble(t, pyver.Py314, "LOAD_NAME", 0, "BINARY_OP", 0, "JUMP_FORWARD", 0, "RETURN_VALUE", 0)
	o.Names.Items = []code.Value{&code.Str{S: "spam"}}
	for _, opts := range []dis.Options{{}, {ShowOffsets: true, ShowPositions: true, ShowCaches: true}} {
		plain := text(t, o, opts)
		opts.Style = &dis.Style{Heading: "\x01", Line: "\x01", Label: "\x01", Offset: "\x01", Opname: "\x01", Operand: "\x01", End: "\x02"}
		styled := text(t, o, opts)
		if got := strings.NewReplacer("\x01", "", "\x02", "").Replace(styled); got != plain {
			t.Errorf("%+v: got\n%s\nwant\n%s", opts, got, plain)
		}
		if strings.Count(styled, "\x01") != strings.Count(styled, "\x02") || !strings.Contains(styled, "\x01LOAD_NAME\x02") {
			t.Errorf("%+v: unbalanced:\n%q", opts, styled)
		}
	}
}

func TestInstructions(t *testing.T) {
	o := assemble(t, pyver.Py314, "EXTENDED_ARG", 1, "LOAD_SMALL_INT", 2, "BINARY_OP", 10, "JUMP_BACKWARD", 10)
	var got []string
	for in := range dis.Instructions(o, dis.Options{Adaptive: true}) {
		got = append(got, fmt.Sprintf("%d %d %s %d %q %v %d", in.StartOffset, in.Offset, in.OpName, in.Arg, in.Repr, in.IsJumpTarget, in.Target))
	}
	want := []string{
		`0 0 EXTENDED_ARG 1 "" true 0`,
		`0 2 LOAD_SMALL_INT 258 "" false 0`,
		`4 4 BINARY_OP 10 "-" false 0`,
		`16 16 JUMP_BACKWARD 10 "to L1" false 0`,
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

var _ io.Writer = failing{}

// One large constant that is loaded from many places costs its text, not its
// conversion, each time.
func TestLargeConstantsAreConvertedOnce(t *testing.T) {
	instrs := make([]any, 0, 4000)
	for range 2000 {
		instrs = append(instrs, "LOAD_CONST", 0)
	}
	o := assemble(t, pyver.Py314, instrs...)
	n := new(big.Int).Lsh(big.NewInt(1), 1<<18)
	o.Consts.Items = []code.Value{&code.Int{Big: n}}
	var length counter
	if err := dis.Fprint(&length, o, dis.Options{}); err != nil {
		t.Fatal(err)
	}
	if digits := len(n.String()); int(length) < 2000*digits {
		t.Errorf("got %d bytes, want at least 2,000 times %d", length, digits)
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
