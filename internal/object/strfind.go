package object

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/strs"
)

// sameMemory reports whether two strings of the same length are the same memory.
func sameMemory(a, b string) bool { return unsafe.StringData(a) == unsafe.StringData(b) }

const sliceOrNone = sliceIndexMessage

// bounds converts the arguments start and end of find() and others for a sequence of n items. They are not absent
// from the end of the sequence only: start may be behind end.
func (t *Thread) bounds(start, end Value, n int) (i, j int, ok bool) {
	j = n
	if start.P != nil && !start.IsNone() {
		if i, ok = t.sliceIndex(start, sliceOrNone); !ok {
			return 0, 0, false
		}
	}
	if end.P != nil && !end.IsNone() {
		if j, ok = t.sliceIndex(end, sliceOrNone); !ok {
			return 0, 0, false
		}
	}
	if j > n {
		j = n
	} else if j < 0 {
		j = max(j+n, 0)
	}
	if i < 0 {
		i = max(i+n, 0)
	}
	return i, j, true
}

// window returns the offsets for arguments start and end: s.S[i:j] is what they select. ok is false with an exception, and
// empty says that they select nothing, not even an empty text.
func (s *Str) window(t *Thread, start, end Value) (i, j int, empty, ok bool) {
	if start.P == nil && end.P == nil {
		return 0, len(s.S), false, true
	}
	if i, j, ok = t.bounds(start, end, s.Len()); !ok {
		return 0, 0, false, false
	}
	if i > j {
		return 0, 0, true, true
	}
	return s.offset(i), s.offset(j), false, true
}

func (t *Thread) wantStr(v Value, method string, arg int) *Str {
	if v.IsStr() {
		return v.Str()
	}
	t.TypeErrorf("%s() argument %d must be str, not %s", method, arg, ArgName(v))
	return nil
}

func strFind(t *Thread, a []Value, name string, last, must bool) Value {
	s := a[0].Str()
	sub := t.wantStr(a[1], name, 1)
	if sub == nil {
		return Value{}
	}
	i, j, empty, ok := s.window(t, a[2], a[3])
	if !ok {
		return Value{}
	}
	at := -1
	if !empty && len(sub.S) <= j-i {
		if last {
			at = lastIndex(s.S[i:j], sub.S)
		} else {
			at = strings.Index(s.S[i:j], sub.S)
		}
	}
	if at < 0 {
		if must {
			return t.ValueErrorf("substring not found")
		}
		return MakeInt(-1)
	}
	return MakeInt(int64(s.point(i + at)))
}

// lastIndex is strings.LastIndex, looking for the last byte first.
func lastIndex(s, sub string) int {
	n := len(sub)
	switch {
	case n == 0:
		return len(s)
	case n > 16:
		return strings.LastIndex(s, sub)
	}
	c := sub[n-1]
	for i := len(s) - 1; i >= n-1; i-- {
		if s[i] == c && s[i-n+1:i+1] == sub {
			return i - n + 1
		}
	}
	return -1
}

func strContains(t *Thread, v, k Value) (res, ok bool) {
	if !k.IsStr() {
		t.TypeErrorf("'in <string>' requires string as left operand, not %s", k.Type().Name)
		return false, false
	}
	return v.Str().Has(k.Str()), true
}

// Has is k in s.
func (s *Str) Has(k *Str) bool {
	if len(k.S) == 1 {
		// Not searched one by one, even in few characters: where the search ends no processor can guess.
		return strings.IndexByte(s.S, k.S[0]) >= 0
	}
	return strings.Contains(s.S, k.S)
}

func strCount(t *Thread, a []Value) Value {
	s := a[0].Str()
	sub := t.wantStr(a[1], "count", 1)
	if sub == nil {
		return Value{}
	}
	i, j, empty, ok := s.window(t, a[2], a[3])
	switch {
	case !ok:
		return Value{}
	case empty:
		return MakeInt(0)
	case sub.S == "":
		return MakeInt(int64(CountPoints(s.S[i:j]) + 1))
	}
	return MakeInt(int64(strings.Count(s.S[i:j], sub.S)))
}

// strTail is startswith and endswith.
func strTail(t *Thread, a []Value, name string, end bool) Value {
	s := a[0].Str()
	test := func(sub, text string) bool {
		if end {
			return strings.HasSuffix(text, sub)
		}
		return strings.HasPrefix(text, sub)
	}
	if a[1].Is(&StrType) && a[2].P == nil {
		return MakeBool(test(a[1].Str().S, s.S))
	}
	i, j, empty, ok := s.window(t, a[2], a[3])
	if !ok {
		return Value{}
	}
	text := s.S[i:j]
	if a[1].Type().Flags&FlagTuple != 0 {
		for _, x := range To[Tuple](a[1]).Items() {
			if !x.IsStr() {
				return t.TypeErrorf("tuple for %s must only contain str, not %s", name, x.Type().Name)
			}
			if !empty && test(x.Str().S, text) {
				return True
			}
		}
		return False
	}
	if !a[1].IsStr() {
		return t.TypeErrorf("%s first arg must be str or a tuple of str, not %s", name, a[1].Type().Name)
	}
	return MakeBool(!empty && test(a[1].Str().S, text))
}

func strRemove(t *Thread, a []Value, name string) Value {
	s := a[0].Str()
	if !a[1].IsStr() {
		return t.TypeErrorf("%s() argument must be str, not %s", name, ArgName(a[1]))
	}
	sub := a[1].Str()
	switch {
	case sub.S == "":
	case name == "removeprefix" && strings.HasPrefix(s.S, sub.S):
		return s.part(len(sub.S), len(s.S), s.Len()-sub.Len())
	case name == "removesuffix" && strings.HasSuffix(s.S, sub.S):
		return s.part(0, len(s.S)-len(sub.S), s.Len()-sub.Len())
	}
	return s.exact()
}

func strReplace(t *Thread, a []Value) Value {
	s := a[0].Str()
	old := t.wantStr(a[1], "replace", 1)
	if old == nil {
		return Value{}
	}
	with := t.wantStr(a[2], "replace", 2)
	if with == nil {
		return Value{}
	}
	limit := -1
	if a[3].P != nil {
		var ok bool
		if limit, ok = t.AsSize(a[3]); !ok {
			return Value{}
		}
	}
	return s.replace(t, old, with, limit)
}

func (s *Str) replace(t *Thread, old, with *Str, limit int) Value {
	if grown := len(with.S) - len(old.S); grown > 0 {
		n := s.Len() + 1
		if old.S != "" {
			n = len(s.S) / len(old.S)
		}
		if limit >= 0 {
			n = min(n, limit)
		}
		if n > (maxBytes-len(s.S))/grown && (old.S == "" || strings.Count(s.S, old.S) > (maxBytes-len(s.S))/grown) {
			return t.RaiseNew(&MemoryErrorType)
		}
	}
	if old.S == "" {
		r, n := strs.Str.Replace(s.S, "", with.S, limit)
		if n == 0 {
			return s.exact()
		}
		return makeText(r, s.Len()+n*with.Len())
	}
	n := 0
	if old.S != with.S {
		n = strings.Count(s.S, old.S)
	}
	if limit >= 0 {
		n = min(n, limit)
	}
	if n == 0 {
		return s.exact()
	}
	x, b := makeStrBuf(len(s.S)+n*(len(with.S)-len(old.S)), s.Len()+n*(with.Len()-old.Len()))
	rest := s.S
	for range n {
		i := strings.Index(rest, old.S)
		b = b[copy(b, rest[:i]):]
		b = b[copy(b, with.S):]
		rest = rest[i+len(old.S):]
	}
	copy(b, rest)
	if x.Len() <= 1 {
		return makeText(x.S, x.Len())
	}
	return Of(x)
}

func strPartition(t *Thread, a []Value) Value {
	s, sep := a[0].Str(), a[1]
	if !sep.IsStr() {
		return t.TypeErrorf("must be str, not %s", sep.Type().Name)
	}
	x := sep.Str()
	if x.S == "" {
		return t.ValueErrorf("empty separator")
	}
	i := strings.Index(s.S, x.S)
	if i < 0 {
		return Of(NewTuple(s.exact(), EmptyStr, EmptyStr))
	}
	return s.cut(i, sep)
}

func strRPartition(t *Thread, a []Value) Value {
	s, sep := a[0].Str(), a[1]
	if !sep.IsStr() {
		return t.TypeErrorf("must be str, not %s", sep.Type().Name)
	}
	x := sep.Str()
	if x.S == "" {
		return t.ValueErrorf("empty separator")
	}
	i := lastIndex(s.S, x.S)
	if i < 0 {
		return Of(NewTuple(EmptyStr, EmptyStr, s.exact()))
	}
	return s.cut(i, sep)
}

// cut returns what is before sep, which is at offset i, sep itself and what is after it.
func (s *Str) cut(i int, sep Value) Value {
	x := sep.Str()
	n := i
	if !s.IsASCII() {
		n = CountPoints(s.S[:i])
	}
	return Of(NewTuple(s.part(0, i, n), sep, s.part(i+len(x.S), len(s.S), s.Len()-n-x.Len())))
}

// AsSize converts an argument to an int; beyond its range it raises OverflowError.
func (t *Thread) AsSize(v Value) (int, bool) {
	if v.IsInt() {
		return int(v.Int()), true
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	if !x.IsInt() {
		t.OverflowErrorf("Python int too large to convert to C ssize_t")
		return 0, false
	}
	return int(x.Int()), true
}

// AsCInt converts an argument to a C int; OverflowError says that it is none.
func (t *Thread) AsCInt(v Value) (int, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	if !x.IsInt() || int64(int32(x.Int())) != x.Int() {
		t.OverflowErrorf("Python int too large to convert to C int")
		return 0, false
	}
	return int(x.Int()), true
}
