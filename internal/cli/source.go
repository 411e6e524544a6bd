package cli

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// sourceJSON says how a .pyc and its source agree.
type sourceJSON struct {
	Path   text   `json:"path"`
	Status string `json:"status"` // fresh, stale or missing
	// Reason is what disagrees: mtime, size or hash.
	Reason string `json:"reason,omitempty"`
	Detail string `json:"detail,omitempty"`
	// Ignored is set when importing would not notice.
	Ignored bool `json:"ignored,omitempty"`
}

// sourceOf returns where the source of the .pyc at path would be: one
// directory up from __pycache__, or beside it (PEP 3147). The name ends at its
// first dot, or in the old place at its last.
func sourceOf(path string) string {
	dir, base := filepath.Split(path)
	if parent := filepath.Clean(dir); filepath.Base(parent) == "__pycache__" {
		stem, _, _ := strings.Cut(base, ".")
		return filepath.Join(filepath.Dir(parent), stem+".py")
	}
	return filepath.Join(dir, strings.TrimSuffix(base, filepath.Ext(base))+".py")
}

// compareSource compares h with the source at path as importing would.
func compareSource(h *pyc.Header, path string, limit int64) (*sourceJSON, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	src := pyc.Source{ModTime: st.ModTime(), Size: st.Size()}
	if isHashed(h) {
		if src.Data, err = readFile(path, limit); err != nil {
			return nil, err
		}
		if src.Data == nil {
			src.Data = []byte{}
		}
	}
	s := &sourceJSON{Path: text(path), Status: "fresh"}
	if why, stale := h.Stale(src); stale {
		s.Status, s.Detail, s.Ignored = "stale", why.String(), why.Ignored
		s.Reason = map[pyc.Reason]string{
			pyc.StaleModTime: "mtime", pyc.StaleSize: "size", pyc.StaleHash: "hash",
		}[why.Reason]
	}
	return s, nil
}

func isHashed(h *pyc.Header) bool {
	return h.Version >= pyver.Py37 && h.Flags&pyc.HashBased != 0
}

// String says it in words, for the line "source".
func (s *sourceJSON) String() string {
	name := visible(string(s.Path))
	switch s.Status {
	case "missing":
		return "none at " + name
	case "stale":
		return name + ": stale: " + s.Detail
	}
	return name + ": fresh"
}

func hexHash(h [8]byte) string { return hex.EncodeToString(h[:]) }
