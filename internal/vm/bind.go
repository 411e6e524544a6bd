package vm

import (
	"strconv"
	"strings"
	"unsafe"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
)

// bind puts the arguments of a call into the locals of a frame at fp, which may be where args lie.
func bind(t *Thread, f *object.Func, fp ptr, args []Value, names *object.Tuple) bool {
	c := f.Code
	o := c.Obj
	given := len(args)
	if names != nil {
		given -= names.Len()
		if names.Len() == 0 {
			names = nil
		}
	}
	pos, kwOnly := o.ArgCount, o.KwOnlyArgCount
	total := pos + kwOnly
	loc := span((*Value)(fp), total+2)
	if names == nil && kwOnly == 0 && o.Flags&(code.VarArgs|code.VarKeywords) == 0 {
		// The frequent case: positional arguments, perhaps fewer than parameters.
		n := min(given, pos)
		if n > 0 && unsafe.Pointer(&loc[0]) != unsafe.Pointer(unsafe.SliceData(args)) {
			copy(loc[:n], args[:n])
		}
		if given == pos {
			return true
		}
		d := 0
		if f.Defaults != nil {
			d = f.Defaults.Len()
		}
		if given < pos && given+d >= pos {
			copy(loc[given:pos], f.Defaults.Items()[d-(pos-given):])
			return true
		}
		if given > pos {
			tooMany(t, f, given, loc)
			return false
		}
		clear(loc[given:pos])
		missing(t, f, loc, given)
		return false
	}
	if given <= pos && o.Flags&(code.VarArgs|code.VarKeywords) == 0 && bindInOrder(f, loc[:total], args, given, names) {
		return true
	}
	// Parameters and arguments may overlap: what does not go to its own place is taken first.
	rest := object.EmptyTuple
	if given > pos && o.Flags&code.VarArgs != 0 {
		rest = object.NewTuple(args[pos:given]...)
	}
	var small [6]Value
	var values []Value
	if names != nil {
		if values = small[:]; names.Len() > len(small) {
			values = make([]Value, names.Len())
		}
		copy(values, args[given:])
	}
	n := min(given, pos)
	if n > 0 && unsafe.Pointer(&loc[0]) != unsafe.Pointer(unsafe.SliceData(args)) {
		copy(loc[:n], args[:n])
	}
	clear(loc[n:total])
	at := total
	if o.Flags&code.VarArgs != 0 {
		loc[at] = object.Of(rest)
		at++
	}
	if names != nil && !bindNames(t, f, loc, at, values, names) {
		return false
	}
	if o.Flags&code.VarKeywords != 0 && (names == nil || loc[at].P == nil) {
		if loc[at] = noKeywords; !c.Passes {
			loc[at] = object.Of(object.NewDict())
		}
	}
	if given > pos && o.Flags&code.VarArgs == 0 {
		tooMany(t, f, given, loc)
		return false
	}
	if given < pos {
		d := 0
		if f.Defaults != nil {
			d = f.Defaults.Len()
		}
		for i := given; i < pos-d; i++ {
			if loc[i].P == nil {
				missing(t, f, loc, given)
				return false
			}
		}
		for i := max(given, pos-d); i < pos; i++ {
			if loc[i].P == nil {
				loc[i] = f.Defaults.Items()[i-(pos-d)]
			}
		}
	}
	if kwOnly > 0 {
		lacking := 0
		for i := pos; i < total; i++ {
			if loc[i].P != nil {
				continue
			}
			if f.KwDefaults != nil {
				loc[i] = f.KwDefaults.GetStr(c.Localsplus[i])
			}
			if loc[i].P == nil {
				lacking++
			}
		}
		if lacking > 0 {
			missingKeywords(t, f, loc)
			return false
		}
	}
	return true
}

// bindInOrder is bind for the usual call of a function that takes keywords: they come in the order of the parameters, which are of the same interned
// strings, and all other parameters have defaults. It does nothing if the call is not like that.
func bindInOrder(f *object.Func, loc, args []Value, given int, names *object.Tuple) bool {
	c := f.Code
	var keys []Value
	if names != nil {
		keys = names.Items()
	}
	var at [8]int // the parameter of each keyword
	if len(keys) > len(at) {
		return false
	}
	params := c.Localsplus[:len(loc)]
	j := max(given, c.Obj.PosOnlyArgCount)
	for i, k := range keys {
		for j < len(params) && ptr(params[j]) != k.P {
			j++
		}
		if j == len(params) {
			return false
		}
		at[i] = j
		j++
	}
	pos, d := c.Obj.ArgCount, 0
	if f.Defaults != nil {
		d = f.Defaults.Len()
	}
	for i, k := 0, given; k < len(params); k++ {
		switch {
		case i < len(keys) && at[i] == k:
			i++
		case k < pos-d || k >= pos && (f.KwDefaults == nil || f.KwDefaults.GetStr(params[k]).P == nil):
			return false
		}
	}
	if given > 0 && ptr(&loc[0]) != ptr(unsafe.SliceData(args)) {
		copy(loc[:given], args)
	}
	// Where arguments lie in the frame already, none moves down: from the last to the first, none is overwritten before it has moved.
	for i := len(keys) - 1; i >= 0; i-- {
		loc[at[i]] = args[given+i]
	}
	for i, k := 0, given; k < len(params); k++ {
		switch {
		case i < len(keys) && at[i] == k:
			i++
		case k < pos:
			loc[k] = f.Defaults.Items()[k-(pos-d)]
		default:
			loc[k] = f.KwDefaults.GetStr(params[k])
		}
	}
	return true
}

func bindNames(t *Thread, f *object.Func, loc []Value, at int, values []Value, names *object.Tuple) bool {
	c := f.Code
	o := c.Obj
	total := o.ArgCount + o.KwOnlyArgCount
	var extra *object.Dict
	if o.Flags&code.VarKeywords != 0 {
		loc[at] = Value{}
	}
next:
	for i, nv := range names.Items() {
		if !nv.IsStr() {
			t.TypeErrorf("%s() keywords must be strings", text(f.Qualname()))
			return false
		}
		name := nv.Str()
		for j := o.PosOnlyArgCount; j < total; j++ {
			p := c.Localsplus[j]
			if p == name || p.S == name.S {
				if loc[j].P != nil {
					t.TypeErrorf("%s() got multiple values for argument '%s'", text(f.Qualname()), name.S)
					return false
				}
				loc[j] = values[i]
				continue next
			}
		}
		if o.Flags&code.VarKeywords != 0 {
			if extra == nil {
				extra = object.NewDictFor(names.Len() - i)
				loc[at] = object.Of(extra)
			}
			if !extra.Put(t, nv, values[i]) {
				return false
			}
			continue
		}
		if posOnlyByName(t, f, names) {
			return false
		}
		if best := object.Suggest(name.S, paramNames(c, o.PosOnlyArgCount, total)); best != "" {
			t.TypeErrorf("%s() got an unexpected keyword argument '%s'. Did you mean '%s'?", text(f.Qualname()), name.S, best)
		} else {
			t.TypeErrorf("%s() got an unexpected keyword argument '%s'", text(f.Qualname()), name.S)
		}
		return false
	}
	return true
}

func paramNames(c *object.Code, from, to int) []string {
	var out []string
	for _, p := range c.Localsplus[from:to] {
		out = append(out, p.S)
	}
	return out
}

func text(v Value) string {
	if v.P != nil && v.IsStr() {
		return v.Str().S
	}
	return "?"
}

// posOnlyByName raises the error for positional-only parameters given as keywords, if that is what happened.
func posOnlyByName(t *Thread, f *object.Func, names *object.Tuple) bool {
	c := f.Code
	var bad []string
	for j := 0; j < c.Obj.PosOnlyArgCount; j++ {
		for _, n := range names.Items() {
			if n.IsStr() && n.Str().S == c.Localsplus[j].S {
				bad = append(bad, c.Localsplus[j].S)
			}
		}
	}
	if bad == nil {
		return false
	}
	t.TypeErrorf("%s() got some positional-only arguments passed as keyword arguments: '%s'", text(f.Qualname()), strings.Join(bad, ", "))
	return true
}

// listNames joins names as messages do: 'a', 'b', and 'c'.
func listNames(ns []string) string {
	for i := range ns {
		ns[i] = "'" + ns[i] + "'"
	}
	switch len(ns) {
	case 1:
		return ns[0]
	case 2:
		return ns[0] + " and " + ns[1]
	}
	return strings.Join(ns[:len(ns)-1], ", ") + ", and " + ns[len(ns)-1]
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func missing(t *Thread, f *object.Func, loc []Value, given int) {
	c := f.Code
	d := 0
	if f.Defaults != nil {
		d = f.Defaults.Len()
	}
	var ns []string
	for i := 0; i < c.Obj.ArgCount-d; i++ {
		if loc[i].P == nil {
			ns = append(ns, c.Localsplus[i].S)
		}
	}
	n := len(ns)
	t.TypeErrorf("%s() missing %d required positional argument%s: %s", text(f.Qualname()), n, plural(n), listNames(ns))
}

func missingKeywords(t *Thread, f *object.Func, loc []Value) {
	c := f.Code
	var ns []string
	for i := c.Obj.ArgCount; i < c.Obj.ArgCount+c.Obj.KwOnlyArgCount; i++ {
		if loc[i].P == nil {
			ns = append(ns, c.Localsplus[i].S)
		}
	}
	n := len(ns)
	t.TypeErrorf("%s() missing %d required keyword-only argument%s: %s", text(f.Qualname()), n, plural(n), listNames(ns))
}

func tooMany(t *Thread, f *object.Func, given int, loc []Value) {
	o := f.Code.Obj
	d := 0
	if f.Defaults != nil {
		d = f.Defaults.Len()
	}
	kw := 0
	for i := o.ArgCount; i < o.ArgCount+o.KwOnlyArgCount; i++ {
		if loc[i].P != nil {
			kw++
		}
	}
	least := o.ArgCount - d
	var takes string
	pl := o.ArgCount != 1
	if d > 0 {
		takes = "from " + strconv.Itoa(least) + " to " + strconv.Itoa(o.ArgCount)
		pl = true
	} else {
		takes = strconv.Itoa(o.ArgCount)
	}
	s := ""
	if pl {
		s = "s"
	}
	extra := ""
	if kw > 0 {
		extra = " positional argument" + plural(given) + " (and " + strconv.Itoa(kw) + " keyword-only argument" + plural(kw) + ")"
	}
	were := "were"
	if given == 1 && kw == 0 {
		were = "was"
	}
	t.TypeErrorf("%s() takes %s positional argument%s but %d%s %s given", text(f.Qualname()), takes, s, given, extra, were)
}
