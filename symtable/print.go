package symtable

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Fprint writes all scopes of t as text: a line for each scope with what it is,
// indented below it its symbols, in order, and the scopes inside.
//
//	function f, line 3: nested, generator
//	    parameters: a, b
//	    cells: a
//	    a          cell              parameter, used
//	    len        global implicit   used
//	    function lambda, line 4: nested
//	    ...
//
// A comprehension that is inlined is shown where it was, without what it handed to
// the scope around it: the scopes inside.
func Fprint(w io.Writer, t *Table) error {
	b := bufio.NewWriter(w)
	printScope(b, t.Top, "")
	return b.Flush()
}

func printScope(w *bufio.Writer, s *Scope, indent string) {
	kind := s.Kind.String()
	if s.Comprehension != NoComprehension {
		kind = s.Comprehension.String()
	}
	fmt.Fprintf(w, "%s%s %s", indent, kind, s.Name)
	if s.Span.Line > 0 {
		fmt.Fprintf(w, ", line %d", s.Span.Line)
	}
	sep := ": "
	for _, p := range s.properties() {
		if p.set {
			w.WriteString(sep)
			w.WriteString(p.name)
			sep = ", "
		}
	}
	w.WriteByte('\n')
	indent += "    "
	for _, list := range [...]struct {
		name  string
		names []string
	}{{"parameters", s.Params}, {"cells", s.CellVars()}, {"free", s.FreeVars()}} {
		if len(list.names) > 0 {
			fmt.Fprintf(w, "%s%s: %s\n", indent, list.name, strings.Join(list.names, ", "))
		}
	}
	width := 0
	for sym := range s.Symbols() {
		width = max(width, len(sym.Name))
	}
	for sym := range s.Symbols() {
		fmt.Fprintf(w, "%s%-*s  %-15s", indent, width, sym.Name, sym.Resolution)
		if sym.Flags != 0 {
			fmt.Fprintf(w, "  %s", sym.Flags)
		}
		w.WriteByte('\n')
	}
	for child := s.firstChild; child != nil; child = child.nextSibling {
		printScope(w, child, indent)
	}
}

type property struct {
	name string
	set  bool
}

// properties lists what can be said of a scope beside its kind.
func (s *Scope) properties() []property {
	return []property{
		{"nested", s.Nested},
		{"method", s.Method},
		{"coroutine", s.Coroutine},
		{"generator", s.Generator},
		{"*args", s.VarArgs},
		{"**kwargs", s.VarKeywords},
		{"docstring", s.HasDocstring},
		{"returns a value", s.ReturnsValue},
		{"inlined", s.ComprehensionInlined},
		{"has annotations", s.AnnotationsUsed},
		{"conditional annotations", s.HasConditionalAnnotations},
		{"sees class scope", s.CanSeeClassScope},
		{"needs __class__", s.NeedsClassClosure},
		{"needs __classdict__", s.NeedsClassDict},
	}
}

var comprehensionNames = [...]string{
	"", "list comprehension", "dict comprehension", "set comprehension", "generator expression",
}

// String returns what Python calls the kind of comprehension.
func (c Comprehension) String() string {
	if int(c) < len(comprehensionNames) {
		return comprehensionNames[c]
	}
	return "unknown"
}

var flagNames = [...]struct {
	flag Flags
	name string
}{
	{DefGlobal, "global"},
	{DefNonlocal, "nonlocal"},
	{DefParam, "parameter"},
	{DefTypeParam, "type parameter"},
	{DefImport, "imported"},
	{DefLocal, "assigned"},
	{DefAnnot, "annotated"},
	{Use, "used"},
	{DefCompIter, "iteration variable"},
	{DefCompCell, "cell of a comprehension"},
	{DefFreeClass, "free in methods"},
}

// String returns the flags in words, separated by commas.
func (f Flags) String() string {
	var b strings.Builder
	for _, n := range flagNames {
		if f&n.flag == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(n.name)
	}
	return b.String()
}
