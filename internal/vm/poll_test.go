package vm_test

import (
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
)

// TestInterrupt interrupts programs that would go on for ever; some catch what interrupts them.
func TestInterrupt(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a loop that begins a function", `
def f():
    while True: pass
f()`, ""},
		{"a loop in a range that is protected, behind one that is not", `
def f():
    x = 1
    try:
        while True: pass
    except KeyboardInterrupt as e:
        return e.__traceback__.tb_lineno - f.__code__.co_firstlineno
print(f())`, "3\n"},
		{"a range loop", `
def f():
    x = 1
    try:
        for i in range(1 << 60): pass
    except KeyboardInterrupt:
        return "caught"
print(f())`, "caught\n"},
		{"a loop that compares", `
def f():
    i = 1
    try:
        while i < 100: i = 50
    except KeyboardInterrupt:
        return "caught"
print(f())`, "caught\n"},
		{"a loop that compares by a method", `
class C:
    def __lt__(self, other): return True
def f():
    c = d = C()
    try:
        while c < d: pass
    except KeyboardInterrupt:
        return "caught"
print(f())`, "caught\n"},
		{"calls without a loop", `
def f(n): return n if n < 2 else f(n - 1) + f(n - 2)
try:
    f(200)
except KeyboardInterrupt:
    print("caught")`, "caught\n"},
		{"methods without a loop", `
class C:
    def f(self, n): return n if n < 2 else self.f(n - 1) + self.f(n - 2)
try:
    C().f(200)
except KeyboardInterrupt:
    print("caught")`, "caught\n"},
		{"a loop in Go that calls functions", `
class C:
    def __getitem__(self, i): return i
try:
    max(C())
except KeyboardInterrupt:
    print("caught")`, "caught\n"},
		{"jumps that are not to be interrupted", `
def f(): pass
f.__code__ = f.__code__.replace(co_code=bytes([128, 0, 76, 2]), co_linetable=b"")
f()`, ""},
		{"a handler of itself", `
def f(): pass
# LOAD_CONST None; 2: LOAD_GLOBAL nothing, that is handled at 2
f.__code__ = f.__code__.replace(co_code=bytes([128, 0, 82, 0, 92, 0] + [0] * 8 + [31, 0, 35, 0]), co_names=("nothing",), co_stacksize=2, co_linetable=b"",
    co_exceptiontable=bytes([0x80 | 2, 5, 2, 0]))
f()`, ""},
		{"a handler in front of what it leads to", `
def f(): pass
# JUMP_FORWARD 6; 2: PUSH_EXC_INFO, POP_TOP, POP_EXCEPT, JUMP_FORWARD 6; 6: LOAD_GLOBAL nothing, that is handled at 2
f.__code__ = f.__code__.replace(co_code=bytes([128, 0, 77, 4, 32, 0, 31, 0, 29, 0, 77, 0, 92, 0] + [0] * 8 + [35, 0]), co_names=("nothing",), co_stacksize=3, co_linetable=b"",
    co_exceptiontable=bytes([0x80 | 6, 5, 2, 0]))
f()`, ""},
		{"a handler of a loop's test in the loop", `
def f(n): pass
# 1: LOAD_FAST_BORROW n, LOAD_SMALL_INT 0; 3: COMPARE_OP >, that is handled at 9, POP_JUMP_IF_FALSE 12, NOT_TAKEN, LOAD_FAST n;
# 9: STORE_FAST n, JUMP_BACKWARD 1; 12: LOAD_CONST None, RETURN_VALUE
f.__code__ = f.__code__.replace(co_code=bytes([128, 0, 86, 0, 94, 0, 56, 148, 0, 0, 100, 5, 0, 0, 28, 0, 84, 0, 112, 0, 75, 11, 0, 0, 82, 0, 35, 0]),
    co_stacksize=3, co_linetable=b"", co_exceptiontable=bytes([0x80 | 3, 2, 9, 0]))
f("never more")`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A machine that is slow may not have come to the try clause after a moment.
			for _, moment := range []time.Duration{20 * time.Millisecond, 200 * time.Millisecond, 2 * time.Second} {
				got := interrupted(t, c.src, moment)
				if got == c.want {
					return
				}
				t.Logf("after %v: got %q, want %q", moment, got, c.want)
			}
			t.Fail()
		})
	}
}

// interrupted runs a program and interrupts it again and again. It returns what the program prints.
func interrupted(t *testing.T, src string, moment time.Duration) string {
	var out strings.Builder
	in := newInterp(t, &out)
	before := in.Hooks.Break
	told := 0
	in.Hooks.Break = func(t *object.Thread) bool {
		if !t.Unbreak(object.BreakAsync) {
			return before(t)
		}
		if told++; told > 2 {
			panic("enough")
		}
		t.RaiseNew(&object.KeyboardInterruptType)
		return false
	}
	done := make(chan bool)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(moment):
				in.Main.Break(object.BreakAsync)
			}
		}
	}()
	defer close(done)
	func() {
		defer func() {
			if p := recover(); p != nil && p != "enough" {
				t.Fatal(p)
			}
		}()
		interp.RunSource(in, "test.py", []byte(src))
	}()
	if e := in.Main.Exc; e != nil && !e.Type.IsSubtype(&object.KeyboardInterruptType) {
		t.Error(e.Type.Name, in.Main.Str(object.Of(e)).S)
	}
	return out.String()
}
