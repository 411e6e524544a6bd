package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/krait-py/krait/internal/oracle"
)

// Reference is a directory with sources that real runs of the module compileall
// have compiled. Sources stand in numbered trees.
type Reference struct {
	Dir         string
	Interpreter *oracle.Interpreter
}

func (r *Reference) tree(n int) string { return filepath.Join(r.Dir, fmt.Sprint("t", n)) }

// Add copies a source into a tree, under a name below it with slashes.
func (r *Reference) Add(tree int, name string, data []byte) error {
	full := filepath.Join(r.tree(tree), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, data, 0o644)
}

// Compile has one process compile sources of a tree, in the order given, at an
// optimization level. Their names are what code objects carry. Sources that are
// refused get no .pyc file.
func (r *Reference) Compile(ctx context.Context, tree, level int, names []string) error {
	// -P: the tree may have modules named like those that compileall imports.
	cmd := exec.CommandContext(ctx, r.Interpreter.Path, "-P", "-m", "compileall", "-q", "-q", "-f", "-o", fmt.Sprint(level),
		"--invalidation-mode", "unchecked-hash", "-i", "-")
	cmd.Dir = r.tree(tree)
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	cmd.Env = []string{"LC_ALL=C.UTF-8", "PYTHONWARNINGS=ignore"}
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "PYTHON") && !strings.HasPrefix(kv, "LC_") {
			cmd.Env = append(cmd.Env, kv)
		}
	}
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 && len(out) == 0 {
		return nil // some were refused
	}
	if err != nil {
		return fmt.Errorf("compileall: %w\n%s", err, out)
	}
	return nil
}

// PYC returns the .pyc file of a source that was compiled, nil if it was refused.
func (r *Reference) PYC(tree, level int, name string) ([]byte, error) {
	dir, base := path.Split(name)
	suffix := ""
	if level > 0 {
		suffix = fmt.Sprint(".opt-", level)
	}
	base = strings.TrimSuffix(base, ".py") + ".cpython-314" + suffix + ".pyc"
	data, err := os.ReadFile(filepath.Join(r.tree(tree), filepath.FromSlash(dir), "__pycache__", base))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// Alone returns the .pyc file that a process makes which compiles nothing else; nil
// if it refuses the source. The kinds that compile compare with it where the
// reference differs: CPython keeps the strings that it has interned as long as it
// runs, so whether two places of a .pyc share one can depend on the files before.
func (r *Reference) Alone(ctx context.Context, name string, data []byte, level int) ([]byte, error) {
	dir, err := os.MkdirTemp(r.Dir, "alone")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	one := &Reference{Dir: dir, Interpreter: r.Interpreter}
	if err := one.Add(0, name, data); err != nil {
		return nil, err
	}
	if err := one.Compile(ctx, 0, level, []string{name}); err != nil {
		return nil, err
	}
	return one.PYC(0, level, name)
}
