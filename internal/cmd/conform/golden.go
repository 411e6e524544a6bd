package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
)

// updateGoldens writes testdata/golden/VERSION.tar.gz anew for each of the
// interpreters.
func updateGoldens(ctx context.Context, interpreters []*oracle.Interpreter, w io.Writer) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	data := filepath.Join(root, "testdata")
	for _, in := range interpreters {
		a, err := golden(ctx, in, os.DirFS(filepath.Join(data, "py")))
		if err != nil {
			return fmt.Errorf("%v: %w", in.Version, err)
		}
		var b bytes.Buffer
		if err := a.Write(&b); err != nil {
			return err
		}
		path := filepath.Join(data, "golden", in.Version.String()+".tar.gz")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %d sources, %d bytes\n", filepath.Base(path), len(a.Files), b.Len())
	}
	return nil
}

// golden asks one interpreter about the sources that are its version's.
func golden(ctx context.Context, in *oracle.Interpreter, sources fs.FS) (*conformance.Archive, error) {
	a := &conformance.Archive{About: fmt.Sprintf(
		"made by: go run ./internal/cmd/conform -update\nfrom: testdata/py\npython: %s\n",
		strings.ReplaceAll(in.Banner, "\n", " "))}
	s := in.Start(oracle.Config{})
	defer s.Close()
	files, err := walk(sources)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		source, err := f.read()
		if err != nil {
			return nil, err
		}
		must, may := conformance.SourceVersions(f.name, source, in.Version)
		if !may {
			continue
		}
		data, err := s.Compile(source, "testdata/py/"+f.name, 0)
		var e *oracle.Error
		if errors.As(err, &e) && e.Kind == "SyntaxError" && !must {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		kinds := conformance.EveryKind(in.Version)
		texts, err := conformance.Oracle(s, data, kinds)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		entry := conformance.ArchiveFile{Source: f.name, PYC: data, Texts: map[conformance.Kind]string{}}
		for i, k := range kinds {
			if !k.Bytes() {
				entry.Texts[k] = conformance.GoldenText(in.Version, k, texts[i])
			}
		}
		a.Files = append(a.Files, entry)
	}
	return a, nil
}

// moduleRoot returns the directory of go.mod above the working directory.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod above the working directory: run this in the repository")
		}
		dir = parent
	}
}
