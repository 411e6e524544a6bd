package vm

import (
	"context"
	"runtime"
	"testing"
	"unsafe"
	"weak"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/image"
	"github.com/krait-py/krait/internal/object"
)

const imageSource = `
def first(a, b):
    return a.some_name_of_first + b
class C:
    x = 1
def second(*c):
    "What second does, in more than twenty characters."
    return [d.some_name_of_second for d in c]
`

// imageOfSource returns the code of imageSource, from an image and as it was compiled.
func imageOfSource(t *testing.T) (c, compiled *object.Code) {
	t.Helper()
	o, diags := compile.Source(context.Background(), []byte(imageSource), compile.Options{Filename: "m.py"})
	if o == nil {
		t.Fatal(diags)
	}
	made, err := image.Make([]image.Source{{Name: "m", Code: o}}, 7)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]uint64, len(made)/8+1)
	data := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(made))
	copy(data, made)
	im, err := image.Open(data, 7)
	if err != nil {
		t.Fatal(err)
	}
	in := object.NewInterp()
	Setup(in)
	return NewImages(in, im).Code("m"), NewCode(in.Main, o, true)
}

// codesOf returns the code objects among the constants of one.
func codesOf(c *object.Code) map[string]*object.Code {
	m := map[string]*object.Code{}
	for _, k := range c.Full().Consts {
		if k.Is(&object.CodeType) {
			m[object.To[object.Code](k).Name.Str().S] = object.To[object.Code](k)
		}
	}
	return m
}

// collectOften makes the collector give up what nobody has, and others take its memory.
func collectOften() {
	for range 3 {
		runtime.GC()
		for range 100 {
			object.RawSlice[imagedObject](2)[1].obj.FirstLine = -1
			object.NewInterp()
		}
	}
}

// The code of a class's body is given up though the functions beside it live on.
func TestImagedBodyIsGivenUp(t *testing.T) {
	c, _ := imageOfSource(t)
	codes := codesOf(c)
	body, first := weak.Make(codes["C"]), codes["first"]
	codes, c = nil, nil
	runtime.GC()
	if body.Value() != nil {
		t.Error("the code of the class's body is kept")
	}
	if first.Name.Str().S != "first" {
		t.Error("the function beside it has another name")
	}
}

// What the collector does not look at stays: names, and what an Obj points to, also that of the copy that has all values.
func TestImagedCodeStays(t *testing.T) {
	c, compiled := imageOfSource(t)
	fs, want := codesOf(c), codesOf(compiled)
	for range 2 {
		collectOften()
		for name, f := range fs {
			w := want[name].Full()
			o := f.Obj
			if o.FirstLine != w.Obj.FirstLine || o.Code.S != w.Obj.Code.S || o.LineTable.S != w.Obj.LineTable.S || o.LocalsPlusKinds.S != w.Obj.LocalsPlusKinds.S {
				t.Errorf("%s: Obj has changed", name)
			}
			if f.Full(); len(f.Names) != len(w.Names) || len(f.Localsplus) != len(w.Localsplus) {
				t.Fatalf("%s: %d names, %d variables; want %d, %d", name, len(f.Names), len(f.Localsplus), len(w.Names), len(w.Localsplus))
			}
			for i, n := range w.Names {
				if f.Names[i].S != n.S || !f.Names[i].Interned {
					t.Errorf("%s: name %d is %q, want %q", name, i, f.Names[i].S, n.S)
				}
			}
			for i, n := range w.Localsplus {
				if f.Localsplus[i].S != n.S {
					t.Errorf("%s: variable %d is %q, want %q", name, i, f.Localsplus[i].S, n.S)
				}
			}
			if whole := wholeObject(f); whole != f.Obj || whole.Names == nil || whole.Code.S != w.Obj.Code.S {
				t.Errorf("%s: wholeObject gives %v", name, whole)
			}
		}
	}
}
