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

// imageMax is the size of the largest image that is read.
const imageMax = 64 << 20

// Image returns the image of the modules that the interpreter needs at its start, which the program has made before; if there
// is none that it can use it makes one. An error says why there can be none: everything works without, but slower.
func (p *Place) Image() (*image.Image, error) {
	id, err := p.imageID()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(p.dir, imageName)
	if data, err := readOwn(path); err == nil {
		if im, err := image.Open(data, id); err == nil {
			if p.Mapped != nil {
				p.Mapped(data)
			}
			return im, nil
		}
	}
	data, err := importer.Image(p.lib, id)
	if err != nil {
		return nil, err
	}
	im, err := image.Open(data, id)
	if err != nil {
		return nil, err
	}
	return im, atomicfile.Replace(path, data, 0o600)
}

// imageID is the number of what an image depends on: the build of krait, which the first bytes of its file tell (they have the linker's build
// ID) beside its size and time, and the library, whose os.py is another one when the library is. The place is that of one program and one library anyhow.
func (p *Place) imageID() (uint64, error) {
	h := fnv.New64a()
	f, err := os.Open(p.exe)
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
	lib, err := os.Stat(filepath.Join(p.lib.Dir, "os.py"))
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(h, "%d %d %d %d", st.Size(), st.ModTime().UnixNano(), lib.Size(), lib.ModTime().UnixNano())
	return h.Sum64(), nil
}

// errForeign is the error for a file that somebody else may have written.
var errForeign = errors.New("belongs to somebody else")

// readOwn returns the contents of a file that nobody but the user can have written. The file may be mapped, not read: nothing that krait does
// makes such a file shorter; others take its place.
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
	return contents(f, int(st.Size()))
}
