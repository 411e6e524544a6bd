package dis

import (
	"fmt"

	"github.com/krait-py/krait/pyver"
)

// Options chooses what a listing shows. The zero value is dis.dis without
// keyword arguments. The first four are CPython's own and exist from the
// version named on.
type Options struct {
	ShowCaches    bool // inline cache entries as rows of their own (3.11)
	Adaptive      bool // specialized instructions, as in a code object just loaded (3.11)
	ShowOffsets   bool // a column of offsets (3.13; earlier versions always have one)
	ShowPositions bool // full positions instead of line numbers (3.14)

	// Depth limits how many levels of nested code follow; zero follows all.
	Depth int
	// NoRecurse leaves nested code out, as depth=0 does in Python.
	NoRecurse bool
	// Addresses are the addresses of code objects; nil counts them from the
	// object that is listed.
	Addresses *Addresses
	// Style colours the listing; nil leaves it plain.
	Style *Style
}

// optionSince holds, per option, the flag of CPython's command line and the
// first version whose dis.dis takes it.
var optionSince = []struct {
	flag  string
	name  string
	isSet func(Options) bool
	since pyver.Version
}{
	{"-C", "show_caches", func(o Options) bool { return o.ShowCaches }, pyver.Py311},
	{"-S", "adaptive", func(o Options) bool { return o.Adaptive }, pyver.Py311},
	{"-O", "show_offsets", func(o Options) bool { return o.ShowOffsets }, pyver.Py313},
	{"-P", "show_positions", func(o Options) bool { return o.ShowPositions }, pyver.Py314},
}

// Check returns an error if an option is set that version v's dis does not have.
func (o Options) Check(v pyver.Version) error {
	for _, opt := range optionSince {
		if opt.isSet(o) && v < opt.since {
			return fmt.Errorf("dis: Python %v has no %s (%s): it came with %v", v, opt.name, opt.flag, opt.since)
		}
	}
	return nil
}
