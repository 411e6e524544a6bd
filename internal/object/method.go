package object

import (
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"
)

// MethodDef describes a builtin function or method.
type MethodDef struct {
	Name string
	// Sig is the signature as inspect shows it, with the self parameter of methods:
	// "($self, sep=None, maxsplit=-1, /)". "$self" makes a method, "$type" a class method
	// (Fn gets the class), "$cls" a static method like __new__; without any it is a function. Parameters
	// before / are positional only, those behind * keyword only, *args gets a tuple, **kw a dict.
	// A parameter with a default, or in brackets, is optional; Fn sees no value for it when it is absent.
	// The empty Sig with Raw set means that nothing is known of the parameters.
	Sig string
	// Fn gets one value per parameter, self first. The slice is not to be kept.
	Fn func(t *Thread, a []Value) Value
	// Raw is called instead of Fn, with the arguments as they come; for methods args[0] is self.
	Raw func(t *Thread, args []Value, names *Tuple) Value
	Doc string

	// Static makes a static method of a type. Class makes a class method, if Sig does not say so.
	Static, Class bool
	// Defining says that CPython's method also gets the class that defines it: messages about wrong arguments are then those of methods
	// that take keywords, though it may have none.
	Defining bool
	// UsesUp says of one that gets an iterable and nothing else, apart from self, that it does not look at it again once that has no more items.
	UsesUp bool
	// Spread says of one with *args and no other parameters but self that Fn gets these arguments behind self, not a tuple of them.
	Spread bool
	// MakesList says that it returns a new list, or fails; it may be one that is lent to it (Thread.LentList).
	MakesList bool
	// Operator is the method of a binary operator, named without an r, as a slot: of a class whose method this is, operators begin with it. It takes
	// operands whose classes are known to it alone; those of others, for which there is more to ask, it leaves: then it returns false, and has done
	// nothing.
	Operator func(t *Thread, a, b Value) (v Value, done bool)
	// Order is the same for comparisons, if all of a class but __ne__ have it: whether a is less than b (-1), equal (0), or greater (1).
	Order func(a, b Value) (r int, done bool)
	// HashOf is the same for __hash__.
	HashOf func(t *Thread, v Value) (h int64, done bool)

	owner  string         // type's name for methods, "" for functions
	module string         // of functions, unless it is builtins
	sig    unsafe.Pointer // *signature once parsed; interpreters share it
}

// signature is a parsed MethodDef.Sig.
type signature struct {
	params  []param
	kind    byte // 's' method, 't' class method, 0 function
	pos     int  // parameters that can be given by position, self included
	posOnly int  // of these, positional only
	min     int  // of these, required
	star    int  // index of *args, or -1
	dstar   int  // index of **kw, or -1
	simple  bool // neither star, nor keyword-only parameters
	// The function can be called with spread arguments more than least, or fewer, as they lie: see Direct. least is out of reach where it never can.
	least    int
	spread   uint
	all      int  // how many values Fn gets then; there are more if they are Spread
	anyNamed bool // some parameter can be given by keyword
}

type param struct {
	name     string
	text     string
	optional bool
}

// never is more arguments than any call has.
const never = 1 << 30

// parsed returns the definition's signature.
func (d *MethodDef) parsed() *signature {
	s := (*signature)(atomic.LoadPointer(&d.sig))
	if s == nil {
		s = parseSignature(d.Sig)
		s.least = never
		if d.Raw == nil && s.star < 0 && s.dstar < 0 && !slices.ContainsFunc(s.params[s.pos:], func(p param) bool { return !p.optional }) {
			s.least, s.spread, s.all = s.min, uint(s.pos-s.min), len(s.params)
		} else if d.Spread {
			s.least, s.spread, s.all = s.min+1, never, len(s.params)
		}
		atomic.StorePointer(&d.sig, unsafe.Pointer(s))
	}
	return s
}

func parseSignature(text string) *signature {
	s := &signature{star: -1, dstar: -1, simple: true}
	depth, start, quote := 0, 1, byte(0)
	group := 0 // brackets around optional parameters without a default: "(sub[, start[, end]], /)"
	kwOnly := false
	add := func(p string) {
		for len(p) > 0 && (p[0] == ' ' || p[0] == '\n') {
			p = p[1:]
		}
		switch {
		case p == "":
			return
		case p == "/":
			s.posOnly = len(s.params)
			return
		case p == "*":
			kwOnly, s.simple = true, false
			return
		case len(p) > 2 && p[:2] == "**":
			s.dstar, s.simple = len(s.params), false
			s.params = append(s.params, param{name: p[2:], text: p, optional: true})
			return
		case p[0] == '*':
			s.star, s.simple, kwOnly = len(s.params), false, true
			s.params = append(s.params, param{name: p[1:], text: p, optional: true})
			return
		}
		q := param{text: p, name: p}
		for i := 0; i < len(p); i++ {
			if p[i] == '=' {
				q.name, q.optional = p[:i], true
				break
			}
		}
		q.optional = q.optional || group > 0
		if q.name[0] == '$' {
			switch q.name {
			case "$self":
				s.kind = 's'
			case "$type":
				s.kind = 't'
			}
			q.name = q.name[1:]
			if s.posOnly == 0 {
				s.posOnly = 1
			}
		}
		if !kwOnly {
			s.pos++
			if !q.optional {
				s.min = s.pos
			}
		}
		s.params = append(s.params, q)
	}
	for i := 1; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case depth == 0 && (c == '[' && strings.IndexByte(text[start:i], '=') < 0 || c == ']'):
			add(text[start:i])
			start = i + 1
			if c == '[' {
				group++
			} else {
				group--
			}
		case c == '(' || c == '[' || c == '{':
			depth++
		case depth > 0 && (c == ')' || c == ']' || c == '}'):
			depth--
		case depth == 0 && (c == ',' || c == ')'):
			add(text[start:i])
			start = i + 1
		}
	}
	s.anyNamed = s.dstar >= 0 || len(s.params) > s.posOnly && !(s.star == s.posOnly && len(s.params) == s.star+1)
	return s
}

// fullName is the name that messages about counts use: "list.append", "math.sin". args are those of the call; bound says
// that a bound method is called, which is named after its object's class.
func (d *MethodDef) fullName(args []Value, bound bool) string {
	switch {
	case bound && isType(args[0]):
		return To[Type](args[0]).qualname() + "." + d.Name
	case bound:
		return args[0].Type().qualname() + "." + d.Name
	case d.owner == "" && d.module != "":
		return d.module + "." + d.Name
	case d.owner == "":
		return d.Name
	}
	return d.owner + "." + d.Name
}

// Call calls the function with arguments as they come; args[0] is self for methods.
func (d *MethodDef) Call(t *Thread, args []Value, names *Tuple) Value {
	if d.Raw != nil {
		return d.Raw(t, args, names)
	}
	s := (*signature)(atomic.LoadPointer(&d.sig))
	if s == nil {
		s = d.parsed()
	}
	if names == nil && len(args) == s.pos && s.simple {
		return d.Fn(t, args)
	}
	return d.bind(t, s, args, names, false)
}

// callBound is Call for a bound method.
func (d *MethodDef) callBound(t *Thread, args []Value, names *Tuple) Value {
	if d.Raw != nil {
		return d.Raw(t, args, names)
	}
	s := (*signature)(atomic.LoadPointer(&d.sig))
	if s == nil {
		s = d.parsed()
	}
	if names == nil && len(args) == s.pos && s.simple {
		return d.Fn(t, args)
	}
	return d.bind(t, s, args, names, true)
}

func (d *MethodDef) bind(t *Thread, s *signature, args []Value, names *Tuple, bound bool) Value {
	given := len(args)
	if names != nil {
		given -= names.Len()
		if names.Len() == 0 {
			names = nil
		}
	}
	self := boolInt(s.kind != 0)
	if given < self {
		return t.TypeErrorf("unbound method %s() needs an argument", d.fullName(nil, false))
	}
	anyNamed := s.anyNamed || d.Defining
	if d.Defining && len(s.params) == self && len(args) > self {
		return t.TypeErrorf("%s() takes no arguments", d.Name)
	}
	if names != nil && !anyNamed {
		return t.TypeErrorf("%s() takes no keyword arguments", d.fullName(args, bound))
	}
	if !anyNamed {
		if given > s.pos && s.star < 0 || given < s.min {
			return d.countError(t, s, args, given-self, self, bound)
		}
	} else if !d.checkCounts(t, s, given-self, self, len(args)-given) {
		return Value{}
	}
	if d.Spread {
		return d.Fn(t, args[:given])
	}
	mark := t.Scratch
	a := t.Push(len(s.params))
	n := min(given, s.pos)
	copy(a, args[:n])
	if s.star >= 0 {
		a[s.star] = Of(NewTuple(args[n:given]...))
	}
	var extra *Dict
	if s.dstar >= 0 {
		extra = NewDict()
		a[s.dstar] = Of(extra)
	}
	var v Value
	if d.bindNames(t, s, a, extra, args[given:], names, n, self) {
		v = d.Fn(t, a)
	}
	t.Pop(mark, a)
	return v
}

// checkCounts checks how many arguments there are for a function that takes keywords.
func (d *MethodDef) checkCounts(t *Thread, s *signature, given, self, named int) bool {
	most, total := s.pos-self, len(s.params)-self
	required := min(s.posOnly, s.min) - self // by position only
	switch {
	case s.star < 0 && s.dstar < 0 && given+named > total:
		kind := ""
		if given == 0 {
			kind = "keyword "
		}
		t.TypeErrorf("%s() takes at most %d %sargument%s (%d given)", d.Name, total, kind, plural(total), given+named)
	case given > most && s.star < 0 && most == 0:
		t.TypeErrorf("%s() takes no positional arguments", d.Name)
	case given > most && s.star < 0:
		word := "exactly"
		if s.min-self < most {
			word = "at most"
		}
		t.TypeErrorf("%s() takes %s %d positional argument%s (%d given)", d.Name, word, most, plural(most), given)
	case given < required:
		word := "exactly"
		if required < most || s.star >= 0 {
			word = "at least"
		}
		t.TypeErrorf("%s() takes %s %d positional argument%s (%d given)", d.Name, word, required, plural(required), given)
	default:
		return true
	}
	return false
}

// bindNames puts arguments given by keyword in their places and checks that none is missing. n places are filled by position.
func (d *MethodDef) bindNames(t *Thread, s *signature, a []Value, extra *Dict, values []Value, names *Tuple, n, self int) bool {
	left := len(values)
	for j := max(n, s.posOnly); j < len(s.params); j++ {
		p := &s.params[j]
		if j == s.star || j == s.dstar {
			continue
		}
		if left > 0 {
			for i, nv := range names.Items() {
				if nv.Str().S == p.name {
					a[j] = values[i]
					left--
					break
				}
			}
		}
		if a[j].P == nil && !p.optional {
			t.TypeErrorf("%s() missing required argument '%s' (pos %d)", d.Name, p.name, j+1-self)
			return false
		}
	}
	if left == 0 {
		return true
	}
next:
	for i, nv := range names.Items() {
		name := nv.Str()
		for j := s.posOnly; j < len(s.params); j++ {
			if j == s.star || j == s.dstar || s.params[j].name != name.S {
				continue
			}
			if j < n {
				t.TypeErrorf("argument for %s() given by name ('%s') and position (%d)", d.Name, name.S, j+1-self)
				return false
			}
			continue next
		}
		if extra == nil {
			var known []string
			for j := s.posOnly; j < len(s.params); j++ {
				if j != s.star {
					known = append(known, s.params[j].name)
				}
			}
			t.unknownKeyword(d.Name, nv, known)
			return false
		}
		extra.SetStr(name, values[i])
	}
	return true
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// countError raises the TypeError for a wrong number of arguments of a function without keywords, in the words CPython has for
// functions of the same signature.
func (d *MethodDef) countError(t *Thread, s *signature, args []Value, given, self int, bound bool) Value {
	least, most := s.min-self, s.pos-self
	switch {
	case most == 0 && s.star < 0:
		return t.TypeErrorf("%s() takes no arguments (%d given)", d.fullName(args, bound), given)
	case most == 1 && least == 1 && s.star < 0:
		return t.TypeErrorf("%s() takes exactly one argument (%d given)", d.fullName(args, bound), given)
	case least == most && s.star < 0:
		return t.TypeErrorf("%s expected %d argument%s, got %d", d.Name, least, plural(least), given)
	case given < least:
		return t.TypeErrorf("%s expected at least %d argument%s, got %d", d.Name, least, plural(least), given)
	}
	return t.TypeErrorf("%s expected at most %d argument%s, got %d", d.Name, most, plural(most), given)
}

// TextSignature returns what __text_signature__ is, or "" if nothing is known.
func (d *MethodDef) TextSignature() string {
	if d.Sig == "" || d.parsed().kind != 0 || d.owner != "" {
		return d.Sig
	}
	switch {
	case d.Sig == "()":
		return "($module, /)"
	case d.parsed().posOnly == 0:
		return "($module, /, " + d.Sig[1:]
	}
	if d.parsed().posOnly == 0 {
		return "($module, /, " + d.Sig[1:]
	}
	return "($module, " + d.Sig[1:]
}

// GetSetDef describes a computed attribute of a builtin type. Set may be nil: read-only; it gets no value
// for a deletion.
type GetSetDef struct {
	Name string
	Get  func(t *Thread, v Value) Value
	Set  func(t *Thread, v, x Value) bool
	Doc  string
	// Member makes the descriptor a member_descriptor, as fields of C structs have.
	Member bool
}
