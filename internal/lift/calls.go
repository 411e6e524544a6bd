package lift

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// call lifts a call with n arguments: callable, self or no value, arguments.
func (l *lifter) call(n int) {
	plain, withSelf := Call, CallMethod
	if l.generator() || l.near < l.locals { // variables behind the stack would lie in the callee's way
		plain, withSelf = CallGen, CallMethodGen
	}
	l.callWith(plain, withSelf, n, 0)
}

func (l *lifter) callKw(n int) {
	if top := len(l.stack) - 1; top > n && n > 0 && l.stack[top].kind == isConst {
		if names, ok := l.o.Consts.Items[l.stack[top].v].(*code.Tuple); ok && len(names.Items) == n-1 {
			l.markKeyed(top - n)
		}
	}
	l.callWith(CallKw, CallMethodKw, n, 1)
}

// callEx lifts a call with a tuple and a dict of arguments. The place behind the callable is no value for the compiler, but may be self: see starred.
func (l *lifter) callEx() {
	if l.need(4) {
		p := len(l.stack) - 4
		l.markTaken(p + 2)
		if l.placeCallee(p) {
			l.callAt(CallEx, p, p, 1, 0)
		} else {
			l.callAt(CallEx, p, p+1, 0, 0)
		}
	}
}

// placeCallee puts the callable of a CallEx, entry p, where the word wants it. That is in the place behind, unless there may be self.
func (l *lifter) placeCallee(p int) (self bool) {
	if l.stack[p+1].kind != isNull {
		l.place(p)
		l.place(p + 1)
		return true
	}
	l.set(p+1, l.stack[p])
	l.place(p + 1)
	l.set(p, l.stack[p+1])
	return false
}

// maxStarred is how many instructions starred goes through.
const maxStarred = 64

// starred reports whether what the instruction at hand loads is what a CALL_FUNCTION_EX calls that follows without a jump in between. Then no method
// has to be bound for it, as for other calls: its function and self take the two places of the callable and the NULL, which comes next.
func (l *lifter) starred() bool {
	r, _, next := l.following()
	if r.do != pushNull {
		return false
	}
	ops := opcode.For(pyver.Py314)
	above := 0 // entries above the NULL
	for range maxStarred {
		r, arg, behind := l.peek(next)
		if r.do == callEx && above == 2 {
			return true
		}
		if r.do == refuse || r.jump != 0 || r.ends {
			return false
		}
		stack := ops.Info(l.text[2*(behind-1-int(r.caches))]).Stack()
		if above -= stack.Popped(arg); above < 0 {
			return false
		}
		above += stack.Pushed(arg)
		next = behind
	}
	return false
}

// callWith emits a call. Without self, the callable goes in its place, so that it
// stands right before the arguments; extra values follow them.
func (l *lifter) callWith(plain, withSelf Op, n, extra int) {
	var known uint8
	if top := len(l.stack) - 1; n == 1 && extra == 0 && l.owned(top) {
		l.markOwn(top, 0)
		known = CallOwned
	}
	if n > l.limit || !l.need(n+2+extra) {
		l.fail()
		return
	}
	p := len(l.stack) - n - 2 - extra
	if l.stack[p+1].kind == isNull {
		l.set(p+1, l.stack[p])
		l.callAt(plain, p, p+1, n, known)
	} else {
		l.callAt(withSelf, p, p, n, known)
	}
}

// callAt emits a call of the entries from first on, the result being entry p.
// The frame of what is called begins among them: nothing else may be there. known is what is known of the call so far.
func (l *lifter) callAt(op Op, p, first, n int, known uint8) {
	for i := first; i < len(l.stack); i++ {
		l.place(i)
	}
	l.guard()
	for j := l.low; j < p; j++ {
		if e := l.stack[j]; e.kind == inSlot && int(e.v) >= l.base+p && l.temporary(e.v) {
			l.place(j)
		}
	}
	if op == Call || op == CallGen {
		switch n {
		case 1:
			l.markNext(l.base+first+1, TupleCalled)
		case 2:
			l.markNext(l.base+first+2, TupleSecond)
		}
	}
	if !l.faithful && op >= Call && op <= CallMethodGen {
		if m := l.soleMaker(first); m >= 0 && (Op(l.words[m]) == MakeClosure || Op(l.words[m]) == MakeFunction) {
			known |= CallMade
			if n == 0 && len(l.stack) == first+2 {
				l.markIter(first + 1)
			}
		}
		if r, _, _ := l.following(); r.do == pop {
			known |= CallDropped
		}
		if n == 1 && l.markGiven() {
			known |= CallTold
		}
		if (n == 1 || n == 2) && (op == Call || op == CallGen) && l.markStepped(first) {
			known |= CallSteps
		}
	}
	l.result(len(l.stack)-p, MakeWord(op, known, l.placeReg(p), l.placeReg(first), uint16(n)))
	if !l.faithful && l.beginsLoop() && op >= Call && op <= CallMethodGen {
		l.walk(p)
		if p > 0 && l.fillsTuple() {
			l.markBuilt(p - 1)
		}
	}
}

// What is known of a call, in x.
const (
	// CallLooped says that what it returns is what a loop walks along, or what a star stands before, and that nothing else looks at that.
	CallLooped = 1
	// CallMade says that the function has been made for this call, and nothing else knows it.
	CallMade = 2
	// CallGiven says that what it returns is the only argument of the call that is the next word, but for a Move of what is called there, and that nothing else
	// knows that.
	CallGiven = 4
	// CallDropped says that nobody looks at what it returns.
	CallDropped = 8
	// CallOwned says that its only argument is a list or a set that has been made for the call, and nothing else knows it.
	CallOwned = 16
	// CallTold says that its only argument comes from the word before, which knows that by Told or CallGiven.
	CallTold = 32
	// CallStepped says that what a function returns that has been made for this call is the first argument of another call, that nothing else knows it, and
	// that what is called there is in the place before already. CallSteps is for the word of that other call.
	CallStepped = 64
	CallSteps   = 128
	// CallKeyed says of a CallMethod or CallMethodGen what CallStepped does, if that other call has no more arguments but such with names.
	CallKeyed = CallSteps
)

// markStepped notes for the word that makes the first argument of a call, if that is a generator expression, that the call gets it: next(x for x in y), mostly.
func (l *lifter) markStepped(first int) bool {
	m := l.soleMaker(first + 1)
	if m < 0 || Op(l.words[m]) < Call || Op(l.words[m]) > CallMethodGen || fieldX(l.words[m])&CallMade == 0 {
		return false
	}
	if f := l.maker(l.base+first, m); f < 0 || Op(l.words[f]) != LoadGlobal {
		return false
	}
	l.words[m] |= CallStepped << 8
	return true
}

// markKeyed notes for the word that makes entry i, if that is a generator expression, that a call gets it that has arguments with names else: max(x for x in y, key=f).
func (l *lifter) markKeyed(i int) {
	if l.stack[i-1].kind != isNull {
		return // a method: self stands in between
	}
	if m := l.expression(i); m >= 0 {
		if f := l.maker(l.base+i-1, m); f >= 0 && Op(l.words[f]) == LoadGlobal {
			l.words[m] |= CallKeyed << 8
		}
	}
}

// markTaken notes for the word that makes entry i, if that is a call, that the instruction at hand takes all that what it returns gives.
func (l *lifter) markTaken(i int) {
	if m := l.soleMaker(i); !l.faithful && m >= 0 && Op(l.words[m]) >= Call && Op(l.words[m]) <= CallMethodGen {
		l.words[m] |= CallLooped << 8
	}
}

// expression returns the word that makes entry i, if that is a generator expression that nothing else knows; else -1.
func (l *lifter) expression(i int) int {
	if l.faithful {
		return -1
	}
	m := l.soleMaker(i)
	if m < 0 || Op(l.words[m]) != CallMethod && Op(l.words[m]) != CallMethodGen || fieldX(l.words[m])&CallMade == 0 {
		return -1
	}
	return m
}

// markGiven notes for the word that makes what is on top, if that is a call or may make a collection, that the call at hand gets that.
func (l *lifter) markGiven() bool {
	m, n := l.soleMaker(len(l.stack)-1), len(l.words)-1
	if m < 0 || m != n && (m != n-1 || Op(l.words[n]) != Move) {
		return false
	}
	switch op := Op(l.words[m]); {
	case op >= Call && op <= CallMethodGen:
		l.words[m] |= CallGiven << 8
	case tells(op):
		l.words[m] |= Told << 8
	default:
		return false
	}
	return true
}

// markIter notes for the word that makes entry i, if that is an iterator, that a generator expression gets it.
func (l *lifter) markIter(i int) {
	if m := l.soleMaker(i); m >= 0 && Op(l.words[m]) == GetIter {
		l.words[m] |= Given << 8
	}
}

// soleMaker returns the word that has made entry i, which nothing else knows; -1: there is none.
func (l *lifter) soleMaker(i int) int {
	if !l.alone(i) {
		return -1
	}
	m := l.maker(l.base+i, len(l.words))
	if m >= 0 && l.caught(i, m) {
		return -1
	}
	return m
}
