package dis_test

import (
	"bytes"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/pyver"
)

// limited counts what is written, and fails beyond a bound.
type limited struct{ left int }

func (w *limited) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// FuzzFprint gives the bytecode and tables of a code object of each version any
// bytes at all: nothing panics, the listing ends, and records and text have the
// same instructions.
func FuzzFprint(f *testing.F) {
	f.Add([]byte{128, 0, 93, 0, 44, 3, 0, 0}, []byte{0x80, 1, 2, 0xf0, 3, 4}, []byte{0x80, 1, 1, 2}, int32(1))
	f.Add([]byte{100, 0, 0, 145, 1, 0, 113, 0, 0, 83}, []byte{6, 1, 8, 255}, []byte{}, int32(7))
	f.Add([]byte{144, 255, 144, 255, 144, 255, 100, 255, 110, 4}, []byte{0, 128, 2, 1}, []byte{}, int32(-1))
	f.Fuzz(func(t *testing.T, bytecode, lines, exceptions []byte, first int32) {
		if len(bytecode)+len(lines)+len(exceptions) > 4096 {
			return
		}
		names := &code.Tuple{Items: []code.Value{&code.Str{S: "spam"}, &code.Str{S: "é"}}}
		for _, v := range pyver.All() {
			o := &code.Object{
				Version: v, FirstLine: int(first),
				Code:  &code.Bytes{S: string(bytecode)},
				Names: names, VarNames: names, FreeVars: names, CellVars: names,
				Consts:          &code.Tuple{Items: []code.Value{code.None, &code.Int{V: 7}}},
				LocalsPlusNames: names, LocalsPlusKinds: &code.Bytes{S: "\x20\x80"},
				Filename: &code.Str{S: "f"}, Name: &code.Str{S: "n"}, QualName: &code.Str{S: "q"},
				LineTable:      &code.Bytes{S: string(lines)},
				ExceptionTable: &code.Bytes{S: string(exceptions)},
			}
			opts := dis.Options{
				ShowCaches: v >= pyver.Py311, Adaptive: v >= pyver.Py311,
				ShowOffsets: v >= pyver.Py313, ShowPositions: v >= pyver.Py314,
			}
			// A row takes some 100 bytes, and there is at most one for each
			// byte of code and each entry of the exception table.
			bound := 1000 + 300*(len(bytecode)+len(exceptions))
			for _, opts := range []dis.Options{{}, opts} {
				w := limited{bound}
				if _ = dis.Fprint(&w, o, opts); w.left < 0 {
					t.Fatalf("%v: a listing of more than %d bytes", v, bound)
				}
			}
			rows := 0
			for range dis.Instructions(o, dis.Options{}) {
				rows++
			}
			var text bytes.Buffer
			_ = dis.Fprint(&text, o, dis.Options{})
			listing, _, _ := bytes.Cut(text.Bytes(), []byte("ExceptionTable:"))
			printed := 0
			for line := range bytes.Lines(listing) {
				if len(line) > 1 {
					printed++
				}
			}
			if printed != rows {
				t.Fatalf("%v: %d instructions, %d rows:\n%s", v, rows, printed, listing)
			}
			_ = dis.ShowCode(&limited{1 << 20}, o, nil)
		}
	})
}
