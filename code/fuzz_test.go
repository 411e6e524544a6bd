package code_test

import (
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// The fuzz targets take any bytes for a table: decoding ends, in time bound
// by the table's length, and encoding what came out decodes to the same.

func FuzzLnotab(f *testing.F) {
	for _, c := range lineCases {
		f.Add(uint8(c.version), 10, []byte(c.table), 40)
	}
	f.Fuzz(func(t *testing.T, minor uint8, first int, table []byte, size int) {
		v := pyver.Make(3, int(minor%10))
		if minor == 7 {
			v = pyver.Py27
		}
		fuzzLines(t, v, first, table, size)
	})
}

func FuzzLineTable(f *testing.F) {
	for _, c := range lineCases {
		f.Add(10, []byte(c.table))
	}
	f.Fuzz(func(t *testing.T, first int, table []byte) { fuzzLines(t, pyver.Py310, first, table, 40) })
}

func FuzzLocations(f *testing.F) {
	for _, c := range lineCases {
		f.Add(uint8(c.version), 10, []byte(c.table))
	}
	f.Fuzz(func(t *testing.T, minor uint8, first int, table []byte) {
		fuzzLines(t, pyver.Make(3, 11+int(minor%5)), first, table, 40)
	})
}

func fuzzLines(t *testing.T, v pyver.Version, first int, table []byte, size int) {
	o := object(v, min(max(size, 0), 1000), string(table))
	o.FirstLine = int(int32(first))
	if n := count(o.Lines()); n > len(table)+1 {
		t.Errorf("%d bytes have %d lines", len(table), n)
	}
	if n := count(o.LineStarts()); n > len(table)+1 {
		t.Errorf("%d bytes have %d line starts", len(table), n)
	}
	if n := count(o.Positions()); n > 8*len(table) {
		t.Errorf("%d bytes have %d positions", len(table), n)
	}
	reencode(t, o)
}

func FuzzExceptionTable(f *testing.F) {
	f.Add([]byte("\x94\x08\x41\x24\x06"))
	f.Add([]byte("\x80\x01\x02\x03\xff\x7f\x01\x01\x01\x01"))
	f.Fuzz(func(t *testing.T, table []byte) {
		reencode(t, &code.Object{Version: pyver.Py314, ExceptionTable: &code.Bytes{S: string(table)}})
	})
}

func FuzzInstructions(f *testing.F) {
	f.Add(uint8(0), []byte("\x90\x01d\x02"))
	f.Add(uint8(16), []byte("\x47\x01\x47\x02\x47\x03\x47\xff\x00"))
	f.Fuzz(func(t *testing.T, version uint8, text []byte) {
		all := pyver.All()
		o := &code.Object{Version: all[int(version)%len(all)], Code: &code.Bytes{S: string(text)}}
		for _, seq := range [][]code.Instr{slices.Collect(o.Instructions()), slices.Collect(o.RawInstructions())} {
			end := 0
			for _, in := range seq {
				// Every byte belongs to one instruction.
				if in.Offset != end && in.Start != end || in.End <= in.Offset || in.Offset >= len(text) || in.Op != text[in.Offset] {
					t.Fatalf("%+v follows an instruction that ends at %d", in, end)
				}
				end = in.End
			}
			if end < len(text) {
				t.Errorf("instructions end at %d of %d bytes", end, len(text))
			}
		}
		labels := o.Labels()
		slices.Sort(labels)
		if len(slices.Compact(labels)) != len(labels) {
			t.Errorf("labels twice: %v", labels)
		}
	})
}
