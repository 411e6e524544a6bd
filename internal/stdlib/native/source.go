package native

import (
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/source"
)

// SourceLine returns a line of a file as tracebacks and warnings show it where there is no library to show them, without the blanks around it, or nothing if it cannot be
// had. A file that is not there is looked for by its name in the directories of sys.path.
func SourceLine(t *Thread, file string, line int) string {
	files := Host(t).Files
	if files == nil || strings.HasPrefix(file, "<") && strings.HasSuffix(file, ">") {
		return ""
	}
	data, err := host.ReadFile(files, file)
	if err != nil {
		var dirs []Value
		if path := t.Interp.Sys.GetName("path"); path.P != nil && path.Is(&object.ListType) {
			dirs = object.To[object.List](path).V
		}
		tail := file[strings.LastIndexAny(file, `/\`)+1:]
		for _, d := range dirs {
			if d.IsStr() && err != nil {
				data, err = host.ReadFile(files, strings.TrimSuffix(d.Str().S, "/")+"/"+tail)
			}
		}
		if err != nil {
			return ""
		}
	}
	text, bad := source.Decode(file, data)
	if bad != nil {
		return ""
	}
	return strings.TrimSpace(text.Line(line))
}
