package line

// Take takes a cache line of the program's code, and does nothing.
func Take()
