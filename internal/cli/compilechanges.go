package cli

import (
	"fmt"
	"strings"

	"github.com/krait-py/krait/internal/pycdiff"
)

// compare makes the rows of after, and of before those that are gone.
func (c *pageColumn) compare(before, after []pageRow) {
	c.align(rowTexts(before), rowTexts(after), before, after)
}

func rowTexts(rows []pageRow) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		var s strings.Builder
		for _, p := range r.Parts {
			s.WriteString(p.Text)
		}
		list[i] = s.String()
	}
	return list
}

// align sets the rows of c: those of after, and where rows of before have no
// partner there, those, marked as gone. What says the same in another place or with
// another handler is marked as changed.
func (c *pageColumn) align(from, to []string, before, after []pageRow) {
	c.Diff = true
	partners := pycdiff.Align(from, to)
	for i, j := 0, 0; i < len(before) || j < len(after); {
		if i < len(before) && partners[i] == j {
			c.Rows = append(c.Rows, after[j])
			i, j = i+1, j+1
			continue
		}
		endI := i
		for endI < len(before) && partners[endI] < 0 {
			endI++
		}
		endJ := len(after)
		if endI < len(before) {
			endJ = partners[endI]
		}
		c.differ(before[i:endI], after[j:endJ])
		i, j = endI, endJ
	}
}

// differ appends rows that have no equals.
func (c *pageColumn) differ(before, after []pageRow) {
	appendRow := func(row pageRow, class string) {
		row.Class = strings.TrimSpace(row.Class + " " + class)
		c.Rows = append(c.Rows, row)
	}
	keys := func(rows []pageRow) []string {
		list := make([]string, len(rows))
		for i, r := range rows {
			list[i] = r.Key
		}
		return list
	}
	next := 0
	added := func(until int) {
		for ; next < until; next++ {
			appendRow(after[next], "add")
			c.Added++
		}
	}
	for i, partner := range pycdiff.Align(keys(before), keys(after)) {
		if partner < 0 || before[i].Key == "" {
			row := before[i]
			row.Block = ""
			appendRow(row, "del")
			c.Removed++
			continue
		}
		added(partner)
		appendRow(after[next], "chg")
		c.Changed++
		next++
	}
	added(len(after))
}

// fold leaves out rows far from any that the pass has changed.
func (c *pageColumn) fold() {
	const context, least = 3, 6 // rows to keep, rows to leave out at once
	if !c.Diff {
		return
	}
	keep := make([]bool, len(c.Rows))
	for i := range c.Rows {
		if class := c.Rows[i].Class; class != "" && class != "head" {
			for j := max(i-context, 0); j <= min(i+context, len(keep)-1); j++ {
				keep[j] = true
			}
		}
	}
	var rows []pageRow
	for i := 0; i < len(keep); {
		end := i
		for end < len(keep) && !keep[end] {
			end++
		}
		if end-i < least {
			end = min(max(end, i+1), len(keep))
			rows = append(rows, c.Rows[i:end]...)
		} else {
			rows = append(rows, pageRow{Class: "fact", Parts: []pagePart{{Text: fmt.Sprintf("  … %d lines as before", end-i)}}})
		}
		i = end
	}
	c.Rows = rows
}
