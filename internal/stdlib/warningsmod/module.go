// Package warningsmod is module _warnings: what issues warnings, for Python code and for the machine.
package warningsmod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of _warnings.
var Module = object.ModuleDef{
	Name: "_warnings",
	Doc:  "_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.",
	Methods: []object.MethodDef{
		{Name: "warn", Sig: "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())", Fn: warn, Doc: "Issue a warning, or maybe ignore it or raise an exception."},
		{Name: "warn_explicit", Sig: "(message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, source=None)", Fn: explicit, Doc: "Issue a warning, or maybe ignore it or raise an exception."},
		{Name: "_filters_mutated_lock_held", Sig: "()", Fn: mutated},
		{Name: "_acquire_lock", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.None }},
		{Name: "_release_lock", Sig: "()", Fn: func(t *Thread, a []Value) Value { return object.None }},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		s := &state{once: object.NewDict(), action0: object.MakeStr("default")}
		filter := func(action string, cls *object.Type, module Value) Value {
			return object.Of(object.NewTuple(object.MakeStr(action), object.None, object.Of(cls), module, object.MakeInt(0)))
		}
		s.filters = object.NewList([]Value{
			filter("default", &object.DeprecationWarningType, object.MakeStr("__main__")),
			filter("ignore", &object.DeprecationWarningType, object.None),
			filter("ignore", &object.PendingDeprecationWarningType, object.None),
			filter("ignore", &object.ImportWarningType, object.None),
			filter("ignore", &object.ResourceWarningType, object.None),
		})
		t.Interp.State["_warnings"] = s
		m.Set(t, "filters", object.Of(s.filters))
		m.Set(t, "_onceregistry", object.Of(s.once))
		m.Set(t, "_defaultaction", object.MakeStr("default"))
		s.context = newContextVar(t, "_warnings_context")
		if s.context.P == nil {
			return false
		}
		m.Set(t, "_warnings_context", s.context)
		t.Interp.Hooks.Warn = hook
		return true
	},
}

// newContextVar makes a context variable; None in an interpreter without module _contextvars.
func newContextVar(t *Thread, name string) Value {
	d := t.Interp.BuiltinModules["_contextvars"]
	if d == nil {
		return object.None
	}
	d.Ready()
	for _, s := range d.Types {
		if s.ShortName() == "ContextVar" {
			return t.CallArgs(object.Of(s), object.MakeStr(name))
		}
	}
	return object.None
}

type state struct {
	filters *object.List
	once    *object.Dict
	version int64
	// action0 is done where no filter fits, a str.
	action0 Value
	// context is the context variable that holds the filters and the log of a catch_warnings block where sys.flags.context_aware_warnings is set.
	context Value
}

func stateOf(t *Thread) *state {
	s, _ := t.Interp.State["_warnings"].(*state)
	return s
}

func mutated(t *Thread, a []Value) Value {
	stateOf(t).version++
	return object.None
}

// hook is Hooks.Warn: a warning of the machine itself.
func hook(t *Thread, category *object.Type, message string, level int) bool {
	return issue(t, object.MakeStr(message), object.Of(category), level, Value{}, nil)
}

func warn(t *Thread, a []Value) Value {
	cat := a[1]
	switch {
	case a[0].IsA(&object.WarningType):
		cat = object.Of(a[0].Type())
	case cat.P == nil || cat.IsNone():
		cat = object.Of(&object.UserWarningType)
	}
	if cat.Type().Flags&object.FlagType == 0 || !object.To[object.Type](cat).IsSubtype(&object.WarningType) {
		if cat.Type().Flags&object.FlagType != 0 {
			return t.TypeErrorf("category must be a Warning subclass, not class '%s'", object.To[object.Type](cat).Name)
		}
		return t.TypeErrorf("category must be a Warning subclass, not '%s'", cat.Type().Name)
	}
	level := 1
	if a[2].P != nil {
		n, ok := t.AsIndex(a[2])
		if !ok {
			return Value{}
		}
		level = n
	}
	var skip []string
	if a[4].P != nil {
		if a[4].Type().Flags&object.FlagTuple == 0 {
			return t.TypeErrorf("warn() argument 'skip_file_prefixes' must be tuple, not %s", a[4].Type().Name)
		}
		for _, p := range object.To[object.Tuple](a[4]).Items() {
			if !p.IsStr() {
				return t.TypeErrorf("Found non-str '%s' in skip_file_prefixes.", p.Type().Name)
			}
			skip = append(skip, p.Str().S)
		}
		if len(skip) > 0 && level < 2 {
			level = 2
		}
	}
	if !issue(t, a[0], cat, level, a[3], skip) {
		return Value{}
	}
	return object.None
}

// internal reports whether a frame is importlib's, which warnings look through.
func internal(file string) bool {
	return strings.Contains(file, "importlib") && strings.Contains(file, "_bootstrap")
}

// issue finds out where the warning comes from, and issues it.
func issue(t *Thread, message, category Value, level int, source Value, skip []string) bool {
	globals, file, line := t.Interp.Sys, "<sys>", 0
	hidden := func(f string) bool {
		if internal(f) {
			return true
		}
		for _, p := range skip {
			if strings.HasPrefix(f, p) {
				return true
			}
		}
		return false
	}
	found := false
	first := true
	for f, lasti := range vm.Callers(t) {
		name := ""
		if f.Code.Filename.IsStr() {
			name = f.Code.Filename.Str().S
		}
		if !first && level > 0 && (internal(name) || len(skip) > 0 && hidden(name)) {
			continue
		}
		first = false
		if level--; level > 0 {
			continue
		}
		globals, file, line, found = f.Globals, name, vm.LineOf(f.Code, lasti), true
		break
	}
	if !found {
		line = 0
	}
	key := t.Interp.Intern("__warningregistry__")
	reg := globals.GetStr(key)
	if reg.P == nil || reg.IsNone() {
		reg = object.Of(object.NewDict())
		globals.SetStr(key, reg)
	}
	module := globals.GetName("__name__")
	if module.P == nil || !module.IsStr() {
		module = object.MakeStr("<string>")
	}
	return emit(t, message, category, object.MakeStr(file), line, module, reg, source)
}

func explicit(t *Thread, a []Value) Value {
	if !a[2].IsStr() {
		return t.TypeErrorf("warn_explicit() argument 'filename' must be str, not %s", a[2].Type().Name)
	}
	line, ok := t.AsCInt(a[3])
	if !ok {
		return Value{}
	}
	module := a[4]
	if module.P == nil {
		name := strings.TrimSuffix(a[2].Str().S, ".py")
		if name == "" {
			name = "<unknown>"
		}
		module = object.MakeStr(name)
	}
	if g := a[6]; g.P != nil && !g.IsNone() && g.Type().Flags&object.FlagDict == 0 {
		return t.TypeErrorf("module_globals must be a dict, not '%s'", g.Type().Name)
	}
	if module.IsNone() {
		// So warnings are lost that are issued when the modules are being cleared.
		return object.None
	}
	reg := a[5]
	if reg.P == nil {
		reg = object.None
	}
	if !reg.IsNone() && reg.Type().Flags&object.FlagDict == 0 {
		return t.TypeErrorf("'registry' must be a dict or None")
	}
	if !emit(t, a[0], a[1], a[2], line, module, reg, a[7]) {
		return Value{}
	}
	return object.None
}

// fromModule returns an attribute of module warnings if that has been imported, else the default.
func fromModule(t *Thread, name string, def Value) Value {
	m := t.Interp.Modules.GetName("warnings")
	if m.P == nil || !m.IsA(&object.ModuleType) {
		return def
	}
	if v := object.To[object.Module](m).Dict().GetName(name); v.P != nil {
		return v
	}
	return def
}

// emit applies the filters.
func emit(t *Thread, message, category, file Value, line int, module, reg, source Value) bool {
	text := Value{}
	if message.IsA(&object.WarningType) {
		s := t.Str(message)
		if s == nil {
			return false
		}
		text, category = object.Of(s), object.Of(message.Type())
	} else {
		text = message
		if message = t.CallArgs(category, message); message.P == nil {
			return false
		}
	}
	num := object.MakeInt(int64(line))
	st := stateOf(t)
	key := object.Of(object.NewTuple(text, category, num))
	if !reg.IsNone() {
		d := object.To[object.Dict](reg)
		if v := d.GetName("version"); v.P == nil || v != object.MakeInt(st.version) {
			d.Clear()
			d.SetName(t, "version", object.MakeInt(st.version))
		} else if seen, ok := d.Get(t, key); !ok {
			return false
		} else if seen.P != nil {
			if b, ok := t.IsTrue(seen); b || !ok {
				return ok
			}
		}
	}
	action, item, ok := st.action(t, category, text, line, module)
	if !ok {
		return false
	}
	switch action {
	case "error":
		t.RaiseValue(message)
		return false
	case "ignore":
		return true
	case "always", "all":
	default:
		if !reg.IsNone() {
			if !object.To[object.Dict](reg).Set(t, key, object.True) {
				return false
			}
		}
		switch action {
		case "once", "module":
			d := st.once
			k := object.NewTuple(text, category)
			if action == "module" {
				if reg.IsNone() {
					break
				}
				d, k = object.To[object.Dict](reg), object.NewTuple(text, category, object.MakeInt(0))
			}
			seen, ok := d.Get(t, object.Of(k))
			if !ok {
				return false
			}
			if seen.P != nil {
				return true
			}
			if !d.Set(t, object.Of(k), object.True) {
				return false
			}
		case "default":
		default:
			what := t.Repr(item)
			if what != nil {
				t.RuntimeErrorf("Unrecognized action (%s) in warnings.filters:\n %s", t.Repr(object.MakeStr(action)).S, what.S)
			}
			return false
		}
	}
	return show(t, message, category, file, num, text, source)
}

// action finds what is to be done: what the first filter that fits says, of those of the context before those of the process. item is that filter,
// None for the default.
func (s *state) action(t *Thread, category, text Value, line int, module Value) (action string, item Value, ok bool) {
	own, ok := s.contextFilters(t)
	if !ok {
		return "", item, false
	}
	if !own.IsNone() {
		if own.Type().Flags&object.FlagList == 0 {
			t.ValueErrorf("_filters of warnings._warnings_context must be a list")
			return "", item, false
		}
		if action, item, ok = search(t, object.To[object.List](own), category, text, line, module); item.P != nil || !ok {
			return action, item, ok
		}
	}
	filters := fromModule(t, "filters", object.Of(s.filters))
	if filters.Type().Flags&object.FlagList == 0 {
		t.ValueErrorf("_warnings.filters must be a list")
		return "", item, false
	}
	// Who deletes the list from the module leaves it to us.
	s.filters = object.To[object.List](filters)
	if action, item, ok = search(t, s.filters, category, text, line, module); item.P != nil || !ok {
		return action, item, ok
	}
	def := fromModule(t, "defaultaction", s.action0)
	if !def.IsStr() {
		t.TypeErrorf("_warnings.defaultaction must be a string, not '%s'", def.Type().Name)
		return "", item, false
	}
	s.action0 = def
	return s.action0.Str().S, object.None, true
}

// contextFilters returns the filters of the catch_warnings block of this context, None outside of such blocks.
func (s *state) contextFilters(t *Thread) (Value, bool) {
	if s.context.IsNone() {
		return object.None, true
	}
	ctx := t.CallMethod(s.context, t.Interp.Intern("get"), object.None)
	if ctx.P == nil || ctx.IsNone() {
		return ctx, ctx.P != nil
	}
	l := t.GetAttrName(ctx, "_filters")
	return l, l.P != nil
}

// search finds the first of filters that fits. The patterns may change the list.
func search(t *Thread, filters *object.List, category, text Value, line int, module Value) (action string, item Value, ok bool) {
	for i := 0; i < len(filters.V); i++ {
		f := filters.V[i]
		if f.Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](f).Items()) != 5 {
			t.ValueErrorf("warnings.filters item %d isn't a 5-tuple", i)
			return "", item, false
		}
		p := object.To[object.Tuple](f).Items()
		if !p[0].IsStr() {
			t.TypeErrorf("action must be a string, not '%s'", p[0].Type().Name)
			return "", item, false
		}
		fits, ok := t.IsSubclass(category, p[2])
		if ok && fits {
			fits, ok = matches(t, p[1], text)
		}
		if ok && fits {
			fits, ok = matches(t, p[3], module)
		}
		if ok && fits {
			if p[4].Type().Flags&object.FlagInt == 0 {
				t.TypeErrorf("an integer is required")
				return "", item, false
			}
			var n int
			n, ok = t.AsSize(p[4])
			fits = n == 0 || n == line
		}
		if !ok {
			return "", item, false
		}
		if fits {
			return p[0].Str().S, f, true
		}
	}
	return "", item, true
}

// matches applies one field of a filter: None, a string that must be equal, or a compiled pattern.
func matches(t *Thread, pattern, text Value) (res, ok bool) {
	if pattern.IsNone() {
		return true, true
	}
	if pattern.Is(&object.StrType) {
		return text.IsStr() && pattern.Str().S == text.Str().S, true
	}
	r := t.CallMethod(pattern, t.Interp.Intern("match"), text)
	if r.P == nil {
		return false, false
	}
	return t.IsTrue(r)
}

// show prints the warning, through module warnings if that has been imported.
func show(t *Thread, message, category, file, line, text, source Value) bool {
	f := fromModule(t, "_showwarnmsg", Value{})
	if f.P == nil {
		w := t.Interp.Sys.GetName("stderr")
		if w.P == nil || w.IsNone() {
			return true
		}
		// The category of warn_explicit may be anything that can be called.
		name := t.GetAttrName(category, "__name__")
		if name.P == nil {
			return false
		}
		s, fs, cat := t.Str(text), t.Str(file), t.Str(name)
		if s == nil || fs == nil || cat == nil {
			return false
		}
		out := fs.S + ":" + t.Str(line).S + ": " + cat.S + ": " + s.S + "\n"
		if n, ok := t.AsCInt(line); !ok {
			t.Exc = nil
		} else if text := native.SourceLine(t, fs.S, n); text != "" {
			out += "  " + text + "\n"
		}
		if t.CallMethod(w, t.Interp.Intern("write"), object.MakeStr(out)).P == nil {
			t.Exc = nil
		}
		return true
	}
	if f.Type().Call == nil {
		t.TypeErrorf("warnings._showwarnmsg() must be set to a callable")
		return false
	}
	if source.P == nil {
		source = object.None
	}
	cls := fromModule(t, "WarningMessage", Value{})
	if cls.P == nil {
		t.RuntimeErrorf("unable to get warnings.WarningMessage")
		return false
	}
	msg := t.CallArgs(cls, message, category, file, line, object.None, object.None, source)
	return msg.P != nil && t.CallArgs(f, msg).P != nil
}
