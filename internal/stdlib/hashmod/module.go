// Package hashmod is the modules _md5, _sha1, _sha2, _sha3 and _blake2: what module hashlib makes its objects with.
package hashmod

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/hex"
	"hash"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// algorithm is one way to hash.
type algorithm struct {
	fn       string // the name of the function or type that makes objects
	name     string // the attribute name
	typ      object.Type
	typeName string
	doc      string
	make     func() hash.Hash
	// capacity and suffix are those of SHA-3; capacity 0: another one.
	capacity int
	suffix   string
}

// hasher is an object that hashes.
type hasher struct {
	object.Head
	alg *algorithm
	h   hash.Hash
}

func (h *hasher) clone() hash.Hash {
	if c, ok := h.h.(hash.Cloner); ok {
		if n, err := c.Clone(); err == nil {
			return n
		}
	}
	return h.alg.make()
}

// shake makes SHAKE look like a hash.Hash.
type shake struct{ *sha3.SHAKE }

func (s shake) Sum(b []byte) []byte { return b }
func (s shake) Size() int           { return 0 }
func (s shake) Clone() (hash.Cloner, error) {
	c := *s.SHAKE
	return shake{&c}, nil
}

var (
	md5Alg  = []*algorithm{{fn: "md5", name: "md5", typeName: "md5", doc: "MD5", make: md5.New}}
	sha1Alg = []*algorithm{{fn: "sha1", name: "sha1", typeName: "sha1", doc: "SHA1", make: sha1.New}}
	sha2Alg = []*algorithm{
		{fn: "sha224", name: "sha224", typeName: "SHA224Type", doc: "SHA-224", make: sha256.New224},
		{fn: "sha256", name: "sha256", typeName: "SHA256Type", doc: "SHA-256", make: sha256.New},
		{fn: "sha384", name: "sha384", typeName: "SHA384Type", doc: "SHA-384", make: sha512.New384},
		{fn: "sha512", name: "sha512", typeName: "SHA512Type", doc: "SHA-512", make: sha512.New},
	}
	sha3Alg = []*algorithm{
		{fn: "sha3_224", capacity: 448, suffix: "\x06", make: func() hash.Hash { return sha3.New224() }},
		{fn: "sha3_256", capacity: 512, suffix: "\x06", make: func() hash.Hash { return sha3.New256() }},
		{fn: "sha3_384", capacity: 768, suffix: "\x06", make: func() hash.Hash { return sha3.New384() }},
		{fn: "sha3_512", capacity: 1024, suffix: "\x06", make: func() hash.Hash { return sha3.New512() }},
		{fn: "shake_128", capacity: 256, suffix: "\x1f", make: func() hash.Hash { return shake{sha3.NewSHAKE128()} }},
		{fn: "shake_256", capacity: 512, suffix: "\x1f", make: func() hash.Hash { return shake{sha3.NewSHAKE256()} }},
	}
)

// Definitions of the modules.
var (
	MD5    = object.ModuleDef{Name: "_md5", Setup: func(d *object.ModuleDef) { setup(d, md5Alg) }, Exec: func(t *Thread, m *object.Module) bool { return exec(t, m, md5Alg, "MD5Type") }}
	SHA1   = object.ModuleDef{Name: "_sha1", Setup: func(d *object.ModuleDef) { setup(d, sha1Alg) }, Exec: func(t *Thread, m *object.Module) bool { return exec(t, m, sha1Alg, "SHA1Type") }}
	SHA2   = object.ModuleDef{Name: "_sha2", Setup: func(d *object.ModuleDef) { setup(d, sha2Alg) }, Exec: func(t *Thread, m *object.Module) bool { return exec(t, m, sha2Alg, "") }}
	SHA3   = object.ModuleDef{Name: "_sha3", Setup: func(d *object.ModuleDef) { setup(d, sha3Alg) }, Exec: func(t *Thread, m *object.Module) bool { return exec(t, m, sha3Alg, "") }}
	BLAKE2 = object.ModuleDef{Name: "_blake2", Setup: setupBlake, Exec: execBlake, Doc: "_blake2b provides BLAKE2b for hashlib\n"}
)

const minSize = 2048 // _GIL_MINSIZE

func exec(t *Thread, m *object.Module, algs []*algorithm, typeName string) bool {
	for _, g := range algs {
		name := typeName
		if name == "" {
			name = g.typ.ShortName()
		}
		m.Set(t, name, object.Of(&g.typ))
	}
	if algs[0].capacity != 0 {
		m.Set(t, "implementation", object.MakeStr("HACL"))
	}
	m.Set(t, "_GIL_MINSIZE", object.MakeInt(minSize))
	return true
}

func makers(algs []*algorithm) (defs []object.MethodDef) {
	for _, g := range algs {
		defs = append(defs, object.MethodDef{Name: g.fn, Sig: "(data=b'', *, usedforsecurity=True, string=None)",
			Fn:  func(t *Thread, a []Value) Value { return newHash(t, g, a[0], a[2]) },
			Doc: "Return a new " + g.doc + " hash object; optionally initialized with a string."})
	}
	return defs
}

func newHash(t *Thread, g *algorithm, data, text Value) Value {
	if text.P != nil && !text.IsNone() {
		if data.P != nil {
			return t.TypeErrorf("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.")
		}
		data = text
	}
	h := &hasher{object.Head{Type: &g.typ}, g, g.make()}
	if data.P != nil && !feed(t, h.h, data) {
		return Value{}
	}
	return object.Of(h)
}

// feed hashes the bytes of v.
func feed(t *Thread, h hash.Hash, v Value) bool {
	switch {
	case v.Type().Flags&object.FlagStr != 0:
		t.TypeErrorf("Strings must be encoded before hashing")
		return false
	case v.Type().Buffer == nil:
		t.TypeErrorf("object supporting the buffer API required")
		return false
	}
	w, ok := native.Readable(t, v)
	if !ok {
		return false
	}
	h.Write(w.Bytes)
	w.Release(t)
	return true
}

// maxShake bounds what shake objects give.
const maxShake = 1 << 29

// sum returns the digest, of length n if the object has none of its own.
func sum(t *Thread, a []Value) ([]byte, bool) {
	h := object.To[hasher](a[0])
	s, ok := h.h.(shake)
	if !ok {
		return h.h.Sum(nil), true
	}
	n, ok := native.Int64(t, a[1])
	if !ok {
		return nil, false
	}
	if n < 0 {
		t.ValueErrorf("Cannot convert negative int")
		return nil, false
	}
	if n >= maxShake {
		t.ValueErrorf("length is too large")
		return nil, false
	}
	b := make([]byte, n)
	c := *s.SHAKE
	c.Read(b)
	return b, true
}

// setup defines the types of a module, and the functions that make their objects. The types of SHA-3 are such functions themselves.
func setup(d *object.ModuleDef, algs []*algorithm) {
	for _, g := range algs {
		define(d.Name, g)
	}
	if algs[0].capacity == 0 {
		d.Methods = makers(algs)
	}
}

func define(module string, g *algorithm) {
	spec := object.TypeSpec{Name: g.typeName, Module: module, Flags: object.FlagNoNew, GetSets: attributes()}
	length := ""
	if g.capacity != 0 {
		g.name, spec.Name, spec.Flags = g.fn, g.fn, 0
		kind := "SHA3"
		if _, ok := g.make().(shake); ok {
			kind, length = "SHAKE", ", length"
		}
		spec.Doc = g.fn + "([data], *, usedforsecurity=True) -> " + kind + " object\n\nReturn a new " + kind + " hash object."
		def := &object.MethodDef{Name: g.fn, Sig: "(data=b'', /, *, usedforsecurity=True, string=None)",
			Fn: func(t *Thread, a []Value) Value { return newHash(t, g, a[0], a[2]) }}
		spec.New = func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
			return def.Call(t, args, names)
		}
		for name, v := range map[string]Value{"_capacity_bits": object.MakeInt(int64(g.capacity)), "_rate_bits": object.MakeInt(int64(1600 - g.capacity)), "_suffix": object.MakeBytes(g.suffix)} {
			spec.GetSets = append(spec.GetSets, object.GetSetDef{Name: name, Get: func(t *Thread, _ Value) Value { return v }})
		}
	}
	spec.Methods = methods(length)
	object.Define(&g.typ, spec)
}

func attributes() []object.GetSetDef {
	return []object.GetSetDef{
		{Name: "name", Get: func(t *Thread, v Value) Value { return object.MakeStr(object.To[hasher](v).alg.name) }},
		{Name: "digest_size", Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[hasher](v).h.Size())) }},
		{Name: "block_size", Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(object.To[hasher](v).h.BlockSize())) }},
	}
}

func methods(length string) []object.MethodDef {
	sig := "($self, /" + length + ")"
	return []object.MethodDef{
		{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			h := object.To[hasher](a[0])
			return object.Of(&hasher{h.Head, h.alg, h.clone()})
		}, Doc: "Return a copy of the hash object."},
		{Name: "digest", Sig: sig, Fn: func(t *Thread, a []Value) Value {
			b, ok := sum(t, a)
			if !ok {
				return Value{}
			}
			return native.MakeBytes(b)
		}, Doc: "Return the digest value as a bytes object."},
		{Name: "hexdigest", Sig: sig, Fn: func(t *Thread, a []Value) Value {
			b, ok := sum(t, a)
			if !ok {
				return Value{}
			}
			return object.MakeStr(hex.EncodeToString(b))
		}, Doc: "Return the digest value as a string of hexadecimal digits."},
		{Name: "update", Sig: "($self, obj, /)", Fn: func(t *Thread, a []Value) Value {
			if !feed(t, object.To[hasher](a[0]).h, a[1]) {
				return Value{}
			}
			return object.None
		}, Doc: "Update this hash object's state with the provided string."},
	}
}
