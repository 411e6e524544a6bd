package cli

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden parts of scripts and of docs/json.md")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"krait": func() { os.Exit(Run(os.Args[1:], OSEnv())) },
	})
}

// Each script runs in a directory with copies of testdata/example and of
// testdata/pyc.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			for _, dir := range []string{"../../testdata/example", "testdata/pyc"} {
				files, err := filepath.Glob(dir + "/*.py*")
				if err != nil {
					return err
				}
				for _, name := range files {
					data, err := os.ReadFile(name)
					if err != nil {
						return err
					}
					if err := os.WriteFile(filepath.Join(env.WorkDir, filepath.Base(name)), data, 0o666); err != nil {
						return err
					}
				}
			}
			return nil
		},
	})
}
