package object

// NewExcClass makes a class of exceptions for a module written in Go: name with the module's in front, "struct.error".
// bases are one class or more. It returns nil with an exception set if that fails.
func (t *Thread) NewExcClass(module, name, doc string, bases ...*Type) *Type {
	b := MakeTuple(len(bases))
	for i, s := range bases {
		b.Items()[i] = Of(s)
	}
	d := NewDict()
	d.SetStr(nameModule, MakeStr(module))
	if doc != "" {
		d.SetStr(nameDoc, MakeStr(doc))
	}
	c := t.CallArgs(Of(&TypeType), MakeStr(name), Of(b), Of(d))
	if c.P == nil {
		return nil
	}
	return To[Type](c)
}
