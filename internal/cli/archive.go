package cli

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// zipSignature starts every zip file that has a member and nothing in front.
const zipSignature = "PK\x03\x04"

// What an archive may ask of us. Deflate reaches 1030:1 on zeros; bytecode
// stays far below 100:1, so more than that, in a member large enough to hurt,
// is no bytecode.
const (
	maxRatio       = 100
	ratioExemption = 1 << 20 // bytes; smaller members may have any ratio
)

// isArchiveName reports whether a file of this name is a zip file: .zip, a
// wheel, an egg or a zipapp.
func isArchiveName(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".zip", ".whl", ".egg", ".pyz":
		return true
	}
	return false
}

// addArchiveFile adds the .pyc members of the archive at path.
func (in *inputs) addArchiveFile(path string, limit int64) {
	f, err := os.Open(path)
	if err != nil {
		in.fail(path, err)
		return
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err == nil && st.Size() > limit {
		err = tooLarge(fmt.Sprintf("%d bytes", st.Size()), limit)
	}
	if err != nil {
		f.Close()
		in.fail(path, err)
		return
	}
	in.closers = append(in.closers, f)
	in.addArchive(path, f, st.Size())
}

// addArchive adds the .pyc members of a zip file, sorted by name. A member's
// name is shown as zipimport would show it: as if the archive were a directory.
func (in *inputs) addArchive(name string, r io.ReaderAt, size int64) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		in.fail(name, fmt.Errorf("not a readable zip archive: %w", err))
		return
	}
	var members []*zip.File
	var packed uint64
	sources := 0
	for _, m := range z.File {
		switch {
		case isPycName(m.Name):
			members = append(members, m)
			packed += min(m.CompressedSize64, 1<<62/uint64(len(z.File)))
		case isSourceName(m.Name):
			sources++
		}
	}
	if len(members) == 0 {
		in.fail(name, noMembers(name, sources))
		return
	}
	if packed > uint64(size) {
		in.fail(name, fmt.Errorf("members overlap: they claim %d compressed bytes of an archive of %d", packed, size))
		return
	}
	slices.SortStableFunc(members, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, m := range members {
		in.list = append(in.list, input{name: name + "/" + m.Name, size: int64(min(m.UncompressedSize64, 1<<62)), open: func(limit int64) ([]byte, error) {
			return readMember(m, limit)
		}})
	}
}

func noMembers(name string, sources int) error {
	err := errors.New("no .pyc members in this archive")
	if sources == 0 {
		return err
	}
	return hintf(fmt.Errorf("%w, only source (%d .py)", err, sources),
		"install or unpack it, compile it with: python -m compileall DIR\nthen name that directory to krait")
}

// readMember decompresses a member, unless it is larger or denser than
// bytecode can be. What the directory of the archive says of the size is
// checked here and held against the data by archive/zip.
func readMember(m *zip.File, limit int64) ([]byte, error) {
	if m.UncompressedSize64 > uint64(limit) {
		return nil, tooLarge(fmt.Sprintf("%d bytes uncompressed", m.UncompressedSize64), limit)
	}
	if m.UncompressedSize64 > ratioExemption && m.UncompressedSize64/maxRatio > m.CompressedSize64 {
		return nil, fmt.Errorf("refused: %d bytes compressed to %d, more than %d to 1, look like a zip bomb",
			m.UncompressedSize64, m.CompressedSize64, maxRatio)
	}
	r, err := m.Open()
	if err != nil {
		if m.Flags&1 != 0 {
			err = errors.New("encrypted")
		}
		return nil, fmt.Errorf("zip member: %w", err)
	}
	defer r.Close()
	data, err := readLimited(r, min(limit, int64(m.UncompressedSize64)))
	if err != nil {
		return nil, fmt.Errorf("zip member: %w", err)
	}
	return data, nil
}
