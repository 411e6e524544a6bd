package marshal

import (
	"bytes"
	"testing"

	"github.com/krait-py/krait/pyver"
)

// Whatever reads comes out as it went in, in every version.
func FuzzRead(f *testing.F) {
	for _, s := range sampleStreams(f) {
		f.Add(s.data, uint16(s.version))
	}
	for v, cases := range handMadeStreams(f) {
		if v != pyver.Py27 && v != pyver.Py36 && v != pyver.Py315 {
			continue
		}
		for _, c := range cases {
			if len(c.stream) < 1000 {
				f.Add(c.stream, uint16(v))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, version uint16) {
		v := pyver.Version(version)
		if !v.Known() {
			return
		}
		opts := Options{Version: v}
		s, err := ReadStream(data, opts)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		got, err := s.Append(nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, data[:s.Size]) {
			t.Errorf("wrote %x, read %x", got, data[:s.Size])
		}
		// Writing in another format may fail, but not otherwise.
		for format := Format0; format <= 6; format++ {
			if b, err := Write(s.Value, Options{Version: v, Format: format}); err == nil {
				if _, n, err := Read(b, opts); err != nil || n != len(b) {
					t.Errorf("format %d: %x does not read: %v", format, b, err)
				}
			}
		}
	})
}
