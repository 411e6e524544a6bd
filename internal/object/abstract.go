package object

import (
	"strings"
	"sync/atomic"
)

// IsTrue is bool(v).
func (t *Thread) IsTrue(v Value) (res, ok bool) {
	if v.IsBool() || v.IsInt() {
		return v.B != 0, true
	}
	cls := v.Type()
	switch {
	case cls == &StrType:
		return v.Str().S != "", true
	case cls == &ListType:
		return len(To[List](v).V) > 0, true
	case v.IsNone():
		return false, true
	case cls.Bool != nil:
		return cls.Bool(t, v)
	case cls.Len != nil:
		n, ok := cls.Len(t, v)
		return n > 0, ok
	}
	return true, true
}

// Hash is hash(v).
func (t *Thread) Hash(v Value) (int64, bool) {
	if h := v.Type().Hash; h != nil {
		if !t.deeper("") {
			return 0, false
		}
		n, ok := h(t, v)
		t.Depth--
		return n, ok
	}
	t.TypeErrorf("unhashable type: '%s'", v.Type().Name)
	return 0, false
}

// Equal is a == b as containers see it: identical values are equal.
func (t *Thread) Equal(a, b Value) (eq, ok bool) {
	if a == b {
		if a.IsFloat() {
			// Payloads of NaNs can agree although they came from different computations;
			// the same NaN is the same object all the same.
			return true, true
		}
		return true, true
	}
	r := t.Compare(a, b, CmpEq)
	if r.P == nil {
		return false, false
	}
	return t.IsTrue(r)
}

// swapped has the operator that gives the same result with operands exchanged.
var swapped = [...]CompareOp{CmpGt, CmpGe, CmpEq, CmpNe, CmpLt, CmpLe}

var compareSigns = [...]string{"<", "<=", "==", "!=", ">", ">="}

// Compare is a op b.
func (t *Thread) Compare(a, b Value, op CompareOp) Value {
	if !t.deeper(" in comparison") {
		return Value{}
	}
	r := t.compare(a, b, op)
	t.Depth--
	return r
}

func (t *Thread) compare(a, b Value, op CompareOp) Value {
	ta, tb := a.Type(), b.Type()
	tried := false
	if ta != tb && tb.Compare != nil && tb.IsSubtype(ta) {
		tried = true
		if r := tb.Compare(t, b, a, swapped[op]); r != NotImplemented {
			return r
		}
	}
	if ta.Compare != nil {
		if r := ta.Compare(t, a, b, op); r != NotImplemented {
			return r
		}
	}
	if tried {
		return t.compareLast(a, b, op)
	}
	return t.CompareAfter(a, b, op)
}

// CompareAfter is a op b when a's method has returned NotImplemented and b's has not been asked.
func (t *Thread) CompareAfter(a, b Value, op CompareOp) Value {
	if f := b.Type().Compare; f != nil {
		if r := f(t, b, a, swapped[op]); r != NotImplemented {
			return r
		}
	}
	return t.compareLast(a, b, op)
}

// compareLast is a op b for operands that do not know each other.
func (t *Thread) compareLast(a, b Value, op CompareOp) Value {
	switch op {
	case CmpEq:
		return MakeBool(a == b)
	case CmpNe:
		return MakeBool(a != b)
	}
	return t.TypeErrorf("'%s' not supported between instances of '%s' and '%s'", compareSigns[op], a.Type().Name, b.Type().Name)
}

// CompareBool is the truth of a op b.
func (t *Thread) CompareBool(a, b Value, op CompareOp) (res, ok bool) {
	if a.Is(&StrType) && b.Is(&StrType) {
		return a.Str().compare(b.Str(), op), true
	}
	r := t.Compare(a, b, op)
	if r.P == nil {
		return false, false
	}
	return t.IsTrue(r)
}

// Repr is repr(v), always a str.
func (t *Thread) Repr(v Value) *Str {
	r := v.Type().Repr
	if r == nil {
		return NewStr("<" + v.Type().Name + " object>")
	}
	if !t.Enter(" while getting the repr of an object") {
		return nil
	}
	x := r(t, v)
	t.Leave()
	if x.P == nil {
		return nil
	}
	if !x.IsStr() {
		t.TypeErrorf("__repr__ returned non-string (type %s)", x.Type().Name)
		return nil
	}
	return x.Str()
}

// Str is str(v).
func (t *Thread) Str(v Value) *Str {
	if v.Is(&StrType) {
		return v.Str()
	}
	f := v.Type().Str
	if f == nil {
		return t.Repr(v)
	}
	if !t.Enter(" while getting the str of an object") {
		return nil
	}
	x := f(t, v)
	t.Leave()
	if x.P == nil {
		return nil
	}
	if !x.IsStr() {
		t.TypeErrorf("__str__ returned non-string (type %s)", x.Type().Name)
		return nil
	}
	return x.Str()
}

// Iter is iter(v).
func (t *Thread) Iter(v Value) Value {
	cls := v.Type()
	if cls.Iter == nil {
		if cls.GetItem != nil && cls.Flags&FlagDict == 0 && cls.Flags&(FlagHeap|FlagSequence) != 0 {
			return newSeqIter(v)
		}
		return t.TypeErrorf("'%s' object is not iterable", cls.Name)
	}
	if !t.deeper("") {
		return Value{}
	}
	it := cls.Iter(t, v)
	t.Depth--
	if it.P != nil && it.Type().Next == nil {
		return t.TypeErrorf("iter() returned non-iterator of type '%s'", it.Type().Name)
	}
	return it
}

// Step steps an iterator. No value: it is exhausted, or an exception is set, which may be StopIteration.
func (t *Thread) Step(it Value) Value {
	if it.Type() == &ListIterType && atomic.LoadUint32(&t.Breaker) == 0 {
		// The most frequent iterator of all.
		if i := To[ListIter](it); i.List != nil && i.Index < len(i.List.V) {
			i.Index++
			return i.List.V[i.Index-1]
		}
	}
	cls := it.Type()
	if cls.Flags&FlagLeafIter != 0 && atomic.LoadUint32(&t.Breaker) == 0 {
		return cls.Next(t, it) // which goes no deeper
	}
	next := cls.Next
	if next == nil {
		return t.TypeErrorf("'%s' object is not an iterator", cls.Name)
	}
	if atomic.LoadUint32(&t.Breaker)&^BreakTrace != 0 && !t.Attend() {
		return Value{}
	}
	if t.Depth++; t.Depth > maxGoDepth {
		t.Depth--
		return t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded")
	}
	v := next(t, it)
	t.Depth--
	return v
}

// Next steps an iterator. No value and no exception in t: it is exhausted. A StopIteration that
// the iterator raises is taken for that.
func (t *Thread) Next(it Value) Value {
	v := t.Step(it)
	if v.P == nil && t.Exc != nil && t.Exc.Type.IsSubtype(&StopIterationType) {
		t.Exc = nil
	}
	return v
}

// Each calls f for each item of an iterable until f returns false. It returns false if an exception is set.
func (t *Thread) Each(v Value, f func(x Value) bool) bool { return t.EachInto(v, nil, f) }

// EachInto is Each for items that go to a sink, if it is not nil, as far as that takes them from a generator.
func (t *Thread) EachInto(v Value, sink Sink, f func(x Value) bool) bool {
	switch v.Type() {
	case &ListType:
		l := To[List](v)
		for i := 0; i < len(l.V); i++ {
			if !f(l.V[i]) {
				return t.Exc == nil
			}
		}
		return true
	case &TupleType:
		for _, x := range To[Tuple](v).Items() {
			if !f(x) {
				return t.Exc == nil
			}
		}
		return true
	case &StrType:
		for i, s := 0, v.Str().S; i < len(s); {
			r, n := DecodePoint(s[i:])
			if !f(MakeChar(r)) {
				return t.Exc == nil
			}
			i += n
		}
		return true
	case &BytesType:
		for i, s := 0, To[Bytes](v).S; i < len(s); i++ {
			if !f(MakeInt(int64(s[i]))) {
				return t.Exc == nil
			}
		}
		return true
	case &SetType, &FrozenSetType:
		s := To[Set](v)
		used := s.used
		for e, i := s.next(0); e != nil; e, i = s.next(i) {
			if !f(e.value()) {
				return t.Exc == nil
			}
			if s.used != used {
				t.RuntimeErrorf("Set changed size during iteration")
				return false
			}
		}
		return true
	}
	it := t.Iter(v)
	if it.P == nil {
		return false
	}
	if cls := it.Type(); cls.Flags&FlagLeafIter != 0 {
		for atomic.LoadUint32(&t.Breaker) == 0 {
			x := cls.Next(t, it)
			if x.P == nil || !f(x) {
				return t.Exc == nil
			}
		}
	}
	for {
		x := t.NextInto(it, sink)
		if x.P == nil {
			return t.Exc == nil
		}
		if !f(x) {
			return t.Exc == nil
		}
	}
}

// LengthHint is operator.length_hint.
func (t *Thread) LengthHint(v Value, def int) (int, bool) {
	if v.Type().Len != nil {
		n, ok := v.Type().Len(t, v)
		if ok {
			return n, true
		}
		if t.Catch(&TypeErrorType) == nil {
			return 0, false
		}
	}
	r, found := t.CallSpecial(v, nameLengthHint)
	if !found {
		return def, true
	}
	if r.P == nil {
		if t.Catch(&TypeErrorType) != nil {
			return def, true
		}
		return 0, false
	}
	if r == NotImplemented {
		return def, true
	}
	if !r.IsInt() {
		if r.IsA(&IntType) {
			n, ok := t.AsIndex(r)
			return n, ok
		}
		t.TypeErrorf("__length_hint__ must be an integer, not %s", r.Type().Name)
		return 0, false
	}
	if r.Int() < 0 {
		t.ValueErrorf("__length_hint__() should return >= 0")
		return 0, false
	}
	return int(r.Int()), true
}

var nameLengthHint = StaticName("__length_hint__")

// Len is len(v).
func (t *Thread) Len(v Value) (int, bool) {
	if f := v.Type().Len; f != nil {
		return f(t, v)
	}
	t.TypeErrorf("object of type '%s' has no len()", v.Type().Name)
	return 0, false
}

// GetItem is v[k].
func (t *Thread) GetItem(v, k Value) Value {
	if f := v.Type().GetItem; f != nil {
		return f(t, v, k)
	}
	if v.Type().Flags&FlagType != 0 {
		return t.classGetItem(v, k)
	}
	return t.TypeErrorf("'%s' object is not subscriptable", v.Type().Name)
}

var nameClassGetItem = StaticName("__class_getitem__")

// sequence reports whether a type has anything of what C calls its sequence methods. Some errors differ then.
func (ty *Type) sequence() bool {
	return ty.Flags&(FlagHeap|FlagSequence) != 0 || ty.fact != nil && ty.fact.flags&heapType != 0 || ty.Contains != nil || ty.Concat != nil || ty.Repeat != nil
}

func (t *Thread) classGetItem(v, k Value) Value {
	if v == Of(&TypeType) {
		return NewGenericAlias(t, v, k)
	}
	f, ok := t.FindAttr(v, nameClassGetItem)
	if !ok {
		return Value{}
	}
	if f.P == nil || f.IsNone() {
		return t.TypeErrorf("type '%s' is not subscriptable", To[Type](v).Name)
	}
	return t.CallArgs(f, k)
}

// SetItem is v[k] = x; no value deletes.
func (t *Thread) SetItem(v, k, x Value) bool {
	if f := v.Type().SetItem; f != nil {
		return f(t, v, k, x)
	}
	word := "does not"
	if v.Type().sequence() && k.Type().Index != nil {
		// A sequence that cannot be changed is asked by index.
		if _, ok := t.AsIndex(k); !ok {
			return false
		}
		word = "doesn't"
	}
	if x.P == nil {
		t.TypeErrorf("'%s' object %s support item deletion", v.Type().Name, word)
	} else {
		t.TypeErrorf("'%s' object does not support item assignment", v.Type().Name)
	}
	return false
}

// Contains is k in v.
func (t *Thread) Contains(v, k Value) (res, ok bool) {
	cls := v.Type()
	if cls.Contains != nil {
		return cls.Contains(t, v, k)
	}
	return t.containsIter(v, k)
}

// containsIter looks for k among the items that iteration gives.
func (t *Thread) containsIter(v, k Value) (res, ok bool) {
	cls := v.Type()
	if cls.Iter == nil && cls.GetItem == nil {
		t.TypeErrorf("argument of type '%s' is not a container or iterable", cls.Name)
		return false, false
	}
	ok = t.Each(v, func(x Value) bool {
		eq, good := t.Equal(x, k)
		res = eq && good
		return good && !eq
	})
	return res && ok, ok
}

var opSigns = [NumBinary]string{"+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^", "divmod()"}

// binary1 is the part of a binary operator that number slots do.
func (t *Thread) binary1(a, b Value, op BinaryOp) Value {
	ta, tb := a.Type(), b.Type()
	fa, fb := ta.Binary[op], tb.Binary[op]
	if ta == tb {
		fb = nil
	}
	tried := false
	if fa != nil {
		if fb != nil && tb.IsSubtype(ta) && !sameSlot(ta, tb, op) {
			if r := fb(t, a, b); r != NotImplemented {
				return r
			}
			tried = true
		}
		if r := fa(t, a, b); r != NotImplemented {
			return r
		}
	}
	if fb != nil && !tried && !(fa != nil && sameSlot(ta, tb, op)) {
		return fb(t, a, b)
	}
	return NotImplemented
}

// sameSlot reports whether both types have the slot from the same place, so that calling it once is enough.
func sameSlot(a, b *Type, op BinaryOp) bool {
	return a.slotOwner[op] == b.slotOwner[op] && a.slotOwner[op] != nil
}

// BinaryOp is a op b.
func (t *Thread) BinaryOp(a, b Value, op BinaryOp) Value {
	r := t.binary1(a, b, op)
	if r != NotImplemented {
		return r
	}
	return t.binaryLast(a, b, op)
}

// BinaryAfter is a op b, or a op= b, when a method in Python of a's class has returned NotImplemented. b is of the same class or of a builtin type.
func (t *Thread) BinaryAfter(a, b Value, op BinaryOp, inplace bool) Value {
	if f := b.Type().Binary[op]; f != nil && a.Type() != b.Type() {
		if r := f(t, a, b); r != NotImplemented {
			return r
		}
	}
	if inplace {
		return t.inplaceLast(a, b, op)
	}
	return t.binaryLast(a, b, op)
}

// binaryLast is the part of a binary operator that sequences do.
func (t *Thread) binaryLast(a, b Value, op BinaryOp) Value {
	switch op {
	case OpAdd:
		if f := a.Type().Concat; f != nil {
			return f(t, a, b)
		}
	case OpMultiply:
		if f := a.Type().Repeat; f != nil {
			return t.repeat(a, b, f)
		}
		if f := b.Type().Repeat; f != nil {
			return t.repeat(b, a, f)
		}
	}
	return t.unsupported(a, b, opSigns[op])
}

func (t *Thread) unsupported(a, b Value, sign string) Value {
	if sign == ">>" && a.Is(&BuiltinType) && To[Builtin](a).Def.Name == "print" {
		return t.TypeErrorf("unsupported operand type(s) for %s: '%s' and '%s'. Did you mean \"print(<message>, file=<output_stream>)\"?",
			sign, a.Type().Name, b.Type().Name)
	}
	return t.TypeErrorf("unsupported operand type(s) for %s: '%s' and '%s'", sign, a.Type().Name, b.Type().Name)
}

func (t *Thread) repeat(seq, n Value, f func(t *Thread, o Value, n int) Value) Value {
	if n.Type().Index == nil {
		return t.TypeErrorf("can't multiply sequence by non-int of type '%s'", n.Type().Name)
	}
	i, ok := t.AsIndexErr(n, &OverflowErrorType)
	if !ok {
		return Value{}
	}
	return f(t, seq, i)
}

// InplaceOp is a op= b.
func (t *Thread) InplaceOp(a, b Value, op BinaryOp) Value {
	if f := a.Type().Inplace[op]; f != nil {
		if r := f(t, a, b); r != NotImplemented {
			return r
		}
	}
	return t.InplaceAfter(a, b, op)
}

// InplaceAfter is a op= b without the method that changes a.
func (t *Thread) InplaceAfter(a, b Value, op BinaryOp) Value {
	r := t.binary1(a, b, op)
	if r != NotImplemented {
		return r
	}
	return t.inplaceLast(a, b, op)
}

// inplaceLast is the part of an operator and assignment that sequences do.
func (t *Thread) inplaceLast(a, b Value, op BinaryOp) Value {
	switch op {
	case OpAdd:
		if f := a.Type().InConcat; f != nil {
			return f(t, a, b)
		}
		if f := a.Type().Concat; f != nil {
			return f(t, a, b)
		}
	case OpMultiply:
		if f := a.Type().InRepeat; f != nil {
			return t.repeat(a, b, f)
		}
		if f := a.Type().Repeat; f != nil {
			return t.repeat(a, b, f)
		}
		if f := b.Type().Repeat; f != nil && !a.Type().sequence() {
			return t.repeat(b, a, f)
		}
	}
	sign := opSigns[op]
	if op == OpPower {
		sign = "**"
	}
	return t.unsupported(a, b, sign+"=")
}

// Negative, Positive and Invert are the unary operators.
func (t *Thread) Negative(v Value) Value { return t.unary(v, v.Type().Neg, "-") }

// Positive is +v.
func (t *Thread) Positive(v Value) Value { return t.unary(v, v.Type().Pos, "+") }

// Invert is ~v.
func (t *Thread) Invert(v Value) Value { return t.unary(v, v.Type().Invert, "~") }

func (t *Thread) unary(v Value, f UnaryFunc, sign string) Value {
	if f == nil {
		return t.TypeErrorf("bad operand type for unary %s: '%s'", sign, v.Type().Name)
	}
	return f(t, v)
}

// Index is operator.index: an exact int.
func (t *Thread) Index(v Value) Value {
	if v.Is(&IntType) {
		return v
	}
	if v.Type().Flags&FlagInt != 0 {
		return ExactInt(v)
	}
	f := v.Type().Index
	if f == nil {
		return t.TypeErrorf("'%s' object cannot be interpreted as an integer", v.Type().Name)
	}
	r := f(t, v)
	if r.P == nil || r.Is(&IntType) {
		return r
	}
	if r.Type().Flags&FlagInt == 0 {
		return t.TypeErrorf("__index__ returned non-int (type %s)", r.Type().Name)
	}
	if !t.Warn(&DeprecationWarningType, 1, "__index__ returned non-int (type %s).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.",
		r.Type().Name) {
		return Value{}
	}
	return ExactInt(r)
}

// AsIndex converts v with __index__ to an int; beyond its range it raises IndexError.
func (t *Thread) AsIndex(v Value) (int, bool) { return t.AsIndexErr(v, &IndexErrorType) }

// AsIndexErr is AsIndex with the exception for numbers out of range; nil clips them.
func (t *Thread) AsIndexErr(v Value, overflow *Type) (int, bool) {
	if v.IsInt() {
		return int(v.Int()), true
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	if x.IsInt() {
		return int(x.Int()), true
	}
	if overflow == nil {
		if To[Int](x).V.Sign() < 0 {
			return -1 << 63, true
		}
		return 1<<63 - 1, true
	}
	t.Raisef(overflow, "cannot fit '%s' into an index-sized integer", v.Type().Name)
	return 0, false
}

// Warn issues a warning; false: it became an exception.
func (t *Thread) Warn(category *Type, level int, format string, args ...any) bool {
	if t.Interp.Hooks.Warn == nil {
		return true
	}
	return t.Interp.Hooks.Warn(t, category, sprintf(format, args...), level)
}

// IsInstance is isinstance(v, cls), with __instancecheck__.
func (t *Thread) IsInstance(v, cls Value) (res, ok bool) {
	if Of(v.Type()) == cls {
		return true, true
	}
	return t.isInstance(v, cls)
}

// TypeName returns the name of v's type as error messages have it.
func TypeName(v Value) string { return v.Type().Name }

// QualName returns the full name of a class for messages: with its module unless that is builtins.
func (t *Thread) QualName(s *Type) string {
	name := s.qualname()
	m := s.ModuleName()
	if m == "" || m == "builtins" {
		return name
	}
	return m + "." + name
}

// FullName is QualName that leaves __main__ out, too, as many messages do.
func (t *Thread) FullName(s *Type) string {
	if s.ModuleName() == "__main__" {
		return s.qualname()
	}
	return t.QualName(s)
}

// ModuleName returns the value of __module__ if it is a str, or "".
func (s *Type) ModuleName() string {
	if s.Flags&FlagHeap == 0 {
		return s.Module
	}
	if v := s.Dict().GetStr(nameModule); v.P != nil && v.IsStr() {
		return v.Str().S
	}
	return ""
}

var nameModule = StaticName("__module__")

func isDunder(s string) bool {
	return len(s) > 4 && strings.HasPrefix(s, "__") && strings.HasSuffix(s, "__")
}
