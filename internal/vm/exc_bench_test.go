package vm_test

import (
	"os"
	"testing"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

const excPrograms = `
def leaf(): raise ValueError(1)
def loop(n):
    for i in range(n):
        try:
            raise ValueError
        except ValueError:
            pass
def one(n):
    for i in range(n):
        try: leaf()
        except ValueError: pass
def l1(): l2()
def l2(): l3()
def l3(): l4()
def l4(): leaf()
def five(n):
    for i in range(n):
        try: l1()
        except ValueError: pass
def inner():
    try: leaf()
    except ValueError: pass
def caught(n):
    for i in range(n): inner()
def g():
    while 1:
        try:
            yield 1
            raise ValueError
        except ValueError: pass
def generator(n):
    x = g()
    for i in range(n): next(x)
def gleaf():
    yield 1
    raise ValueError(1)
def throughgenerator(n):
    for i in range(n):
        try:
            for x in gleaf(): pass
        except ValueError: pass
def key(n):
    d = {}
    for i in range(n):
        try: d['x']
        except KeyError: pass
def attribute(n):
    o = object()
    for i in range(n):
        try: o.foo
        except AttributeError: pass
def index(n):
    l = []
    for i in range(n):
        try: l[3]
        except IndexError: pass
def final(n):
    for i in range(n):
        try:
            try: raise ValueError
            finally: x = 1
        except ValueError: pass
`

// BenchmarkExceptions raises and catches exceptions in various ways.
func BenchmarkExceptions(b *testing.B) {
	in, err := interp.New(interp.Config{Stdout: os.Stdout, Stderr: os.Stderr})
	if err != nil {
		b.Fatal(err)
	}
	if interp.RunSource(in, "exceptions.py", []byte(excPrograms)).IsNil() {
		b.Fatal("the programs failed")
	}
	t := in.Main
	main := object.To[object.Module](in.Modules.GetName("__main__"))
	for _, name := range []string{"loop", "one", "five", "caught", "generator", "throughgenerator", "key", "attribute", "index", "final"} {
		f := object.To[object.Func](main.Dict().GetName(name))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			if vm.CallFunc(t, f, []object.Value{object.MakeInt(int64(b.N))}, nil).IsNil() {
				b.Fatal("failed")
			}
		})
	}
}
