// Package barchart draws ratios: a picture with one row a thing that was measured and,
// beside each other, one panel a kind of ratio. Bars grow from 1 on a logarithmic axis, so that
// twice as much and half as much are equally long. A [Chart] says what is to be
// seen; [Chart.Render] gives an image, [Chart.WritePNG] a file.
package barchart

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strconv"
)

// Chart is a picture to be drawn.
type Chart struct {
	Title, Subtitle, Footer string
	Rows                    []string // what was measured, from top to bottom
	Panels                  []Panel
}

// Panel is a column of bars with an axis of its own.
type Panel struct {
	Title      string
	Less, More string // what lies on the left and on the right of 1: "faster", "slower"
	// Values has a ratio for each row; one that is not a positive number has no bar,
	// but its note.
	Values []float64
	// Notes has texts that stand beside the bars in place of the ratio; it may be
	// short or nil.
	Notes []string
	// Limit is the ratio above which a bar is drawn in red and a line is, 0 for none.
	Limit float64
	// Mean is marked by a dashed line with its value, 0 for none.
	Mean float64
	// Width is this panel's share of the width beside the others'; 0 means 1.
	Width float64
}

// Sizes, in units that are scaled by [scale] to make pixels.
const (
	width     = 1000
	margin    = 28
	rowHeight = 24
	barHeight = 14
	headSpace = 118 // above the rows: titles and the upper axis
	footSpace = 62  // below the rows: the lower axis and the footer
	panelGap  = 34
	scale     = 2

	// ratios outside are drawn as if they were at the edge.
	lowest, highest = 1.0 / 256, 256.0
)

var (
	background = color.RGBA{0xff, 0xff, 0xff, 0xff}
	stripe     = color.RGBA{0xf6, 0xf8, 0xfa, 0xff}
	ink        = color.RGBA{0x1f, 0x29, 0x33, 0xff}
	faint      = color.RGBA{0x74, 0x80, 0x8e, 0xff}
	grid       = color.RGBA{0xdf, 0xe4, 0xea, 0xff}
	better     = color.RGBA{0x2a, 0x9d, 0x8f, 0xff}
	worse      = color.RGBA{0xf0, 0xa0, 0x4b, 0xff}
	bad        = color.RGBA{0xd1, 0x49, 0x5b, 0xff}
	meanInk    = color.RGBA{0x3d, 0x5a, 0x80, 0xff}
)

// WritePNG draws the chart and writes it to w.
func (c *Chart) WritePNG(w io.Writer) error {
	img, err := c.Render()
	if err != nil {
		return err
	}
	return png.Encode(w, img)
}

// Render draws the chart.
func (c *Chart) Render() (*image.RGBA, error) {
	if len(c.Rows) == 0 || len(c.Panels) == 0 {
		return nil, errors.New("barchart: nothing to draw")
	}
	for _, p := range c.Panels {
		if len(p.Values) != len(c.Rows) {
			return nil, errors.New("barchart: a panel has " + strconv.Itoa(len(p.Values)) + " values for " + strconv.Itoa(len(c.Rows)) + " rows")
		}
	}
	height := headSpace + rowHeight*len(c.Rows) + footSpace
	v, err := newCanvas(width, height)
	if err != nil {
		return nil, err
	}
	v.text(margin, 34, c.Title, titleFont, ink, textLeft)
	v.text(margin, 56, c.Subtitle, smallFont, faint, textLeft)
	v.text(margin, float64(height)-16, c.Footer, smallFont, faint, textLeft)

	names := 0.0
	for i, name := range c.Rows {
		y := rowTop(i)
		if i%2 == 0 {
			v.rect(margin-8, y, width-margin+8, y+rowHeight, stripe)
		}
		names = max(names, v.measure(name, rowFont))
	}
	total, room := 0.0, width-2*margin-names-panelGap*float64(len(c.Panels))
	for _, p := range c.Panels {
		total += p.share()
	}
	x := margin + names + panelGap
	for i := range c.Panels {
		p := &c.Panels[i]
		w := room * p.share() / total
		p.draw(v, x, x+w, len(c.Rows))
		x += w + panelGap
	}
	for i, name := range c.Rows {
		v.text(margin+names, rowTop(i)+rowHeight/2+4.5, name, rowFont, ink, textRight)
	}
	return v.img, nil
}

func rowTop(i int) float64 { return headSpace + float64(i)*rowHeight }

func (p *Panel) share() float64 {
	if p.Width <= 0 {
		return 1
	}
	return p.Width
}

// drawable reports whether a ratio can have a bar.
func drawable(r float64) bool { return r > 0 && !math.IsInf(r, 0) }

// axis maps ratios to places.
type axis struct {
	low, high   float64 // base-2 logarithms of the ratios at the edges
	left, right float64
}

func (a axis) at(ratio float64) float64 {
	l := math.Log2(min(max(ratio, lowest), highest))
	return a.left + (l-a.low)/(a.high-a.low)*(a.right-a.left)
}

// scaleFor chooses an axis that shows all values of the panel, some room for their
// labels, and 1.
func (p *Panel) scaleFor(left, right, label float64) axis {
	low, high := -0.25, 0.25
	if p.Limit > 0 {
		high = max(high, math.Log2(p.Limit)+0.1)
	}
	for _, r := range p.Values {
		if drawable(r) {
			l := math.Log2(min(max(r, lowest), highest))
			low, high = min(low, l), max(high, l)
		}
	}
	// A label beside the longest bar takes its width of either side.
	return axis{low, high, left + label, right - label}
}

func (p *Panel) note(i int) string {
	if i < len(p.Notes) && p.Notes[i] != "" {
		return p.Notes[i]
	}
	if r := p.Values[i]; drawable(r) {
		return format(r)
	}
	return ""
}

// format writes a ratio with about three digits.
func format(r float64) string {
	switch {
	case r >= 100:
		return strconv.FormatFloat(r, 'f', 0, 64)
	case r >= 10:
		return strconv.FormatFloat(r, 'f', 1, 64)
	}
	return strconv.FormatFloat(r, 'f', 2, 64)
}

// ticks returns the ratios that an axis names: powers of two, with 1.5 times them in
// between where there is room, or fewer where there is none.
func (a axis) ticks() []float64 {
	octave := (a.right - a.left) / (a.high - a.low)
	step := 1
	for octave*float64(step) < 44 {
		step *= 2
	}
	var ticks []float64
	add := func(r float64) {
		if l := math.Log2(r); l >= a.low && l <= a.high {
			ticks = append(ticks, r)
		}
	}
	for e := int(math.Floor(a.low)); e <= int(math.Ceil(a.high)); e++ {
		if e%step == 0 {
			add(math.Ldexp(1, e))
			if octave > 110 {
				add(math.Ldexp(1.5, e))
			}
		}
	}
	return ticks
}

// tickText names a ratio on the axis.
func tickText(r float64) string {
	if r < 0.1 {
		return strconv.FormatFloat(r, 'g', 2, 64)
	}
	return strconv.FormatFloat(r, 'g', 3, 64)
}

// labelRoom is kept free beside the longest bars for what is written there.
const labelRoom = 42

func (p *Panel) draw(v *canvas, left, right float64, rows int) {
	a := p.scaleFor(left, right, labelRoom)
	one, top, bottom := a.at(1), rowTop(0), rowTop(rows)
	half := v.measure(p.Title, headFont)/2 + 12
	v.text(one, top-32, p.Title, headFont, ink, textCenter)
	if p.Less != "" {
		v.text(one-half, top-32, "← "+p.Less, smallFont, faint, textRight)
	}
	if p.More != "" {
		v.text(one+half, top-32, p.More+" →", smallFont, faint, textLeft)
	}
	for _, r := range a.ticks() {
		x := a.at(r)
		if r != 1 {
			v.rect(x-0.4, top, x+0.4, bottom, grid)
		}
		v.text(x, bottom+17, tickText(r), smallFont, faint, textCenter)
	}
	if p.Limit > 0 {
		v.dashed(a.at(p.Limit), top-4, bottom+4, bad, 2, 3)
	}
	if drawable(p.Mean) {
		x := a.at(p.Mean)
		v.dashed(x, top-4, bottom+4, meanInk, 5, 3)
		v.text(x, top-11, "mean "+format(p.Mean), boldSmallFont, meanInk, textCenter)
	}
	for i, r := range p.Values {
		p.drawRow(v, a, i, r)
	}
	v.rect(one-0.9, top-4, one+0.9, bottom+4, ink)
}

func (p *Panel) drawRow(v *canvas, a axis, i int, r float64) {
	one, y, text := a.at(1), rowTop(i)+(rowHeight-barHeight)/2, p.note(i)
	x, shade, side := one+2, bad, textLeft
	if drawable(r) {
		shade = worse
		switch {
		case p.Limit > 0 && r > p.Limit:
			shade = bad
		case r <= 1:
			shade = better
		}
		x = a.at(r)
		v.bar(one, x, y, y+barHeight, shade)
		shade = ink
		if r <= 1 {
			side = textRight
		}
	}
	if text == "" {
		return
	}
	// Lines behind the text would make it hard to read.
	w, behind := v.measure(text, smallFont), background
	if i%2 == 0 {
		behind = stripe
	}
	if side == textRight {
		v.rect(x-7-w, y, x-2, y+barHeight, behind)
		v.text(x-5, y+barHeight/2+4, text, smallFont, shade, side)
	} else {
		v.rect(x+2, y, x+7+w, y+barHeight, behind)
		v.text(x+5, y+barHeight/2+4, text, smallFont, shade, side)
	}
}
