package pycdiff

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"github.com/krait-py/krait/code"
)

// digest stands for a value: values with the same digest are the same to
// Python, whatever form they are written in and however they are shared.
type digest [sha256.Size]byte

// digester makes digests, each value's once.
type digester struct {
	python2 bool
	known   map[code.Value]digest
	depth   int
}

// maxDepth is how deep values may nest before digests stop telling them apart;
// what marshal reads nests less.
const maxDepth = 3000

func (d *digester) of(v code.Value) digest {
	if sum, ok := d.known[v]; ok {
		return sum
	}
	// What a value that contains itself finds there.
	d.known[v] = digest{}
	b := make([]byte, 0, 128)
	word := func(n int) { b = binary.LittleEndian.AppendUint64(b, uint64(n)) }
	float := func(x float64) { b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x)) }
	items := func(list ...code.Value) {
		word(len(list))
		for _, item := range list {
			sum := d.of(item)
			b = append(b, sum[:]...)
		}
	}
	d.depth++
	defer func() { d.depth-- }()
	if d.depth > maxDepth {
		return digest{}
	}
	switch v := v.(type) {
	case *code.NoneType:
		b = append(b, 'N')
	case *code.EllipsisType:
		b = append(b, '.')
	case *code.StopIterationType:
		b = append(b, 'S')
	case *code.Bool:
		if b = append(b, 'F'); v.V {
			b[0] = 'T'
		}
	case *code.Int:
		if b = append(b, 'i'); d.python2 && v.Form.Type() == 'l' {
			b[0] = 'l'
		}
		if v.Big != nil && !v.Big.IsInt64() {
			b = v.Big.Append(append(b, 'x'), 62)
		} else if v.Big != nil {
			b = binary.LittleEndian.AppendUint64(b, uint64(v.Big.Int64()))
		} else {
			b = binary.LittleEndian.AppendUint64(b, uint64(v.V))
		}
	case *code.Float:
		b = append(b, 'g')
		float(v.V)
	case *code.Complex:
		b = append(b, 'y')
		float(v.Re)
		float(v.Im)
	case *code.Str:
		b = append(append(b, 'u'), v.S...)
	case *code.Bytes:
		b = append(append(b, 's'), v.S...)
	case *code.Tuple:
		b = append(b, '(')
		items(v.Items...)
	case *code.List:
		b = append(b, '[')
		items(v.Items...)
	case *code.Set:
		if b = append(b, '<'); v.Frozen {
			b[0] = '>'
		}
		sums := make([]digest, len(v.Items))
		for i, item := range v.Items {
			sums[i] = d.of(item)
		}
		slices.SortFunc(sums, func(x, y digest) int { return bytes.Compare(x[:], y[:]) })
		for _, sum := range sums {
			b = append(b, sum[:]...)
		}
	case *code.Dict:
		if b = append(b, '{'); v.Frozen {
			b[0] = '}'
		}
		items(v.Keys...)
		items(v.Values...)
	case *code.Slice:
		b = append(b, ':')
		items(v.Start, v.Stop, v.Step)
	case *code.Object:
		b = append(b, 'c')
		for _, n := range []int{v.ArgCount, v.PosOnlyArgCount, v.KwOnlyArgCount, v.NLocals, v.StackSize, v.FirstLine, int(v.Flags)} {
			word(n)
		}
		items(fields(v)...)
	}
	sum := sha256.Sum256(b)
	d.known[v] = sum
	return sum
}

// fields lists the values in a code object, empty ones for what it lacks.
func fields(o *code.Object) []code.Value {
	list := make([]code.Value, 0, 13)
	for _, b := range []*code.Bytes{o.Code, o.LocalsPlusKinds, o.LineTable, o.ExceptionTable} {
		if b == nil {
			b = &code.Bytes{}
		}
		list = append(list, b)
	}
	for _, t := range []*code.Tuple{o.Consts, o.Names, o.VarNames, o.FreeVars, o.CellVars, o.LocalsPlusNames} {
		if t == nil {
			t = &code.Tuple{}
		}
		list = append(list, t)
	}
	for _, v := range []code.Value{o.Filename, o.Name, o.QualName} {
		if v == nil {
			v = code.None
		}
		list = append(list, v)
	}
	return list
}
