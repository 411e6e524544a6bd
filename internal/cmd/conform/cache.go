package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
)

// cache keeps on disk what interpreters answered: the .pyc of a source, and
// the hashes of the texts of a .pyc. A nil cache keeps nothing.
type cache struct{ dir string }

func newCache() *cache {
	return &cache{dir: filepath.Join(oracle.CacheDir(), "conform")}
}

// answer is what is kept for a source.
type answer struct {
	// Refused is the error if the source does not compile.
	Refused string `json:",omitempty"`
	// Driver identifies the driver that made the texts.
	Driver string
	// Texts holds the SHA-256 of each normalized text.
	Texts map[conformance.Kind]string
}

// path returns where the answers about a source are, without a suffix. It
// depends on everything that they depend on, the driver apart.
func (c *cache) path(in *oracle.Interpreter, f file, level int, source []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%q\n%d\n%v\n", in.Banner, in.Magic, f.name, level, f.pyc)
	h.Write(source)
	key := hex.EncodeToString(h.Sum(nil)[:16])
	return filepath.Join(c.dir, in.Release, key[:2], key[2:])
}

// load returns what is kept under path; a nil answer means nothing.
func (c *cache) load(path string) ([]byte, *answer) {
	a := c.loadAnswer(path)
	if a == nil || a.Refused != "" {
		return nil, a
	}
	pyc, err := os.ReadFile(path + ".pyc")
	if err != nil {
		return nil, nil
	}
	return pyc, a
}

// loadAnswer returns the answer that is kept under path, nil if none is.
func (c *cache) loadAnswer(path string) *answer {
	text, err := os.ReadFile(path + ".json")
	if err != nil {
		return nil
	}
	a := &answer{}
	if json.Unmarshal(text, a) != nil {
		return nil
	}
	if a.Driver != oracle.DriverID() {
		a.Driver, a.Texts = oracle.DriverID(), nil
	}
	if a.Texts == nil {
		a.Texts = map[conformance.Kind]string{}
	}
	return a
}

// store keeps an answer, and a .pyc unless it is nil. Another process may read
// meanwhile: files appear whole.
func (c *cache) store(path string, pyc []byte, a *answer) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if pyc != nil {
		if err := writeWhole(path+".pyc", pyc); err != nil {
			return err
		}
	}
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return writeWhole(path+".json", text)
}

func writeWhole(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "tmp")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}
