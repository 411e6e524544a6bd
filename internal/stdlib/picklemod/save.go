package picklemod

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/object"
)

// pickler writes a pickle of protocol 4 or 5.
type pickler struct {
	t     *thread
	out   []byte
	frame int // where the header of the open frame begins; -1: none is open
	proto int
	memo  memo
	table *object.Dict // copyreg.dispatch_table
}

const frameHeader = 9

// newPickler returns a pickler, or nil if the pickle is to be written in Python, or, with an exception, if something is wrong.
func newPickler(t *thread, protocol, callback value) *pickler {
	proto, ok := protocolOf(t, protocol)
	if !ok || callback.P != nil && !callback.IsNone() {
		return nil
	}
	table, codes := fromModule(t, nameCopyreg, "dispatch_table"), fromModule(t, nameCopyreg, "_extension_registry")
	if table.P == nil || codes.P == nil || !table.Is(&object.DictType) || !codes.Is(&object.DictType) || object.To[object.Dict](codes).Len() > 0 {
		return nil
	}
	return &pickler{t: t, proto: proto, frame: -1, table: object.To[object.Dict](table)}
}

func (p *pickler) dump(v value) bool {
	p.out = append(make([]byte, 0, 128), opProto, byte(p.proto))
	p.open()
	if !p.save(v) {
		return false
	}
	p.op(opStop)
	p.close()
	return true
}

// open begins a frame.
func (p *pickler) open() {
	p.frame = len(p.out)
	p.out = append(p.out, opFrame, 0, 0, 0, 0, 0, 0, 0, 0)
}

// close ends the frame. What is too short for one has no header.
func (p *pickler) close() {
	from := p.frame + frameHeader
	if n := len(p.out) - from; n >= 4 {
		binary.LittleEndian.PutUint64(p.out[p.frame+1:], uint64(n))
	} else {
		p.out = append(p.out[:p.frame], p.out[from:]...)
	}
	p.frame = -1
}

func (p *pickler) op(b ...byte) { p.out = append(p.out, b...) }

func (p *pickler) op32(code byte, n int) {
	p.out = binary.LittleEndian.AppendUint32(append(p.out, code), uint32(n))
}

func (p *pickler) op64(code byte, n int) {
	p.out = binary.LittleEndian.AppendUint64(append(p.out, code), uint64(n))
}

// text writes bytes or text with the shortest of three instructions. What is long has no frame around it.
func (p *pickler) text(s string, short, medium, long byte) {
	n := len(s)
	if n >= target {
		p.close()
	}
	switch {
	case n <= 0xff && short != 0:
		p.op(short, byte(n))
	case n <= math.MaxUint32 && medium != 0:
		p.op32(medium, n)
	default:
		p.op64(long, n)
	}
	p.out = append(p.out, s...)
	if p.frame < 0 {
		p.open()
	}
}

func (p *pickler) memoize(v value) {
	p.op(opMemoize)
	p.memo.add(v)
}

// recall writes that the object with number n comes here.
func (p *pickler) recall(n int) {
	if n < 256 {
		p.op(opBinGet, byte(n))
	} else {
		p.op32(opLongBinGet, n)
	}
}

// note tells what was being written when an exception was raised, and returns false. Names of classes are made only then.
func (p *pickler) note(v value, what string) bool {
	if p.t.Exc != nil {
		p.t.AddNote(p.t.Exc, "when serializing "+p.t.FullName(v.Type())+" "+what)
	}
	return false
}

func (p *pickler) fail(message string) bool { return fail(p.t, "PicklingError", message) }

// save writes an object.
func (p *pickler) save(v value) bool {
	if p.frame >= 0 && len(p.out)-p.frame-frameHeader >= target {
		p.close()
	}
	if p.frame < 0 {
		p.open()
	}
	switch {
	case v.IsNone():
		p.op(opNone)
		return true
	case v.IsBool():
		p.op(opNewTrue + byte(1-v.B))
		return true
	case v.IsInt():
		p.saveInt(v.Int())
		return true
	case v.IsFloat():
		p.out = binary.BigEndian.AppendUint64(append(p.out, opBinFloat), v.B)
		return true
	}
	if n, ok := p.memo.get(v); ok {
		p.recall(n)
		return true
	}
	switch v.Type() {
	case &object.StrType:
		p.text(v.Str().S, opShortBinUnicode, opBinUnicode, opBinUnicode8)
		p.memoize(v)
		return true
	case &object.BytesType:
		p.text(object.To[object.Bytes](v).S, opShortBinBytes, opBinBytes, opBinBytes8)
		p.memoize(v)
		return true
	case &object.IntType:
		p.saveBig(object.AsBig(v))
		return true
	}
	if !p.t.Deeper(" while pickling an object") {
		return false
	}
	ok := p.saveObject(v)
	p.t.Leave()
	return ok
}

func (p *pickler) saveInt(x int64) {
	switch {
	case x >= 0 && x <= 0xff:
		p.op(opBinInt1, byte(x))
	case x >= 0 && x <= 0xffff:
		p.op(opBinInt2, byte(x), byte(x>>8))
	case x == int64(int32(x)):
		p.op32(opBinInt, int(x))
	default:
		n := 8 // bytes, without those that only repeat the sign
		for n > 1 && x>>(8*n-9) == x>>63 {
			n--
		}
		p.op(opLong1, byte(n))
		for range n {
			p.op(byte(x))
			x >>= 8
		}
	}
}

func (p *pickler) saveBig(z *big.Int) {
	n := z.BitLen()/8 + 1
	if z.Sign() < 0 && z.TrailingZeroBits() == uint(z.BitLen()-1) && z.BitLen()%8 == 0 {
		n-- // the least number of its length
	}
	b := make([]byte, n)
	if z.Sign() < 0 {
		z = new(big.Int).Add(z, new(big.Int).Lsh(big.NewInt(1), uint(n)*8))
	}
	z.FillBytes(b)
	slices.Reverse(b)
	if n < 256 {
		p.op(opLong1, byte(n))
	} else {
		p.op32(opLong4, n)
	}
	p.out = append(p.out, b...)
}

func (p *pickler) saveObject(v value) bool {
	cls := v.Type()
	switch cls {
	case &object.DictType:
		p.op(opEmptyDict)
		p.memoize(v)
		return p.saveDict(v)
	case &object.ListType:
		p.op(opEmptyList)
		p.memoize(v)
		return p.saveList(v)
	case &object.TupleType:
		return p.saveTuple(v)
	case &object.SetType:
		p.op(opEmptySet)
		p.memoize(v)
		return p.saveSet(v)
	case &object.FrozenSetType:
		return p.saveFrozenSet(v)
	case &object.ByteArrayType:
		if p.proto >= 5 {
			p.text(string(object.To[object.ByteArray](v).V), 0, 0, opByteArray8)
			p.memoize(v)
			return true
		}
		args := object.NewTuple()
		if b := object.To[object.ByteArray](v).V; len(b) > 0 {
			args = object.NewTuple(object.MakeBytes(string(b)))
		}
		return p.saveReduce(v, object.NewTuple(object.Of(&object.ByteArrayType), object.Of(args)))
	case &object.TypeType:
		for i, single := range [...]*object.Type{&object.NoneType, &object.NotImplementedType, &object.EllipsisType} {
			if object.To[object.Type](v) == single {
				x := [...]value{object.None, object.NotImplemented, object.Ellipsis}[i]
				return p.saveReduce(v, object.NewTuple(object.Of(&object.TypeType), object.Of(object.NewTuple(x))))
			}
		}
		return p.saveGlobal(v, value{})
	case &object.FuncType:
		return p.saveGlobal(v, value{})
	}
	t := p.t
	reduce, ok := p.table.Get(t, object.Of(cls))
	var r value
	switch {
	case !ok:
		return false
	case reduce.P != nil:
		r = t.CallArgs(reduce, v)
	case cls.Flags&object.FlagType != 0:
		return p.saveGlobal(v, value{})
	default:
		if reduce, ok = t.FindAttr(v, nameReduceEx); !ok {
			return false
		}
		if reduce.P != nil {
			r = t.CallArgs(reduce, object.MakeInt(int64(p.proto)))
			break
		}
		if reduce, ok = t.FindAttr(v, nameReduce); !ok {
			return false
		}
		if reduce.P == nil {
			return p.fail("Can't pickle " + t.FullName(cls) + " object")
		}
		r = t.CallArgs(reduce)
	}
	switch {
	case r.P == nil:
		return false
	case r.IsStr():
		return p.saveGlobal(v, r)
	case r.Type().Flags&object.FlagTuple == 0:
		p.fail("__reduce__ must return a string or tuple, not " + t.FullName(r.Type()))
		return p.note(v, "object")
	}
	return p.saveReduce(v, object.To[object.Tuple](r)) || p.note(v, "object")
}

var (
	nameReduceEx = object.StaticName("__reduce_ex__")
	nameReduce   = object.StaticName("__reduce__")
	nameName     = object.StaticName("__name__")
	nameQualname = object.StaticName("__qualname__")
	nameModule   = object.StaticName("__module__")
	nameClass    = object.StaticName("__class__")
)

func (p *pickler) saveTuple(v value) bool {
	items := object.To[object.Tuple](v).Items()
	n := len(items)
	if n == 0 {
		p.op(opEmptyTuple)
		return true
	}
	if n > 3 {
		p.op(opMark)
	}
	for i, x := range items {
		if !p.save(x) {
			return p.note(v, "item "+strconv.Itoa(i))
		}
	}
	if k, ok := p.memo.get(v); ok {
		// An item has the tuple in itself, and it is there already: the items are not needed.
		if n > 3 {
			p.op(opPopMark)
		} else {
			p.op([]byte("000")[:n]...)
		}
		p.recall(k)
		return true
	}
	if n > 3 {
		p.op(opTuple)
	} else {
		p.op(opTuple1 + byte(n-1))
	}
	p.memoize(v)
	return true
}

// saveList writes the items of a list, which may change meanwhile.
func (p *pickler) saveList(v value) bool {
	l := object.To[object.List](v)
	if len(l.V) == 1 {
		if !p.save(l.V[0]) {
			return p.note(v, "item 0")
		}
		p.op(opAppend)
		return true
	}
	for i := 0; i < len(l.V); {
		p.op(opMark)
		for end := i + batch; i < len(l.V) && i < end; i++ {
			if !p.save(l.V[i]) {
				return p.note(v, "item "+strconv.Itoa(i))
			}
		}
		p.op(opAppends)
	}
	return true
}

func (p *pickler) savePair(of, k, x value) bool {
	if !p.save(k) {
		return false
	}
	if p.save(x) {
		return true
	}
	if e := p.t.Exc; e != nil {
		p.t.Exc = nil
		r := p.t.Repr(k)
		if r == nil {
			return false
		}
		p.t.Exc = e
		return p.note(of, "item "+r.S)
	}
	return false
}

// saveDict writes the items of a dict.
func (p *pickler) saveDict(v value) bool {
	d := object.To[object.Dict](v)
	size := d.Len()
	if size == 0 {
		return true
	}
	i, n := 0, batch
	for n == batch {
		if n = 0; size > 1 {
			p.op(opMark)
		}
		for ; i < len(d.Entries) && n < batch; i++ {
			e := d.Entries[i]
			if !e.Used() {
				continue
			}
			if !p.savePair(v, e.Key(), e.Value) {
				return false
			}
			n++
		}
		if d.Len() != size {
			p.t.RuntimeErrorf("dictionary changed size during iteration")
			return false
		}
		if size == 1 {
			p.op(opSetItem)
			return true
		}
		p.op(opSetItems)
	}
	return true
}

func (p *pickler) saveSet(v value) bool {
	s := object.To[object.Set](v)
	size := s.Len()
	if size == 0 {
		return true
	}
	for i, n := 0, batch; n == batch; {
		p.op(opMark)
		for n = 0; n < batch; n++ {
			var x value
			if x, i = s.Next(i); x.P == nil {
				break
			}
			if !p.save(x) {
				return p.note(v, "element")
			}
		}
		p.op(opAddItems)
		if s.Len() != size {
			p.t.RuntimeErrorf("set changed size during iteration")
			return false
		}
	}
	return true
}

func (p *pickler) saveFrozenSet(v value) bool {
	p.op(opMark)
	s := object.To[object.Set](v)
	for i := 0; ; {
		var x value
		if x, i = s.Next(i); x.P == nil {
			break
		}
		if !p.save(x) {
			return p.note(v, "element")
		}
	}
	if k, ok := p.memo.get(v); ok {
		p.op(opPopMark)
		p.recall(k)
		return true
	}
	p.op(opFrozenSet)
	p.memoize(v)
	return true
}

// saveItems writes what an iterator gives, in batches: one alone is added, more are behind a mark.
func (p *pickler) saveItems(it value, one, many byte, save func(i int, x value) bool) bool {
	t := p.t
	for i, n := 0, batch; n == batch; {
		x := t.Next(it)
		if x.P == nil {
			return t.Exc == nil
		}
		next := t.Next(it)
		if next.P == nil {
			if t.Exc != nil || !save(i, x) {
				return false
			}
			p.op(one)
			return true
		}
		p.op(opMark)
		if !save(i, x) {
			return false
		}
		i++
		for n = 1; next.P != nil; next = t.Next(it) {
			if !save(i, next) {
				return false
			}
			i++
			if n++; n == batch {
				break
			}
		}
		if t.Exc != nil {
			return false
		}
		p.op(many)
	}
	return true
}

// saveGlobal writes the name of an object and that of its module.
func (p *pickler) saveGlobal(v, name value) bool {
	t := p.t
	if name.P == nil {
		var ok bool
		if name, ok = t.FindAttr(v, nameQualname); !ok {
			return false
		}
		if name.P == nil {
			if name = t.GetAttr(v, nameName); name.P == nil {
				return false
			}
		}
	}
	module, ok := p.moduleOf(v, name)
	if !ok {
		return false
	}
	if !p.save(module) || !p.save(name) {
		return false
	}
	p.op(opStackGlobal)
	p.memoize(v)
	return true
}

// moduleOf returns the name of the module where v is found by name. What is not as simple as usual, and all that is wrong, is left to the library.
func (p *pickler) moduleOf(v, name value) (value, bool) {
	t := p.t
	module, ok := t.FindAttr(v, nameModule)
	if !ok {
		return value{}, false
	}
	if module.P != nil && module.Is(&object.StrType) && name.Is(&object.StrType) {
		if x := t.Interp.Modules.GetStr(t.Interp.Intern(module.Str().S)); x.P != nil && !x.IsNone() {
			for part := range strings.SplitSeq(name.Str().S, ".") {
				if x, ok = t.FindAttr(x, t.Interp.Intern(part)); !ok {
					return value{}, false
				}
				if x.P == nil {
					break
				}
			}
			if x == v {
				return module, true
			}
		}
	}
	which := fromModule(t, namePickle, "whichmodule")
	if which.P == nil {
		return which, false
	}
	module = t.CallArgs(which, v, name)
	return module, module.P != nil
}
