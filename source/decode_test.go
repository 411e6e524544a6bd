package source

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "ask CPython 3.14 for testdata/decode.golden")

// decodeCases are the bytes of files. Those that are all right end in an open
// bracket, whose error shows the text as it was decoded.
var decodeCases = []string{
	"", "(", "x = 1\r\n(", "x\r(", "\r\r\n\n(", "\xef\xbb\xbf(", "\xef\xbb\xbf\r\n(",
	"x\x00", "\xff\xfex\x00", "\xfe\xffx", "\xff\xfex", "\x00",
	"#\xff\n", "\xff", "x\xff=1", "\"\xff\"", "a\n\"\xff\"", "a\n  x = \"abc \xff\"\n", "é = \"\xe2\x82\"",
	"\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf5", "#\xc3(", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\xc0\x80",
	"\r\n\r\xe9", "# coding: utf-8\r\xe9", "\xef\xbb\xbfx\xff", "\xef\xbb\xbf\n\xff\n",
	"# coding: utf-8\nx=\"\xe9\"; (", "# coding: utf-8-sig\nx=\"\xe9\"", "#coding: utf-8-unix\n\"\xe9\"\n", "# -*- coding: UTF_8 -*-\nx=\"\xe9\"",
	"# coding: utf8\nx=\"\xe9\"", "# coding: utf8\nx=\"\xe9", "# coding: utf8\n\xe2\x82", "# coding: utf8\n\xe2\x82x", "# coding: U8\n\xff", "# coding: utf8\nx=\"\xc3\xa9\";(",
	"#coding=utf_8_sig\n(", "#coding=utf.8\n(", "#coding=latin.1\n(",
	"\xef\xbb\xbf# coding: latin-1\nx", "\xef\xbb\xbf# coding: utf-8\nx(", "\xef\xbb\xbf\n# coding: ascii\nx", "\xef\xbb\xbf\n# x coding= utf8   \nx",
	"# coding: latin-1\nx=\"\xe9\"; (", "#coding:latin-1 ;(", "# coding: latin-1\r\"\xe9\"(", "#coding: latin-1-unix\n\"\xe9\"\n(", "#coding: iso_8859_1\n\"\xe9\"\n(", "#coding: L1\n\"\xe9\"\n(",
	"#coding: iso-8859-15\n\"\xa4\"(\n", "# coding: cp1252\nx=\"\x80\"; (", "# coding: cp1252\nx=\"\x81\"; (", "# coding: koi8-r\n\xc1 = (", "# vim: set fileencoding=cp1251 :\n\xe0 = (",
	"# coding: ascii\nx=\"\x81\"; (", "# coding: us-ascii\n(", "# coding: mac-roman\n\"\x80\" (", "#coding: cp037\n", "#coding: windows-1252\n\"\x80\"(",
	"#coding:foo", "#coding:foo\n", "x\n#coding:foo\n(", "\n#coding:foo", "\n#coding:foo\n", "\\\n#coding:foo\nx(", "\"\"\"\n#coding:foo\n\"\"\"(",
	"  \t\f# xcodingcoding:foo\n", "#coding:\n#coding:foo\n", "#coding: a/b\n", "#coding: a..b\n", "#coding: \xe9\n", "#coding: latin-1\xe9\n(",
	"# vim: set fileencoding=<foo>:\n(", "#coding: encodings.utf_8\n", "#coding: os\n", "#coding=aliases\n", "#coding=utf-8\n#coding=foo\n(", "\n\n#coding=foo\n(",
	"#coding: mbcs\n", "#coding: hex\n1234", "# coding: rot13\n1234", "#coding: base64\n\n", "#coding: zip\n", "#coding: undefined\n\n",
	"# coding: utf-16\nx", "#coding: utf-16-le\nx\n", "#coding: utf-16-be\nx\n", "#coding: utf-16-be\nx", "#coding: utf-32\nx\nyyy", "#coding: utf-32-be\nx\nyyy",
	"# coding: utf-7\nx+AAA-y(((", "#coding: utf-7\nx=\"+AGE-\";+AA0-(", "#coding=utf-7\n\"+-\"(", "#coding=utf-7\n\"+AOkA6Q\"(", "#coding=utf-7\n\"+2D3cqQ-\"(",
	"#coding=utf-7\n+\xff\n", "#coding=utf-7\n\xff\n", "#coding=utf-7\n+2AA-\n", "#coding=utf-7\n+3AA-\n", "#coding=utf-7\n+AG\n", "#coding=utf-7\n+A\n", "#coding=utf-7\n+AGF-\n", "#coding=utf-7\n+AGEA",
	"#coding=big5\n\"\xa4\xa4\"(", "#coding=big5\n\"\xa4\xa4\xff\"\n", "#coding=shift_jis\n\"\x82\xa0\\\"(", "#coding=shift_jis\n\"\x82\xa0\xff\"\n", "#coding=cp932\n\"\x82\xa0\x87\x40\"(",
	"#coding=euc-jp\n\"\xa4\xa2\xa1\xc1\"(", "#coding=euc-jp\n\"\xa4\xa2\xa4\n\"\n", "#coding=euc-jp\n\"\x8f\xb0\xa1\x8e\xb1\"(", "#coding=gbk\n\"\xc4\xe3\"(", "#coding=gbk\n\"\xa4", "#coding=gbk\n\"\xff\"",
	"#coding=gb18030\n\"\x81\x30\x81\x30\xc4\xe3\"(", "#coding=gb2312\n\"\xa1\xaa\"(", "#coding=euc-kr\n\"\xb0\xa1\"(", "#coding=cp949\n\"\x81\x41\"(", "#coding=euc-kr\n\"\x81\x41\"(",
	"#coding=shift-jis\n\"\xb1\"(", "#coding=big5-hkscs\n\"\x88\x62\"(", "#coding=cp950\n\"\xf9\xd6\"(",
}

const decodePy = `
import json
def show(data):
    try:
        compile(data, "f.py", "exec")
    except SyntaxError as e:
        return [e.msg, e.lineno or 0, e.offset or 0, e.end_lineno or 0, e.end_offset or 0, e.text]
    except Exception as e:
        return [type(e).__name__ + ": " + str(e)]
    return ["ok"]
result = "\n".join(ascii(show(bytes.fromhex(h))) for h in CASES.split(","))
`

// shownError writes an error in the form of Python's list.
func shownError(d *Diagnostic) string {
	text := "None"
	if d.HasText {
		text = asciiRepr(d.Text)
	}
	return fmt.Sprintf("[%s, %d, %d, %d, %d, %s]", asciiRepr(d.Message), d.Line, d.Col, d.EndLine, d.EndCol, text)
}

func asciiRepr(s string) string {
	quote := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = `"`
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || string(r) == quote:
			b.WriteString("\\" + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r >= 0x7F && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x7F:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return quote + b.String() + quote
}

func askDecode(t *testing.T) []string {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	var hexes []string
	for _, c := range decodeCases {
		hexes = append(hexes, hex.EncodeToString([]byte(c)))
	}
	answer, err := s.Exec("CASES = '" + strings.Join(hexes, ",") + "'\n" + decodePy)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(answer, "\n")
}

const golden = "testdata/decode.golden"

// TestDecode compares with what CPython 3.14.6's compile says of the cases: the
// errors of decoding, and otherwise the line that an error shows.
func TestDecode(t *testing.T) {
	if *update {
		var b strings.Builder
		b.WriteString("# CPython 3.14.6: compile() of each case of TestDecode; go test ./source -update\n")
		for i, line := range askDecode(t) {
			fmt.Fprintf(&b, "%q\n\t%s\n", decodeCases[i], line)
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "\n")
	lines := strings.Split(strings.TrimSuffix(rest, "\n"), "\n")
	if len(lines) != 2*len(decodeCases) {
		t.Fatalf("%s has %d lines, want %d: run with -update", golden, len(lines), 2*len(decodeCases))
	}
	for i, c := range decodeCases {
		if want := fmt.Sprintf("%q", c); lines[2*i] != want {
			t.Fatalf("%s has %s for case %d, which is %s: run with -update", golden, lines[2*i], i, want)
		}
		checkDecode(t, c, strings.TrimPrefix(lines[2*i+1], "\t"))
	}
}

// TestDecodeLive asks the interpreter instead of the golden file.
func TestDecodeLive(t *testing.T) {
	for i, want := range askDecode(t) {
		checkDecode(t, decodeCases[i], want)
	}
}

func checkDecode(t *testing.T, data, want string) {
	t.Helper()
	f, d := Decode("f.py", []byte(data))
	switch {
	case d != nil:
		if got := shownError(d); got != want {
			t.Errorf("Decode(%q):\n got %s\nwant %s", data, got, want)
		}
	case strings.Contains(want, "never closed"):
		// The line that the error shows, as CPython decoded it.
		line := f.Text[strings.LastIndexByte(f.Text[:len(f.Text)-1], '\n')+1:]
		if !strings.HasSuffix(want, " "+asciiRepr(line)+"]") {
			t.Errorf("Decode(%q): the last line is %s, want that of %s", data, asciiRepr(line), want)
		}
	case strings.HasPrefix(want, "['Non-UTF-8"), strings.Contains(want, "codec"), strings.Contains(want, "encoding"), strings.Contains(want, "null"):
		t.Errorf("Decode(%q) succeeded, want %s", data, want)
	}
}
