package assemble_test

import (
	"testing"
	"time"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
)

// BenchmarkUnit assembles all units of the programs, each program with a new
// cache. What counts is the time from units to code objects, by bytes of source:
// the metric source-MB/s. Each program counts with its fastest round, so that other
// work of the machine matters less.
func BenchmarkUnit(b *testing.B) {
	programs := units(b, 0)
	var a assemble.Assembler
	size, instrs := 0, 0
	best := make([]time.Duration, len(programs))
	for b.Loop() {
		size, instrs = 0, 0
		for k, p := range programs {
			var list []*instruction.Unit
			cache := new(instruction.Cache)
			filename := &code.Str{S: p.name, Interned: true}
			for i := range p.units {
				list = append(list, p.units[i].build(cache, filename, nil))
				instrs += list[i].Code.Len()
			}
			start := time.Now()
			for _, u := range list {
				if _, err := a.Unit(u); err != nil {
					b.Fatal(err)
				}
			}
			if spent := time.Since(start); best[k] == 0 || spent < best[k] {
				best[k] = spent
			}
			size += p.size
		}
	}
	var spent time.Duration
	for _, d := range best {
		spent += d
	}
	b.ReportMetric(float64(size)/1e6/spent.Seconds(), "source-MB/s")
	b.ReportMetric(float64(spent.Nanoseconds())/float64(instrs), "ns/instr")
}
