package object

import "testing"

// TestReady holds that every builtin type has been completed: a name, a resolution order that ends in object.
func TestReady(t *testing.T) {
	for _, s := range []*Type{&ObjectType, &TypeType, &IntType, &StrType, &DictType, &FuncType} {
		if s.Flags&FlagReady == 0 || s.Name == "" || s.MRO[len(s.MRO)-1] != &ObjectType {
			t.Errorf("type %q is not complete", s.Name)
		}
	}
}
