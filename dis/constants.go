package dis

import (
	"errors"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

// constants writes the constants of one listing. A hostile file can load one
// huge constant from thousands of places; so the text of large ones is kept,
// and there is a limit to what all of them may take.
type constants struct {
	version pyver.Version
	numbers map[*code.Object]uint64
	large   map[code.Value]string
	spent   int // bytes of text written
}

const (
	largeText   = 16 << 10
	constsLimit = 1 << 30
)

var errTooMuch = errors.New("the text of the constants is above 1 GiB")

// firstAddress stands in for the address of the outermost code object; those
// nested in it count up from there. It looks like an address, so that tools which
// mask addresses in CPython's listings mask these, too.
const firstAddress = 0x7f0000000001

func newConstants(o *code.Object) *constants {
	c := &constants{version: o.Version, numbers: map[*code.Object]uint64{}}
	for inner := range o.All() {
		c.address(inner)
	}
	return c
}

// address returns o's stand-in address, a new one if it has none yet.
func (c *constants) address(o *code.Object) uint64 {
	a, ok := c.numbers[o]
	if !ok {
		a = firstAddress + uint64(len(c.numbers))
		c.numbers[o] = a
	}
	return a
}

// append appends repr(v). If that is too long for a listing, the error says so,
// and the first part of it is there.
func (c *constants) append(dst []byte, v code.Value) ([]byte, error) {
	if c.spent > constsLimit {
		return append(dst, "..."...), errTooMuch
	}
	if text, ok := c.large[v]; ok {
		c.spent += len(text)
		return append(dst, text...), nil
	}
	before := len(dst)
	dst, err := pyrepr.Append(dst, v, pyrepr.Options{Version: c.version, Addr: c.address})
	n := len(dst) - before
	c.spent += n
	if n >= largeText {
		if c.large == nil {
			c.large = map[code.Value]string{}
		}
		c.large[v] = string(dst[before:])
	}
	return dst, err
}
