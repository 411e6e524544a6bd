package vm

import (
	"github.com/krait-py/krait/internal/image"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/verify"
)

// Compiled finds code of the library in images that earlier runs have kept, and keeps it for later ones. importlib reads a .pyc file, has module marshal
// make code of the data, and has _imp give the code the name of its file. At the first an image can take the place of the data, at the second
// it is known whose code it is. A nil *Compiled finds and keeps nothing.
type Compiled struct {
	store image.Store
	sum   image.Sum    // of the data that was asked for last
	code  *object.Code // that has been made of it
}

// NewCompiled returns what finds and keeps code in a store, or nil if there is none.
func NewCompiled(store image.Store) *Compiled {
	if store == nil {
		return nil
	}
	return &Compiled{store: store}
}

const (
	// minCompiled is the size from which marshalled code is worth a file of its own, which is mapped.
	minCompiled = 2 << 10
	// codeByte is what marshalled code begins with, but for the bit that says whether it is referred to.
	codeByte, referred = 'c', 0x80
)

// Find returns the code that data, marshalled, stands for if an image has it, or nil.
func (c *Compiled) Find(t *Thread, data []byte) *object.Code {
	if c == nil {
		return nil
	}
	c.code = nil
	if len(data) < minCompiled || data[0]&^referred != codeByte {
		return nil
	}
	c.sum = image.SumOf(data)
	im := c.store.Load(c.sum)
	if im == nil {
		return nil
	}
	return NewImages(t.Interp, im).Code("")
}

// Made says what has been made of the data that Find did not find the code of; no value if that failed.
func (c *Compiled) Made(v Value, data []byte) {
	if c != nil && len(data) >= minCompiled && v.P != nil && v.Is(&object.CodeType) {
		c.code = object.To[object.Code](v)
	}
}

// Keep keeps code if it is what was made last, of a file of the library. Code of an image is not verified when it runs: it is now.
func (c *Compiled) Keep(o *object.Code, file string) {
	if c == nil {
		return
	}
	made := c.code
	c.code = nil
	if made == o && c.store.Covers(file) && len(verify.Object(o.Obj).Findings) == 0 {
		c.store.Keep(c.sum, o.Obj)
	}
}
