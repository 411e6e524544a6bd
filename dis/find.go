package dis

import "github.com/krait-py/krait/code"

// Find returns the code objects in o, o included, that have the qualified name
// name ("C.method", "f.<locals>.g"); if there are none, those whose plain name
// it is. The order is that of the listing.
//
// Versions before 3.11 do not record qualified names; they are put together
// from the way the code objects are nested.
func Find(o *code.Object, name string) []*code.Object {
	var exact, plain []*code.Object
	seen := map[*code.Object]bool{}
	type item struct {
		o        *code.Object
		qualname string
	}
	stack := []item{{o, code.Text(o.Name)}}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[top.o] {
			continue
		}
		seen[top.o] = true
		qualname := top.qualname
		if top.o.QualName != nil {
			qualname = code.Text(top.o.QualName)
		}
		if qualname == name {
			exact = append(exact, top.o)
		}
		if code.Text(top.o.Name) == name {
			plain = append(plain, top.o)
		}
		if top.o.Consts == nil {
			continue
		}
		items := top.o.Consts.Items
		for i := len(items) - 1; i >= 0; i-- {
			if inner, ok := items[i].(*code.Object); ok {
				stack = append(stack, item{inner, qualify(top.o, qualname, inner)})
			}
		}
	}
	if exact != nil {
		return exact
	}
	return plain
}

// qualify returns the qualified name that inner, nested in outer, has from
// 3.3 on.
func qualify(outer *code.Object, qualname string, inner *code.Object) string {
	name := code.Text(inner.Name)
	switch {
	case outer.Flags&code.Optimized != 0: // a function
		return qualname + ".<locals>." + name
	case qualname == "<module>":
		return name
	}
	return qualname + "." + name
}
