package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/krait-py/krait/internal/barchart"
)

// plot draws the ratios, of which there must be some, fastest first, and writes the
// picture to a PNG file.
func (r *report) plot(file string) error {
	s := r.summary()
	c := barchart.Chart{
		Title:    fmt.Sprintf("%s against CPython %s", r.Subject, r.Python),
		Subtitle: "CPU time and peak memory as multiples of CPython's, on logarithmic axes",
		Footer: fmt.Sprintf("%s; least of %d rounds; %s/%s, %d CPUs", r.Time.UTC().Format("2006-01-02 15:04 UTC"), r.Rounds,
			r.Machine.OS, r.Machine.Arch, r.Machine.CPUs),
		Panels: []barchart.Panel{
			{Title: "time", Less: "faster", More: "slower", Limit: ratioLimit, Mean: s.mean, Width: 1.7},
			{Title: "memory", Less: "smaller", More: "larger", Limit: memoryLimit, Mean: s.memoryMean},
		},
	}
	for _, e := range r.byRatio() {
		note := e.Failure
		if note != "" {
			note = "failed"
		}
		c.Rows = append(c.Rows, e.Name)
		for i, v := range []float64{e.ratio(), e.memory()} {
			p := &c.Panels[i]
			p.Values = append(p.Values, v)
			p.Notes = append(p.Notes, note)
			note = ""
		}
	}
	if s.worstMemory == nil {
		c.Panels = c.Panels[:1]
	}
	var b bytes.Buffer
	if err := c.WritePNG(&b); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
