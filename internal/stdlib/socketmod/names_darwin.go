package socketmod

// What getaddrinfo and getnameinfo take.
const (
	aiPassive     = 1
	aiCanonName   = 2
	aiNumericHost = 4
	aiNumericServ = 0x1000
	aiKnown       = 0x1 | 0x2 | 0x4 | 0x100 | 0x200 | 0x400 | 0x800 | 0x1000
	niNumericHost = 2
	niNumericServ = 8
	niNameReqd    = 4
	niDgram       = 16
)

// What they fail with.
var (
	eaiBadFlags   = gaiCode{3, "invalid value for ai_flags"}
	eaiNoName     = gaiCode{8, "nodename nor servname provided, or not known"}
	eaiAgain      = gaiCode{2, "temporary failure in name resolution"}
	eaiFamily     = gaiCode{5, "ai_family not supported"}
	eaiSockType   = gaiCode{10, "ai_socktype not supported"}
	eaiService    = gaiCode{9, "servname not supported for ai_socktype"}
	eaiAddrFamily = gaiCode{1, "address family for hostname not supported"}
)
