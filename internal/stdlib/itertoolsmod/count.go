package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// count is a count object: with int64 numbers as long as they last, then with values.
type count struct {
	object.Head
	n, by     int64
	cur, step value // cur is no value while n and by count
	object.Attrs
}

var countType class

func setupCount() {
	define(&countType, "count", "(start=0, step=1)", "Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n            x += step",
		unsafe.Offsetof(count{}.Attrs), countNext, object.Constructor("count", "(start=0, step=1)", newCount))
	countType.SetRepr(func(t *thread, v value) value {
		c := object.To[count](v)
		cur, step := c.cur, c.step
		if cur.P == nil {
			cur, step = object.MakeInt(c.n), object.MakeInt(c.by)
		}
		b, ok := t.AppendReprOf([]byte(c.Type.ShortName()+"("), cur)
		if ok && step != object.MakeInt(1) {
			b, ok = t.AppendReprOf(append(b, ", "...), step)
		}
		if !ok {
			return value{}
		}
		return object.MakeStr(string(append(b, ')')))
	})
}

// isNumber reports whether v can be counted with.
func isNumber(v value) bool {
	s := v.Type()
	return s.Index != nil || s.Int != nil || s.Float != nil || v.IsA(&object.ComplexType)
}

func newCount(t *thread, cls *class, a []value) value {
	x := &count{cur: object.MakeInt(0), step: object.MakeInt(1)}
	if a[0].P != nil {
		x.cur = a[0]
	}
	if a[1].P != nil {
		x.step = a[1]
	}
	if !isNumber(x.cur) || !isNumber(x.step) {
		return t.TypeErrorf("a number is required")
	}
	if x.cur.IsInt() && x.step.IsInt() {
		x.n, x.by = x.cur.Int(), x.step.Int()
		x.cur, x.step = value{}, value{}
	}
	return finish(cls, &x.Head)
}

func countNext(t *thread, v value) value {
	c := object.To[count](v)
	if c.cur.P == nil {
		n := c.n
		s := n + c.by
		if (n^s)&(c.by^s) >= 0 {
			c.n = s
			return object.MakeInt(n)
		}
		c.cur, c.step = object.MakeInt(n), object.MakeInt(c.by)
	}
	x := c.cur
	next := t.BinaryOp(x, c.step, object.OpAdd)
	if next.P == nil {
		return next
	}
	c.cur = next
	return x
}
