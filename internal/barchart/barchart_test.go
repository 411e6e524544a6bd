package barchart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"testing"
)

// colours counts the pixels of each colour in a row of the chart.
func colours(img *image.RGBA, row int) map[color.RGBA]int {
	counts := map[color.RGBA]int{}
	y := int(rowTop(row)+rowHeight/2) * scale
	for x := range img.Bounds().Dx() {
		counts[img.RGBAAt(x, y)]++
	}
	return counts
}

func TestRender(t *testing.T) {
	c := Chart{
		Title: "a title", Subtitle: "below", Footer: "at the end",
		Rows: []string{"half", "twice", "much more", "failed", "huge", "tiny"},
		Panels: []Panel{{
			Title: "time", Less: "faster", More: "slower", Limit: 3, Mean: 0.9,
			Values: []float64{0.5, 2, 5, 0, math.Inf(1), 1e-9}, Notes: []string{3: "failed"},
		}, {
			Title: "memory", Values: []float64{1, 1, 1, 1, 1, math.NaN()}, Width: 0.5,
		}},
	}
	var b bytes.Buffer
	if err := c.WritePNG(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(&b); err != nil {
		t.Fatal(err)
	}
	img, err := c.Render()
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Dx(); got != width*scale {
		t.Errorf("%d pixels wide", got)
	}
	half, twice, more, failed := colours(img, 0), colours(img, 1), colours(img, 2), colours(img, 3)
	switch {
	case half[better] == 0 || half[worse] > 0:
		t.Error("half has no bar of the better kind")
	case twice[worse] == 0 || twice[better] > 0:
		t.Error("twice has no bar of the worse kind")
	case more[bad] <= twice[worse]:
		t.Error("much more has no longer bar of the bad kind")
	case failed[better]+failed[worse] > 0:
		t.Error("failed has a bar")
	}
	// Equal factors are equally long, but for the line at 1.
	if d := half[better] - twice[worse]; d < -4 || d > 4 {
		t.Errorf("half is %d pixels long, twice %d", half[better], twice[worse])
	}
}

func TestWrongCharts(t *testing.T) {
	for _, c := range []Chart{
		{},
		{Rows: []string{"a"}},
		{Rows: []string{"a"}, Panels: []Panel{{Values: []float64{1, 2}}}},
	} {
		if _, err := c.Render(); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		low, high float64
		want      []float64
	}{
		{-2, 1, []float64{0.25, 0.5, 1, 2}},
		{-0.5, 1, []float64{0.75, 1, 1.5, 2}},
		{-8, 8, []float64{1.0 / 256, 1.0 / 16, 1, 16, 256}},
	} {
		if got := (axis{tt.low, tt.high, 0, 300}).ticks(); !slices.Equal(got, tt.want) {
			t.Errorf("ticks from 2**%v to 2**%v: %v, want %v", tt.low, tt.high, got, tt.want)
		}
	}
	for r, want := range map[float64]string{0.0123: "0.01", 0.5: "0.50", 1.239: "1.24", 12.34: "12.3", 256: "256"} {
		if got := format(r); got != want {
			t.Errorf("format(%v) = %s, want %s", r, got, want)
		}
	}
}
