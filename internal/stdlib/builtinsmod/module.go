package builtinsmod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of builtins.
var Module = object.ModuleDef{
	Name: "builtins",
	Doc:  "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin.",
	Methods: []object.MethodDef{
		{Name: "__build_class__", Raw: vm.BuildClass, Doc: "Internal helper function used by the class statement."},
		{Name: "__import__", Sig: "(name, globals=None, locals=None, fromlist=(),\n           level=0)", Fn: importFn, Doc: "Import a module."},
		{Name: "abs", Sig: "(x, /)", Fn: abs, Doc: "Return the absolute value of the argument."},
		{Name: "aiter", Sig: "(async_iterable, /)", Fn: aiter, Doc: "Return an AsyncIterator for an AsyncIterable object."},
		{Name: "all", UsesUp: true, Sig: "(iterable, /)", Fn: all, Doc: "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True."},
		{Name: "anext", Sig: "(aiterator, default=<unrepresentable>, /)", Fn: anext, Doc: "Return the next item from the async iterator."},
		{Name: "any", UsesUp: true, Sig: "(iterable, /)", Fn: anyFn, Doc: "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False."},
		{Name: "ascii", Sig: "(obj, /)", Fn: ascii, Doc: "Return an ASCII-only representation of an object."},
		{Name: "bin", Sig: "(number, /)", Fn: bin, Doc: "Return the binary representation of an integer.\n\n   >>> bin(1234)\n   '0b10011010010'"},
		{Name: "breakpoint", Sig: "(*args, **kws)", Fn: breakpoint, Doc: "Call sys.breakpointhook(*args, **kws)."},
		{Name: "callable", Sig: "(obj, /)", Fn: callable, Doc: "Return whether the object is callable (i.e., some kind of function)."},
		{Name: "chr", Sig: "(i, /)", Fn: chr, Doc: "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."},
		{Name: "compile", Sig: "(source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)", Fn: compileFn, Doc: "Compile source into a code object that can be executed by exec() or eval()."},
		{Name: "delattr", Sig: "(obj, name, /)", Fn: delattr, Doc: "Deletes the named attribute from the given object."},
		{Name: "dir", Raw: dir, Doc: "dir([object]) -> list of strings"},
		{Name: "divmod", Sig: "(x, y, /)", Fn: divmod, Doc: "Return the tuple (x//y, x%y)."},
		{Name: "eval", Sig: "(source, /, globals=None, locals=None)", Fn: eval, Doc: "Evaluate the given source in the context of globals and locals."},
		{Name: "exec", Sig: "(source, /, globals=None, locals=None, *, closure=None)", Fn: exec, Doc: "Execute the given source in the context of globals and locals."},
		{Name: "format", Sig: "(value, format_spec='', /)", Fn: format, Doc: "Return type(value).__format__(value, format_spec)."},
		{Name: "getattr", Raw: getattr, Doc: "getattr(object, name[, default]) -> value"},
		{Name: "globals", Sig: "()", Fn: globals, Doc: "Return the dictionary containing the current scope's global variables."},
		{Name: "hasattr", Sig: "(obj, name, /)", Fn: hasattr, Doc: "Return whether the object has an attribute with the given name."},
		{Name: "hash", Sig: "(obj, /)", Fn: hash, Doc: "Return the hash value for the given object."},
		{Name: "hex", Sig: "(number, /)", Fn: hex, Doc: "Return the hexadecimal representation of an integer.\n\n   >>> hex(51966)\n   '0xcafe'"},
		{Name: "id", Sig: "(obj, /)", Fn: id, Doc: "Return the identity of an object."},
		{Name: "input", Sig: "(prompt='', /)", Fn: input, Doc: "Read a string from standard input."},
		{Name: "isinstance", Sig: "(obj, class_or_tuple, /)", Fn: isinstance, Doc: "Return whether an object is an instance of a class or of a subclass thereof."},
		{Name: "issubclass", Sig: "(cls, class_or_tuple, /)", Fn: issubclass, Doc: "Return whether 'cls' is derived from another class or is the same class."},
		{Name: "iter", Raw: iter, Doc: "Get an iterator from an object."},
		{Name: "len", Sig: "(obj, /)", Fn: length, Doc: "Return the number of items in a container."},
		{Name: "locals", Sig: "()", Fn: locals, Doc: "Return a dictionary containing the current scope's local variables."},
		{Name: "max", UsesUp: true, Raw: maxFn, Doc: "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item."},
		{Name: "min", UsesUp: true, Raw: minFn, Doc: "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item."},
		{Name: "next", Raw: nextFn, Doc: "Return the next item from the iterator."},
		{Name: "oct", Sig: "(number, /)", Fn: oct, Doc: "Return the octal representation of an integer.\n\n   >>> oct(493)\n   '0o755'"},
		{Name: "ord", Sig: "(character, /)", Fn: ord, Doc: "Return the ordinal value of a character."},
		{Name: "pow", Sig: "(base, exp, mod=None)", Fn: pow, Doc: "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments."},
		{Name: "print", Sig: "(*args, sep=' ', end='\\n', file=None, flush=False)", Fn: print, Doc: "Prints the values to a stream, or to sys.stdout by default."},
		{Name: "repr", Sig: "(obj, /)", Fn: repr, Doc: "Return the canonical string representation of the object."},
		{Name: "round", Sig: "(number, ndigits=None)", Fn: round, Doc: "Round a number to a given precision in decimal digits."},
		{Name: "setattr", Sig: "(obj, name, value, /)", Fn: setattr, Doc: "Sets the named attribute on the given object to the specified value."},
		{Name: "sorted", UsesUp: true, MakesList: true, Sig: "(iterable, /, *, key=None, reverse=False)", Raw: sorted, Doc: "Return a new list containing all items from the iterable in ascending order."},
		{Name: "sum", UsesUp: true, Sig: "(iterable, /, start=0)", Fn: sum, Doc: "Return the sum of a 'start' value (default: 0) plus an iterable of numbers"},
		{Name: "vars", Raw: vars, Doc: "vars([object]) -> dictionary"},
	},
	Setup: setup,
	Exec:  fill,
}

// setup tells the machine which functions it knows a shorter way for.
func setup(d *object.ModuleDef) {
	for i := range d.Methods {
		switch m := &d.Methods[i]; m.Name {
		case "hash":
			vm.HashDef = m
		case "isinstance":
			vm.IsInstanceDef = m
		case "len":
			vm.LenDef = m
		case "next":
			vm.NextDef = m
		}
	}
}

// fill adds types, exceptions and constants.
func fill(t *Thread, m *object.Module) bool {
	d := m.Dict()
	for _, s := range []*object.Type{
		&object.ObjectType, &object.TypeType, &object.IntType, &object.BoolType, &object.FloatType, &object.ComplexType, &object.StrType,
		&object.BytesType, &object.ByteArrayType, &object.MemoryViewType, &object.ListType, &object.TupleType, &object.DictType,
		&object.SetType, &object.FrozenSetType, &object.RangeType, &object.SliceType, &object.StaticMethodType, &object.ClassMethodType,
		&object.PropertyType, &object.SuperType,
	} {
		m.Set(t, s.Name, object.Of(s))
	}
	for name, s := range object.IteratorTypes() {
		m.Set(t, name, object.Of(s))
	}
	for _, s := range object.ExceptionTypes() {
		m.Set(t, s.Name, object.Of(s))
	}
	for _, alias := range []string{"EnvironmentError", "IOError"} {
		m.Set(t, alias, object.Of(&object.OSErrorType))
	}
	m.Set(t, "None", object.None)
	m.Set(t, "True", object.True)
	m.Set(t, "False", object.False)
	m.Set(t, "Ellipsis", object.Ellipsis)
	m.Set(t, "NotImplemented", object.NotImplemented)
	m.Set(t, "__debug__", object.True)
	t.Interp.Builtins = d
	t.Interp.DefaultImport = d.GetName("__import__")
	return true
}
