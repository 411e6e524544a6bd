package interp

import "github.com/krait-py/krait/internal/object"

// modules are the modules written in Go.
var modules = []*object.ModuleDef{}
