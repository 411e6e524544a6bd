package library

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/image"
)

func compiled(t *testing.T, text string) *code.Object {
	t.Helper()
	o, diags := compile.Source(context.Background(), []byte(text), compile.Options{Filename: "m.py"})
	if o == nil {
		t.Fatal(diags)
	}
	return o
}

// storeOf returns a new store of p.
func storeOf(t *testing.T, p *Place) image.Store {
	t.Helper()
	store, err := p.Modules()
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestModules(t *testing.T) {
	exe, l := fake(t)
	p := imaged(t, exe, l)
	store := storeOf(t, p)
	one, two := image.SumOf([]byte("one")), image.SumOf([]byte("two"))
	store.Keep(one, compiled(t, "def f(): pass\n"))
	files := 0
	p.Mapped = func(data []byte) { files++ }
	again := storeOf(t, p)
	im := again.Load(one)
	if im == nil {
		t.Fatal("what was kept is not there")
	}
	if n, ok := im.Find(""); !ok || len(im.Codes) != 2 || im.Text(im.Strs[im.Codes[n].Filename].Span) != "m.py" {
		t.Errorf("the image has %d code objects", len(im.Codes))
	}
	if again.Load(one) != im || files != 1 {
		t.Errorf("the image was opened %d times", files)
	}
	if again.Load(two) != nil {
		t.Error("there is an image that nobody made")
	}

	// What is damaged, and what another build of krait has made, is no image.
	file := filepath.Join(p.dir, modulesName)
	names, err := os.ReadDir(file)
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	if err := os.WriteFile(exe, []byte("another program"), 0o755); err != nil {
		t.Fatal(err)
	}
	other := storeOf(t, p)
	if other.Load(one) != nil {
		t.Error("another build has taken the image")
	}
	other.Keep(one, compiled(t, "x = 1\n"))
	if other.Load(one) == nil {
		t.Error("another build cannot keep its own")
	}
}

func TestModulesCovers(t *testing.T) {
	exe, l := fake(t)
	store := storeOf(t, imaged(t, exe, l))
	for file, want := range map[string]bool{"json/decoder.py": true, "re/__init__.py": true, "site-packages/pip/x.py": false, "dist-packages/x.py": false} {
		if got := store.Covers(filepath.Join(l.Dir, filepath.FromSlash(file))); got != want {
			t.Errorf("Covers(%s) = %t", file, got)
		}
	}
	if store.Covers(l.Dir+"2.py") || store.Covers("") {
		t.Error("a file beside the library is covered")
	}
}
