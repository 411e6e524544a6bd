package host

import (
	"encoding/binary"
	"strings"
	"time"
)

// systemZone returns the zone that the environment variable TZ says; set is false if there is none.
func systemZone(tz string, set bool) *time.Location {
	if !set {
		if data, err := localZone(); err == nil {
			if loc, err := time.LoadLocationFromTZData("Local", data); err == nil {
				return loc
			}
		}
		return time.UTC
	}
	tz = strings.TrimPrefix(tz, ":")
	if tz == "" {
		return time.UTC
	}
	if strings.HasPrefix(tz, "/") {
		if data, err := zoneFile(tz); err == nil {
			if loc, err := time.LoadLocationFromTZData("Local", data); err == nil {
				return loc
			}
		}
		return time.UTC
	}
	if tz != "Local" {
		if loc, err := time.LoadLocation(tz); err == nil {
			return loc
		}
	}
	if loc := posixZone(tz); loc != nil {
		return loc
	}
	return time.UTC
}

// posixZone reads a zone as POSIX writes it: "EST5EDT,M3.2.0,M11.1.0".
func posixZone(s string) *time.Location {
	name, rest, ok := zoneName(s)
	if !ok {
		return nil
	}
	off, rest, ok := zoneOffset(rest)
	if !ok && rest != "" {
		return nil
	}
	if rest == "" {
		return time.FixedZone(name, -off)
	}
	// Package time knows the rules, but only at the end of a file with zone data: this is such a file without anything else.
	header := func(types, chars uint32) []byte {
		b := append([]byte("TZif2"), make([]byte, 15)...)
		for _, n := range []uint32{0, 0, 0, 0, types, chars} {
			b = binary.BigEndian.AppendUint32(b, n)
		}
		return b
	}
	b := header(0, 0)
	b = append(b, header(1, uint32(len(name)+1))...)
	b = binary.BigEndian.AppendUint32(b, uint32(int32(-off)))
	b = append(b, 0, 0)
	b = append(b, name...)
	b = append(b, 0, '\n')
	b = append(b, s...)
	b = append(b, '\n')
	loc, err := time.LoadLocationFromTZData("Local", b)
	if err != nil {
		return nil
	}
	return loc
}

// zoneName reads the name of a zone, in angle brackets if it is not of letters.
func zoneName(s string) (name, rest string, ok bool) {
	if strings.HasPrefix(s, "<") {
		i := strings.IndexByte(s, '>')
		if i < 0 {
			return "", s, false
		}
		return s[1:i], s[i+1:], true
	}
	i := 0
	for i < len(s) && (s[i]|0x20)-'a' < 26 {
		i++
	}
	return s[:i], s[i:], i >= 3
}

// zoneOffset reads hours, minutes and seconds west of Greenwich.
func zoneOffset(s string) (seconds int, rest string, ok bool) {
	sign := 1
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	for _, unit := range [...]int{3600, 60, 1} {
		n, i := 0, 0
		for i < len(s) && i < 3 && s[i]-'0' < 10 {
			n = n*10 + int(s[i]-'0')
			i++
		}
		if i == 0 {
			return sign * seconds, s, ok
		}
		seconds, s, ok = seconds+n*unit, s[i:], true
		if s == "" || s[0] != ':' {
			break
		}
		s = s[1:]
	}
	return sign * seconds, s, ok
}
