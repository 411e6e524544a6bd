// Package typesmod is module _types: names of builtin types that are in no other module.
package typesmod

import (
	"fmt"

	"github.com/krait-py/krait/internal/object"
)

// capsuleType is PyCapsule. There is nothing in capsules here, but programs ask for their type.
var capsuleType object.Type

type capsule struct {
	object.Head
	name string
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&capsuleType, object.TypeSpec{Name: "PyCapsule", Flags: object.FlagNoNew, Doc: "Capsules wrap pointers of C.",
		Slots: object.Slots{Repr: func(t *object.Thread, v object.Value) object.Value {
			return object.MakeStr(fmt.Sprintf("<capsule object \"%s\" at %#x>", object.To[capsule](v).name, uintptr(v.P)))
		}}})
}

// NewCapsule returns a capsule of the given name.
func NewCapsule(name string) object.Value {
	return object.Of(&capsule{object.Head{Type: &capsuleType}, name})
}

// Module is the module.
var Module = object.ModuleDef{
	Name:  "_types",
	Setup: setup,
	Doc:   "Define names for built-in types.",
	Exec: func(t *object.Thread, m *object.Module) bool {
		for _, d := range []struct {
			name string
			s    *object.Type
		}{
			{"AsyncGeneratorType", &object.AsyncGenType}, {"BuiltinFunctionType", &object.BuiltinType}, {"BuiltinMethodType", &object.BuiltinType},
			{"CapsuleType", &capsuleType}, {"CellType", &object.CellType}, {"ClassMethodDescriptorType", &object.ClassMethodDescrType},
			{"CodeType", &object.CodeType}, {"CoroutineType", &object.CoroutineType}, {"EllipsisType", &object.EllipsisType},
			{"FrameType", &object.FrameType}, {"FunctionType", &object.FuncType}, {"GeneratorType", &object.GeneratorType},
			{"GenericAlias", &object.GenericAliasType}, {"GetSetDescriptorType", &object.GetSetDescrType}, {"LambdaType", &object.FuncType},
			{"MappingProxyType", &object.MappingProxyType}, {"MemberDescriptorType", &object.MemberDescrType},
			{"MethodDescriptorType", &object.MethodDescrType}, {"MethodType", &object.MethodType}, {"MethodWrapperType", &object.MethodWrapperType},
			{"ModuleType", &object.ModuleType}, {"NoneType", &object.NoneType}, {"NotImplementedType", &object.NotImplementedType},
			{"SimpleNamespace", &object.NamespaceType}, {"TracebackType", &object.TracebackType}, {"UnionType", &object.UnionType},
			{"WrapperDescriptorType", &object.SlotWrapperType},
		} {
			m.Set(t, d.name, object.Of(d.s))
		}
		return true
	},
}
