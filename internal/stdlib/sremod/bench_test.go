package sremod

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// BenchmarkJobs does the jobs of package sre's testdata/bench.py as CPython does them there: with the objects
// that findall and match return. KRAIT_SRE_JOBS is an expression for the names of jobs.
func BenchmarkJobs(b *testing.B) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		b.Skip(err)
	}
	out, err := exec.Command(in.Path, "-I", "-B", "../../sre/testdata/bench.py", os.Getenv("KRAIT_SRE_JOBS")).Output()
	if err != nil {
		b.Fatal(err)
	}
	th, m := newThread(b)
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var job struct {
			Name   string
			Code   []uint32
			Groups int
			How    string
			Hex    string
			Bytes  bool
			Found  int
			NS     float64
		}
		if err := dec.Decode(&job); err != nil {
			b.Fatal(err)
		}
		data, err := hex.DecodeString(job.Hex)
		if err != nil {
			b.Fatal(err)
		}
		s := object.MakeStr(string(data))
		pattern := object.MakeStr("")
		if job.Bytes {
			s, pattern = object.Of(object.NewBytes(string(data))), object.Of(object.NewBytes(""))
		}
		p := compilePattern(b, th, m, pattern, 32, job.Code, job.Groups)
		b.Run(job.Name, func(b *testing.B) {
			b.ReportAllocs()
			f := must(b, th, th.GetAttrName(p, job.How))
			args := []Value{s}
			run := func() Value { return th.Call(f, args, nil) }
			r := must(b, th, run())
			if job.How == "findall" {
				if n := len(object.To[object.List](r).V); n != job.Found {
					b.Fatalf("%d matches; want %d", n, job.Found)
				}
			}
			best := measure(func() { run() })
			for b.Loop() {
				run()
			}
			b.ReportMetric(best/job.NS, "ratio")
			b.ReportMetric(best, "best-ns")
			b.ReportMetric(job.NS, "cpython-ns")
		})
	}
}

// measure returns the nanoseconds of a run of f, the least of many short stretches, as bench.py does.
func measure(f func()) float64 {
	stretch := func(n int) float64 {
		t := time.Now()
		for range n {
			f()
		}
		return float64(time.Since(t).Nanoseconds())
	}
	n := 1
	t := stretch(n)
	for t < 400_000 {
		n *= 2
		t = stretch(n)
	}
	best := t
	for range 40 {
		best = min(best, stretch(n))
	}
	return best / float64(n)
}
