package object

import (
	"slices"
	"strings"
	"unsafe"
)

// StructSeq describes a type of tuples with named fields, such as that of sys.version_info or os.stat_result.
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
}

// structSeqInfo is a struct sequence type's Type.Private.
type structSeqInfo struct {
	spec    StructSeq
	visible int
}

// structSeqFields returns all fields of an instance: it is a tuple of the visible ones, the others are behind them.
func structSeqFields(v Value) []Value {
	n := len(v.Type().Private.(*structSeqInfo).spec.Fields)
	return (*[1 << 32]Value)(unsafe.Add(v.P, TupleItems))[:n:n]
}

// NewStructSeq makes a struct sequence type. It is called while packages are initialised.
func NewStructSeq(spec StructSeq) *Type {
	s := &Type{}
	module, name := "", spec.Name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		module, name = name[:i], name[i+1:]
	}
	vis := spec.Visible
	if vis == 0 {
		vis = len(spec.Fields)
	}
	info := &structSeqInfo{spec, vis}
	gs := make([]GetSetDef, 0, len(spec.Fields))
	for i, f := range spec.Fields {
		if f == "" {
			continue
		}
		gs = append(gs, GetSetDef{Name: f, Member: true, Doc: strings.ReplaceAll(f, "_", " "), Get: func(t *Thread, v Value) Value {
			return structSeqFields(v)[i]
		}})
	}
	ts := TypeSpec{Name: name, Module: module, Doc: spec.Doc, Base: &TupleType, Private: info, GetSets: gs,
		Slots: Slots{Repr: structSeqRepr, New: structSeqNew},
		Methods: []MethodDef{{Name: "__reduce__", Sig: "($self, /)", Fn: structSeqReduce}, {Name: "__replace__", Sig: "($self, /, **changes)", Raw: structSeqReplace,
			Doc: "Return a copy of the structure with new values for the specified fields."}}}
	if spec.NoNew {
		ts.Slots.New, ts.Flags = nil, FlagNoNew
	}
	Define(s, ts)
	named := 0
	match := make([]Value, 0, vis)
	for i, f := range spec.Fields {
		if f != "" {
			named++
			if i < vis {
				match = append(match, Of(StaticName(f)))
			}
		}
	}
	s.Dict.SetStr(StaticName("n_fields"), MakeInt(int64(len(spec.Fields))))
	s.Dict.SetStr(StaticName("n_sequence_fields"), MakeInt(int64(vis)))
	s.Dict.SetStr(StaticName("n_unnamed_fields"), MakeInt(int64(len(spec.Fields)-named)))
	s.Dict.SetStr(StaticName("__match_args__"), Of(NewTuple(match...)))
	return s
}

// MakeStructSeq returns an instance of a type that NewStructSeq made; missing last fields are None.
func MakeStructSeq(s *Type, fields ...Value) Value {
	info := s.Private.(*structSeqInfo)
	x := MakeTuple(len(info.spec.Fields))
	for i := copy(x.Items(), fields); i < x.Len(); i++ {
		x.Items()[i] = None
	}
	x.Type, x.n = s, uint32(info.visible)
	return Of(x)
}

func structSeqRepr(t *Thread, v Value) Value {
	info := v.Type().Private.(*structSeqInfo)
	x := To[Tuple](v)
	var b strings.Builder
	b.WriteString(info.spec.Name)
	b.WriteByte('(')
	name := 0
	for i := range x.Items() {
		if i > 0 {
			b.WriteString(", ")
		}
		// Items without a name are shown with those of the fields behind them.
		for name < len(info.spec.Fields)-1 && info.spec.Fields[name] == "" {
			name++
		}
		b.WriteString(info.spec.Fields[name])
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
	info := cls.Private.(*structSeqInfo)
	n := len(args)
	if names != nil {
		n -= names.Len()
	}
	if n == 0 || n > 2 {
		return t.TypeErrorf("%s() missing required argument 'sequence' (pos 1)", info.spec.Name)
	}
	if x := args[0].Type(); x.Iter == nil && x.GetItem == nil {
		return t.TypeErrorf("constructor requires a sequence")
	}
	items, ok := t.Collect(args[0])
	if !ok {
		return Value{}
	}
	if len(items) < info.visible || len(items) > len(info.spec.Fields) {
		word := "an at least"
		want := info.visible
		if len(items) > len(info.spec.Fields) {
			word, want = "an at most", len(info.spec.Fields)
		} else if info.visible == len(info.spec.Fields) {
			word = "a"
		}
		return t.TypeErrorf("%s() takes %s %d-sequence (%d-sequence given)", info.spec.Name, word, want, len(items))
	}
	if len(args) > n || n == 2 {
		extra := args[len(args)-1]
		if extra.Type().Flags&FlagDict != 0 {
			for i := len(items); i < len(info.spec.Fields); i++ {
				v := To[Dict](extra).GetName(info.spec.Fields[i])
				if v.P == nil {
					v = None
				}
				items = append(items, v)
			}
		}
	}
	for len(items) < len(info.spec.Fields) {
		items = append(items, None)
	}
	return MakeStructSeq(cls, items...)
}

func structSeqReduce(t *Thread, a []Value) Value {
	info := a[0].Type().Private.(*structSeqInfo)
	x := To[Tuple](a[0])
	d := NewDict()
	for i, v := range structSeqFields(a[0])[info.visible:] {
		d.SetName(t, info.spec.Fields[info.visible+i], v)
	}
	return Of(NewTuple(Of(a[0].Type()), Of(NewTuple(Of(NewTuple(x.Items()...)), Of(d)))))
}

func structSeqReplace(t *Thread, args []Value, names *Tuple) Value {
	info := args[0].Type().Private.(*structSeqInfo)
	fields := slices.Clone(structSeqFields(args[0]))
	if names != nil {
	next:
		for i, n := range names.Items() {
			for k, f := range info.spec.Fields {
				if f == n.Str().S {
					fields[k] = args[len(args)-names.Len()+i]
					continue next
				}
			}
			return t.TypeErrorf("Got unexpected field name(s): ['%s']", n.Str().S)
		}
	}
	return MakeStructSeq(args[0].Type(), fields...)
}
