package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
)

func newDis(env *Env) *cobra.Command {
	o := newOptions(env)
	var d dis.Options
	exact := false
	sel := selection{}
	cmd := &cobra.Command{
		Use:   "dis [-C] [-O] [-P] [-S] [flags] FILE...",
		Short: "disassemble, byte for byte as that version's dis module",
		Long: `Disassemble the code of .pyc files: print what dis.dis of the Python version
that made a file prints for it, nested functions and classes included.

A FILE is a .pyc file, - for standard input, a directory (all .pyc files below
it, sorted) or an archive (.zip, .whl, .egg, .pyz). The listing of a single
.pyc is exactly dis' text; with several, a line "# FILE" precedes each.

-C and -S need a file of Python 3.11 or later, -O one of 3.13, -P one of 3.14:
earlier versions of dis cannot show this. (Before 3.13 offsets always show.)`,
		Example: `  $ krait dis --name Greeter.__init__ testdata/example/hello.pyc
    7           RESUME                   0

    8           LOAD_FAST_BORROW_LOAD_FAST_BORROW 16 (greeting, self)
                STORE_ATTR               0 (greeting)
                LOAD_CONST               0 (None)
                RETURN_VALUE

  $ krait dis -O -C module.pyc
  $ krait dis build/lib | grep LOAD_GLOBAL
  $ krait dis --format json package.whl | jq '.code[].instructions[].opname'
  $ unzip -p package.whl m/one.pyc | krait dis -`,
		Args:              needInput,
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sel.check(cmd); err != nil {
				return err
			}
			d.NoRecurse, d.Depth = sel.depth == 0, max(sel.depth, 0)
			if o.colored() {
				d.Style = &dis.ANSI
			}
			if exact && o.format.value != "asm" {
				return usagef(cmd.CommandPath(), "--exact goes with --format asm")
			}
			if o.format.value == "asm" {
				opts := asm.Options{Exact: exact, Positions: d.ShowPositions}
				return forEach(o, args, "", func(r *runner, in *input, data []byte) error {
					return r.asmText(in, data, opts, &sel)
				})
			}
			return forEach(o, args, "krait.dis/1", func(r *runner, in *input, data []byte) error {
				return r.dis(in, data, d, &sel)
			})
		},
	}
	f := cmd.Flags()
	f.BoolVarP(&d.ShowCaches, "show-caches", "C", false, "show inline caches")
	f.BoolVarP(&d.ShowOffsets, "show-offsets", "O", false, "show instruction offsets")
	f.BoolVarP(&d.ShowPositions, "show-positions", "P", false, "show instruction positions")
	f.BoolVarP(&d.Adaptive, "specialized", "S", false, "show specialized bytecode")
	sel.addFlags(cmd, -1, "all")
	o.addInput(cmd)
	o.format.words = append(o.format.words, "asm")
	o.addFormat(cmd)
	f.Lookup("format").Usage = "print `FORMAT`: text, json (see docs/json.md) or asm (see docs/asm.md)"
	f.BoolVar(&exact, "exact", false, "with --format asm, keep every byte of the file")
	o.addColor(cmd)
	return cmd
}

// dis prints the disassembly of one file.
func (r *runner) dis(in *input, data []byte, d dis.Options, sel *selection) error {
	root, objs, err := r.selected(data, sel)
	if err != nil {
		return err
	}
	d.Addresses = dis.NewAddresses(root)
	if err := d.Check(objs[0].Version); err != nil {
		return err
	}
	if r.opts.json() {
		return r.disJSON(in, objs, d, sel.depth)
	}
	r.begin(in)
	for i, o := range objs {
		r.nameOne(objs, i)
		if err := dis.Fprint(r.out, o, d); err != nil {
			return err
		}
	}
	return nil
}

// selection is what part of a file's code a command shows.
type selection struct {
	name  string
	depth int // levels of nested code to follow; negative for all
}

func (s *selection) addFlags(cmd *cobra.Command, depth int, defaultText string) {
	cmd.Flags().StringVar(&s.name, "name", "", "start at the code of this `QUALNAME`, such as Spam.eggs or f.<locals>.g")
	cmd.Flags().IntVar(&s.depth, "depth", depth, "follow nested code `N` levels deep, 0 for none")
	cmd.Flags().Lookup("depth").DefValue = defaultText
}

func (s *selection) check(cmd *cobra.Command) error {
	if cmd.Flags().Changed("depth") && s.depth < 0 {
		return usagef(cmd.CommandPath(), "--depth %d: want 0 or more", s.depth)
	}
	if cmd.Flags().Changed("name") && s.name == "" {
		return usagef(cmd.CommandPath(), "--name is empty: want a qualified name such as Spam.eggs")
	}
	return nil
}

// selected reads a file and returns its code object and those that sel starts
// at, at least one.
func (r *runner) selected(data []byte, sel *selection) (root *code.Object, objs []*code.Object, err error) {
	f, err := r.opts.read(data)
	if err != nil {
		return nil, nil, err
	}
	if sel.name == "" {
		return f.Code, []*code.Object{f.Code}, nil
	}
	objs = dis.Find(f.Code, sel.name)
	if len(objs) == 0 {
		return nil, nil, noSuchName(f.Code, sel.name)
	}
	return f.Code, objs, nil
}

// nameOne writes, where --name found several code objects, which one comes now.
func (r *runner) nameOne(objs []*code.Object, i int) {
	if len(objs) < 2 {
		return
	}
	if i > 0 {
		r.out.WriteByte('\n')
	}
	fmt.Fprintf(r.out, "# %s, line %d\n", visible(code.Text(objs[i].Name)), objs[i].FirstLine)
}

func noSuchName(o *code.Object, name string) error {
	var names []string
	for _, n := range nodes([]*code.Object{o}, -1) {
		names = append(names, n.qualname)
	}
	return noSuchQualname(name, names)
}

// noSuchQualname is the error for a name that is none of names.
func noSuchQualname(name string, names []string) error {
	err := fmt.Errorf("no code here is called %q", name)
	if near := nearest(name, names); len(near) > 0 {
		return suggest(err, name, names)
	}
	const most = 8
	if extra := len(names) - most; extra > 0 {
		names = append(names[:most:most], fmt.Sprintf("and %d more", extra))
	}
	return hintf(err, "there is %s", strings.Join(names, ", "))
}
