package object

import "strings"

// Exceptions with fields of their own: attribute, name and import errors, syntax errors, the ends of iterators and programs.

// Fields of exception types, for Exc.Field.
const (
	AttributeErrorName = 0
	AttributeErrorObj  = 1
	NameErrorName      = 0
	ImportErrorMsg     = 0
	ImportErrorName    = 1
	ImportErrorPath    = 2
	ImportErrorFrom    = 3
	StopIterationValue = 0
	SystemExitCode     = 0

	SyntaxErrorMsg       = 0
	SyntaxErrorFilename  = 1
	SyntaxErrorLine      = 2
	SyntaxErrorOffset    = 3
	SyntaxErrorText      = 4
	SyntaxErrorEndLine   = 5
	SyntaxErrorEndOffset = 6
	SyntaxErrorPrint     = 7
	SyntaxErrorMetadata  = 8
)

var (
	attributeErrorKeywords = []string{"name", "obj"}
	nameErrorKeywords      = []string{"name"}
	importErrorKeywords    = []string{"name", "path", "name_from"}
)

func setupFieldExceptions() {
	defineExc(&AttributeErrorType, "AttributeError", &ExceptionType, "Attribute not found.", TypeSpec{
		Slots: Slots{Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
			return t.keywordInit(self, args, names, "AttributeError", attributeErrorKeywords, 0)
		}},
		Methods: []MethodDef{
			{Name: "__getstate__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(t.attributeErrorState(a[0])) }},
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return excReduce(a[0], To[Exc](a[0]).shownArgs(), t.attributeErrorState(a[0]))
			}},
		},
	}, "name", "attribute name", "obj", "object")
	defineExc(&NameErrorType, "NameError", &ExceptionType, "Name not found globally.", TypeSpec{
		Slots: Slots{Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
			return t.keywordInit(self, args, names, "NameError", nameErrorKeywords, 0)
		}},
	}, "name", "name")
	defineExc(&UnboundLocalErrorType, "UnboundLocalError", &NameErrorType, "Local name referenced but not bound to a value.", TypeSpec{})
	defineExc(&ImportErrorType, "ImportError", &ExceptionType, "Import can't find module, or can't find name in module.", TypeSpec{
		Slots: Slots{Init: importErrorInit, Str: func(t *Thread, v Value) Value {
			if m := To[Exc](v).field(ImportErrorMsg); m.P != nil && m.Is(&StrType) {
				return m
			}
			return excStr(t, v)
		}},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				return excReduce(a[0], To[Exc](a[0]).shownArgs(), t.stateWith(a[0], importErrorKeywords, ImportErrorName))
			}},
		},
	}, "msg", "exception message", "name", "module name", "path", "module path", "name_from", "name imported from module")
	defineExc(&ModuleNotFoundErrorType, "ModuleNotFoundError", &ImportErrorType, "Module not found.", TypeSpec{})
	defineExc(&StopIterationType, "StopIteration", &ExceptionType, "Signal the end from iterator.__next__().", TypeSpec{
		Slots: Slots{Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
			if !excInit(t, self, args, names) {
				return false
			}
			if len(args) > 0 {
				To[Exc](self).SetField(StopIterationValue, args[0])
			}
			return true
		}},
	}, "value", "generator return value")
	defineExc(&SystemExitType, "SystemExit", &BaseExceptionType, "Request to exit from the interpreter.", TypeSpec{
		Slots: Slots{Init: func(t *Thread, self Value, args []Value, names *Tuple) bool {
			if !excInit(t, self, args, names) {
				return false
			}
			e := To[Exc](self)
			switch len(args) {
			case 0:
			case 1:
				e.SetField(SystemExitCode, args[0])
			default:
				e.SetField(SystemExitCode, Of(e.shownArgs()))
			}
			return true
		}},
	}, "code", "exception code")
	defineExc(&SyntaxErrorType, "SyntaxError", &ExceptionType, "Invalid syntax.", TypeSpec{Slots: Slots{Init: syntaxErrorInit, Str: syntaxErrorStr}},
		"msg", "exception msg", "filename", "exception filename", "lineno", "exception lineno", "offset", "exception offset",
		"text", "exception text", "end_lineno", "exception end lineno", "end_offset", "exception end offset",
		"print_file_and_line", "exception print_file_and_line", "_metadata", "exception private metadata")
	defineExc(&IndentationErrorType, "IndentationError", &SyntaxErrorType, "Improper indentation.", TypeSpec{})
	defineExc(&TabErrorType, "TabError", &IndentationErrorType, "Improper mixture of spaces and tabs.", TypeSpec{})
	defineExc(&IncompleteInputErrorType, "_IncompleteInputError", &SyntaxErrorType, "incomplete input.", TypeSpec{})
}

// keywordInit is the __init__ of exceptions whose fields from first on are given by keywords.
func (t *Thread) keywordInit(self Value, args []Value, names *Tuple, fname string, allowed []string, first int) bool {
	e := To[Exc](self)
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	setArgs(e, args[:n])
	for i := range allowed {
		if e.Ext != nil {
			e.Ext.V[first+i] = Value{}
		}
	}
	if names == nil {
		return true
	}
	if names.Len() > len(allowed) {
		t.TypeErrorf("%s() takes at most %d keyword argument%s (%d given)", fname, len(allowed), plural(len(allowed)), names.Len())
		return false
	}
next:
	for i, nv := range names.Items() {
		for j, a := range allowed {
			if nv.Str().S == a {
				e.SetField(first+j, args[n+i])
				continue next
			}
		}
		t.unexpectedKeyword(fname, nv.Str().S, allowed)
		return false
	}
	return true
}

// unexpectedKeyword raises the TypeError for a keyword that a function does not know.
func (t *Thread) unexpectedKeyword(fname, keyword string, allowed []string) {
	if s := Suggest(keyword, allowed); s != "" {
		t.TypeErrorf("%s() got an unexpected keyword argument '%s'. Did you mean '%s'?", fname, keyword, s)
		return
	}
	t.TypeErrorf("%s() got an unexpected keyword argument '%s'", fname, keyword)
}

// KeywordError raises the TypeError for keyword arguments that the function fname does not take, which knows known. They
// may be too many.
func (t *Thread) KeywordError(fname string, names *Tuple, known ...string) Value {
	if names.Len() > len(known) {
		return t.TypeErrorf("%s() takes at most %d keyword argument%s (%d given)", fname, len(known), plural(len(known)), names.Len())
	}
next:
	for _, n := range names.Items() {
		for _, k := range known {
			if n.Str().S == k {
				continue next
			}
		}
		t.unknownKeyword(fname, n, known)
		break
	}
	return Value{}
}

// unknownKeyword raises the TypeError for one keyword argument. A str of a subclass may say that it equals a known
// name, though its text is none.
func (t *Thread) unknownKeyword(fname string, name Value, known []string) {
	if !name.Is(&StrType) {
		for _, k := range known {
			if eq, ok := t.Equal(name, MakeStr(k)); !ok {
				return
			} else if eq {
				t.TypeErrorf("invalid keyword argument for %s()", fname)
				return
			}
		}
	}
	t.unexpectedKeyword(fname, name.Str().S, known)
}

func importErrorInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if !t.keywordInit(self, args, names, "ImportError", importErrorKeywords, ImportErrorName) {
		return false
	}
	e := To[Exc](self)
	if e.Args.Len() == 1 {
		e.SetField(ImportErrorMsg, e.Args.Items()[0])
	} else if e.Ext != nil {
		e.Ext.V[ImportErrorMsg] = Value{}
	}
	return true
}

// stateWith returns the attributes of v together with fields that are set, or nil if there is nothing at all.
func (t *Thread) stateWith(v Value, names []string, first int) *Dict {
	e := To[Exc](v)
	d := excDict(v)
	copied := false
	for i, n := range names {
		if x := e.field(first + i); x.P != nil {
			if !copied {
				if d != nil {
					d = d.Copy()
				} else {
					d = NewDict()
				}
				copied = true
			}
			d.SetStr(t.Interp.Intern(n), x)
		}
	}
	return d
}

func (t *Thread) attributeErrorState(v Value) *Dict {
	d := t.stateWith(v, nameErrorKeywords, AttributeErrorName)
	if d == nil {
		d = NewDict()
	} else if To[Exc](v).field(AttributeErrorName).P == nil {
		d = d.Copy()
	}
	d.SetStr(t.Interp.Intern("args"), Of(To[Exc](v).shownArgs()))
	return d
}

func syntaxErrorInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if !excInit(t, self, args, names) {
		return false
	}
	e := To[Exc](self)
	if len(args) >= 1 {
		e.SetField(SyntaxErrorMsg, args[0])
	}
	if len(args) != 2 {
		return true
	}
	info, ok := t.Collect(args[1])
	if !ok {
		return false
	}
	switch n := len(info); {
	case n < 4:
		t.TypeErrorf("function takes at least 4 arguments (%d given)", n)
		return false
	case n > 7:
		t.TypeErrorf("function takes at most 7 arguments (%d given)", n)
		return false
	}
	for i, f := range [...]int{SyntaxErrorFilename, SyntaxErrorLine, SyntaxErrorOffset, SyntaxErrorText, SyntaxErrorEndLine, SyntaxErrorEndOffset, SyntaxErrorMetadata} {
		v := Value{}
		if i < len(info) {
			v = info[i]
		}
		e.SetField(f, v)
	}
	if len(info) == 5 {
		t.TypeErrorf("end_offset must be provided when end_lineno is provided")
		return false
	}
	return true
}

func syntaxErrorStr(t *Thread, v Value) Value {
	e := To[Exc](v)
	msg := t.Str(e.Field(SyntaxErrorMsg))
	if msg == nil {
		return Value{}
	}
	name, haveName := "", false
	if f := e.Field(SyntaxErrorFilename); f.IsStr() {
		name, haveName = f.Str().S, true
		name = name[strings.LastIndexByte(name, '/')+1:]
	}
	line := e.Field(SyntaxErrorLine)
	n := int64(-1)
	if line.IsInt() {
		n = line.Int()
	}
	haveLine := line.Is(&IntType)
	switch {
	case haveName && haveLine:
		return MakeStr(sprintf("%s (%s, line %d)", msg.S, name, n))
	case haveName:
		return MakeStr(msg.S + " (" + name + ")")
	case haveLine:
		return MakeStr(sprintf("%s (line %d)", msg.S, n))
	}
	return Of(msg)
}
