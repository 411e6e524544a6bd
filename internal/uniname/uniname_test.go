package uniname

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

func TestRune(t *testing.T) {
	for _, c := range []struct {
		name string
		want rune // 0: there is none
	}{
		{"DIGIT ONE", '1'}, {"digit One", '1'}, {"LATIN SMALL LETTER E WITH ACUTE", 'é'},
		{"LF", '\n'}, {"NO-BREAK SPACE", 0xA0}, {"NBSP", 0xA0}, {"BELL", 0x1F514}, {"ALERT", 7},
		{"HANGUL SYLLABLE GA", 0xAC00}, {"HANGUL SYLLABLE HIH", 0xD7A3}, {"HANGUL SYLLABLE A", 0xC544}, {"HANGUL SYLLABLE GGEOBS", 0xAECE},
		{"CJK UNIFIED IDEOGRAPH-4E00", 0x4E00}, {"cjk unified ideograph-323af", 0x323AF}, {"CJK COMPATIBILITY IDEOGRAPH-F900", 0xF900},
		{"TANGUT IDEOGRAPH-17000", 0x17000}, {"TANGUT COMPONENT-001", 0x18800}, {"NUSHU CHARACTER-1B2FB", 0x1B2FB},
		{"KHITAN SMALL SCRIPT CHARACTER-18CFF", 0x18CFF}, {"EGYPTIAN HIEROGLYPH-13460", 0x13460}, {"EGYPTIAN HIEROGLYPH A001", 0x13000},
		{"", 0}, {" DIGIT ONE", 0}, {"DIGIT  ONE", 0}, {"DIGIT ON", 0}, {"DIGIT ONES", 0}, {"KEYCAP DIGIT ONE", 0},
		{"HANGUL SYLLABLE ", 0}, {"HANGUL SYLLABLE X", 0}, {"HANGUL SYLLABLE GAX", 0},
		{"CJK UNIFIED IDEOGRAPH-04E00", 0}, {"CJK UNIFIED IDEOGRAPH-4DFFF", 0}, {"CJK UNIFIED IDEOGRAPH-", 0}, {"CJK UNIFIED IDEOGRAPH-4E0G", 0}, {"CJK UNIFIED IDEOGRAPH-323B0", 0},
		{strings.Repeat("A", 121), 0}, {"é", 0}, {"\x00", 0},
	} {
		got, ok := Rune(c.name)
		if ok != (c.want != 0) || got != c.want {
			t.Errorf("Rune(%q) = %U, %v, want %U", c.name, got, ok, c.want)
		}
	}
}

// TestRuneAlone: a name is found without memory for the others.
func TestRuneAlone(t *testing.T) {
	for _, name := range []string{"LATIN SMALL LETTER E WITH ACUTE", "em dash", "A", "ZZZ"} {
		if n := testing.AllocsPerRun(10, func() { Rune(name) }); n > 1 {
			t.Errorf("Rune(%q) allocates %v times", name, n)
		}
	}
}

// TestRuneLive compares all names that Python knows.
func TestRuneLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	out, err := s.Exec(`
import unicodedata
families = ["TANGUT IDEOGRAPH", "CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "EGYPTIAN HIEROGLYPH", "NUSHU CHARACTER", "KHITAN SMALL SCRIPT CHARACTER"]
lines = []
for c in range(0x110000):
    n = unicodedata.name(chr(c), None)
    if n: lines.append(f"{n}\t{chr(c)}" if not 0xd800 <= c < 0xe000 else "")
    for f in families if 0x3400 <= c < 0x33000 else ():
        n = f"{f}-{c:X}"
        try: unicodedata.lookup(n)
        except KeyError: pass
        else: lines.append(f"{n}\t{chr(c)}")
result = "\n".join(lines)
`)
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	derived := map[string]bool{}
	for line := range strings.SplitSeq(out, "\n") {
		name, char, _ := strings.Cut(line, "\t")
		known++
		if r, ok := Rune(name); !ok || string(r) != char {
			t.Errorf("Rune(%q) = %U, %v, want %q", name, r, ok, char)
		}
		derived[name] = true
	}
	if known < 150_000 {
		t.Errorf("%d names, want more", known)
	}
	for _, f := range families {
		for _, span := range f.ranges {
			for r := span[0]; r <= span[1]; r++ {
				name := f.prefix + strings.ToUpper(hex(r))
				if !derived[name] {
					t.Errorf("%s is no name", name)
				}
			}
		}
	}
}

// TestNameLive compares the names of all characters, and what namereplace writes.
func TestNameLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	out, err := s.Exec(`
import unicodedata
def replacement(c):
    b = chr(c).encode("ascii", "namereplace")
    return b[3:-1].decode() if b[:2] == b"\\N" else ""
result = "".join(unicodedata.name(chr(c), "") + "\t" + replacement(c) + "\n" for c in range(0x80, 0x110000))
`)
	if err != nil {
		t.Fatal(err)
	}
	r := rune(0x80)
	for line := range strings.Lines(out) {
		name, _ := Name(r)
		replacement, _ := Replacement(r)
		if got := name + "\t" + replacement + "\n"; got != line {
			t.Fatalf("%U: got %q, want %q", r, got, line)
		}
		r++
	}
	if r != 0x110000 {
		t.Errorf("compared up to %U", r)
	}
}

func TestLookup(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"digit one", "1"}, {"LF", "\n"}, {"KEYCAP DIGIT ONE", "1\uFE0F\u20E3"}, {"Keycap Digit One", "1\uFE0F\u20E3"},
		{"MODIFIER LETTER EXTRA-LOW EXTRA-HIGH CONTOUR TONE BAR", "\u02E9\u02E5"}, {"KEYCAP DIGIT TEN", ""}, {"", ""},
	} {
		if got, ok := Lookup(c.name); got != c.want || ok != (c.want != "") {
			t.Errorf("Lookup(%q) = %q, %v, want %q", c.name, got, ok, c.want)
		}
	}
	if !IsAlias("lf") || IsAlias("DIGIT ONE") {
		t.Error("lf is an alias, DIGIT ONE is none")
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		r    rune
		want string
	}{
		{'1', "DIGIT ONE"}, {'\n', ""}, {0x1F600, "GRINNING FACE"}, {0xD7A3, "HANGUL SYLLABLE HIH"}, {0x4E00, "CJK UNIFIED IDEOGRAPH-4E00"},
		{0x17000, ""}, {0x01A2, "LATIN CAPITAL LETTER OI"}, {-1, ""}, {0x110000, ""}, {0xD800, ""}, {0xF0000, ""},
	} {
		if got, ok := Name(c.r); got != c.want || ok != (c.want != "") {
			t.Errorf("Name(%U) = %q, %v, want %q", c.r, got, ok, c.want)
		}
	}
	if got, _ := Replacement(0xF0000); got != "NULL" {
		t.Errorf("the first alias is %q", got)
	}
}

func hex(r rune) string {
	const digits = "0123456789abcdef"
	var b []byte
	for ; r > 0; r >>= 4 {
		b = append([]byte{digits[r&15]}, b...)
	}
	return string(b)
}

func FuzzRune(f *testing.F) {
	for _, s := range []string{"DIGIT ONE", "HANGUL SYLLABLE GAG", "CJK UNIFIED IDEOGRAPH-4E00", "-", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := Rune(s)
		if b, same := Rune(strings.ToUpper(s)); ok && len(s) == len(strings.ToUpper(s)) && (a != b || !same) {
			t.Errorf("%q: case matters", s)
		}
	})
}

func BenchmarkRune(b *testing.B) {
	for b.Loop() {
		Rune("LATIN SMALL LETTER E WITH ACUTE")
	}
}
