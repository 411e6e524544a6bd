// Command check runs everything beyond the tests that has to hold before a
// change lands: formatting, vet, staticcheck, stale generated files, a race run,
// short fuzzing, and builds for every platform krait supports.
//
//	go run ./internal/cmd/check [-fuzz DURATION] [-only NAME,...]
//
// It stops at nothing: every check runs, and the exit status is 1 if any
// failed. What a machine cannot do (the race detector needs a C compiler) is
// skipped with a word.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// staticcheck's version is pinned so that a new release cannot break a landing.
const staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

var fuzzTime = flag.Duration("fuzz", 3*time.Second, "how long each fuzz target runs; 0 skips them")

// A check returns a word on why it was skipped, or an error with what to mend.
type check struct {
	name string
	run  func() (skipped string, err error)
}

var checks = []check{
	{"gofmt", gofmt},
	{"vet", func() (string, error) { return "", run(nil, "go", "vet", "./...") }},
	{"staticcheck", func() (string, error) { return "", run(nil, "go", "run", staticcheck, "./...") }},
	{"generated", generated},
	{"builds", builds},
	{"race", race},
	{"pytests", pytests},
	{"fuzz", fuzz},
}

func main() {
	only := flag.String("only", "", "comma-separated names of the checks to run; all if empty")
	flag.Parse()
	failed := 0
	for _, c := range checks {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), c.name) {
			continue
		}
		start := time.Now()
		skipped, err := c.run()
		took := time.Since(start).Round(100 * time.Millisecond)
		switch {
		case err != nil:
			failed++
			fmt.Printf("FAIL %-12s %v\n%v\n", c.name, took, err)
		case skipped != "":
			fmt.Printf("skip %-12s %s\n", c.name, skipped)
		default:
			fmt.Printf("ok   %-12s %v\n", c.name, took)
		}
	}
	if failed > 0 {
		fmt.Printf("%d checks failed\n", failed)
		os.Exit(1)
	}
}

// run runs a command with extra environment; the error holds what it printed.
func run(env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

func gofmt() (string, error) {
	out, err := exec.Command("gofmt", "-l", ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("gofmt: %w\n%s", err, out)
	}
	if len(out) > 0 {
		return "", fmt.Errorf("gofmt would change:\n%s", bytes.TrimSpace(out))
	}
	return "", nil
}

// generated runs every go:generate line and fails if that changes a file.
func generated() (string, error) {
	before, err := exec.Command("git", "status", "--porcelain").Output()
	if err != nil {
		return "not a git checkout", nil
	}
	if err := run(nil, "go", "generate", "./..."); err != nil {
		return "", err
	}
	after, err := exec.Command("git", "status", "--porcelain").Output()
	if err != nil {
		return "", err
	}
	if !bytes.Equal(before, after) {
		return "", fmt.Errorf("go generate changed files; commit what it writes:\n%s", after)
	}
	return "", nil
}

// library names the packages that have to build for js/wasm; the command and
// the tools need an operating system.
var library = []string{"./pyver", "./opcode", "./code", "./marshal", "./pyc", "./dis",
	"./rewrite", "./asm", "./verify", "./normalise", "./instrument",
	"./source", "./token", "./tokenizer", "./ast", "./parser", "./symtable", "./instruction", "./codegen",
	"./flowgraph", "./assemble", "./compile"}

func builds() (string, error) {
	for _, target := range []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64", "js/wasm"} {
		goos, goarch, _ := strings.Cut(target, "/")
		packages := []string{"./cmd/krait"}
		if goarch == "wasm" {
			packages = library
		}
		env := []string{"CGO_ENABLED=0", "GOOS=" + goos, "GOARCH=" + goarch}
		// Without the profile: it changes nothing but speed and makes every package be compiled once more. Tests build with it.
		args := []string{"build", "-pgo=off", "-o", os.DevNull}
		if len(packages) > 1 {
			args = args[:2]
		}
		if err := run(env, "go", append(args, packages...)...); err != nil {
			return "", fmt.Errorf("%s: %w", target, err)
		}
	}
	return "", nil
}

func race() (string, error) {
	if _, err := exec.LookPath("gcc"); err != nil {
		if _, err := exec.LookPath("clang"); err != nil {
			return "the race detector needs a C compiler", nil
		}
	}
	return "", run([]string{"CGO_ENABLED=1"}, "go", "test", "-race", "-short", "./...")
}

// pytests holds what passes of CPython's own tests against the ledger.
func pytests() (string, error) {
	if _, err := os.Stat("testdata/pytests/ledger.json"); err != nil {
		return "there is no ledger", nil
	}
	err := run(nil, "go", "run", "./internal/cmd/pytests")
	if err != nil && strings.Contains(err.Error(), "has CPython's tests beside it") {
		return "no interpreter here comes with CPython's tests", nil
	}
	return "", err
}

var fuzzTarget = regexp.MustCompile(`(?m)^Fuzz\w+$`)

// differential are the names of the targets that compare with an interpreter. What they
// find is a difference and no crash; they run as campaigns, not before each landing.
var differential = []string{"FuzzAgainstInterpreter", "FuzzBindings", "FuzzFlows"}

// fuzz gives each other fuzz target of the tree a short run.
func fuzz() (string, error) {
	if *fuzzTime == 0 {
		return "-fuzz 0", nil
	}
	out, err := exec.Command("go", "list", "./...").Output()
	if err != nil {
		return "", err
	}
	for _, pkg := range strings.Fields(string(out)) {
		list, err := exec.Command("go", "test", "-list", "^Fuzz", pkg).Output()
		if err != nil {
			return "", fmt.Errorf("go test -list %s: %w", pkg, err)
		}
		for _, target := range fuzzTarget.FindAllString(string(list), -1) {
			if slices.Contains(differential, target) {
				continue
			}
			// To make what is new small takes a minute for each input, if nobody says otherwise.
			err := run(nil, "go", "test", "-run", "^$", "-fuzz", "^"+target+"$", "-fuzztime", fuzzTime.String(), "-fuzzminimizetime", "20x", pkg)
			if err != nil && onlyLate(err.Error()) {
				fmt.Printf("     %s ended late, with no failing input\n", target)
			} else if err != nil {
				return "", err
			}
		}
	}
	return "", nil
}

// onlyLate reports whether a run of go test -fuzz failed for nothing but the end of its
// time: before Go 1.27 a worker that is still busy then makes it fail (Go issue 75804). What
// an input does wrong, and an input that hangs too, is written to a file and named.
func onlyLate(out string) bool {
	return strings.Contains(out, "\n    context deadline exceeded\n") && !strings.Contains(out, "Failing input")
}
