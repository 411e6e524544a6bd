package interp

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/source"
)

// warnAll issues the warnings of the compiler. False: a filter has made an error of one.
func warnAll(t *Thread, diags []source.Diagnostic) bool {
	for i := range diags {
		if d := &diags[i]; d.Severity == source.Warning && !warnOf(t, d) {
			return false
		}
	}
	return true
}

func warnOf(t *Thread, d *source.Diagnostic) bool {
	m := t.Interp.Modules.GetName("_warnings")
	if m.P == nil {
		m = t.Interp.Hooks.Import(t, t.Interp.Intern("_warnings"), object.None, object.None, object.None, 0)
	}
	if m.P == nil {
		return false
	}
	f := t.GetAttrName(m, "warn_explicit")
	if f.P == nil {
		return false
	}
	cls := &object.SyntaxWarningType
	if d.Type == "DeprecationWarning" {
		cls = &object.DeprecationWarningType
	}
	if t.CallArgs(f, object.MakeStr(d.Message), object.Of(cls), fsName(d.Filename), object.MakeInt(int64(d.Line))).P != nil {
		return true
	}
	if t.Catch(cls) != nil {
		// As an error it is one of the syntax, with its place.
		e := *d
		e.Type, e.Reread = "SyntaxError", e.Reread || !e.HasText
		e.Message = strings.Replace(e.Message, "Such sequences will not work in the future. ", "", 1)
		raiseDiagnostic(t, e)
	}
	return false
}
