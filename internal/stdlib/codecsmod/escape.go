package codecsmod

import (
	"errors"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

// source returns the bytes of an argument that may be a text, which is then taken as UTF-8.
func source(t *thread, v value) (value, string, bool) {
	if v.IsStr() {
		if v = t.Encode(v.Str(), "utf-8", "strict"); v.P == nil {
			return v, "", false
		}
	}
	s, ok := t.BytesLike(v)
	return v, s, ok
}

func readBufferEncode(t *thread, a []value) value {
	_, s, ok := source(t, a[0])
	if !ok {
		return value{}
	}
	if _, ok := errorsArg(t, a[1], "readbuffer_encode"); !ok {
		return value{}
	}
	return pair(object.CopyBytes([]byte(s)), len(s))
}

func escapeEncode(t *thread, a []value) value {
	if a[0].Type().Flags&object.FlagBytes == 0 {
		return t.TypeErrorf("escape_encode() argument 1 must be bytes, not %s", object.ArgName(a[0]))
	}
	if _, ok := errorsArg(t, a[1], "escape_encode"); !ok {
		return value{}
	}
	s := object.To[object.Bytes](a[0]).S
	return pair(object.MakeBytes(strs.EscapeBytes(s)), len(s))
}

const willNotWork = "an invalid %sescape sequence. Such sequences will not work in the future. "

// warnInvalid issues the warning about an escape sequence that is decoded, but deprecated.
func warnInvalid(t *thread, prefix string, invalid int) bool {
	switch {
	case invalid < 0:
		return true
	case invalid > 255:
		return t.Warn(&object.DeprecationWarningType, 1, prefix+"\"\\%o\" is "+willNotWork, invalid, "octal ")
	}
	return t.Warn(&object.DeprecationWarningType, 1, prefix+"\"\\%c\" is "+willNotWork, invalid, "")
}

func escapeDecode(t *thread, a []value) value {
	_, s, ok := source(t, a[0])
	if !ok {
		return value{}
	}
	policy, ok := errorsArg(t, a[1], "escape_decode")
	if !ok {
		return value{}
	}
	r, invalid, err := strs.UnescapeBytes(s, policy)
	if err != nil {
		var e *strs.EscapeError
		if errors.As(err, &e) {
			return t.ValueErrorf("%s", e.Text)
		}
		return t.ValueErrorf("%s", err.Error())
	}
	if !warnInvalid(t, "b", invalid) {
		return value{}
	}
	return pair(object.MakeBytes(r), len(s))
}

func escapes(name string, e strs.Encoding) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		v, s, ok := source(t, a[0])
		if !ok {
			return value{}
		}
		policy, ok := errorsArg(t, a[1], name)
		if !ok {
			return value{}
		}
		final := true
		if a[2].P != nil {
			if final, ok = t.IsTrue(a[2]); !ok {
				return value{}
			}
		}
		d, ok := t.DecodeFrom(e, v, s, 0, policy, final)
		if !ok {
			return value{}
		}
		if !warnInvalid(t, "", d.Invalid) {
			return value{}
		}
		return pair(object.MakeStr(d.Text), d.Used)
	}
}
