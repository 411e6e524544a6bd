package verify

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// assemble makes bytecode of lines such as "LOAD_FAST 1". "raw 80 2f" stands for
// bytes. Inline caches are added.
func assemble(t testing.TB, v pyver.Version, lines ...string) *code.Bytes {
	t.Helper()
	var b []byte
	for _, line := range lines {
		if line == "" {
			continue
		}
		name, arg, _ := strings.Cut(line, " ")
		if name == "raw" {
			for _, f := range strings.Fields(arg) {
				n, err := strconv.ParseUint(f, 16, 8)
				if err != nil {
					t.Fatal(err)
				}
				b = append(b, byte(n))
			}
			continue
		}
		info, ok := opcode.For(v).Lookup(name)
		if !ok {
			t.Fatalf("%v has no %s", v, name)
		}
		n := 0
		if arg != "" {
			var err error
			if n, err = strconv.Atoi(arg); err != nil {
				t.Fatal(err)
			}
		}
		b = append(b, byte(info.Number))
		switch {
		case v >= pyver.Py36:
			b = append(b, byte(n))
		case info.Has(opcode.HasArg):
			b = append(b, byte(n), byte(n>>8))
		}
		b = append(b, make([]byte, 2*info.Caches)...)
	}
	return &code.Bytes{S: string(b)}
}

func name(v pyver.Version, s string) code.Value {
	if v < pyver.Py30 {
		return &code.Bytes{S: s}
	}
	return &code.Str{S: s}
}

func namesOf(v pyver.Version, names ...string) *code.Tuple {
	t := &code.Tuple{}
	for _, n := range names {
		t.Items = append(t.Items, name(v, n))
	}
	return t
}

// function returns a function f(a) with another local b, the cell c and the
// free variable d; names x and y; constants None, "s", (), ("k",), 7.
func function(t testing.TB, v pyver.Version, lines ...string) *code.Object {
	o := &code.Object{
		Version: v, Flags: code.Optimized | code.NewLocals, ArgCount: 1, NLocals: 2, StackSize: 8, FirstLine: 1,
		Code:  assemble(t, v, lines...),
		Names: namesOf(v, "x", "y"), Filename: name(v, "f.py"), Name: name(v, "f"),
		LineTable: &code.Bytes{},
	}
	o.Consts = &code.Tuple{Items: []code.Value{code.None, name(v, "s"), &code.Tuple{}, namesOf(v, "k"), &code.Int{V: 7}}}
	if v >= pyver.Py311 {
		o.QualName = name(v, "f")
		o.LocalsPlusNames = namesOf(v, "a", "b", "c", "d")
		kinds := []byte{0x20, 0x20, 0x40, 0x80}
		if v >= pyver.Py314 {
			kinds[0] = 0x26
		}
		// Code with free variables has to copy them.
		if free := len(lines) > 0 && strings.HasPrefix(lines[0], "COPY_FREE_VARS"); !free {
			o.LocalsPlusNames.Items = o.LocalsPlusNames.Items[:3]
			kinds = kinds[:3]
		}
		o.LocalsPlusKinds = &code.Bytes{S: string(kinds)}
	} else {
		o.VarNames, o.CellVars, o.FreeVars = namesOf(v, "a", "b"), namesOf(v, "c"), namesOf(v, "d")
	}
	return o
}

func handlersOf(entries ...code.ExceptionEntry) *code.Bytes {
	data, err := code.EncodeExceptionTable(entries)
	if err != nil {
		panic(err)
	}
	return &code.Bytes{S: string(data)}
}

type test struct {
	name string
	v    pyver.Version
	code string // instructions with semicolons between
	edit func(o *code.Object)
	want string // the rule and offset of the first finding; empty: accepted
}

func (c *test) object(t testing.TB) *code.Object {
	o := function(t, c.v, strings.Split(c.code, "; ")...)
	if c.edit != nil {
		c.edit(o)
	}
	return o
}

func check(t *testing.T, tests []test) {
	t.Helper()
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			r := Object(c.object(t))
			got := ""
			if !r.OK() {
				f := r.Findings[0]
				got = fmt.Sprintf("%s %d", f.Rule, f.Offset)
			}
			if got != c.want {
				t.Errorf("got %q, want %q\n%v", got, c.want, r.Findings)
			}
		})
	}
}

const p = "RESUME 0; "

func flags(f code.Flags) func(*code.Object) {
	return func(o *code.Object) { o.Flags |= f }
}

// What each rule refuses, and what is just right, in 3.14.
func TestRules(t *testing.T) {
	const v = pyver.Py314
	check(t, []test{
		{"return", v, p + "LOAD_CONST 0; RETURN_VALUE", nil, ""},
		{"undefined", v, "raw ff 00", nil, "opcode 0"},
		{"hole", v, "raw 7c 00", nil, "opcode 0"},
		{"specialized", v, p + "BINARY_OP_ADD_INT 0", nil, "opcode 2"},
		{"instrumented", v, p + "INSTRUMENTED_LINE", nil, "opcode 2"},
		{"internal", v, p + "LOAD_CONST 0; INTERPRETER_EXIT", nil, "opcode 4"},
		{"cache as an instruction", v, "CACHE", nil, "opcode 0"},
		{"trailing EXTENDED_ARG", v, p + "EXTENDED_ARG 1", nil, "opcode 2"},
		{"too many EXTENDED_ARG", v, "EXTENDED_ARG; EXTENDED_ARG; EXTENDED_ARG; EXTENDED_ARG; NOP", nil, "oparg 8"},
		{"no such constant", v, p + "LOAD_CONST 5; RETURN_VALUE", nil, "oparg 2"},
		{"no such name", v, p + "LOAD_GLOBAL 4; RETURN_VALUE", nil, "oparg 2"},
		{"no such local", v, p + "LOAD_FAST 4; RETURN_VALUE", nil, "oparg 2"},
		{"no such pair", v, p + "LOAD_FAST_LOAD_FAST 64; RETURN_VALUE", nil, "oparg 2"},
		{"no such comparison", v, p + "LOAD_FAST 0; LOAD_FAST 0; COMPARE_OP 192; RETURN_VALUE", nil, "oparg 6"},
		{"no such operator", v, p + "LOAD_FAST 0; LOAD_FAST 0; BINARY_OP 27; RETURN_VALUE", nil, "oparg 6"},
		{"no such intrinsic", v, p + "LOAD_FAST 0; CALL_INTRINSIC_1 12; RETURN_VALUE", nil, "oparg 4"},
		{"invalid intrinsic", v, p + "LOAD_FAST 0; CALL_INTRINSIC_1 0; RETURN_VALUE", nil, "oparg 4"},
		{"no such special method", v, p + "LOAD_FAST 0; LOAD_SPECIAL 4; RETURN_VALUE", nil, "oparg 4"},
		{"COPY 0", v, p + "LOAD_FAST 0; COPY 0; RETURN_VALUE", nil, "oparg 4"},
		{"SWAP 1", v, p + "LOAD_FAST 0; SWAP 1; RETURN_VALUE", nil, "oparg 4"},
		{"COPY too deep", v, p + "LOAD_FAST 0; COPY 2; RETURN_VALUE", nil, "stack-underflow 4"},
		{"jump into a cache", v, p + "LOAD_FAST 0; TO_BOOL; JUMP_BACKWARD 4", nil, "jump 12"},
		{"jump behind EXTENDED_ARG", v, p + "JUMP_FORWARD 1; EXTENDED_ARG 0; NOP; LOAD_CONST 0; RETURN_VALUE", nil, "jump 2"},
		{"jump outside", v, p + "JUMP_FORWARD 9", nil, "jump 2"},
		{"falls off", v, p + "LOAD_CONST 0", nil, "falls-off 2"},
		{"cut short", v, p + "LOAD_FAST 0; raw 27 00 00 00", nil, "falls-off 4"},
		{"underflow", v, p + "POP_TOP", nil, "stack-underflow 2"},
		{"overflow", v, p + "LOAD_CONST 0; LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.StackSize = 1 }, "stack-overflow 4"},
		{"different heights", v, p + "LOAD_FAST 0; TO_BOOL; POP_JUMP_IF_FALSE 1; LOAD_CONST 0; LOAD_CONST 0; RETURN_VALUE", nil, "stack-join 16"},
		{"left over", v, p + "LOAD_CONST 0; LOAD_CONST 0; RETURN_VALUE", nil, "stack-join 6"},
		{"NULL returned", v, p + "PUSH_NULL; RETURN_VALUE", nil, "kind 4"},
		{"NULL popped", v, p + "PUSH_NULL; POP_TOP; LOAD_CONST 0; RETURN_VALUE", nil, ""},
		{"call without NULL", v, p + "LOAD_FAST 0; LOAD_FAST 0; CALL 0; RETURN_VALUE", nil, ""},
		{"call of NULL", v, p + "PUSH_NULL; LOAD_FAST 0; CALL 0; RETURN_VALUE", nil, "kind 6"},
		{"no iterator", v, p + "LOAD_FAST 0; FOR_ITER 1; RETURN_VALUE; END_FOR; POP_ITER; LOAD_CONST 0; RETURN_VALUE", nil, "kind 4"},
		{"iterator", v, p + "LOAD_FAST 0; GET_ITER; FOR_ITER 3; POP_TOP; JUMP_BACKWARD 5; END_FOR; POP_ITER; LOAD_CONST 0; RETURN_VALUE", nil, ""},
		{"loop without END_FOR", v, p + "LOAD_FAST 0; GET_ITER; FOR_ITER 1; RETURN_VALUE; NOP; POP_ITER; LOAD_CONST 0; RETURN_VALUE", nil, "jump 6"},
		{"no bool", v, p + "LOAD_FAST 0; POP_JUMP_IF_FALSE 0; LOAD_CONST 0; RETURN_VALUE", nil, "kind 4"},
		{"no code", v, p + "LOAD_FAST 0; MAKE_FUNCTION; RETURN_VALUE", nil, "kind 4"},
		{"append to a list", v, p + "BUILD_LIST 0; LOAD_FAST 0; LIST_APPEND 1; RETURN_VALUE", nil, ""},
		{"append to an object", v, p + "LOAD_FAST 1; LOAD_FAST 0; LIST_APPEND 1; RETURN_VALUE", func(o *code.Object) { o.ArgCount = 2; o.LocalsPlusKinds = &code.Bytes{S: "\x26\x26\x40"} }, "kind 6"},
		{"map in a set", v, p + "BUILD_SET 0; LOAD_FAST 0; LOAD_FAST 0; MAP_ADD 1; RETURN_VALUE", nil, "kind 8"},
		{"list as keyword arguments", v, p + "LOAD_FAST 0; PUSH_NULL; LOAD_CONST 2; BUILD_LIST 0; CALL_FUNCTION_EX; RETURN_VALUE", nil, "kind 10"},
		{"keyword names", v, p + "LOAD_FAST 0; PUSH_NULL; LOAD_FAST 0; LOAD_CONST 3; CALL_KW 1; RETURN_VALUE", nil, ""},
		{"too many keyword names", v, p + "LOAD_FAST 0; PUSH_NULL; LOAD_CONST 3; CALL_KW 0; RETURN_VALUE", nil, "consts 8"},
		{"keyword names of no tuple", v, p + "LOAD_FAST 0; PUSH_NULL; LOAD_FAST 0; BUILD_TUPLE 0; CALL_KW 1; RETURN_VALUE", nil, "consts 10"},
		{"unbound", v, p + "LOAD_FAST 1; RETURN_VALUE", nil, "unbound-local 2"},
		{"unbound on one way", v, p + "LOAD_FAST 0; TO_BOOL; POP_JUMP_IF_FALSE 2; LOAD_CONST 0; STORE_FAST 1; LOAD_FAST 1; RETURN_VALUE", nil, "unbound-local 20"},
		{"checked", v, p + "LOAD_FAST_CHECK 1; POP_TOP; LOAD_FAST 1; RETURN_VALUE", nil, ""},
		{"deleted", v, p + "DELETE_FAST 0; LOAD_FAST 0; RETURN_VALUE", nil, "unbound-local 4"},
		{"cleared", v, p + "LOAD_FAST_AND_CLEAR 0; LOAD_FAST 0; RETURN_VALUE", nil, "unbound-local 4"},
		{"restored", v, p + "LOAD_FAST_AND_CLEAR 0; STORE_FAST 0; LOAD_FAST 0; RETURN_VALUE", nil, ""},
		{"cleared, unbound", v, p + "LOAD_FAST_AND_CLEAR 1; RETURN_VALUE", nil, "kind 4"},
		{"borrow", v, p + "LOAD_FAST_BORROW 0; RETURN_VALUE", nil, ""},
		{"borrow stored", v, p + "LOAD_FAST_BORROW 0; STORE_FAST 1; LOAD_CONST 0; RETURN_VALUE", nil, "borrow 4"},
		{"borrow outlives", v, p + "LOAD_FAST_BORROW 0; DELETE_FAST 0; RETURN_VALUE", nil, "borrow 4"},
		{"borrow outlives as self", v, p + "LOAD_FAST_BORROW 0; LOAD_ATTR 1; LOAD_CONST 0; STORE_FAST 0; CALL 0; RETURN_VALUE", nil, "borrow 26"},
		{"borrow copied", v, p + "LOAD_FAST_BORROW 0; COPY 1; POP_TOP; DELETE_FAST 0; RETURN_VALUE", nil, "borrow 8"},
		{"no cell", v, p + "LOAD_DEREF 2; RETURN_VALUE", nil, "cell 2"},
		{"cell", v, "MAKE_CELL 2; " + p + "LOAD_DEREF 2; RETURN_VALUE", nil, ""},
		{"cell of a local", v, p + "LOAD_DEREF 0; RETURN_VALUE", nil, "oparg 2"},
		{"free variable", v, "COPY_FREE_VARS 1; " + p + "LOAD_DEREF 3; RETURN_VALUE", nil, ""},
		{"free variable not copied", v, p + "LOAD_DEREF 3; RETURN_VALUE", func(o *code.Object) {
			o.LocalsPlusNames, o.LocalsPlusKinds = namesOf(v, "a", "b", "c", "d"), &code.Bytes{S: "\x26\x20\x40\x80"}
		}, "cell -1"},
		{"argument without its cell", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.LocalsPlusKinds = &code.Bytes{S: "\x66\x20\x40"} }, "cell -1"},
		{"too many free variables", v, "COPY_FREE_VARS 2; " + p + "LOAD_DEREF 3; RETURN_VALUE", nil, "oparg 0"},
		{"free variable overwritten", v, "COPY_FREE_VARS 1; " + p + "LOAD_CONST 0; STORE_FAST 3; LOAD_CONST 0; RETURN_VALUE", nil, "cell 6"},
		{"generator", v, "RETURN_GENERATOR; POP_TOP; " + p + "LOAD_CONST 0; YIELD_VALUE 0; RESUME 1; RETURN_VALUE", flags(code.Generator), ""},
		{"yield without flag", v, "RETURN_GENERATOR; POP_TOP; " + p + "LOAD_CONST 0; RETURN_VALUE", nil, "generator 0"},
		{"yield before RETURN_GENERATOR", v, p + "LOAD_CONST 0; YIELD_VALUE 0; RESUME 1; RETURN_VALUE", flags(code.Generator), "generator 4"},
		{"two RETURN_GENERATOR", v, "RETURN_GENERATOR; POP_TOP; RETURN_GENERATOR; RETURN_VALUE", flags(code.Generator), "generator 4"},
		{"no RESUME", v, "RETURN_GENERATOR; POP_TOP; " + p + "LOAD_CONST 0; YIELD_VALUE 0; RETURN_VALUE", flags(code.Generator), "generator 8"},
		{"YIELD_VALUE 2", v, "RETURN_GENERATOR; POP_TOP; " + p + "LOAD_CONST 0; YIELD_VALUE 2; RESUME 1; RETURN_VALUE", flags(code.Generator), "oparg 8"},
		{"delegates to nothing", v, "RETURN_GENERATOR; POP_TOP; " + p + "LOAD_CONST 0; YIELD_VALUE 1; RESUME 2; RETURN_VALUE", flags(code.Generator), "generator 8"},
		{"3.15 without RESUME at the beginning", pyver.Py315, "NOP; LOAD_CONST 0; RETURN_VALUE", nil, "generator -1"},
		{"two kinds of generator", v, "RETURN_GENERATOR; RETURN_VALUE", flags(code.Generator | code.Coroutine), "flags -1"},
		{"docstring", v, p + "LOAD_CONST 0; RETURN_VALUE", flags(code.HasDocstring), "flags -1"},
		{"cache not empty", v, p + "LOAD_FAST 0; raw 27 00 01 00 00 00 00 00; RETURN_VALUE", nil, "caches 4"},
		{"odd length", v, "raw 80 00 52", nil, "size -1"},
		{"no code at all", v, "", func(o *code.Object) { o.Code = &code.Bytes{} }, "size -1"},
		{"arguments", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.ArgCount = 3 }, "size -1"},
		{"kinds", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.LocalsPlusKinds = &code.Bytes{S: "\x26\x80\x40"} }, "size -1"},
		{"name that is none", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.Names = &code.Tuple{Items: []code.Value{code.None}} }, "names -1"},
		{"missing constant", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.Consts = &code.Tuple{Items: []code.Value{nil}} }, "consts -1"},
		{"location table", v, p + "LOAD_CONST 0; RETURN_VALUE", func(o *code.Object) { o.LineTable = &code.Bytes{S: "\x00"} }, "line-table -1"},
		{"handler", v, p + "NOP; LOAD_CONST 0; RETURN_VALUE; PUSH_EXC_INFO; POP_TOP; POP_EXCEPT; LOAD_CONST 0; RETURN_VALUE",
			func(o *code.Object) { o.ExceptionTable = handlersOf(code.ExceptionEntry{Start: 2, End: 4, Target: 8}) }, ""},
		{"handler below the stack", v, p + "LOAD_GLOBAL 0; RETURN_VALUE; RETURN_VALUE",
			func(o *code.Object) {
				o.ExceptionTable = handlersOf(code.ExceptionEntry{Start: 2, End: 12, Target: 14, Depth: 1})
			}, "exception-table 2"},
		{"handlers out of order", v, p + "LOAD_CONST 0; RETURN_VALUE; POP_TOP; LOAD_CONST 0; RETURN_VALUE",
			func(o *code.Object) {
				o.ExceptionTable = handlersOf(code.ExceptionEntry{Start: 2, End: 4, Target: 6}, code.ExceptionEntry{Start: 0, End: 2, Target: 6})
			}, "exception-table -1"},
		{"raise lasti", v, p + "LOAD_GLOBAL 0; RETURN_VALUE; POP_TOP; RETURN_VALUE",
			func(o *code.Object) {
				o.ExceptionTable = handlersOf(code.ExceptionEntry{Start: 2, End: 12, Target: 14, Lasti: true})
			}, "kind 16"},
		{"POP_EXCEPT of an exception", v, p + "LOAD_GLOBAL 0; RETURN_VALUE; POP_EXCEPT; LOAD_CONST 0; RETURN_VALUE",
			func(o *code.Object) {
				o.ExceptionTable = handlersOf(code.ExceptionEntry{Start: 2, End: 12, Target: 14})
			}, "kind 14"},
		{"RERAISE of None", v, p + "LOAD_CONST 0; RERAISE 0", nil, "kind 4"},
		{"RERAISE of a variable that only frame.f_locals can set", v, p + "DELETE_FAST 0; LOAD_FAST_CHECK 0; RERAISE 0", nil, "kind 6"},
	})
}

func nest(inner *code.Object) func(o *code.Object) {
	return func(o *code.Object) { o.Consts.Items = append(o.Consts.Items, inner) }
}

// Closures and hidden arguments are checked where functions are made.
func TestFunctions(t *testing.T) {
	const v = pyver.Py314
	inner := function(t, v, "COPY_FREE_VARS 1", "RESUME 0", "LOAD_DEREF 0", "RETURN_VALUE")
	inner.ArgCount, inner.NLocals = 0, 0
	inner.LocalsPlusNames, inner.LocalsPlusKinds = namesOf(v, "c"), &code.Bytes{S: "\x80"}
	gen := function(t, v, "RETURN_GENERATOR", "POP_TOP", "RESUME 0", "LOAD_FAST 0", "FOR_ITER 6", "YIELD_VALUE 0", "RESUME 5",
		"POP_TOP", "JUMP_BACKWARD 7", "NOP", "END_FOR", "POP_ITER", "LOAD_CONST 0", "RETURN_VALUE")
	gen.Flags |= code.Generator
	gen.LocalsPlusNames, gen.LocalsPlusKinds, gen.NLocals = namesOf(v, ".0"), &code.Bytes{S: "\x26"}, 1
	check(t, []test{
		{"closure", v, "MAKE_CELL 2; " + p + "LOAD_FAST 2; BUILD_TUPLE 1; LOAD_CONST 5; MAKE_FUNCTION; SET_FUNCTION_ATTRIBUTE 8; RETURN_VALUE", nest(inner), ""},
		{"no closure", v, p + "LOAD_CONST 5; MAKE_FUNCTION; RETURN_VALUE", nest(inner), "kind 6"},
		{"other closure", v, "COPY_FREE_VARS 1; " + p + "LOAD_FAST 3; BUILD_TUPLE 1; LOAD_CONST 5; MAKE_FUNCTION; SET_FUNCTION_ATTRIBUTE 8; RETURN_VALUE", nest(inner), "closure 12"},
		{"closure of objects", v, p + "LOAD_FAST 0; BUILD_TUPLE 1; LOAD_CONST 5; MAKE_FUNCTION; SET_FUNCTION_ATTRIBUTE 8; RETURN_VALUE", nest(inner), "closure 10"},
		{"generator expression", v, p + "LOAD_CONST 5; MAKE_FUNCTION; LOAD_FAST 0; GET_ITER; CALL 0; RETURN_VALUE", nest(gen), ""},
		{"generator expression of an object", v, p + "LOAD_CONST 5; MAKE_FUNCTION; LOAD_FAST 0; CALL 0; RETURN_VALUE", nest(gen), "hidden-argument 8"},
		{"generator expression escapes", v, p + "LOAD_CONST 5; MAKE_FUNCTION; RETURN_VALUE", nest(gen), "kind 6"},
	})
}
