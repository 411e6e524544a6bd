package lift

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
)

// Dump returns c as text, a line a word: its number, the code unit it belongs
// to and the operation. Words that are jumped to begin with a point and the height
// of the stack. The code object o, if it is not nil, supplies names of variables;
// other registers show as s and the entry of the stack, or t for the lifter's own.
func Dump(c *Code, o *code.Object) string {
	var b strings.Builder
	fmt.Fprintf(&b, "slots %d, stack %d", c.MaxSlots, c.StackBase)
	if c.ClearFrom < c.ClearTo {
		fmt.Fprintf(&b, ", clear %d to %d", c.ClearFrom, c.ClearTo-1)
	}
	if c.Generator {
		b.WriteString(", generator")
	}
	b.WriteByte('\n')
	top := c.MaxSlots - 4
	if c.near < c.NLocals {
		top -= c.NLocals - c.near
	}
	reg := func(slot int) string {
		switch {
		case slot < c.near && o != nil:
			if name, ok := o.LocalName(slot); ok {
				return name
			}
		case slot >= c.StackBase && slot < top:
			return "s" + strconv.Itoa(slot-c.StackBase)
		case slot >= top && slot < top+4:
			return "t" + strconv.Itoa(slot-top)
		}
		return "r" + strconv.Itoa(slot)
	}
	points := c.Points
	for i, w := range c.Words {
		for len(points) > 0 && int(points[0].Word) == i {
			if i > 0 && !c.Faithful {
				fmt.Fprintf(&b, "  * unit %d, height %d\n", points[0].Unit, points[0].Depth)
			}
			points = points[1:]
		}
		fmt.Fprintf(&b, "%4d %4d  %s", i, c.Units[i], format(w, i, reg))
		if name, ok := c.nameOf(w, o); ok {
			b.WriteString(" (" + name + ")")
		}
		b.WriteByte('\n')
	}
	for _, h := range c.Handlers {
		fmt.Fprintf(&b, "handler %d to %d -> %d, %s", h.Start, h.End-1, h.Target, reg(int(h.Slot)))
		if h.Lasti {
			b.WriteString(", lasti")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// nameOf returns the name that a word refers to.
func (c *Code) nameOf(w uint64, o *code.Object) (string, bool) {
	if o == nil {
		return "", false
	}
	row := Op(w).Info()
	cached := -1
	switch {
	case row.B == Cached32:
		cached = int(uint32(w >> 32))
	case row.C == Cached:
		cached = int(fieldC(w))
	case row.B == Name32:
		return o.GlobalName(int(uint32(w >> 32)))
	case row.C == Name24:
		return o.GlobalName(int(fieldC(w)) | int(fieldX(w))<<16)
	}
	if cached < 0 || cached >= len(c.Caches) {
		return "", false
	}
	if Op(w) == LoadSpecial {
		if special := o.Opcodes().SpecialMethods; int(fieldX(w)) < len(special) {
			return special[fieldX(w)], true
		}
		return "", false
	}
	return o.GlobalName(int(c.Caches[cached].Name))
}
