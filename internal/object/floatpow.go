package object

import "math"

// powFinite is x**y for finite x > 0 and finite y, rounded correctly but for rare cases.
func powFinite(x, y float64) float64 { return math.Pow(x, y) }
