package picklemod

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/big"
	"slices"
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/strs"
)

// source is where a pickle comes from: bytes, or a file that more is read from.
type source struct {
	t    *thread
	data []byte
	read value // the file's method; no value: there is nothing more
}

// has reports whether there are n bytes, once what is missing has been read. An exception may be set.
func (s *source) has(n int) bool {
	if n <= len(s.data) {
		return true
	}
	if s.read.P == nil {
		return false
	}
	v := s.t.CallArgs(s.read, object.MakeInt(int64(n-len(s.data))))
	if v.P == nil {
		return false
	}
	b, ok := s.t.BytesLike(v)
	s.data = append(s.data, b...)
	return ok && n <= len(s.data)
}

// scan reports whether the pickle is whole and has only instructions that are known here. So whatever else there is can be left to the library before
// anything has been done.
func (s *source) scan() bool {
	proto := 0
	for i := 0; s.has(i + 1); {
		op := s.data[i]
		i++
		k := int(operands[op])
		switch k {
		case unknown:
			return false
		case counted1, counted4, counted8:
			w := k - 100
			if !s.has(i + w) {
				return false
			}
			var b [8]byte
			copy(b[:], s.data[i:i+w])
			n := binary.LittleEndian.Uint64(b[:])
			if n > math.MaxInt32 || op == opLong4 && n > math.MaxInt16 {
				return false // whoever reads that can wait
			}
			k = w + int(n)
		case lines:
			if proto < 3 {
				return false // names of Python 2
			}
			for range 2 {
				for {
					if !s.has(i + 1) {
						return false
					}
					if i++; s.data[i-1] == '\n' {
						break
					}
				}
			}
			k = 0
		}
		if !s.has(i + k) {
			return false
		}
		switch op {
		case opStop:
			s.data = s.data[:i]
			return true
		case opProto:
			if proto = int(s.data[i]); proto > highest {
				return false
			}
		case opLongBinPut:
			if int(binary.LittleEndian.Uint32(s.data[i:])) > i {
				return false // no number that a pickler gives
			}
		case opFrame:
			if n := binary.LittleEndian.Uint64(s.data[i:]); n > math.MaxInt32 || !s.has(i+8+int(n)) {
				return false
			}
		}
		i += k
	}
	return false
}

var loadNames = []string{"fix_imports", "encoding", "errors", "buffers"}

func loads(t *thread, a []value) value {
	text, ok := t.BytesLike(a[0])
	if !ok {
		return value{}
	}
	if !a[0].Is(&object.BytesType) {
		text = strings.Clone(text) // what it is made of may change
	}
	s := source{t: t, data: object.BytesOf(text)}
	if s.scan() {
		u := unpickler{t: t, data: s.data}
		return u.run()
	}
	return inPython(t, "_loads", a, loadNames...)
}

// load reads a pickle from a file, and no more. When it turns out to be one for the library, it is read again from where it began: so only files
// that can go back are read here.
func load(t *thread, a []value) value {
	file := a[0]
	var m [5]value
	for i, name := range [...]*object.Str{nameRead, nameReadline, nameSeekable, nameTell, nameSeek} {
		var ok bool
		if m[i], ok = t.FindAttr(file, name); !ok {
			return value{}
		}
	}
	if m[0].P == nil || m[1].P == nil {
		return t.TypeErrorf("file must have 'read' and 'readline' attributes")
	}
	if m[2].P != nil && m[3].P != nil && m[4].P != nil {
		v := t.CallArgs(m[2])
		if v.P == nil {
			return v
		}
		if v == object.MakeBool(true) {
			at := t.CallArgs(m[3])
			if at.P == nil {
				return at
			}
			s := source{t: t, read: m[0]}
			if s.has(2) && s.data[0] == opProto && s.data[1] >= framed && s.scan() {
				u := unpickler{t: t, data: s.data}
				return u.run()
			}
			if t.Exc != nil || t.CallArgs(m[4], at).P == nil {
				return value{}
			}
		}
	}
	return inPython(t, "_load", a, loadNames...)
}

var (
	nameRead     = object.StaticName("read")
	nameReadline = object.StaticName("readline")
	nameSeekable = object.StaticName("seekable")
	nameTell     = object.StaticName("tell")
	nameSeek     = object.StaticName("seek")
	nameExtend   = object.StaticName("extend")
	nameAppend   = object.StaticName("append")
	nameAdd      = object.StaticName("add")
	nameSetState = object.StaticName("__setstate__")
	nameDict     = object.StaticName("__dict__")
)

// unpickler runs a pickle that has been scanned.
type unpickler struct {
	t     *thread
	data  []byte
	stack []value
	marks []int
	fence int // the place of the last mark: nothing below it is taken
	memo  []value
	known int // how many of the memo are set
}

func (u *unpickler) fail(message string) bool {
	return fail(u.t, "UnpicklingError", message)
}

func (u *unpickler) push(v value) { u.stack = append(u.stack, v) }

// need reports whether there are n values above the last mark.
func (u *unpickler) need(n int) bool {
	if len(u.stack)-u.fence >= n {
		return true
	}
	if len(u.marks) > 0 {
		return u.fail("unexpected MARK found")
	}
	return u.fail("unpickling stack underflow")
}

// unmark returns what is above the last mark, and takes mark and values off. They are not to be kept.
func (u *unpickler) unmark() ([]value, bool) {
	if len(u.marks) == 0 {
		return nil, u.fail("could not find MARK")
	}
	at := u.marks[len(u.marks)-1]
	u.marks = u.marks[:len(u.marks)-1]
	if u.fence = 0; len(u.marks) > 0 {
		u.fence = u.marks[len(u.marks)-1]
	}
	items := u.stack[at:]
	u.stack = u.stack[:at]
	return items, true
}

// number returns the operand of an instruction, n bytes long, and takes it.
func (u *unpickler) number(n int) int {
	x := 0
	for i := range n {
		x |= int(u.data[i]) << (8 * i)
	}
	u.data = u.data[n:]
	return x
}

func (u *unpickler) bytes(n int) []byte {
	b := u.data[:n]
	u.data = u.data[n:]
	return b
}

func (u *unpickler) put(i int) bool {
	if !u.need(1) {
		return false
	}
	for len(u.memo) <= i {
		u.memo = append(u.memo, value{})
	}
	if u.memo[i].P == nil {
		u.known++
	}
	u.memo[i] = u.stack[len(u.stack)-1]
	return true
}

func (u *unpickler) get(i int) bool {
	if i >= len(u.memo) || u.memo[i].P == nil {
		return u.fail("Memo value not found at index " + big.NewInt(int64(i)).String())
	}
	u.push(u.memo[i])
	return true
}

func (u *unpickler) text(b []byte) bool {
	n, ok := strs.ValidUTF8(unsafe.String(unsafe.SliceData(b), len(b)))
	if ok {
		u.push(object.CopyText(b, n))
		return true
	}
	v := u.t.Decode(object.MakeBytes(string(b)), "utf-8", "surrogatepass")
	if v.P != nil {
		u.push(v)
	}
	return v.P != nil
}

// long returns the int whose bytes are b, the lowest first.
func long(b []byte) value {
	if len(b) <= 8 {
		x := int64(0)
		for i, c := range b {
			x |= int64(c) << (8 * i)
		}
		if n := len(b); n > 0 && n < 8 && b[n-1] >= 0x80 {
			x -= 1 << (8 * n)
		}
		return object.MakeInt(x)
	}
	r := slices.Clone(b)
	slices.Reverse(r)
	z := new(big.Int).SetBytes(r)
	if r[0] >= 0x80 {
		z.Sub(z, new(big.Int).Lsh(big.NewInt(1), uint(len(r))*8))
	}
	return object.MakeBig(z)
}

func (u *unpickler) run() value {
	for {
		op := u.data[0]
		u.data = u.data[1:]
		if op == opStop {
			if !u.need(1) {
				return value{}
			}
			return u.stack[len(u.stack)-1]
		}
		if !u.step(op) {
			return value{}
		}
	}
}

// step does one instruction.
func (u *unpickler) step(op byte) bool {
	switch op {
	case opProto:
		u.data = u.data[1:]
	case opFrame:
		u.data = u.data[8:]
	case opNone:
		u.push(object.None)
	case opNewTrue:
		u.push(object.MakeBool(true))
	case opNewFalse:
		u.push(object.MakeBool(false))
	case opBinInt1:
		u.push(object.MakeInt(int64(u.number(1))))
	case opBinInt2:
		u.push(object.MakeInt(int64(u.number(2))))
	case opBinInt:
		u.push(object.MakeInt(int64(int32(u.number(4)))))
	case opLong1:
		u.push(long(u.bytes(u.number(1))))
	case opLong4:
		u.push(long(u.bytes(u.number(4))))
	case opBinFloat:
		u.push(object.MakeFloat(math.Float64frombits(binary.BigEndian.Uint64(u.bytes(8)))))
	case opShortBinUnicode:
		return u.text(u.bytes(u.number(1)))
	case opBinUnicode:
		return u.text(u.bytes(u.number(4)))
	case opBinUnicode8:
		return u.text(u.bytes(u.number(8)))
	case opShortBinBytes:
		u.push(object.MakeBytes(string(u.bytes(u.number(1)))))
	case opBinBytes:
		u.push(object.MakeBytes(string(u.bytes(u.number(4)))))
	case opBinBytes8:
		u.push(object.MakeBytes(string(u.bytes(u.number(8)))))
	case opByteArray8:
		u.push(object.Of(object.NewByteArray(bytes.Clone(u.bytes(u.number(8))))))
	case opMemoize:
		return u.put(u.known)
	case opBinPut:
		return u.put(u.number(1))
	case opLongBinPut:
		return u.put(u.number(4))
	case opBinGet:
		return u.get(u.number(1))
	case opLongBinGet:
		return u.get(u.number(4))
	case opMark:
		u.fence = len(u.stack)
		u.marks = append(u.marks, u.fence)
	case opEmptyTuple:
		u.push(object.Of(object.EmptyTuple))
	case opEmptyList:
		u.push(object.Of(object.NewList(nil)))
	case opEmptyDict:
		u.push(object.Of(object.NewDict()))
	case opEmptySet:
		u.push(object.Of(object.NewSet()))
	case opTuple1, opTuple2, opTuple3:
		n := int(op - opTuple1 + 1)
		if !u.need(n) {
			return false
		}
		at := len(u.stack) - n
		v := object.NewTuple(u.stack[at:]...)
		u.stack = append(u.stack[:at], object.Of(v))
	case opTuple, opList, opDict, opFrozenSet:
		return u.container(op)
	case opPop:
		switch n := len(u.stack); {
		case len(u.marks) > 0 && u.fence == n:
			u.unmark()
		case !u.need(1):
			return false
		default:
			u.stack = u.stack[:n-1]
		}
	case opPopMark:
		_, ok := u.unmark()
		return ok
	case opDup:
		if !u.need(1) {
			return false
		}
		u.push(u.stack[len(u.stack)-1])
	case opAppend:
		if !u.need(2) {
			return false
		}
		return u.add(u.stack[len(u.stack)-1:], op)
	case opSetItem:
		if !u.need(3) {
			return false
		}
		return u.add(u.stack[len(u.stack)-2:], op)
	case opAppends, opSetItems, opAddItems:
		items, ok := u.unmark()
		return ok && u.need(1) && u.addTo(items, op)
	default:
		return u.object(op)
	}
	return true
}

// container makes one of what is above the mark.
func (u *unpickler) container(op byte) bool {
	items, ok := u.unmark()
	if !ok {
		return false
	}
	var v value
	switch op {
	case opTuple:
		v = object.Of(object.NewTuple(items...))
	case opList:
		v = object.Of(object.NewList(slices.Clone(items)))
	case opFrozenSet:
		v = object.MakeSet(u.t, slices.Clone(items), true)
	default:
		if len(items)%2 != 0 {
			return u.fail("odd number of items for DICT")
		}
		d := object.NewDictSize(len(items) / 2)
		for i := 0; i < len(items); i += 2 {
			if !d.Set(u.t, items[i], items[i+1]) {
				return false
			}
		}
		v = object.Of(d)
	}
	if v.P != nil {
		u.push(v)
	}
	return v.P != nil
}

// add adds the last values of the stack to the container below them.
func (u *unpickler) add(items []value, op byte) bool {
	u.stack = u.stack[:len(u.stack)-len(items)]
	return u.addTo(items, op)
}

// addTo adds items to the container on top of the stack. They lie above it: what Python code makes of the unpickler's stack is its own business, there is
// none that could reach it.
func (u *unpickler) addTo(items []value, op byte) bool {
	t, v := u.t, u.stack[len(u.stack)-1]
	switch {
	case op == opSetItem || op == opSetItems:
		if len(items)%2 != 0 {
			return u.fail("odd number of items for SETITEMS")
		}
		exact := v.Is(&object.DictType)
		if exact {
			object.To[object.Dict](v).Grow(len(items) / 2)
		}
		for i := 0; i < len(items); i += 2 {
			if exact && !object.To[object.Dict](v).Set(t, items[i], items[i+1]) || !exact && !t.SetItem(v, items[i], items[i+1]) {
				return false
			}
		}
		return true
	case op == opAddItems:
		if v.Is(&object.SetType) {
			for _, x := range items {
				if !object.To[object.Set](v).Add(t, x) {
					return false
				}
			}
			return true
		}
		return u.each(v, nameAdd, items)
	case v.Is(&object.ListType):
		l := object.To[object.List](v)
		l.V = append(l.V, items...)
		return true
	}
	extend, ok := t.FindAttr(v, nameExtend)
	if !ok {
		return false
	}
	if extend.P == nil || op == opAppend {
		return u.each(v, nameAppend, items)
	}
	return t.CallArgs(extend, object.Of(object.NewList(slices.Clone(items)))).P != nil
}

// each calls a method of v with each of the items.
func (u *unpickler) each(v value, name *object.Str, items []value) bool {
	f := u.t.GetAttr(v, name)
	if f.P == nil {
		return false
	}
	for _, x := range items {
		if u.t.CallArgs(f, x).P == nil {
			return false
		}
	}
	return true
}

// object does the instructions that make objects of classes.
func (u *unpickler) object(op byte) bool {
	t := u.t
	switch op {
	case opGlobal:
		line := func() string {
			i := bytes.IndexByte(u.data, '\n')
			return string(u.bytes(i + 1)[:i])
		}
		module, name := line(), line()
		return u.global(object.MakeStr(module), object.MakeStr(name))
	case opStackGlobal:
		if !u.need(2) {
			return false
		}
		module, name := u.stack[len(u.stack)-2], u.stack[len(u.stack)-1]
		u.stack = u.stack[:len(u.stack)-2]
		if !module.Is(&object.StrType) || !name.Is(&object.StrType) {
			return u.fail("STACK_GLOBAL requires str")
		}
		return u.global(module, name)
	case opBuild:
		return u.need(2) && u.build()
	}
	n := 2
	if op == opNewObjEx {
		n = 3
	}
	if !u.need(n) {
		return false
	}
	at := len(u.stack) - n
	f, args := u.stack[at], u.stack[at+1]
	var v value
	if op == opReduce {
		if args.Type().Flags&object.FlagTuple == 0 {
			t.TypeErrorf("argument list must be a tuple")
			return false
		}
		v = t.Call(f, object.To[object.Tuple](args).Items(), nil)
	} else {
		what := "NEWOBJ"
		if op == opNewObjEx {
			what = "NEWOBJ_EX"
		}
		if !f.IsA(&object.TypeType) {
			return u.fail(what + " class argument must be a type, not " + f.Type().Name)
		}
		cls := object.To[object.Type](f)
		if cls.New == nil {
			return u.fail(what + " class argument '" + cls.Name + "' doesn't have __new__")
		}
		if args.Type().Flags&object.FlagTuple == 0 {
			return u.fail(what + " args argument must be a tuple, not " + args.Type().Name)
		}
		items := object.To[object.Tuple](args).Items()
		var names *object.Tuple
		if op == opNewObjEx {
			kw := u.stack[at+2]
			if kw.Type().Flags&object.FlagDict == 0 {
				return u.fail("NEWOBJ_EX kwargs argument must be a dict, not " + kw.Type().Name)
			}
			items = slices.Clone(items)
			var keys []value
			for k, x := range object.To[object.Dict](kw).All {
				if !k.IsStr() {
					t.TypeErrorf("keywords must be strings")
					return false
				}
				items, keys = append(items, x), append(keys, k)
			}
			if keys != nil {
				names = object.NewTuple(keys...)
			}
		}
		v = cls.New(t, cls, items, names)
	}
	if v.P == nil {
		return false
	}
	u.stack = append(u.stack[:at], v)
	return true
}

// global finds an object by its name in a module.
func (u *unpickler) global(module, name value) bool {
	t := u.t
	m := t.ImportModule(t.Interp.Intern(module.Str().S))
	if m.P == nil {
		return false
	}
	v := m
	for part := range strings.SplitSeq(name.Str().S, ".") {
		if v = t.GetAttr(v, t.Interp.Intern(part)); v.P == nil {
			if strings.Contains(name.Str().S, ".") && t.Catch(&object.AttributeErrorType) != nil {
				t.Raisef(&object.AttributeErrorType, "Can't resolve path '%s' on module '%s'", name.Str().S, module.Str().S)
			}
			return false
		}
	}
	u.push(v)
	return true
}

// build gives the object below the top of the stack the state on it.
func (u *unpickler) build() bool {
	t := u.t
	state := u.stack[len(u.stack)-1]
	u.stack = u.stack[:len(u.stack)-1]
	v := u.stack[len(u.stack)-1]
	set, ok := t.FindAttr(v, nameSetState)
	if !ok {
		return false
	}
	if set.P != nil {
		return t.CallArgs(set, state).P != nil
	}
	slots := object.None
	if state.Type().Flags&object.FlagTuple != 0 && object.To[object.Tuple](state).Len() == 2 {
		both := object.To[object.Tuple](state).Items()
		state, slots = both[0], both[1]
	}
	if !state.IsNone() {
		if state.Type().Flags&object.FlagDict == 0 {
			return u.fail("state is not a dictionary")
		}
		// The attributes of an object without a dict of its own making need none for that.
		cls := v.Type()
		own := cls.HasDict && cls.GenericAttrs() && cls.Lookup(t, nameDict).Type() == &object.GetSetDescrType
		var dict value
		for k, x := range object.To[object.Dict](state).All {
			if k.Is(&object.StrType) {
				k = object.Of(t.Interp.Intern(k.Str().S))
				if own {
					object.SetInstanceAttr(v, k.Str(), x)
					continue
				}
			}
			if dict.P == nil {
				if dict = t.GetAttr(v, nameDict); dict.P == nil {
					return false
				}
			}
			if !t.SetItem(dict, k, x) {
				return false
			}
		}
	}
	if slots.IsNone() {
		return true
	}
	if slots.Type().Flags&object.FlagDict == 0 {
		return u.fail("slot state is not a dictionary")
	}
	for k, x := range object.To[object.Dict](slots).All {
		if !k.IsStr() {
			t.TypeErrorf("attribute name must be string, not '%s'", k.Type().Name)
			return false
		}
		if !t.SetAttr(v, t.Interp.Intern(k.Str().S), x) {
			return false
		}
	}
	return true
}
