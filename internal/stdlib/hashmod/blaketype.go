package hashmod

import (
	"encoding/binary"
	"hash"
	"strconv"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// blakeKind is what tells BLAKE2b and BLAKE2s apart.
type blakeKind struct {
	alg       algorithm
	prefix    string
	max, salt int // the greatest digest and key; the size of salt and person
}

var blakeKinds = []*blakeKind{
	{alg: algorithm{fn: "blake2b", name: "blake2b"}, prefix: "BLAKE2B_", max: 64, salt: 16},
	{alg: algorithm{fn: "blake2s", name: "blake2s"}, prefix: "BLAKE2S_", max: 32, salt: 8},
}

func (k *blakeKind) small() bool { return k.max == 32 }

func (k *blakeKind) sizes() map[string]int {
	return map[string]int{"MAX_DIGEST_SIZE": k.max, "MAX_KEY_SIZE": k.max, "PERSON_SIZE": k.salt, "SALT_SIZE": k.salt}
}

func execBlake(t *Thread, m *object.Module) bool {
	for _, k := range blakeKinds {
		m.Set(t, k.alg.fn, object.Of(&k.alg.typ))
		for name, n := range k.sizes() {
			m.Set(t, k.prefix+name, object.MakeInt(int64(n)))
		}
	}
	m.Set(t, "_GIL_MINSIZE", object.MakeInt(minSize))
	return true
}

// setupBlake defines the types of the module.
func setupBlake(*object.ModuleDef) {
	for _, k := range blakeKinds {
		g := &k.alg
		g.make = func() hash.Hash {
			params := make([]byte, 64)
			params[0], params[2], params[3] = byte(k.max), 1, 1
			return newBlake(k.small(), false, params, nil)
		}
		sig := "(data=b'', *, digest_size=_blake2." + g.fn + ".MAX_DIGEST_SIZE,\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        usedforsecurity=True, string=None)"
		def := &object.MethodDef{Name: g.fn, Sig: "(data=b'', *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)",
			Fn: func(t *Thread, a []Value) Value { return makeBlake(t, k, a) }}
		object.Define(&g.typ, object.TypeSpec{Name: g.fn, Module: "_blake2", Sig: sig, Doc: "Return a new BLAKE2" + g.fn[6:] + " hash object.",
			Slots: object.Slots{New: func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value {
				return def.Call(t, args, names)
			}},
			Methods: methods(""), GetSets: attributes()})
		for name, n := range k.sizes() {
			g.typ.Dict().SetStr(object.StaticName(name), object.MakeInt(int64(n)))
		}
	}
}

// makeBlake makes an object from the constructor's arguments.
func makeBlake(t *Thread, k *blakeKind, a []Value) Value {
	// number converts argument i, which is to be between lo and hi.
	ok := true
	number := func(i int, def, lo, hi int64, message string) int64 {
		if !ok || a[i].P == nil {
			return def
		}
		var n int64
		if n, ok = native.Int64(t, a[i]); ok && (n < lo || n > hi) {
			ok = false
			t.ValueErrorf("%s", message)
		}
		return n
	}
	bytes := func(i, most int, what string) string {
		if !ok || a[i].P == nil {
			return ""
		}
		var s string
		if s, ok = t.BytesLike(a[i]); ok && len(s) > most {
			ok = false
			t.ValueErrorf("maximum %s length is %d bytes", what, most)
		}
		return s
	}
	p := make([]byte, 64)
	if k.small() {
		p = p[:32]
	}
	size := "digest_size for Blake2b must be between 1 and 64 bytes, here it is %d"
	if k.small() {
		size = "digest_size for Blake2s must be between 1 and 32 bytes, here it is %d"
	}
	digest := int64(k.max)
	if a[1].P != nil {
		var n int
		if n, ok = t.AsCInt(a[1]); ok && (n < 1 || n > k.max) {
			return t.ValueErrorf(size, n)
		}
		digest = int64(n)
	}
	p[0] = byte(digest)
	salt, person := bytes(3, k.salt, "salt"), bytes(4, k.salt, "person")
	copy(p[len(p)-2*k.salt:], salt)
	copy(p[len(p)-k.salt:], person)
	p[2] = byte(number(5, 1, 0, 255, "fanout must be between 0 and 255"))
	p[3] = byte(number(6, 1, 1, 255, "depth must be between 1 and 255"))
	// size converts one of the two numbers that are unsigned in CPython.
	size64 := func(i, width int, what string) (n int64) {
		if !ok || a[i].P == nil {
			return 0
		}
		if n, ok = native.Int64(t, a[i]); !ok {
			return 0
		}
		if ok = n >= 0 && n>>width == 0; n < 0 {
			t.ValueErrorf("Cannot convert negative int")
		} else if !ok {
			t.OverflowErrorf("%s is too large", what)
		}
		return n
	}
	leaf := size64(7, 32, "leaf_size")
	binary.LittleEndian.PutUint32(p[4:], uint32(leaf))
	width := 63
	if k.small() {
		width = 48
	}
	offset := size64(8, width, "node_offset")
	depth := number(9, 0, 0, 255, "node_depth must be between 0 and 255")
	inner := number(10, 0, 0, int64(k.max), "inner_size must be between 0 and is "+strconv.Itoa(k.max))
	binary.LittleEndian.PutUint64(p[8:], uint64(offset))
	if k.small() {
		p[14], p[15] = byte(depth), byte(inner)
	} else {
		p[16], p[17] = byte(depth), byte(inner)
	}
	if !ok {
		return Value{}
	}
	key := bytes(2, k.max, "key")
	last := false
	if ok && a[11].P != nil {
		last, ok = t.IsTrue(a[11])
	}
	if !ok {
		return Value{}
	}
	p[1] = byte(len(key))
	h := newBlake(k.small(), last, p, []byte(key))
	v := Value{}
	if v = newHash(t, &k.alg, Value{}, Value{}); v.P == nil {
		return v
	}
	object.To[hasher](v).h = h
	data := a[0]
	if s := a[13]; s.P != nil && !s.IsNone() {
		if data.P != nil {
			return t.TypeErrorf("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.")
		}
		data = s
	}
	if data.P != nil && !feed(t, h, data) {
		return Value{}
	}
	return v
}
