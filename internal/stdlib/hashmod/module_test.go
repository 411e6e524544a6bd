package hashmod

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestDigests hashes the digests of many lengths; the sums are CPython's.
func TestDigests(t *testing.T) {
	modules := map[string]*modtest.Module{}
	for _, c := range []struct {
		defs *object.ModuleDef
		algs []*algorithm
	}{{&MD5, md5Alg}, {&SHA1, sha1Alg}, {&SHA2, sha2Alg}, {&SHA3, sha3Alg}, {&BLAKE2, []*algorithm{&blakeKinds[0].alg, &blakeKinds[1].alg}}} {
		m := modtest.New(t, c.defs)
		for _, g := range c.algs {
			modules[g.fn] = m
		}
	}
	var data [250]byte
	for i := range data {
		data[i] = byte(i)
	}
	for _, c := range []struct {
		name        string
		size, block int
		want        string
	}{
		{"md5", 16, 64, "1901313cc52ecdbf02a107c83b389147475bcb76833b144cc26d059688823b80"},
		{"sha1", 20, 64, "f2f986f9485febe0d7f16c28c6fd6c0d12d22cdc17189f181bde29abcbaab2bb"},
		{"sha224", 28, 64, "c6b0cf76678632ff37e2223db3f20a98e6699adef4d27f21f4fefc2352095fe8"},
		{"sha256", 32, 64, "369df2ad9c6d30ec3579fdb8db5a2d8454513d6b811ec9cb2bffd42273d49189"},
		{"sha384", 48, 128, "afcf84d211b76619909519869cb8f110f61083f87d555f75dc4e583018228a09"},
		{"sha512", 64, 128, "9b4fbe3a6964165ee061399fc352cfa30c74e0ef48bf718348d8d578f40d8f69"},
		{"sha3_224", 28, 144, "5924fcd6d5c73d346c488c89c89bdcffe7bb6f74f1416d5c9a4214d732e28cb7"},
		{"sha3_256", 32, 136, "23926c5236d5228d88219c0ab5fb2ad4e1cb3149463d4256a8f3b3db964fef8d"},
		{"sha3_384", 48, 104, "e83f04119f909f88dca91886ceace6fbb9df4a13e43e753475792c22d6b8a81a"},
		{"sha3_512", 64, 72, "9ee54921e74bb89a91c714fcd73f632d26269732afcedcd1181035270192c750"},
		{"blake2b", 64, 128, "f3859c3b26dca22a5d945caf61a422ee71fc29752880920d0bf0ecf071345670"},
		{"blake2s", 32, 64, "af8a070b7ebdd3fb5794d0aeb266cedad38df3472d592e30c5f3d5c4fe6ce41d"},
	} {
		m := modules[c.name]
		all := sha256.New()
		for n := range 300 {
			var in []byte
			for range 1 + n/250 {
				in = append(in, data[:min(n, 250)]...)
			}
			v := m.Make(c.name)
			h := object.To[hasher](v)
			for i := 0; i < len(in); i += 77 {
				h.h.Write(in[i:min(i+77, len(in))])
				h = object.To[hasher](m.Thread.CallMethod(object.Of(h), object.StaticName("copy")))
			}
			all.Write(h.h.Sum(nil))
			if h.h.Size() != c.size || h.h.BlockSize() != c.block {
				t.Fatalf("%s: sizes %d and %d", c.name, h.h.Size(), h.h.BlockSize())
			}
		}
		if got := hex.EncodeToString(all.Sum(nil)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	for _, name := range []string{"md5", "sha3_256", "blake2s"} {
		if got := modules[name].Call(name, "x"); got != "TypeError: Strings must be encoded before hashing" {
			t.Errorf("%s: got %s", name, got)
		}
		if got := modules[name].Call(name, 1); got != "TypeError: object supporting the buffer API required" {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if got := modules["shake_128"].CallMethod(modules["shake_128"].Make("shake_128"), "hexdigest", 5); got != `"7f9c2ba4e8"` {
		t.Errorf("shake_128: got %s", got)
	}
}
