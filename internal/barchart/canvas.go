package barchart

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// typeface names a font at a size.
type typeface int

const (
	titleFont typeface = iota
	headFont
	rowFont
	smallFont
	boldSmallFont
	typefaces
)

var typefaceSizes = [typefaces]struct {
	data []byte
	size float64
}{
	titleFont:     {gobold.TTF, 21},
	headFont:      {gobold.TTF, 13},
	rowFont:       {goregular.TTF, 13},
	smallFont:     {goregular.TTF, 11.5},
	boldSmallFont: {gobold.TTF, 11.5},
}

// align says which part of a text stands at its place.
type align int

const (
	textLeft align = iota
	textCenter
	textRight
)

// canvas is an image with smooth shapes and text, measured in units of scale pixels.
type canvas struct {
	img   *image.RGBA
	faces [typefaces]font.Face
	z     vector.Rasterizer
}

func newCanvas(width, height int) (*canvas, error) {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, width*scale, height*scale))}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	for i, t := range typefaceSizes {
		f, err := opentype.Parse(t.data)
		if err != nil {
			return nil, fmt.Errorf("barchart: font: %w", err)
		}
		// 72 dots per inch make a point a pixel.
		c.faces[i], err = opentype.NewFace(f, &opentype.FaceOptions{Size: t.size * scale, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return nil, fmt.Errorf("barchart: font: %w", err)
		}
	}
	return c, nil
}

// measure returns the width of a text.
func (c *canvas) measure(s string, t typeface) float64 {
	return float64(font.MeasureString(c.faces[t], s)) / 64 / scale
}

// text writes s with its baseline at y.
func (c *canvas) text(x, y float64, s string, t typeface, shade color.Color, a align) {
	switch a {
	case textCenter:
		x -= c.measure(s, t) / 2
	case textRight:
		x -= c.measure(s, t)
	}
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(shade), Face: c.faces[t],
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * scale * 64), Y: fixed.Int26_6(y * scale * 64)}}
	d.DrawString(s)
}

// rect fills a rectangle.
func (c *canvas) rect(x0, y0, x1, y1 float64, shade color.Color) {
	c.shape(x0, y0, x1, y1, 0, 0, shade)
}

// bar fills a rectangle from x0 to x1, on whichever side that is, whose far end is round.
func (c *canvas) bar(x0, x1, y0, y1 float64, shade color.Color) {
	r := min((y1-y0)/4, math.Abs(x1-x0))
	if x1 < x0 {
		c.shape(x1, y0, x0, y1, r, 0, shade)
		return
	}
	c.shape(x0, y0, x1, y1, 0, r, shade)
}

// shape fills a rectangle with corners of radius left and right.
func (c *canvas) shape(x0, y0, x1, y1, left, right float64, shade color.Color) {
	// The rasterizer covers the shape's surroundings only: a whole image each time is slow.
	area := image.Rect(int(x0*scale)-1, int(y0*scale)-1, int(x1*scale)+2, int(y1*scale)+2).Intersect(c.img.Bounds())
	if area.Empty() {
		return
	}
	px := func(x float64) float32 { return float32(x*scale) - float32(area.Min.X) }
	py := func(y float64) float32 { return float32(y*scale) - float32(area.Min.Y) }
	z := &c.z
	z.Reset(area.Dx(), area.Dy())
	z.MoveTo(px(x0+left), py(y0))
	z.LineTo(px(x1-right), py(y0))
	z.QuadTo(px(x1), py(y0), px(x1), py(y0+right))
	z.LineTo(px(x1), py(y1-right))
	z.QuadTo(px(x1), py(y1), px(x1-right), py(y1))
	z.LineTo(px(x0+left), py(y1))
	z.QuadTo(px(x0), py(y1), px(x0), py(y1-left))
	z.LineTo(px(x0), py(y0+left))
	z.QuadTo(px(x0), py(y0), px(x0+left), py(y0))
	z.ClosePath()
	z.Draw(c.img, area, image.NewUniform(shade), image.Point{})
}

// dashed draws a vertical line of dashes.
func (c *canvas) dashed(x, y0, y1 float64, shade color.Color, dash, gap float64) {
	for y := y0; y < y1; y += dash + gap {
		c.rect(x-0.7, y, x+0.7, min(y+dash, y1), shade)
	}
}
