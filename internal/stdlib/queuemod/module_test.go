package queuemod

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestOrder: items leave in the order in which they came, while the ring grows too.
func TestOrder(t *testing.T) {
	q := &queue{}
	in, out := 0, 0
	for round := range 100 {
		for range round {
			q.put(object.MakeInt(int64(in)))
			in++
		}
		for range min(q.n, round-1) {
			if v := q.get(); v.Int() != int64(out) {
				t.Fatalf("got %d, want %d", v.Int(), out)
			}
			out++
		}
	}
	if q.n != in-out {
		t.Errorf("%d items, want %d", q.n, in-out)
	}
}

// TestMessages: what empty queues and wrong arguments get.
func TestMessages(t *testing.T) {
	m := modtest.New(t, &Module)
	q := m.Make("SimpleQueue")
	for _, c := range []struct {
		method string
		args   []any
		want   string
	}{
		{"get_nowait", nil, "Empty: "}, {"get", []any{false}, "Empty: "}, {"get", []any{true, 0}, "Empty: "}, {"get", []any{true, 0.001}, "Empty: "},
		{"get", []any{true, -1}, "ValueError: 'timeout' must be a non-negative number"},
		{"get", []any{true, "a"}, "TypeError: 'str' object cannot be interpreted as an integer or float"},
		{"get", []any{true, 1e300}, "OverflowError: timestamp out of range for platform time_t"},
		{"put", []any{5}, "None"}, {"qsize", nil, "1"}, {"empty", nil, "False"}, {"get", []any{false, -5}, "5"},
	} {
		if got := m.CallMethod(q, c.method, c.args...); got != c.want {
			t.Errorf("%s%v: got %s, want %s", c.method, c.args, got, c.want)
		}
	}
}
