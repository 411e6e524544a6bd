package sre

// Magic, CodeSize, MaxRepeat and MaxGroups are constants of the _sre module:
// the version of the codes, the bytes of one, the upper bound of a repeat that has none,
// and the largest number of groups.
const (
	Magic     = 20230612
	CodeSize  = 4
	MaxRepeat = 1<<32 - 1
	MaxGroups = 1<<30 - 1
)

// Codes of operations, as in re/_constants.py.
const (
	codeFailure = iota
	codeSuccess
	codeAny
	codeAnyAll
	codeAssert
	codeAssertNot
	codeAt
	codeBranch
	codeCategory
	codeCharset
	codeBigCharset
	codeGroupRef
	codeGroupRefExists
	codeIn
	codeInfo
	codeJump
	codeLiteral
	codeMark
	codeMaxUntil
	codeMinUntil
	codeNotLiteral
	codeNegate
	codeRange
	codeRepeat
	codeRepeatOne
	codeSubpattern
	codeMinRepeatOne
	codeAtomicGroup
	codePossessiveRepeat
	codePossessiveRepeatOne
	codeGroupRefIgnore
	codeInIgnore
	codeLiteralIgnore
	codeNotLiteralIgnore
	codeGroupRefLocIgnore
	codeInLocIgnore
	codeLiteralLocIgnore
	codeNotLiteralLocIgnore
	codeGroupRefUniIgnore
	codeInUniIgnore
	codeLiteralUniIgnore
	codeNotLiteralUniIgnore
	codeRangeUniIgnore
)

// Positions that AT tests.
const (
	atBeginning = iota
	atBeginningLine
	atBeginningString
	atBoundary
	atNonBoundary
	atEnd
	atEndLine
	atEndString
	atLocBoundary
	atLocNonBoundary
	atUniBoundary
	atUniNonBoundary
	atCount
)

// Categories of characters; the odd ones are the complements.
const (
	catDigit      = 0
	catSpace      = 2
	catWord       = 4
	catLinebreak  = 6
	catLocWord    = 8
	catUniDigit   = 10
	catUniSpace   = 12
	catUniWord    = 14
	catUniLine    = 16
	categoryCount = 18
)

// Flags of an INFO block.
const (
	infoPrefix  = 1
	infoLiteral = 2
	infoCharset = 4
)
