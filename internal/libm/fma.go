//go:build amd64 || arm64 || ppc64 || ppc64le || riscv64 || s390x || loong64

package libm

import "math"

// twoProd is a * b exactly, short of overflow and underflow.
func twoProd(a, b float64) pair {
	p := a * b
	return pair{p, math.FMA(a, b, -p)}
}
