package cli

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/pyver"
)

// compilePage is the template of the page that krait compile --dump html writes.
//
//go:embed compile.html
var compilePage string

// pageStage is a stage as the page shows it: a colour and a switch.
type pageStage struct {
	Class, Name string
	Hue         int // of its colour, in degrees
}

// The columns of a function are of these stages, in this order.
var pageStages = []pageStage{
	{"source", "source", 215},
	{"tokens", "tokens", 185},
	{"tree", "tree", 140},
	{"symbols", "symbols", 50},
	{"codegen", "pseudo-instructions", 22},
	{"graph", "graph, pass by pass", 270},
	{"final", "bytecode", 335},
}

// page is what the template shows.
type page struct {
	File      string
	Python    pyver.Version
	Level     int
	Stages    []pageStage
	Functions []*pageFunction
}

// pageFunction is a function with a column for each stage.
type pageFunction struct {
	ID       string
	Name     string // qualified
	Short    string // where it is indented below what it is in
	Line     int
	Depth    int
	Implicit bool
	Open     bool
	Columns  []*pageColumn
	Idle     string // passes that changed nothing
}

// pageColumn is what a stage made of a function.
type pageColumn struct {
	Class       string // that of the stage
	Title, Note string
	Rows        []pageRow
	// Diff says that rows are marked that the pass has changed, so many of them.
	Diff                    bool
	Added, Removed, Changed int
}

// HTML returns the rows, a div each. There are many; a template would take its time.
func (c *pageColumn) HTML() template.HTML {
	var b strings.Builder
	line := 0
	for i := range c.Rows {
		r := &c.Rows[i]
		b.WriteString("<div")
		attribute := func(name, value string) {
			if value != "" {
				b.WriteString(" " + name + `="` + template.HTMLEscapeString(value) + `"`)
			}
		}
		attribute("class", r.Class)
		if r.Line > 0 && r.Line != line {
			attribute("data-n", strconv.Itoa(r.Line))
			line = r.Line
		}
		attribute("data-at", r.At)
		attribute("data-b", r.Block)
		b.WriteByte('>')
		for _, p := range r.Parts {
			text := template.HTMLEscapeString(p.Text)
			switch {
			case p.Href != "":
				b.WriteString(`<a href="#` + template.HTMLEscapeString(p.Href) + `">` + text + "</a>")
			case p.Class == "":
				b.WriteString(text)
			case p.Class == "o":
				b.WriteString("<b>" + text + "</b>")
			case p.Class == "m":
				b.WriteString("<i>" + text + "</i>")
			default:
				b.WriteString(`<span class=` + p.Class + `>` + text + "</span>")
			}
		}
		b.WriteString("</div>\n")
	}
	return template.HTML(b.String()) // escaped above
}

// pageRow is a line of a column.
type pageRow struct {
	Line  int    // of the source, for the margin; 0 for none
	At    string // its place in the source, columns in UTF-16 units as JavaScript counts
	Block string // what targets call it
	Class string
	Parts []pagePart
	// Key is what stays when the row moves to another place or gets another
	// handler; "" for nothing.
	Key string
}

// pagePart is a piece of text with a style: of the classes o is an opname or the
// like, m what it means, g something less important, l a label, t where a jump
// leads; k, s, d and c are keywords, strings, numbers and comments.
type pagePart struct{ Class, Text, Href string }

// maxOpenRows is how many rows a page may have for all functions to be shown at
// once; of a longer one the first function is, the others when they are opened, and
// what a pass has left as it was is left out.
const maxOpenRows = 6000

// page writes a page that shows functions through all stages.
func (c *compileRun) page(w io.Writer, out *outline, functions []*function, data []byte, o compile.Options) error {
	t, err := template.New("page").Parse(compilePage)
	if err != nil {
		return err
	}
	b := newColumns(out, functions)
	objects := make(map[*function]*code.Object)
	out.stages(&c.compiler, data, o, func(f *function, s compile.Stage) {
		switch {
		case f == nil:
			b.file(s)
		case b.pages[f] == nil:
		case s.Name == compile.Generated:
			b.unit(b.pages[f], s.Unit)
		case s.Name == compile.Flow:
			b.graph(b.pages[f], s.Pass, s.Graph.String())
		case s.Name == compile.Assembled:
			objects[f] = s.Object
		}
	})
	addresses := dis.NewAddresses(out.object)
	p := &page{File: visible(o.Filename), Python: pyver.Py314, Level: c.optimize, Stages: pageStages}
	rows := 0
	for _, f := range functions {
		shown := b.pages[f]
		if err := b.final(shown, objects[f], addresses); err != nil {
			return err
		}
		b.finish(f, shown)
		for _, col := range shown.Columns {
			rows += len(col.Rows)
		}
		p.Functions = append(p.Functions, shown)
	}
	for i, f := range p.Functions {
		f.Open = i == 0 || rows <= maxOpenRows
		for _, col := range f.Columns {
			if rows > maxOpenRows {
				col.fold()
			}
		}
	}
	return t.Execute(w, p)
}

// newPageFunction returns the page's form of function number i.
func newPageFunction(i int, f *function) *pageFunction {
	p := &pageFunction{
		ID: fmt.Sprintf("f%d", i+1), Name: visible(f.qualname), Short: visible(f.qualname), Line: f.line,
		Depth: min(f.depth(), 8), Implicit: f.implicit,
	}
	if p.Depth > 0 {
		p.Short = visible(f.name)
	}
	return p
}

// finish puts the columns of a function in order and names the passes that left it
// as it was.
func (b *columns) finish(f *function, shown *pageFunction) {
	shown.Columns = append(b.early[f], shown.Columns...)
	shown.Idle = strings.Join(b.idle[shown], ", ")
}
