package verify_test

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/verify"
)

// Programs that kill the interpreter if they are run, by things that the
// verifier has to know beside stack pictures; some have a twin that is fine.
func TestTrusted(t *testing.T) {
	const (
		ret  = "LOAD_CONST None\n RETURN_VALUE\n"
		none = "code f()\n RESUME 0\n " + ret + "end\n"
		gen  = "code g()\n flags OPTIMIZED, NEWLOCALS, GENERATOR\n RETURN_GENERATOR\n POP_TOP\n RESUME 0\n " + ret + "end\n"
		loop = "next:\n FOR_ITER done\n POP_TOP\n JUMP_BACKWARD next\ndone:\n END_FOR\n POP_ITER\n" + ret
		call = "LOAD_CONST code g\n MAKE_FUNCTION\n PUSH_NULL\n CALL 0\n"
	)
	annotate := func(tuple string) string {
		return "python 3.14\ncode <module>\n RESUME 0\n " + tuple + "\n LOAD_CONST code f\n MAKE_FUNCTION\n SET_FUNCTION_ATTRIBUTE annotations\n RETURN_VALUE\n" + none + "end"
	}
	template := func(lines string) string {
		return "python 3.14\ncode <module>\n RESUME 0\n " + lines + "\n BUILD_TEMPLATE\n RETURN_VALUE\nend"
	}
	interpolation := "LOAD_CONST 1\n LOAD_CONST \"x\"\n BUILD_INTERPOLATION 2\n"
	far := func(n int) string {
		return "python 3.14\ncode <module>\n RESUME 0\n LOAD_CONST code g\n MAKE_FUNCTION\n RETURN_VALUE\n" +
			"code g()\n RETURN_GENERATOR\n POP_TOP\n RESUME 0\n LOAD_CONST ()\n GET_ITER\n LOAD_CONST None\nagain:\n SEND done\n" +
			" YIELD_VALUE 1\n RESUME 2\n JUMP_BACKWARD_NO_INTERRUPT again\n" + strings.Repeat("NOP\n", n) + "done:\n END_SEND\n RETURN_VALUE\nend\nend"
	}
	for _, c := range []struct {
		name, text string
		want       verify.Rule // of the first finding
	}{
		{"annotations", annotate(`LOAD_CONST ("x", "y")`), ""},
		{"annotations without end", annotate(`LOAD_CONST ("x", "y", "z")`), verify.Kind},
		{"built annotations", annotate("LOAD_CONST 1\n LOAD_CONST 2\n BUILD_TUPLE 2"), ""},
		{"built annotations without end", annotate("LOAD_CONST 1\n BUILD_TUPLE 1"), verify.Kind},
		{"annotations of unknown length", annotate("BUILD_LIST 0\n CALL_INTRINSIC_1 LIST_TO_TUPLE"), verify.Kind},
		{"annotations, 3.12", "python 3.12\ncode <module>\n RESUME 0\n LOAD_CONST (1,)\n LOAD_CONST code f\n MAKE_FUNCTION annotations\n RETURN_VALUE\n" + none + "end", verify.Kind},
		{"annotations and closure, 3.12", "python 3.12\ncode <module>\n RESUME 0\n LOAD_CONST (1, 2)\n LOAD_CONST code f\n MAKE_FUNCTION annotations\n RETURN_VALUE\n" + none + "end", ""},
		{"template", template("LOAD_CONST (\"\", \"b\")\n " + interpolation + "BUILD_TUPLE 1"), ""},
		{"template, strings built", template("LOAD_CONST \"\"\n LOAD_CONST \"b\"\n BUILD_TUPLE 2\n " + interpolation + "BUILD_TUPLE 1"), ""},
		{"template of nothing", template("LOAD_CONST (\"\",)\n LOAD_CONST ()"), ""},
		{"template without strings", template("LOAD_CONST ()\n LOAD_CONST ()"), verify.Kind},
		{"template of numbers", template("LOAD_CONST (\"a\", \"b\")\n LOAD_CONST 1\n BUILD_TUPLE 1"), verify.Kind},
		{"template between numbers", template("LOAD_CONST (\"a\", 1)\n " + interpolation + "BUILD_TUPLE 1"), verify.Kind},
		{"super() without its cell", "python 3.14\ncode f(self)\n cells self\n MAKE_CELL self\n RESUME 0\n LOAD_CONST 1\n STORE_FAST self\n LOAD_GLOBAL super + NULL\n CALL 0\n RETURN_VALUE\nend", verify.Cell},
		{"other cell overwritten", "python 3.14\ncode f(self, x)\n cells x\n MAKE_CELL x\n RESUME 0\n LOAD_CONST 1\n STORE_FAST x\n " + ret + "end", ""},
		{"SEND", far(100), ""},
		{"SEND too far", far(1 << 16), verify.Jump},
		{"hidden argument from anywhere", "python 3.14\ncode <module>\n RESUME 0\n " + call + "RETURN_VALUE\ncode g(*.0)\n RESUME 0\n LOAD_FAST .0\n" + loop + "end\nend", verify.Hidden},
		{"hidden argument in a cell", "python 3.14\ncode g()\n free .0\n COPY_FREE_VARS 1\n RESUME 0\n LOAD_DEREF .0\n" + loop + "LOAD_FAST .0\nmore:\n FOR_ITER end2\n POP_TOP\n JUMP_BACKWARD more\nend2:\n END_FOR\n POP_ITER\n" + ret + "end", verify.Hidden},
		{"set from anywhere", "python 3.14\ncode f(__conditional_annotations__)\n RESUME 0\n LOAD_FAST __conditional_annotations__\n LOAD_CONST 1\n SET_ADD 1\n RETURN_VALUE\nend", verify.Kind},
		{"set in a cell from anywhere", "python 3.14\ncode f(__conditional_annotations__)\n cells __conditional_annotations__\n MAKE_CELL __conditional_annotations__\n RESUME 0\n LOAD_DEREF __conditional_annotations__\n LOAD_CONST 1\n SET_ADD 1\n RETURN_VALUE\nend", verify.Hidden},
		{"generator", "python 3.14\ncode <module>\n RESUME 0\n " + call + loop + gen + "end", ""},
		{"generator that may be something else", "python 3.14\ncode <module>\n RESUME 0\n LOAD_CONST code g\n MAKE_FUNCTION\n COPY 1\n LOAD_NAME print\n SWAP 2\n STORE_ATTR __code__\n PUSH_NULL\n CALL 0\n" + loop + gen + "end", verify.Kind},
		{"place of an exception", "python 3.14\ncode f(x)\n RESUME 0\nbegin:\n LOAD_FAST x\n GET_ITER\nend1:\n RETURN_VALUE\nbad:\n RERAISE 1\n try begin to end1 -> bad lasti\nend", ""},
		{"place of nothing", "python 3.14\ncode f(x)\n RESUME 0\nbegin:\n LOAD_FAST x\n GET_ITER\nend1:\n RETURN_VALUE\nbad:\n PUSH_EXC_INFO\n RERAISE 1\n try begin to end1 -> bad\nend", verify.Kind},
		{"handler of an instruction that never raises", "python 3.14\ncode f(x)\n RESUME 0\nbegin:\n NOP\nend1:\n " + ret + "bad:\n POP_TOP\n POP_TOP\n " + ret + " try begin to end1 -> bad\nend", verify.Underflow},
		{"handler of PUSH_EXC_INFO", "python 3.14\ncode f(x)\n RESUME 0\nbegin:\n LOAD_FAST x\n GET_ITER\nend1:\n RETURN_VALUE\nbad:\n PUSH_EXC_INFO\n RERAISE 0\nend2:\nworse:\n COPY 3\n POP_EXCEPT\n RERAISE 1\n" +
			" try begin to end1 -> bad\n try bad to end2 -> worse depth 1 lasti\nend", ""},
		{"handler of PUSH_EXC_INFO that wants more", "python 3.14\ncode f(x)\n RESUME 0\nbegin:\n LOAD_FAST x\n GET_ITER\nend1:\n RETURN_VALUE\nbad:\n PUSH_EXC_INFO\n RERAISE 0\nend2:\nworse:\n COPY 3\n POP_EXCEPT\n RERAISE 1\n" +
			" try begin to end1 -> bad\n try bad to end2 -> worse depth 2 lasti\nend", verify.ExceptionTable},
		{"locations behind the code", "python 3.11\ncode <module>\n stacksize 1\n bytecode 970064005300\n linetable fb\n const None\nend", verify.LineTable},
		{"locations up to the end", "python 3.11\ncode <module>\n stacksize 1\n bytecode 970064005300\n linetable fa\n const None\nend", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rule(verify.Object(parse(t, c.text))); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

// The code of a file has nobody to bring it cells.
func TestModule(t *testing.T) {
	o := parse(t, "python 3.14\ncode <module>\n free x\n COPY_FREE_VARS 1\n RESUME 0\n LOAD_DEREF x\n RETURN_VALUE\nend")
	if got := rule(verify.Object(o)); got != "" {
		t.Errorf("as a function: refused for %q", got)
	}
	if got := rule(verify.Module(o)); got != verify.Closure {
		t.Errorf("as a module: refused for %q, want %q", got, verify.Closure)
	}
}

func parse(t *testing.T, text string) *code.Object {
	t.Helper()
	f, diags := asm.Parse("test.pyasm", []byte(text), asm.Options{})
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return f.Code
}

// rule returns what the first finding is about, "" if there is none.
func rule(r *verify.Report) verify.Rule {
	if r.OK() {
		return ""
	}
	return r.Findings[0].Rule
}
