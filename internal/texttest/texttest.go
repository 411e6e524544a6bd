// Package texttest compares functions on texts with what the interpreter does, case
// by case: with some cases from a golden file, and with many from the
// interpreter itself where there is one. Only tests import it.
package texttest

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write the golden files anew, asking the interpreter")

// prelude is in front of each program. pack makes a line of fields: printable
// ASCII stands for itself, all else is \xNN, byte by byte of its UTF-8.
const prelude = `
spelled = [chr(b) if 0x20 <= b < 0x7F and b != 0x5C else f"\\x{b:02x}" for b in range(256)]


def pack(fields):
    line = []
    for field in fields:
        if isinstance(field, str):
            field = field.encode("utf-8", "surrogatepass")
        line.append("".join(map(spelled.__getitem__, field)))
    return "\t".join(line)


def attempt(f, *args):
    """What f returns, as text, or the exception's name and text."""
    try:
        r = f(*args)
        return r if isinstance(r, (str, bytes)) else repr(r)
    except MemoryError:
        return "MemoryError: "
    except Exception as e:
        return f"{type(e).__name__}: {e}"
`

// Suite is a Python program that makes cases, and the function that they test.
type Suite struct {
	// Program defines lines(count, seed), an iterable of tuples of str and bytes.
	Program string
	// Golden is the path of the golden file.
	Golden string
	// Few and Many are the counts for the golden file and for a live run.
	Few, Many int
	// Got gets a tuple but for the last field, and returns what that should be.
	Got func(fields []string) string
}

// Run compares all cases.
func (s Suite) Run(t *testing.T) {
	t.Helper()
	if *update {
		if err := os.WriteFile(s.Golden, []byte(s.ask(t, s.Few, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(s.Golden)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("golden", func(t *testing.T) { s.compare(t, string(golden)) })
	if !testing.Short() {
		t.Run("live", func(t *testing.T) { s.compare(t, s.ask(t, s.Many, 2)) })
	}
}

func (s Suite) ask(t *testing.T, count, seed int) string {
	t.Helper()
	return Ask(t, fmt.Sprintf("%s\nresult = ''.join(pack(x) + '\\n' for x in lines(%d, %d))\n", prelude+s.Program, count, seed))
}

// Ask runs a program on the interpreter and returns what it leaves in result. It skips
// the test if there is none.
func Ask(t *testing.T, program string) string {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	session := in.Start(oracle.Config{Timeout: 3 * time.Minute})
	defer session.Close()
	out, err := session.Exec(program)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (s Suite) compare(t *testing.T, text string) {
	t.Helper()
	bad, n := 0, 0
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for i, f := range fields {
			fields[i] = unpack(f)
		}
		last := len(fields) - 1
		n++
		if got, want := s.Got(fields[:last]), fields[last]; got != want {
			t.Errorf("%q:\n got %q\nwant %q", fields[:last], clip(got), clip(want))
			if bad++; bad == 10 {
				t.FailNow()
			}
		}
	}
	if n == 0 {
		t.Error("no cases")
	}
}

func clip(s string) string {
	if len(s) > 1000 {
		return s[:500] + " ... " + s[len(s)-200:]
	}
	return s
}

func unpack(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			c, _ := strconv.ParseUint(s[i+2:i+4], 16, 8)
			b = append(b, byte(c))
			i += 3
		} else {
			b = append(b, s[i])
		}
	}
	return string(b)
}
