package conformance

import (
	"fmt"

	"github.com/krait-py/krait/internal/oracle"
)

// Oracle returns the interpreter's texts of a .pyc file, one for each of
// kinds, which must be supported by its version. The text of [RoundTrip]
// and [Rewrite] is the file itself.
func Oracle(s *oracle.Session, pyc []byte, kinds []Kind) ([]string, error) {
	texts := make([]string, len(kinds))
	var flags []string
	var at []int
	for i, k := range kinds {
		var err error
		f, isDis := k.Flags()
		switch {
		case isDis:
			flags = append(flags, f)
			at = append(at, i)
		case k.Bytes():
			texts[i] = string(pyc)
		case k == Show:
			texts[i], err = s.Show(pyc)
		case k == Lines:
			texts[i], err = s.Lines(pyc)
		case k == Positions:
			texts[i], err = s.Positions(pyc)
		default:
			err = fmt.Errorf("unknown kind %q", k)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(flags) > 0 {
		dis, err := s.Dis(pyc, flags...)
		if err != nil {
			return nil, err
		}
		if len(dis) != len(flags) {
			return nil, fmt.Errorf("got %d texts of dis, want %d", len(dis), len(flags))
		}
		for i, text := range dis {
			texts[at[i]] = text
		}
	}
	for i, k := range kinds {
		if !k.Bytes() {
			texts[i] = string(MaskAddresses([]byte(texts[i])))
		}
	}
	return texts, nil
}
