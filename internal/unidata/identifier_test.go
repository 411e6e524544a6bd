package unidata

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

//go:embed identifiers.txt
var identifiersTxt string

//go:embed testdata/isidentifier.py
var isidentifierPy string

// identifierFacts writes the tables in the form of identifiers.txt.
func identifierFacts() string {
	var b strings.Builder
	first, was := rune(0), ""
	for r := rune(0); r <= 0x110000; r++ {
		now := ""
		if IdentifierStart(r) {
			now = "start"
		} else if IdentifierContinue(r) {
			now = "continue"
		}
		if now != was {
			if was != "" {
				fmt.Fprintf(&b, "%04X %04X %s\n", first, r-1, was)
			}
			first, was = r, now
		}
	}
	return b.String()
}

func TestIdentifiersAreThoseOfTheFacts(t *testing.T) {
	_, want, _ := strings.Cut(identifiersTxt, "# FIRST LAST KIND\n")
	if got := identifierFacts(); got != want {
		t.Error("identifiers_gen.go is not what identifiers.txt says: run go generate")
	}
}

func TestIdentifiersLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	want, err := s.Exec("__name__ = ''\n" + isidentifierPy)
	if err != nil {
		t.Fatal(err)
	}
	if identifierFacts() != want {
		t.Errorf("characters of identifiers differ from what %s says", in.Release)
	}
}
