package footprint

// Stack makes the stack of the calling goroutine 128 KB, which the start of an interpreter needs. It is called where there is little to copy: stacks
// that grow by doubling are copied five times until then, frame by frame with tables from all over the program's file.
func Stack() { takeStack(-1) }

// takeStack needs much stack as far as the compiler knows, and touches none of it.
//
//go:noinline
func takeStack(i int) byte {
	if i < 0 {
		return 0
	}
	var room [80 << 10]byte
	room[i] = 1
	return room[i/2]
}
