package object

import (
	"fmt"
	"strconv"
	"strings"
	"unsafe"
)

// Raisef sets an exception of class cls with a formatted message and returns no value.
func (t *Thread) Raisef(cls *Type, format string, args ...any) Value {
	var msg Value
	if len(args) == 0 {
		msg = t.fixedMessage(format)
	} else {
		b := t.takeText()
		b, simple := appendSimple(b, format, args)
		if !simple {
			b = fmt.Appendf(b[:0], format, args...)
		}
		msg = t.giveNew(b)
	}
	if excFields(cls) != 0 {
		return t.RaiseNew(cls, msg)
	}
	return t.raise(newExc1(cls, msg))
}

// messageCache has the strs of messages that had no arguments, by where the texts lie.
type messageCache [16]*Str

// fixedMessage returns the str of a message. Programs that go by exceptions, as those do that see the end of a list by IndexError, raise the same ones
// over and over, with texts of krait's own that stay where they are.
func (t *Thread) fixedMessage(text string) Value {
	p := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	place := &t.messages[(p>>4^p)%uintptr(len(t.messages))]
	if s := *place; s != nil && s.S == text {
		return Of(s)
	}
	v := MakeStr(text)
	if len(text) <= 128 {
		*place = To[Str](v)
	}
	return v
}

// message returns the str that the parts make.
func (t *Thread) message(parts ...string) Value {
	b := t.takeText()
	for _, p := range parts {
		b = append(b, p...)
	}
	return t.giveNew(b)
}

// NameError raises NameError for a name, which stands in the message where the format has %s.
func (t *Thread) NameError(name *Str, format string) Value {
	before, after, _ := strings.Cut(format, "%s")
	return t.raise(newExcFields(&NameErrorType, t.message(before, name.S, after), Of(name), Value{}))
}

// appendSimple is fmt.Appendf of what most messages are made of: %s of strings and %d of ints. It is not if there is anything else.
func appendSimple(b []byte, format string, args []any) (text []byte, simple bool) {
	for _, arg := range args {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 == len(format) {
			return b, false
		}
		b = append(b, format[:i]...)
		switch x := arg.(type) {
		case string:
			if format[i+1] != 's' {
				return b, false
			}
			b = append(b, x...)
		case int:
			if format[i+1] != 'd' {
				return b, false
			}
			b = strconv.AppendInt(b, int64(x), 10)
		default:
			return b, false
		}
		format = format[i+2:]
	}
	return append(b, format...), strings.IndexByte(format, '%') < 0
}

// RaiseNew sets an exception of the builtin class cls made with the given arguments.
func (t *Thread) RaiseNew(cls *Type, args ...Value) Value {
	e := t.MakeExc(cls, args...)
	if e == nil {
		return Value{}
	}
	return t.raise(e)
}

// RaiseValue sets v, an instance of BaseException, as the exception being raised. What is being handled becomes its context.
func (t *Thread) RaiseValue(v Value) Value {
	e := To[Exc](v)
	t.chain(e)
	t.Exc = e
	return Value{}
}

// raise is RaiseValue for an exception that has just been made.
func (t *Thread) raise(e *Exc) Value {
	e.Unseen = true
	return t.RaiseValue(Of(e))
}

// chain makes the exception being handled the context of e, unless that would close a ring.
func (t *Thread) chain(e *Exc) {
	h := t.HandledExc()
	if h == nil || h == e {
		return
	}
	// The chain may be a ring already: then a slower walker is met.
	slow, odd := h, false
	for x := h; x.Context != nil; {
		if x.Context == e {
			x.Context = nil
			break
		}
		if x = x.Context; x == slow {
			break
		}
		if odd {
			slow = slow.Context
		}
		odd = !odd
	}
	e.Context = h
}

// HandledExc returns the exception that is being handled, as sys.exception does, or nil.
func (t *Thread) HandledExc() *Exc {
	for i := t.Handled; i != nil; i = i.Prev {
		if e := i.Exc; e != nil {
			if e.Unseen {
				t.Interp.Settle(t, e)
			}
			return e
		}
	}
	return nil
}

// Catch returns the exception being raised and clears it if it is an instance of cls; else it returns nil.
func (t *Thread) Catch(cls *Type) *Exc {
	e := t.Exc
	if e == nil || !e.Type.IsSubtype(cls) {
		return nil
	}
	t.Exc, e.Unseen = nil, false
	return e
}

// TypeErrorf raises TypeError.
func (t *Thread) TypeErrorf(format string, args ...any) Value {
	return t.Raisef(&TypeErrorType, format, args...)
}

// ValueErrorf raises ValueError.
func (t *Thread) ValueErrorf(format string, args ...any) Value {
	return t.Raisef(&ValueErrorType, format, args...)
}

// OverflowErrorf raises OverflowError.
func (t *Thread) OverflowErrorf(format string, args ...any) Value {
	return t.Raisef(&OverflowErrorType, format, args...)
}

// IndexErrorf raises IndexError.
func (t *Thread) IndexErrorf(format string, args ...any) Value {
	return t.Raisef(&IndexErrorType, format, args...)
}

// RuntimeErrorf raises RuntimeError.
func (t *Thread) RuntimeErrorf(format string, args ...any) Value {
	return t.Raisef(&RuntimeErrorType, format, args...)
}

// SystemErrorf raises SystemError.
func (t *Thread) SystemErrorf(format string, args ...any) Value {
	return t.Raisef(&SystemErrorType, format, args...)
}

// KeyError raises KeyError with the key as its argument.
func (t *Thread) KeyError(key Value) Value {
	return t.raise(newExc1(&KeyErrorType, key))
}
