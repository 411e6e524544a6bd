package socketmod

import "syscall"

const (
	typeNonblock  = 0
	typeCloexec   = 0
	soProtocol    = 0
	unixSlack     = 4
	abstractNames = false
)

func familyOf(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	return int(b[1])
}

func putFamily(b []byte, family int) { b[0], b[1] = byte(len(b)), byte(family) }

func platformAddr(t *Thread, family int, b []byte) Value { return Value{} }

func platformParse(t *Thread, s *socket, v Value, function string) (b []byte, known, ok bool) {
	return nil, false, true
}

var constants = func() []constant {
	var out []constant
	for _, c := range []struct {
		name string
		n    int
	}{
		{"AF_UNSPEC", syscall.AF_UNSPEC}, {"AF_INET", syscall.AF_INET}, {"AF_INET6", syscall.AF_INET6}, {"AF_UNIX", syscall.AF_UNIX}, {"AF_APPLETALK", syscall.AF_APPLETALK},
		{"AF_DECnet", syscall.AF_DECnet}, {"AF_IPX", syscall.AF_IPX}, {"AF_LINK", syscall.AF_LINK}, {"AF_ROUTE", syscall.AF_ROUTE}, {"AF_SNA", syscall.AF_SNA}, {"AF_SYSTEM", syscall.AF_SYSTEM},
		{"SOCK_STREAM", syscall.SOCK_STREAM}, {"SOCK_DGRAM", syscall.SOCK_DGRAM}, {"SOCK_RAW", syscall.SOCK_RAW}, {"SOCK_RDM", syscall.SOCK_RDM}, {"SOCK_SEQPACKET", syscall.SOCK_SEQPACKET},
		{"SOL_SOCKET", syscall.SOL_SOCKET}, {"SOL_IP", 0}, {"SOL_TCP", 6}, {"SOL_UDP", 17}, {"SOMAXCONN", syscall.SOMAXCONN},
		{"SO_ACCEPTCONN", syscall.SO_ACCEPTCONN}, {"SO_BROADCAST", syscall.SO_BROADCAST}, {"SO_DEBUG", syscall.SO_DEBUG}, {"SO_DONTROUTE", syscall.SO_DONTROUTE},
		{"SO_ERROR", syscall.SO_ERROR}, {"SO_KEEPALIVE", syscall.SO_KEEPALIVE}, {"SO_LINGER", syscall.SO_LINGER}, {"SO_OOBINLINE", syscall.SO_OOBINLINE},
		{"SO_RCVBUF", syscall.SO_RCVBUF}, {"SO_RCVLOWAT", syscall.SO_RCVLOWAT}, {"SO_RCVTIMEO", syscall.SO_RCVTIMEO}, {"SO_REUSEADDR", syscall.SO_REUSEADDR},
		{"SO_REUSEPORT", syscall.SO_REUSEPORT}, {"SO_SNDBUF", syscall.SO_SNDBUF}, {"SO_SNDLOWAT", syscall.SO_SNDLOWAT}, {"SO_SNDTIMEO", syscall.SO_SNDTIMEO},
		{"SO_TYPE", syscall.SO_TYPE}, {"SO_USELOOPBACK", syscall.SO_USELOOPBACK}, {"SCM_RIGHTS", syscall.SCM_RIGHTS}, {"SCM_CREDS", syscall.SCM_CREDS}, {"LOCAL_PEERCRED", 1},
		{"SHUT_RD", syscall.SHUT_RD}, {"SHUT_WR", syscall.SHUT_WR}, {"SHUT_RDWR", syscall.SHUT_RDWR},
		{"MSG_CTRUNC", syscall.MSG_CTRUNC}, {"MSG_DONTROUTE", syscall.MSG_DONTROUTE}, {"MSG_DONTWAIT", syscall.MSG_DONTWAIT}, {"MSG_EOF", syscall.MSG_EOF}, {"MSG_EOR", syscall.MSG_EOR},
		{"MSG_OOB", syscall.MSG_OOB}, {"MSG_PEEK", syscall.MSG_PEEK}, {"MSG_TRUNC", syscall.MSG_TRUNC}, {"MSG_WAITALL", syscall.MSG_WAITALL},
		{"IPPROTO_IP", syscall.IPPROTO_IP}, {"IPPROTO_ICMP", syscall.IPPROTO_ICMP}, {"IPPROTO_TCP", syscall.IPPROTO_TCP}, {"IPPROTO_UDP", syscall.IPPROTO_UDP}, {"IPPROTO_IPV6", syscall.IPPROTO_IPV6},
		{"IPPROTO_ICMPV6", syscall.IPPROTO_ICMPV6}, {"IPPROTO_NONE", syscall.IPPROTO_NONE}, {"IPPROTO_RAW", syscall.IPPROTO_RAW}, {"IPPROTO_SCTP", syscall.IPPROTO_SCTP},
		{"IP_ADD_MEMBERSHIP", syscall.IP_ADD_MEMBERSHIP}, {"IP_DROP_MEMBERSHIP", syscall.IP_DROP_MEMBERSHIP}, {"IP_HDRINCL", syscall.IP_HDRINCL}, {"IP_MULTICAST_IF", syscall.IP_MULTICAST_IF},
		{"IP_MULTICAST_LOOP", syscall.IP_MULTICAST_LOOP}, {"IP_MULTICAST_TTL", syscall.IP_MULTICAST_TTL}, {"IP_OPTIONS", syscall.IP_OPTIONS}, {"IP_TOS", syscall.IP_TOS}, {"IP_TTL", syscall.IP_TTL},
		{"IPV6_V6ONLY", syscall.IPV6_V6ONLY}, {"IPV6_JOIN_GROUP", syscall.IPV6_JOIN_GROUP}, {"IPV6_LEAVE_GROUP", syscall.IPV6_LEAVE_GROUP}, {"IPV6_MULTICAST_HOPS", syscall.IPV6_MULTICAST_HOPS},
		{"IPV6_MULTICAST_IF", syscall.IPV6_MULTICAST_IF}, {"IPV6_MULTICAST_LOOP", syscall.IPV6_MULTICAST_LOOP}, {"IPV6_UNICAST_HOPS", syscall.IPV6_UNICAST_HOPS},
		{"TCP_NODELAY", syscall.TCP_NODELAY}, {"TCP_MAXSEG", syscall.TCP_MAXSEG}, {"TCP_KEEPALIVE", syscall.TCP_KEEPALIVE}, {"TCP_KEEPINTVL", 0x101}, {"TCP_KEEPCNT", 0x102},
		{"AI_PASSIVE", 1}, {"AI_CANONNAME", 2}, {"AI_NUMERICHOST", 4}, {"AI_NUMERICSERV", 0x1000}, {"AI_ALL", 0x100}, {"AI_V4MAPPED", 0x800}, {"AI_ADDRCONFIG", 0x400},
		{"NI_NOFQDN", 1}, {"NI_NUMERICHOST", 2}, {"NI_NAMEREQD", 4}, {"NI_NUMERICSERV", 8}, {"NI_DGRAM", 16}, {"NI_MAXHOST", 1025}, {"NI_MAXSERV", 32},
		{"EAI_ADDRFAMILY", 1}, {"EAI_AGAIN", 2}, {"EAI_BADFLAGS", 3}, {"EAI_FAIL", 4}, {"EAI_FAMILY", 5}, {"EAI_MEMORY", 6}, {"EAI_NODATA", 7}, {"EAI_NONAME", 8},
		{"EAI_SERVICE", 9}, {"EAI_SOCKTYPE", 10}, {"EAI_SYSTEM", 11}, {"EAI_OVERFLOW", 14},
		{"INADDR_ANY", 0}, {"INADDR_BROADCAST", 0xffffffff}, {"INADDR_LOOPBACK", 0x7f000001}, {"INADDR_UNSPEC_GROUP", 0xe0000000}, {"INADDR_ALLHOSTS_GROUP", 0xe0000001},
		{"INADDR_MAX_LOCAL_GROUP", 0xe00000ff}, {"INADDR_NONE", 0xffffffff}, {"IPPORT_RESERVED", 1024}, {"IPPORT_USERRESERVED", 5000},
	} {
		out = append(out, constant{c.name, int64(c.n)})
	}
	return out
}()
