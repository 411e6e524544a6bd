package object

// FuncHome is what functions have from their globals: those that code of one module makes have it together, as long as the globals say the same.
type FuncHome struct {
	// Builtins is the dict for builtin names, Module is __module__.
	Builtins *Dict
	Module   Value

	// Where the globals had the two when they had that many changes: indices of Entries, -1: nowhere. from is what was found for builtins. own says that
	// a function has got another module, which is no business of those it makes.
	keys             uint64
	moduleAt, fromAt int32
	from             Value
	own              bool
}

// homeFor returns the home of a new function.
func (t *Thread) homeFor(globals *Dict) *FuncHome {
	run := t.CurrentFunc()
	if run != nil && run.Globals == globals && !run.home.own && run.home.holds(globals) {
		return run.home
	}
	h := &FuncHome{}
	h.find(globals)
	h.Builtins = t.BuiltinsOf(globals)
	return h
}

// find looks for the two names in globals.
func (h *FuncHome) find(globals *Dict) {
	h.keys = globals.Keys
	h.moduleAt, h.fromAt = int32(globals.FindStr(nameName)), int32(globals.FindStr(nameBuiltins))
	h.Module, h.from = None, Value{}
	if h.moduleAt >= 0 {
		h.Module = globals.Entries[h.moduleAt].Value
	}
	if h.fromAt >= 0 {
		h.from = globals.Entries[h.fromAt].Value
	}
}

// holds reports whether globals say what they said when h was made.
func (h *FuncHome) holds(globals *Dict) bool {
	if h.keys != globals.Keys {
		now := *h
		now.find(globals)
		if now.Module != h.Module || now.from != h.from {
			return false
		}
		*h = now
		return true
	}
	return (h.moduleAt < 0 || globals.Entries[h.moduleAt].Value == h.Module) && (h.fromAt < 0 || globals.Entries[h.fromAt].Value == h.from)
}

// Builtins returns the dict that the function has for builtin names.
func (f *Func) Builtins() *Dict { return f.home.Builtins }

// Module is __module__.
func (f *Func) Module() Value { return f.home.Module }

func (f *Func) setModule(v Value) {
	h := *f.home
	if h.Module == v {
		return
	}
	h.Module, h.own = v, true
	f.home = &h
}
