package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

func newShow(env *Env) *cobra.Command {
	o := newOptions(env)
	sel := &selection{}
	all := false
	cmd := &cobra.Command{
		Use:   "show [flags] FILE...",
		Short: "show names, constants and flags of code, as dis.show_code does",
		Long: `Show what dis.show_code of the Python version that made a file prints for its
code object: argument counts, flags, constants, names and variables.

The code object is the module's, or with --name that of a function or class.
Nested code follows with --all or --depth N, separated by empty lines.`,
		Example: `  $ krait show --name Greeter.__init__ testdata/example/hello.pyc
  Name:              __init__
  Filename:          hello.py
  Argument count:    2
  Positional-only arguments: 0
  Kw-only arguments: 0
  Number of locals:  2
  Stack size:        2
  Flags:             OPTIMIZED, NEWLOCALS, METHOD
  Constants:
     0: None
  Names:
     0: greeting
  Variable names:
     0: self
     1: greeting

  $ krait show --all --format json module.pyc | jq '.code[].stacksize'`,
		Args:              needInput,
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sel.check(cmd); err != nil {
				return err
			}
			if all && cmd.Flags().Changed("depth") {
				return usagef(cmd.CommandPath(), "--all and --depth exclude each other")
			}
			if all {
				sel.depth = -1
			}
			return forEach(o, args, "krait.show/1", func(r *runner, in *input, data []byte) error {
				return r.show(in, data, sel)
			})
		},
	}
	sel.addFlags(cmd, 0, "0")
	cmd.Flags().BoolVarP(&all, "all", "a", false, "show all nested code, too")
	o.addInput(cmd)
	o.addFormat(cmd)
	return cmd
}

// show prints the code objects of one file.
func (r *runner) show(in *input, data []byte, sel *selection) error {
	root, objs, err := r.selected(data, sel)
	if err != nil {
		return err
	}
	list := nodes(objs, sel.depth)
	if r.opts.json() {
		doc, damage := newShowJSON(in, list, reprLimit)
		if err := writeJSON(r.out, doc); err != nil {
			return err
		}
		return shown(damage)
	}
	r.begin(in)
	addresses := dis.NewAddresses(root)
	for i, n := range list {
		if i > 0 {
			r.out.WriteByte('\n')
		}
		if err := dis.ShowCode(r.out, n.obj, addresses); err != nil {
			return err
		}
	}
	return nil
}

// showJSON is the document of krait show; see docs/json.md.
type showJSON struct {
	Schema string     `json:"schema"`
	File   text       `json:"file"`
	Python string     `json:"python"`
	Code   []codeJSON `json:"code"`
}

type codeJSON struct {
	ID              int         `json:"id"`
	Parent          *int        `json:"parent,omitempty"`
	Name            text        `json:"name"`
	QualName        text        `json:"qualname"`
	Filename        text        `json:"filename"`
	FirstLine       int         `json:"firstlineno"`
	ArgCount        int         `json:"argcount"`
	PosOnlyArgCount int         `json:"posonlyargcount"`
	KwOnlyArgCount  int         `json:"kwonlyargcount"`
	NLocals         int         `json:"nlocals"`
	StackSize       int         `json:"stacksize"`
	Flags           uint32      `json:"flags"`
	FlagNames       []string    `json:"flag_names"`
	Consts          []constJSON `json:"consts"`
	Names           []text      `json:"names"`
	VarNames        []text      `json:"varnames"`
	CellVars        []text      `json:"cellvars"`
	FreeVars        []text      `json:"freevars"`
	CodeSize        int         `json:"code_bytes"`
	Error           text        `json:"error,omitempty"`
}

// constJSON is a constant: its type, and either its repr or, for code, its
// name, and its id where the document has it.
type constJSON struct {
	Type string `json:"type"`
	Repr text   `json:"repr,omitempty"`
	Name text   `json:"name,omitempty"`
	Code *int   `json:"code,omitempty"`
}

// reprLimit is how long the text of all constants of a document may be, in
// bytes: values that share others can be much longer than the file.
const reprLimit = 64 << 20

// newShowJSON returns the document, in which constants have up to left bytes of
// text, and the first thing that is wrong with it.
func newShowJSON(in *input, list []node, left int) (doc showJSON, damage error) {
	doc = showJSON{Schema: "krait.show/1", File: text(in.name), Python: list[0].obj.Version.String()}
	ids := nodeIDs(list)
	for i, n := range list {
		c, err := newCodeJSON(i, n, ids, &left)
		if err != nil && damage == nil {
			damage = err
		}
		doc.Code = append(doc.Code, c)
	}
	return doc, damage
}

func newCodeJSON(id int, n node, ids map[*code.Object]int, left *int) (c codeJSON, damage error) {
	o := n.obj
	c = codeJSON{
		ID:              id,
		Name:            text(code.Text(o.Name)),
		QualName:        text(n.qualname),
		Filename:        text(code.Text(o.Filename)),
		FirstLine:       o.FirstLine,
		ArgCount:        o.ArgCount,
		PosOnlyArgCount: o.PosOnlyArgCount,
		KwOnlyArgCount:  o.KwOnlyArgCount,
		StackSize:       o.StackSize,
		Flags:           uint32(o.Flags),
		FlagNames:       []string{},
		Consts:          []constJSON{},
		Names:           texts(o.GlobalNames()),
		VarNames:        texts(o.Locals()),
		CellVars:        texts(o.Cells()),
		FreeVars:        texts(o.Frees()),
	}
	c.NLocals = o.LocalCount()
	if o.Flags != 0 {
		c.FlagNames = strings.Split(o.Flags.Names(o.Version), ", ")
	}
	for i := range o.Consts.Len() {
		k, err := newConstJSON(o.Consts.Items[i], o.Version, ids, left)
		if err != nil && damage == nil {
			damage = fmt.Errorf("%s: constant %d: %w", n.qualname, i, err)
			c.Error = text(damage.Error())
		}
		c.Consts = append(c.Consts, k)
	}
	if n.parent >= 0 {
		c.Parent = &n.parent
	}
	if o.Code != nil {
		c.CodeSize = len(o.Code.S)
	}
	return c, damage
}

func newConstJSON(v code.Value, py pyver.Version, ids map[*code.Object]int, left *int) (constJSON, error) {
	c := constJSON{Type: code.TypeName(v, py)}
	if o, ok := v.(*code.Object); ok {
		c.Name = text(o.NameText())
		if id, ok := ids[o]; ok {
			c.Code = &id
		}
		return c, nil
	}
	b, err := pyrepr.Append(nil, v, pyrepr.Options{Version: py, Limit: max(*left, 1)})
	*left -= len(b)
	c.Repr = text(b)
	return c, err
}
