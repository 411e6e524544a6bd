package cli

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

// Every console block of the README is run: "$ krait ..." or "$ go run
// ./cmd/krait ..." and behind it what it prints, where a line "..." stands for
// any number of lines at the end.
func TestReadmeExamples(t *testing.T) { testExamples(t, "README.md", 4) }

// So is every one of the page on the compiler.
func TestCompilerExamples(t *testing.T) { testExamples(t, "docs/compiler.md", 6) }

// So is every one of the page on running programs.
func TestRunExamples(t *testing.T) { testExamples(t, "docs/run.md", 2) }

// The page on running programs names modules that are not there, and what follows from that. What it says of each is true.
func TestMissingModules(t *testing.T) {
	text, err := os.ReadFile("../../docs/run.md")
	if err != nil {
		t.Fatal(err)
	}
	_, bullet, found := strings.Cut(string(text), "\n- Not there are ")
	missing, rest, there := strings.Cut(bullet, ". Of what is built on them some does without")
	without, rest, cannot := strings.Cut(rest, "some cannot be imported")
	rest, _, ends := strings.Cut(rest, ")")
	if !found || !there || !cannot || !ends {
		t.Fatal("docs/run.md does not say which modules are not there")
	}
	names := func(s string) (names []string) {
		for i, part := range strings.Split(s, "`") {
			if i%2 == 1 {
				names = append(names, part)
			}
		}
		return names
	}
	const program = `
import sys
for name in sys.argv[1:]:
    try:
        __import__(name)
    except ImportError:
        pass
    else:
        print(name)
`
	imported := func(names []string) []string {
		var out, errs bytes.Buffer
		args := append([]string{"run", "-W", "ignore", "-c", program}, names...)
		if status := Run(args, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs}); status != exitOK {
			t.Fatalf("exit status %d: %s", status, &errs)
		}
		return strings.Fields(out.String())
	}
	if got := imported(append(names(missing), names(rest)...)); len(got) > 0 {
		t.Errorf("these are there: %v", got)
	}
	if want := names(without); !slices.Equal(imported(want), want) {
		t.Errorf("imported %v, want %v", imported(want), want)
	}
}

// testExamples runs the console blocks of a file, of which there are so many at least.
func testExamples(t *testing.T, file string, least int) {
	t.Chdir("../..")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, example := range strings.Split(block, "$ ")[1:] {
			line, want, _ := strings.Cut(example, "\n")
			args, ok := strings.CutPrefix(line, "krait ")
			if !ok {
				args, ok = strings.CutPrefix(line, "go run ./cmd/krait ")
			}
			if !ok {
				t.Errorf("%q does not run krait", line)
				continue
			}
			examples++
			var out, errs bytes.Buffer
			wantStatus := exitOK
			if strings.HasPrefix(args, "check ") {
				wantStatus = exitFailed // the example has a mistake to find
			}
			if status := Run(strings.Fields(args), Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs}); status != wantStatus {
				t.Errorf("%s: exit status %d: %s", line, status, &errs)
			}
			got := out.String()
			if head, found := strings.CutSuffix(want, "...\n"); found {
				want, got = head, got[:min(len(head), len(got))]
			}
			if got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", line, got, want)
			}
		}
	}
	if examples < least {
		t.Errorf("found %d examples in %s, want at least %d", examples, file, least)
	}
}
