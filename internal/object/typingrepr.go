package object

// What types and the things that stand for types share: how they show, and calls into module typing.

var (
	nameOrigin = StaticName("__origin__")
	nameArgs   = StaticName("__args__")
	nameParams = StaticName("__parameters__")
	nameTyping = StaticName("typing")
)

// hasAttr reports whether v has the attribute.
func (t *Thread) hasAttr(v Value, name *Str) (has, ok bool) {
	x, ok := t.FindAttr(v, name)
	return x.P != nil, ok
}

// typingRepr returns how a type shows inside an alias or a union: its name rather than its repr.
func (t *Thread) typingRepr(v Value) (string, bool) {
	text := func(s *Str) (string, bool) {
		if s == nil {
			return "", false
		}
		return s.S, true
	}
	switch v {
	case Ellipsis:
		return "...", true
	case Of(&NoneType):
		return "None", true
	}
	origin, ok := t.hasAttr(v, nameOrigin)
	if !ok {
		return "", false
	}
	if origin {
		args, ok := t.hasAttr(v, nameArgs)
		if !ok {
			return "", false
		}
		if args {
			return text(t.Repr(v))
		}
	}
	qual, ok := t.FindAttr(v, nameQualname)
	if !ok {
		return "", false
	}
	if qual.P == nil {
		return text(t.Repr(v))
	}
	mod, ok := t.FindAttr(v, nameModule)
	if !ok {
		return "", false
	}
	if mod.P == nil || mod.IsNone() {
		return text(t.Repr(v))
	}
	q, ok := text(t.Str(qual))
	if !ok || mod.IsStr() && mod.Str().S == "builtins" {
		return q, ok
	}
	m, ok := text(t.Str(mod))
	return m + "." + q, ok
}

// callTyping calls a function of module typing.
func (t *Thread) callTyping(name *Str, args ...Value) Value {
	m := t.ImportModule(nameTyping)
	if m.P == nil {
		return m
	}
	f := t.GetAttr(m, name)
	if f.P == nil {
		return f
	}
	return t.CallArgs(f, args...)
}

var nameTypeCheck = StaticName("_type_check")

// typeCheck asks typing whether v can stand for a type; None becomes its type.
func (t *Thread) typeCheck(v Value, msg string) Value {
	if v.IsNone() {
		return Of(&NoneType)
	}
	return t.callTyping(nameTypeCheck, v, MakeStr(msg))
}
