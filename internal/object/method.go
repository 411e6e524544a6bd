package object

// MethodDef describes a builtin function or method.
type MethodDef struct {
	Name string
	// Sig is the signature as inspect shows it, with the self parameter of methods:
	// "($self, sep=None, maxsplit=-1, /)". "$self" makes a method, "$type" a class method
	// (Fn gets the class), "$cls" a static method like __new__; without any it is a function. Parameters
	// before / are positional only, those behind * keyword only, *args gets a tuple, **kw a dict.
	// A parameter with a default is optional; Fn sees no value for it when it is absent.
	// The empty Sig with Raw set means that nothing is known of the parameters.
	Sig string
	// Fn gets one value per parameter, self first. The slice is not to be kept.
	Fn func(t *Thread, a []Value) Value
	// Raw is called instead of Fn, with the arguments as they come; for methods args[0] is self.
	Raw func(t *Thread, args []Value, names *Tuple) Value
	Doc string

	// Static makes a static method of a type.
	Static bool

	owner string // type's name for methods, "" for functions
	sig   *signature
}

// signature is a parsed MethodDef.Sig.
type signature struct {
	params   []param
	kind     byte // 's' method, 't' class method, 0 function
	pos      int  // parameters that can be given by position, self included
	posOnly  int  // of these, positional only
	min      int  // of these, required
	star     int  // index of *args, or -1
	dstar    int  // index of **kw, or -1
	simple   bool // neither star, nor keyword-only parameters
	anyNamed bool // some parameter can be given by keyword
}

type param struct {
	name     string
	text     string
	optional bool
}

// parsed returns the definition's signature.
func (d *MethodDef) parsed() *signature {
	if d.sig == nil {
		d.sig = parseSignature(d.Sig)
	}
	return d.sig
}

func parseSignature(text string) *signature {
	s := &signature{star: -1, dstar: -1, simple: true}
	depth, start, quote := 0, 1, byte(0)
	kwOnly := false
	add := func(p string) {
		for len(p) > 0 && p[0] == ' ' {
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

// fullName is the name messages use: "list.append".
func (d *MethodDef) fullName() string {
	if d.owner != "" {
		return d.owner + "." + d.Name
	}
	return d.Name
}

// Call calls the function with arguments as they come; args[0] is self for methods.
func (d *MethodDef) Call(t *Thread, args []Value, names *Tuple) Value {
	if d.Raw != nil {
		return d.Raw(t, args, names)
	}
	s := d.sig
	if s == nil {
		s = d.parsed()
	}
	if names == nil && len(args) == s.pos && s.simple {
		return d.Fn(t, args)
	}
	return d.bind(t, s, args, names)
}

func (d *MethodDef) bind(t *Thread, s *signature, args []Value, names *Tuple) Value {
	given := len(args)
	if names != nil {
		given -= len(names.V)
		if len(names.V) == 0 {
			names = nil
		}
	}
	self := 0
	if s.kind != 0 {
		self = 1
	}
	if names != nil && !s.anyNamed {
		return t.TypeErrorf("%s() takes no keyword arguments", d.fullName())
	}
	if given > s.pos && s.star < 0 || given < s.min && names == nil {
		return d.arityError(t, s, given-self, self)
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
	ok := true
	if names != nil {
		ok = d.bindNames(t, s, a, extra, args[given:], names, given)
	}
	if ok && given < len(s.params) {
		for i := range s.params {
			p := &s.params[i]
			if a[i].P == nil && !p.optional {
				if i >= s.pos {
					t.TypeErrorf("%s() missing required keyword-only argument '%s'", d.Name, p.name)
				} else if i < s.posOnly {
					d.arityError(t, s, given-self, self)
				} else {
					t.TypeErrorf("%s() missing required argument '%s' (pos %d)", d.Name, p.name, i+1-self)
				}
				ok = false
				break
			}
		}
	}
	var v Value
	if ok {
		v = d.Fn(t, a)
	}
	t.Pop(mark, a)
	return v
}

func (d *MethodDef) bindNames(t *Thread, s *signature, a []Value, extra *Dict, values []Value, names *Tuple, given int) bool {
next:
	for i, nv := range names.V {
		name := nv.Str()
		for j := s.posOnly; j < len(s.params); j++ {
			if j == s.star || j == s.dstar || s.params[j].name != name.S {
				continue
			}
			if a[j].P != nil {
				t.TypeErrorf("argument for %s() given by name ('%s') and position (%d)", d.Name, name.S, j+1-boolInt(s.kind != 0))
				return false
			}
			a[j] = values[i]
			continue next
		}
		if extra == nil {
			for j := boolInt(s.kind != 0); j < s.posOnly; j++ {
				if s.params[j].name == name.S && s.posOnly == s.pos && len(s.params) == s.pos {
					t.TypeErrorf("%s() got some positional-only arguments passed as keyword arguments: '%s'", d.Name, name.S)
					return false
				}
			}
			t.TypeErrorf("%s() got an unexpected keyword argument '%s'", d.Name, name.S)
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

// arityError raises the TypeError for a wrong number of positional arguments, in the words CPython has for
// functions of the same signature.
func (d *MethodDef) arityError(t *Thread, s *signature, given, self int) Value {
	least, most := s.min-self, s.pos-self
	if given < 0 {
		return t.TypeErrorf("unbound method %s() needs an argument", d.fullName())
	}
	if s.simple && !s.anyNamed {
		switch {
		case most == 0:
			return t.TypeErrorf("%s() takes no arguments (%d given)", d.fullName(), given)
		case most == 1 && least == 1:
			return t.TypeErrorf("%s() takes exactly one argument (%d given)", d.fullName(), given)
		case least == most:
			return t.TypeErrorf("%s expected %d argument%s, got %d", d.Name, least, plural(least), given)
		case given < least:
			return t.TypeErrorf("%s expected at least %d argument%s, got %d", d.Name, least, plural(least), given)
		}
		return t.TypeErrorf("%s expected at most %d argument%s, got %d", d.Name, most, plural(most), given)
	}
	if given > most {
		if len(s.params) == s.pos || most > 0 && least < most {
			word := "at most"
			if least == most {
				word = "exactly"
			}
			return t.TypeErrorf("%s() takes %s %d argument%s (%d given)", d.Name, word, most, plural(most), given)
		}
		return t.TypeErrorf("%s() takes exactly %d positional argument%s (%d given)", d.Name, most, plural(most), given)
	}
	for i := self + given; i < s.min; i++ {
		if i >= s.posOnly {
			return t.TypeErrorf("%s() missing required argument '%s' (pos %d)", d.Name, s.params[i].name, i+1-self)
		}
	}
	return t.TypeErrorf("%s() takes at least %d positional argument%s (%d given)", d.Name, least, plural(least), given)
}

// TextSignature returns what __text_signature__ is, or "" if nothing is known.
func (d *MethodDef) TextSignature() string {
	if d.Sig == "" || d.parsed().kind != 0 || d.owner != "" {
		return d.Sig
	}
	if d.Sig == "()" {
		return "($module)"
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
