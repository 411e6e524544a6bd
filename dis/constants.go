package dis

import (
	"errors"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

// Addresses gives code objects the addresses that listings show for them:
// firstAddress for the outermost, one more for each in the order in which they
// are nested. Listings that share an Addresses name each object alike. The
// zero Addresses is not of use; an Addresses must not be used by two goroutines
// at a time.
type Addresses struct {
	root    *code.Object
	numbers map[*code.Object]uint64
}

// firstAddress looks like an address, so that tools which mask addresses in
// CPython's listings mask these, too.
const firstAddress = 0x7f0000000001

// NewAddresses returns the addresses of root and all code objects below it.
func NewAddresses(root *code.Object) *Addresses { return &Addresses{root: root} }

// Of returns o's address, which is a new one if o is not below the root.
func (a *Addresses) Of(o *code.Object) uint64 {
	a.number()
	n, ok := a.numbers[o]
	if !ok {
		n = firstAddress + uint64(len(a.numbers))
		a.numbers[o] = n
	}
	return n
}

// count returns how many code objects there are.
func (a *Addresses) count() int {
	a.number()
	return len(a.numbers)
}

// number walks the tree, once it is known that anybody asks.
func (a *Addresses) number() {
	if a.numbers != nil {
		return
	}
	a.numbers = map[*code.Object]uint64{}
	for o := range a.root.All() {
		a.numbers[o] = firstAddress + uint64(len(a.numbers))
	}
}

// constants writes the constants of one listing. A hostile file can load one
// huge constant from thousands of places, or make one of few bytes that refers
// to itself so often that its text is huge. So the text of large ones is kept,
// and there are limits to what one and what all of them may take.
type constants struct {
	version   pyver.Version
	addresses *Addresses
	large     map[code.Value]string
	spent     int // bytes of text written
}

const (
	largeText   = 16 << 10
	constsLimit = 1 << 30
	// constLimit is what any constant may take, larger ones textRatio times
	// their size: no character or digit takes more than ten.
	constLimit = 8 << 20
	textRatio  = 16
)

var errTooMuch = errors.New("the text of the constants is above 1 GiB")

func newConstants(o *code.Object, opts Options) *constants {
	c := &constants{version: o.Version, addresses: opts.Addresses}
	if c.addresses == nil {
		c.addresses = NewAddresses(o)
	}
	return c
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
	opts := pyrepr.Options{Version: c.version, Addr: c.addresses.Of, Limit: constLimit}
	dst, err := pyrepr.Append(dst, v, opts)
	if errors.Is(err, pyrepr.ErrTooLong) {
		if opts.Limit = textRatio * size(v); opts.Limit > constLimit {
			dst, err = pyrepr.Append(dst[:before], v, opts)
		}
	}
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

// size returns about how many bytes v takes in a file, what is shared counted
// once.
func size(v code.Value) int {
	n := 0
	seen := map[code.Value]bool{}
	stack := []code.Value{v}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if v == nil || seen[v] {
			continue
		}
		seen[v] = true
		n += 5
		switch v := v.(type) {
		case *code.Str:
			n += len(v.S)
		case *code.Bytes:
			n += len(v.S)
		case *code.Int:
			if v.Big != nil {
				n += v.Big.BitLen() / 8
			}
		case *code.Tuple:
			stack = append(stack, v.Items...)
		case *code.List:
			stack = append(stack, v.Items...)
		case *code.Set:
			stack = append(stack, v.Items...)
		case *code.Dict:
			stack = append(append(stack, v.Keys...), v.Values...)
		case *code.Slice:
			stack = append(stack, v.Start, v.Stop, v.Step)
		}
	}
	return n
}
