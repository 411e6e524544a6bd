package code

import "fmt"

// TableError says what is wrong with a line, location or exception table that
// was read, or with the entries of one to be written.
type TableError struct {
	Table  string // "lnotab", "line table", "location table" or "exception table"
	Offset int    // in bytes from the start of the table; -1 for an entry to be written
	Found  string
	Want   string
}

// Error returns the error's text.
func (e *TableError) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("code: %s: found %s, want %s", e.Table, e.Found, e.Want)
	}
	return fmt.Sprintf("code: %s, offset %d: found %s, want %s", e.Table, e.Offset, e.Found, e.Want)
}
