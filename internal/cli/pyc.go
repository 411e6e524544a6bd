package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

func newPyc(env *Env) *cobra.Command {
	o := newOptions(env)
	source, dump := "", false
	cmd := &cobra.Command{
		Use:   "pyc [flags] FILE...",
		Short: "show a .pyc file's header and sizes, and whether it is stale",
		Long: `Show what a .pyc file says about itself: the Python version, how it is bound to
its source, how large its parts are and what is in them.

The source is looked for where Python would look: beside the file, or one
directory up from __pycache__. If it is there, or given with --source, krait
says whether importing would take the file for stale, and why.

With --dump, every byte of the file and what it is for; docs/pyc-format.md
explains such a dump.`,
		Example: `  $ krait pyc testdata/example/hello.pyc
  file              testdata/example/hello.pyc, 1640 bytes
  python            3.14 (magic number 3627)
  made from         source with hash 84cc0d1afb4300f9 (checked on import)
  source            testdata/example/hello.py: fresh
  header            16 bytes
  marshal data      1624 bytes: 90 values, 25 references
  code              6 code objects, 3 levels deep
    bytecode        506 bytes, 160 instructions
    line tables     204 bytes
    exceptions      50 bytes
  values            38 str, 20 bytes, 19 tuple, 6 NoneType, 6 code, 1 int

  $ krait pyc --source src/m.py build/m.cpython-314.pyc
  $ krait pyc --dump module.pyc | less
  $ krait pyc --format json lib | jq -r 'select(.source.status == "stale").file'`,
		Args:              needInput,
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("source") && len(args) > 1 {
				return usagef(cmd.CommandPath(), "--source goes with one FILE, not with %d", len(args))
			}
			if dump && source != "" {
				return usagef(cmd.CommandPath(), "--dump and --source exclude each other")
			}
			if dump {
				return forEach(o, args, "krait.dump/1", (*runner).dump)
			}
			return forEach(o, args, "krait.pyc/1", func(r *runner, in *input, data []byte) error {
				return r.pyc(in, data, source)
			})
		},
	}
	cmd.Flags().StringVar(&source, "source", "", "compare with the source `PATH`")
	cmd.Flags().BoolVar(&dump, "dump", false, "print every byte of the file and what it is for")
	o.addInput(cmd)
	o.addFormat(cmd)
	return cmd
}

// pycJSON is the document of krait pyc; see docs/json.md.
type pycJSON struct {
	Schema      string      `json:"schema"`
	File        text        `json:"file"`
	Size        int         `json:"size"`
	Python      string      `json:"python"`
	Magic       uint16      `json:"magic"`
	Release     string      `json:"release,omitempty"`
	HeaderSize  int         `json:"header_bytes"`
	Validation  string      `json:"validation"` // timestamp, checked-hash or unchecked-hash
	ModTime     *uint32     `json:"mtime,omitempty"`
	SourceSize  *uint32     `json:"source_size,omitempty"`
	Hash        string      `json:"source_hash,omitempty"`
	MarshalSize int         `json:"marshal_bytes,omitempty"`
	Trailing    int         `json:"trailing_bytes,omitempty"`
	Source      *sourceJSON `json:"source,omitempty"`
	Stats       *stats      `json:"stats,omitempty"`
	Error       text        `json:"error,omitempty"`

	version pyver.Version
}

// pyc prints what there is to know of one file. When only the header can be
// read, it prints that, and returns the error.
func (r *runner) pyc(in *input, data []byte, source string) error {
	if r.opts.python != 0 && isBare(data) {
		return hintf(errors.New("no header: the file begins with a code object"), "krait dis and krait show read it, with --python")
	}
	h, err := pyc.ReadHeader(data, pyc.Options{Version: pyver.Version(r.opts.python)})
	if err != nil {
		return r.opts.explain(err, isBare(data))
	}
	doc := newPycJSON(in, data, h)
	if doc.Source, err = findSource(in, h, source, int64(r.opts.maxSize)); err != nil {
		return err
	}
	f, err := r.opts.read(data)
	if f != nil {
		st := newStats(f.Value, h.Version)
		doc.Stats = &st
		doc.Trailing = len(f.Trailing)
		doc.MarshalSize = len(data) - h.Len() - doc.Trailing
	}
	if err != nil {
		doc.Error = text(err.Error())
	}
	if r.opts.json() {
		if werr := writeJSON(r.out, doc); werr != nil {
			return werr
		}
		return shown(err)
	}
	r.begin(in)
	doc.print(r.out)
	return err
}

func newPycJSON(in *input, data []byte, h *pyc.Header) *pycJSON {
	doc := &pycJSON{
		Schema:     "krait.pyc/1",
		File:       text(in.name),
		Size:       len(data),
		Python:     h.Version.String(),
		Magic:      h.Magic,
		HeaderSize: h.Len(),
		Validation: "timestamp",
		version:    h.Version,
	}
	if m, ok := pyver.ByMagic(h.Magic); ok {
		doc.Release = m.Release
	}
	switch {
	case isHashed(h):
		doc.Validation = "unchecked-hash"
		if h.Flags&pyc.CheckSource != 0 {
			doc.Validation = "checked-hash"
		}
		doc.Hash = hexHash(h.Hash)
	default:
		doc.ModTime = &h.ModTime
		if h.Version >= pyver.Py33 {
			doc.SourceSize = &h.SourceSize
		}
	}
	return doc
}

// findSource compares the file with the source given, or else with that found
// where Python would look. It returns nil for what has no place in the file
// system.
func findSource(in *input, h *pyc.Header, given string, limit int64) (*sourceJSON, error) {
	if given != "" {
		s, err := compareSource(h, given, limit)
		if err != nil {
			msg, _ := describe(err)
			return nil, fmt.Errorf("--source %s: %s", shellQuote(given), msg)
		}
		return s, nil
	}
	if in.path == "" {
		return nil, nil
	}
	path := sourceOf(in.path)
	s, err := compareSource(h, path, limit)
	if errors.Is(err, fs.ErrNotExist) {
		return &sourceJSON{Path: text(path), Status: "missing"}, nil
	}
	if err != nil {
		// It is there, but cannot be read; that is not the .pyc's fault.
		msg, _ := describe(err)
		return &sourceJSON{Path: text(path), Status: "missing", Detail: msg}, nil
	}
	return s, nil
}

// print writes doc as text: a line for each fact, its name in front.
func (doc *pycJSON) print(w io.Writer) {
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%-18s%s\n", name, fmt.Sprintf(format, args...))
	}
	row("file", "%s, %s", visible(string(doc.File)), count(doc.Size, "byte"))
	release := ""
	if doc.Release != "" && doc.Release != doc.Python {
		release = ", that of " + doc.Release
	}
	row("python", "%s (magic number %d%s)", doc.Python, doc.Magic, release)
	switch doc.Validation {
	case "timestamp":
		text := time.Unix(int64(*doc.ModTime), 0).UTC().Format("2006-01-02 15:04:05 UTC")
		if doc.SourceSize != nil {
			text += ", " + count(int(*doc.SourceSize), "byte")
		}
		row("made from", "source of %s", text)
	case "checked-hash":
		row("made from", "source with hash %s (checked on import)", doc.Hash)
	default:
		row("made from", "source with hash %s (not checked on import)", doc.Hash)
	}
	if doc.Source != nil {
		row("source", "%s", doc.Source)
	}
	row("header", "%s", count(doc.HeaderSize, "byte"))
	s := doc.Stats
	if s == nil {
		return
	}
	row("marshal data", "%s: %s, %s", count(doc.MarshalSize, "byte"), count(s.Values, "value"), count(s.References, "reference"))
	if doc.Trailing > 0 {
		row("trailing data", "%s behind the code, which Python ignores", count(doc.Trailing, "byte"))
	}
	row("code", "%s, %s deep", count(s.Objects, "code object"), count(s.Depth, "level"))
	row("  bytecode", "%s, %s", count(s.Bytecode, "byte"), count(s.Instructions, "instruction"))
	row("  line tables", "%s", count(s.LineTables, "byte"))
	if doc.version >= pyver.Py311 {
		row("  exceptions", "%s", count(s.ExceptionTables, "byte"))
	}
	var types []string
	for _, t := range s.Types {
		types = append(types, fmt.Sprintf("%d %s", t.Count, t.Type))
	}
	row("values", "%s", strings.Join(types, ", "))
}

// count returns n and the noun, in the plural where it belongs.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
