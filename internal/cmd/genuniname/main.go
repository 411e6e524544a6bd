// Command genuniname makes internal/uniname/names.bin from the Unicode database
// of a CPython 3.14.
//
//	go run ./internal/cmd/genuniname PYTHON OUT
package main

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/uniname"
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

// pack turns what names.py prints into what package uniname reads.
func pack(text string) ([]byte, error) {
	part := strings.Split(text, "=")
	if len(part) != 3 {
		return nil, fmt.Errorf("%d parts", len(part))
	}
	lines := strings.Split(strings.TrimSuffix(part[0], "\n"), "\n")
	groups := (len(lines) + uniname.Group - 1) / uniname.Group
	data := binary.LittleEndian.AppendUint32(nil, uint32(len(lines)))
	head := len(data)
	data = append(data, make([]byte, 4*(groups+1))...)
	last, lastCode := "", int64(0)
	places := map[string]int{}
	for i, line := range lines {
		name, hex, _ := strings.Cut(line, "\t")
		code, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		if i%uniname.Group == 0 {
			binary.LittleEndian.PutUint32(data[head+i/uniname.Group*4:], uint32(len(data)))
			last, lastCode = "", 0
		}
		shared := 0
		for shared < min(len(name), len(last)) && name[shared] == last[shared] {
			shared++
		}
		data = binary.AppendUvarint(data, uint64(shared))
		data = binary.AppendUvarint(data, uint64(len(name)-shared))
		data = append(data, name[shared:]...)
		data = binary.AppendVarint(data, code-lastCode)
		last, lastCode = name, code
		places[name] = i
	}
	binary.LittleEndian.PutUint32(data[head+4*groups:], uint32(len(data)))
	first, lines, err := list(part[1])
	if err != nil {
		return nil, err
	}
	data = binary.AppendUvarint(data, first)
	data = binary.AppendUvarint(data, uint64(len(lines)))
	for _, name := range lines {
		place, ok := places[name]
		if !ok {
			return nil, fmt.Errorf("alias %q is no name", name)
		}
		data = binary.AppendUvarint(data, uint64(place))
	}
	if first, lines, err = list(part[2]); err != nil {
		return nil, err
	}
	data = binary.AppendUvarint(data, first)
	data = binary.AppendUvarint(data, uint64(len(lines)))
	for _, line := range lines {
		name, hexes, _ := strings.Cut(line, "\t")
		data = binary.AppendUvarint(data, uint64(len(name)))
		data = append(data, name...)
		codes := strings.Split(hexes, ".")
		data = binary.AppendUvarint(data, uint64(len(codes)))
		for _, hex := range codes {
			code, err := strconv.ParseUint(hex, 16, 32)
			if err != nil {
				return nil, fmt.Errorf("line %q: %w", line, err)
			}
			data = binary.AppendUvarint(data, code)
		}
	}
	return data, nil
}

// list reads a part: the number of the first line, then the lines.
func list(part string) (first uint64, lines []string, err error) {
	head, rest, _ := strings.Cut(part, "\n")
	first, err = strconv.ParseUint(head, 16, 32)
	return first, strings.Split(strings.TrimSuffix(rest, "\n"), "\n"), err
}
