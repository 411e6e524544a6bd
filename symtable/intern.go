package symtable

import (
	"strings"

	"github.com/krait-py/krait/token"
)

// nameID stands for a name; equal names of a table have equal ids.
type nameID = token.NameID

// Names that the rules speak of.
const (
	idDebug                  = token.NameDebug
	idSuper                  = token.NameSuper
	idClass                  = token.NameClass
	idClassDict              = token.NameClassDict
	idConditionalAnnotations = token.NameConditionalAnnotations
	idTypeParams             = token.NameTypeParams
	idDotFormat              = token.NameDotFormat
	idDotTypeParams          = token.NameDotTypeParams
	idDotGenericBase         = token.NameDotGenericBase
	idDotDefaults            = token.NameDotDefaults
	idDotKwDefaults          = token.NameDotKwDefaults
	idDotZero                = token.NameDotZero
)

// name is what the table knows of a name as such, whatever scope it is in.
type name struct {
	// sym is the symbol of the scope numbered serial, which was the last to look
	// the name up; a cache.
	sym    *Symbol
	serial int32 // 0 for none
	// top is the symbol of the module, once all are known: what is asked of it while
	// other scopes are compiled would drive these out of the cache.
	top *Symbol
	// freeAt is 1 more than the index of the topmost entry for the name in
	// analyzer.free; it counts only if that entry exists and is for this name.
	freeAt int32
	// bound: a function around the scope being analysed binds the name.
	// typeParam: the innermost one to do so binds it as a type parameter.
	bound, typeParam bool
	// private: classes mangle the name.
	private bool
}

// names is the names of a file with what is known of them.
type names struct {
	*token.Names
	list []name // by id, of those that the table has to do with
	// numbered is set if the nodes have the ids of names.
	numbered bool
}

// keptNames is for how many names at most memory is kept for other files.
const keptNames = 1 << 13

// init makes t the names of another file.
func (t *names) init(n *token.Names, numbered bool) {
	t.Names, t.numbered = n, numbered
	if size := n.Len(); size > cap(t.list) || cap(t.list) > keptNames {
		t.list = make([]name, size, size+size/4)
	} else {
		clear(t.list) // there may be more than this file has
		t.list = t.list[:size]
	}
	// Told here of the few that may be, no other name need be looked at.
	for _, id := range n.Underscored() {
		t.list[id].private = isPrivate(n.Text(id))
	}
}

// intern returns the id of s.
func (t *names) intern(s string) nameID {
	id := t.Intern(s)
	for int(id) >= len(t.list) {
		t.list = append(t.list, name{private: isPrivate(t.Text(nameID(len(t.list))))})
	}
	return id
}

// id returns the id of s, which the parser has numbered num.
func (t *names) id(s string, num nameID) nameID {
	if num != 0 && t.numbered {
		return num
	}
	return t.intern(s)
}

// find returns the id of s and whether there is one.
func (t *names) find(s string) (nameID, bool) {
	id := t.Find(s)
	return id, id != 0 && int(id) < len(t.list)
}

// isPrivate reports whether a class mangles s: two underscores in front, but not at
// the end, and no dot.
func isPrivate(s string) bool {
	return len(s) > 2 && s[0] == '_' && s[1] == '_' && !strings.HasSuffix(s, "__") && strings.IndexByte(s, '.') < 0
}

// Mangle returns what a name is inside a class: private ones get an underscore and
// the name of the class without its leading underscores in front. class is "" outside of
// classes.
func Mangle(class, name string) string {
	if class == "" || !isPrivate(name) {
		return name
	}
	class = strings.TrimLeft(class, "_")
	if class == "" {
		return name
	}
	return "_" + class + name
}
