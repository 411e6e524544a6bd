package strs

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/methods.py
var methodsPy string

func joined(s string, spans []Span) string {
	pieces := make([]string, len(spans))
	for i, sp := range spans {
		pieces[i] = s[sp.Start:sp.End]
	}
	return strconv.Itoa(len(pieces)) + ":" + strings.Join(pieces, "|")
}

func truth(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

// made returns the function that makes what f appends.
func made(f func([]byte, string) []byte) func(string) string {
	return func(s string) string { return string(f(nil, s)) }
}

func cased(f ByteCase) func(string) string {
	return func(s string) string {
		b := make([]byte, len(s))
		f(b, s)
		return string(b)
	}
}

var textOf = map[string]func(string) string{
	"upper": made(AppendUpper), "lower": made(AppendLower), "casefold": made(AppendFolded), "title": made(AppendTitled),
	"capitalize": made(AppendCapitalized), "swapcase": made(AppendSwapped),
	"bupper": cased(BytesUpper), "blower": cased(BytesLower), "btitle": cased(BytesTitle), "bcapitalize": cased(BytesCapitalize), "bswapcase": cased(BytesSwapCase),
	"repr":  func(s string) string { return string(AppendRepr(nil, s)) },
	"brepr": func(s string) string { return string(AppendBytesRepr(nil, s)) },
	"ascii": func(s string) string { return string(AppendASCII(nil, string(AppendRepr(nil, s)))) },
	"len":   func(s string) string { return strconv.Itoa(Count(s)) },
}

var truthOf = map[string]func(string) bool{
	"isalpha": IsAlpha, "isalnum": IsAlnum, "isnumeric": IsNumeric, "isdecimal": IsDecimal, "isdigit": IsDigit, "isspace": IsSpace,
	"islower": IsLower, "isupper": IsUpper, "istitle": IsTitle, "isidentifier": IsIdentifier, "isprintable": IsPrintable, "isascii": IsASCII,
	"bisalpha": func(s string) bool { return BytesIs(s, IsByteAlpha) }, "bisalnum": func(s string) bool { return BytesIs(s, IsByteAlnum) },
	"bisdigit": func(s string) bool { return BytesIs(s, IsByteDigit) }, "bisspace": func(s string) bool { return BytesIs(s, IsByteSpace) },
	"bislower": BytesIsLower, "bisupper": BytesIsUpper, "bistitle": BytesIsTitle,
}

var sidesOf = map[string]Sides{"strip": Both, "lstrip": Left, "rstrip": Right}

func method(f []string) string {
	name, s := f[0], f[1]
	if f := textOf[name]; f != nil {
		return f(s)
	}
	if f := truthOf[name]; f != nil {
		return truth(f(s))
	}
	c := Str
	if name[0] == 'b' {
		c, name = Bytes, name[1:]
	}
	var ints [6]int
	for i := 2; i < len(f); i++ {
		ints[i], _ = strconv.Atoi(f[i])
	}
	index := func() Index {
		if IsASCII(s) {
			return nil
		}
		return MakeIndex(s, Count(s))
	}
	switch name {
	case "split":
		if len(f) == 4 {
			return joined(s, Split(nil, s, f[3], ints[2]))
		}
		return joined(s, c.SplitSpace(nil, s, ints[2]))
	case "rsplit":
		if len(f) == 4 {
			return joined(s, RSplit(nil, s, f[3], ints[2]))
		}
		return joined(s, c.RSplitSpace(nil, s, ints[2]))
	case "splitlines":
		return joined(s, c.SplitLines(nil, s, f[2] == "keep"))
	case "strip", "lstrip", "rstrip":
		if len(f) == 3 {
			return c.StripChars(s, f[2], sidesOf[name])
		}
		return c.Strip(s, sidesOf[name])
	case "partition":
		a, b, ok := Partition(s, f[2])
		if !ok {
			return "3:" + a + "||"
		}
		return "3:" + a + "|" + f[2] + "|" + b
	case "rpartition":
		a, b, ok := RPartition(s, f[2])
		if !ok {
			return "3:||" + b
		}
		return "3:" + a + "|" + f[2] + "|" + b
	case "count":
		return strconv.Itoa(CountOf(s, Count(s), f[2]))
	case "replace":
		res, n := c.Replace(s, f[2], f[3], ints[4])
		if c == Str && Count(res) != Count(s)+n*(Count(f[3])-Count(f[2])) {
			return "wrong count " + strconv.Itoa(n)
		}
		return res
	case "center":
		left, right := Center(Count(s), ints[2])
		fill, _ := Decode(f[3])
		return Pad(s, left, right, fill)
	case "zfill":
		return ZFill(s, Count(s), ints[2])
	case "expandtabs":
		res, _ := c.ExpandTabs(s, ints[2], math.MaxInt)
		return res
	case "slice":
		if ints[3] == 1 && ints[4] > 0 {
			if x := index(); x != nil {
				return s[x.Offset(s, ints[2]):x.Offset(s, ints[2]+ints[4])]
			}
		}
		return Slice(s, index(), ints[2], ints[3], ints[4])
	case "offset":
		x := MakeIndex(s, Count(s))
		i := x.Offset(s, ints[2])
		if x.Point(s, i) != ints[2] {
			return "wrong point"
		}
		return strconv.Itoa(i)
	case "translate":
		table := make([]byte, 256)
		for i := range table {
			table[i] = byte(255 - i)
		}
		var d ByteDrop
		d.Add(f[2])
		b := make([]byte, d.Kept(s))
		d.Write(b, s)
		MapBytes(b, string(b), string(table))
		return string(b)
	}
	return "?"
}

func TestMethods(t *testing.T) {
	texttest.Suite{Program: methodsPy, Golden: "testdata/methods.txt", Few: 10, Many: 4000, Got: method}.Run(t)
}

func TestTranslate(t *testing.T) {
	asked := 0
	replace := func(r rune) (string, bool, bool) {
		asked++
		switch r {
		case 'a':
			return "xyz", false, true
		case 'b', 0xD800:
			return "", false, true
		case 'é':
			return "e", false, true
		}
		return "", true, r != '!'
	}
	if got, ok := Translate("aabc\xED\xA0\x80éé中", replace); got != "xyzxyzcee中" || !ok || asked != 7 {
		t.Errorf("got %q, %v, asked %d times", got, ok, asked)
	}
	if _, ok := Translate("a!", replace); ok {
		t.Error("no failure")
	}
}

func FuzzMethods(f *testing.F) {
	for _, s := range []string{"", "a b", "É\u2028Σ", "\xED\xA0\x80\xED\xB0\x80", "\xff\xed\xa0", "\r\n"} {
		f.Add(s, "b", 2)
	}
	names := []string{"upper", "lower", "casefold", "title", "capitalize", "swapcase", "repr", "ascii", "len", "isalpha", "isdigit", "istitle",
		"isidentifier", "isprintable", "split", "rsplit", "splitlines", "strip", "bsplit", "brsplit", "bsplitlines", "bstrip"}
	f.Fuzz(func(t *testing.T, s, sep string, n int) {
		for _, name := range names {
			method([]string{name, s, strconv.Itoa(n)})
		}
		if sep != "" {
			Split(nil, s, sep, n)
			RSplit(nil, s, sep, n)
			Str.StripChars(s, sep, Both)
		}
		if IsASCII(s) {
			return
		}
		points := Count(s)
		x := MakeIndex(s, points)
		for p := range points + 1 {
			x.Offset(s, p)
		}
	})
}

func BenchmarkMethods(b *testing.B) {
	ascii := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 20)
	wide := strings.Repeat("Größe über Ähnlichkeit, naïve café — 中文字符. ", 20)
	spans := make([]Span, 0, 1000)
	for _, s := range []struct{ name, text string }{{"ascii", ascii}, {"wide", wide}} {
		x := MakeIndex(s.text, Count(s.text))
		last := Count(s.text) - 1
		for _, c := range []struct {
			name string
			f    func()
		}{
			{"count", func() { Count(s.text) }},
			{"isascii", func() { IsASCII(s.text) }},
			{"index", func() { MakeIndex(s.text, 0) }},
			{"offset", func() { x.Offset(s.text, last) }},
			{"split", func() { spans = Str.SplitSpace(spans[:0], s.text, -1) }},
			{"splitsep", func() { spans = Split(spans[:0], s.text, " ", -1) }},
			{"splitlines", func() { spans = Str.SplitLines(spans[:0], s.text, false) }},
			{"replace", func() { Str.Replace(s.text, " ", "--", -1) }},
			{"upper", func() { AppendUpper(nil, s.text) }},
			{"lower", func() { AppendLower(nil, s.text) }},
			{"title", func() { AppendTitled(nil, s.text) }},
			{"repr", func() { AppendRepr(nil, s.text) }},
			{"reverse", func() { Slice(s.text, x, last, -1, last+1) }},
		} {
			b.Run(s.name+"/"+c.name, func(b *testing.B) {
				b.SetBytes(int64(len(s.text)))
				for b.Loop() {
					c.f()
				}
			})
		}
	}
}
