// Command damage compares the errors that krait and CPython find in damaged
// source files. It takes files of the trees named (or of the interpreter's
// standard library), inserts, removes or replaces a token at random, and asks
// an interpreter and krait what is wrong with the result.
//
//	go run ./internal/cmd/damage [-n 1000] [-seed 1] [-show 10] [DIR...]
package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

//go:embed oracle.py
var program string

var (
	count    = flag.Int("n", 1000, "number of damaged files")
	seed     = flag.Uint64("seed", 1, "which ones")
	show     = flag.Int("show", 10, "differences to show in full")
	maxBytes = flag.Int("max", 60_000, "size of the largest file to damage")
	edits    = flag.Int("edits", 1, "tokens to damage in each file")
	chars    = flag.Bool("chars", false, "damage characters rather than tokens")
	keep     = flag.String("keep", "", "directory to keep the damaged files in")
	only     = flag.String("only", "", "show only differences whose messages contain this")
	stage    = flag.String("stage", "parse", "how far to go: parse or compile")
	mode     = flag.String("mode", "exec", "what the files are: exec, eval or single; texts are only compared in exec")
	feature  = flag.Int("feature", 14, "minor version whose grammar is wanted")
	asIs     = flag.Bool("asis", false, "do not damage the files: compare all of them")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "damage:", err)
		os.Exit(1)
	}
}

// finding is what an interpreter or krait says of a file.
type finding struct {
	Type    string  `json:"type"`
	Message string  `json:"message"`
	Line    *int    `json:"line"`
	Col     *int    `json:"col"`
	EndLine *int    `json:"end_line"`
	EndCol  *int    `json:"end_col"`
	Text    *string `json:"text"`
}

func (f *finding) String() string {
	if f == nil {
		return "no error"
	}
	show := func(n *int) any {
		if n == nil {
			return "-"
		}
		return *n
	}
	text := "-"
	if f.Text != nil {
		text = fmt.Sprintf("%.100q", *f.Text)
	}
	return fmt.Sprintf("%s: %s [%v:%v-%v:%v] %s", f.Type, f.Message, show(f.Line), show(f.Col), show(f.EndLine), show(f.EndCol), text)
}

func run() error {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return err
	}
	files, err := collect(flag.Args(), in)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no files")
	}
	dir := *keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "damage"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	var cases []string
	if *asIs {
		cases = files
	} else if cases, err = damageAll(files, dir); err != nil {
		return err
	}
	start := time.Now()
	want, err := ask(in, cases)
	if err != nil {
		return err
	}
	asked := time.Since(start)
	start = time.Now()
	t := tally{kinds: make(map[string]*[2]int)}
	for i, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		t.add(name, want[i], krait(name, data))
	}
	t.print()
	fmt.Printf("%s in %.1f s, krait in %.1f s\n", in.Banner[:6], asked.Seconds(), time.Since(start).Seconds())
	return nil
}

// collect returns the files to damage, sorted.
func collect(dirs []string, in *oracle.Interpreter) ([]string, error) {
	if len(dirs) == 0 {
		dirs = []string{filepath.Join(filepath.Dir(filepath.Dir(in.Path)), "lib", "python3.14")}
	}
	var files []string
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(path) != ".py" {
				return err
			}
			if info, err := e.Info(); err == nil && info.Size() <= int64(*maxBytes) && info.Size() > 0 {
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	sort.Strings(files)
	return files, nil
}

// damageAll writes the damaged files to dir and returns their names.
func damageAll(files []string, dir string) ([]string, error) {
	rnd := rand.New(rand.NewPCG(*seed, 0))
	pool := []string(nil) // spellings of tokens seen
	var cases []string
	for tries := 0; len(cases) < *count && tries < 20**count; tries++ {
		name := files[rnd.IntN(len(files))]
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for range *edits {
			var spellings []string
			if data, spellings = damage(data, pool, rnd); data == nil {
				break
			}
			if len(pool) < 20_000 {
				pool = append(pool, spellings...)
			}
		}
		if data == nil {
			continue
		}
		path := filepath.Join(dir, fmt.Sprintf("d%05d.py", len(cases)))
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return nil, err
		}
		cases = append(cases, path)
	}
	return cases, nil
}

// damage inserts, removes or replaces one token. It returns nil for what cannot
// be tokenized, and some of the spellings it saw.
func damage(data []byte, pool []string, rnd *rand.Rand) ([]byte, []string) {
	f, bad := source.Decode("", data)
	if bad != nil || f.Encoding != "utf-8" {
		return nil, nil
	}
	tokens, bad := tokenizer.New(f, tokenizer.Options{}).Scan(nil)
	if bad != nil {
		return nil, nil
	}
	var visible []token.Token
	var spellings []string
	for _, t := range tokens {
		if t.Kind == token.NEWLINE {
			t.End++
		}
		if t.End > t.Start {
			visible = append(visible, t)
			if s := f.Text[t.Start:t.End]; len(s) < 40 && !strings.Contains(s, "\n") && rnd.IntN(10) == 0 {
				spellings = append(spellings, s)
			}
		}
	}
	if len(visible) == 0 {
		return nil, nil
	}
	if pool = append(pool, spellings...); len(pool) == 0 {
		pool = []string{"("}
	}
	other := pool[rnd.IntN(len(pool))]
	if rnd.IntN(3) == 0 {
		// Names and commas are most of the tokens there are; give the others a
		// chance, too.
		other = common[rnd.IntN(len(common))]
	}
	t := visible[rnd.IntN(len(visible))]
	if *chars {
		at := rnd.IntN(len(f.Text))
		for at > 0 && !utf8.RuneStart(f.Text[at]) {
			at--
		}
		_, n := utf8.DecodeRuneInString(f.Text[at:])
		t.Start, t.End = int32(at), int32(at+n)
		other = string([]rune(other)[:1])
	}
	var out []byte
	switch rnd.IntN(3) {
	case 0:
		out = append(out, f.Text[:t.Start]...)
		out = append(out, other...)
		if !*chars {
			out = append(out, ' ')
		}
		out = append(out, f.Text[t.Start:]...)
	case 1:
		out = append(out, f.Text[:t.Start]...)
		out = append(out, f.Text[t.End:]...)
	default:
		out = append(out, f.Text[:t.Start]...)
		out = append(out, other...)
		out = append(out, f.Text[t.End:]...)
	}
	return out, spellings
}

var common = strings.Fields(`( ) [ ] { } : , ; + - * / | & < > = . % == != <= >= ~ ^ << >> ** += -= -> ... := ! @
	False None True and as assert async await break class continue def del elif else except finally for from global if
	import in is lambda nonlocal not or pass raise return try while with yield match case type _ print exec
	1 0x 1.5j '' "a b" b'' f'{x}' f'{ ''' \ $ ? é` + " \x60")

// ask lets the interpreter compile the files.
func ask(in *oracle.Interpreter, names []string) ([]*finding, error) {
	cmd := exec.Command(in.Path, "-I", "-c", program, *mode, *stage, strconv.Itoa(*feature))
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var found []*finding
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var f *finding
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	if len(found) != len(names) {
		return nil, fmt.Errorf("%d answers to %d questions", len(found), len(names))
	}
	return found, nil
}

var modes = map[string]parser.Mode{"exec": parser.Exec, "eval": parser.Eval, "single": parser.Single}

// krait returns what krait finds.
func krait(name string, data []byte) *finding {
	if *stage == "compile" {
		object, found := compile.Source(context.Background(), data, compile.Options{Filename: name, Mode: modes[*mode]})
		if object != nil {
			return nil
		}
		return newFinding(&found[len(found)-1])
	}
	f, d := source.Decode(name, data)
	if d == nil {
		root, found := parser.Parse(f, parser.Options{Mode: modes[*mode], FeatureVersion: *feature})
		if root != nil {
			return nil
		}
		d = found[len(found)-1]
	}
	return newFinding(d)
}

func newFinding(d *source.Diagnostic) *finding {
	r := &finding{Type: d.Type, Message: d.Message}
	switch d.Type {
	case "SyntaxError", "IndentationError", "TabError":
		r.Line, r.Col = &d.Line, &d.Col
		if d.HasEnd {
			r.EndLine, r.EndCol = &d.EndLine, &d.EndCol
		}
		if d.HasText {
			r.Text = &d.Text
		}
	}
	return r
}

// tally counts agreements by the kind of message.
type tally struct {
	kinds        map[string]*[2]int // those that agree, and all
	agree, all   int
	wrong, shown int // files krait or the interpreter finds nothing wrong with
	where, text  int // same error at another place, with another text
}

// later reports whether an error is found by a later stage than the parser,
// even where the interpreter only parses.
func (f *finding) later() bool {
	return f != nil && (strings.HasPrefix(f.Message, "future feature ") || f.Message == "not a chance" ||
		f.Message == "from __future__ imports must occur at the beginning of the file")
}

func (t *tally) add(name string, want, got *finding) {
	if *stage == "parse" && want.later() {
		want = nil
	}
	if want == nil && got == nil {
		return
	}
	if *mode != "exec" {
		for _, f := range []*finding{want, got} {
			if f != nil {
				f.Text = nil
			}
		}
	}
	t.all++
	kind := "no error"
	if want != nil {
		kind = want.Type + ": " + shape(want.Message)
	}
	c := t.kinds[kind]
	if c == nil {
		c = new([2]int)
		t.kinds[kind] = c
	}
	c[1]++
	if want != nil && got != nil && want.String() == got.String() {
		t.agree++
		c[0]++
		return
	}
	switch {
	case want == nil || got == nil:
		t.wrong++
	case want.Type == got.Type && want.Message == got.Message && equal(want.Line, got.Line) && equal(want.Col, got.Col) &&
		equal(want.EndLine, got.EndLine) && equal(want.EndCol, got.EndCol):
		t.text++
	case want.Type == got.Type && want.Message == got.Message:
		t.where++
	}
	if t.shown < *show && (*only == "" || strings.Contains(want.String()+got.String(), *only)) {
		t.shown++
		fmt.Printf("%s\n  want %v\n  got  %v\n", name, want, got)
	}
}

func equal(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// shape returns a message without what differs from case to case.
func shape(s string) string {
	if s != strings.Map(func(r rune) rune {
		if r >= 0x80 {
			return -1
		}
		return r
	}, s) {
		return "..."
	}
	words := strings.Fields(s)
	for i, w := range words {
		if strings.Trim(w, "0123456789()") == "" {
			words[i] = "N"
		}
	}
	return strings.Join(words, " ")
}

func (t *tally) print() {
	var names []string
	for k := range t.kinds {
		names = append(names, k)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := t.kinds[names[i]], t.kinds[names[j]]
		if a[1] != b[1] {
			return a[1] > b[1]
		}
		return names[i] < names[j]
	})
	for _, k := range names {
		c := t.kinds[k]
		mark := " "
		if c[0] < c[1] {
			mark = "*"
		}
		fmt.Printf("%s %6d of %6d  %s\n", mark, c[0], c[1], k)
	}
	fmt.Printf("%d of %d agree (%.3f %%); %d accepted by one alone, %d differ in position, %d in text alone\n",
		t.agree, t.all, 100*float64(t.agree)/float64(max(t.all, 1)), t.wrong, t.where, t.text)
}
