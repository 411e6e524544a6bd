package conformance

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Archive holds the goldens of one version: for each source the .pyc that the
// interpreter made of it and the texts of some kinds. On disk it is a
// tar.gz whose first entry, named "about", is About; "x.py/pyc" and
// "x.py/dis" follow for a source x.py.
type Archive struct {
	About string // the interpreter and the command that made this
	Files []ArchiveFile
}

// ArchiveFile is the goldens of one source.
type ArchiveFile struct {
	Source string // path below testdata/py
	PYC    []byte
	Texts  map[Kind]string
}

// maxArchive bounds what an archive may unpack to.
const maxArchive = 256 << 20

// Write writes the archive; the same archive always gives the same bytes.
func (a *Archive) Write(w io.Writer) error {
	zw, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	tw := tar.NewWriter(zw)
	var firstErr error
	add := func(name string, data []byte) {
		err := tw.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o644, Size: int64(len(data))})
		if err == nil {
			_, err = tw.Write(data)
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	add("about", []byte(a.About))
	for _, f := range a.Files {
		add(f.Source+"/pyc", f.PYC)
		var kinds []Kind
		for k := range f.Texts {
			kinds = append(kinds, k)
		}
		slices.Sort(kinds)
		for _, k := range kinds {
			add(f.Source+"/"+string(k), []byte(f.Texts[k]))
		}
	}
	if firstErr != nil {
		return firstErr
	}
	if err := tw.Close(); err != nil {
		return err
	}
	return zw.Close()
}

// ReadArchive reads what [Archive.Write] wrote.
func ReadArchive(data []byte) (*Archive, error) {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	tr := tar.NewReader(io.LimitReader(zr, maxArchive))
	a := &Archive{}
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return a, nil
		}
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(tr)
		if err != nil {
			return nil, err
		}
		if h.Name == "about" {
			a.About = string(body)
			continue
		}
		slash := strings.LastIndexByte(h.Name, '/')
		if slash < 0 {
			return nil, fmt.Errorf("goldens: an entry %q", h.Name)
		}
		source, kind := h.Name[:slash], h.Name[slash+1:]
		if n := len(a.Files); n == 0 || a.Files[n-1].Source != source {
			a.Files = append(a.Files, ArchiveFile{Source: source, Texts: map[Kind]string{}})
		}
		f := &a.Files[len(a.Files)-1]
		if kind == "pyc" {
			f.PYC = body
		} else {
			f.Texts[Kind(kind)] = string(body)
		}
	}
}
