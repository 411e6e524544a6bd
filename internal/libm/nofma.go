//go:build !(amd64 || arm64 || ppc64 || ppc64le || riscv64 || s390x || loong64)

package libm

// twoProd is a * b exactly, short of overflow and underflow. Without an instruction that rounds
// product and sum at once, both factors are split in halves whose products are exact.
func twoProd(a, b float64) pair {
	p := float64(a * b)
	a1, a2 := split(a)
	b1, b2 := split(b)
	return pair{p, float64(a2*b2) - (((p - float64(a1*b1)) - float64(a2*b1)) - float64(a1*b2))}
}

func split(a float64) (hi, lo float64) {
	if a > 1e300 || a < -1e300 {
		a *= 0x1p-28
		c := float64(0x8000001 * a)
		hi = c - (c - a)
		return hi * 0x1p28, (a - hi) * 0x1p28
	}
	c := float64(0x8000001 * a)
	hi = c - (c - a)
	return hi, a - hi
}
