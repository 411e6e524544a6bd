package object

import "sync"

// ModuleDef is a module written in Go.
type ModuleDef struct {
	Name    string
	Doc     string
	Methods []MethodDef
	// Types are added to the module under their names.
	Types []*Type
	// Setup defines the types of the module, and adds what is not known when the program is built. It is called once a process, before one of its
	// interpreters imports the module for the first time: programs import few modules, and what packages do while they are initialised every
	// start pays for. It may be nil.
	Setup func(d *ModuleDef)
	// Exec finishes a new module: constants, exceptions, state. It may be nil.
	Exec func(t *Thread, m *Module) bool

	once sync.Once
}

// Module is a module.
type Module struct {
	Head
	// Attrs is in dict shape from the start: a module's dict is always a real one.
	Attrs
	Name string
	// State is the module's own, for modules written in Go.
	State any
}

// NewModule returns an empty module with the given __name__.
func NewModule(t *Thread, name, doc string) *Module {
	m := &Module{Head: Head{&ModuleType}, Name: name}
	m.Shape, m.More = DictShape, &Overflow{Dict: NewDict()}
	text := None
	if doc != "" {
		text = MakeStr(doc)
	}
	initModuleDict(m.More.Dict, Of(t.Interp.Intern(name)), text)
	return m
}

var (
	nameName    = StaticName("__name__")
	nameDoc     = StaticName("__doc__")
	namePackage = StaticName("__package__")
	nameLoader  = StaticName("__loader__")
	nameSpec    = StaticName("__spec__")
)

// Dict returns the module's namespace.
func (m *Module) Dict() *Dict { return InstanceDict(Of(m)) }

// Set sets a name of the module.
func (m *Module) Set(t *Thread, name string, v Value) { m.Dict().SetStr(t.Interp.Intern(name), v) }

// Take sets attributes to what another module has under these names. false: one is not there.
func (m *Module) Take(t *Thread, from Value, names ...string) bool {
	for _, name := range names {
		v := t.GetAttrName(from, name)
		if v.P == nil {
			return false
		}
		m.Set(t, name, v)
	}
	return true
}

// Ready calls Setup, unless that has been done. Packages that make objects of another module's types call it, since that may not be imported.
func (d *ModuleDef) Ready() {
	d.once.Do(func() {
		if d.Setup != nil {
			d.Setup(d)
		}
		if d.Name != "builtins" {
			for i := range d.Methods {
				d.Methods[i].module = d.Name
			}
		}
	})
}

// Create makes the module.
func (d *ModuleDef) Create(t *Thread) *Module {
	d.Ready()
	m := NewModule(t, d.Name, d.Doc)
	name := Of(t.Interp.Intern(d.Name))
	m.Dict().Grow(len(d.Methods) + len(d.Types))
	for i := range d.Methods {
		f := &d.Methods[i]
		m.Set(t, f.Name, NewBuiltin(f, Of(m), name))
	}
	for _, s := range d.Types {
		m.Set(t, s.ShortName(), Of(s))
	}
	if d.Exec != nil && !d.Exec(t, m) {
		return nil
	}
	return m
}
