package sre

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// BenchmarkJobs runs what testdata/bench.py has timed with CPython. The ratio it reports is to CPython's
// time, which includes making the objects that it returns. KRAIT_SRE_JOBS is an expression
// for the names of jobs.
func BenchmarkJobs(b *testing.B) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		b.Skip(err)
	}
	out, err := exec.Command(in.Path, "-I", "-B", "testdata/bench.py", os.Getenv("KRAIT_SRE_JOBS")).Output()
	if err != nil {
		b.Fatal(err)
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var job struct {
			Name   string
			Code   []uint32
			Groups int
			How    string
			Hex    string
			Wide   bool
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
		subject := string(data)
		p, err := Compile(job.Code, job.Groups)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(job.Name, func(b *testing.B) {
			b.ReportAllocs()
			var st State
			run := func() int {
				st.Reset(p, subject, job.Wide, 0, len(subject))
				found := 0
				step := st.Next
				if job.How == "match" {
					step = st.Match
				}
				for {
					ok, err := step()
					if err != nil {
						b.Fatal(err)
					}
					if ok {
						found++
					}
					if !ok || job.How == "match" {
						return found
					}
				}
			}
			if found := run(); found != job.Found {
				b.Fatalf("%d matches; want %d", found, job.Found)
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
