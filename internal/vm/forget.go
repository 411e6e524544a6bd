package vm

import (
	"sync/atomic"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// An exception that no program has got hold of, and that an except clause catches which does not look at it, will be seen by nobody: nor are the
// entries of its traceback, their frames, and that it has been handled. Then there is nothing to do but to go on behind the clause:
//
//	try: return cache[key]
//	except KeyError: pass
//
// Which clauses those are is read from their words when an exception is on its way.
//
// Of a clause that does more, but does not name the exception, nobody knows what the functions that it calls look at: as long as the exception is
// handled there, the entry of its traceback is put off until somebody asks which exception is handled ([object.Thread.HandledExc]). Mostly nobody does.

// maxForget is how many words of a handler, and how many frames, are looked at.
const maxForget = 16

// forget makes execution go on behind the clause that catches the exception in t, if nobody sees it there; else it does nothing.
func forget(t *Thread) bool {
	e := t.Exc
	if e == nil || !e.Unseen || watched(t) {
		return false
	}
	a := aux(t)
	if a.reraised {
		return false
	}
	fp, ip, r := t.FP, t.IP, t.Frame
	for range maxForget {
		frame := asPtr(&fp)
		c := codeOf(frame)
		w := max(wordIndex(c, ip), 0)
		if h := handler(lifted(c), uint32(w)); h != nil {
			if !h.Drops {
				return false
			}
			to, ok := behind(t, frame, h, e)
			if !ok && to >= 0 && r == t.Frame && putOff(t, frame, h, e, w) {
				return true
			}
			// A handler that leads back, as only code by hand has, must not keep the thread from being interrupted.
			if !ok || atomic.LoadUint32(&t.Breaker) != 0 && lifted(c).LeadsBack(to, w) {
				return false
			}
			e.Unseen, a.thrown = false, false
			t.FP, t.IP, t.Frame, t.Exc = fp, uintptr(ptr(&c.Words[to])), r, nil
			return true
		}
		if *flagsOf(frame) != 0 {
			return false // there is more to do than to drop the frame
		}
		r -= recordSize
		rec := (*object.Record)(asPtr(&r))
		fp, ip = rec.FP, rec.IP
	}
	return false
}

// raisedNext reports whether the next word raises what a call puts into its register: nobody else gets hold of that.
func raisedNext(t *Thread, w uint64) bool {
	n := *(*uint64)(ipOf(t))
	return lift.Op(n) == lift.Raise && fieldX(n) == 1 && regOf(n) == regOf(w)
}

// behind returns the word behind the clause of a handler that catches e, if that clause does nothing but store constants. They are stored then. It
// returns a word of the clause, and false, if there is more in it and it does not name the exception, -1 if not even that is known.
func behind(t *Thread, fp ptr, h *lift.Handler, e *object.Exc) (to int, ok bool) {
	c := codeOf(fp)
	i := int(h.Target)
	if h.Lasti || lift.Op(c.Words[i]) != lift.PushExc {
		return -1, false
	}
	slot := slotAt(fp, int(h.Slot))
	var l caught
	in := -1
	if fieldX(c.Words[i]) == 1 {
		in = i
	}
	for range maxForget {
		i++
		w := c.Words[i]
		switch lift.Op(w) {
		case lift.LoadGlobal:
			ok = l.load(regA(fp, w), cachedGlobal(fp, &c.Caches[wideBC(w)]))
		case lift.LoadAttr:
			ok = l.replace(regA(fp, w), regB(fp, w), &c.Caches[fieldC(w)])
		case lift.Tuple2:
			ok = l.n == 2 && l.regs[0] == regB(fp, w) && l.regs[1] == regC(fp, w)
			l.regs[0], l.whole = regA(fp, w), true
		case lift.BuildTuple:
			ok = l.n == fieldC(w) && l.regs[0] == regB(fp, w)
			l.regs[0], l.whole = regA(fp, w), true
		case lift.JumpExc, lift.JumpNotExc:
			if in >= 0 || !l.whole && l.n != 1 || l.regs[0] != regB(fp, w) || regA(fp, w) != next(slot) {
				return in, false
			}
			var r bool
			if r, ok = l.matches(e); r && ok && lift.Op(w) == lift.JumpNotExc && fieldX(w) == 1 {
				in = i
			} else if r == (lift.Op(w) == lift.JumpExc) {
				i += int(immC(w))
			}
			l = caught{}
		default:
			if l.n > 0 {
				return in, false // the clause itself loads a name
			}
			if to, ok = storeConstants(t, fp, i, slot, e); !ok {
				to = in
			}
			return to, ok
		}
		if !ok {
			return in, false
		}
	}
	return in, false
}

// lateEntry is an entry of a traceback that has been put off.
type lateEntry struct {
	e     *object.Exc
	fp    uintptr
	depth int // of the frame
	unit  int
}

// maxLate is how many entries may be put off at a time.
const maxLate = 32

// putOff makes execution go on in the handler of the frame that runs, where an exception has been raised by word w. Its entry of the traceback is put off.
func putOff(t *Thread, fp ptr, h *lift.Handler, e *object.Exc, w int) bool {
	a, depth := aux(t), t.FrameDepth()
	for n := len(a.late); n > 0 && a.late[n-1].depth > depth; n-- {
		a.late[n-1] = lateEntry{}
		a.late = a.late[:n-1] // code by hand may leave a handler in any way
	}
	c := codeOf(fp)
	if e.TB != nil || *flagsOf(fp)&flagGen != 0 || len(a.late) >= maxLate || atomic.LoadUint32(&t.Breaker) != 0 && lifted(c).LeadsBack(int(h.Target), w) {
		return false
	}
	a.late = append(a.late, lateEntry{e, uintptr(fp), depth, int(lifted(c).Units[w])})
	*slotAt(fp, int(h.Slot)) = object.Of(e)
	t.Exc = nil
	t.IP = uintptr(ptr(&c.Words[h.Target]))
	return true
}

// settle adds to the traceback of an exception that somebody sees now the entry that has been put off.
func settle(t *Thread, e *object.Exc) {
	e.Unseen = false
	p, ok := aux(t).overdue(e)
	if !ok {
		return
	}
	fp, depth := t.FP, t.FrameDepth()
	if p.depth < depth {
		fp = t.Records[p.depth].FP
	}
	if p.depth <= depth && p.fp == fp {
		f := frameObject(t, asPtr(&fp))
		addTraceback(e, e.FirstTraceback(), f, min(p.unit, len(f.Code.Obj.Code.S)/2))
	}
}

// overdue takes the entry for an exception from those that have been put off.
func (a *auxState) overdue(e *object.Exc) (p lateEntry, ok bool) {
	for i := len(a.late) - 1; i >= 0; i-- {
		if p := a.late[i]; p.e == e {
			n := len(a.late) - 1
			copy(a.late[i:], a.late[i+1:])
			a.late[n] = lateEntry{}
			a.late = a.late[:n]
			return p, true
		}
	}
	return p, false
}

// storeConstants does what the words from i on do, if they store constants and then end a clause, and returns the word behind.
func storeConstants(t *Thread, fp ptr, from int, slot *Value, e *object.Exc) (to int, ok bool) {
	words := codeOf(fp).Words
	end := from
	for lift.Op(words[end]) == lift.LoadK || lift.Op(words[end]) == lift.LoadInt {
		end++
	}
	if w := words[end]; lift.Op(w) != lift.PopExcept || regA(fp, w) != slot {
		return 0, false
	}
	// Code by hand may take the exception from the stack all the same.
	*slot, *next(slot) = object.None, object.Of(e)
	for _, w := range words[from:end] {
		if lift.Op(w) == lift.LoadK {
			*regA(fp, w) = constAt(fp, wideBC(w)/int(valueSize))
		} else {
			setInt(regA(fp, w), int64(int32(w>>32)))
		}
	}
	return end + 1, true
}

// caught is what the words of a clause load that name what it catches. The registers have not got it yet: callees' frames may lie there.
type caught struct {
	n     int
	regs  [4]*Value // the first one is that of the tuple, if whole is set
	vals  [4]Value
	whole bool
}

func (l *caught) load(reg *Value, v Value) bool {
	if v.P == nil || l.n == len(l.regs) || l.whole {
		return false
	}
	l.regs[l.n], l.vals[l.n] = reg, v
	l.n++
	return true
}

// replace puts the attribute of a module that has been loaded last in its place, if a cache has it.
func (l *caught) replace(to, from *Value, ic *object.Cache) bool {
	if l.n == 0 || l.whole || l.regs[l.n-1] != from || ic.Kind != cacheModule {
		return false
	}
	v := l.vals[l.n-1]
	if v.P != ic.Value.P || v.Type().Version != ic.Version {
		return false
	}
	d := object.To[object.Module](v).More.Dict
	if uintptr(d.Version) != ic.Offset {
		return false
	}
	l.regs[l.n-1], l.vals[l.n-1] = to, *valueIn(d, ic)
	return true
}

// matches reports whether e is caught; not ok: by what, is no class.
func (l *caught) matches(e *object.Exc) (res, ok bool) {
	for _, v := range l.vals[:l.n] {
		if !isExcClass(v) {
			return false, false
		}
		res = res || e.Type.IsSubtype(object.To[object.Type](v))
	}
	return res, true
}

// cachedGlobal returns the value of a global name if a cache has it.
func cachedGlobal(fp ptr, ic *object.Cache) Value {
	d := funcOf(fp).Globals
	if ic.Kind != cacheGlobal && ic.Kind != cacheBuiltin || d.Version != ic.Version {
		return Value{}
	}
	if ic.Kind == cacheBuiltin {
		if d = funcOf(fp).Builtins(); d.Version != uint64(ic.Offset) {
			return Value{}
		}
	}
	return *valueIn(d, ic)
}
