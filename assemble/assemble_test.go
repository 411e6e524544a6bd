package assemble_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/verify"
)

// TestUnitsLikeInterpreter assembles what the compiler hands to its last stages and
// compares all fields with those of the code objects it makes. What comes out is
// proven safe, too.
func TestUnitsLikeInterpreter(t *testing.T) {
	for level := range 3 {
		if level > 0 && os.Getenv("KRAIT_UNITS") != "" {
			break
		}
		t.Run(fmt.Sprint("level ", level), func(t *testing.T) { likeInterpreter(t, units(t, level)) })
	}
}

func likeInterpreter(t *testing.T, programs []program) {
	var a assemble.Assembler
	total, bad := 0, 0
	for _, p := range programs {
		var cache instruction.Cache
		filename := &code.Str{S: p.name, Interned: true}
		made := map[*code.Object]*code.Object{}
		var module *code.Object
		for i := range p.units {
			u := &p.units[i]
			total++
			got, err := a.Unit(u.build(&cache, filename, made))
			if err != nil {
				t.Errorf("%s: %s: %v", p.name, code.Text(u.want.QualName), err)
				module = nil
				bad++
				break
			}
			renameFormat(got)
			made[u.want] = got
			module = got
			if list := differences(got, u.want); len(list) > 0 {
				if bad++; bad < 20 {
					t.Errorf("%s:%d: %s:\n\t%s", p.name, u.want.FirstLine, code.Text(u.want.QualName), strings.Join(list, "\n\t"))
				}
			}
		}
		if module == nil {
			continue
		}
		if r := verify.Object(module); len(r.Findings) > 0 {
			t.Errorf("%s: %v", p.name, r.Findings[0])
		}
	}
	t.Logf("%d files, %d units, %d differ", len(programs), total, bad)
}

// renameFormat does what codegen does with the functions that evaluate
// annotations: their argument gets the name that users see.
func renameFormat(o *code.Object) {
	if items := o.LocalsPlusNames.Items; len(items) > 0 && code.Text(items[0]) == ".format" && code.Text(o.Name) == "__annotate__" {
		o.LocalsPlusNames = &code.Tuple{Items: append([]code.Value{&code.Str{S: "format", Interned: true}}, items[1:]...)}
	}
}
