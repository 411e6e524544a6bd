package object

// Exception groups, and what except* does with them.

// Fields of exception groups, for Exc.Field.
const (
	groupMessage = 0
	groupExcs    = 1 // a tuple
	groupRepr    = 2 // of a sequence that is neither list nor tuple, made at once, since it may change
)

var nameDerive = StaticName("derive")

func setupExceptionGroups() {
	readonly := func(name, doc string, i int) GetSetDef {
		return GetSetDef{Name: name, Doc: doc, Member: true, Get: func(t *Thread, v Value) Value { return To[Exc](v).Field(i) }}
	}
	defineExc(&BaseExceptionGroupType, "BaseExceptionGroup", &BaseExceptionType, "A combination of multiple unrelated exceptions.", TypeSpec{
		Slots: Slots{New: groupNew, Init: excInit, Str: groupStr, Repr: groupReprOf},
		Methods: []MethodDef{
			{Name: "__class_getitem__", Sig: "($type, object, /)", Doc: "Exception groups are generic over the type of their contained exceptions",
				Fn: func(t *Thread, a []Value) Value { return NewGenericAlias(t, a[0], a[1]) }},
			{Name: "derive", Sig: "($self, excs, /)", Fn: func(t *Thread, a []Value) Value {
				return t.CallArgs(Of(&BaseExceptionGroupType), To[Exc](a[0]).Field(groupMessage), a[1])
			}},
			{Name: "split", Sig: "($self, matcher_value, /)", Fn: func(t *Thread, a []Value) Value {
				match, rest, ok := t.splitGroup(a[0], a[1], true)
				if !ok {
					return Value{}
				}
				return Of(NewTuple(valueOrNone(match), valueOrNone(rest)))
			}},
			{Name: "subgroup", Sig: "($self, matcher_value, /)", Fn: func(t *Thread, a []Value) Value {
				match, _, ok := t.splitGroup(a[0], a[1], false)
				if !ok {
					return Value{}
				}
				return valueOrNone(match)
			}},
		},
		GetSets: []GetSetDef{readonly("message", "exception message", groupMessage), readonly("exceptions", "nested exceptions", groupExcs)},
	})
	BaseExceptionGroupType.Private = &excLayout{fields: 3}
	defineExc(&ExceptionGroupType, "ExceptionGroup", &BaseExceptionGroupType, "", TypeSpec{HasWeak: true, GetSets: []GetSetDef{instanceWeakDef}})
	ExceptionGroupType.Dict().SetStr(nameModule, MakeStr("builtins"))
	ExceptionGroupType.Bases = NewTuple(Of(&BaseExceptionGroupType), Of(&ExceptionType))
	ExceptionGroupType.MRO = []*Type{&ExceptionGroupType, &BaseExceptionGroupType, &ExceptionType, &BaseExceptionType, &ObjectType}
}

func valueOrNone(v Value) Value {
	if v.P == nil {
		return None
	}
	return v
}

// isSequence reports whether v has numbered items.
func isSequence(v Value) bool {
	cls := v.Type()
	return cls.GetItem != nil && cls.Flags&(FlagDict|FlagMapping) == 0 && cls != &GenericAliasType && cls != &MappingProxyType
}

func groupNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if names != nil {
		args = args[:len(args)-names.Len()]
	}
	if len(args) != 2 {
		return t.TypeErrorf("BaseExceptionGroup.__new__() takes exactly 2 arguments (%d given)", len(args))
	}
	msg, seq := args[0], args[1]
	if !msg.IsStr() {
		return t.TypeErrorf("BaseExceptionGroup.__new__() argument 1 must be str, not %s", ArgName(msg))
	}
	if !isSequence(seq) {
		return t.TypeErrorf("second argument (exceptions) must be a sequence")
	}
	var repr Value
	if seq.Type().Flags&(FlagList|FlagTuple) == 0 {
		if repr = strOrNil(t.Repr(seq)); repr.P == nil {
			return Value{}
		}
	}
	excs := t.toTuple(seq)
	if excs == nil {
		return Value{}
	}
	if excs.Len() == 0 {
		return t.ValueErrorf("second argument (exceptions) must be a non-empty sequence")
	}
	nestedBase := false
	for i, e := range excs.Items() {
		if e.Type().Flags&FlagException == 0 {
			return t.ValueErrorf("Item %d of second argument (exceptions) is not an exception", i)
		}
		if e.Type().IsSubtype(&ExceptionType) {
			continue
		}
		is, ok := t.IsInstance(e, Of(&ExceptionType))
		if !ok {
			return Value{}
		}
		nestedBase = nestedBase || !is
	}
	switch {
	case cls == &ExceptionGroupType:
		if nestedBase {
			return t.TypeErrorf("Cannot nest BaseExceptions in an ExceptionGroup")
		}
	case cls == &BaseExceptionGroupType:
		if !nestedBase {
			cls = &ExceptionGroupType
		}
	case nestedBase && cls.IsSubtype(&ExceptionType):
		return t.TypeErrorf("Cannot nest BaseExceptions in '%s'", cls.Name)
	}
	p := &group{}
	p.Type, p.Shape = cls, cls.Root
	p.args.init(msg, seq)
	p.Args = &p.args.Tuple
	p.fields = [3]Value{groupMessage: msg, groupExcs: Of(excs), groupRepr: repr}
	p.ext.V = p.fields[:]
	p.Ext = &p.ext
	return Of(&p.Exc)
}

// group is the allocation of an exception group.
type group struct {
	Exc
	args   tuple2
	ext    ExcExt
	fields [3]Value
}

// newGroup returns a group without a message, of a sequence of exceptions, which becomes one of its args.
func (t *Thread) newGroup(excs Value) Value {
	return t.CallArgs(Of(&BaseExceptionGroupType), MakeStr(""), excs)
}

func groupStr(t *Thread, v Value) Value {
	e := To[Exc](v)
	msg := t.Str(e.Field(groupMessage))
	if msg == nil {
		return Value{}
	}
	n := len(e.excs())
	return MakeStr(sprintf("%s (%d sub-exception%s)", msg.S, n, plural(max(n, 1))))
}

// excs returns the exceptions of a group.
func (e *Exc) excs() []Value {
	v := e.field(groupExcs)
	if v.P == nil || !v.Is(&TupleType) {
		return nil
	}
	return To[Tuple](v).Items()
}

func groupReprOf(t *Thread, v Value) Value {
	e := To[Exc](v)
	msg := t.Repr(e.Field(groupMessage))
	if msg == nil {
		return Value{}
	}
	var excs *Str
	if r := e.field(groupRepr); r.P != nil {
		excs = r.Str()
	} else if e.Args.Len() > 1 && e.Args.Items()[1].Type().Flags&FlagList != 0 {
		excs = t.Repr(Of(NewList(append([]Value(nil), e.excs()...))))
	} else {
		excs = t.Repr(Of(NewTuple(e.excs()...)))
	}
	if excs == nil {
		return Value{}
	}
	return MakeStr(e.Type.ShortName() + "(" + msg.S + ", " + excs.S + ")")
}

// splitGroup is split, and without rest subgroup.
func (t *Thread) splitGroup(g, matcher Value, wantRest bool) (match, rest Value, ok bool) {
	isClass := func(v Value) bool { return v.Type().Flags&FlagType != 0 && To[Type](v).Flags&FlagException != 0 }
	byType := isClass(matcher)
	if matcher.Is(&TupleType) {
		byType = true
		for _, m := range To[Tuple](matcher).Items() {
			byType = byType && isClass(m)
		}
	}
	switch {
	case byType:
		return t.splitBy(g, wantRest, func(e Value) (bool, bool) { return ExcMatches(e.Type(), matcher), true })
	case matcher.Type().Call != nil && matcher.Type().Flags&FlagType == 0:
		return t.splitBy(g, wantRest, func(e Value) (bool, bool) {
			r := t.CallArgs(matcher, e)
			if r.P == nil {
				return false, false
			}
			return t.IsTrue(r)
		})
	}
	t.TypeErrorf("expected an exception type, a tuple of exception types, or a callable (other than a class)")
	return Value{}, Value{}, false
}

// splitBy parts e in what matches and what does not; no value where nothing is left.
func (t *Thread) splitBy(e Value, wantRest bool, matches func(e Value) (bool, bool)) (match, rest Value, ok bool) {
	m, ok := matches(e)
	if !ok {
		return Value{}, Value{}, false
	}
	if m {
		return e, Value{}, true
	}
	if !e.IsA(&BaseExceptionGroupType) {
		if wantRest {
			rest = e
		}
		return Value{}, rest, true
	}
	if !t.Enter(" in exceptiongroup_split_recursive") {
		return Value{}, Value{}, false
	}
	defer t.Leave()
	var in, out []Value
	for _, x := range To[Exc](e).excs() {
		m, r, ok := t.splitBy(x, wantRest, matches)
		if !ok {
			return Value{}, Value{}, false
		}
		if m.P != nil {
			in = append(in, m)
		}
		if r.P != nil {
			out = append(out, r)
		}
	}
	if match, ok = t.subset(e, in); !ok {
		return Value{}, Value{}, false
	}
	if wantRest {
		if rest, ok = t.subset(e, out); !ok {
			return Value{}, Value{}, false
		}
	}
	return match, rest, true
}

// derive calls the method of that name of a group. Subclasses may have their own.
func (t *Thread) derive(g, excs Value) Value {
	if g.Type().Flags&FlagHeap != 0 {
		return t.CallMethod(g, nameDerive, excs)
	}
	return groupNew(t, &BaseExceptionGroupType, []Value{To[Exc](g).Field(groupMessage), excs}, nil)
}

// subset returns a group like g of some of its exceptions; no value if there are none.
func (t *Thread) subset(g Value, excs []Value) (Value, bool) {
	if len(excs) == 0 {
		return Value{}, true
	}
	v := t.derive(g, Of(NewList(excs)))
	if v.P == nil {
		return v, false
	}
	if !v.IsA(&BaseExceptionGroupType) {
		return t.TypeErrorf("derive must return an instance of BaseExceptionGroup"), false
	}
	from, to := To[Exc](g), To[Exc](v)
	if from.TB != nil {
		to.TB = from.TB
	}
	to.Context, to.Cause, to.Suppress = from.Context, from.Cause, true
	notes, ok := t.ownNotes(g), true
	if g.Type().Flags&FlagHeap != 0 {
		if notes, ok = t.FindAttr(g, nameNotes); !ok {
			return Value{}, false
		}
	}
	if notes.P != nil && isSequence(notes) {
		items, ok := t.Collect(notes)
		if !ok || !t.SetAttr(v, nameNotes, Of(NewList(items))) {
			return Value{}, false
		}
	}
	return v, true
}

// GroupMatch is what an except* clause with the given classes makes of exception e: the part that it handles and the
// rest, each no value if there is none. An exception that is no group is handled as a group of itself.
func (t *Thread) GroupMatch(e, matcher Value) (match, rest Value, ok bool) {
	if !t.checkGroupMatcher(matcher) {
		return Value{}, Value{}, false
	}
	if e.IsNone() {
		return Value{}, Value{}, true
	}
	if ExcMatches(e.Type(), matcher) {
		if e.IsA(&BaseExceptionGroupType) {
			return e, Value{}, true
		}
		g := t.newGroup(Of(NewTuple(e)))
		return g, Value{}, g.P != nil
	}
	if !e.IsA(&BaseExceptionGroupType) {
		return Value{}, e, true
	}
	if e.Type().Flags&FlagHeap == 0 {
		return t.splitGroup(e, matcher, true)
	}
	// A subclass may have its own split.
	pair := t.CallMethod(e, nameSplit, matcher)
	if pair.P == nil {
		return Value{}, Value{}, false
	}
	if pair.Type().Flags&FlagTuple == 0 {
		t.TypeErrorf("%s.split must return a tuple, not %s", e.Type().Name, pair.Type().Name)
		return Value{}, Value{}, false
	}
	items := To[Tuple](pair).Items()
	if len(items) < 2 {
		t.TypeErrorf("%s.split must return a 2-tuple, got tuple of size %d", e.Type().Name, len(items))
		return Value{}, Value{}, false
	}
	if !items[0].IsNone() {
		match = items[0]
	}
	if !items[1].IsNone() {
		rest = items[1]
	}
	return match, rest, true
}

var nameSplit = StaticName("split")

// checkGroupMatcher refuses what an except* clause cannot catch.
func (t *Thread) checkGroupMatcher(matcher Value) bool {
	classes := []Value{matcher}
	if matcher.Type().Flags&FlagTuple != 0 {
		classes = To[Tuple](matcher).Items()
	}
	for _, c := range classes {
		if !isType(c) || To[Type](c).Flags&FlagException == 0 {
			t.TypeErrorf("catching classes that do not inherit from BaseException is not allowed")
			return false
		}
	}
	for _, c := range classes {
		if To[Type](c).IsSubtype(&BaseExceptionGroupType) {
			t.TypeErrorf("catching ExceptionGroup with except* is not allowed. Use except instead.")
			return false
		}
	}
	return true
}

// PrepReraiseStar returns what a try statement with except* clauses raises in the end: excs are the exceptions that
// clauses raised or raised again, orig is what was caught. None: nothing.
func (t *Thread) PrepReraiseStar(orig Value, excs []Value) Value {
	if len(excs) == 0 {
		return None
	}
	if !orig.IsA(&BaseExceptionGroupType) {
		return excs[0] // caught as a group of one: only one clause can have run
	}
	var raised []Value
	var leaves map[Value]bool
	o := To[Exc](orig)
	for _, e := range excs {
		if e.IsNone() {
			continue
		}
		x := To[Exc](e)
		if x.TB == o.TB && x.Cause == o.Cause && x.Context == o.Context && t.ownNotes(e) == t.ownNotes(orig) {
			if leaves == nil {
				leaves = map[Value]bool{}
			}
			collectLeaves(e, leaves)
		} else {
			raised = append(raised, e)
		}
	}
	if leaves != nil {
		again, _, ok := t.splitBy(orig, false, func(e Value) (bool, bool) { return leaves[e], true })
		if !ok {
			return Value{}
		}
		if again.P != nil {
			raised = append(raised, again)
		}
	}
	switch len(raised) {
	case 0:
		return None
	case 1:
		return raised[0]
	}
	return t.newGroup(Of(NewList(raised)))
}

func (t *Thread) ownNotes(e Value) Value { return InstanceAttr(e, nameNotes) }

// collectLeaves notes the exceptions in e that are no groups. Groups cannot contain themselves.
func collectLeaves(e Value, leaves map[Value]bool) {
	if !e.IsA(&BaseExceptionGroupType) {
		leaves[e] = true
		return
	}
	for _, x := range To[Exc](e).excs() {
		collectLeaves(x, leaves)
	}
}
