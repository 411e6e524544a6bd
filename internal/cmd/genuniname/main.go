// Command genuniname makes internal/uniname/names.bin from the Unicode database
// of a CPython 3.14.
//
//	go run ./internal/cmd/genuniname PYTHON OUT
package main

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

//go:embed names.py
var script string

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: genuniname PYTHON OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "genuniname:", err)
		os.Exit(1)
	}
}

func run(python, out string) error {
	cmd := exec.Command(python, "-I", "-c", script)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return err
	}
	packed, err := pack(string(text))
	if err != nil {
		return err
	}
	return os.WriteFile(out, packed, 0o644)
}

// pack turns lines of a name and the number of a character into what package
// uniname reads.
func pack(text string) ([]byte, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	data := binary.AppendUvarint(nil, uint64(len(lines)))
	var codes []byte
	last, lastCode := "", int64(0)
	for _, line := range lines {
		name, hex, _ := strings.Cut(line, "\t")
		code, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		shared := 0
		for shared < min(len(name), len(last)) && name[shared] == last[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(name)-shared))
		data = append(data, name[shared:]...)
		codes = binary.AppendVarint(codes, code-lastCode)
		last, lastCode = name, code
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(append(data, codes...)); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
