package code

// Flags is the co_flags bit set (CPython: Include/cpython/code.h).
type Flags uint32

// The flags every version shares, then those of some versions only.
const (
	Optimized         Flags = 0x1
	NewLocals         Flags = 0x2
	VarArgs           Flags = 0x4
	VarKeywords       Flags = 0x8
	Nested            Flags = 0x10
	Generator         Flags = 0x20
	NoFree            Flags = 0x40
	Coroutine         Flags = 0x80
	IterableCoroutine Flags = 0x100
	AsyncGenerator    Flags = 0x200
	HasDocstring      Flags = 0x4000000 // 3.13 and later
	Method            Flags = 0x8000000 // 3.14 and later
)
