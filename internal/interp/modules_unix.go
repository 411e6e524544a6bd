//go:build linux || darwin

package interp

import (
	"github.com/krait-py/krait/internal/stdlib/selectmod"
	"github.com/krait-py/krait/internal/stdlib/socketmod"
	"github.com/krait-py/krait/internal/stdlib/subprocmod"
)

func init() { modules = append(modules, &selectmod.Module, &socketmod.Module, &subprocmod.Module) }
