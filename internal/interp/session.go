package interp

import "github.com/krait-py/krait/internal/object"

// session is the interactive session behind a program, for -i. Module code has it.
func (p *program) session() Exit {
	t := p.t
	m := p.im.named(t, "code")
	if m.P == nil {
		return p.report()
	}
	f := t.GetAttrName(m, "interact")
	if f.P == nil {
		return p.report()
	}
	v := t.Call(f, []Value{object.EmptyStr, object.Of(p.main.Dict()), object.EmptyStr}, names("banner", "local", "exitmsg"))
	if v.P == nil {
		return p.report()
	}
	return Exit{}
}
