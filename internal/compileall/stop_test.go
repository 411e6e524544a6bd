package compileall

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/krait-py/krait/source"
)

// stopper stops the run when it compiles its first file.
type stopper struct {
	stop     context.CancelFunc
	compiled *atomic.Int64
}

func (s stopper) Compile(dst []byte, name string, data []byte, optimize int) ([]byte, []*source.Diagnostic, error) {
	s.compiled.Add(1)
	s.stop()
	return append(dst, "code"...), nil, nil
}

// TestStop stops runs with many files: those under way are finished, no others begun.
func TestStop(t *testing.T) {
	dir := t.TempDir()
	for i := range 300 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("m%d.py", i)), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, workers := range []int{1, 2, 4} {
		ctx, stop := context.WithCancel(context.Background())
		var compiled atomic.Int64
		ok, err := Run(ctx, []string{dir}, Options{
			Workers: workers, Force: true, MaxLevels: 1, Stdout: io.Discard, Stderr: io.Discard,
			NewCompiler: func(int) Compiler { return stopper{stop, &compiled} },
		})
		if ok || err != context.Canceled {
			t.Errorf("%d workers: %v, %v", workers, ok, err)
		}
		if n := compiled.Load(); n == 0 || n > int64(2*workers) {
			t.Errorf("%d workers compiled %d files", workers, n)
		}
	}
}
