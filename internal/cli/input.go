package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// input is one .pyc to work on: a file, standard input, or a member of an
// archive. It is read when its turn comes.
type input struct {
	name string // as shown to the user
	path string // of the file; empty for standard input and members of archives
	open func(limit int64) ([]byte, error)
	size int64 // in bytes; 0 when not known before it is read
	// err is set instead of open when the argument leads to no input.
	err error
}

// inputs is what the arguments of a command lead to.
type inputs struct {
	list []input
	// single is set when the only argument is one .pyc, whose output then
	// stands alone, without a line that names it.
	single  bool
	closers []io.Closer // archives, which stay open while their members are read
	// optimize is the level that sources are compiled for.
	optimize int
}

// close closes the archives.
func (in *inputs) close() {
	for _, c := range in.closers {
		c.Close()
	}
}

// findInputs finds the inputs that the arguments name: .pyc files, sources, which are
// compiled in memory, "-" for standard input, directories, which are searched for
// .pyc files, and archives, whose .pyc members are used. What cannot be found becomes an
// input with an error, in its place.
func findInputs(env *Env, args []string, limit int64, optimize int) *inputs {
	in := &inputs{optimize: optimize}
	plain := true
	for _, arg := range args {
		plain = in.add(env, arg, limit) && plain
	}
	in.single = len(args) == 1 && plain
	return in
}

// add adds what arg leads to, and reports whether that is one plain file.
func (in *inputs) add(env *Env, arg string, limit int64) (plain bool) {
	if arg == "-" {
		return in.addStdin(env, limit)
	}
	st, err := os.Stat(arg)
	switch {
	case err != nil:
		in.fail(arg, err)
		return true
	case st.IsDir():
		in.addDir(arg)
		return false
	case isArchiveName(arg):
		in.addArchiveFile(arg, limit)
		return false
	case isSourceName(arg):
		in.list = append(in.list, in.source(arg, st))
		return true
	}
	in.list = append(in.list, fileInput(arg, st.Size()))
	return true
}

func (in *inputs) fail(name string, err error) {
	in.list = append(in.list, input{name: name, err: err})
}

// addStdin reads standard input, which may hold a .pyc or an archive.
func (in *inputs) addStdin(env *Env, limit int64) (plain bool) {
	const name = "<stdin>"
	if isTerminal(env.Stdin) {
		in.fail(name, hintf(errors.New("standard input is a terminal"),
			"pipe a .pyc into krait, or name a file"))
		return true
	}
	data, err := readLimited(env.Stdin, limit)
	if err != nil {
		in.fail(name, err)
		return true
	}
	if bytes.HasPrefix(data, []byte(zipSignature)) {
		in.addArchive(name, bytes.NewReader(data), int64(len(data)))
		return false
	}
	in.list = append(in.list, input{name: name, open: func(int64) ([]byte, error) { return data, nil }})
	return true
}

// addDir adds the .pyc files under dir, sorted by path. Symbolic links to
// directories are not followed, so the search ends.
func (in *inputs) addDir(dir string) {
	before := len(in.list)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			in.fail(path, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && isPycName(path):
			if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
				in.list = append(in.list, fileInput(path, st.Size()))
			}
		}
		return nil
	})
	if err != nil {
		in.fail(dir, err)
	}
	if len(in.list) == before {
		in.fail(dir, hintf(errors.New("no .pyc files in this directory or below it"),
			"Python makes them with: python -m compileall %s", shellQuote(dir)))
		return
	}
	// WalkDir sorts each directory by itself; a file and a directory whose
	// names share a beginning would come in another order than their paths.
	slices.SortStableFunc(in.list[before:], func(a, b input) int { return strings.Compare(a.name, b.name) })
}

func fileInput(path string, size int64) input {
	return input{name: path, path: path, size: size, open: func(limit int64) ([]byte, error) {
		return readFile(path, limit)
	}}
}

// readFile reads a file, a pipe or a device, of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
		if st.Size() > limit {
			return nil, tooLarge(fmt.Sprintf("%d bytes", st.Size()), limit)
		}
		data := make([]byte, st.Size())
		n, err := io.ReadFull(f, data)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			err = nil // it shrank under us; what there is will say so
		}
		return data[:n], err
	}
	return readLimited(f, limit)
}

// readLimited reads all of r unless it holds more than limit bytes.
func readLimited(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, tooLarge("more", limit)
	}
	return data, nil
}

func tooLarge(found string, limit int64) error {
	return hintf(fmt.Errorf("too large: %s, and the limit is %v", found, byteSize(limit)),
		"raise the limit with --max-size")
}

// isPycName reports whether a file of this name holds bytecode: .pyc, and
// Python 2's .pyo.
func isPycName(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".pyc" || ext == ".pyo"
}

func isSourceName(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".py" || ext == ".pyw"
}

// shellQuote quotes a file name for a command that the user may copy, where
// it needs quoting. A star stays one.
func shellQuote(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("/\\:._-+*@%=,~", r) || r > 0x7f
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
