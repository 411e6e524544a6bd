package pycdiff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/krait-py/krait/code"
)

// forms compares how the values of two code objects are written, where they
// are the same values. Both trees are walked in step; what is shared in one and
// not in the other shows as a value that only one of them has met before.
func (c *comparison) forms(a, b *code.Object, where string) {
	c.form(a, b, where)
	as, bs := fields(a), fields(b)
	for i := range as {
		if i == constsField {
			continue
		}
		c.form(as[i], bs[i], where)
	}
	if a.Consts == nil || b.Consts == nil {
		return
	}
	// Constants of another order go with the same constant.
	left := map[digest][]code.Value{}
	for _, v := range b.Consts.Items {
		left[c.db.of(v)] = append(left[c.db.of(v)], v)
	}
	c.self(a.Consts, b.Consts, where)
	for _, v := range a.Consts.Items {
		sum := c.da.of(v)
		if list := left[sum]; len(list) > 0 {
			left[sum] = list[1:]
			if _, isCode := v.(*code.Object); !isCode {
				c.form(v, list[0], where)
			}
		}
	}
}

// constsField is the index of the constants in the list of fields.
const constsField = 4

// form compares how the values a and b, and what is in them, are written.
func (c *comparison) form(a, b code.Value, where string) {
	if c.da.of(a) != c.db.of(b) {
		if _, isCode := a.(*code.Object); !isCode {
			return
		}
	}
	if !c.self(a, b, where) {
		return
	}
	switch a := a.(type) {
	case *code.Tuple:
		if b, ok := b.(*code.Tuple); ok && len(a.Items) == len(b.Items) {
			for i := range a.Items {
				c.form(a.Items[i], b.Items[i], where)
			}
		}
	case *code.Set:
		b, ok := b.(*code.Set)
		if !ok || len(a.Items) != len(b.Items) {
			return
		}
		order := func(d *digester, items []code.Value) []digest {
			var list []digest
			for _, v := range items {
				list = append(list, d.of(v))
			}
			return list
		}
		if !slices.Equal(order(&c.da, a.Items), order(&c.db, b.Items)) {
			c.formDiffers(where, "a set", "members in another order")
			return
		}
		for i := range a.Items {
			c.form(a.Items[i], b.Items[i], where)
		}
	case *code.Slice:
		if b, ok := b.(*code.Slice); ok {
			c.form(a.Start, b.Start, where)
			c.form(a.Stop, b.Stop, where)
			c.form(a.Step, b.Step, where)
		}
	}
}

// self compares two values without what is in them, and reports whether they
// are met for the first time.
func (c *comparison) self(a, b code.Value, where string) bool {
	switch a.(type) {
	case *code.NoneType, *code.Bool, *code.EllipsisType, *code.StopIterationType:
		// These are not shared by reference.
		if a.WrittenAs() != b.WrittenAs() {
			c.formDiffers(where, c.short(a), formText(a.WrittenAs())+" => "+formText(b.WrittenAs()))
		}
		return false
	}
	i, metA := c.ids[0][a]
	j, metB := c.ids[1][b]
	switch {
	case metA && metB:
		if i != j {
			c.formDiffers(where, c.short(a), "shared with another value")
		}
		return false
	case metA != metB:
		if what := "shared => a copy"; metA {
			c.formDiffers(where, c.short(a), what)
		} else {
			c.formDiffers(where, c.short(a), "a copy => shared")
		}
		return false
	}
	n := len(c.ids[0])
	c.ids[0][a], c.ids[1][b] = n, n
	if x, y := a.WrittenAs(), b.WrittenAs(); x != y {
		c.formDiffers(where, c.short(a), formText(x)+" => "+formText(y))
	} else if s, ok := a.(*code.Str); ok && s.Interned != b.(*code.Str).Interned {
		c.formDiffers(where, c.short(a), "interned or not")
	}
	return true
}

func formText(f code.Form) string {
	if f == 0 {
		return "not flagged" // None and its like
	}
	text := fmt.Sprintf("type code %q", f.Type())
	if f.Ref() {
		text += " flagged"
	}
	return text
}

func (c *comparison) formDiffers(where, value, what string) {
	c.formCount++
	if c.formCount <= 3 {
		c.formFirst = append(c.formFirst, fmt.Sprintf("%s in %s: %s", value, where, what))
	}
}

func (c *comparison) formFindings() {
	if c.formCount == 0 {
		return
	}
	text := strings.Join(c.formFirst, "; ")
	if more := c.formCount - len(c.formFirst); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	c.add(Refs, "", "%s", text)
}
