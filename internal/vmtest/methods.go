package vmtest

import (
	_ "embed"

	"github.com/krait-py/krait/internal/object"
)

//go:embed methods.py
var methods string

// Attack makes n calls of builtin functions, types and methods with arguments that nobody would give them, which the seed chooses. Each is
// told to note before. The error is a *Finding.
func (r *Runner) Attack(seed int64, n int, note func(what string)) error {
	if r.ran == 0 || r.ran >= refresh {
		r.attack = object.Value{}
	}
	_, err := r.guard(func(t *object.Thread) object.Value {
		if r.attack.IsNil() {
			m, err := loadModule(t.Interp, "methods", methods)
			if err != nil {
				return t.RuntimeErrorf("%v", err)
			}
			m.Set(t, "note", object.NewBuiltin(&object.MethodDef{Name: "note", Sig: "(what, /)", Fn: func(t *object.Thread, a []object.Value) object.Value {
				note(a[0].Str().S)
				return object.None
			}}, object.Value{}, object.Value{}))
			r.attack = m.Dict().GetName("attack")
		}
		return t.CallArgs(r.attack, object.MakeInt(seed), object.MakeInt(int64(n)))
	})
	return err
}
