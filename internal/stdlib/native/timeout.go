package native

import (
	"math"
	"time"

	"github.com/krait-py/krait/internal/object"
)

// Timeout converts a number of units to a duration, rounded away from zero. Without an exception, false means that v is no
// number: the caller has a message of its own for it.
func Timeout(t *Thread, v Value, unit time.Duration) (time.Duration, bool) {
	if v.Type().Flags&object.FlagFloat != 0 {
		f, _ := object.AsFloat(v)
		if math.IsNaN(f) {
			t.ValueErrorf("Invalid value NaN (not a number)")
			return 0, false
		}
		f *= float64(unit)
		if f < 0 {
			f = math.Floor(f)
		} else {
			f = math.Ceil(f)
		}
		if !(f >= math.MinInt64 && f < math.MaxInt64) {
			return 0, tooLarge(t)
		}
		return time.Duration(f), true
	}
	if v.Type().Index == nil {
		return 0, false
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok || n > math.MaxInt64/int64(unit) || n < math.MinInt64/int64(unit) {
		return 0, tooLarge(t)
	}
	return time.Duration(n) * unit, true
}

func tooLarge(t *Thread) bool {
	t.OverflowErrorf("timestamp too large to convert to C PyTime_t")
	return false
}

// Now is the monotonic time of the interpreter's host, in which deadlines are counted.
func Now(t *Thread) time.Duration {
	if c := Host(t).Clock; c != nil {
		return time.Duration(c.Monotonic())
	}
	return 0
}
