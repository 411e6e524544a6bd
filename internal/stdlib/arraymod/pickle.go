package arraymod

import (
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf16"

	"github.com/krait-py/krait/internal/object"
)

// machineFormat says how items are written in a pickle, so that other machines can read them.
type machineFormat struct {
	size   int
	signed bool
	float  bool
	utf    bool
	big    bool
}

// machineFormats are numbered as pickles have them.
var machineFormats = []machineFormat{
	{1, false, false, false, false}, {1, true, false, false, false},
	{2, false, false, false, false}, {2, false, false, false, true}, {2, true, false, false, false}, {2, true, false, false, true},
	{4, false, false, false, false}, {4, false, false, false, true}, {4, true, false, false, false}, {4, true, false, false, true},
	{8, false, false, false, false}, {8, false, false, false, true}, {8, true, false, false, false}, {8, true, false, false, true},
	{4, true, true, false, false}, {4, true, true, false, true}, {8, true, true, false, false}, {8, true, true, false, true},
	{2, false, false, true, false}, {2, false, false, true, true}, {4, false, false, true, false}, {4, false, false, true, true},
}

var bigEndian = binary.NativeEndian.Uint16([]byte{0, 1}) == 1

// machineCode returns the number of a kind's machine format on this machine.
func (k *kind) machineCode() int {
	want := machineFormat{k.size, k.signed, k.float, k.isText(), bigEndian && k.size > 1}
	return slices.Index(machineFormats, want)
}

func reduceEx(t *thread, a []value) value {
	if a[1].Type().Flags&object.FlagInt == 0 {
		return t.TypeErrorf("__reduce_ex__ argument should be an integer")
	}
	protocol := object.ExactInt(a[1])
	state, ok := t.FindAttr(a[0], t.Interp.Intern("__dict__"))
	if !ok {
		return value{}
	}
	x := toArray(a[0])
	cls, code := object.Of(a[0].Type()), object.MakeChar(rune(x.kind.code))
	if protocol.IsInt() && protocol.Int() < 3 {
		list := x.list(t)
		if list.P == nil {
			return list
		}
		return object.Of(object.NewTuple(cls, object.Of(object.NewTuple(code, list)), object.OrNone(state)))
	}
	m := t.Interp.Modules.GetName("array")
	if m.P == nil {
		return t.Raisef(&object.ImportErrorType, "array")
	}
	f := t.GetAttrName(m, "_array_reconstructor")
	if f.P == nil {
		return f
	}
	args := object.NewTuple(cls, code, object.MakeInt(int64(x.kind.machineCode())), object.CopyBytes(x.b))
	return object.Of(object.NewTuple(f, object.Of(args), object.OrNone(state)))
}

func reconstruct(t *thread, a []value) value {
	if a[0].Type().Flags&object.FlagType == 0 {
		return t.TypeErrorf("first argument must be a type object, not %s", object.ArgName(a[0]))
	}
	cls := object.To[object.Type](a[0])
	if !cls.IsSubtype(&arrayType) {
		return t.TypeErrorf("%s is not a subtype of %s", cls.Name, arrayType.Name)
	}
	if !a[1].IsStr() || a[1].Str().Len() != 1 {
		return t.TypeErrorf("_array_reconstructor() argument 2 must be a unicode character, not %s", object.ArgName(a[1]))
	}
	k := kindOf(a[1].Str().S[0])
	if k == nil || a[1].Str().S[0] >= 0x80 {
		return t.ValueErrorf("second argument must be a valid type code")
	}
	code, ok := t.AsCInt(a[2])
	if !ok {
		return value{}
	}
	if code < 0 || code >= len(machineFormats) {
		return t.ValueErrorf("third argument must be a valid machine format code.")
	}
	if a[3].Type().Flags&object.FlagBytes == 0 {
		return t.TypeErrorf("fourth argument should be bytes, not %s", a[3].Type().Name)
	}
	data := []byte(object.To[object.Bytes](a[3]).S)
	r := alloc(t, cls)
	x := toArray(r)
	x.kind = k
	if code == k.machineCode() {
		if !x.fromBytes(t, a[3]) {
			return value{}
		}
		return r
	}
	f := machineFormats[code]
	if len(data)%f.size != 0 {
		return t.ValueErrorf("string length not a multiple of item size")
	}
	if !f.float && !f.utf {
		// A kind of the same size and sign holds all numbers.
		for i := range kinds {
			if c := &kinds[i]; !c.isText() && !c.float && c.size == f.size && c.signed == f.signed {
				x.kind = c
				break
			}
		}
	}
	if x.b, ok = x.kind.storeAll(t, nil, f.items(data)); !ok {
		return value{}
	}
	return r
}

// items returns what data has as a list, or a str.
func (f *machineFormat) items(data []byte) value {
	var order binary.ByteOrder = binary.LittleEndian
	if f.big {
		order = binary.BigEndian
	}
	var items []value
	var units []uint16
	var text []byte
	for ; len(data) > 0; data = data[f.size:] {
		var n uint64
		switch f.size {
		case 1:
			n = uint64(data[0])
		case 2:
			n = uint64(order.Uint16(data))
		case 4:
			n = uint64(order.Uint32(data))
		default:
			n = order.Uint64(data)
		}
		shift := uint(64 - 8*f.size)
		switch {
		case f.utf && f.size == 2:
			units = append(units, uint16(n))
		case f.utf:
			text = object.AppendPoint(text, rune(n))
		case f.float && f.size == 4:
			items = append(items, object.MakeFloat(float64(math.Float32frombits(uint32(n)))))
		case f.float:
			items = append(items, object.MakeFloat(math.Float64frombits(n)))
		case f.signed:
			items = append(items, object.MakeInt(int64(n<<shift)>>shift))
		default:
			items = append(items, object.MakeUint(n))
		}
	}
	if !f.utf {
		return object.Of(object.NewList(items))
	}
	for _, r := range utf16.Decode(units) {
		text = object.AppendPoint(text, r)
	}
	return object.MakeStr(string(text))
}
