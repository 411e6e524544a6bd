package verify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Code made to be hard ends in an answer, whatever it is, within a time that
// grows with its size.
func TestHostile(t *testing.T) {
	const v = pyver.Py314
	const n = 20000
	long := func(line string) []string {
		return strings.Split(strings.Repeat(strings.ReplaceAll(line, "; ", ";")+";", n)+"NOP", ";")
	}
	for name, o := range hostile(t, v, n, long) {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := Object(o)
			t.Logf("%d bytes, %d findings, %v", r.Size, len(r.Findings), time.Since(start))
		})
	}
}

func hostile(t *testing.T, v pyver.Version, n int, long func(string) []string) map[string]*code.Object {
	m := map[string]*code.Object{
		"many faults":  function(t, v, long("LOAD_CONST 200")...),
		"high stack":   function(t, v, long("LOAD_CONST 0")...),
		"many jumps":   function(t, v, long("LOAD_CONST 1; POP_JUMP_IF_NONE 1; NOP")...),
		"many loops":   function(t, v, long("JUMP_BACKWARD 2")...),
		"deep swaps":   function(t, v, long("LOAD_CONST 0; SWAP 2; COPY 1")...),
		"lists":        function(t, v, long("BUILD_LIST 0; LOAD_CONST 0; LIST_APPEND 1")...),
		"wide operand": function(t, v, append(long("LOAD_CONST 0"), long("EXTENDED_ARG 78; COPY 32; POP_TOP")...)...),
	}
	for _, o := range m {
		o.StackSize = 1 << 20
	}
	many := function(t, v, long("LOAD_CONST 0; STORE_FAST 1; LOAD_CONST 1; POP_JUMP_IF_NONE 1; NOP")...)
	many.LocalsPlusNames = &code.Tuple{}
	for i := range 10 * n {
		many.LocalsPlusNames.Items = append(many.LocalsPlusNames.Items, name(v, fmt.Sprint("v", i)))
	}
	many.LocalsPlusKinds = &code.Bytes{S: "\x26" + strings.Repeat("\x20", 10*n-1)}
	m["many variables"] = many
	// Each instruction in a range of its own, with one handler.
	ranges := function(t, v, append(long("LOAD_CONST 0; STORE_FAST 1"), "POP_TOP", "LOAD_CONST 0", "RETURN_VALUE")...)
	var entries []code.ExceptionEntry
	for i := range 2 * n {
		entries = append(entries, code.ExceptionEntry{Start: 2 * i, End: 2*i + 2, Target: 4*n + 2})
	}
	ranges.ExceptionTable = handlersOf(entries...)
	ranges.StackSize = 10
	m["many ranges"] = ranges
	old := function(t, pyver.Py38, long("SETUP_FINALLY 0; POP_BLOCK; CALL_FINALLY 0")...)
	old.StackSize = 1 << 20
	m["finally"] = old
	old = function(t, pyver.Py36, long("SETUP_LOOP 2; LOAD_CONST 0; END_FINALLY")...)
	old.StackSize = 1 << 20
	m["loops in loops"] = old
	return m
}
