package code_test

import (
	"encoding/hex"
	"iter"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

func count[T any](seq iter.Seq[T]) int {
	n := 0
	for range seq {
		n++
	}
	return n
}

// benchObjects returns the code objects of the golden file of v.
func benchObjects(b *testing.B, v pyver.Version) []*code.Object {
	text := strings.Split(readFile(b, goldenName(v)), "\n")
	data, err := hex.DecodeString(text[1])
	if err != nil {
		b.Fatal(err)
	}
	value, _, err := marshal.Read(data, marshal.Options{Version: v})
	if err != nil {
		b.Fatal(err)
	}
	var objects []*code.Object
	size := 0
	for o := range value.(*code.Object).All() {
		objects = append(objects, o)
		size += len(o.Code.S)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	return objects
}

// The throughput of these is in bytes of bytecode.

func BenchmarkInstructions(b *testing.B) {
	for _, v := range []pyver.Version{pyver.Py27, pyver.Py39, pyver.Py314} {
		b.Run(v.String(), func(b *testing.B) {
			objects := benchObjects(b, v)
			for b.Loop() {
				for _, o := range objects {
					for range o.Instructions() {
					}
				}
			}
		})
	}
}

func BenchmarkRawInstructions(b *testing.B) {
	objects := benchObjects(b, pyver.Py314)
	for b.Loop() {
		for _, o := range objects {
			for range o.RawInstructions() {
			}
		}
	}
}

func BenchmarkLabels(b *testing.B) {
	objects := benchObjects(b, pyver.Py314)
	for b.Loop() {
		for _, o := range objects {
			o.Labels()
		}
	}
}

func BenchmarkLineStarts(b *testing.B) {
	for _, v := range []pyver.Version{pyver.Py27, pyver.Py310, pyver.Py314} {
		b.Run(v.String(), func(b *testing.B) {
			objects := benchObjects(b, v)
			for b.Loop() {
				for _, o := range objects {
					for range o.LineStarts() {
					}
				}
			}
		})
	}
}

func BenchmarkPositions(b *testing.B) {
	objects := benchObjects(b, pyver.Py314)
	for b.Loop() {
		for _, o := range objects {
			for range o.Positions() {
			}
		}
	}
}

func BenchmarkEncodeLocations(b *testing.B) {
	objects := benchObjects(b, pyver.Py314)
	for b.Loop() {
		for _, o := range objects {
			if _, err := code.EncodeLocations(o.FirstLine, o.Locations()); err != nil {
				b.Fatal(err)
			}
		}
	}
}
