package native

import (
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// StandIn is what is known of classes of Python's library that do here what classes written in C do in CPython. Programs print their errors: they have C's
// words, and tracebacks end where a program has called them, as they do at C.
type StandIn struct {
	// Module is C's name of the module: "datetime".
	Module string
	// Words are the library's words and C's, in pairs. A star at the end stands for the rest, %1 for the type
	// of the first argument behind the instance.
	Words [][2]string
	// Wrapped are, by class, the functions that Wrap wraps: those whose errors programs see, and not those that take less time than the wrapping.
	Wrapped map[string]string
	// Calls are the parameters of methods whose arguments are checked before the library sees them: "date.__new__".
	Calls map[string]Params
}

// Params are the parameters of a function as C checks them.
type Params struct {
	Func       string // in messages; "" is "function"
	Names      []string
	Min        int // so many must be given
	Positional int // so many at most may be given by position; 0: all
	// State is the length of a text or of bytes that pickle gives as the first argument: what is called with such a thing is not checked. 0: there is none.
	State int
}

// Own imports a module of the library for its classes, which will be changed: a copy that programs do not get when they import that module.
func Own(t *Thread, name string) Value {
	key := t.Interp.Intern(name)
	modules := object.Of(t.Interp.Modules)
	old := t.Interp.Modules.GetStr(key)
	if old.P != nil && !t.SetItem(modules, object.Of(key), Value{}) {
		return Value{}
	}
	m := t.ImportModule(key)
	if m.P != nil && t.Interp.Modules.GetStr(key).P != nil && !t.SetItem(modules, object.Of(key), Value{}) {
		return Value{}
	}
	if old.P != nil {
		t.Interp.Modules.SetStr(key, old)
	}
	return m
}

// Wrap makes functions of a class methods as those that are written in C, which call the library's.
func (s *StandIn) Wrap(t *Thread, cls *object.Type) bool {
	cls.StandFor(s.Module)
	for _, name := range strings.Fields(s.Wrapped[cls.ShortName()]) {
		key := t.Interp.Intern(name)
		slow := cls.Dict().GetStr(key)
		if slow.P == nil {
			continue
		}
		method := slow.Type() == &object.ClassMethodType
		if method {
			slow = object.To[object.ClassMethod](slow).Func
		} else if slow.Type() == &object.StaticMethodType {
			slow = object.To[object.StaticMethod](slow).Func
		}
		if slow.Type() != &object.FuncType {
			continue // wrapped already
		}
		def := &object.MethodDef{Name: name, Sig: signature(slow, method || name == "__new__"), Raw: func(t *Thread, args []Value, names *object.Tuple) Value {
			return s.Call(t, cls, name, slow, args, names)
		}}
		if d := t.GetAttrName(slow, "__doc__"); d.P != nil && d.IsStr() {
			def.Doc = d.Str().S
		}
		t.Exc = nil
		f := object.Of(&object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: def, Owner: cls})
		if name == "__new__" || method {
			f = object.NewBuiltin(def, Value{}, Value{})
		}
		if method {
			f = object.Of(object.NewClassMethod(f))
		}
		if !t.SetAttr(object.Of(cls), key, f) {
			return false
		}
	}
	return true
}

// signature is the text of a function's parameters: those behind the first, which is the instance or the class. "" if it has other than plain ones.
func signature(f Value, class bool) string {
	fn := object.To[object.Func](f)
	c := fn.Code.Full()
	const star, keywords = 4, 8
	if c.Obj.KwOnlyArgCount != 0 || c.Obj.Flags&(star|keywords) != 0 {
		return ""
	}
	text := "($self"
	if class {
		text = "($type"
	}
	n := int(c.Obj.ArgCount)
	first := n
	if fn.Defaults != nil {
		first -= fn.Defaults.Len()
	}
	for i, name := range c.Localsplus[1:n] {
		if text += ", " + name.S; i+1 < first {
			continue
		}
		switch d := *fn.Defaults.At(i + 1 - first); {
		case d.IsNone():
			text += "=None"
		case d.IsInt():
			text += "=" + strconv.FormatInt(d.Int(), 10)
		case d.IsStr():
			text += "='" + d.Str().S + "'"
		default:
			return ""
		}
	}
	return text + ")"
}

// Call calls the library's function f for a class's method of that name. args begin with the instance or, for __new__, the class.
func (s *StandIn) Call(t *Thread, cls *object.Type, name string, f Value, args []Value, names *object.Tuple) Value {
	if p, ok := s.Calls[cls.ShortName()+"."+name]; ok && len(args) > object.NameCount(names) && !p.check(t, args[1:], names) {
		return Value{}
	}
	v := t.Call(f, args, names)
	if v.P == nil {
		s.failed(t, f, args[:len(args)-object.NameCount(names)])
	}
	return v
}

// failed makes of an exception that the library's function f has raised what C's would be.
func (s *StandIn) failed(t *Thread, f Value, args []Value) {
	e := t.Exc
	if e == nil || f.Type() != &object.FuncType {
		return
	}
	file := object.To[object.Func](f).Code.Full().Filename
	last := &e.TB
	for tb := e.TB; tb != nil; tb = tb.Next {
		if tb.Frame.Code.Full().Filename != file {
			*last = tb
			last = &tb.Next
		}
	}
	*last = nil
	a := e.Args.Items()
	if len(a) != 1 || !a[0].IsStr() {
		return
	}
	for _, w := range s.Words {
		old, open := strings.CutSuffix(w[0], "*")
		rest, ok := strings.CutPrefix(a[0].Str().S, old)
		if !ok || !open && rest != "" {
			continue
		}
		text := strings.ReplaceAll(w[1], "*", rest)
		for i, x := range args {
			if mark := "%" + strconv.Itoa(i); strings.Contains(text, mark) {
				text = strings.ReplaceAll(text, mark, object.TypeName(x))
			}
		}
		e.Args = object.NewTuple(object.MakeStr(text))
		return
	}
}

// check reports whether a call has the arguments that C wants, and raises TypeError if not.
func (p *Params) check(t *Thread, args []Value, names *object.Tuple) bool {
	function, this := p.Func+"()", p.Func+"()"
	if p.Func == "" {
		function, this = "function", "this function"
	}
	nk := object.NameCount(names)
	n := len(args) - nk
	if n > 0 && p.State > 0 && (args[0].IsStr() && args[0].Str().Len() == p.State || args[0].Is(&object.BytesType) && len(object.To[object.Bytes](args[0]).S) == p.State) {
		return true
	}
	plural := func(n int) string {
		if n == 1 {
			return ""
		}
		return "s"
	}
	if len(args) > len(p.Names) {
		keyword := ""
		if n == 0 {
			keyword = "keyword "
		}
		t.TypeErrorf("%s takes at most %d %sargument%s (%d given)", function, len(p.Names), keyword, plural(len(p.Names)), len(args))
		return false
	}
	if p.Positional > 0 && n > p.Positional {
		t.TypeErrorf("%s takes at most %d positional argument%s (%d given)", function, p.Positional, plural(p.Positional), n)
		return false
	}
	given := func(name string) bool {
		for i := range nk {
			if names.Items()[i].Str().S == name {
				return true
			}
		}
		return false
	}
	for i := n; i < p.Min; i++ {
		if !given(p.Names[i]) {
			t.TypeErrorf("%s missing required argument '%s' (pos %d)", function, p.Names[i], i+1)
			return false
		}
	}
	for i := range nk {
		name := names.Items()[i].Str().S
		switch at := slices.Index(p.Names, name); {
		case at < 0:
			t.TypeErrorf("%s got an unexpected keyword argument '%s'", this, name)
			return false
		case at < n:
			t.TypeErrorf("argument for %s given by name ('%s') and position (%d)", function, name, at+1)
			return false
		}
	}
	return true
}
