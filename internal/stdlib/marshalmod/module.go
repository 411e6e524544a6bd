// Package marshalmod is module marshal.
package marshalmod

import (
	"errors"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Module is the definition of marshal.
var Module = object.ModuleDef{
	Name: "marshal",
	Doc:  "This module contains functions that can read and write Python values in\na binary format.",
	Methods: []object.MethodDef{
		{Name: "dump", Sig: "(value, file, version=5, /, *, allow_code=True)", Fn: dump, Doc: "Write the value on the open file."},
		{Name: "dumps", Sig: "(value, version=5, /, *, allow_code=True)", Fn: dumps, Doc: "Return the bytes object that would be written to a file by dump(value, file)."},
		{Name: "load", Sig: "(file, /, *, allow_code=True)", Fn: load, Doc: "Read one value from the open file and return it."},
		{Name: "loads", Sig: "(bytes, /, *, allow_code=True)", Fn: loads, Doc: "Convert the bytes-like object to a value."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "version", object.MakeInt(5))
		return true
	},
}

func allowed(t *Thread, v Value) (bool, bool) {
	if v.P == nil {
		return true, true
	}
	return t.IsTrue(v)
}

func loads(t *Thread, a []Value) Value {
	if a[0].Type().Buffer == nil {
		return t.TypeErrorf("a bytes-like object is required, not '%s'", a[0].Type().Name)
	}
	b, ok := a[0].Type().Buffer(t, a[0], false)
	if !ok {
		return Value{}
	}
	codeOK, ok := allowed(t, a[1])
	if !ok {
		return Value{}
	}
	compiled, _ := t.Interp.State["marshal"].(*vm.Compiled)
	if codeOK {
		if c := compiled.Find(t, b.Bytes); c != nil {
			return object.Of(c)
		}
	}
	v, _ := read(t, b.Bytes, codeOK)
	compiled.Made(v, b.Bytes)
	return v
}

func read(t *Thread, data []byte, codeOK bool) (Value, int) {
	v, n, err := marshal.Read(data, marshal.Options{Version: pyver.Py314})
	if err != nil {
		return raise(t, len(data), err), 0
	}
	if _, isCode := v.(*code.Object); isCode && !codeOK {
		return t.ValueErrorf("unmarshalling code objects is disallowed"), 0
	}
	return vm.Constant(t, v, false), n
}

// raise raises what CPython raises for data that cannot be read. Where it has no words for what is wrong, they are ours.
func raise(t *Thread, size int, err error) Value {
	var e *marshal.Error
	found := ""
	if errors.As(err, &e) {
		found = e.Found
	}
	what, _, _ := strings.Cut(found, " ")
	switch {
	case size == 0 || found == "end of the data":
		return t.Raisef(&object.EOFErrorType, "EOF read where object expected")
	case errors.Is(err, marshal.ErrTruncated):
		return t.Raisef(&object.EOFErrorType, "marshal data too short")
	case strings.HasPrefix(found, "type code"):
		return t.ValueErrorf("bad marshal data (unknown type code)")
	case strings.HasPrefix(found, "reference to"):
		return t.ValueErrorf("bad marshal data (invalid reference)")
	case strings.HasPrefix(found, "NULL in a "):
		return t.TypeErrorf("NULL object in marshal data for %s", strings.TrimPrefix(found, "NULL in a "))
	case strings.HasPrefix(found, "int whose highest digit"):
		return t.ValueErrorf("bad marshal data (unnormalized long data)")
	case strings.HasPrefix(found, "int whose digit"):
		return t.ValueErrorf("bad marshal data (digit out of range in long)")
	case e != nil && e.Wanted == "want at least 0" && !strings.HasPrefix(found, "code"):
		return t.ValueErrorf("bad marshal data (%s size out of range)", what)
	}
	return t.ValueErrorf("bad marshal data (%v)", err)
}

func load(t *Thread, a []Value) Value {
	data := t.CallMethod(a[0], t.Interp.Intern("read"))
	if data.P == nil {
		return data
	}
	if data.Type().Buffer == nil {
		return t.TypeErrorf("file.read() returned not bytes but %s", data.Type().Name)
	}
	b, ok := data.Type().Buffer(t, data, false)
	if !ok {
		return Value{}
	}
	codeOK, ok := allowed(t, a[1])
	if !ok {
		return Value{}
	}
	v, n := read(t, b.Bytes, codeOK)
	if v.P != nil && n < len(b.Bytes) {
		// What was read ahead is given back, where the file can.
		if t.CallMethod(a[0], t.Interp.Intern("seek"), object.MakeInt(int64(n-len(b.Bytes))), object.MakeInt(1)).P == nil {
			t.Exc = nil
		}
	}
	return v
}

func dumps(t *Thread, a []Value) Value { return write(t, a[0], a[1], a[2]) }

func dump(t *Thread, a []Value) Value {
	b := write(t, a[0], a[2], a[3])
	if b.P == nil {
		return b
	}
	return t.CallMethod(a[1], t.Interp.Intern("write"), b)
}

func write(t *Thread, v, version, allow Value) Value {
	format := 5
	if version.P != nil {
		n, ok := t.AsIndex(version)
		if !ok {
			return Value{}
		}
		format = n
	}
	codeOK, ok := allowed(t, allow)
	if !ok {
		return Value{}
	}
	x, why := vm.ToConstant(v, codeOK)
	if why != "" {
		return t.ValueErrorf("%s", why)
	}
	if format < 1 {
		format = marshal.Format0
	}
	b, err := marshal.Write(x, marshal.Options{Version: pyver.Py314, Format: min(format, 5)})
	if err != nil {
		return t.ValueErrorf("%v", err)
	}
	return object.MakeBytes(string(b))
}
