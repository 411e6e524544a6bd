package source

import "testing"

func TestNewFile(t *testing.T) {
	for _, c := range []struct {
		text, want string
		noNewline  bool
	}{
		{"", "", false},
		{"x", "x\n", true},
		{"x\n", "x\n", false},
		{"x\r\ny\rz", "x\ny\nz\n", true},
		{"\r", "\n", false},
		{"\r\r\n\n", "\n\n\n", false},
		{"x\x00y\n", "x\n", true},
	} {
		f := NewFile("f.py", c.text)
		if f.Text != c.want || f.NoNewline != c.noNewline {
			t.Errorf("NewFile(%q) has %q, %v, want %q, %v", c.text, f.Text, f.NoNewline, c.want, c.noNewline)
		}
	}
}

func TestLines(t *testing.T) {
	f := NewFile("f.py", "a\nbé c\n\nd")
	for n, want := range []string{"", "a\n", "bé c\n", "\n", "d", ""} {
		if got := f.Line(n); got != want {
			t.Errorf("Line(%d) = %q, want %q", n, got, want)
		}
	}
	for at, want := range map[int]int{0: 1, 1: 1, 2: 2, 7: 2, 8: 3, 9: 4, 10: 4} {
		if got := f.LineAt(at); got != want {
			t.Errorf("LineAt(%d) = %d, want %d", at, got, want)
		}
	}
	for _, c := range []struct{ line, col, want int }{{2, 0, 0}, {2, 3, 2}, {2, 99, 5}, {2, -1, 0}, {9, 4, 0}} {
		if got := f.Column(c.line, c.col); got != c.want {
			t.Errorf("Column(%d, %d) = %d, want %d", c.line, c.col, got, c.want)
		}
	}
	d := f.Diagnostic("SyntaxError", "bad", Span{2, 3, 2, 4})
	if d.Line != 2 || d.Col != 3 || d.EndCol != 4 || d.Text != "bé c\n" {
		t.Errorf("Diagnostic is %+v", d)
	}
}

// FuzzDecode checks what must hold of a file whatever its bytes.
func FuzzDecode(f *testing.F) {
	for _, c := range decodeCases {
		f.Add([]byte(c))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := string(data)
		file, d := Decode("f.py", data)
		if (file == nil) == (d == nil) {
			t.Fatal("want a file or an error")
		}
		if d != nil && (d.Type != "SyntaxError" || d.Message == "") {
			t.Fatalf("odd error %+v", d)
		}
		for _, g := range []*File{file, NewFile("f.py", before)} {
			if g == nil {
				continue
			}
			for i := range len(g.Text) {
				if c := g.Text[i]; c == 0 || c == '\r' {
					t.Fatalf("%q in the text", c)
				}
			}
			if n := len(g.Text); n > 0 && g.Text[n-1] != '\n' {
				t.Fatal("the last line does not end")
			}
		}
		if raw, d := DecodeLenient("f.py", data); (raw == nil) == (d == nil) {
			t.Fatal("want a file or an error from DecodeLenient")
		}
		if string(data) != before {
			t.Fatal("the bytes were changed")
		}
	})
}
