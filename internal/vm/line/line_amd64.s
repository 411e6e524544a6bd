#include "textflag.h"

// func Take()
TEXT ·Take(SB), NOSPLIT|NOFRAME, $0-0
	PCALIGN $64
	RET
	PCALIGN $64
