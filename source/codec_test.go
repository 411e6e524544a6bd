package source

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// TestCodecsLive decodes all that one or two bytes can be in every encoding that
// Python and krait know, and compares.
func TestCodecsLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	var names []string
	for _, m := range charmaps {
		names = append(names, m.codec)
	}
	for _, p := range patches {
		names = append(names, p.codec)
	}
	answer, err := s.Exec("names = '" + strings.Join(names, " ") + "'.split()\nPAIRS = names[" + strconv.Itoa(len(charmaps)) + `:]
def decode(name, data):
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None
lines = []
for name in names:
    for a in range(256):
        s = decode(name, bytes([a]))
        lines.append("" if s is None else s.encode().hex())
    for a in range(0x80, 256 if name in PAIRS else 0):
        for b in range(0x30, 256):
            s = decode(name, bytes([a, b]))
            lines.append("" if s is None else s.encode().hex())
result = "\n".join(lines)
`)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(answer, "\n")
	next := 0
	for i, name := range names {
		bad := 0
		check := func(seq []byte) {
			want := lines[next]
			next++
			text, message := decode(name, seq)
			got := fmt.Sprintf("%x", text)
			if message != "" {
				got = ""
			}
			if got == want {
				return
			}
			if bad++; bad <= 5 {
				t.Errorf("%s: %x is %q (%s), want %s", name, seq, text, message, want)
			}
		}
		for a := range 256 {
			check([]byte{byte(a)})
		}
		for a := 0x80; a < 256 && i >= len(charmaps); a++ {
			for b := 0x30; b < 256; b++ {
				check([]byte{byte(a), byte(b)})
			}
		}
		if bad > 5 {
			t.Errorf("%s: %d sequences differ", name, bad)
		}
	}
}
