package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/krait-py/krait/pyver"
)

// hashPrefix marks texts of which an archive holds a hash only.
const hashPrefix = "sha256:"

// GoldenText returns what an archive of version v holds for a text: the text
// itself for dis without flags and with all of them, and for show; a hash for
// the others, to save room. A wrong line of those shows up in one of the first
// as a rule; conform shows it where it does not.
func GoldenText(v pyver.Version, k Kind, text string) string {
	if f, isDis := k.Flags(); k == Show || isDis && (f == "" || f == DisFlags(v)) {
		return text
	}
	return textHash(text)
}

func textHash(text string) string {
	h := sha256.Sum256([]byte(text))
	return hashPrefix + hex.EncodeToString(h[:])
}

// GoldenDifference compares krait's result with what an archive holds.
func GoldenDifference(golden string, got Result) string {
	switch {
	case got.Err != nil:
		return got.Err.Error()
	case !strings.HasPrefix(golden, hashPrefix):
		return Difference(golden, got.Text)
	case golden != textHash(got.Text):
		return "the text's hash differs; go run ./internal/cmd/conform -kinds every testdata/py shows where"
	}
	return ""
}

var sinceLine = regexp.MustCompile(`^# python >= ([0-9.]+)\n`)

// SourceVersions reports whether version v must compile a source of
// testdata/py, and whether it may: the first line can name the version from
// which on it must, py2 holds sources of Python 2, and without either all
// versions from 3.6 must and 2.7 may.
func SourceVersions(name string, source []byte, v pyver.Version) (must, may bool) {
	if strings.HasPrefix(name, "py2/") {
		return v == pyver.Py27, v == pyver.Py27
	}
	since := pyver.Py36
	if m := sinceLine.FindSubmatch(source); m != nil {
		if parsed, err := pyver.Parse(string(m[1])); err == nil {
			return v >= parsed, v >= parsed
		}
	}
	return v >= since, true
}
