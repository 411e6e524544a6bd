package pyfmt

// Specs remembers format specs that have been taken apart: a program has few, and uses them again and again. The zero value
// knows none; nil is one that never does.
type Specs struct {
	slots [specSlots]struct {
		text [specSize]byte
		size uint8
		verb rune // the type that the spec was parsed for, as in Defaults
		spec Spec
	}
}

const (
	specSlots = 64
	// specSize is the length up to which specs are remembered.
	specSize = 15
)

// parse is ParseSpec, but the result may be one that is shared. It is valid until the next call.
func (c *Specs) parse(text string, d Defaults) (*Spec, error) {
	if c == nil || len(text) > specSize || text == "" {
		sp, err := ParseSpec(text, d)
		return &sp, err
	}
	h := uint32(d.Type)
	for i := range len(text) {
		h = h*31 + uint32(text[i])
	}
	e := &c.slots[h%specSlots]
	if string(e.text[:e.size]) == text && e.verb == d.Type {
		return &e.spec, nil
	}
	sp, err := ParseSpec(text, d)
	if err != nil {
		return nil, err
	}
	e.size, e.verb, e.spec = uint8(copy(e.text[:], text)), d.Type, sp
	return &e.spec, nil
}
