// Package contextvarsmod is module _contextvars: variables whose values belong to a context.
package contextvarsmod

import (
	"fmt"

	"github.com/krait-py/krait/internal/object"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// variable is a ContextVar.
type variable struct {
	object.Head
	name   Value
	def    Value // no value: none
	hash   uint64
	cached Value // the value in contexts whose map is that of root
	root   *node
}

// context is a Context.
type context struct {
	object.Head
	vars    trie
	entered bool
	edit    edit     // of the nodes that nobody else has: they are changed in place
	prev    *context // what was the thread's context before it was entered
}

// editable returns the edit for a change of c.
func (c *context) editable() edit {
	if c.edit == 0 {
		c.edit = newEdit()
	}
	return c.edit
}

// shared returns the variables of c, which stay as they are.
func (c *context) shared() trie {
	c.edit = 0
	return c.vars
}

// token is what setting a variable returns.
type token struct {
	object.Head
	ctx  *context
	v    *variable
	old  Value // no value: the variable was not set
	used bool
}

// VarType is ContextVar.
var VarType, contextType, tokenType, missingType object.Type

var missing = object.Of(&object.Head{Type: &missingType})

// Module is the definition of _contextvars.
var Module = object.ModuleDef{
	Name:    "_contextvars",
	Setup:   setup,
	Doc:     "Context Variables",
	Methods: []object.MethodDef{{Name: "copy_context", Sig: "()", Fn: func(t *Thread, a []Value) Value { return Copy(t) }}},
	Types:   []*object.Type{&contextType, &VarType, &tokenType},
}

// counter numbers an interpreter's variables.
type counter struct{ n uint64 }

func nextHash(t *Thread) uint64 {
	c, _ := t.Interp.State["_contextvars"].(*counter)
	if c == nil {
		c = &counter{}
		t.Interp.State["_contextvars"] = c
	}
	c.n++
	h := c.n * 0x9E3779B97F4A7C15 // odd, so that no two numbers give the same
	return h>>32 | h<<32
}

// current returns the thread's context, which is made when it is first asked for.
func current(t *Thread) *context {
	if t.Context.P == nil {
		t.Context = object.Of(&context{Head: object.Head{Type: &contextType}, entered: true})
	}
	return object.To[context](t.Context)
}

// Copy returns a copy of the thread's context.
func Copy(t *Thread) Value {
	c := &context{Head: object.Head{Type: &contextType}}
	if t.Context.P != nil {
		c.vars = object.To[context](t.Context).shared()
	}
	return object.Of(c)
}

// IsContext reports whether v is a Context.
func IsContext(v Value) bool { return v.Is(&contextType) }

// IsVariable reports whether v is a ContextVar.
func IsVariable(v Value) bool { return v.Is(&VarType) }

// ValueOf is Get for a ContextVar that is a value.
func ValueOf(t *Thread, v Value) Value { return Get(t, object.To[variable](v)) }

// Get returns the value of a variable in the thread's context, its default, or no value.
func Get(t *Thread, v *variable) Value {
	if t.Context.P != nil {
		if c := object.To[context](t.Context); c.vars.root != nil {
			if v.root == c.vars.root {
				return v.cached
			}
			if x := c.vars.get(v); x.P != nil {
				v.root, v.cached = c.vars.root, x
				return x
			}
		}
	}
	return v.def
}

func varNew(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
	n := len(args) - object.NameCount(names)
	switch {
	case n == 0:
		return t.TypeErrorf("ContextVar() takes exactly 1 positional argument (%d given)", n)
	case n > 1:
		return t.TypeErrorf("ContextVar() takes at most 1 positional argument (%d given)", n)
	}
	v := &variable{Head: object.Head{Type: cls}, name: args[0]}
	if names != nil {
		for i, k := range names.Items() {
			if k.Str().S != "default" {
				if s := object.Suggest(k.Str().S, []string{"default"}); s != "" {
					return t.TypeErrorf("ContextVar() got an unexpected keyword argument '%s'. Did you mean '%s'?", k.Str().S, s)
				}
				return t.TypeErrorf("ContextVar() got an unexpected keyword argument '%s'", k.Str().S)
			}
			v.def = args[n+i]
		}
	}
	if !v.name.IsStr() {
		return t.TypeErrorf("context variable name must be a str")
	}
	v.hash = nextHash(t)
	return object.Of(v)
}

func varGet(t *Thread, a []Value) Value {
	v := object.To[variable](a[0])
	if t.Context.P != nil {
		if c := object.To[context](t.Context); c.vars.root != nil {
			if v.root == c.vars.root {
				return v.cached
			}
			if x := c.vars.get(v); x.P != nil {
				v.root, v.cached = c.vars.root, x
				return x
			}
		}
	}
	if a[1].P != nil {
		return a[1]
	}
	if v.def.P != nil {
		return v.def
	}
	return t.RaiseNew(&object.LookupErrorType, a[0])
}

func (c *context) set(v *variable, x Value) {
	c.vars = c.vars.set(v, x, c.editable())
	v.root, v.cached = c.vars.root, x
}

func varSet(t *Thread, a []Value) Value {
	v, c := object.To[variable](a[0]), current(t)
	k := &token{Head: object.Head{Type: &tokenType}, ctx: c, v: v, old: c.vars.get(v)}
	c.set(v, a[1])
	return object.Of(k)
}

func varReset(t *Thread, a []Value) Value {
	if !a[1].Is(&tokenType) {
		r := t.Repr(a[1])
		if r == nil {
			return Value{}
		}
		return t.TypeErrorf("expected an instance of Token, got %s", r.S)
	}
	return reset(t, object.To[variable](a[0]), object.To[token](a[1]))
}

func reset(t *Thread, v *variable, k *token) Value {
	fail := func(cls *object.Type, what string) Value {
		r := t.Repr(object.Of(k))
		if r == nil {
			return Value{}
		}
		return t.Raisef(cls, "%s %s", r.S, what)
	}
	c := current(t)
	switch {
	case k.used:
		return fail(&object.RuntimeErrorType, "has already been used once")
	case k.v != v:
		return fail(&object.ValueErrorType, "was created by a different ContextVar")
	case k.ctx != c:
		return fail(&object.ValueErrorType, "was created in a different Context")
	}
	k.used = true
	if k.old.P == nil {
		c.vars = c.vars.remove(v, c.editable())
		v.root, v.cached = nil, Value{} // the root may be the same
	} else {
		c.set(v, k.old)
	}
	return object.None
}

func varRepr(t *Thread, x Value) Value {
	v := object.To[variable](x)
	if t.EnterRepr(x) {
		return object.MakeStr("...")
	}
	defer t.LeaveRepr()
	name := t.Repr(v.name)
	if name == nil {
		return Value{}
	}
	s := "<ContextVar name=" + name.S
	if v.def.P != nil {
		d := t.Repr(v.def)
		if d == nil {
			return Value{}
		}
		s += " default=" + d.S
	}
	return object.MakeStr(fmt.Sprintf("%s at %#x>", s, object.ID(x)))
}

func tokenRepr(t *Thread, x Value) Value {
	k := object.To[token](x)
	r := t.Repr(object.Of(k.v))
	if r == nil {
		return Value{}
	}
	used := ""
	if k.used {
		used = " used"
	}
	return object.MakeStr(fmt.Sprintf("<Token%s var=%s at %#x>", used, r.S, object.ID(x)))
}

// Enter makes c, a Context, the thread's context. False: RuntimeError is set, for it is entered already.
func Enter(t *Thread, c Value) bool {
	x := object.To[context](c)
	if x.entered {
		t.RuntimeErrorf("cannot enter context: <_contextvars.Context object at %#x> is already entered", object.ID(c))
		return false
	}
	x.prev, x.entered = object.To[context](t.Context), true
	t.Context = c
	return true
}

// Leave undoes Enter.
func Leave(t *Thread, c Value) bool {
	x := object.To[context](c)
	if !x.entered {
		t.RuntimeErrorf("cannot exit context: <_contextvars.Context object at %#x> has not been entered", object.ID(c))
		return false
	}
	if t.Context != c {
		t.RuntimeErrorf("cannot exit context: thread state references a different context object")
		return false
	}
	if t.Context = (Value{}); x.prev != nil {
		t.Context = object.Of(x.prev)
	}
	x.prev, x.entered = nil, false
	return true
}

func run(t *Thread, args []Value, names *object.Tuple) Value {
	if len(args)-object.NameCount(names) < 2 {
		return t.TypeErrorf("run() missing 1 required positional argument")
	}
	c := args[0]
	if !Enter(t, c) {
		return Value{}
	}
	r := t.Call(args[1], args[2:], names)
	exc := t.Exc
	t.Exc = nil
	if !Leave(t, c) {
		return Value{}
	}
	t.Exc = exc
	return r
}
