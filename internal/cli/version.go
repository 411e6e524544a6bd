package cli

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/pyver"
)

func newVersion(env *Env) *cobra.Command {
	o := newOptions(env)
	cmd := &cobra.Command{
		Use:   "version [flags]",
		Short: "print krait's version and the Python versions it reads",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return printVersion(env.Stdout, o.json())
		},
	}
	o.addFormat(cmd)
	return cmd
}

// versionJSON is the document of krait version; see docs/json.md.
type versionJSON struct {
	Schema   string   `json:"schema"`
	Version  string   `json:"version"`
	Revision string   `json:"revision,omitempty"`
	Go       string   `json:"go"`
	Platform string   `json:"platform"`
	Pythons  []string `json:"pythons"`
}

// releaseOf returns the version that a build was made of.
func releaseOf(info *debug.BuildInfo) string {
	if m := info.Main.Version; m != "" && m != "(devel)" {
		return m
	}
	return "devel"
}

func printVersion(w io.Writer, asJSON bool) error {
	v := versionJSON{
		Schema:   "krait.version/1",
		Version:  "devel",
		Go:       runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Pythons:  versionWords(),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version = releaseOf(info)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Revision = s.Value
			}
		}
	}
	if asJSON {
		b := bufio.NewWriter(w)
		if err := writeJSON(b, v); err != nil {
			return err
		}
		return b.Flush()
	}
	revision := ""
	if v.Revision != "" {
		revision = ", revision " + v.Revision[:min(12, len(v.Revision))]
	}
	all := pyver.All()
	_, err := fmt.Fprintf(w, "krait %s (%s, %s%s)\nreads Python %v and %v to %v\n",
		v.Version, v.Go, v.Platform, revision, all[0], all[1], all[len(all)-1])
	return err
}
