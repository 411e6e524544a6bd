package marshal_test

import (
	"os"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

func TestSpans(t *testing.T) {
	data := []byte("\xa9\x03\xda\x01a" + "[\x01\x00\x00\x00N" + "r\x01\x00\x00\x00")
	got, err := marshal.Spans(append(data, "rest"...), marshal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []marshal.Span{
		{Start: 0, End: 16, Ref: 0},
		{Start: 2, End: 5, Depth: 1, Ref: 1},
		{Start: 5, End: 11, Depth: 1, Ref: -1},
		{Start: 10, End: 11, Depth: 2, Ref: -1},
		{Start: 11, End: 16, Depth: 1, Ref: 1, IsRef: true},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d spans, want %d", len(got), len(want))
	}
	for i, s := range got {
		if s.Value == nil {
			t.Errorf("span %d has no value", i)
		}
		s.Value = nil
		if s != want[i] {
			t.Errorf("span %d: got %+v, want %+v", i, s, want[i])
		}
	}
	if got[4].Value != got[1].Value {
		t.Error("the reference is not to the value")
	}
}

func TestSpansOfPython2(t *testing.T) {
	got, err := marshal.Spans([]byte("(\x02\x00\x00\x00t\x01\x00\x00\x00aR\x00\x00\x00\x00"), marshal.Options{Version: pyver.Py27})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[1].Ref != 0 || got[1].IsRef || got[2].Ref != 0 || !got[2].IsRef {
		t.Errorf("got %+v", got)
	}
}

func TestSpansOfDamage(t *testing.T) {
	got, err := marshal.Spans([]byte(")\x02)\x01Ni\x01"), marshal.Options{})
	if err == nil {
		t.Fatal("a cut stream was read")
	}
	if len(got) != 4 || got[0].Value != nil || got[1].End != 5 || got[3].Start != 5 {
		t.Errorf("got %+v, want the four values that begin", got)
	}
}

// TestSpansNest checks on a real file that spans nest and are those of the
// values that Read returns.
func TestSpansNest(t *testing.T) {
	data, err := os.ReadFile("../testdata/example/hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	data = data[16:]
	spans, err := marshal.Spans(data, marshal.Options{Version: pyver.Py314})
	if err != nil {
		t.Fatal(err)
	}
	var open []marshal.Span
	for i, s := range spans {
		for len(open) > 0 && open[len(open)-1].End <= s.Start {
			open = open[:len(open)-1]
		}
		if s.Depth != len(open) {
			t.Errorf("span %d at %d is %d deep, in %d others", i, s.Start, s.Depth, len(open))
		}
		if len(open) > 0 && s.End > open[len(open)-1].End {
			t.Errorf("span %d at %d leaves the one around it", i, s.Start)
		}
		if s.End <= s.Start {
			t.Errorf("span %d is empty", i)
		}
		if f := s.Value.WrittenAs(); !s.IsRef && byte(f) != data[s.Start] && f != 0 {
			t.Errorf("span %d at %d begins with %#x, its value with %#x", i, s.Start, data[s.Start], f)
		}
		open = append(open, s)
	}
	if _, ok := spans[0].Value.(*code.Object); !ok || spans[0].End != len(data) {
		t.Errorf("the first span is %+v, want the code object", spans[0])
	}
}
