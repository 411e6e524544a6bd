package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// maxConstant is how deep values may nest in marshal.
const maxConstant = 2000

// ToConstant is the inverse of Constant: it makes the value that package marshal writes. why says why it cannot.
func ToConstant(v Value, allowCode bool) (x code.Value, why string) {
	c := &toConstant{allowCode: allowCode, seen: map[Value]code.Value{}}
	x = c.value(v, 0)
	return x, c.why
}

type toConstant struct {
	allowCode bool
	seen      map[Value]code.Value
	why       string
}

func (c *toConstant) value(v Value, depth int) code.Value {
	if depth > maxConstant {
		c.why = "object too deeply nested to marshal"
	}
	if c.why != "" {
		return code.None
	}
	if x := c.seen[v]; x != nil {
		return x
	}
	x := c.make(v, depth)
	if !v.IsInt() && !v.IsFloat() && !v.IsBool() && !v.IsNone() {
		c.seen[v] = x
	}
	return x
}

func (c *toConstant) all(vs []Value, depth int) []code.Value {
	out := make([]code.Value, len(vs))
	for i, v := range vs {
		out[i] = c.value(v, depth+1)
	}
	return out
}

func (c *toConstant) make(v Value, depth int) code.Value {
	switch v.Type() {
	case &object.NoneType:
		return code.None
	case &object.EllipsisType:
		return code.Ellipsis
	case &object.BoolType:
		return &code.Bool{V: v == object.True}
	case &object.IntType:
		if v.IsInt() {
			return &code.Int{V: v.Int()}
		}
		return &code.Int{Big: object.AsBig(v)}
	case &object.FloatType:
		return &code.Float{V: v.Float()}
	case &object.ComplexType:
		z, _ := object.AsComplex(v)
		return &code.Complex{Re: real(z), Im: imag(z)}
	case &object.StrType:
		return &code.Str{S: v.Str().S, Interned: v.Str().Interned}
	case &object.BytesType:
		return &code.Bytes{S: object.To[object.Bytes](v).S}
	case &object.TupleType:
		return &code.Tuple{Items: c.all(object.To[object.Tuple](v).Items(), depth)}
	case &object.ListType:
		return &code.List{Items: c.all(object.To[object.List](v).V, depth)}
	case &object.SetType, &object.FrozenSetType:
		return &code.Set{Items: c.all(object.To[object.Set](v).Items(), depth), Frozen: v.Is(&object.FrozenSetType)}
	case &object.DictType:
		d := &code.Dict{}
		for k, x := range object.To[object.Dict](v).All {
			d.Keys = append(d.Keys, c.value(k, depth+1))
			d.Values = append(d.Values, c.value(x, depth+1))
		}
		return d
	case &object.SliceType:
		s := object.To[object.Slice](v)
		return &code.Slice{Start: c.value(s.Start, depth+1), Stop: c.value(s.Stop, depth+1), Step: c.value(s.Step, depth+1)}
	case &object.CodeType:
		if !c.allowCode {
			c.why = "marshalling code objects is disallowed"
			return code.None
		}
		o := object.To[object.Code](v)
		if stateOf(o).foreign {
			c.why = "unmarshallable object"
			return code.None
		}
		wholeObject(o)
		if s, ok := o.Obj.Filename.(*code.Str); ok && o.Filename.IsStr() && s.S != o.Filename.Str().S {
			x := *o.Obj
			x.Filename = &code.Str{S: o.Filename.Str().S}
			return &x
		}
		return o.Obj
	case &object.TypeType:
		if v == object.Of(&object.StopIterationType) {
			return code.StopIteration
		}
	}
	if v.Type().Buffer != nil {
		c.why = "unmarshallable object"
		return code.None
	}
	c.why = "unmarshallable object"
	return code.None
}
