package cli

import (
	"bufio"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Commands are found by the names that they have, and tell alone what they do among all others.
func TestCommandsAlone(t *testing.T) {
	for _, c := range commands {
		if name := c.make(&Env{}).Name(); name != c.name {
			t.Errorf("the command %s is called %s", name, c.name)
		}
		if c.name == "run" {
			continue // has another help, which NewRoot knows nothing of
		}
		if needed := commandsFor([]string{c.name, "help"}); len(needed) != 1 || needed[0].name != c.name {
			t.Errorf("%s needs %d commands", c.name, len(needed))
		}
		alone, _, _ := run(c.name, "--help")
		among, _, _ := run("help", c.name)
		if alone != among {
			t.Errorf("krait %[1]s --help:\n%[2]s\nkrait help %[1]s:\n%[3]s", c.name, alone, among)
		}
	}
	for _, args := range [][]string{nil, {"help", "dis"}, {"completion", "bash"}, {"__complete", "d"}, {"--version"}, {"dsi"}, {""}} {
		if len(commandsFor(args)) != len(commands) {
			t.Errorf("krait %q lists not all commands", args)
		}
	}
}

// Commands that run no program do not wait for what those need that do: the packages of krait do next to nothing while they are initialised.
// What they allocate then is the same each time, unlike the time that they take.
func TestPackagesInitLittle(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes; what packages allocate is told by the other systems")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	const each, all = 25_000, 100_000
	line := regexp.MustCompile(`^init (\S+) @.*clock, (\d+) bytes`)
	sum, n := 0, 0
	for sc := bufio.NewScanner(strings.NewReader(trace.String())); sc.Scan(); {
		m := line.FindStringSubmatch(sc.Text())
		if m == nil || !strings.HasPrefix(m[1], "github.com/krait-py/krait/") {
			continue
		}
		bytes, _ := strconv.Atoi(m[2])
		if bytes > each {
			t.Errorf("%s allocates %d bytes when it is initialised, more than %d", m[1], bytes, each)
		}
		sum += bytes
		n++
	}
	if n == 0 || sum > all {
		t.Errorf("%d packages allocate %d bytes when they are initialised, more than %d", n, sum, all)
	}
}
