//go:build linux || darwin

package interp

import (
	"github.com/krait-py/krait/internal/stdlib/fcntlmod"
	"github.com/krait-py/krait/internal/stdlib/resourcemod"
	"github.com/krait-py/krait/internal/stdlib/selectmod"
	"github.com/krait-py/krait/internal/stdlib/socketmod"
	"github.com/krait-py/krait/internal/stdlib/subprocmod"
	"github.com/krait-py/krait/internal/stdlib/usersmod"
)

func init() {
	modules = append(modules, &fcntlmod.Module, &resourcemod.Module, &selectmod.Module, &socketmod.Module, &subprocmod.Module, &usersmod.Passwd, &usersmod.Group)
}
