package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

const testdata = "../../testdata"

func readArchives(t testing.TB) map[pyver.Version]*Archive {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(testdata, "golden", "*.tar.gz"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	archives := map[pyver.Version]*Archive{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a, err := ReadArchive(data)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		v, err := pyver.Parse(strings.TrimSuffix(filepath.Base(path), ".tar.gz"))
		if err != nil {
			t.Fatal(err)
		}
		archives[v] = a
	}
	return archives
}

// TestGoldens compares krait with what the interpreters answered when the
// goldens were made.
func TestGoldens(t *testing.T) {
	for v, a := range readArchives(t) {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			for _, f := range a.Files {
				t.Run(f.Source, func(t *testing.T) {
					kinds := EveryKind(v)
					for i, got := range Krait(f.PYC, kinds) {
						k := kinds[i]
						want, ok := f.Texts[k]
						switch {
						case k.Bytes():
							if d := DifferenceBytes(string(f.PYC), got); d != "" {
								t.Errorf("%s: %s", k, d)
							}
						case !ok:
							t.Errorf("%s: the golden is missing; run conform -update", k)
						default:
							if d := GoldenDifference(want, got); d != "" {
								t.Errorf("%s: %s", k, d)
							}
						}
					}
				})
			}
		})
	}
}

// TestGoldensComplete checks that each version's goldens are those of the
// sources as they are now.
func TestGoldensComplete(t *testing.T) {
	archives := readArchives(t)
	for _, v := range pyver.All() {
		a := archives[v]
		if a == nil {
			if v == pyver.Py27 || v >= pyver.Py36 {
				t.Errorf("%v has no goldens", v)
			}
			continue
		}
		if !strings.Contains(a.About, "python: "+v.String()+".") {
			t.Errorf("%v: about says %q", v, a.About)
		}
		have := map[string][]byte{}
		for _, f := range a.Files {
			have[f.Source] = f.PYC
		}
		root := filepath.Join(testdata, "py")
		paths, err := filepath.Glob(filepath.Join(root, "*.py"))
		if err != nil {
			t.Fatal(err)
		}
		py2, err := filepath.Glob(filepath.Join(root, "py2", "*.py"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(paths, py2...) {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				t.Fatal(err)
			}
			name = filepath.ToSlash(name)
			must, _ := SourceVersions(name, source, v)
			data, ok := have[name]
			delete(have, name)
			if !ok {
				if must {
					t.Errorf("%v: no golden of %s", v, name)
				}
				continue
			}
			if v < pyver.Py37 {
				continue // nothing in the file tells its source
			}
			h, err := pyc.ReadHeader(data, pyc.Options{})
			if err != nil {
				t.Errorf("%v: %s: %v", v, name, err)
			} else if want := pyc.SourceHash(v, source); h.Hash != want {
				t.Errorf("%v: %s was another source when its golden was made", v, name)
			}
		}
		for name := range have {
			t.Errorf("%v: %s has a golden but no source", v, name)
		}
	}
}

// TestInterpreters compares krait with the interpreters that are here now, on
// code compiled without assertions and docstrings: the goldens have the other.
func TestInterpreters(t *testing.T) {
	if testing.Short() {
		t.Skip("asks interpreters")
	}
	for v, a := range readArchives(t) {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			s := in.Start(oracle.Config{})
			defer s.Close()
			for _, f := range a.Files {
				source, err := os.ReadFile(filepath.Join(testdata, "py", f.Source))
				if err != nil {
					t.Fatal(err)
				}
				data, err := s.Compile(source, f.Source, 2)
				if err != nil {
					t.Errorf("%s: %v", f.Source, err)
					continue
				}
				kinds := []Kind{RoundTrip, Rewrite, Dis}
				if all := DisFlags(v); all != "" {
					kinds = append(kinds, disKind(all))
				}
				if Show.Supports(v) {
					kinds = append(kinds, Show)
				}
				want, err := Oracle(s, data, kinds)
				if err != nil {
					t.Errorf("%s: %v", f.Source, err)
					continue
				}
				for i, got := range Krait(data, kinds) {
					if kinds[i].Bytes() {
						if d := DifferenceBytes(want[i], got); d != "" {
							t.Errorf("%s: %s: %s", f.Source, kinds[i], d)
						}
					} else if got.Err != nil {
						t.Errorf("%s: %s: %v", f.Source, kinds[i], got.Err)
					} else if d := Difference(want[i], got.Text); d != "" {
						t.Errorf("%s: %s: %s", f.Source, kinds[i], d)
					}
				}
			}
		})
	}
}
