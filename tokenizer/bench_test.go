package tokenizer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// benchmarkFile is the project's own programs one after another, as often as
// it takes to fill half a megabyte. KRAIT_BENCH_SOURCE names a directory
// whose Python files are to be taken instead.
func benchmarkFile(b *testing.B) *source.File {
	dir := os.Getenv("KRAIT_BENCH_SOURCE")
	if dir == "" {
		dir = "../testdata/py"
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.py"))
	if err != nil || len(names) == 0 {
		b.Fatalf("%s: no Python files (%v)", dir, err)
	}
	var text strings.Builder
	for text.Len() < 1<<19 {
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			f, d := source.Decode(name, data)
			if d != nil {
				continue
			}
			if _, d := New(f, Options{}).Scan(nil); d == nil {
				text.WriteString(f.Text)
			}
		}
	}
	return source.NewFile("bench.py", text.String())
}

func BenchmarkScan(b *testing.B) {
	f := benchmarkFile(b)
	t := New(f, Options{})
	var tokens []token.Token
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		t.Reset(f, Options{})
		tokens, _ = t.Scan(tokens[:0])
	}
	b.ReportMetric(float64(len(f.Text))/float64(len(tokens)), "B/token")
}

func BenchmarkScanExtra(b *testing.B) {
	f := benchmarkFile(b)
	t := New(f, Options{})
	var tokens []token.Token
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		t.Reset(f, Options{Extra: true})
		tokens, _ = t.Scan(tokens[:0])
	}
}
