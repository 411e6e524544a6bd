package assemble_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/marshal"
)

func TestUnitsLikeInterpreter(t *testing.T) {
	var a assemble.Assembler
	files, total, bad, streams := 0, 0, 0, 0
	for _, p := range units(t) {
		files++
		var cache instruction.Cache
		filename := &code.Str{S: p.name, Interned: true}
		made := map[*code.Object]*code.Object{}
		ok := true
		var last *code.Object
		for i := range p.units {
			u := &p.units[i]
			total++
			got, err := a.Unit(u.build(&cache, filename, made))
			if err != nil {
				t.Errorf("%s: %s: %v", p.name, code.Text(u.want.QualName), err)
				ok = false
				bad++
				break
			}
			renameFormat(got)
			made[u.want] = got
			last = got
			if list := differences(got, u.want); len(list) > 0 {
				ok = false
				if bad++; bad < 20 {
					t.Errorf("%s:%d: %s:", p.name, u.want.FirstLine, code.Text(u.want.QualName))
					for _, d := range list {
						t.Errorf("\t%s", d)
					}
				}
			}
		}
		if !ok {
			continue
		}
		var f marshal.Fresh
		b, err := f.Append(nil, last)
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
		} else if string(b) != p.fresh {
			if streams++; streams < 20 {
				t.Errorf("%s: other stream", p.name)
				if d := os.Getenv("KRAIT_STREAMS"); d != "" {
					h := "\x2b\x0e\r\n" + strings.Repeat("\x00", 12)
					os.WriteFile(filepath.Join(d, fmt.Sprint(streams, "-got.pyc")), []byte(h+string(b)), 0o666)
					os.WriteFile(filepath.Join(d, fmt.Sprint(streams, "-want.pyc")), []byte(h+p.fresh), 0o666)
				}
			}
		}
	}
	t.Logf("%d files, %d units, %d differ; %d streams differ", files, total, bad, streams)
}

// renameFormat does what codegen does with the functions that evaluate
// annotations: their argument gets the name that users see.
func renameFormat(o *code.Object) {
	if items := o.LocalsPlusNames.Items; len(items) > 0 && code.Text(items[0]) == ".format" && code.Text(o.Name) == "__annotate__" {
		o.LocalsPlusNames = &code.Tuple{Items: append([]code.Value{&code.Str{S: "format", Interned: true}}, items[1:]...)}
	}
}
