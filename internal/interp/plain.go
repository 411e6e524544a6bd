package interp

import (
	"io"

	"github.com/krait-py/krait/internal/object"
)

// plainFile stands for sys.stdout and sys.stderr until module io has made them.
type plainFile struct {
	object.Head
	w io.Writer
}

var plainFileType object.Type

func plain(w io.Writer) Value { return object.Of(&plainFile{object.Head{Type: &plainFileType}, w}) }

func init() { object.OnFirst(definePlainFile) }

func definePlainFile() {
	object.Define(&plainFileType, object.TypeSpec{Name: "plainfile", Methods: []object.MethodDef{
		{Name: "write", Sig: "($self, text, /)", Fn: func(t *Thread, a []Value) Value {
			if a[1].IsStr() {
				io.WriteString(object.To[plainFile](a[0]).w, a[1].Str().S)
			}
			return object.None
		}},
		{Name: "flush", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.None }},
	}})
}
