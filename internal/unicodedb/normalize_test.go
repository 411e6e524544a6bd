package unicodedb

import (
	_ "embed"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

//go:embed testdata/normal.py
var normalPy string

const normalGolden = "testdata/normal.txt"

func fromHexes(t *testing.T, s string) string {
	t.Helper()
	var b []byte
	for part := range strings.SplitSeq(s, ".") {
		r, err := strconv.ParseInt(part, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		b = AppendRune(b, rune(r))
	}
	return string(b)
}

func testNormal(t *testing.T, lines string) {
	t.Helper()
	bad := 0
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		field := strings.Split(line, ";")
		v := V16
		if field[0] == V32.String() {
			v = V32
		}
		text := fromHexes(t, field[1])
		got := []byte(field[0] + ";" + field[1])
		for _, f := range []Form{NFC, NFD, NFKC, NFKD} {
			got = hexes(append(got, ';'), v.Normalize(f, text))
		}
		for _, f := range []Form{NFC, NFD, NFKC, NFKD} {
			got = append(got, ';', digit(v.IsNormalized(f, text)))
		}
		if string(got) != line {
			t.Errorf("got\n%s\nwant\n%s", got, line)
			if bad++; bad > 5 {
				t.FailNow()
			}
		}
	}
}

func TestNormalize(t *testing.T) {
	if *update {
		if err := os.WriteFile(normalGolden, []byte(ask(t, normalPy+"\nresult = '\\n'.join(lines(60, 1)) + '\\n'")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(normalGolden)
	if err != nil {
		t.Fatal(err)
	}
	testNormal(t, string(golden))
}

func TestNormalizeLive(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	testNormal(t, ask(t, fmt.Sprintf("%s\nresult = '\\n'.join(lines(20000, %d)) + '\\n'", normalPy, 2)))
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"", "a", "e\u0301", "\u1100\u1161\u11A8", "\xED\xA0\x80\u0301", "\xff\xed", "\uFDFA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, v := range []Version{V16, V32} {
			for _, form := range []Form{NFC, NFD, NFKC, NFKD} {
				once := v.Normalize(form, s)
				if v == V16 && v.Normalize(form, once) != once {
					t.Errorf("form %d of %q is not stable", form, s)
				}
			}
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	ready := strings.Repeat("Größe über Ähnlichkeit, naïve café. ", 30)
	apart := V16.Normalize(NFD, ready)
	for _, c := range []struct {
		name string
		form Form
		text string
	}{{"NFC-done", NFC, ready}, {"NFC", NFC, apart}, {"NFD", NFD, ready}, {"NFKC-done", NFKC, ready}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				V16.Normalize(c.form, c.text)
			}
		})
	}
}

func BenchmarkFlags(b *testing.B) {
	text := "Größe über 中文字符 αβγ кириллица"
	for b.Loop() {
		n := 0
		for _, r := range text {
			if IsAlpha(r) {
				n++
			}
		}
		if n == 0 {
			b.Fatal()
		}
	}
}
