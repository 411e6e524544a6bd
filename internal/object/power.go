package object

// Power is pow(a, b, c); with None for c it is a ** b.
func (t *Thread) Power(a, b, c Value) Value {
	if c.IsNone() {
		return t.BinaryOp(a, b, OpPower)
	}
	ta, tb, tc := a.Type(), b.Type(), c.Type()
	fa, fb, fc := ta.Pow3, tb.Pow3, tc.Pow3
	if ta == tb || sameSlot(ta, tb, OpPower) {
		fb = nil
	}
	tried := false
	if fa != nil {
		if fb != nil && tb.IsSubtype(ta) {
			if r := fb(t, a, b, c); r != NotImplemented {
				return r
			}
			tried = true
		}
		if r := fa(t, a, b, c); r != NotImplemented {
			return r
		}
	}
	if fb != nil && !tried {
		if r := fb(t, a, b, c); r != NotImplemented {
			return r
		}
	}
	if fc != nil && tc != ta && tc != tb && !sameSlot(tc, ta, OpPower) && !sameSlot(tc, tb, OpPower) {
		if r := fc(t, a, b, c); r != NotImplemented {
			return r
		}
	}
	return t.TypeErrorf("unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", ta.Name, tb.Name, tc.Name)
}

// Absolute is abs(v).
func (t *Thread) Absolute(v Value) Value {
	if f := v.Type().Abs; f != nil {
		return f(t, v)
	}
	return t.TypeErrorf("bad operand type for abs(): '%s'", v.Type().Name)
}
