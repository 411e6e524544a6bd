package picklemod

// The instructions of pickles that are written or read here.
const (
	opMark            = '('
	opStop            = '.'
	opPop             = '0'
	opPopMark         = '1'
	opDup             = '2'
	opBinInt          = 'J'
	opBinInt1         = 'K'
	opBinInt2         = 'M'
	opNone            = 'N'
	opReduce          = 'R'
	opBinUnicode      = 'X'
	opAppend          = 'a'
	opBuild           = 'b'
	opGlobal          = 'c'
	opDict            = 'd'
	opEmptyDict       = '}'
	opAppends         = 'e'
	opBinGet          = 'h'
	opLongBinGet      = 'j'
	opList            = 'l'
	opEmptyList       = ']'
	opBinPut          = 'q'
	opLongBinPut      = 'r'
	opSetItem         = 's'
	opTuple           = 't'
	opEmptyTuple      = ')'
	opSetItems        = 'u'
	opBinFloat        = 'G'
	opProto           = 0x80
	opNewObj          = 0x81
	opTuple1          = 0x85
	opTuple2          = 0x86
	opTuple3          = 0x87
	opNewTrue         = 0x88
	opNewFalse        = 0x89
	opLong1           = 0x8a
	opLong4           = 0x8b
	opBinBytes        = 'B'
	opShortBinBytes   = 'C'
	opShortBinUnicode = 0x8c
	opBinUnicode8     = 0x8d
	opBinBytes8       = 0x8e
	opEmptySet        = 0x8f
	opAddItems        = 0x90
	opFrozenSet       = 0x91
	opNewObjEx        = 0x92
	opStackGlobal     = 0x93
	opMemoize         = 0x94
	opFrame           = 0x95
	opByteArray8      = 0x96
)

// What follows an instruction: so many bytes, or a length of so many bytes and that much behind it.
const (
	unknown  = -1
	counted1 = 101
	counted4 = 104
	counted8 = 108
	lines    = 120 // two lines
)

// operands says what follows each instruction.
var operands = func() (r [256]int8) {
	for i := range r {
		r[i] = unknown
	}
	for _, op := range []byte{opMark, opStop, opPop, opPopMark, opDup, opNone, opReduce, opAppend, opBuild, opDict, opEmptyDict, opAppends, opList, opEmptyList,
		opSetItem, opTuple, opEmptyTuple, opSetItems, opNewObj, opTuple1, opTuple2, opTuple3, opNewTrue, opNewFalse, opEmptySet, opAddItems, opFrozenSet,
		opNewObjEx, opStackGlobal, opMemoize} {
		r[op] = 0
	}
	for _, op := range []byte{opBinInt1, opBinGet, opBinPut, opProto} {
		r[op] = 1
	}
	for _, op := range []byte{opBinInt, opLongBinGet, opLongBinPut} {
		r[op] = 4
	}
	r[opBinInt2], r[opBinFloat], r[opFrame], r[opGlobal] = 2, 8, 8, lines
	for _, op := range []byte{opLong1, opShortBinBytes, opShortBinUnicode} {
		r[op] = counted1
	}
	for _, op := range []byte{opLong4, opBinBytes, opBinUnicode} {
		r[op] = counted4
	}
	for _, op := range []byte{opBinUnicode8, opBinBytes8, opByteArray8} {
		r[op] = counted8
	}
	return r
}()
