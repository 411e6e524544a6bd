package interp

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/builtinsmod"
)

// modules are the modules written in Go.
var modules = []*object.ModuleDef{
	&builtinsmod.Module,
}
