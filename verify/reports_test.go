package verify

import (
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Code that crashed CPython according to reports in its tracker
// (github.com/python/cpython/issues), in words of our own. The tracker's
// answer is that hand-made bytecode may crash; here it is refused.
func TestCrashReports(t *testing.T) {
	table := func(s string) func(*code.Object) {
		return func(o *code.Object) { o.LineTable = &code.Bytes{S: s} }
	}
	const ret = "LOAD_CONST 0; RETURN_VALUE"
	strs := &code.Tuple{Items: []code.Value{name(pyver.Py314, "s"), name(pyver.Py314, "s")}}
	check(t, []test{
		// The issue that asks for a verifier: operands and stack of 3.8 to
		// 3.10 unchecked.
		{"86588, constant", pyver.Py38, "LOAD_CONST 100; RETURN_VALUE", nil, "oparg 0"},
		{"86588, stack", pyver.Py39, "RETURN_VALUE", nil, "stack-underflow 0"},
		{"86588, block", pyver.Py310, "POP_BLOCK; " + ret, nil, "block-stack 0"},
		{"86905, line table", pyver.Py310, ret, table("\x00"), "line-table -1"},
		{"99975, line table", pyver.Py310, ret, table("\x02"), "line-table -1"},
		{"121921, stack", pyver.Py313, "raw 00 00 00 00", nil, "opcode 0"},
		{"123731, POP_TOP", pyver.Py313, "POP_TOP", nil, "stack-underflow 0"},
		{"123731, POP_TOP", pyver.Py314, "POP_TOP", nil, "stack-underflow 0"},
		{"126119, stack size", pyver.Py314, ret, func(o *code.Object) { o.StackSize = 1<<31 - 1 }, "size -1"},
		{"140211, LOAD_CONST", pyver.Py315, p + "LOAD_CONST 200; RETURN_VALUE", nil, "oparg 4"},
		{"140211, STORE_NAME", pyver.Py315, p + "LOAD_CONST 0; STORE_NAME 200; " + ret, nil, "oparg 6"},
		{"140211, STORE_GLOBAL", pyver.Py315, p + "LOAD_CONST 0; STORE_GLOBAL 200; " + ret, nil, "oparg 6"},
		{"140497, no bytecode", pyver.Py314, "", nil, "size -1"},
		{"140776, other constants", pyver.Py314, p + "LOAD_CONST 0; MAKE_FUNCTION; RETURN_VALUE", func(o *code.Object) { o.Consts = strs }, "kind 4"},
		{"140935, location table", pyver.Py314, ret, table("\xa0\xa1"), "line-table -1"},
		{"142736, location table", pyver.Py314, ret, table("\x00"), "line-table -1"},
		{"143430, location table", pyver.Py314, p + "LOAD_COMMON_CONSTANT 0; RAISE_VARARGS 1", table("\x00\x00"), "line-table -1"},
		{"154985, INSTRUMENTED_LINE", pyver.Py312, "INSTRUMENTED_LINE", nil, "opcode 0"},
		{"154985, INSTRUMENTED_LINE", pyver.Py314, "INSTRUMENTED_LINE", nil, "opcode 0"},
		{"156074, exception table", pyver.Py314, p + ret, func(o *code.Object) {
			o.ExceptionTable = &code.Bytes{S: "\x80\x4f\x28\x43\x74\x49\x00\x00"}
		}, "exception-table -1"},
		{"156075, stack size", pyver.Py314, p + "LOAD_CONST 0; LOAD_CONST 0; BUILD_TUPLE 2; RETURN_VALUE", func(o *code.Object) { o.StackSize = 0 }, "stack-overflow 2"},
	})
}
