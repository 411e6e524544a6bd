package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// defaultPython is the version that krait opcodes shows unless told otherwise:
// the latest with a final release.
const defaultPython = pyver.Py314

// derived are the flags of instructions that no compiler writes into a file.
const derived = opcode.Specialized | opcode.Instrumented | opcode.Pseudo

func newOpcodes(env *Env) *cobra.Command {
	o := newOptions(env)
	diff, all := false, false
	cmd := &cobra.Command{
		Use:   "opcodes [flags] [NAME... | --diff VERSION VERSION]",
		Short: "list a version's instructions, explain one, or compare versions",
		Long: `List the instructions of a Python version: number, name, kind of operand, inline
cache entries in code units, and what they take from the evaluation stack and
leave there, the top last.

With NAMEs (or numbers), tell all there is to know of these instructions. With
--diff and two versions, tell what was added, removed and changed between them.

Instructions that the interpreter writes while it runs (specialized and
instrumented ones) and those inside the compiler only are listed with --all.`,
		Example: `  $ krait opcodes COMPARE_OP
  COMPARE_OP (Python 3.14)

  meaning   res = lhs cmp_op[oparg >> shift] rhs; from 3.13 on bit 4 asks for a bool
  number    56
  operand   compare: index into the comparisons, above flags from 3.12 on
            0 <, 32 <=, 64 ==, 96 !=, 128 >, 160 >=
  cache     1 code unit: counter 1
  stack     lhs, rhs -- res
  control   goes on with the next instruction
  family    COMPARE_OP_FLOAT
            COMPARE_OP_INT
            COMPARE_OP_STR
  in        Python 2.7 to 3.15

  $ krait opcodes --python 2.7
  $ krait opcodes --diff 3.13 3.14
  $ krait opcodes --format json | jq -r '.opcodes[] | select(.caches > 0).name'`,
		Args: cobra.ArbitraryArgs,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if diff {
				return versionWords(), cobra.ShellCompDirectiveNoFileComp
			}
			return opcodeNames(o.pythonOr(defaultPython)), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			out := bufio.NewWriterSize(env.Stdout, bufferSize)
			err := printOpcodes(out, o, cmd.CommandPath(), args, diff, all)
			if ferr := out.Flush(); err == nil {
				err = ferr
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&diff, "diff", false, "compare the two versions given as arguments")
	cmd.Flags().BoolVarP(&all, "all", "a", false, "include specialized, instrumented and pseudo-instructions; with --diff, new numbers, too")
	o.addPython(cmd, "the Python `VERSION` (default "+defaultPython.String()+", or for a NAME the latest that has it)")
	o.addFormat(cmd)
	return cmd
}

func (o *options) pythonOr(v pyver.Version) pyver.Version {
	if o.python != 0 {
		return pyver.Version(o.python)
	}
	return v
}

func printOpcodes(w io.Writer, o *options, command string, args []string, diff, all bool) error {
	switch {
	case diff && len(args) != 2:
		return usagef(command, "--diff wants two versions, such as --diff 3.13 3.14; there are %d arguments", len(args))
	case diff && o.python != 0:
		return usagef(command, "--diff and --python exclude each other")
	case diff:
		from, err1 := pyver.Parse(args[0])
		to, err2 := pyver.Parse(args[1])
		if err := errors.Join(err1, err2); err != nil {
			return &usageError{err, command}
		}
		return printDiff(w, o, from, to, all)
	case len(args) > 0:
		return printReferences(w, o, args)
	}
	t := opcode.For(o.pythonOr(defaultPython))
	var infos []*opcode.Info
	for info := range t.All() {
		if all || !info.Has(derived) {
			infos = append(infos, info)
		}
	}
	if o.json() {
		return writeJSON(w, newOpcodesJSON(t, infos))
	}
	printTable(w, t, infos)
	return nil
}

// opcodesJSON is the document of krait opcodes; see docs/json.md.
type opcodesJSON struct {
	Schema       string       `json:"schema"`
	Python       string       `json:"python"`
	Source       string       `json:"source"`
	HaveArgument uint8        `json:"have_argument"`
	ExtendedArg  uint8        `json:"extended_arg"`
	Opcodes      []opcodeJSON `json:"opcodes"`
}

type opcodeJSON struct {
	Name    string       `json:"name"`
	Number  uint16       `json:"number"`
	Meaning string       `json:"meaning,omitempty"`
	Operand string       `json:"operand"`
	Flags   []string     `json:"flags"`
	Base    string       `json:"base,omitempty"`
	Caches  uint8        `json:"caches"`
	Cache   []cacheField `json:"cache,omitempty"`
	Stack   string       `json:"stack"`
	// JumpStack is there when a taken jump leaves another stack.
	JumpStack string `json:"jump_stack,omitempty"`
}

type cacheField struct {
	Name  string `json:"name"`
	Units int    `json:"units"`
}

func newOpcodesJSON(t *opcode.Table, infos []*opcode.Info) opcodesJSON {
	doc := opcodesJSON{
		Schema:       "krait.opcodes/1",
		Python:       t.Version.String(),
		Source:       t.Source,
		HaveArgument: t.HaveArgument,
		ExtendedArg:  t.ExtendedArg,
		Opcodes:      []opcodeJSON{},
	}
	for _, info := range infos {
		doc.Opcodes = append(doc.Opcodes, newOpcodeJSON(info))
	}
	return doc
}

func newOpcodeJSON(info *opcode.Info) opcodeJSON {
	j := opcodeJSON{
		Name:    info.Name,
		Number:  info.Number,
		Meaning: info.Meaning(),
		Operand: info.Operand.String(),
		Flags:   flagWords(info.Flags),
		Caches:  info.Caches,
		Stack:   info.Stack().String(),
	}
	if info.Base != 0 {
		j.Base = info.Base.String()
	}
	for _, c := range info.CacheFields() {
		j.Cache = append(j.Cache, cacheField{c.Name, c.Entries})
	}
	if s := info.JumpStack().String(); s != j.Stack {
		j.JumpStack = s
	}
	return j
}

func flagWords(f opcode.Flags) []string {
	if f == 0 {
		return []string{}
	}
	return strings.Split(f.String(), ",")
}

// printTable writes a line for each of infos.
func printTable(w io.Writer, t *opcode.Table, infos []*opcode.Info) {
	width := len("name")
	for _, info := range infos {
		width = max(width, len(info.Name))
	}
	fmt.Fprintf(w, "Python %v: %s\n\n", t.Version, count(len(infos), "instruction"))
	fmt.Fprintf(w, "%6s  %-*s  %-11s  %5s  %s\n", "number", width, "name", "operand", "cache", "stack")
	for _, info := range infos {
		operand, caches := info.Operand.String(), strconv.Itoa(int(info.Caches))
		if info.Operand == opcode.NoOperand {
			operand = ""
		}
		if info.Caches == 0 {
			caches = ""
		}
		fmt.Fprintf(w, "%6d  %-*s  %-11s  %5s  %s\n", info.Number, width, info.Name, operand, caches, info.Stack())
	}
}

func opcodeNames(v pyver.Version) []string {
	var names []string
	for info := range opcode.For(v).All() {
		names = append(names, info.Name)
	}
	return names
}
