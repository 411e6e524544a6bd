package footprint

import (
	"strings"
	"testing"
)

// Code, constants and what is written survive.
func TestTrim(t *testing.T) {
	before := strings.Repeat("constant ", 1000)
	for range 3 {
		Mapped().trim(true)
		if after := strings.Repeat("constant ", 1000); after != before {
			t.Fatal("memory has changed")
		}
	}
}
