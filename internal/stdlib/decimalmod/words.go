package decimalmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// Programs print what is wrong with a number, and C says it in other words than the library. What the library finds is right; here it gets C's words.

// library says what C's words are for the library's.
var library = native.StandIn{
	Module: "decimal",
	Words: [][2]string{
		{"Invalid tuple size in creation of Decimal from list or tuple.  The list or tuple should have exactly three elements.", "argument must be a sequence of length 3"},
		{"Invalid sign.  The first value in the tuple should be an integer; either 0 for a positive number or 1 for a negative number.", "sign must be an integer with the value 0 or 1"},
		{"The second value in the tuple must be composed of integers in the range 0 through 9.", "coefficient must be a tuple of digits"},
		{"The third value in the tuple must be an integer, or one of the strings 'F', 'n', 'N'.", "string argument in the third position must be 'F', 'n' or 'N'"},
		{"Cannot convert infinity to integer", "cannot convert Infinity to integer"},
		{"Cannot convert NaN to integer", "cannot convert NaN to integer"},
		{"Cannot convert signaling NaN to float", "cannot convert signaling NaN to float"},
		{"Cannot hash a signaling NaN value.", "Cannot hash a signaling NaN value"},
		{"Second argument to round should be integral", "optional arg must be an integer"},
		{"cannot round a NaN", "cannot convert NaN to integer"},
		{"cannot round an infinity", "cannot convert Infinity to integer"},
		{"Invalid format specifier: *", "invalid format string"},
		{"Unable to convert *", "conversion from %1 to Decimal is not supported"},
		{"Cannot convert *", "conversion from %1 to Decimal is not supported"},
		{"Context.__init__() got*", "this function got*"},
		{"argument must be int or float.", "argument must be int or float"},
		{"prec must be in [1, inf]. got: *", "valid range for prec is [1, MAX_PREC]"},
		{"prec must be an integer", "an integer is required"},
		{"Emin must be in [-inf, 0]. got: *", "valid range for Emin is [MIN_EMIN, 0]"},
		{"Emax must be in [0, inf]. got: *", "valid range for Emax is [0, MAX_EMAX]"},
		{"capitals must be in [0, 1]. got *", "valid values for capitals are 0 or 1"},
		{"clamp must be in [0, 1]. got *", "valid values for clamp are 0 or 1"},
	},
	Wrapped: map[string]string{
		"Decimal": `__int__ __float__ __round__ __floor__ __ceil__ __format__ __pow__ __rpow__ __mod__ __rmod__ __floordiv__ __rfloordiv__ __divmod__ __rdivmod__
			sqrt exp ln log10 logb fma compare max min quantize scaleb shift rotate logical_and logical_or logical_xor as_integer_ratio
			remainder_near next_toward same_quantum to_integral_exact`,
	},
	Calls: map[string]native.Params{
		"Decimal.quantize": {Names: []string{"exp", "rounding", "context"}, Min: 1},
		"Decimal.fma":      {Names: []string{"other", "third", "context"}, Min: 2},
	},
}

// checkNew looks at the arguments of a call of Decimal that is for the library. It returns false if C refuses them.
func (c *classes) checkNew(t *thread, args []value, names *object.Tuple) bool {
	var v [2]value // the value and the context
	n := len(args) - object.NameCount(names)
	if len(args) > 3 {
		t.TypeErrorf("function takes at most 2 arguments (%d given)", len(args)-1)
		return false
	}
	if n == 0 {
		return true
	}
	copy(v[:], args[1:n])
	for i := range object.NameCount(names) {
		switch name := names.Items()[i].Str().S; name {
		case "value":
			v[0] = args[n+i]
		case "context":
			v[1] = args[n+i]
		default:
			t.TypeErrorf("this function got an unexpected keyword argument '%s'", name)
			return false
		}
	}
	if v[1].P != nil && !v[1].IsNone() && !v[1].IsA(c.context) {
		t.TypeErrorf("optional argument must be a context")
		return false
	}
	if v[0].P == nil {
		return true
	}
	for _, s := range []*object.Type{&object.StrType, &object.IntType, &object.FloatType, &object.ListType, &object.TupleType, c.decimal, c.work} {
		if v[0].IsA(s) {
			return true
		}
	}
	t.TypeErrorf("conversion from %s to Decimal is not supported", object.TypeName(v[0]))
	return false
}

// installErrors sees to it that an exception a context raises has the list of what has happened as its argument, as C's have, and no explanation.
func (c *classes) installErrors(t *thread) bool {
	key := t.Interp.Intern("_raise_error")
	slow := c.context.Dict().GetStr(key)
	if slow.P == nil || slow.Type() != &object.FuncType {
		return true
	}
	def := &object.MethodDef{Name: "_raise_error", Raw: func(t *thread, args []value, names *object.Tuple) value {
		if len(args) > 1 && names == nil {
			a := append([]value(nil), args[:2]...)
			a = append(a, object.Of(object.NewList([]value{args[1]})))
			args = append(a, args[min(3, len(args)):]...)
		}
		return t.Call(slow, args, names)
	}}
	return t.SetAttr(object.Of(c.context), key, object.Of(&object.MethodDescr{Head: object.Head{Type: &object.MethodDescrType}, Def: def, Owner: c.context}))
}

// signals are the names of the signals in C's order, in which contexts show their flags.
var signals = []string{"Clamped", "InvalidOperation", "DivisionByZero", "Inexact", "FloatOperation", "Overflow", "Rounded", "Subnormal", "Underflow"}

// orderSignals puts the signals into C's order: in the library's list of them, of which contexts are made, and in the contexts that are there.
func (c *classes) orderSignals(t *thread, from value) bool {
	list := t.GetAttrName(from, "_signals")
	if list.P == nil || list.Type() != &object.ListType || len(object.To[object.List](list).V) != len(signals) {
		t.Exc = nil
		return true
	}
	order := make([]value, len(signals))
	for i, name := range signals {
		if order[i] = t.GetAttrName(from, name); order[i].P == nil {
			return false
		}
	}
	copy(object.To[object.List](list).V, order)
	for _, name := range []string{"DefaultContext", "BasicContext", "ExtendedContext"} {
		ctx := t.GetAttrName(from, name)
		if ctx.P == nil {
			return false
		}
		for _, field := range []string{"flags", "traps"} {
			v := t.GetAttrName(ctx, field)
			if v.P == nil || v.Type() != &object.DictType {
				return false
			}
			d := object.To[object.Dict](v)
			for _, k := range order {
				x := t.GetItem(v, k)
				if x.P == nil || !t.SetItem(v, k, value{}) {
					return false
				}
				if !t.SetItem(object.Of(d), k, x) {
					return false
				}
			}
		}
	}
	return true
}

// functions are the module's functions whose arguments C looks at.
func (c *classes) functions(t *thread, m *object.Module, from value) {
	check := func(name, words string, none bool) {
		slow := t.GetAttrName(from, name)
		if slow.P == nil || slow.Type() != &object.FuncType {
			t.Exc = nil
			return
		}
		def := &object.MethodDef{Name: name, Doc: docOf(t, slow), Raw: func(t *thread, args []value, names *object.Tuple) value {
			if len(args)-object.NameCount(names) == 1 && !args[0].IsA(c.context) && (!none || !args[0].IsNone()) {
				return t.TypeErrorf("%s", words)
			}
			return t.Call(slow, args, names)
		}}
		m.Set(t, name, object.NewBuiltin(def, value{}, value{}))
	}
	check("setcontext", "argument must be a context", false)
	check("localcontext", "optional argument must be a context", true)
}
