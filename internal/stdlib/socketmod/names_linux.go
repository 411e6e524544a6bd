package socketmod

// What getaddrinfo and getnameinfo take.
const (
	aiPassive     = 1
	aiCanonName   = 2
	aiNumericHost = 4
	aiNumericServ = 0x400
	aiKnown       = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80 | 0x400
	niNumericHost = 1
	niNumericServ = 2
	niNameReqd    = 8
	niDgram       = 16
)

// What they fail with.
var (
	eaiBadFlags   = gaiCode{-1, "Bad value for ai_flags"}
	eaiNoName     = gaiCode{-2, "Name or service not known"}
	eaiAgain      = gaiCode{-3, "Temporary failure in name resolution"}
	eaiFamily     = gaiCode{-6, "ai_family not supported"}
	eaiSockType   = gaiCode{-7, "ai_socktype not supported"}
	eaiService    = gaiCode{-8, "Servname not supported for ai_socktype"}
	eaiAddrFamily = gaiCode{-9, "Address family for hostname not supported"}
)
