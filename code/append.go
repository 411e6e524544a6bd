package code

// AppendLocation appends the entries of a location table (3.11 and later) that
// give that many code units the position p, behind entries that end on line. It is
// what EncodeLocations does for one location, without its checks: p must have a
// line, or -1 in all four places, and may not end on a line before its own.
func AppendLocation(table []byte, units, line int, p Position) []byte {
	for ; units > 8; units -= 8 {
		table = appendLocation(table, 8, line, p)
		if p.Line >= 0 {
			line = p.Line
		}
	}
	return appendLocation(table, units, line, p)
}

// AppendExceptionEntry appends an entry to an exception table, without the checks of
// EncodeExceptionTable.
func AppendExceptionEntry(table []byte, e ExceptionEntry) []byte {
	depth := e.Depth << 1
	if e.Lasti {
		depth |= 1
	}
	table = appendException(table, e.Start/2, 0x80)
	table = appendException(table, (e.End-e.Start)/2, 0)
	table = appendException(table, e.Target/2, 0)
	return appendException(table, depth, 0)
}
