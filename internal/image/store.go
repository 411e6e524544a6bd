package image

import (
	"crypto/sha256"

	"github.com/krait-py/krait/code"
)

// Sum is what a module is found by: a sum of its marshalled code.
type Sum [16]byte

// SumOf returns the sum of marshalled code.
func SumOf(data []byte) Sum {
	s := sha256.Sum256(data)
	return Sum(s[:len(Sum{})])
}

// A Store keeps images of modules from run to run, each of one module whose name is "". It may be used by several goroutines.
type Store interface {
	// Load returns the image that has been kept, nil if there is none.
	Load(sum Sum) *Image
	// Keep keeps code, which has been verified, for later runs if it can.
	Keep(sum Sum, o *code.Object)
	// Covers reports whether a file of source is one whose code is to be kept.
	Covers(file string) bool
}
