package picklemod

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestDamaged reads pickles that have been changed at random: whatever is in them, it is an object or an exception.
func TestDamaged(t *testing.T) {
	m := modtest.New(t, &Module)
	seeds := []string{
		"\x80\x05\x95\x0b\x00\x00\x00\x00\x00\x00\x00](K\x01\x8c\x01a\x94\x85\x94e.",
		"\x80\x05}(\x8c\x01aG?\xf0\x00\x00\x00\x00\x00\x00\x8c\x01bh\x00\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x80\x00u.",
		"\x80\x04\x8f(K\x01M\x02\x03J\x01\x02\x03\x04\x90\x94(h\x00\x91.",
		"\x80\x05\x8c\x07_pickle\x8c\x0bPickleError\x93)\x81}\x8c\x01xK\x05sb.",
		"\x80\x05\x8c\x07_pickle\x8c\x0bPickleError\x93(K\x01tR]\x8c\x01xa\x86b.",
		"\x80\x05\x96\x03\x00\x00\x00\x00\x00\x00\x00abcC\x02xyB\x01\x00\x00\x00z\x87q\x05j\x05\x00\x00\x00\x86.",
	}
	ops := make([]byte, 0, 64)
	for op, k := range operands {
		if k == 0 {
			ops = append(ops, byte(op))
		}
	}
	r := rand.New(rand.NewSource(1))
	objects := 0
	for range 60000 {
		b := []byte(seeds[r.Intn(len(seeds))])
		for range 1 + r.Intn(4) {
			i := 2 + r.Intn(len(b)-2)
			switch r.Intn(4) {
			case 0:
				b[i] = byte(r.Intn(256))
			case 1:
				b[i] = ops[r.Intn(len(ops))]
			case 2:
				b = append(b[:i], append([]byte{ops[r.Intn(len(ops))]}, b[i:]...)...)
			default:
				if b = append(b[:i], b[i+1:]...); len(b) < 4 {
					b = append(b, "NN."...)
				}
			}
		}
		if v := loads(m.Thread, []value{object.MakeBytes(string(b)), {}, {}, {}, {}}); v.P != nil {
			objects++
		}
		m.Thread.Exc = nil
	}
	if objects < 1000 {
		t.Errorf("only %d pickles could be read", objects)
	}
}

// TestLong reads ints as they are written.
func TestLong(t *testing.T) {
	for bits := uint(1); bits < 200; bits++ {
		for _, d := range []int64{-2, -1, 0, 1} {
			z := new(big.Int).Lsh(big.NewInt(1), bits)
			z.Add(z, big.NewInt(d))
			for range 2 {
				p := pickler{}
				if z.IsInt64() {
					p.saveInt(z.Int64())
				} else {
					p.saveBig(z)
				}
				if len(p.out) > 2 && p.out[0] == opLong1 {
					v := long(p.out[2:])
					if got := object.AsBig(v); v.IsInt() && v.Int() != z.Int64() || !v.IsInt() && got.Cmp(z) != 0 {
						t.Errorf("%v is written as %x", z, p.out)
					}
				}
				z.Neg(z)
			}
		}
	}
}
