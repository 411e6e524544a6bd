package sremod

import (
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
)

// Pattern is a compiled regular expression: re.Pattern.
type Pattern struct {
	object.Head
	pattern    Value
	flags      int32
	kind       kind
	groups     int
	groupIndex *object.Dict  // nil if no group has a name
	indexGroup *object.Tuple // names by number; nil as groupIndex
	code       []uint32
	program    *sre.Program
	state      *state
}

// The types of the module.
var (
	PatternType, MatchType, ScannerType, TemplateType object.Type
)

const (
	stringSig  = "($self, /, string, pos=0, endpos=sys.maxsize)"
	replaceSig = "($self, /, repl, string, count=0)"
)

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&PatternType, object.TypeSpec{
		Name: "Pattern", Module: "re", Flags: object.FlagNoNew, HasWeak: true, Doc: "Compiled regular expression object.",
		Slots: object.Slots{Repr: patternRepr, Hash: patternHash, Compare: patternCompare},
		Methods: []object.MethodDef{
			finding("match", (*sre.State).Match, "Matches zero or more characters at the beginning of the string."),
			finding("fullmatch", (*sre.State).FullMatch, "Matches against all of the string."),
			finding("search", (*sre.State).Search, "Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches."),
			{Name: "sub", Sig: replaceSig, Fn: sub, Doc: "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl."},
			{Name: "subn", Sig: replaceSig, Fn: subn, Doc: "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl."},
			{Name: "findall", Sig: stringSig, Fn: findall, Doc: "Return a list of all non-overlapping matches of pattern in string."},
			{Name: "split", Sig: "($self, /, string, maxsplit=0)", Fn: split, Doc: "Split string by the occurrences of pattern."},
			{Name: "finditer", Sig: stringSig, Fn: finditer, Doc: "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a match object."},
			{Name: "scanner", Sig: stringSig, Fn: scanner},
			{Name: "__copy__", Sig: "($self, /)", Fn: itself},
			{Name: "__deepcopy__", Sig: "($self, memo, /)", Fn: itself},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "Patterns are generic over the type of string they handle (str or bytes)", Fn: generic},
		},
		GetSets: []object.GetSetDef{
			{Name: "groupindex", Doc: "A dictionary mapping group names to group numbers.", Get: func(t *Thread, v Value) Value {
				d := object.To[Pattern](v).groupIndex
				if d == nil {
					return object.Of(object.NewDict())
				}
				return object.NewMappingProxy(object.Of(d))
			}},
			{Name: "pattern", Member: true, Doc: "The pattern string from which the RE object was compiled.",
				Get: func(t *Thread, v Value) Value { return object.To[Pattern](v).pattern }},
			{Name: "flags", Member: true, Doc: "The regex matching flags.",
				Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[Pattern](v).flags)) }},
			{Name: "groups", Member: true, Doc: "The number of capturing groups in the pattern.",
				Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[Pattern](v).groups)) }},
		},
	})
	defineMatch()
	defineScanner()
	object.Define(&TemplateType, object.TypeSpec{Name: "SRE_Template", Module: "_sre", Flags: object.FlagNoNew})
}

func itself(t *Thread, a []Value) Value { return a[0] }

func generic(t *Thread, a []Value) Value { return object.NewGenericAlias(t, a[0], a[1]) }

// subject returns v if the pattern can be matched in it.
func (p *Pattern) subject(t *Thread, v Value) (subject, bool) {
	s, ok := subjectOf(t, v)
	switch {
	case !ok:
	case s.kind == forBytes && p.kind == forStr:
		s.release(t)
		t.TypeErrorf("cannot use a string pattern on a bytes-like object")
		ok = false
	case s.kind == forStr && p.kind == forBytes:
		t.TypeErrorf("cannot use a bytes pattern on a string-like object")
		ok = false
	}
	return s, ok
}

// bounds are a part of a subject to match in, in characters and as offsets.
type bounds struct {
	pos, end    int
	from, limit int
}

// bounds returns what the arguments pos and endpos mean, which may be no values.
func (s *subject) bounds(t *Thread, pos, end Value) (b bounds, ok bool) {
	b = bounds{0, s.n, 0, len(s.text)}
	if pos.P != nil {
		if b.pos, ok = t.AsSize(pos); !ok {
			return b, false
		}
		b.pos = min(max(b.pos, 0), s.n)
		b.from = s.offset(b.pos)
	}
	if end.P != nil {
		if b.end, ok = t.AsSize(end); !ok {
			return b, false
		}
		b.end = min(max(b.end, 0), s.n)
		b.limit = s.offset(b.end)
	}
	return b, true
}

// convert makes ints of pos and endpos, before anything else is done with the arguments.
func convert(t *Thread, pos, end *Value) bool {
	for _, x := range [...]*Value{pos, end} {
		if x.P == nil {
			continue
		}
		n, ok := t.AsSize(*x)
		if !ok {
			return false
		}
		*x = object.MakeInt(int64(n))
	}
	return true
}

// finding makes a method that looks for one match.
func finding(name string, how func(*sre.State) (bool, error), doc string) object.MethodDef {
	return object.MethodDef{Name: name, Sig: stringSig, Doc: doc, Fn: func(t *Thread, a []Value) Value {
		return find(t, a[0], a[1], a[2], a[3], how)
	}}
}

func find(t *Thread, self, v, pos, end Value, how func(*sre.State) (bool, error)) Value {
	p := object.To[Pattern](self)
	var s subject
	if v.IsStr() && p.kind != forBytes {
		x := v.Str()
		s.v, s.text, s.kind, s.wide, s.n = v, x.S, forStr, x.Len() != len(x.S), x.Len()
	} else {
		if !convert(t, &pos, &end) {
			return Value{}
		}
		var ok bool
		if s, ok = p.subject(t, v); !ok {
			return Value{}
		}
	}
	b := bounds{0, s.n, 0, len(s.text)}
	if pos.P != nil || end.P != nil {
		var ok bool
		if b, ok = s.bounds(t, pos, end); !ok {
			s.release(t)
			return Value{}
		}
	}
	e := p.state.engine(t)
	e.Reset(p.program, s.text, s.wide, b.from, b.limit)
	found, err := how(&e.State)
	var r Value
	switch {
	case err != nil:
		r = fail(t, err)
	case found:
		r = newMatch(t, p, &e.State, &s, b, b.from, b.pos)
	default:
		r = object.None
	}
	p.state.release(e)
	s.release(t)
	return r
}

func patternRepr(t *Thread, v Value) Value {
	p := object.To[Pattern](v)
	names := [...]struct {
		name string
		flag uint32
	}{
		{"re.IGNORECASE", 2}, {"re.LOCALE", 4}, {"re.MULTILINE", 8}, {"re.DOTALL", 16},
		{"re.UNICODE", 32}, {"re.VERBOSE", 64}, {"re.DEBUG", 128}, {"re.ASCII", 256},
	}
	flags := uint32(p.flags)
	if p.kind == forStr && flags&(4|32|256) == 32 {
		// What all strs have by default.
		flags &^= 32
	}
	r := t.Repr(p.pattern)
	if r == nil {
		return Value{}
	}
	text := "re.compile(" + r.S[:sre.SkipPoints(r.S, 200)]
	sep := ", "
	for _, n := range names {
		if flags&n.flag != 0 {
			text += sep + n.name
			sep = "|"
			flags &^= n.flag
		}
	}
	if flags != 0 {
		text += fmt.Sprintf("%s%#x", sep, flags)
	}
	return object.MakeStr(text + ")")
}

var hashSeed = maphash.MakeSeed()

func patternHash(t *Thread, v Value) (int64, bool) {
	p := object.To[Pattern](v)
	h, ok := t.Hash(p.pattern)
	if !ok {
		return 0, false
	}
	h ^= int64(maphash.Comparable(hashSeed, fingerprint(p.code))) ^ int64(p.flags) ^ int64(p.kind) ^ int64(len(p.code))
	if h == -1 {
		h = -2
	}
	return h, true
}

// fingerprint is a hash of codes.
func fingerprint(code []uint32) (h uint64) {
	for _, c := range code {
		h = (h ^ uint64(c)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}

func patternCompare(t *Thread, a, b Value, op object.CompareOp) Value {
	if op != object.CmpEq && op != object.CmpNe || !b.Is(&PatternType) {
		return object.NotImplemented
	}
	p, q := object.To[Pattern](a), object.To[Pattern](b)
	equal := p == q
	if !equal && p.flags == q.flags && p.kind == q.kind && slices.Equal(p.code, q.code) {
		var ok bool
		if equal, ok = t.Equal(p.pattern, q.pattern); !ok {
			return Value{}
		}
	}
	return object.MakeBool(equal == (op == object.CmpEq))
}
