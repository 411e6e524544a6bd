// Package usersmod has modules pwd and grp: the users and groups of the machine, from its files passwd and group.
package usersmod

import (
	"strconv"
	"strings"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// Passwd is the definition of pwd.
var Passwd = object.ModuleDef{
	Name: "pwd",
	Doc:  "This module provides access to the Unix password database.\nIt is available on all Unix versions.\n\nPassword database entries are reported as 7-tuples containing the following\nitems from the password database (see `<pwd.h>'), in order:\npw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.\nThe uid and gid items are integers, all others are strings. An\nexception is raised if the entry asked for cannot be found.",
	Methods: []object.MethodDef{
		{Name: "getpwuid", Sig: "(uidobj, /)", Fn: func(t *Thread, a []Value) Value { return byID(t, a[0], &passwd) }, Doc: "Return the password database entry for the given numeric user ID.\n\nSee `help(pwd)` for more on password database entries."},
		{Name: "getpwnam", Sig: "(name, /)", Fn: func(t *Thread, a []Value) Value { return byName(t, a[0], &passwd) }, Doc: "Return the password database entry for the given user name.\n\nSee `help(pwd)` for more on password database entries."},
		{Name: "getpwall", Sig: "()", Fn: func(t *Thread, a []Value) Value { return all(t, &passwd) }, Doc: "Return a list of all available password database entries, in arbitrary order.\n\nSee help(pwd) for more on password database entries."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "struct_passwd", object.Of(passwdType.Type()))
		return true
	},
}

// Group is the definition of grp.
var Group = object.ModuleDef{
	Name: "grp",
	Doc:  "Access to the Unix group database.\n\nGroup entries are reported as 4-tuples containing the following fields\nfrom the group database, in order:\n\n  gr_name   - name of the group\n  gr_passwd - group password (encrypted); often empty\n  gr_gid    - numeric ID of the group\n  gr_mem    - list of members\n\nThe gid is an integer, name and password are strings.  (Note that most\nusers are not explicitly listed as members of the groups they are in\naccording to the password database.  Check both databases to get\ncomplete membership information.)",
	Methods: []object.MethodDef{
		{Name: "getgrgid", Sig: "(id)", Fn: func(t *Thread, a []Value) Value { return byID(t, a[0], &group) }, Doc: "Return the group database entry for the given numeric group ID.\n\nIf id is not valid, raise KeyError."},
		{Name: "getgrnam", Sig: "(name)", Fn: func(t *Thread, a []Value) Value { return byName(t, a[0], &group) }, Doc: "Return the group database entry for the given group name.\n\nIf name is not valid, raise KeyError."},
		{Name: "getgrall", Sig: "()", Fn: func(t *Thread, a []Value) Value { return all(t, &group) }, Doc: "Return a list of all available group entries, in arbitrary order.\n\nAn entry whose name starts with '+' or '-' represents an instruction\nto use YP/NIS and may not be accessible via getgrnam or getgrgid."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		m.Set(t, "struct_group", object.Of(groupType.Type()))
		return true
	},
}

var passwdType = object.StructSeq{Name: "pwd.struct_passwd", Fields: []string{"pw_name", "pw_passwd", "pw_uid", "pw_gid", "pw_gecos", "pw_dir", "pw_shell"},
	Doc: "pwd.struct_passwd: Results from getpw*() routines.\n\nThis object may be accessed either as a tuple of\n  (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\nor via the object attributes as named in the above tuple."}

var groupType = object.StructSeq{Name: "grp.struct_group", Fields: []string{"gr_name", "gr_passwd", "gr_gid", "gr_mem"},
	Doc: "grp.struct_group: Results from getgr*() routines.\n\nThis object may be accessed either as a tuple of\n  (gr_name,gr_passwd,gr_gid,gr_mem)\nor via the object attributes as named in the above tuple.\n"}

// table is one of the two files.
type table struct {
	file     string
	function string // of messages: getpw, getgr
	id       string // uid, gid
	fields   int
	entry    func(f []string, id int64) Value
}

var passwd = table{"/etc/passwd", "getpw", "uid", 7, func(f []string, id int64) Value {
	gid, _ := strconv.ParseInt(f[3], 10, 64)
	return object.MakeStructSeq(&passwdType, native.Decode(f[0]), native.Decode(f[1]), object.MakeInt(id), object.MakeInt(gid), native.Decode(f[4]), native.Decode(f[5]), native.Decode(f[6]))
}}

var group = table{"/etc/group", "getgr", "gid", 4, func(f []string, id int64) Value {
	var members []Value
	for s := range strings.SplitSeq(f[3], ",") {
		if s = strings.TrimSpace(s); s != "" {
			members = append(members, native.Decode(s))
		}
	}
	return object.MakeStructSeq(&groupType, native.Decode(f[0]), native.Decode(f[1]), object.MakeInt(id), object.Of(object.NewList(members)))
}}

// each calls f with the fields of each entry, until it returns false.
func (x *table) each(t *Thread, f func(fields []string, id int64) bool) {
	files := native.Host(t).Files
	if files == nil {
		return
	}
	data, err := host.ReadFile(files, x.file)
	if err != nil {
		return
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		fields := strings.Split(line, ":")
		if line == "" || line[0] == '#' || len(fields) < x.fields {
			continue
		}
		id, err := strconv.ParseInt(fields[2], 10, 64)
		if err == nil && !f(fields, id) {
			return
		}
	}
}

func byID(t *Thread, v Value, x *table) Value {
	id, ok := native.UserID(t, v, x.id)
	if !ok {
		if t.Catch(&object.OverflowErrorType) != nil {
			return t.Raisef(&object.KeyErrorType, "%s", x.function+x.id+"(): "+x.id+" not found")
		}
		return Value{}
	}
	var out Value
	x.each(t, func(f []string, n int64) bool {
		if n == int64(id) {
			out = x.entry(f, n)
		}
		return out.P == nil
	})
	if out.P == nil {
		return t.Raisef(&object.KeyErrorType, "%s", x.function+x.id+"(): "+x.id+" not found: "+strconv.Itoa(int(uint32(id))))
	}
	return out
}

func byName(t *Thread, v Value, x *table) Value {
	if !v.IsStr() {
		if x == &group {
			return t.TypeErrorf("getgrnam() argument 'name' must be str, not %s", object.ArgName(v))
		}
		return t.TypeErrorf("getpwnam() argument must be str, not %s", object.ArgName(v))
	}
	name, ok := native.FSText(t, v)
	if !ok {
		return Value{}
	}
	var out Value
	x.each(t, func(f []string, n int64) bool {
		if f[0] == name {
			out = x.entry(f, n)
		}
		return out.P == nil
	})
	if out.P == nil {
		r := t.Repr(v)
		if r == nil {
			return Value{}
		}
		return t.Raisef(&object.KeyErrorType, "%s", x.function+"nam(): name not found: "+r.S)
	}
	return out
}

func all(t *Thread, x *table) Value {
	var out []Value
	x.each(t, func(f []string, n int64) bool {
		out = append(out, x.entry(f, n))
		return true
	})
	return object.Of(object.NewList(out))
}
