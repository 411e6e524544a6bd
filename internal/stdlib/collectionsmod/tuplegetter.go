package collectionsmod

import "github.com/krait-py/krait/internal/object"

// TupleGetter is the descriptor of a namedtuple's field.
type TupleGetter struct {
	object.Head
	Index int
	Doc   value
}

// TupleGetterType is the type _tuplegetter.
var TupleGetterType object.Type

func setupTupleGetter() {
	object.Define(&TupleGetterType, object.TypeSpec{
		Name: "_tuplegetter", Module: "collections",
		Slots: object.Slots{
			New: object.Constructor("_tuplegetter", "(index, doc, /)", func(t *thread, cls *object.Type, a []value) value {
				i, ok := t.AsSize(a[0])
				if !ok {
					return value{}
				}
				return object.Of(&TupleGetter{object.Head{Type: cls}, i, a[1]})
			}),
			Repr: func(t *thread, v value) value {
				g := object.To[TupleGetter](v)
				b, ok := t.AppendReprOf([]byte("_tuplegetter("), object.MakeInt(int64(g.Index)))
				if ok {
					b, ok = t.AppendReprOf(append(b, ", "...), g.Doc)
				}
				if !ok {
					return value{}
				}
				return object.MakeStr(string(append(b, ')')))
			},
			DescrGet: tupleGet, DescrSet: tupleSet,
		},
		Methods: []object.MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *thread, a []value) value {
			g := object.To[TupleGetter](a[0])
			return object.Of(object.NewTuple(object.Of(g.Type), object.Of(object.NewTuple(object.MakeInt(int64(g.Index)), g.Doc))))
		}}},
		GetSets: []object.GetSetDef{{Name: "__doc__", Member: true,
			Get: func(t *thread, v value) value { return object.OrNone(object.To[TupleGetter](v).Doc) },
			Set: func(t *thread, v, x value) bool {
				object.To[TupleGetter](v).Doc = x
				return true
			},
		}},
	})
}

func tupleGet(t *thread, d, obj, cls value) value {
	if obj.P == nil {
		return d
	}
	g := object.To[TupleGetter](d)
	if obj.Type().Flags&object.FlagTuple == 0 {
		if obj.IsNone() {
			return d
		}
		return t.TypeErrorf("descriptor for index '%d' for tuple subclasses doesn't apply to '%s' object", g.Index, obj.Type().Name)
	}
	items := object.To[object.Tuple](obj).Items()
	if uint(g.Index) >= uint(len(items)) {
		return t.IndexErrorf("tuple index out of range")
	}
	return items[g.Index]
}

func tupleSet(t *thread, d, obj, x value) bool {
	if x.P == nil {
		t.Raisef(&object.AttributeErrorType, "can't delete attribute")
	} else {
		t.Raisef(&object.AttributeErrorType, "can't set attribute")
	}
	return false
}
