package cli

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/pyver"
)

// byteSize is the value of a flag: a number of bytes, written 4096, 512K,
// 64MiB or 1GB. Units are powers of 1024, however they are spelt.
type byteSize int64

const sizeUnits = "KMGT"

// String returns b in the largest unit that divides it.
func (b byteSize) String() string {
	unit := ""
	for i := 0; i < len(sizeUnits) && b >= 1024 && b%1024 == 0; i++ {
		b /= 1024
		unit = sizeUnits[i:i+1] + "iB"
	}
	return strconv.FormatInt(int64(b), 10) + unit
}

// Set reads s.
func (b *byteSize) Set(s string) error {
	unit := strings.TrimLeft(s, "0123456789")
	n, err := strconv.ParseInt(s[:len(s)-len(unit)], 10, 64)
	unit = strings.ToUpper(unit)
	unit = strings.TrimSuffix(unit, "B")
	unit = strings.TrimSuffix(unit, "I")
	shift := 0
	if unit != "" {
		i := strings.Index(sizeUnits, unit)
		if i < 0 || len(unit) != 1 {
			err = strconv.ErrSyntax
		}
		shift = 10 * (i + 1)
	}
	if err != nil || n <= 0 || n > math.MaxInt64>>(shift+1) {
		return fmt.Errorf("want a size such as 64M or 1GiB")
	}
	*b = byteSize(n << shift)
	return nil
}

// Type names the value in help texts.
func (b *byteSize) Type() string { return "SIZE" }

// choice is the value of a flag that takes one of a few words.
type choice struct {
	value string
	words []string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return strings.Join(c.words, "|") }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return fmt.Errorf("want %s", strings.Join(c.words, ", "))
	}
	c.value = s
	return nil
}

// version is the value of --python; zero when the flag is not given.
type version pyver.Version

func (v *version) String() string {
	if *v == 0 {
		return ""
	}
	return pyver.Version(*v).String()
}
func (v *version) Type() string { return "VERSION" }

func (v *version) Set(s string) error {
	w, err := pyver.Parse(s)
	*v = version(w)
	return err
}

// options are the flags that mean the same in several commands. A command has
// those that its add functions were called for.
type options struct {
	env     *Env
	format  choice
	color   choice
	python  version
	maxSize byteSize
	// optimize is the level for which source files are compiled.
	optimize int
}

func newOptions(env *Env) *options {
	return &options{
		env:     env,
		format:  choice{"text", []string{"text", "json"}},
		color:   choice{"auto", []string{"auto", "always", "never"}},
		maxSize: 1 << 30,
	}
}

func (o *options) json() bool { return o.format.value == "json" }

// addFormat adds --format.
func (o *options) addFormat(cmd *cobra.Command) {
	cmd.Flags().Var(&o.format, "format", "print `FORMAT`: text or json (see docs/json.md)")
	complete(cmd, "format", o.format.words...)
}

// addColor adds --color.
func (o *options) addColor(cmd *cobra.Command) {
	cmd.Flags().Var(&o.color, "color", "colour the text `WHEN`: auto (on a terminal, unless NO_COLOR is set), always or never")
	complete(cmd, "color", o.color.words...)
}

// addPython adds --python.
func (o *options) addPython(cmd *cobra.Command, usage string) {
	cmd.Flags().Var(&o.python, "python", usage)
	complete(cmd, "python", versionWords()...)
}

// addInput adds the flags of commands that read .pyc files.
func (o *options) addInput(cmd *cobra.Command) {
	o.addPython(cmd, "read the file as one of Python `VERSION`, whatever its magic number says")
	cmd.Flags().Var(&o.maxSize, "max-size", "refuse files and archive members of more than `SIZE` bytes")
	cmd.Flags().IntVar(&o.optimize, "optimize", 0, "compile source files for optimization `LEVEL` 0, 1 or 2")
}

// complete tells the shell's completion the words a flag takes.
func complete(cmd *cobra.Command, flag string, words ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist: a bug here, found by the first test
	}
}

// completeInputs offers the files that commands read.
func completeInputs(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return []cobra.Completion{"pyc", "pyo", "py", "zip", "whl", "egg", "pyz"}, cobra.ShellCompDirectiveFilterFileExt
}

func versionWords() []string {
	var words []string
	for _, v := range pyver.All() {
		words = append(words, v.String())
	}
	return words
}
