package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// jsonExample is a command of docs/json.md with the document it prints.
var jsonExample = regexp.MustCompile("(?s)`krait ([^`\n]*)`:\n\n```json\n(.*?)```\n")

// The examples in docs/json.md are what the commands print.
func TestJSONExamples(t *testing.T) {
	path, err := filepath.Abs("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(example)
	examples := jsonExample.FindAllSubmatch(page, -1)
	if len(examples) < 6 {
		t.Fatalf("found %d examples, want at least 6", len(examples))
	}
	fresh := page
	for _, e := range examples {
		stdout, stderr, _ := run(strings.Fields(string(e[1]))...)
		got := layout(t, json.RawMessage(strings.TrimSpace(stdout)), "") + "\n"
		if got != string(e[2]) && !*update {
			t.Errorf("krait %s: %s\ngot:\n%s\nwant:\n%s", e[1], stderr, got, e[2])
		}
		block := bytes.Replace(e[0], append([]byte("```json\n"), e[2]...), []byte("```json\n"+got), 1)
		fresh = bytes.Replace(fresh, e[0], block, 1)
	}
	if *update {
		if err := os.WriteFile(path, fresh, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// layout breaks a JSON value into lines where it does not fit into one.
func layout(t *testing.T, v json.RawMessage, indent string) string {
	t.Helper()
	const width = 96
	if len(indent)+len(v) <= width || v[0] != '{' && v[0] != '[' {
		return string(v)
	}
	dec := json.NewDecoder(bytes.NewReader(v))
	open, err := dec.Token()
	if err != nil {
		t.Fatalf("%v in %s", err, v)
	}
	var parts []string
	for dec.More() {
		key := ""
		if open == json.Delim('{') {
			name, err := dec.Token()
			if err != nil {
				t.Fatalf("%v in %s", err, v)
			}
			key = `"` + name.(string) + `":`
		}
		var item json.RawMessage
		if err := dec.Decode(&item); err != nil {
			t.Fatalf("%v in %s", err, v)
		}
		if key != "" {
			key += " "
		}
		parts = append(parts, indent+"  "+key+layout(t, item, indent+"  "))
	}
	return string(v[:1]) + "\n" + strings.Join(parts, ",\n") + "\n" + indent + string(v[len(v)-1:])
}

// docs/json.md names every member that documents have, in the section of their
// schema, and no others.
func TestJSONMembers(t *testing.T) {
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for part := range strings.SplitSeq(string(page), "\n## ") {
		title, body, _ := strings.Cut(part, "\n")
		// Examples do not document.
		sections[title] = regexp.MustCompile("(?s)```json.*?```").ReplaceAllString(body, "")
	}
	found := map[string]map[string]bool{}
	dir := t.TempDir()
	broken := brokenFiles(t, dir)
	for _, args := range [][]string{
		{"dis", example + "hello.pyc"}, {"dis", "-C", "-S", "testdata/pyc/fib.3.12.pyc"},
		{"dis", broken["tables"]}, {"dis", broken["extended"]},
		{"show", "--all", example + "hello.pyc"}, {"show", "testdata/pyc/fib.2.7.pyc"},
		{"pyc", example + "hello.pyc"}, {"pyc", "--source", example + "hello.py", "testdata/pyc/fib.3.8.pyc"},
		{"pyc", broken["trailing"]}, {"pyc", broken["cut"]},
		{"pyc", "--source", "testdata/pyc/fib.py", broken["unchecked"]},
		{"pyc", "--dump", broken["cut"]}, {"diff", example + "hello.pyc", broken["cut"]},
		{"diff", "testdata/pyc/fib.3.8.pyc", "testdata/pyc/fib.3.12.pyc"},
		{"diff", "--ignore", "trailing", example + "hello.pyc", broken["trailing"]},
		{"diff", example + "hello.pyc", broken["extended"]},
		{"verify", "--explain", example + "hello.pyc"}, {"verify", broken["unsafe"]},
		{"verify", "--explain", "testdata/pyc/fib.2.7.pyc"},
		{"ast", "-a", example + "hello.py"}, {"ast", "testdata/pyc/fib.3.12.pyc"},
		{"tokenize", example + "hello.py"}, {"tokenize", "testdata/pyc/fib.3.12.pyc"}, {"tokenize", "testdata/script/tokenize.txtar"},
		{"opcodes", "--all"}, {"opcodes", "FOR_ITER", "--python", "3.8"}, {"opcodes", "--diff", "3.12", "3.13"}, {"version"},
	} {
		stdout, _, _ := run(append(args, "--format", "json")...)
		var doc map[string]any
		if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
			t.Errorf("krait %q: %v in %.200q", args, err, stdout)
			continue
		}
		schema := doc["schema"].(string)
		if found[schema] == nil {
			found[schema] = map[string]bool{}
		}
		members(doc, found[schema])
	}
	row := regexp.MustCompile(`(?m)^\|([^|]*)\|`)
	word := regexp.MustCompile("`([a-z_]+)`")
	for schema, names := range found {
		section, ok := sections[schema]
		if !ok {
			t.Errorf("docs/json.md has no section %s", schema)
			continue
		}
		text := section
		if schema == "krait.opcodes-diff/1" { // which refers to the other
			text += sections["krait.opcodes/1"]
		}
		var documented []string
		for _, m := range word.FindAllStringSubmatch(text, -1) {
			documented = append(documented, m[1])
		}
		for name := range names {
			if !slices.Contains(documented, name) {
				t.Errorf("docs/json.md: section %s does not name member %q", schema, name)
			}
		}
		for _, cell := range row.FindAllStringSubmatch(section, -1) {
			for _, m := range word.FindAllStringSubmatch(cell[1], -1) {
				if !names[m[1]] && m[1] != "revision" && (m[1] != "error" || schema != "krait.show/1") {
					t.Errorf("docs/json.md: section %s names %q, which no document has", schema, m[1])
				}
			}
		}
	}
	if len(found) < 9 {
		t.Errorf("found %d schemas, want at least 9", len(found))
	}
}

// members adds the names of all members in v.
func members(v any, names map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			names[name] = true
			members(item, names)
		}
	case []any:
		for _, item := range v {
			members(item, names)
		}
	}
}

// brokenFiles writes variants of hello.pyc and returns their paths.
func brokenFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	hello, err := os.ReadFile(example + "hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	unchecked := bytes.Clone(hello)
	unchecked[4] = 1
	// The last byte is of the exception table of the last code object: a
	// number that goes on.
	tables := bytes.Clone(hello)
	tables[len(tables)-1] |= 0x40
	// The first two instructions of the module: EXTENDED_ARG 0.
	extended := bytes.Clone(hello)
	at := bytes.Index(extended, []byte{0x80, 0x00, 0x52, 0x00})
	if at < 0 {
		t.Fatal("hello.pyc has other instructions than it used to")
	}
	extended[at] = 69
	// The first LOAD_FAST_BORROW_LOAD_FAST_BORROW takes a variable that is not.
	unsafe := bytes.Clone(hello)
	if at = bytes.Index(unsafe, []byte{87, 0x10}); at < 0 {
		t.Fatal("hello.pyc has other instructions than it used to")
	}
	unsafe[at+1] = 0x35
	files := map[string][]byte{
		"cut": hello[:300], "trailing": append(bytes.Clone(hello), 1, 2, 3),
		"unchecked": unchecked, "tables": tables, "extended": extended, "unsafe": unsafe,
	}
	paths := map[string]string{}
	for name, data := range files {
		paths[name] = filepath.Join(dir, name+".pyc")
		if err := os.WriteFile(paths[name], data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}
