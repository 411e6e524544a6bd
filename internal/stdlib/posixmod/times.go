package posixmod

import (
	"math"
	"math/big"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var billion = big.NewInt(1e9)

// nanosBig is a time in nanoseconds that an int64 has no room for.
func nanosBig(s host.Timespec) Value {
	z := new(big.Int).Mul(big.NewInt(s.Sec), billion)
	return object.MakeBig(z.Add(z, big.NewInt(s.Nsec)))
}

// timeOf converts seconds, an int or a float, to a time.
func timeOf(t *Thread, v Value) (s host.Timespec, ok bool) {
	if v.Type().Flags&object.FlagFloat != 0 {
		f, _ := object.AsFloat(v)
		if math.IsNaN(f) {
			t.ValueErrorf("Invalid value NaN (not a number)")
			return s, false
		}
		sec := math.Floor(f)
		frac := math.Floor((f - sec) * 1e9)
		if frac >= 1e9 {
			frac -= 1e9
			sec++
		}
		if !(sec >= -(1<<63) && sec < 1<<63) {
			t.OverflowErrorf("timestamp out of range for platform time_t")
			return s, false
		}
		return host.Timespec{Sec: int64(sec), Nsec: int64(frac)}, true
	}
	if v.Type().Index == nil {
		t.TypeErrorf("argument must be int or float, not %s", v.Type().Name)
		return s, false
	}
	x := t.Index(v)
	if x.P == nil {
		return s, false
	}
	n, ok := object.AsInt64(x)
	if !ok {
		t.OverflowErrorf("timestamp out of range for platform time_t")
		return s, false
	}
	return host.Timespec{Sec: n}, true
}

// nanosOf splits nanoseconds.
func nanosOf(t *Thread, v Value) (s host.Timespec, ok bool) {
	x := t.Index(v)
	if x.P == nil {
		return s, false
	}
	sec, nsec := new(big.Int), new(big.Int)
	if n, small := object.AsInt64(x); small {
		sec.DivMod(big.NewInt(n), billion, nsec)
	} else {
		sec.DivMod(object.AsBig(x), billion, nsec)
	}
	if !sec.IsInt64() {
		t.OverflowErrorf("timestamp out of range for platform time_t")
		return s, false
	}
	return host.Timespec{Sec: sec.Int64(), Nsec: nsec.Int64()}, true
}

func utime(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	p := in.Path(0, "utime", "path", true)
	dir := in.DirFD(3)
	follow := in.Flag(4, true)
	if in.Failed() {
		return Value{}
	}
	times, ns := a[1], a[2]
	if times.P != nil && !times.IsNone() && ns.P != nil {
		return t.ValueErrorf("utime: you may specify either 'times' or 'ns' but not both")
	}
	var pair *[2]host.Timespec
	two := func(v Value, conv func(*Thread, Value) (host.Timespec, bool)) bool {
		items := object.To[object.Tuple](v).Items()
		pair = new([2]host.Timespec)
		for i, x := range items {
			s, ok := conv(t, x)
			if !ok {
				return false
			}
			pair[i] = s
		}
		return true
	}
	isPair := func(v Value) bool { return v.Is(&object.TupleType) && len(object.To[object.Tuple](v).Items()) == 2 }
	switch {
	case times.P != nil && !times.IsNone():
		if !isPair(times) {
			return t.TypeErrorf("utime: 'times' must be either a tuple of two ints or None")
		}
		if !two(times, timeOf) {
			return Value{}
		}
	case ns.P != nil:
		if !isPair(ns) {
			return t.TypeErrorf("utime: 'ns' must be a tuple of two ints")
		}
		if !two(ns, nanosOf) {
			return Value{}
		}
	}
	if !fdConflict(t, &p, "utime", dir, follow) {
		return Value{}
	}
	f := native.Files(t)
	if f == nil {
		return Value{}
	}
	t.Unlock()
	var err error
	if p.IsFD {
		err = host.FdTimes(f, p.FD, pair)
	} else {
		err = f.Chtimes(dir, p.Name, pair, follow)
	}
	t.Lock()
	if err != nil {
		return native.OSError(t, err, p.Value)
	}
	return object.None
}
