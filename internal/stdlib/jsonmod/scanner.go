package jsonmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// scanner is what make_scanner returns: a function that reads one value.
type scanner struct {
	object.Head
	strict                                                     bool
	objectHook, pairsHook, parseFloat, parseInt, parseConstant value
	keys                                                       [keySlots]*object.Str
	stack                                                      []value // memory for the next call
}

type scannerSub struct {
	scanner
	object.Attrs
}

var scannerType object.Type

// setupScanner defines types of the module.
func setupScanner() {
	field := func(name string, get func(s *scanner) value) object.GetSetDef {
		return object.GetSetDef{Name: name, Doc: name, Member: true, Get: func(t *thread, v value) value {
			return object.OrNone(get(object.To[scanner](v)))
		}}
	}
	object.Define(&scannerType, object.TypeSpec{
		Name: "Scanner", Module: "_json", Doc: "JSON scanner object", Flags: object.FlagBase,
		SubOffset: unsafe.Offsetof(scannerSub{}.Attrs),
		Slots: object.Slots{
			New:  object.Constructor("make_scanner", "(context)", newScanner),
			Call: scannerCall,
		},
		GetSets: []object.GetSetDef{
			field("strict", func(s *scanner) value { return object.MakeBool(s.strict) }),
			field("object_hook", func(s *scanner) value { return s.objectHook }),
			field("object_pairs_hook", func(s *scanner) value { return s.pairsHook }),
			field("parse_float", func(s *scanner) value { return s.parseFloat }),
			field("parse_int", func(s *scanner) value { return s.parseInt }),
			field("parse_constant", func(s *scanner) value { return s.parseConstant }),
		},
	})
}

func newScanner(t *thread, cls *object.Type, a []value) value {
	var r value
	if cls == &scannerType {
		r = object.Of(&scanner{Head: object.Head{Type: cls}})
	} else {
		p := &scannerSub{}
		p.Type = cls
		r = object.InitAttrs(cls, object.Of(p))
	}
	s := object.To[scanner](r)
	strict := t.GetAttrName(a[0], "strict")
	if strict.P == nil {
		return strict
	}
	var ok bool
	if s.strict, ok = t.IsTrue(strict); !ok {
		return value{}
	}
	for _, f := range [...]struct {
		name string
		to   *value
	}{{"object_hook", &s.objectHook}, {"object_pairs_hook", &s.pairsHook}, {"parse_float", &s.parseFloat}, {"parse_int", &s.parseInt}, {"parse_constant", &s.parseConstant}} {
		if *f.to = t.GetAttrName(a[0], f.name); f.to.P == nil {
			return value{}
		}
	}
	return r
}

var scanArgs = &object.MethodDef{Name: "scan_once", Sig: "($self, /, string, idx)", Fn: scanOnce}

func scannerCall(t *thread, f value, args []value, names *object.Tuple) value {
	if names == nil && len(args) == 2 {
		return scanOnce(t, []value{f, args[0], args[1]})
	}
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = f
	copy(a[1:], args)
	v := scanArgs.Call(t, a, names)
	t.Pop(mark, a)
	return v
}

func scanOnce(t *thread, a []value) value {
	i, ok := t.AsSize(a[2])
	if !ok {
		return value{}
	}
	if !a[1].IsStr() {
		return t.TypeErrorf("first argument must be a string, not %s", a[1].Type().Name)
	}
	sc, s := object.To[scanner](a[0]), a[1].Str()
	if i < 0 {
		return t.ValueErrorf("idx cannot be negative")
	}
	if i >= s.Len() {
		return t.RaiseNew(&object.StopIterationType, object.MakeInt(int64(i)))
	}
	p := parser{t: t, sc: sc, src: s, s: s.S, strict: sc.strict, stack: sc.stack}
	sc.stack = nil // a hook may call the scanner
	v, next := p.value(s.Offset(i))
	clear(p.stack[:min(cap(p.stack), len(p.stack))])
	if cap(p.stack) <= 1<<12 {
		sc.stack = p.stack[:0]
	}
	if v.P == nil {
		return v
	}
	return object.Of(object.NewTuple(v, object.MakeInt(int64(s.Point(next)))))
}
