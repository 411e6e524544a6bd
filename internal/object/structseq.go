package object

import (
	"slices"
	"strings"
	"sync"
	"unsafe"
)

// StructSeq describes a type of tuples with named fields, such as that of sys.version_info or os.stat_result. It must not be copied once it is in use.
type StructSeq struct {
	Name   string // with the module: "sys.version_info"
	Doc    string
	Fields []string
	// Visible is how many of the fields are items of the tuple; 0: all.
	Visible int
	// Unnamed counts visible fields without a name, which come last of the visible ones.
	Unnamed int
	// NoNew forbids making instances by a call.
	NoNew bool

	once sync.Once
	typ  Type
}

// visible returns how many of the fields are items of the tuple.
func (d *StructSeq) visible() int {
	if d.Visible == 0 {
		return len(d.Fields)
	}
	return d.Visible
}

// structSeqFields returns all fields of an instance: it is a tuple of the visible ones, the others are behind them.
func structSeqFields(v Value) []Value {
	n := len(v.Type().Private.(*StructSeq).Fields)
	return (*[1 << 32]Value)(unsafe.Add(v.P, TupleItems))[:n:n]
}

// Type returns the type, which is made when it is needed for the first time: few programs look at most of them.
func (d *StructSeq) Type() *Type {
	d.once.Do(d.define)
	return &d.typ
}

func (d *StructSeq) define() {
	s := &d.typ
	module, name := "", d.Name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		module, name = name[:i], name[i+1:]
	}
	vis := d.visible()
	gs := make([]GetSetDef, 0, len(d.Fields))
	for i, f := range d.Fields {
		if f == "" {
			continue
		}
		gs = append(gs, GetSetDef{Name: f, Member: true, Doc: strings.ReplaceAll(f, "_", " "), Get: func(t *Thread, v Value) Value {
			return structSeqFields(v)[i]
		}})
	}
	ts := TypeSpec{Name: name, Module: module, Doc: d.Doc, Base: &TupleType, Private: d, GetSets: gs,
		Slots: Slots{Repr: structSeqRepr, New: structSeqNew},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: structSeqReduce}, {Name: "__replace__", Sig: "($self, /, **changes)", Raw: structSeqReplace,
			Doc: "Return a copy of the structure with new values for the specified fields."}}}
	if d.NoNew {
		ts.Slots.New, ts.Flags = nil, FlagNoNew
	}
	Define(s, ts)
	named := 0
	match := make([]Value, 0, vis)
	for i, f := range d.Fields {
		if f != "" {
			named++
			if i < vis {
				match = append(match, Of(StaticName(f)))
			}
		}
	}
	s.Dict().SetStr(StaticName("n_fields"), MakeInt(int64(len(d.Fields))))
	s.Dict().SetStr(StaticName("n_sequence_fields"), MakeInt(int64(vis)))
	s.Dict().SetStr(StaticName("n_unnamed_fields"), MakeInt(int64(len(d.Fields)-named)))
	s.Dict().SetStr(StaticName("__match_args__"), Of(NewTuple(match...)))
}

// MakeStructSeq returns an instance; missing last fields are None.
func MakeStructSeq(d *StructSeq, fields ...Value) Value {
	x := MakeTuple(len(d.Fields))
	for i := copy(x.Items(), fields); i < x.Len(); i++ {
		x.Items()[i] = None
	}
	x.Type, x.n = d.Type(), uint32(d.visible())
	return Of(x)
}

func structSeqRepr(t *Thread, v Value) Value {
	info := v.Type().Private.(*StructSeq)
	x := To[Tuple](v)
	var b strings.Builder
	b.WriteString(info.Name)
	b.WriteByte('(')
	name := 0
	for i := range x.Items() {
		if i > 0 {
			b.WriteString(", ")
		}
		// Items without a name are shown with those of the fields behind them.
		for name < len(info.Fields)-1 && info.Fields[name] == "" {
			name++
		}
		b.WriteString(info.Fields[name])
		name++
		b.WriteByte('=')
		r := t.Repr(x.Items()[i])
		if r == nil {
			return Value{}
		}
		b.WriteString(r.S)
	}
	b.WriteByte(')')
	return MakeStr(b.String())
}

func structSeqNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	info := cls.Private.(*StructSeq)
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n == 0 || n > 2 {
		return t.TypeErrorf("%s() missing required argument 'sequence' (pos 1)", info.Name)
	}
	if x := args[0].Type(); x.Iter == nil && x.GetItem == nil {
		return t.TypeErrorf("constructor requires a sequence")
	}
	items, ok := t.Collect(args[0])
	if !ok {
		return Value{}
	}
	if len(items) < info.visible() || len(items) > len(info.Fields) {
		word := "an at least"
		want := info.visible()
		if len(items) > len(info.Fields) {
			word, want = "an at most", len(info.Fields)
		} else if info.visible() == len(info.Fields) {
			word = "a"
		}
		return t.TypeErrorf("%s() takes %s %d-sequence (%d-sequence given)", info.Name, word, want, len(items))
	}
	if len(args) > n || n == 2 {
		extra := args[len(args)-1]
		if extra.Type().Flags&FlagDict != 0 {
			for i := len(items); i < len(info.Fields); i++ {
				v := To[Dict](extra).GetName(info.Fields[i])
				if v.P == nil {
					v = None
				}
				items = append(items, v)
			}
		}
	}
	for len(items) < len(info.Fields) {
		items = append(items, None)
	}
	return MakeStructSeq(info, items...)
}

func structSeqReduce(t *Thread, a []Value) Value {
	info := a[0].Type().Private.(*StructSeq)
	x := To[Tuple](a[0])
	d := NewDict()
	for i, v := range structSeqFields(a[0])[info.visible():] {
		d.SetName(t, info.Fields[info.visible()+i], v)
	}
	return Of(NewTuple(Of(a[0].Type()), Of(NewTuple(Of(NewTuple(x.Items()...)), Of(d)))))
}

func structSeqReplace(t *Thread, args []Value, names *Tuple) Value {
	info := args[0].Type().Private.(*StructSeq)
	fields := slices.Clone(structSeqFields(args[0]))
	if names != nil {
	next:
		for i, n := range names.Items() {
			for k, f := range info.Fields {
				if f == n.Str().S {
					fields[k] = args[len(args)-names.Len()+i]
					continue next
				}
			}
			return t.TypeErrorf("Got unexpected field name(s): ['%s']", n.Str().S)
		}
	}
	return MakeStructSeq(args[0].Type().Private.(*StructSeq), fields...)
}
