// Package atexitmod is module atexit: functions called when the program ends.
package atexitmod

import (
	"slices"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Handlers are the functions to call at an interpreter's end: its entry "atexit" of object.Interp.State.
type Handlers struct {
	calls []*call
}

type call struct {
	f     Value
	args  []Value
	names *object.Tuple
}

// Run calls the functions, the last registered first, until none is left. Exceptions are reported and forgotten.
func (h *Handlers) Run(t *Thread) {
	for len(h.calls) > 0 {
		c := h.calls[len(h.calls)-1]
		h.calls = h.calls[:len(h.calls)-1]
		if t.Call(c.f, c.args, c.names).P == nil {
			t.Unraisable("Exception ignored in atexit callback ", c.f)
		}
	}
}

func handlers(t *Thread) *Handlers {
	h, _ := t.Interp.State["atexit"].(*Handlers)
	if h == nil {
		h = &Handlers{}
		t.Interp.State["atexit"] = h
	}
	return h
}

// Module is the definition of atexit.
var Module = object.ModuleDef{
	Name: "atexit",
	Doc:  "allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n",
	Methods: []object.MethodDef{
		{Name: "register", Raw: register, Doc: "Register a function to be executed upon normal program termination\n\nThe function comes with the arguments that it is called with.\nIt is returned, so that register may be used as a decorator."},
		{Name: "unregister", Sig: "(func, /)", Fn: unregister, Doc: "Unregister an exit function which was previously registered using\natexit.register"},
		{Name: "_clear", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			handlers(t).calls = nil
			return object.None
		}, Doc: "Clear the list of previously registered exit functions."},
		{Name: "_run_exitfuncs", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			handlers(t).Run(t)
			return object.None
		}, Doc: "Run all registered exit functions.\n\nExceptions are reported as unraisable."},
		{Name: "_ncallbacks", Sig: "()", Fn: func(t *Thread, a []Value) Value {
			return object.MakeInt(int64(len(handlers(t).calls)))
		}, Doc: "Return the number of registered exit functions."},
	},
}

func register(t *Thread, args []Value, names *object.Tuple) Value {
	if len(args)-object.NameCount(names) == 0 {
		return t.TypeErrorf("register() takes at least 1 argument (0 given)")
	}
	if args[0].Type().Call == nil {
		return t.TypeErrorf("the first argument must be callable")
	}
	h := handlers(t)
	h.calls = append(h.calls, &call{args[0], slices.Clone(args[1:]), names})
	return args[0]
}

func unregister(t *Thread, a []Value) Value {
	h := handlers(t)
	for i := len(h.calls) - 1; i >= 0; i-- {
		if i >= len(h.calls) {
			continue // __eq__ has removed some
		}
		c := h.calls[i]
		eq, ok := t.Equal(a[0], c.f)
		if !ok {
			return Value{}
		}
		if eq {
			if j := slices.Index(h.calls, c); j >= 0 {
				h.calls = slices.Delete(h.calls, j, j+1)
			}
		}
	}
	return object.None
}
