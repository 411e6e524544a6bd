package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/verify"
)

func newVerify(env *Env) *cobra.Command {
	o := newOptions(env)
	explain := false
	sel := selection{}
	cmd := &cobra.Command{
		Use:   "verify [--explain] [flags] FILE...",
		Short: "prove that bytecode is well formed and safe to run",
		Long: `Prove that the code of .pyc files is well formed and safe for the interpreter of
its version: that no path through it, exceptions and generators included, makes
the interpreter read memory it must not read. Nothing is executed.

For what cannot be proven, krait prints the code object, the offset of the
instruction, the rule, and a shortest path to it from the entry. docs/verify.md
explains the rules. The exit status is 0 only when everything is proven.`,
		Example: `  $ krait verify testdata/example/hello.pyc
  proven: 6 code objects, 506 bytes of bytecode

  $ krait verify --explain --name Greeter.__init__ module.pyc
  $ krait verify --format json lib | jq -r 'select(.proven | not).file'`,
		Args:              needInput,
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sel.check(cmd); err != nil {
				return err
			}
			return forEach(o, args, "krait.verify/1", func(r *runner, in *input, data []byte) error {
				return r.verify(in, data, &sel, explain)
			})
		},
	}
	cmd.Flags().BoolVar(&explain, "explain", false, "show the abstract stack at every instruction")
	sel.addFlags(cmd, -1, "all")
	o.addInput(cmd)
	o.addFormat(cmd)
	return cmd
}

// verifyJSON is the document of krait verify; see docs/json.md.
type verifyJSON struct {
	Schema   string         `json:"schema"`
	File     text           `json:"file"`
	Python   string         `json:"python"`
	Proven   bool           `json:"proven"`
	Objects  int            `json:"objects"`
	Size     int            `json:"bytecode_bytes"`
	Findings []refusalJSON  `json:"findings,omitempty"`
	Explain  []explanations `json:"explain,omitempty"`
}

type refusalJSON struct {
	QualName text   `json:"qualname"`
	Line     int    `json:"firstlineno"`
	Offset   *int   `json:"offset,omitempty"`
	Rule     string `json:"rule"`
	Message  text   `json:"message"`
	Found    text   `json:"found,omitempty"`
	Want     text   `json:"want,omitempty"`
	Path     []int  `json:"path,omitempty"`
}

type explanations struct {
	QualName text       `json:"qualname"`
	Line     int        `json:"firstlineno"`
	Steps    []stepJSON `json:"steps"`
}

type stepJSON struct {
	Offset  int    `json:"offset"`
	Opname  string `json:"opname"`
	Arg     int    `json:"arg"`
	Reached bool   `json:"reached"`
	Stack   []text `json:"stack,omitempty"`
	Unbound []text `json:"unbound,omitempty"`
	Blocks  []text `json:"blocks,omitempty"`
}

// verify verifies the code of one file and prints what comes of it.
func (r *runner) verify(in *input, data []byte, sel *selection, explain bool) error {
	root, objs, err := r.selected(data, sel)
	if err != nil {
		return err
	}
	list := nodes(objs, sel.depth)
	doc := verifyJSON{
		Schema: "krait.verify/1", File: text(in.name), Python: objs[0].Version.String(),
		Objects: len(list),
	}
	var b strings.Builder
	refused := 0
	for _, n := range list {
		var rep *verify.Report
		var steps []verify.Step
		if explain {
			rep, steps = verify.Explain(n.obj)
		} else {
			rep = verify.One(n.obj)
		}
		if n.obj == root {
			rep.Findings = append(rep.Findings, verify.CheckModule(root)...)
		}
		doc.Size += rep.Size
		if explain {
			fmt.Fprintf(&b, "%s, line %d:\n", visible(n.qualname), n.obj.FirstLine)
			e := explanations{QualName: text(n.qualname), Line: n.obj.FirstLine}
			for i := range steps {
				s := &steps[i]
				b.WriteString(visible(s.String()) + "\n")
				e.Steps = append(e.Steps, stepJSON{s.Offset, s.Opname, s.Oparg, s.Reached,
					texts(s.Stack), texts(s.Unbound), texts(s.Blocks)})
			}
			doc.Explain = append(doc.Explain, e)
			b.WriteByte('\n')
		}
		if !rep.OK() {
			refused++
		}
		for i := range rep.Findings {
			f := &rep.Findings[i]
			fj := refusalJSON{
				QualName: text(n.qualname), Line: n.obj.FirstLine, Rule: string(f.Rule),
				Message: text(f.Message), Found: text(f.Found), Want: text(f.Want), Path: f.Path,
			}
			if f.Offset >= 0 {
				fj.Offset = &f.Offset
			}
			doc.Findings = append(doc.Findings, fj)
			fmt.Fprintf(&b, "%s, line %d: %s\n", visible(n.qualname), n.obj.FirstLine, visible(f.String()))
			if len(f.Path) > 1 {
				fmt.Fprintf(&b, "  path: %s\n", pathText(f.Path))
			}
		}
	}
	doc.Proven = refused == 0
	if r.opts.json() {
		if err := writeJSON(r.out, &doc); err != nil {
			return err
		}
	} else {
		r.begin(in)
		r.out.WriteString(b.String())
		if doc.Proven {
			fmt.Fprintf(r.out, "proven: %s, %d bytes of bytecode\n", counted(len(list), "code object"), doc.Size)
		}
	}
	if doc.Proven {
		return nil
	}
	return shown(fmt.Errorf("not proven: %s in %d of %s", counted(len(doc.Findings), "finding"), refused,
		counted(len(list), "code object")))
}

// counted returns "1 finding" or "2 findings".
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprint(n, " ", what)
}

// pathText writes offsets as "0 -> 12 -> 40".
func pathText(path []int) string {
	words := make([]string, len(path))
	for i, n := range path {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, " -> ")
}
