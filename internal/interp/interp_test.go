package interp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

func TestSlice(t *testing.T) {
	in := New()
	th := in.Main
	var out strings.Builder
	print := object.MethodDef{Name: "print", Sig: "(*args)", Fn: func(t *object.Thread, a []object.Value) object.Value {
		for i, x := range object.To[object.Tuple](a[0]).V {
			if i > 0 {
				out.WriteByte(' ')
			}
			s := t.Str(x)
			if s == nil {
				return object.Value{}
			}
			out.WriteString(s.S)
		}
		out.WriteByte('\n')
		return object.None
	}}
	build := object.MethodDef{Name: "__build_class__", Raw: vm.BuildClass}
	in.Builtins.SetName(th, "print", object.NewBuiltin(&print, object.Value{}, object.None))
	in.Builtins.SetName(th, "__build_class__", object.NewBuiltin(&build, object.Value{}, object.None))
	in.Builtins.SetName(th, "ValueError", object.Of(&object.ValueErrorType))
	in.Builtins.SetName(th, "range", object.Of(&object.RangeType))
	v := RunSource(in, "x.py", []byte(`
def fib(n):
    if n < 2:
        return n
    return fib(n-1) + fib(n-2)
x = fib(20)
print(x)
def f(a, b=2, *c, d=4, **e):
    return a + b + d
print(f(1), f(1, 3, d=5))
class A:
    def __init__(self, x):
        self.x = x
        self.y = 3
    def m(self):
        return self.x + self.y
class B(A):
    def m(self):
        return super().m() + 1
print(B(10).m())
try:
    raise ValueError(1)
except ValueError as e:
    print(2)
def g():
    yield 1
    r = yield 2
    yield 3
for i in g():
    print(i)
i = 0
while i < 10:
    i += 1
print(i)
`))
	if v.IsNil() {
		e := th.Exc
		th.Exc = nil
		var tb []string
		for x := e.TB; x != nil; x = x.Next {
			tb = append(tb, fmt.Sprint(x.Frame.Func.Code.Name.Str().S, x.Lasti))
		}
		s := e.Type.Name
		if len(e.Args.V) > 0 && e.Args.V[0].IsStr() {
			s += ": " + e.Args.V[0].Str().S
		}
		t.Fatalf("%s: %s %v", s, out.String(), tb)
	}
	if got, want := out.String(), "6765\n7 9\n14\n2\n1\n2\n3\n10\n"; got != want {
		t.Errorf("got %q", got)
	}
}
