package conformance

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/krait-py/krait/pyver"
)

func TestMaskAddresses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"<code object f at 0x7f00AbC9, file \"x\", line 1>", "<code object f at 0x0, file \"x\", line 1>"},
		{"a at 0x1, file b at 0x2, file", "a at 0x0, file b at 0x0, file"},
		{"at 0x12 , file", "at 0x12 , file"},
		{" at 0x, file", " at 0x, file"},
		{" at 0x12", " at 0x12"},
		{" at 0xfg at 0xf, file", " at 0xfg at 0x0, file"},
	} {
		if got := string(MaskAddresses([]byte(tt.in))); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDifference(t *testing.T) {
	for _, tt := range []struct{ want, got, diff string }{
		{"a\nb\n", "a\nb\n", ""},
		{"a\nb\nc\n", "a\nx\nc\n", "@@ line 2 (want 3 lines, got 3) @@\n a\n-b\n+x\n"},
		{"a\n", "a\nb\n", "@@ line 2 (want 1 lines, got 2) @@\n a\n-\n+b\n"},
		{"a\nb", "a", "@@ line 2 (want 1 lines, got 0) @@\n a\n-b\n"},
		{"", "x\n", "@@ line 1 (want 0 lines, got 1) @@\n-\n+x\n"},
	} {
		if got := Difference(tt.want, tt.got); got != tt.diff {
			t.Errorf("Difference(%q, %q): got %q, want %q", tt.want, tt.got, got, tt.diff)
		}
	}
	long := strings.Repeat("x", 1000)
	d := Difference(long+"a"+long, long+"b"+long)
	if len(d) > 800 || !strings.Contains(d, "xa") || !strings.Contains(d, "xb") {
		t.Errorf("long lines: %s", d)
	}
}

func TestKinds(t *testing.T) {
	for _, tt := range []struct {
		list string
		v    pyver.Version
		want string
	}{
		{"dis", pyver.Py27, "dis"},
		{"all", pyver.Py27, "asm dis lines rewrite roundtrip"},
		{"all", pyver.Py36, "asm dis lines rewrite roundtrip show"},
		{"every", pyver.Py312, "asm dis dis-C dis-CS dis-S lines positions rewrite roundtrip show stacksize"},
		{"all", pyver.Py314, "asm dis dis-C dis-COPS dis-O dis-P dis-S lines positions rewrite roundtrip show stacksize"},
		{"dis-P,show,show", pyver.Py313, "show"},
	} {
		kinds, err := ParseKinds(tt.list, tt.v)
		if err != nil {
			t.Error(err)
		}
		var got []string
		for _, k := range kinds {
			got = append(got, string(k))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s of %v: got %q, want %q", tt.list, tt.v, s, tt.want)
		}
	}
	for _, bad := range []string{"", "dis-", "dis-SC", "what"} {
		if kinds, err := ParseKinds(bad, pyver.Py314); err == nil {
			t.Errorf("%q: got %v, want an error", bad, kinds)
		}
	}
}

func TestArchive(t *testing.T) {
	want := &Archive{About: "about", Files: []ArchiveFile{
		{Source: "a.py", PYC: []byte("pyc"), Texts: map[Kind]string{Dis: "text", Show: ""}},
		{Source: "py2/b.py", PYC: []byte{0, 255}, Texts: map[Kind]string{}},
	}}
	var b, again bytes.Buffer
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := want.Write(&again); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("written twice: not the same (%v)", err)
	}
	got, err := ReadArchive(b.Bytes())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestKraitErrors(t *testing.T) {
	for _, data := range []string{"", "not a .pyc file"} {
		for _, r := range Krait([]byte(data), []Kind{RoundTrip, Dis}) {
			if r.Err == nil {
				t.Errorf("%q: no error", data)
			}
		}
	}
}
