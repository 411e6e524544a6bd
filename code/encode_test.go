package code_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// reencode checks that encoding what the tables of o decode to gives tables
// that decode to the same. What the encoders refuse they may: not all that
// can be read is sense.
func reencode(t testing.TB, o *code.Object) {
	t.Helper()
	again := *o
	var err error
	var table []byte
	switch v := o.Version; {
	case v >= pyver.Py311:
		table, err = code.EncodeLocations(o.FirstLine, o.Locations())
		if err == nil {
			again.LineTable = &code.Bytes{S: string(table)}
			same(t, "locations", slices.Collect(again.Locations()), slices.Collect(o.Locations()))
		}
	case v == pyver.Py310:
		table, err = code.EncodeLineTable(o.FirstLine, o.Lines())
		if err == nil {
			again.LineTable = &code.Bytes{S: string(table)}
			same(t, "lines", joined(&again), joined(o))
		}
	default:
		table, err = code.EncodeLnotab(v, o.FirstLine, o.LnotabEntries())
		if err == nil {
			again.LineTable = &code.Bytes{S: string(table)}
			same(t, "line starts", slices.Collect(again.LineStarts()), slices.Collect(o.LineStarts()))
		}
		if err == nil {
			table, err = code.EncodeLnotab(v, o.FirstLine, o.LineStarts())
			again.LineTable = &code.Bytes{S: string(table)}
			same(t, "line starts", slices.Collect(again.LineStarts()), slices.Collect(o.LineStarts()))
		}
	}
	mustBeTableError(t, err)
	mustBeTableError(t, o.CheckLines())

	entries, err := o.ExceptionEntries()
	mustBeTableError(t, err)
	table, err = code.EncodeExceptionTable(entries)
	mustBeTableError(t, err)
	if err == nil {
		again.ExceptionTable = &code.Bytes{S: string(table)}
		got, err := again.ExceptionEntries()
		if err != nil {
			t.Errorf("encoded exception table: %v", err)
		}
		same(t, "exception entries", got, entries)
	}
}

// joined returns the line ranges of o with neighbours on the same line joined:
// how many entries a range takes depends on its length.
func joined(o *code.Object) []code.LineRange {
	var ranges []code.LineRange
	for r := range o.Lines() {
		if n := len(ranges); n > 0 && ranges[n-1].Line == r.Line {
			ranges[n-1].End = r.End
			continue
		}
		ranges = append(ranges, r)
	}
	return ranges
}

func same[T comparable](t testing.TB, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s after encoding: got %v, want %v", what, got, want)
	}
}

func mustBeTableError(t testing.TB, err error) {
	t.Helper()
	var te *code.TableError
	if err != nil && !errors.As(err, &te) {
		t.Errorf("got error %T %v, want a *TableError", err, err)
	}
}
