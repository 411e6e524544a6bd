package unicodedb

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write the golden files anew, asking the interpreter")

//go:embed testdata/chars.py
var charsPy string

func ask(t *testing.T, program string) string {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{Timeout: 3 * time.Minute})
	defer s.Close()
	out, err := s.Exec(program)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func hexes(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := decode(s[i:])
		if i > 0 {
			dst = append(dst, '.')
		}
		dst = append(dst, strings.ToUpper(strconv.FormatInt(int64(r), 16))...)
		i += size
	}
	return dst
}

// charLine is line() of chars.py.
func charLine(b []byte, r rune) []byte {
	c := string(AppendRune(nil, r))
	b = fmt.Appendf(b, "%04X;", r)
	for _, yes := range []bool{
		IsAlpha(r), IsAlnum(r), IsNumeric(r), IsDecimal(r), IsDigit(r), IsLower(r), IsUpper(r), IsTitle(r) || IsUpper(r),
		IsSpace(r), IsPrintable(r), IsIdentifierStart(r), IsIdentifierContinue(r), IsLineBreak(r),
	} {
		b = append(b, digit(yes))
	}
	for _, f := range []func([]byte, rune) []byte{AppendUpper, AppendLower, AppendTitle, AppendFold} {
		b = hexes(append(b, ';'), string(f(nil, r)))
	}
	for _, v := range []Version{V16, V32} {
		value := "-"
		if f, ok := v.Numeric(r); ok {
			value = fmt.Sprintf("%016x", math.Float64bits(f))
		}
		b = fmt.Appendf(b, ";%s;%s;%s;%d;%c;%d;%d;%s;%s", v.Category(r), v.Bidirectional(r), v.EastAsianWidth(r),
			v.Combining(r), digit(v.Mirrored(r)), v.Decimal(r), v.Digit(r), value, v.Decomposition(r))
		for _, f := range []Form{NFC, NFD, NFKC, NFKD} {
			b = append(b, ';')
			if to := v.Normalize(f, c); to != c {
				b = hexes(b, to)
			}
			b = append(b, ';', digit(v.IsNormalized(f, c)))
		}
	}
	return append(b, '\n')
}

func digit(yes bool) byte {
	if yes {
		return '1'
	}
	return '0'
}

func block(first rune) []byte {
	var b []byte
	for r := first; r < first+0x1000; r++ {
		b = charLine(b, r)
	}
	return b
}

func sums() string {
	var b strings.Builder
	for first := rune(0); first <= maxRune; first += 0x1000 {
		sum := sha256.Sum256(block(first))
		fmt.Fprintf(&b, "%06X %s\n", first, hex.EncodeToString(sum[:])[:16])
	}
	return b.String()
}

const charsGolden = "testdata/chars.txt"

// TestChars compares all that is known of every character with what the interpreter
// said.
func TestChars(t *testing.T) {
	if *update {
		if err := os.WriteFile(charsGolden, []byte(ask(t, charsPy+"\nresult = sums()\n")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(charsGolden)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(golden), "\n")
	for i, got := range strings.Split(sums(), "\n") {
		if got == want[i] {
			continue
		}
		t.Errorf("block %s: want %s", got, want[i])
		lines := strings.Split(ask(t, fmt.Sprintf("%s\nresult = block(%d)\n", charsPy, i<<12)), "\n")
		for j, line := range strings.Split(string(block(rune(i<<12))), "\n") {
			if line != lines[j] {
				t.Errorf("got\n%s\nwant\n%s", line, lines[j])
				break
			}
		}
	}
}

// TestCharsLive compares the golden file with the interpreter where there are characters.
func TestCharsLive(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	golden, err := os.ReadFile(charsGolden)
	if err != nil {
		t.Fatal(err)
	}
	want := ask(t, charsPy+"\nresult = sums([*range(0, 0x33000, 0x1000), 0xE0000])\n")
	for line := range strings.Lines(want) {
		if !strings.Contains(string(golden), line) {
			t.Errorf("the golden file does not have %s", line)
		}
	}
}
