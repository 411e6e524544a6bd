package library

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/image"
)

// modules keeps images of the library's modules, each in a file of the place.
type modules struct {
	dir    string
	id     uint64
	source string // the library's directory and a separator
	mapped func(data []byte)

	mu   sync.Mutex
	open map[image.Sum]*image.Image
}

// Modules returns a store of the place for modules of its library.
func (p *Place) Modules() (image.Store, error) {
	id, err := p.imageID()
	if err != nil {
		return nil, err
	}
	return &modules{dir: filepath.Join(p.dir, modulesName), id: id, source: p.lib.Dir + string(filepath.Separator), mapped: p.Mapped, open: map[image.Sum]*image.Image{}}, nil
}

func (m *modules) path(sum image.Sum) string { return filepath.Join(m.dir, hex.EncodeToString(sum[:])) }

// Load returns the image of a module.
func (m *modules) Load(sum image.Sum) *image.Image {
	m.mu.Lock()
	defer m.mu.Unlock()
	if im := m.open[sum]; im != nil {
		return im
	}
	data, err := readOwn(m.path(sum))
	if err != nil {
		return nil
	}
	im, err := image.Open(data, m.id)
	if err != nil {
		return nil
	}
	m.open[sum] = im
	if m.mapped != nil {
		m.mapped(data)
	}
	return im
}

// Keep writes the image of a module. Without it the next run takes longer.
func (m *modules) Keep(sum image.Sum, o *code.Object) {
	data, err := image.Make([]image.Source{{Name: "", Code: o}}, m.id)
	if err != nil {
		return // there is something in it that images cannot hold
	}
	if os.MkdirAll(m.dir, 0o700) == nil {
		atomicfile.Replace(m.path(sum), data, 0o600)
	}
}

// Covers reports whether a file is one of the library. What is installed below it may change often, and old images would stay.
func (m *modules) Covers(file string) bool {
	name, ok := strings.CutPrefix(file, m.source)
	return ok && !strings.HasPrefix(name, "site-packages") && !strings.HasPrefix(name, "dist-packages")
}
