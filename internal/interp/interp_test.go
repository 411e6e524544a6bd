package interp

import (
	"strings"
	"testing"
)

func TestSlice(t *testing.T) {
	var out, errs strings.Builder
	status := Run(Config{Stdout: &out, Stderr: &errs}, "x.py", []byte(`
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
	if got, want := out.String(), "6765\n7 9\n14\n2\n1\n2\n3\n10\n"; got != want || status != 0 {
		t.Errorf("got %q, status %d; want %q\n%s", got, status, want, errs.String())
	}
}
