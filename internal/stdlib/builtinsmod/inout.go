package builtinsmod

import "github.com/krait-py/krait/internal/object"

var (
	nameStdout = object.StaticName("stdout")
	nameStdin  = object.StaticName("stdin")
	nameStderr = object.StaticName("stderr")
	nameWrite  = object.StaticName("write")
	nameFlush  = object.StaticName("flush")
	spaceStr   = object.MakeChar(' ')
	newlineStr = object.MakeChar('\n')
)

// separator returns sep or end of print, or no value with TypeError set.
func separator(t *Thread, v, def Value, what string) Value {
	if v.P == nil || v.IsNone() {
		return def
	}
	if !v.IsStr() {
		return t.TypeErrorf("%s must be None or a string, not %s", what, v.Type().Name)
	}
	return v
}

func print(t *Thread, a []Value) Value {
	sep := separator(t, a[1], spaceStr, "sep")
	if sep.P == nil {
		return sep
	}
	end := separator(t, a[2], newlineStr, "end")
	if end.P == nil {
		return end
	}
	file := a[3]
	if file.P == nil || file.IsNone() {
		file = t.Interp.Sys.GetStr(nameStdout)
		if file.P == nil {
			return t.RuntimeErrorf("lost sys.stdout")
		}
		if file.IsNone() {
			return object.None
		}
	}
	write, self := t.LoadMethod(file, nameWrite)
	if write.P == nil {
		return write
	}
	put := func(s Value) bool {
		if self.P != nil {
			return t.CallArgs(write, self, s).P != nil
		}
		return t.CallArgs(write, s).P != nil
	}
	for i, x := range object.To[object.Tuple](a[0]).Items() {
		if i > 0 && !put(sep) {
			return Value{}
		}
		s := t.Str(x)
		if s == nil || !put(object.Of(s)) {
			return Value{}
		}
	}
	if !put(end) {
		return Value{}
	}
	if a[4].P != nil {
		flush, ok := t.IsTrue(a[4])
		if !ok || flush && t.CallMethod(file, nameFlush).P == nil {
			return Value{}
		}
	}
	return object.None
}

func input(t *Thread, a []Value) Value {
	in, out, err := t.Interp.Sys.GetStr(nameStdin), t.Interp.Sys.GetStr(nameStdout), t.Interp.Sys.GetStr(nameStderr)
	for _, s := range []struct {
		v    Value
		name string
	}{{in, "stdin"}, {out, "stdout"}, {err, "stderr"}} {
		if s.v.P == nil || s.v.IsNone() {
			return t.RuntimeErrorf("lost sys.%s", s.name)
		}
	}
	if t.CallMethod(err, nameFlush).P == nil {
		t.Exc = nil
	}
	if a[0].P != nil {
		s := t.Str(a[0])
		if s == nil || t.CallMethod(out, nameWrite, object.Of(s)).P == nil {
			return Value{}
		}
	}
	if t.CallMethod(out, nameFlush).P == nil {
		t.Exc = nil
	}
	v := t.CallMethod(in, t.Interp.Intern("readline"))
	if v.P == nil {
		return v
	}
	if !v.IsStr() {
		return t.TypeErrorf("object.readline() returned non-string")
	}
	s := v.Str()
	if s.Len() == 0 {
		return t.Raisef(&object.EOFErrorType, "EOF when reading a line")
	}
	if s.S[len(s.S)-1] == '\n' {
		return object.Of(object.NewStrN(s.S[:len(s.S)-1], s.Len()-1))
	}
	return v
}

func breakpoint(t *Thread, a []Value) Value {
	hook := t.Interp.Sys.GetName("breakpointhook")
	if hook.P == nil {
		return t.RuntimeErrorf("lost sys.breakpointhook")
	}
	args := append([]Value(nil), object.To[object.Tuple](a[0]).Items()...)
	var names *object.Tuple
	if d := object.To[object.Dict](a[1]); d.Len() > 0 {
		var keys []Value
		for k, v := range d.All {
			keys = append(keys, k)
			args = append(args, v)
		}
		names = object.NewTuple(keys...)
	}
	return t.Call(hook, args, names)
}
