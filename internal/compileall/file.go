package compileall

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// fileCompiler is what one worker needs.
type fileCompiler struct {
	o         *Options
	alone     bool // no other goroutine works meanwhile
	compilers *compilers
	desk      int
	made      *directories
	replacer  *atomicfile.Replacer
	// Memory that serves one file after another.
	src, buf []byte
}

// directories are those that are known to be there, for all workers.
type directories struct {
	mu   sync.Mutex
	made map[string]bool // true: by this run, so that there is nothing in them that it has not written
}

func (d *directories) lookup(dir string) (made, known bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	made, known = d.made[dir]
	return made, known
}

// add notes a directory, unless one worker has made it while another one found it there.
func (d *directories) add(dir string, made bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.made == nil {
		d.made = map[string]bool{}
	}
	d.made[dir] = d.made[dir] || made
}

// input is a source file.
type input struct {
	atomicfile.Info
	data []byte
	err  error // of reading it
}

// maxKept is how much memory for a file is kept for the next one.
const maxKept = 1 << 20

// compile compiles a file for all levels and reports whether that went well.
func (f *fileCompiler) compile(j *job) bool {
	o := f.o
	shown := f.shownAs(j)
	if o.Skip != nil && o.Skip(j.path) || o.LimitLinks != "" && linksOutside(j.path, o.LimitLinks) {
		return true
	}
	if !isSource(j.path) {
		return true
	}
	var in input
	if o.Force {
		regular := false
		if in.data, in.Info, regular, in.err = atomicfile.Read(j.path, f.src, f.alone); !regular {
			return true
		}
	} else {
		st, err := os.Stat(j.path)
		if err != nil || !st.Mode().IsRegular() {
			return true
		}
		in.Info = atomicfile.InfoOf(st)
	}
	outs := make([]string, len(o.Levels))
	for i, level := range o.Levels {
		if o.Legacy {
			outs[i] = j.path + "c"
		} else {
			outs[i] = cachePath(j.path, level, o.CachePrefix)
		}
	}
	if !o.Force {
		if fresh(outs, in.ModTime) {
			return true
		}
		in.data, in.err = atomicfile.ReadFile(j.path, in.Size, f.src, f.alone)
	}
	if o.Quiet == 0 {
		fmt.Fprintf(&j.out, "Compiling %s...\n", repr(j.path))
	}
	if err := f.levels(j, shown, &in, outs); err != nil {
		f.report(j, err)
		return false
	}
	return true
}

// report prints an error as compileall does.
func (f *fileCompiler) report(j *job, err error) {
	switch {
	case f.o.Quiet >= 2:
		return
	case f.o.Quiet == 1:
		fmt.Fprintf(&j.out, "*** Error compiling %s...\n", repr(j.path))
	default:
		j.out.WriteString("*** ")
	}
	var d *source.Diagnostic
	if errors.As(err, &d) {
		reread(d, j.path, nil)
		j.out.WriteString(f.o.Explain(d) + "\n")
		return
	}
	j.out.WriteString(osError(err) + "\n")
}

// levels writes the .pyc file of each level.
func (f *fileCompiler) levels(j *job, shown string, in *input, outs []string) error {
	if in.err != nil {
		return in.err
	}
	data := in.data
	if f.src = data; cap(data) > maxKept {
		f.src = nil
	}
	defer f.replacer.Forget()
	for i, level := range f.o.Levels {
		dir := filepath.Dir(outs[i])
		if made, _ := f.made.lookup(dir); made {
			// What is there was written here. To ask the system for a name that there is not takes it a
			// tenth of the time that the file does.
			f.replacer.LookedForNothing(outs[i])
		} else if mode, err := f.replacer.Look(outs[i]); err == nil {
			if err := checkTarget(outs[i], mode); err != nil {
				return err
			}
		}
		// Bytecode is seldom much longer than its source. To move it each time there is no more
		// room would take new memory each time.
		if n := len(data) + len(data)/2; cap(f.buf) < n {
			f.buf = make([]byte, 0, max(n, 2*cap(f.buf)))
		}
		f.buf = f.header(f.buf[:0], in)
		compiler := f.compilers.take(f.desk, len(data))
		out, diagnostics, err := compiler.Compile(f.buf, shown, data, max(level, 0))
		f.compilers.put(f.desk, compiler, len(data))
		for _, d := range diagnostics {
			if d.Severity == source.Warning && f.o.Warn != nil {
				j.err.WriteString(f.o.Warn(d, reread(d, j.path, data)))
			}
		}
		if err != nil {
			return err
		}
		f.buf = out
		if err := f.mkdir(dir); err != nil {
			return err
		}
		if i > 0 && f.o.HardlinkDupes && same(outs[i-1], out) {
			if err := replaceByLink(outs[i-1], outs[i]); err != nil {
				return err
			}
			continue
		}
		// Readers of the source may read this; its owner may write it.
		mode := (in.Perm | 0o200) & 0o666
		if err := f.replacer.Replace(outs[i], out, mode); err != nil {
			return err
		}
	}
	return nil
}

// header appends the header of the .pyc file.
func (f *fileCompiler) header(b []byte, in *input) []byte {
	magic, _ := pyver.MagicOf(target)
	h := pyc.Header{Magic: magic.Number, Version: target}
	switch f.o.Mode {
	case Timestamp:
		h.ModTime = uint32(in.ModTime.Unix())
		h.SourceSize = uint32(in.Size)
	case CheckedHash:
		h.Flags = pyc.HashBased | pyc.CheckSource
		h.Hash = pyc.SourceHash(target, in.data)
	case UncheckedHash:
		h.Flags = pyc.HashBased
		h.Hash = pyc.SourceHash(target, in.data)
	}
	return h.Append(b)
}

func (f *fileCompiler) mkdir(dir string) error {
	if _, known := f.made.lookup(dir); known {
		return nil
	}
	made := os.Mkdir(dir, 0o777) == nil
	if !made {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	f.made.add(dir, made)
	return nil
}

// shownAs returns the file name that the code object carries.
func (f *fileCompiler) shownAs(j *job) string {
	o := f.o
	strip, hasStrip, prepend, hasPrepend := o.StripDir, o.HasStripDir, o.PrependDir, o.HasPrependDir
	shown, changed := j.path, false
	if o.HasDestDir {
		if j.root == "" {
			return join(o.DestDir, filepath.Base(j.path))
		}
		strip, hasStrip, prepend, hasPrepend = j.root, true, o.DestDir, true
	}
	if hasStrip {
		sep := string(filepath.Separator)
		parts, prefix := strings.Split(j.path, sep), strings.Split(strip, sep)
		if rest, ok := cutParts(parts, prefix); ok {
			shown, changed = "", true
			for i, part := range rest {
				if i == 0 {
					shown = part
				} else {
					shown = join(shown, part)
				}
			}
		} else if o.Quiet < 2 {
			fmt.Fprintf(&j.out, "The stripdir path %s is not a valid prefix for source path %s; ignoring\n", repr(strip), repr(j.path))
		}
	}
	if hasPrepend {
		shown, changed = join(prepend, shown), true
	}
	if changed && shown == "" {
		// py_compile takes an empty name for none.
		return j.path
	}
	return shown
}

// cutParts returns what follows prefix in parts.
func cutParts(parts, prefix []string) ([]string, bool) {
	if len(prefix) > len(parts) {
		return nil, false
	}
	for i, p := range prefix {
		if parts[i] != p {
			return nil, false
		}
	}
	return parts[len(prefix):], true
}

// linksOutside reports whether path is a symbolic link that leads out of dir.
func linksOutside(path, dir string) bool {
	st, err := os.Lstat(path)
	if err != nil || st.Mode()&fs.ModeSymlink == 0 {
		return false
	}
	real, err1 := filepath.EvalSymlinks(path)
	limit, err2 := filepath.EvalSymlinks(dir)
	if err1 != nil || err2 != nil {
		return true
	}
	real, _ = filepath.Abs(real)
	limit, _ = filepath.Abs(limit)
	rel, err := filepath.Rel(limit, real)
	return err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// fresh reports whether all files are there with the time of the source in their
// headers, which is all that compileall looks at, whatever the mode.
func fresh(outs []string, modified time.Time) bool {
	magic, _ := pyver.MagicOf(target)
	want := (&pyc.Header{Magic: magic.Number, Version: target, ModTime: uint32(modified.Unix())}).Append(nil)[:12]
	for _, name := range outs {
		var got [12]byte
		f, err := os.Open(name)
		if err != nil {
			return false
		}
		n, _ := f.Read(got[:])
		f.Close()
		if n < len(got) || !bytes.Equal(got[:], want) {
			return false
		}
	}
	return true
}

// checkTarget refuses to replace a file with a mode that is that of no regular file.
func checkTarget(path string, mode fs.FileMode) error {
	switch {
	case mode&fs.ModeSymlink != 0:
		return &existsError{path + " is a symlink and will be changed into a regular file if import writes a byte-compiled file to it"}
	case !mode.IsRegular():
		return &existsError{path + " is a non-regular file and will be changed into a regular one if import writes a byte-compiled file to it"}
	}
	return nil
}

type existsError struct{ message string }

func (e *existsError) Error() string { return "FileExistsError: " + e.message }

// same reports whether a file has the contents given.
func same(path string, data []byte) bool {
	got, err := os.ReadFile(path)
	return err == nil && bytes.Equal(got, data)
}

// replaceByLink makes path another name of the file old.
func replaceByLink(old, path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Link(old, path)
}

// reread gives a diagnostic about the file at path the text that Python shows: that of
// the file it names, which after -d, -s and -p is another one or none. It returns the
// contents of that file.
func reread(d *source.Diagnostic, path string, data []byte) []byte {
	if d.Filename == path || !d.Reread && d.Severity != source.Warning {
		return data
	}
	d.Text, d.HasText = "", false
	data, err := os.ReadFile(d.Filename)
	if err != nil {
		return nil
	}
	n := 0
	for line := range bytes.Lines(data) {
		if n++; n == d.Line {
			d.Text, d.HasText = string(line), true
		}
	}
	return data
}
