package interp

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/vm"
)

// crashed reports a panic: a bug of krait, not of the program. What the program has written until then is written.
func crashed(in *object.Interp, c *Config, r any) Exit {
	stack := debug.Stack()
	where := func() (s string) {
		defer func() {
			if recover() != nil {
				s = "  (where in the program it happened is not known)\n"
			}
		}()
		for f, lasti := range vm.Callers(in.Main) {
			s += fmt.Sprintf("  File %q, line %d, in %s\n", plainText(f.Code.Filename), vm.LineOf(f.Code, lasti), plainText(f.Code.Qualname))
			if len(s) > 1000 {
				s += "  ...\n"
				break
			}
		}
		return s
	}()
	func() {
		defer func() { recover() }()
		in.Main.Exc = nil
		p := &program{t: in.Main, c: c}
		p.flush("stdout")
	}()
	build := c.Build
	if build == "" {
		build = "krait"
	}
	io.WriteString(c.Stderr, fmt.Sprintf("%s: internal error: %v\nThe program was here, innermost call first:\n%sThis is a bug of krait (%s), whatever the program does; please report it.\n",
		c.Program, r, where, build))
	if os.Getenv("KRAIT_DEBUG") != "" {
		c.Stderr.Write(stack)
	} else {
		io.WriteString(c.Stderr, "With KRAIT_DEBUG=1 in the environment the place in krait is shown.\n")
	}
	return Exit{Status: statusBug}
}

func plainText(v Value) string {
	if v.P != nil && v.IsStr() {
		return v.Str().S
	}
	return "?"
}
