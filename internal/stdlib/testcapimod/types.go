package testcapimod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

var (
	instanceType, classType, staticType                object.Type
	descriptorType, derivedType, plainType, secondType object.Type
	limitedType, genericType, genericAliasType         object.Type
)

// thing is an instance of any type here; item is what a GenericAlias holds.
type thing struct {
	object.Head
	item Value
}

type thingSub struct {
	thing
	object.Attrs
}

func alloc(t *Thread, cls *object.Type) Value {
	if cls.Flags&object.FlagHeap == 0 {
		return object.Of(&thing{Head: object.Head{Type: cls}})
	}
	return object.InitAttrs(cls, object.Of(&thingSub{thing: thing{Head: object.Head{Type: cls}}}))
}

func answer(v Value) object.CallFunc {
	return func(t *Thread, f Value, args []Value, names *object.Tuple) Value { return v }
}

func bind(t *Thread, d, obj, cls Value) Value {
	if obj.P == nil || obj.IsNone() {
		return d
	}
	return object.NewBoundMethod(d, obj)
}

// define completes a type whose objects are things.
func define(s *object.Type, spec object.TypeSpec) {
	if spec.Module == "" {
		spec.Module = "_testcapi"
	}
	spec.SubOffset = unsafe.Offsetof(thingSub{}.Attrs)
	spec.Alloc = alloc
	spec.New = func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) }
	spec.Flags |= object.FlagBase
	object.Define(s, spec)
}

// setupLimited defines the type of _testlimitedcapi.
func setupLimited() {
	define(&limitedType, object.TypeSpec{Name: "LimitedVectorCallClass", Module: "_testlimitedcapi", Slots: object.Slots{Call: answer(object.MakeStr("vectorcall called"))}})
}

// setupTypes defines types of the module.
func setupTypes() {
	define(&instanceType, object.TypeSpec{Name: "MethInstance", Doc: "Class with normal (instance) methods to test calling conventions", Methods: conventions("$self")})
	define(&classType, object.TypeSpec{Name: "MethClass", Doc: "Class with class methods to test calling conventions", Methods: conventions("$type")})
	define(&staticType, object.TypeSpec{Name: "MethStatic", Doc: "Class with static methods to test calling conventions", Methods: conventions("")})
	define(&descriptorType, object.TypeSpec{Name: "MethodDescriptorBase", Flags: object.FlagMethodDescriptor,
		Slots: object.Slots{Call: answer(object.True), DescrGet: bind}})
	define(&derivedType, object.TypeSpec{Name: "MethodDescriptorDerived", Base: &descriptorType, Flags: object.FlagMethodDescriptor})
	define(&plainType, object.TypeSpec{Name: "MethodDescriptorNopGet", Base: &descriptorType, Slots: object.Slots{
		Call: func(t *Thread, f Value, args []Value, names *object.Tuple) Value {
			return object.Of(object.NewTuple(args...))
		},
		DescrGet: func(t *Thread, d, obj, cls Value) Value { return d }}})
	define(&secondType, object.TypeSpec{Name: "MethodDescriptor2", Base: &descriptorType, Flags: object.FlagMethodDescriptor, Slots: object.Slots{Call: answer(object.False)}})
	define(&genericAliasType, object.TypeSpec{Name: "GenericAlias", Methods: []object.MethodDef{
		{Name: "__mro_entries__", Sig: "($self, bases, /)", Fn: func(t *Thread, a []Value) Value {
			if x := object.To[thing](a[0]).item; x.P != nil {
				return object.Of(object.NewTuple(x))
			}
			return t.SystemErrorf("the alias is of nothing")
		}}}})
	define(&genericType, object.TypeSpec{Name: "Generic", Methods: []object.MethodDef{
		{Name: "__class_getitem__", Sig: "($type, item, /)", Fn: func(t *Thread, a []Value) Value {
			return object.Of(&thing{Head: object.Head{Type: &genericAliasType}, item: a[1]})
		}}}})
}
