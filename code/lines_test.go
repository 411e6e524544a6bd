package code_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// object returns a code object that starts on line 10, with size bytes of code.
func object(v pyver.Version, size int, table string) *code.Object {
	return &code.Object{
		Version:   v,
		FirstLine: 10,
		Code:      &code.Bytes{S: strings.Repeat("\x09\x00", (size+1)/2)[:size]},
		LineTable: &code.Bytes{S: table},
	}
}

// TestInterpreters puts the same cases to interpreters.
var lineCases = []struct {
	name          string
	version       pyver.Version
	table         string
	lines, starts string
}{
	{"empty", pyver.Py27, "", "0-40:10", "0:10"},
	{"first line moved", pyver.Py27, "\x00\x03\x06\x01", "0-6:13 6-40:14", "0:13 6:14"},
	{"unsigned", pyver.Py35, "\x06\xff\x06\x01", "0-6:10 6-12:265 12-40:266", "0:10 6:265 12:266"},
	{"signed", pyver.Py36, "\x06\xff\x06\x01", "0-6:10 6-12:9 12-40:10", "0:10 6:9 12:10"},
	{"long way", pyver.Py36, "\x0a\x7f\x00\x05", "0-10:10 10-40:142", "0:10 10:142"},
	{"past the end, 3.7", pyver.Py37, "\x0a\x01\x1e\x01", "0-10:10 10-40:11", "0:10 10:11 40:12"},
	{"past the end, 3.8", pyver.Py38, "\x0a\x01\x1e\x01", "0-10:10 10-40:11", "0:10 10:11"},
	{"half a pair", pyver.Py39, "\x0a\x01\x02", "0-10:10 10-40:11", "0:10 10:11"},

	{"no line", pyver.Py310, "\x02\x01\x02\x00\x02\x80\x02\x80\x04\x01",
		"0-2:11 2-4:11 4-6:- 6-8:- 8-12:12", "0:11 8:12"},
	{"empty ranges", pyver.Py310, "\x00\x05\x02\x01\x00\x01\x02\x01", "0-2:16 2-4:18", "0:16 2:18"},
	{"past the end", pyver.Py310, "\x02\x01\xfe\x01\x02\x01", "0-2:11 2-256:12 256-258:13", "0:11 2:12 256:13"},
	{"negative line, 3.10", pyver.Py310, "\x02\xf4\x02\x14", "0-2:- 2-4:18", "2:18"},

	{"not joined", pyver.Py311, "\x80\x11\x80\x11\xf9\xfa\xd1\x01\x02",
		"0-2:10 2-4:10 4-8:- 8-14:- 14-18:10", "0:10"},
	{"joined, 3.12", pyver.Py312, "\x80\x11\x80\x11\xf9\xfa\xd1\x01\x02", "0-4:10 4-14:- 14-18:10", "0:10"},
	{"joined, 3.13", pyver.Py313, "\x80\x11\x80\x11\xf9\xfa\xd1\x01\x02", "0-4:10 4-14:- 14-18:10", "0:10 4:- 14:10"},
	{"negative line, 3.11", pyver.Py311, "\xe8\x02\xe8\x15\xe8\x17\xe8\x18", "0-2:11 2-4:1 4-6:- 6-8:2", "0:11 2:1 6:2"},
	{"negative line, 3.12", pyver.Py312, "\xe8\x02\xe8\x15\xe8\x1b\xe8\x18", "0-2:11 2-4:1 4-6:-12 6-8:0", "0:11 2:1 4:-12 6:0"},
	{"empty table", pyver.Py314, "", "", ""},
	{"broken off", pyver.Py314, "\x80\x11\xf0\x02\x01", "0-2:10", "0:10"},
}

func TestLines(t *testing.T) {
	for _, c := range lineCases {
		t.Run(c.name, func(t *testing.T) {
			o := object(c.version, 40, c.table)
			var lines, starts []string
			for l := range o.Lines() {
				lines = append(lines, fmt.Sprintf("%d-%d:%s", l.Start, l.End, num(l.Line, l.HasLine)))
			}
			for s := range o.LineStarts() {
				starts = append(starts, fmt.Sprintf("%d:%s", s.Offset, num(s.Line, s.HasLine)))
			}
			if got := strings.Join(lines, " "); got != c.lines {
				t.Errorf("lines: got %s, want %s", got, c.lines)
			}
			if got := strings.Join(starts, " "); got != c.starts {
				t.Errorf("line starts: got %s, want %s", got, c.starts)
			}
			reencode(t, o)
		})
	}
}

func TestPositions(t *testing.T) {
	o := object(pyver.Py311, 40, "\x80\x11"+"\x8f\x7d"+"\xd9\x01\x7f"+"\xe8\x03"+"\xf0\x00\x01\x01\x00"+"\xf8")
	var got []string
	for l := range o.Locations() {
		got = append(got, fmt.Sprintf("%d-%d %d:%d %d:%d", l.Start, l.End, l.Line, l.Col, l.EndLine, l.EndCol))
	}
	want := []string{
		"0-2 10:1 10:2", "2-18 10:15 10:28", "18-22 11:1 11:127", "22-24 10:-1 10:-1",
		"24-26 10:0 11:-1", "26-28 -1:-1 -1:-1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := len(slices.Collect(o.Positions())); n != 14 {
		t.Errorf("got %d positions, want one for each of 14 code units", n)
	}
	for range object(pyver.Py310, 4, "\x04\x01").Positions() {
		t.Error("3.10 has a position")
	}
}

func TestCheckLines(t *testing.T) {
	for _, c := range []struct {
		version pyver.Version
		table   string
		want    string
	}{
		{pyver.Py27, "\x01\x02", ""},
		{pyver.Py39, "\x01\x02\x03", "code: lnotab, offset 2: found one byte, want pairs of bytes"},
		{pyver.Py310, "\x01", "code: line table, offset 0: found one byte, want pairs of bytes"},
		{pyver.Py311, "\x80\x11", ""},
		{pyver.Py311, "\x11", "code: location table, offset 0: found byte 0x11, want the first byte of an entry, bit 7 set"},
		{pyver.Py312, "\x80\x11\x80", "code: location table, offset 3: found end of table, want columns"},
		{pyver.Py313, "\xd0\x01", "code: location table, offset 2: found end of table, want two columns"},
		{pyver.Py314, "\xe8\x40", "code: location table, offset 2: found end of table, want the rest of a number"},
		{pyver.Py314, "\xe8\x80", "code: location table, offset 1: found byte 0x80, want the rest of a number, bit 7 clear"},
		{pyver.Py315, "\xe8\x7f\x7f\x7f\x7f\x7f\x7f\x01", "code: location table, offset 1: found a longer number, want at most 32 bits"},
	} {
		got := ""
		if err := object(c.version, 4, c.table).CheckLines(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v %q: got %q, want %q", c.version, c.table, got, c.want)
		}
	}
}

func TestEncodeLnotab(t *testing.T) {
	// The splits are those of compile() of 2.7.18 and 3.6.15, for sources with
	// gaps of 255, 300 and 510, of 127, 128 and 300 lines.
	for _, c := range []struct {
		version pyver.Version
		starts  []code.LineStart
		want    string
	}{
		{pyver.Py27, []code.LineStart{{0, 10, true}, {6, 11, true}}, "\x06\x01"},
		{pyver.Py27, []code.LineStart{{0, 310, true}}, "\x00\xff\x00\x2d"},
		{pyver.Py27, []code.LineStart{{0, 10, true}, {300, 520, true}}, "\xff\x00\x2d\xff\x00\xff\x00\x00"},
		{pyver.Py36, []code.LineStart{{0, 10, true}, {300, 7, true}}, "\xff\x00\x2d\xfd"},
		{pyver.Py36, []code.LineStart{{6, 310, true}}, "\x06\x7f\x00\x7f\x00\x2e"},
		{pyver.Py36, []code.LineStart{{6, 310, true}, {8, 10, true}}, "\x06\x7f\x00\x7f\x00\x2e\x02\x80\x00\x80\x00\xd4"},
	} {
		got, err := code.EncodeLnotab(c.version, 10, slices.Values(c.starts))
		if err != nil || string(got) != c.want {
			t.Errorf("%v %v: got %q, %v, want %q", c.version, c.starts, got, err, c.want)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	start := func(v pyver.Version, s ...code.LineStart) error {
		_, err := code.EncodeLnotab(v, 10, slices.Values(s))
		return err
	}
	line := func(r ...code.LineRange) error {
		_, err := code.EncodeLineTable(10, slices.Values(r))
		return err
	}
	location := func(l ...code.Location) error {
		_, err := code.EncodeLocations(10, slices.Values(l))
		return err
	}
	exception := func(e ...code.ExceptionEntry) error {
		_, err := code.EncodeExceptionTable(e)
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{start(pyver.Py27, code.LineStart{0, 9, true}), "code: lnotab: found line 9, want at least 10"},
		{start(pyver.Py36, code.LineStart{4, 9, true}, code.LineStart{2, 9, true}), "code: lnotab: found offset 2, want at least 4"},
		{start(pyver.Py36, code.LineStart{}), "code: lnotab: found no line, want a line"},
		{line(code.LineRange{0, 2, 1, true}, code.LineRange{4, 6, 1, true}), "code: line table: found 4 to 6, want a range from 2 on"},
		{line(code.LineRange{0, 2, -3, true}), "code: line table: found line -3, want at least 0"},
		{location(code.Location{0, 3, code.NoPosition}), "code: location table: found 0 to 3, want whole code units from 0 on"},
		{location(code.Location{0, 2, code.Position{-1, 3, 0, 0}}), "code: location table: found -1:0 to 3:0, want a line, or -1 in all four places"},
		{location(code.Location{0, 2, code.Position{4, 3, 0, 0}}), "code: location table: found 4:0 to 3:0, want an end line behind the line and no column below -1"},
		{exception(code.ExceptionEntry{Start: 3}), "code: exception table: found 3 to 0, target 0, want even offsets, the end not before the start"},
		{exception(code.ExceptionEntry{Depth: 1 << 30}), "code: exception table: found 0 to 0, target 0, depth 1073741824, want numbers of at most 30 bits"},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
}

func TestExceptionEntries(t *testing.T) {
	for _, c := range []struct {
		table string
		want  []code.ExceptionEntry
		err   string
	}{
		{"", nil, ""},
		// The example of CPython's Objects/exception_handling_notes.txt.
		{"\x94\x08\x41\x24\x06", []code.ExceptionEntry{{40, 56, 200, 3, false}}, ""},
		{"\x94\x08\x41\x24\x07\x80", []code.ExceptionEntry{{40, 56, 200, 3, true}},
			"code: exception table, offset 6: found end of table, want the rest of an entry"},
		{"\x14\x08\x41\x24\x06", []code.ExceptionEntry{{40, 56, 200, 3, false}},
			"code: exception table, offset 0: found byte 0x14, want the first byte of an entry, bit 7 set"},
		{"\xff\x7f\x7f\x7f\x7f\x7f\x01\x01\x01\x01", nil,
			"code: exception table, offset 0: found a longer number, want at most 30 bits"},
	} {
		o := &code.Object{Version: pyver.Py311, ExceptionTable: &code.Bytes{S: c.table}}
		got, err := o.ExceptionEntries()
		text := ""
		if err != nil {
			text = err.Error()
		}
		if !slices.Equal(got, c.want) || text != c.err {
			t.Errorf("%q: got %v, %q, want %v, %q", c.table, got, text, c.want, c.err)
		}
	}
}
