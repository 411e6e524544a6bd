package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Lists that a builtin makes anew, as str.split and sorted do, are mostly for the next word alone: it takes them apart, gets one item, walks along them, or calls
// a builtin that forgets them. Such a builtin gets a list that has been used for that before, and the next such call has it again.

// How the word behind a call uses up the list that it returns.
type listUse uint8

const (
	listKept   listUse = iota // nobody knows
	listApart                 // it is taken apart
	listItem                  // one item is got
	listWalked                // a loop walks along it, which gives it back when it is left: see opDropIter
	listGiven                 // a builtin gets it
)

// usesList has the operations that may use up a list that the word before makes.
var usesList = [256]bool{lift.Unpack2: true, lift.UnpackTo: true, lift.Unpack: true, lift.Subscr: true, lift.SubscrI: true, lift.GetIter: true}

// mayLend reports whether useOfList needs to be asked about the list that w makes.
func mayLend(t *Thread, w uint64) bool {
	return fieldX(w)&lift.CallGiven != 0 || usesList[uint8(*(*uint64)(ipOf(t)))]
}

// useOfList tells what the word behind w does with the list that w makes.
func useOfList(t *Thread, fp ptr, w uint64) listUse {
	next, reg := *(*uint64)(ipOf(t)), regOf(w)
	switch x := fieldX(next); lift.Op(next) {
	case lift.Unpack2:
		if x == lift.UnpackSole && fieldC(next) == reg {
			return listApart
		}
	case lift.UnpackTo, lift.Unpack:
		if x == lift.UnpackSole && fieldB(next) == reg {
			return listApart
		}
	case lift.Subscr, lift.SubscrI:
		if x&lift.Spent != 0 && fieldB(next) == reg {
			return listItem
		}
	case lift.GetIter:
		if x&lift.Sole != 0 && x&lift.Walks != 0 && fieldB(next) == reg {
			return listWalked
		}
	}
	if fieldX(w)&lift.CallGiven != 0 && forgets(getter(t, fp)) {
		return listGiven
	}
	return listKept
}

// listMethod is callMethod for a method that makes a list. The next word is done, too, if it gets items and does not fail.
func listMethod(t *Thread, fp ptr, w uint64, d *object.MethodDescr, args *Value, n int) (ok, done bool) {
	use, lent := lendList(t, fp, w)
	ok, done = callMethod(t, fp, w, d, args, n)
	if lent != nil {
		spendList(t, fp, w, use, lent, ok && done)
	}
	return ok, done
}

// listCall calls a builtin function that makes a list, or the type if def is nil, and does what listMethod does.
func listCall(t *Thread, fp ptr, w uint64, def *object.MethodDef, args []Value, names *object.Tuple) bool {
	use, lent := lendList(t, fp, w)
	var v Value
	if def == nil {
		v = object.ListType.Make(t, &object.ListType, args, nil)
	} else {
		v = def.Call(t, args, names)
	}
	ok := put(fp, w, v)
	if lent != nil {
		spendList(t, fp, w, use, lent, ok)
	}
	return ok
}

// lendList lends a list to what w calls, if the next word uses that up.
func lendList(t *Thread, fp ptr, w uint64) (use listUse, lent *object.List) {
	if use = useOfList(t, fp, w); use != listKept {
		s := aux(t)
		lent = s.collections.list(s.collections.usual)
		t.LentList = lent
	}
	return use, lent
}

// spendList takes back a list that has not been needed. The one that w has made, unless that has failed, is noted to be used up, or is so at once.
func spendList(t *Thread, fp ptr, w uint64, use listUse, lent *object.List, ok bool) {
	s := aux(t)
	if t.LentList == lent {
		t.LentList = nil
		s.collections.drop(object.Of(lent))
	}
	if a := regA(fp, w); ok && a.Is(&object.ListType) {
		l := object.To[object.List](*a)
		s.collections.usual = min(len(l.V), maxUsual)
		s.use(t, fp, w, l, use)
	}
}

// maxUsual is the most items that a list which is lent has room for.
const maxUsual = 1 << maxListClass

// use does with the new list that w has made what the next word is for, if that is done at once.
func (s *auxState) use(t *Thread, fp ptr, w uint64, l *object.List, use listUse) {
	next := *(*uint64)(ipOf(t))
	switch use {
	case listApart:
		if !takes(next, lift.UnpackSole, regOf(w), len(l.V)) {
			return // it says what is wrong
		}
		t.IP += wordSize
		switch lift.Op(next) {
		case lift.Unpack2:
			*regA(fp, next), *regB(fp, next) = l.V[0], l.V[1]
		case lift.UnpackTo:
			spread(t, fp, next, l.V)
		default:
			unpack(regA(fp, next), l.V)
		}
		s.collections.drop(object.Of(l))
	case listItem:
		i := immC(next)
		if lift.Op(next) == lift.Subscr {
			c := regC(fp, next)
			if !isInt(c) {
				return
			}
			i = int64(c.B)
		}
		if i < 0 {
			i += int64(len(l.V))
		}
		if uint64(i) >= uint64(len(l.V)) {
			return
		}
		t.IP += wordSize
		*regA(fp, next) = l.V[i]
		s.collections.drop(object.Of(l))
	case listWalked:
		s.lone.note(ptr(l))
	case listGiven:
		s.lone.told = ptr(l)
	}
}
