package native

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// SourceLine returns a line of a file as tracebacks and warnings show it, without the blanks around it, or nothing if it cannot be had.
func SourceLine(t *Thread, file string, line int) string {
	m := t.Interp.Hooks.Import(t, t.Interp.Intern("linecache"), object.None, object.None, object.None, 0)
	if m.P != nil {
		f := t.GetAttrName(m, "getline")
		if f.P != nil {
			if s := t.CallArgs(f, object.MakeStr(file), object.MakeInt(int64(line))); s.P != nil && s.IsStr() {
				return strings.TrimSpace(s.Str().S)
			}
		}
	}
	t.Exc = nil
	return ""
}
