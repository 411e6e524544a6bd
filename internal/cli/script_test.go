package cli

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"flag"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden parts of scripts and of docs/json.md")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"krait": func() { os.Exit(Main(os.Args, OSEnv())) },
		// What sys.executable is called when the program that runs is this test.
		"python3.14": func() { os.Exit(Main(os.Args, OSEnv())) },
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
			return copyExamples(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mistake": cmdMistake,
			"status":  cmdStatus,
			"cut":     cmdCut,
			"tail":    cmdTail,
			"patch":   cmdPatch,
			"touch":   cmdTouch,
			"zip":     cmdZip,
			"bomb":    cmdBomb,
		},
	})
}

func copyExamples(to string) error {
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
			if err := os.WriteFile(filepath.Join(to, filepath.Base(name)), data, 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}

// cmdMistake runs krait with arguments that are wrong: nothing on standard
// output, exit status 2.
func cmdMistake(ts *testscript.TestScript, _ bool, args []string) {
	var out, err bytes.Buffer
	status := Run(args, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err})
	if status != exitUsage || out.Len() > 0 {
		ts.Fatalf("krait %q: status %d, output %q; want %d and none", args, status, out.String(), exitUsage)
	}
	// The output of the real command, for the checks of stderr that follow.
	if ts.Exec("krait", args...) == nil {
		ts.Fatalf("krait %q succeeds", args)
	}
}

// status N ARG...: run krait with these arguments, and want exit status N.
func cmdStatus(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec("krait", args[1:]...)
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("krait %q: exit status %d, want %d", args[1:], got, want)
	}
}

// edit writes to args[2] what f makes of the file args[1] and the number args[0].
func edit(ts *testscript.TestScript, args []string, f func(n int, data []byte) []byte) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), f(n, []byte(ts.ReadFile(args[1]))), 0o666))
}

// cut N FROM TO: the first N bytes.
func cmdCut(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args, func(n int, data []byte) []byte { return data[:n] })
}

// tail N FROM TO: all but the first N bytes.
func cmdTail(ts *testscript.TestScript, _ bool, args []string) {
	edit(ts, args, func(n int, data []byte) []byte { return data[n:] })
}

// patch N BYTE FROM TO: with another byte at offset N.
func cmdPatch(ts *testscript.TestScript, _ bool, args []string) {
	b, err := strconv.ParseUint(args[1], 0, 8)
	ts.Check(err)
	edit(ts, []string{args[0], args[2], args[3]}, func(n int, data []byte) []byte {
		data[n] = byte(b)
		return data
	})
}

// touch SECONDS FILE: set the modification time.
func cmdTouch(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	ts.Check(os.Chtimes(ts.MkAbs(args[1]), time.Unix(n, 0), time.Unix(n, 0)))
}

// zip ARCHIVE MEMBER=FILE...
func cmdZip(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, arg := range args[1:] {
		member, file, _ := strings.Cut(arg, "=")
		w, err := z.Create(member)
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(file)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

// bomb ratio|overlap ARCHIVE: a member of zeros, or several members that are
// the same bytes of the archive.
func cmdBomb(ts *testscript.TestScript, _ bool, args []string) {
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestCompression)
	ts.Check(err)
	data := make([]byte, 4<<20)
	if args[0] == "overlap" {
		data = make([]byte, 1<<20)
	}
	_, err = f.Write(data)
	ts.Check(err)
	ts.Check(f.Close())
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: "m.pyc", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(data)),
	})
	ts.Check(err)
	_, err = w.Write(packed.Bytes())
	ts.Check(err)
	ts.Check(z.Close())
	archive := b.Bytes()
	if args[0] == "overlap" {
		archive = repeatDirectory(archive, 4)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), archive, 0o666))
}

// repeatDirectory returns an archive of one member with its entry in the
// directory n times.
func repeatDirectory(archive []byte, n int) []byte {
	const endSize = 22
	le := binary.LittleEndian
	end := bytes.Clone(archive[len(archive)-endSize:])
	size, at := le.Uint32(end[12:]), le.Uint32(end[16:])
	entry := archive[at : at+size]
	le.PutUint16(end[8:], uint16(n))
	le.PutUint16(end[10:], uint16(n))
	le.PutUint32(end[12:], size*uint32(n))
	out := bytes.Clone(archive[:at])
	return append(append(out, bytes.Repeat(entry, n)...), end...)
}
