package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// TestGrammarComplete checks that every rule has a definition, and that a rule
// that begins with itself says so.
func TestGrammarComplete(t *testing.T) {
	makeGrammar()
	for r := range numRules {
		if len(grammar[r].alts) == 0 {
			t.Errorf("rule %d of diagnoserule.go has no definition", r)
		}
	}
	for r := range numRules {
		if loops(r, r, make(map[rule]bool)) && !grammar[r].left {
			found := false
			for s := range numRules {
				// A cycle needs one rule that is marked.
				found = found || grammar[s].left && loops(r, s, make(map[rule]bool)) && loops(s, r, make(map[rule]bool))
			}
			if !found {
				t.Errorf("rule %d begins with itself", r)
			}
		}
	}
}

// loops reports whether rule r can begin with rule target.
func loops(r, target rule, seen map[rule]bool) bool {
	if seen[r] {
		return false
	}
	seen[r] = true
	var begins func(alts []alternative) bool
	var item func(e *element) (found, empty bool)
	item = func(e *element) (bool, bool) {
		switch e.op {
		case opRule:
			return e.rule == target || loops(e.rule, target, seen), false
		case opGroup:
			return begins(e.alts), false
		case opOpt, opMany, opAhead, opNot:
			found, _ := item(e.sub)
			return found, true
		case opSome, opList:
			return item(e.sub)
		case opCut:
			return false, true
		}
		return false, false
	}
	begins = func(alts []alternative) bool {
		for i := range alts {
			for j := range alts[i].items {
				found, empty := item(&alts[i].items[j])
				if found {
					return true
				}
				if !empty {
					break
				}
			}
		}
		return false
	}
	return begins(grammar[r].alts)
}

// read runs the second reading alone.
func read(f *source.File) *source.Diagnostic {
	lex := tokenizer.New(f, tokenizer.Options{})
	tokens, scanError := lex.Scan(nil)
	return newDiagnosis(f, tokens, lex, scanError, Options{}).diagnose()
}

// TestReadingAccepts lets the second reading read right files.
func TestReadingAccepts(t *testing.T) {
	dir := os.Getenv("KRAIT_PY_TREE")
	if dir == "" {
		t.Skip("KRAIT_PY_TREE names no tree of sources that 3.14 accepts")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".py" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, d := source.Decode(path, data)
		if d == nil {
			d = read(f)
		}
		if d != nil {
			t.Errorf("%v", d)
		}
		n++
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d files, error %v", n, err)
	}
}

// TestLongNames checks that no name is taken for the keyword it begins with,
// however the tokenizer cuts it up.
func TestLongNames(t *testing.T) {
	for k := token.FALSE; k <= token.YIELD; k++ {
		for n := 1; n <= 24; n++ {
			text := k.Spelling() + strings.Repeat("x", n)
			for _, s := range []string{text, text + " = 1\n", "x(" + text + ", " + text + ")  # comment\n"} {
				if d := read(source.NewFile("t.py", s)); d != nil {
					t.Fatalf("%q: %v", s, d)
				}
			}
		}
	}
}
