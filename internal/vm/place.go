package vm

import "github.com/krait-py/krait/internal/vm/line"

// The evaluation loop begins a line of the cache: see package line. Its file is called as it is to be the first.
func init() { line.Take() }
