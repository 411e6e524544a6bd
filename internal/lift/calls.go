package lift

// call lifts a call with n arguments: callable, self or no value, arguments.
func (l *lifter) call(n int) {
	plain, withSelf := Call, CallMethod
	if l.generator() || l.near < l.locals { // variables behind the stack would lie in the callee's way
		plain, withSelf = CallGen, CallMethodGen
	}
	l.callWith(plain, withSelf, n, 0)
}

func (l *lifter) callKw(n int) { l.callWith(CallKw, CallMethodKw, n, 1) }

// callEx lifts a call with a tuple and a dict of arguments. The place between
// is never a value.
func (l *lifter) callEx() {
	if l.need(4) {
		p := len(l.stack) - 4
		l.placeCallee(p)
		l.callAt(CallEx, p, p+1, 0)
	}
}

// placeCallee puts the callable of a CallEx, entry p, where the word wants it: in the place behind.
func (l *lifter) placeCallee(p int) {
	l.set(p+1, l.stack[p])
	l.place(p + 1)
	l.set(p, l.stack[p+1])
}

// callWith emits a call. Without self, the callable goes in its place, so that it
// stands right before the arguments; extra values follow them.
func (l *lifter) callWith(plain, withSelf Op, n, extra int) {
	if n > l.limit || !l.need(n+2+extra) {
		l.fail()
		return
	}
	p := len(l.stack) - n - 2 - extra
	if l.stack[p+1].kind == isNull {
		l.set(p+1, l.stack[p])
		l.callAt(plain, p, p+1, n)
	} else {
		l.callAt(withSelf, p, p, n)
	}
}

// callAt emits a call of the entries from first on, the result being entry p.
// The frame of what is called begins among them: nothing else may be there.
func (l *lifter) callAt(op Op, p, first, n int) {
	for i := first; i < len(l.stack); i++ {
		l.place(i)
	}
	l.guard()
	for j := l.low; j < p; j++ {
		if e := l.stack[j]; e.kind == inSlot && int(e.v) >= l.base+p && l.temporary(e.v) {
			l.place(j)
		}
	}
	if n == 1 && (op == Call || op == CallGen) {
		l.markNext(l.base+first+1, TupleCalled)
	}
	l.result(len(l.stack)-p, MakeWord(op, 0, l.placeReg(p), l.placeReg(first), uint16(n)))
}
