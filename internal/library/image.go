package library

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"

	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/image"
	"github.com/krait-py/krait/internal/importer"
)

// imageSuffix ends the names of images, imageMax is the size of the largest one that is read.
const (
	imageSuffix = ".image"
	imageMax    = 64 << 20
)

// Image returns the image of the modules that the interpreter needs at its start, which exe, this program, has made of the library l before; if there
// is none it makes one. An error says why there can be none: everything works without, but slower.
func Image(exe string, l *importer.Lib) (*image.Image, error) {
	cache, err := CacheDir()
	if err != nil {
		return nil, err
	}
	id, err := imageID(exe, l)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(cache, fmt.Sprintf("start-%016x%s", id, imageSuffix))
	if data, err := readOwn(path); err == nil {
		if im, err := image.Open(data, id); err == nil {
			return im, nil
		}
	}
	data, err := importer.Image(l, id)
	if err != nil {
		return nil, err
	}
	im, err := image.Open(data, id)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return nil, err
	}
	return im, atomicfile.Replace(path, data, 0o600)
}

// imageID is the number of what an image depends on: the build of krait, which the first bytes of its file tell (they have the linker's build
// ID) beside its size and time, and the library, whose os.py is another one when the library is.
func imageID(exe string, l *importer.Lib) (uint64, error) {
	h := fnv.New64a()
	f, err := os.Open(exe)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	h.Write(head[:n])
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	lib, err := os.Stat(filepath.Join(l.Dir, "os.py"))
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(h, "%s\x00%d %d\x00%s\x00%d %d", exe, st.Size(), st.ModTime().UnixNano(), l.Dir, lib.Size(), lib.ModTime().UnixNano())
	return h.Sum64(), nil
}

// errForeign is the error for a file that somebody else may have written.
var errForeign = errors.New("belongs to somebody else")

// readOwn reads a file that nobody but the user can have written.
func readOwn(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() || st.Size() > imageMax || !isOwn(st) {
		return nil, errForeign
	}
	data := make([]byte, st.Size())
	_, err = io.ReadFull(f, data)
	return data, err
}
