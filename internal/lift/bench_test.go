package lift

import (
	"testing"

	"github.com/krait-py/krait/code"
)

// The throughput is in bytes of bytecode.
func benchmark(b *testing.B, f func(*code.Object) (*Code, error)) {
	var objects []*code.Object
	size := 0
	for _, o := range ownObjects(b) {
		if len(o.Code.S) < 20000 { // not the files of large jumps
			objects = append(objects, o)
			size += len(o.Code.S)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, o := range objects {
			if _, err := f(o); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(objects)), "objects")
}

func BenchmarkLift(b *testing.B) { benchmark(b, Lift) }

func BenchmarkFaithful(b *testing.B) { benchmark(b, Faithful) }
