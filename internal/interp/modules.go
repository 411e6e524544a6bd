package interp

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/arraymod"
	"github.com/krait-py/krait/internal/stdlib/bisectmod"
	"github.com/krait-py/krait/internal/stdlib/builtinsmod"
	"github.com/krait-py/krait/internal/stdlib/cmathmod"
	"github.com/krait-py/krait/internal/stdlib/codecsmod"
	"github.com/krait-py/krait/internal/stdlib/collectionsmod"
	"github.com/krait-py/krait/internal/stdlib/errnomod"
	"github.com/krait-py/krait/internal/stdlib/functoolsmod"
	"github.com/krait-py/krait/internal/stdlib/gcmod"
	"github.com/krait-py/krait/internal/stdlib/heapqmod"
	"github.com/krait-py/krait/internal/stdlib/impmod"
	"github.com/krait-py/krait/internal/stdlib/iomod"
	"github.com/krait-py/krait/internal/stdlib/itertoolsmod"
	"github.com/krait-py/krait/internal/stdlib/marshalmod"
	"github.com/krait-py/krait/internal/stdlib/mathmod"
	"github.com/krait-py/krait/internal/stdlib/operatormod"
	"github.com/krait-py/krait/internal/stdlib/posixmod"
	"github.com/krait-py/krait/internal/stdlib/randommod"
	"github.com/krait-py/krait/internal/stdlib/sremod"
	"github.com/krait-py/krait/internal/stdlib/statmod"
	"github.com/krait-py/krait/internal/stdlib/stringmod"
	"github.com/krait-py/krait/internal/stdlib/structmod"
	"github.com/krait-py/krait/internal/stdlib/threadmod"
	"github.com/krait-py/krait/internal/stdlib/typesmod"
	"github.com/krait-py/krait/internal/stdlib/typingmod"
	"github.com/krait-py/krait/internal/stdlib/unicodedatamod"
	"github.com/krait-py/krait/internal/stdlib/warningsmod"
	"github.com/krait-py/krait/internal/stdlib/weakrefmod"
)

// modules are the modules written in Go, but for sys.
var modules = []*object.ModuleDef{
	&bisectmod.Module,
	&arraymod.Module,
	&builtinsmod.Module,
	&cmathmod.Module,
	&codecsmod.Module,
	&collectionsmod.Module,
	&errnomod.Module,
	&functoolsmod.Module,
	&gcmod.Module,
	&heapqmod.Module,
	&impmod.Module,
	&iomod.Module,
	&itertoolsmod.Module,
	&marshalmod.Module,
	&mathmod.Module,
	&operatormod.Module,
	&posixmod.Module,
	&randommod.Module,
	&sremod.Module,
	&statmod.Module,
	&stringmod.Module,
	&structmod.Module,
	&threadmod.Module,
	&typesmod.Module,
	&typingmod.Module,
	&unicodedatamod.Module,
	&warningsmod.Module,
	&weakrefmod.Module,
}
