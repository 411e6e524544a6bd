package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/pycdiff"
	"github.com/krait-py/krait/pyc"
)

// exitTrouble is the exit status of krait diff when an input could not be
// read; exitFailed then says that the inputs differ.
const exitTrouble = 2

// errTrouble says that inputs could not be compared, and that each of them has
// been reported.
var errTrouble = errors.New("some inputs could not be compared")

func newDiffCommand(env *Env) *cobra.Command {
	o := newOptions(env)
	ignore := levels{}
	quiet := false
	cmd := &cobra.Command{
		Use:   "diff [flags] A B",
		Short: "explain how two .pyc files differ",
		Long: `Say how two .pyc files differ, in the highest terms that are true: the header,
reference flags, the order of constants, file names, the encoding of tables, line
numbers, and what not; or which instructions of which function. Jumps are
compared by where they lead, so that one instruction more is one line more.

A and B may also be directories or archives. Their files are paired by name, not
counting a tag such as .cpython-314, and those that are the same only counted.

What --ignore takes, from what matters least:

  header     any field of the header        stacksize  co_stacksize
  trailing   bytes behind the code          flags      co_flags
  refs       reference flags, type codes    version    of Python: then bytecode
  order      of constants and names                    is not compared
  encoding   tables that say the same       names      of variables and code
  filenames  co_filename                    signature  parameters
  columns    positions within lines         constants  that one of them has
  lines      line numbers                   handlers   exception tables
                                            code       instructions
                                            functions  that one of them has

The exit status is 0 if the files are the same but for what is ignored, 1 if
they differ, 2 if there is trouble.`,
		Example: `  $ krait diff old.pyc new.pyc
  $ krait diff --ignore header,refs,filenames build1/ build2/
  $ krait diff -q --ignore header a.whl b.whl || echo not reproducible`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("want two files, directories or archives, not %d", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			d := &differ{opts: o, ignore: ignore, quiet: quiet, out: bufio.NewWriter(env.Stdout)}
			err := d.run(args[0], args[1])
			if ferr := d.out.Flush(); ferr != nil {
				return ferr
			}
			return err
		},
	}
	cmd.Flags().Var(&ignore, "ignore", "do not count differences of these `LEVELS`, separated by commas")
	complete(cmd, "ignore", levelWords()...)
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "print nothing: the exit status says it")
	o.addInput(cmd)
	o.addFormat(cmd)
	return cmd
}

// levels is the value of --ignore.
type levels []pycdiff.Level

func levelWords() []string {
	var words []string
	for _, l := range pycdiff.Levels() {
		words = append(words, string(l))
	}
	return words
}

func (l *levels) String() string {
	var words []string
	for _, level := range *l {
		words = append(words, string(level))
	}
	return strings.Join(words, ",")
}
func (l *levels) Type() string { return "LEVELS" }

func (l *levels) Set(s string) error {
	for word := range strings.SplitSeq(s, ",") {
		if !slices.Contains(levelWords(), word) {
			return suggest(fmt.Errorf("no such level: %q", word), word, levelWords())
		}
		*l = append(*l, pycdiff.Level(word))
	}
	return nil
}

// differ is one krait diff.
type differ struct {
	opts   *options
	ignore levels
	quiet  bool
	out    *bufio.Writer

	tree                       bool // of directories or archives
	trouble                    bool
	pairs, same, differ, alone int
}

// pairJSON is the document of krait diff for a pair of files; see docs/json.md.
type pairJSON struct {
	Schema   string        `json:"schema"`
	A        text          `json:"a,omitempty"`
	B        text          `json:"b,omitempty"`
	Same     bool          `json:"same"`
	Summary  text          `json:"summary"`
	Levels   []string      `json:"levels"`
	Ignored  []string      `json:"ignored,omitempty"`
	Findings []findingJSON `json:"findings"`
	Error    text          `json:"error,omitempty"`
}

type findingJSON struct {
	Level string `json:"level"`
	Code  text   `json:"code,omitempty"`
	Text  text   `json:"text"`
	Diff  []text `json:"diff,omitempty"`
}

const diffSchema = "krait.diff/1"

// run compares what the arguments a and b lead to.
func (d *differ) run(a, b string) error {
	limit := int64(d.opts.maxSize)
	as := findInputs(d.opts.env, []string{a}, limit, d.opts.optimize)
	defer as.close()
	bs := findInputs(d.opts.env, []string{b}, limit, d.opts.optimize)
	defer bs.close()
	switch {
	case as.single && bs.single:
		if err := d.pair(&as.list[0], &bs.list[0]); err != nil {
			return err
		}
	case as.single != bs.single:
		report(d.opts.env.Stderr, "", fmt.Errorf("%s is one file and %s is not", visible(single(as, a, b)), visible(single(bs, a, b))))
		d.trouble = true
	default:
		if err := d.trees(as.list, bs.list, a, b); err != nil {
			return err
		}
	}
	switch {
	case d.trouble:
		return errTrouble
	case d.differ+d.alone > 0:
		return errFailed
	}
	return nil
}

// single returns the argument that is one file if in is that, else the other.
func single(in *inputs, a, b string) string {
	if in.single {
		return a
	}
	return b
}

// trees compares the files of two directories or archives, paired by name.
func (d *differ) trees(as, bs []input, rootA, rootB string) error {
	d.tree = true
	as, ka := keyed(as, rootA)
	bs, kb := keyed(bs, rootB)
	byKey := map[string]*input{}
	for i, k := range kb {
		byKey[k] = &bs[i]
	}
	for i, k := range ka {
		other := byKey[k]
		delete(byKey, k)
		var err error
		if other == nil {
			err = d.only(&as[i], nil)
		} else {
			err = d.pair(&as[i], other)
		}
		if err != nil {
			return err
		}
	}
	for i, k := range kb {
		if byKey[k] == nil {
			continue
		}
		if err := d.only(nil, &bs[i]); err != nil {
			return err
		}
	}
	if d.quiet || d.opts.json() {
		return nil
	}
	text := fmt.Sprintf("%s: %d the same, %d different", count(d.pairs, "pair"), d.same, d.differ)
	if d.alone > 0 {
		text += fmt.Sprintf("; %s without partner", count(d.alone, "file"))
	}
	_, err := d.out.WriteString(text + "\n")
	return err
}

// tag is what Python puts into the names of files in __pycache__.
var tag = regexp.MustCompile(`\.(cpython|pypy)-?\d+(\.opt-\d)?(\.py[co])$`)

// keyed returns the inputs with the names that they are paired by: those below
// root, without tag where that leaves them different.
func keyed(list []input, root string) ([]input, []string) {
	full, bare := make([]string, len(list)), make([]string, len(list))
	seen := map[string]bool{}
	for i, in := range list {
		name := strings.ReplaceAll(in.name, "\\", "/")
		name = strings.TrimPrefix(strings.TrimPrefix(name, path.Clean(strings.ReplaceAll(root, "\\", "/"))), "/")
		full[i] = name
		bare[i] = tag.ReplaceAllString(name, "$2$3")
		seen[bare[i]] = true
	}
	if len(seen) == len(list) {
		return list, bare
	}
	return list, full
}

// only reports a file that has no partner.
func (d *differ) only(a, b *input) error {
	in, which := a, "first"
	if a == nil {
		in, which = b, "second"
	}
	if in.err != nil {
		d.fail(in, in.err)
		return nil
	}
	d.alone++
	if d.quiet {
		return nil
	}
	if !d.opts.json() {
		_, err := fmt.Fprintf(d.out, "%s: only in the %s\n", visible(in.name), which)
		return err
	}
	doc := pairJSON{Schema: diffSchema, Summary: text("only in the " + which), Levels: []string{}, Findings: []findingJSON{}}
	if a != nil {
		doc.A = text(a.name)
	} else {
		doc.B = text(b.name)
	}
	return writeJSON(d.out, doc)
}

// fail reports an input that cannot be compared.
func (d *differ) fail(in *input, err error) {
	d.trouble = true
	d.out.Flush()
	report(d.opts.env.Stderr, in.name, err)
}

func (d *differ) pair(a, b *input) error {
	d.pairs++
	var files [2]*pyc.File
	var failed error
	for i, in := range []*input{a, b} {
		f, err := d.read(in)
		if err != nil {
			d.fail(in, err)
			failed = err
		}
		files[i] = f
	}
	var result *pycdiff.Result
	if failed == nil {
		var err error
		if result, err = pycdiff.Compare(files[0], files[1]); err != nil {
			d.fail(a, err)
			failed = err
		}
	}
	if failed != nil {
		if d.opts.json() && !d.quiet {
			msg, _ := describe(failed)
			return writeJSON(d.out, pairJSON{Schema: diffSchema, A: text(a.name), B: text(b.name),
				Summary: "cannot be compared", Levels: []string{}, Findings: []findingJSON{}, Error: text(msg)})
		}
		return nil
	}
	result.Ignore(d.ignore)
	if result.Same() {
		d.same++
	} else {
		d.differ++
	}
	switch {
	case d.quiet:
		return nil
	case d.opts.json():
		return writeJSON(d.out, newPairJSON(a, b, result))
	case d.tree && result.Same():
		return nil // the last line counts them
	}
	return printPair(d.out, a, b, result)
}

func (d *differ) read(in *input) (f *pyc.File, err error) {
	if in.err != nil {
		return nil, in.err
	}
	data, err := in.open(int64(d.opts.maxSize))
	if err != nil {
		return nil, err
	}
	f, err = d.opts.read(data)
	if err == nil && f.Header == nil {
		err = errors.New("no header: the file begins with a code object")
	}
	return f, err
}

func newPairJSON(a, b *input, r *pycdiff.Result) pairJSON {
	doc := pairJSON{Schema: diffSchema, A: text(a.name), B: text(b.name), Same: r.Same(), Summary: text(r.Summary()),
		Levels: []string{}, Findings: []findingJSON{}}
	for _, l := range r.Found() {
		doc.Levels = append(doc.Levels, string(l))
	}
	for _, l := range r.Ignored {
		doc.Ignored = append(doc.Ignored, string(l))
	}
	for _, f := range r.Findings {
		doc.Findings = append(doc.Findings, findingJSON{string(f.Level), text(f.Where), text(f.Text), texts(f.Diff)})
	}
	return doc
}

// printPair prints the result for two files: a line that says it all, and if
// they differ what was found, by code object.
func printPair(w io.Writer, a, b *input, r *pycdiff.Result) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s: %s\n", visible(a.name), visible(b.name), visible(r.Summary()))
	where := ""
	for _, f := range r.Findings {
		if f.Where != where && f.Where != "" {
			fmt.Fprintf(&out, "  %s\n", visible(f.Where))
		}
		where = f.Where
		indent := "  "
		if where != "" {
			indent = "    "
		}
		fmt.Fprintf(&out, "%s%s: %s\n", indent, f.Level, visible(f.Text))
		for _, line := range f.Diff {
			fmt.Fprintf(&out, "%s  %s\n", indent, visible(line))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}
