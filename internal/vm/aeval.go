package vm

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// skip moves ip by n words.
func skip(ip ptr, n int64) ptr { return unsafe.Add(ip, n*wordSize) }

// eval runs the frame in the thread's registers, and all it calls, until the frame that has flagEntry returns, and
// returns its value; no value: an exception is set.
//
// A fast path ends in continue. One whose guard fails goes to slow, where the
// operation is done whole by its function.
//
//go:nocheckptr
func eval(t *Thread) Value {
	ip, fp := ipOf(t), fpOf(t)
	code := codeOf(fp)
	var w uint64
loop:
	for {
		w = *(*uint64)(ip)
		ip = unsafe.Add(ip, wordSize)
		switch lift.Op(w) {
		case lift.Nop:
			continue
		case lift.Move:
			*regA(fp, w) = *regB(fp, w)
			continue
		case lift.LoadK:
			*regA(fp, w) = *constIn(code, w>>32)
			continue
		case lift.LoadInt:
			setInt(regA(fp, w), int64(int32(w>>32)))
			continue
		case lift.LoadNull:
			*regA(fp, w) = Value{}
			continue
		case lift.CheckBound:
			if regA(fp, w).P != nil {
				continue
			}
		case lift.CopyFreeVars:
			if cl := funcOf(fp).Closure; cl != nil && uint64(cl.Len()) == w>>16&0xffff {
				to := slotAt(fp, wideBC(w))
				for i := range cl.Len() {
					*nth(to, i) = *tupleItem(ptr(cl), i)
				}
				continue
			}
		case lift.LoadDeref:
			if v := (*object.Cell)(regB(fp, w).P).V; v.P != nil {
				*regA(fp, w) = v
				continue
			}
		case lift.StoreDeref:
			(*object.Cell)(regA(fp, w).P).V = *regB(fp, w)
			continue
		case lift.LoadGlobal:
			ic := cacheIn(code, w>>32)
			d := funcOf(fp).Globals
			if ic.Kind == cacheBuiltin {
				if d.Version != ic.Version {
					goto slow
				}
				d = funcOf(fp).Builtins()
				if d.Version != uint64(ic.Offset) {
					goto slow
				}
				*regA(fp, w) = *valueIn(d, ic)
				continue
			}
			if d.Version != ic.Version {
				goto slow
			}
			*regA(fp, w) = *valueIn(d, ic)
			continue

		case lift.Add:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				x, y := int64(a.B), int64(b.B)
				if r := x + y; (x^r)&(y^r) >= 0 {
					setInt(regA(fp, w), r)
					continue
				}
			} else if isFloat(a) {
				if isFloat(b) {
					setFloat(regA(fp, w), f64(a)+f64(b))
					continue
				}
				if isInt(b) {
					setFloat(regA(fp, w), f64(a)+float64(int64(b.B)))
					continue
				}
			}
		case lift.Sub:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				x, y := int64(a.B), int64(b.B)
				if r := x - y; (x^y)&(x^r) >= 0 {
					setInt(regA(fp, w), r)
					continue
				}
			} else if isFloat(a) {
				if isFloat(b) {
					setFloat(regA(fp, w), f64(a)-f64(b))
					continue
				}
				if isInt(b) {
					setFloat(regA(fp, w), f64(a)-float64(int64(b.B)))
					continue
				}
			}
		case lift.Mul:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				x, y := int64(a.B), int64(b.B)
				hi, lo := bits.Mul64(uint64(x), uint64(y))
				h := int64(hi) - x>>63&y - y>>63&x
				if h == int64(lo)>>63 {
					setInt(regA(fp, w), int64(lo))
					continue
				}
			} else if isFloat(a) {
				if isFloat(b) {
					setFloat(regA(fp, w), f64(a)*f64(b))
					continue
				}
				if isInt(b) {
					setFloat(regA(fp, w), f64(a)*float64(int64(b.B)))
					continue
				}
			} else if isInt(a) && isFloat(b) {
				setFloat(regA(fp, w), float64(int64(a.B))*f64(b))
				continue
			}
		case lift.TrueDiv:
			a, b := regB(fp, w), regC(fp, w)
			if isFloat(b) && f64(b) != 0 {
				if isFloat(a) {
					setFloat(regA(fp, w), f64(a)/f64(b))
					continue
				}
				if isInt(a) {
					setFloat(regA(fp, w), float64(int64(a.B))/f64(b))
					continue
				}
			} else if isInt(b) && b.B != 0 && isFloat(a) {
				setFloat(regA(fp, w), f64(a)/float64(int64(b.B)))
				continue
			}
		case lift.FloorDiv:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) && int64(b.B) > 0 {
				x, y := int64(a.B), int64(b.B)
				q := x / y
				if q*y != x && x < 0 {
					q--
				}
				setInt(regA(fp, w), q)
				continue
			}
		case lift.Mod:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) && int64(b.B) > 0 {
				r := int64(a.B) % int64(b.B)
				if r < 0 {
					r += int64(b.B)
				}
				setInt(regA(fp, w), r)
				continue
			}
		case lift.And:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				setInt(regA(fp, w), int64(a.B&b.B))
				continue
			}
		case lift.Or:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				setInt(regA(fp, w), int64(a.B|b.B))
				continue
			}
		case lift.Xor:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				setInt(regA(fp, w), int64(a.B^b.B))
				continue
			}
		case lift.Rshift:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) && b.B < 64 {
				setInt(regA(fp, w), int64(a.B)>>b.B)
				continue
			}

		case lift.AddI:
			a := regB(fp, w)
			if isInt(a) {
				x, y := int64(a.B), immC(w)
				if r := x + y; (x^r)&(y^r) >= 0 {
					setInt(regA(fp, w), r)
					continue
				}
			} else if isFloat(a) {
				setFloat(regA(fp, w), f64(a)+float64(immC(w)))
				continue
			}
		case lift.SubI:
			a := regB(fp, w)
			if isInt(a) {
				x, y := int64(a.B), immC(w)
				if r := x - y; (x^y)&(x^r) >= 0 {
					setInt(regA(fp, w), r)
					continue
				}
			} else if isFloat(a) {
				setFloat(regA(fp, w), f64(a)-float64(immC(w)))
				continue
			}
		case lift.MulI:
			a := regB(fp, w)
			if isInt(a) {
				// 16 bits by 47 bits fit.
				if x := int64(a.B); uint64(x+1<<46) < 1<<47 {
					setInt(regA(fp, w), x*immC(w))
					continue
				}
			} else if isFloat(a) {
				setFloat(regA(fp, w), f64(a)*float64(immC(w)))
				continue
			}
		case lift.FloorDivI:
			a := regB(fp, w)
			if y := immC(w); isInt(a) && y > 0 {
				x := int64(a.B)
				q := x / y
				if q*y != x && x < 0 {
					q--
				}
				setInt(regA(fp, w), q)
				continue
			}
		case lift.ModI:
			a := regB(fp, w)
			if y := immC(w); isInt(a) && y > 0 {
				r := int64(a.B) % y
				if r < 0 {
					r += y
				}
				setInt(regA(fp, w), r)
				continue
			}
		case lift.AndI:
			a := regB(fp, w)
			if isInt(a) {
				setInt(regA(fp, w), int64(a.B)&immC(w))
				continue
			}
		case lift.RshiftI:
			a := regB(fp, w)
			if isInt(a) && uint64(immC(w)) < 64 {
				setInt(regA(fp, w), int64(a.B)>>uint(immC(w)))
				continue
			}
		case lift.LshiftI:
			a := regB(fp, w)
			if y := uint(immC(w)); isInt(a) && y < 32 {
				if x := int64(a.B); uint64(x+1<<30) < 1<<31 {
					setInt(regA(fp, w), x<<y)
					continue
				}
			}
		case lift.AddK, lift.SubK, lift.MulK, lift.TrueDivK:
			a := regB(fp, w)
			b := constIn(code, w>>48)
			if isFloat(a) && isFloat(b) {
				x, y := f64(a), f64(b)
				switch lift.Op(w) {
				case lift.AddK:
					setFloat(regA(fp, w), x+y)
					continue
				case lift.SubK:
					setFloat(regA(fp, w), x-y)
					continue
				case lift.MulK:
					setFloat(regA(fp, w), x*y)
					continue
				default:
					if y != 0 {
						setFloat(regA(fp, w), x/y)
						continue
					}
				}
			}

		case lift.Lt, lift.Le, lift.Gt, lift.Ge, lift.Eq, lift.Ne:
			a, b := regB(fp, w), regC(fp, w)
			if ints(a, b) {
				setBool(regA(fp, w), holds(lift.Op(w)-lift.Lt, int64(a.B), int64(b.B)))
				continue
			}
		case lift.Is:
			r := *regB(fp, w) == *regC(fp, w)
			setBool(regA(fp, w), r != (fieldX(w) == 1))
			continue
		case lift.Not:
			a := regB(fp, w)
			if a.P == ptr(&object.Tags.Bool) || isInt(a) {
				setBool(regA(fp, w), a.B == 0)
				continue
			}

		case lift.Jump:
			ip = skip(ip, immC(w))
			continue
		case lift.JumpBack:
			ip = skip(ip, immC(w))
			if atomic.LoadUint32(&t.Breaker) == 0 {
				continue
			}
			goto poll
		case lift.JumpTrue:
			a := regA(fp, w)
			if a.P == ptr(&object.Tags.Bool) || isInt(a) {
				if a.B != 0 {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if a.P == ptr(&object.Tags.None) {
				continue
			}
		case lift.JumpFalse:
			a := regA(fp, w)
			if a.P == ptr(&object.Tags.Bool) || isInt(a) {
				if a.B == 0 {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if a.P == ptr(&object.Tags.None) {
				ip = skip(ip, immC(w))
				continue
			}
		case lift.JumpNone:
			if regA(fp, w).P == ptr(&object.Tags.None) {
				ip = skip(ip, immC(w))
			}
			continue
		case lift.JumpNotNone:
			if regA(fp, w).P != ptr(&object.Tags.None) {
				ip = skip(ip, immC(w))
			}
			continue
		case lift.JumpIs:
			if *regA(fp, w) == *regB(fp, w) {
				ip = skip(ip, immC(w))
			}
			continue
		case lift.JumpNotIs:
			if *regA(fp, w) != *regB(fp, w) {
				ip = skip(ip, immC(w))
			}
			continue

		case lift.JumpLt:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) < int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if isFloat(a) && isFloat(b) {
				if f64(a) < f64(b) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpNotLt:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) >= int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if isFloat(a) && isFloat(b) {
				if !(f64(a) < f64(b)) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpLe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) <= int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpNotLe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) > int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if isFloat(a) && isFloat(b) {
				if !(f64(a) <= f64(b)) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpGt:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) > int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpNotGt:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) <= int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if isFloat(a) && isFloat(b) {
				if !(f64(a) > f64(b)) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpGe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) >= int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpNotGe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if int64(a.B) < int64(b.B) {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if isFloat(a) && isFloat(b) {
				if !(f64(a) >= f64(b)) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpEq, lift.JumpNotNe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if a.B == b.B {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if strs(a, b) {
				x, y := (*object.Str)(a.P), (*object.Str)(b.P)
				if x == y {
					ip = skip(ip, immC(w))
					continue
				}
				if x.Interned && y.Interned || len(x.S) != len(y.S) {
					continue
				}
			}
		case lift.JumpNotEq, lift.JumpNe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) {
				if a.B != b.B {
					ip = skip(ip, immC(w))
				}
				continue
			}
			if strs(a, b) {
				x, y := (*object.Str)(a.P), (*object.Str)(b.P)
				if x == y {
					continue
				}
				if x.Interned && y.Interned || len(x.S) != len(y.S) {
					ip = skip(ip, immC(w))
					continue
				}
			}
		case lift.JumpEqK:
			a, b := regA(fp, w), constIn(code, w>>32&0xffff)
			if *a == *b && !isFloat(a) {
				ip = skip(ip, immC(w))
				continue
			}
			if strs(a, b) {
				x, y := (*object.Str)(a.P), (*object.Str)(b.P)
				if x.Interned && y.Interned || len(x.S) != len(y.S) {
					continue
				}
			}
		case lift.JumpNotEqK:
			a, b := regA(fp, w), constIn(code, w>>32&0xffff)
			if *a == *b && !isFloat(a) {
				continue
			}
			if strs(a, b) {
				x, y := (*object.Str)(a.P), (*object.Str)(b.P)
				if x.Interned && y.Interned || len(x.S) != len(y.S) {
					ip = skip(ip, immC(w))
					continue
				}
			}
		case lift.JumpLtI, lift.JumpNotGeI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) < immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpGeI, lift.JumpNotLtI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) >= immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpLeI, lift.JumpNotGtI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) <= immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpGtI, lift.JumpNotLeI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) > immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpEqI, lift.JumpNotNeI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) == immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.JumpNeI, lift.JumpNotEqI:
			if a := regA(fp, w); isInt(a) {
				if int64(a.B) != immB(w) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.LoopLt, lift.LoopLe, lift.LoopGt, lift.LoopGe:
			a, b := regA(fp, w), regB(fp, w)
			if ints(a, b) && atomic.LoadUint32(&t.Breaker) == 0 {
				if holds(lift.Op(w)-lift.LoopLt, int64(a.B), int64(b.B)) {
					ip = skip(ip, immC(w))
				}
				continue
			}
		case lift.LoopLtI, lift.LoopLeI, lift.LoopGtI, lift.LoopGeI, lift.LoopEqI, lift.LoopNeI:
			a := regA(fp, w)
			if isInt(a) && atomic.LoadUint32(&t.Breaker) == 0 {
				if holds(lift.Op(w)-lift.LoopLtI, int64(a.B), immB(w)) {
					ip = skip(ip, immC(w))
				}
				continue
			}

		case lift.GetIter:
			b := regB(fp, w)
			switch b.Type() {
			case &object.ListType, &object.TupleType:
				if fieldX(w)&lift.Walks != 0 {
					*regA(fp, w) = *b
					continue
				}
			}
		case lift.ForIterBack:
			it := regB(fp, w)
			switch it.Type() {
			case &object.ListType:
				l, i := (*object.List)(it.P), it.B
				if i >= uint64(len(l.V)) {
					it.B = walked
					continue
				}
				it.B = i + 1
				*regA(fp, w) = *item(l.V, int(i))
			case &object.TupleType:
				i := it.B
				if i >= uint64((*object.Tuple)(it.P).Len()) {
					it.B = walked
					continue
				}
				it.B = i + 1
				*regA(fp, w) = *tupleItem(it.P, int(i))
			case &object.RangeWalkType:
				i := it.B
				if uint32(i) == 0 {
					continue
				}
				it.B = i + (*object.RangeWalk)(it.P).Add
				setInt(regA(fp, w), int64(i)>>32)
			case &object.StrASCIIIterType:
				s := (*object.StrIter)(it.P)
				if s.Str == nil || s.Pos >= len(s.Str.S) {
					goto slow
				}
				setChar(regA(fp, w), s.Str, s.Pos)
				s.Pos++
				s.Index++
			default:
				goto slow
			}
			ip = skip(ip, immC(w))
			if atomic.LoadUint32(&t.Breaker) == 0 {
				continue
			}
			goto poll
		case lift.ForIter:
			it := regB(fp, w)
			switch it.Type() {
			case &object.ListType:
				if l, i := (*object.List)(it.P), it.B; i < uint64(len(l.V)) {
					it.B = i + 1
					*regA(fp, w) = *item(l.V, int(i))
					continue
				}
				it.B = walked
			case &object.TupleType:
				if i := it.B; i < uint64((*object.Tuple)(it.P).Len()) {
					it.B = i + 1
					*regA(fp, w) = *tupleItem(it.P, int(i))
					continue
				}
				it.B = walked
			case &object.RangeWalkType:
				if i := it.B; uint32(i) != 0 {
					it.B = i + (*object.RangeWalk)(it.P).Add
					setInt(regA(fp, w), int64(i)>>32)
					continue
				}
			default:
				goto slow
			}
			ip = skip(ip, immC(w))
			continue

		case lift.Subscr:
			a, b := regB(fp, w), regC(fp, w)
			if isInt(b) {
				switch a.Type() {
				case &object.ListType:
					l := (*object.List)(a.P)
					i := int64(b.B)
					if i < 0 {
						i += int64(len(l.V))
					}
					if uint64(i) < uint64(len(l.V)) {
						*regA(fp, w) = *item(l.V, int(i))
						continue
					}
				case &object.TupleType:
					l := (*object.Tuple)(a.P)
					if i := b.B; i < uint64(l.Len()) {
						*regA(fp, w) = *tupleItem(a.P, int(i))
						continue
					}
				case &object.StrType:
					if s := (*object.Str)(a.P); b.B < uint64(len(s.S)) && s.IsASCII() {
						setChar(regA(fp, w), s, int(b.B))
						continue
					}
				}
			}
		case lift.SubscrI:
			a := regB(fp, w)
			i := immC(w)
			switch a.Type() {
			case &object.ListType:
				l := (*object.List)(a.P)
				if i < 0 {
					i += int64(len(l.V))
				}
				if uint64(i) < uint64(len(l.V)) {
					*regA(fp, w) = *item(l.V, int(i))
					continue
				}
			case &object.TupleType:
				l := (*object.Tuple)(a.P)
				if i < 0 {
					i += int64(l.Len())
				}
				if uint64(i) < uint64(l.Len()) {
					*regA(fp, w) = *tupleItem(a.P, int(i))
					continue
				}
			case &object.StrType:
				s := (*object.Str)(a.P)
				if i < 0 {
					i += int64(len(s.S))
				}
				if uint64(i) < uint64(len(s.S)) && s.IsASCII() {
					setChar(regA(fp, w), s, int(i))
					continue
				}
			}
		case lift.Unpack2:
			c := regC(fp, w)
			if c.Type() == &object.TupleType {
				if l := (*object.Tuple)(c.P); l.Len() == 2 {
					p := tupleItem(c.P, 0)
					x, y := *p, *next(p)
					*regA(fp, w) = x
					*regB(fp, w) = y
					continue
				}
			}
		case lift.ListAppend:
			l := (*object.List)(regA(fp, w).P)
			if n := len(l.V); n < cap(l.V) {
				l.V = l.V[:n+1]
				*item(l.V, int(n)) = *regB(fp, w)
				continue
			}
		case lift.StoreSubscr:
			a, b := regA(fp, w), regB(fp, w)
			if a.Type() == &object.ListType && isInt(b) {
				l := (*object.List)(a.P)
				i := int64(b.B)
				if i < 0 {
					i += int64(len(l.V))
				}
				if uint64(i) < uint64(len(l.V)) {
					*item(l.V, int(i)) = *regC(fp, w)
					continue
				}
			}

		case lift.LoadAttr:
			b := regB(fp, w)
			ic := cacheIn(code, w>>48)
			if b.Type().Version == ic.Version {
				switch ic.Kind {
				case cacheSlot:
					a := (*object.Attrs)(unsafe.Add(b.P, unsafe.Offsetof(object.Instance{}.Attrs)))
					if a.Shape == ic.Shape {
						*regA(fp, w) = *(*Value)(unsafe.Add(b.P, ic.Offset))
						continue
					}
				case cacheClassValue:
					*regA(fp, w) = ic.Value
					continue
				case cacheClassShape:
					if (*object.Attrs)(unsafe.Add(b.P, ic.Offset)).Shape == ic.Shape {
						*regA(fp, w) = ic.Value
						continue
					}
				case cacheModule:
					if d := (*object.Module)(b.P).More.Dict; b.P == ic.Value.P && uintptr(d.Version) == ic.Offset {
						*regA(fp, w) = *valueIn(d, ic)
						continue
					}
				case cacheMember:
					if v := (*Value)(unsafe.Add(b.P, ic.Offset)); v.P != nil {
						*regA(fp, w) = *v
						continue
					}
				case cacheClass:
					if uintptr((*object.Type)(b.P).Version) == ic.Offset {
						*regA(fp, w) = ic.Value
						continue
					}
				}
			}
		case lift.StoreAttr:
			a := regA(fp, w)
			ic := cacheIn(code, w>>48)
			if a.Type().Version == ic.Version {
				if ic.Kind == cacheSlot {
					at := (*object.Attrs)(unsafe.Add(a.P, unsafe.Offsetof(object.Instance{}.Attrs)))
					if at.Shape == ic.Shape {
						*(*Value)(unsafe.Add(a.P, ic.Offset)) = *regB(fp, w)
						if ic.Next != nil {
							at.Shape = ic.Next
						}
						continue
					}
				} else if ic.Kind == cacheMember {
					*(*Value)(unsafe.Add(a.P, ic.Offset)) = *regB(fp, w)
					continue
				}
			}
		case lift.LoadMethod, lift.LoadSpecial:
			// The cache of a special method is of one kind only.
			b := *regB(fp, w)
			ic := cacheIn(code, w>>48)
			if b.Type().Version == ic.Version {
				a := regA(fp, w)
				switch ic.Kind {
				case cacheMethod:
					*a = ic.Value
					*next(a) = b
					continue
				case cacheModule:
					if d := (*object.Module)(b.P).More.Dict; b.P == ic.Value.P && uintptr(d.Version) == ic.Offset {
						*a = *valueIn(d, ic)
						*next(a) = Value{}
						continue
					}
				case cacheClass:
					if uintptr((*object.Type)(b.P).Version) == ic.Offset {
						*a = ic.Value
						*next(a) = Value{}
						continue
					}
				case cacheClassMethod:
					if uintptr((*object.Type)(b.P).Version) == ic.Offset {
						*a = ic.Value
						*next(a) = b
						continue
					}
				case cacheMethodShape:
					if (*object.Attrs)(unsafe.Add(b.P, ic.Offset)).Shape == ic.Shape {
						*a = ic.Value
						*next(a) = b
						continue
					}
				}
			}

		case lift.Call:
			b := regB(fp, w)
			f := (*object.Func)(b.P)
			if f.Type == &object.FuncType {
				c := f.Code
				if c.Args == fieldC(w) && t.Frame < atomic.LoadUintptr(&t.FrameLimit) {
					nfp := unsafe.Add(ptr(b), valueSize)
					if uintptr(nfp)+c.FrameBytes < t.SlabLimit {
						r := (*object.Record)(asPtr(&t.Frame))
						r.IP, r.FP = uintptr(ip), uintptr(fp)
						t.Frame += recordSize
						fp = nfp
						code = c
						ip = ptr(unsafe.SliceData(c.Words))
						for off := c.ClearFrom; off < c.ClearTo; off += valueSize {
							*(*Value)(unsafe.Add(fp, off)) = Value{}
						}
						continue
					}
				}
			}
		case lift.CallMethod:
			b := regB(fp, w)
			f := (*object.Func)(b.P)
			if f.Type == &object.FuncType && next(b).P != nil {
				c := f.Code
				if c.Args == fieldC(w)+1 && t.Frame < atomic.LoadUintptr(&t.FrameLimit) {
					nfp := unsafe.Add(ptr(b), valueSize)
					if uintptr(nfp)+c.FrameBytes < t.SlabLimit {
						r := (*object.Record)(asPtr(&t.Frame))
						r.IP, r.FP = uintptr(ip), uintptr(fp)
						t.Frame += recordSize
						fp = nfp
						code = c
						ip = ptr(unsafe.SliceData(c.Words))
						for off := c.ClearFrom; off < c.ClearTo; off += valueSize {
							*(*Value)(unsafe.Add(fp, off)) = Value{}
						}
						continue
					}
				}
			}
		case lift.Return:
			if *flagsOf(fp) == 0 {
				v := *regA(fp, w)
				t.Frame -= recordSize
				r := (*object.Record)(asPtr(&t.Frame))
				ip, fp = asPtr(&r.IP), asPtr(&r.FP)
				code = codeOf(fp)
				*regA(fp, word(ip)) = v
				continue
			}
			t.IP, t.FP = uintptr(ip), uintptr(fp)
			if v := finish(t, *regA(fp, w)); v.P != nil {
				return v
			}
			if t.Exc != nil {
				goto raise
			}
			ip, fp = ipOf(t), fpOf(t)
			code = codeOf(fp)
			continue
		case lift.ReturnK, lift.ReturnInt:
			var v Value
			if lift.Op(w) == lift.ReturnK {
				v = *constIn(code, w>>32)
			} else {
				v = object.MakeInt(int64(int32(w >> 32)))
			}
			if *flagsOf(fp) == 0 {
				t.Frame -= recordSize
				r := (*object.Record)(asPtr(&t.Frame))
				ip, fp = asPtr(&r.IP), asPtr(&r.FP)
				code = codeOf(fp)
				*regA(fp, word(ip)) = v
				continue
			}
			t.IP, t.FP = uintptr(ip), uintptr(fp)
			if v := finish(t, v); v.P != nil {
				return v
			}
			if t.Exc != nil {
				goto raise
			}
			ip, fp = ipOf(t), fpOf(t)
			code = codeOf(fp)
			continue
		case lift.Yield, lift.ReturnGen:
			t.IP, t.FP = uintptr(ip), uintptr(fp)
			var v Value
			if lift.Op(w) == lift.Yield {
				v = yield(t, fp, w)
			} else {
				v = returnGen(t, fp, w)
			}
			if v.P != nil {
				return v
			}
			if t.Exc != nil {
				goto raise
			}
			ip, fp = ipOf(t), fpOf(t)
			code = codeOf(fp)
			continue
		}
	slow:
		t.IP, t.FP = uintptr(ip), uintptr(fp)
		if !slow[uint8(w)](t, fp, w) {
			goto raise
		}
		if atomic.LoadUint32(&t.Breaker) != 0 && !between(t) {
			goto raise
		}
		ip, fp = ipOf(t), fpOf(t)
		code = codeOf(fp)
		continue
	poll:
		t.IP, t.FP = uintptr(ip), uintptr(fp)
		if !pollBack(t, w) {
			goto raise
		}
		ip, fp = ipOf(t), fpOf(t)
		code = codeOf(fp)
	}
raise:
	if !unwind(t) {
		return Value{}
	}
	ip, fp = ipOf(t), fpOf(t)
	code = codeOf(fp)
	goto loop
}
