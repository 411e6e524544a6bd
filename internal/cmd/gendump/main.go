// Gendump writes docs/pyc-format.md: a template with dumps of a real file in it,
// each made of the rows that krait pyc --dump prints.
//
//	go run ./internal/cmd/gendump
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/krait-py/krait/internal/pycdump"
	"github.com/krait-py/krait/pyc"
)

//go:generate go run . -dir ../../../testdata/format -o ../../../docs/pyc-format.md

//go:embed pyc-format.md.tmpl
var page string

func main() {
	dir := flag.String("dir", "testdata/format", "the `DIR` with half.py and half.pyc, which python -m py_compile of 3.14 made")
	out := flag.String("o", "docs/pyc-format.md", "the `FILE` to write")
	flag.Parse()
	text, err := generate(*dir)
	if err == nil {
		err = os.WriteFile(*out, []byte(text), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gendump:", err)
		os.Exit(1)
	}
}

// generate returns the page.
func generate(dir string) (string, error) {
	source, err := os.ReadFile(filepath.Join(dir, "half.py"))
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(filepath.Join(dir, "half.pyc"))
	if err != nil {
		return "", err
	}
	d, err := pycdump.New(data, pyc.Options{})
	if err != nil {
		return "", err
	}
	t, err := template.New("pyc-format.md").Funcs(template.FuncMap{
		"source": func() string { return string(source) },
		"size":   func() int { return len(data) },
		"dump":   func(of string, fields ...string) (string, error) { return dump(d.Rows, of, fields) },
	}).Parse(page)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, nil)
	return b.String(), err
}

// dump returns rows as a block of text: of the file all or the header, of the
// function the fields given.
func dump(rows []pycdump.Row, of string, fields []string) (string, error) {
	var list []pycdump.Row
	switch {
	case of == "file" && len(fields) == 0:
		list = rows
	case of == "file":
		for _, r := range rows {
			if slices.Contains(fields, string(r.Part)) {
				list = append(list, r)
			}
		}
	default:
		rows = function(rows)
		for _, f := range fields {
			part := field(rows, f)
			if part == nil {
				return "", fmt.Errorf("no field %s", f)
			}
			list = append(list, part...)
		}
	}
	list = slices.Clone(list)
	least := slices.MinFunc(list, func(a, b pycdump.Row) int { return a.Depth - b.Depth }).Depth
	for i := range list {
		list[i].Depth -= least
	}
	var b strings.Builder
	if err := pycdump.Fprint(&b, list); err != nil {
		return "", err
	}
	return "```\n" + b.String() + "```\n", nil
}

// function returns the rows of the first code object inside of the module's.
func function(rows []pycdump.Row) []pycdump.Row {
	i := slices.IndexFunc(rows, func(r pycdump.Row) bool {
		return r.Depth > 0 && strings.HasPrefix(r.Text, "code object") && r.Part == pycdump.Value
	})
	if i < 0 {
		return nil
	}
	return rows[i : i+1+below(rows[i+1:], rows[i].Depth)]
}

// field returns the rows of a field of the code object that rows are of.
func field(rows []pycdump.Row, name string) []pycdump.Row {
	for i, r := range rows {
		if r.Field == name && r.Depth == rows[0].Depth+1 {
			return rows[i : i+1+below(rows[i+1:], r.Depth)]
		}
	}
	return nil
}

// below counts the rows at the start that are deeper than depth.
func below(rows []pycdump.Row, depth int) int {
	n := slices.IndexFunc(rows, func(r pycdump.Row) bool { return r.Depth <= depth })
	if n < 0 {
		return len(rows)
	}
	return n
}
