package pycdiff

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Compare says how two files differ. Both hold code objects.
func Compare(a, b *pyc.File) (*Result, error) {
	c := &comparison{
		va: a.Header.Version, vb: b.Header.Version, root: a.Code,
		da:   digester{python2: a.Header.Version.Major() == 2, known: map[code.Value]digest{}},
		db:   digester{python2: b.Header.Version.Major() == 2, known: map[code.Value]digest{}},
		done: map[[2]*code.Object]bool{}, numbers: map[*code.Object]int{},
		ids: [2]map[code.Value]int{{}, {}},
	}
	rawA, err := a.Bytes()
	if err != nil {
		return nil, err
	}
	rawB, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	if bytes.Equal(rawA, rawB) {
		return &Result{Identical: true}, nil
	}
	c.header(a.Header, b.Header)
	if c.va != c.vb {
		c.add(Version, "", "Python %v => %v", c.va, c.vb)
	}
	c.objects(a.Code, b.Code, a.Code.QualNameText())
	c.filenameFindings()
	c.formFindings()
	bodyA, bodyB := rawA[a.Header.Len():len(rawA)-len(a.Trailing)], rawB[b.Header.Len():len(rawB)-len(b.Trailing)]
	headersOnly := !slices.ContainsFunc(c.findings, func(f Finding) bool { return f.Level != Header })
	if headersOnly && !bytes.Equal(bodyA, bodyB) {
		c.add(Refs, "", "marks that mean nothing to Python")
	}
	if !bytes.Equal(a.Trailing, b.Trailing) {
		c.add(Trailing, "", "%d bytes behind the code => %d bytes", len(a.Trailing), len(b.Trailing))
	}
	return &Result{Findings: c.findings}, nil
}

// comparison is the state of one Compare.
type comparison struct {
	va, vb   pyver.Version
	da, db   digester
	root     *code.Object // of the first file
	done     map[[2]*code.Object]bool
	findings []Finding
	// The number of the couple that a code object is in.
	numbers map[*code.Object]int
	couples int

	filenames []renamed
	// What has been met, in the order of meeting it; see forms.
	ids       [2]map[code.Value]int
	formCount int
	formFirst []string
}

// renamed counts the code objects whose file name changed in the same way.
type renamed struct {
	from, to string
	count    int
}

func (c *comparison) add(l Level, where, format string, args ...any) *Finding {
	c.findings = append(c.findings, Finding{Level: l, Where: where, Text: fmt.Sprintf(format, args...)})
	return &c.findings[len(c.findings)-1]
}

func (c *comparison) sameVersion() bool { return c.va == c.vb }

func (c *comparison) header(a, b *pyc.Header) {
	field := func(name string, from, to any) {
		if from != to {
			c.add(Header, "", "%s %v => %v", name, from, to)
		}
	}
	field("magic", a.Magic, b.Magic)
	field("kind", kind(a), kind(b))
	if kind(a) != kind(b) {
		return // the other fields are of one kind only
	}
	field("hash", fmt.Sprintf("%x", a.Hash), fmt.Sprintf("%x", b.Hash))
	field("mtime", stamp(a.ModTime), stamp(b.ModTime))
	field("size", a.SourceSize, b.SourceSize)
}

func kind(h *pyc.Header) string {
	switch {
	case h.Flags&pyc.HashBased == 0 && h.Flags != 0:
		return fmt.Sprintf("flags %#x", uint32(h.Flags))
	case h.Flags&pyc.HashBased == 0:
		return "timestamp"
	case h.Flags&pyc.CheckSource != 0:
		return "checked-hash"
	}
	return "unchecked-hash"
}

func stamp(t uint32) string { return time.Unix(int64(t), 0).UTC().Format("2006-01-02 15:04:05") }

// objects compares two code objects and those in them.
func (c *comparison) objects(a, b *code.Object, where string) {
	if c.done[[2]*code.Object{a, b}] {
		return
	}
	c.done[[2]*code.Object{a, b}] = true
	kids := c.match(a, b)
	c.names(a, b, where)
	if a.FilenameText() != b.FilenameText() {
		c.filename(a.FilenameText(), b.FilenameText())
	}
	if from, to := signature(a), signature(b); from != to {
		c.add(Signature, where, "parameters (%s) => (%s)", from, to)
	}
	if c.sameVersion() {
		c.body(a, b, where)
		c.forms(a, b, where)
	} else if n, m := count(a), count(b); n != m {
		c.add(Version, where, "%d instructions => %d", n, m)
	}
	for _, k := range kids {
		switch {
		case k.b == nil:
			c.add(Functions, inner(where, a, k.a, a == c.root), "only in the first, at line %d", k.a.FirstLine)
		case k.a == nil:
			c.add(Functions, inner(where, b, k.b, a == c.root), "only in the second, at line %d", k.b.FirstLine)
		default:
			c.objects(k.a, k.b, inner(where, a, k.a, a == c.root))
		}
	}
}

// couple is a code object of each file that belong together, or one alone.
type couple struct{ a, b *code.Object }

func (c *comparison) names(a, b *code.Object, where string) {
	if from, to := a.NameText(), b.NameText(); from != to {
		c.add(Names, where, "name %s => %s", c.text(from), c.text(to))
	} else if from, to := a.QualNameText(), b.QualNameText(); from != to && c.sameVersion() {
		c.add(Names, where, "qualified name %s => %s", c.text(from), c.text(to))
	}
	if !c.sameVersion() {
		return
	}
	for _, vars := range []struct {
		what     string
		from, to []string
	}{
		{"local variables", a.Locals(), b.Locals()},
		{"cell variables", a.Cells(), b.Cells()},
		{"free variables", a.Frees(), b.Frees()},
		{"names", a.GlobalNames(), b.GlobalNames()},
	} {
		c.lists(Names, where, vars.what, vars.from, vars.to, c.text)
	}
	if x, y := bytesOf(a.LocalsPlusKinds), bytesOf(b.LocalsPlusKinds); x != y &&
		slices.Equal(a.Locals(), b.Locals()) && slices.Equal(a.Cells(), b.Cells()) && slices.Equal(a.Frees(), b.Frees()) {
		c.add(Names, where, "kinds of variables %x => %x", x, y)
	}
	if a.NLocals != b.NLocals && len(a.Locals()) == len(b.Locals()) {
		c.add(Names, where, "number of local variables %d => %d", a.NLocals, b.NLocals)
	}
}

// lists compares lists of texts: as bags, and if those are equal their order.
func (c *comparison) lists(l Level, where, what string, from, to []string, show func(string) string) {
	if slices.Equal(from, to) {
		return
	}
	gone, come := bags(from, to)
	if len(gone) == 0 && len(come) == 0 {
		c.add(Order, where, "%s in another order", what)
		return
	}
	for i := range gone {
		gone[i] = "-" + show(gone[i])
	}
	for i := range come {
		come[i] = "+" + show(come[i])
	}
	const most = 20
	all := slices.Concat(gone, come)
	if more := len(all) - most; more > 0 {
		all = append(all[:most], fmt.Sprintf("and %d more", more))
	}
	c.add(l, where, "%s %s", what, strings.Join(all, " "))
}

// bags returns what only a has, and what only b has.
func bags(a, b []string) (gone, come []string) {
	left := map[string]int{}
	for _, s := range b {
		left[s]++
	}
	for _, s := range a {
		if left[s] > 0 {
			left[s]--
		} else {
			gone = append(gone, s)
		}
	}
	for _, s := range slices.Backward(b) {
		if left[s] > 0 {
			left[s]--
			come = append(come, s)
		}
	}
	slices.Reverse(come)
	return gone, come
}

// text shows a text as Python would.
func (c *comparison) text(s string) string { return string(pyrepr.AppendStr(nil, s, pyver.Py314)) }

func bytesOf(b *code.Bytes) string {
	if b == nil {
		return ""
	}
	return b.S
}

func signature(o *code.Object) string {
	p := o.Parameters()
	var list []string
	list = append(list, p.PosOnly...)
	if len(p.PosOnly) > 0 {
		list = append(list, "/")
	}
	list = append(list, p.Pos...)
	if p.VarArgs != "" {
		list = append(list, "*"+p.VarArgs)
	} else if len(p.KwOnly) > 0 {
		list = append(list, "*")
	}
	list = append(list, p.KwOnly...)
	if p.VarKw != "" {
		list = append(list, "**"+p.VarKw)
	}
	return strings.ToValidUTF8(strings.Join(list, ", "), "?")
}

func count(o *code.Object) int {
	n := 0
	for range o.Instructions() {
		n++
	}
	return n
}

func (c *comparison) filename(from, to string) {
	for i := range c.filenames {
		if f := &c.filenames[i]; f.from == from && f.to == to {
			f.count++
			return
		}
	}
	c.filenames = append(c.filenames, renamed{from, to, 1})
}

func (c *comparison) filenameFindings() {
	for _, f := range c.filenames {
		in := ""
		if f.count > 1 {
			in = fmt.Sprintf(", of %d code objects", f.count)
		}
		c.add(Filenames, "", "%s => %s%s", c.text(f.from), c.text(f.to), in)
	}
}

// match pairs the code objects among the constants of a and b.
func (c *comparison) match(a, b *code.Object) (list []couple) {
	as, bs := slices.Collect(a.Objects()), slices.Collect(b.Objects())
	partner := make([]int, len(as))
	taken := make([]bool, len(bs))
	for i := range partner {
		partner[i] = -1
	}
	// Those that are the same, then those of the same name, then those that
	// do the same under another name; each time in their order.
	for _, same := range []struct{ a, b func(o *code.Object) key }{
		{func(o *code.Object) key { return key{o.NameText(), c.da.of(o)} },
			func(o *code.Object) key { return key{o.NameText(), c.db.of(o)} }},
		{func(o *code.Object) key { return key{name: o.NameText() + "\x00" + signature(o)} },
			func(o *code.Object) key { return key{name: o.NameText() + "\x00" + signature(o)} }},
		{func(o *code.Object) key { return key{name: o.NameText()} },
			func(o *code.Object) key { return key{name: o.NameText()} }},
		{behaviour, behaviour},
	} {
		free := map[key][]int{}
		for j, o := range bs {
			if !taken[j] {
				k := same.b(o)
				free[k] = append(free[k], j)
			}
		}
		for i, o := range as {
			if partner[i] >= 0 {
				continue
			}
			k := same.a(o)
			if js := free[k]; len(js) > 0 {
				partner[i], taken[js[0]] = js[0], true
				free[k] = js[1:]
			}
		}
	}
	for i, o := range as {
		if j := partner[i]; j >= 0 {
			list = append(list, couple{o, bs[j]})
		} else {
			list = append(list, couple{a: o})
		}
	}
	for j, o := range bs {
		if !taken[j] {
			list = append(list, couple{b: o})
		}
	}
	for _, k := range list {
		c.couples++
		c.numbers[k.a], c.numbers[k.b] = c.couples, c.couples
	}
	return list
}

// key is what code objects are paired by.
type key struct {
	name string
	sum  digest
}

// behaviour stands for what a code object does, whatever its name and place.
// Constants do not count, since qualified names are among them.
func behaviour(o *code.Object) key {
	return key{name: bytesOf(o.Code) + "\x00" + strings.Join(o.GlobalNames(), "\x00") + "\x00" + signature(o)}
}

// inner returns the qualified name of o, found in the code object at where.
func inner(where string, outer, o *code.Object, isModule bool) string {
	switch {
	case o.QualName != nil:
		return o.QualNameText()
	case outer.Flags&code.Optimized != 0:
		return where + ".<locals>." + o.NameText()
	case isModule:
		return o.NameText()
	}
	return where + "." + o.NameText()
}
