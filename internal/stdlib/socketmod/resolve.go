//go:build linux || darwin

package socketmod

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// gaiCode is a number that getaddrinfo fails with: the EAI_ constants of the platform.
type gaiCode struct {
	code int
	text string
}

func (e *gaiCode) Error() string { return e.text }

func gaiError(t *Thread, e *gaiCode) Value {
	x := t.CallArgs(object.Of(stateOf(t).gaiError), object.MakeInt(int64(e.code)), object.MakeStr(e.text))
	if x.P == nil {
		return x
	}
	return t.RaiseValue(x)
}

// gai finds what an error of the resolver is called.
func gai(err error) *gaiCode {
	var known *gaiCode
	if errors.As(err, &known) {
		return known
	}
	var d *net.DNSError
	if errors.As(err, &d) && (d.IsTimeout || d.IsTemporary) {
		return &eaiAgain
	}
	return &eaiNoName
}

// lookup runs a resolver without holding the lock, in such a way that signals reach the main thread meanwhile. False: an exception is set.
func lookup(t *Thread, f func(ctx context.Context) error) (err error, ok bool) {
	if !signalled(t) {
		t.Unlock()
		err = f(context.Background())
		t.Lock()
		return err, true
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()
	return awaitError(t, done)
}

// hostAddrs returns the addresses of a name or number in a family (AF_UNSPEC: both).
func hostAddrs(t *Thread, name string, family int, numeric bool) (out []netip.Addr, err error, ok bool) {
	if ip, e := netip.ParseAddr(name); e == nil {
		if family == syscall.AF_INET && !ip.Is4() || family == syscall.AF_INET6 && ip.Is4() {
			return nil, &eaiAddrFamily, true
		}
		return []netip.Addr{ip}, nil, true
	}
	if ip, ok := aton(name); ok && !strings.ContainsAny(name, " \t\n\r\v\f") {
		if family == syscall.AF_INET6 {
			return nil, &eaiAddrFamily, true
		}
		return []netip.Addr{netip.AddrFrom4(ip)}, nil, true
	}
	if numeric || name == "" {
		return nil, &eaiNoName, true
	}
	n := network(t)
	if n == nil {
		return nil, nil, false
	}
	kind := "ip"
	switch family {
	case syscall.AF_INET:
		kind = "ip4"
	case syscall.AF_INET6:
		kind = "ip6"
	}
	var found []netip.Addr
	err, ok = lookup(t, func(ctx context.Context) (err error) {
		found, err = n.LookupHost(ctx, kind, name)
		return err
	})
	if !ok || err != nil {
		return nil, err, ok
	}
	for _, ip := range found {
		out = append(out, ip.Unmap())
	}
	if len(out) == 0 {
		err = &eaiNoName
	}
	return out, err, true
}

// resolve finds the address of a host in a family, as those functions do that take the address of a socket.
func resolve(t *Thread, name string, family int) (netip.Addr, bool) {
	switch {
	case name == "" && family == syscall.AF_INET6:
		return netip.IPv6Unspecified(), true
	case name == "":
		return netip.IPv4Unspecified(), true
	case name == "<broadcast>" || name == "255.255.255.255":
		if family == syscall.AF_INET6 {
			osError(t, "address family mismatched")
			return netip.Addr{}, false
		}
		return netip.AddrFrom4([4]byte{255, 255, 255, 255}), true
	}
	list, err, ok := hostAddrs(t, name, family, false)
	if !ok {
		return netip.Addr{}, false
	}
	if err != nil {
		gaiError(t, gai(err))
		return netip.Addr{}, false
	}
	return list[0], true
}

// service converts the second argument of getaddrinfo: a text, "" for none.
func service(t *Thread, v Value) (string, bool) {
	switch {
	case v.Type().Flags&object.FlagInt != 0:
		n, ok := native.Int64(t, v)
		return strconv.FormatInt(n, 10), ok
	case v.IsStr():
		return native.Encode(t, v.Str())
	case v.Type().Flags&object.FlagBytes != 0:
		return object.To[object.Bytes](v).S, true
	case v.IsNone():
		return "", true
	}
	osError(t, "Int or String expected")
	return "", false
}

// socketKinds are the kinds of sockets that getaddrinfo knows, those it lists without a request first.
var socketKinds = []struct {
	kind, proto int
	network     string
	listed      bool
}{
	{syscall.SOCK_STREAM, syscall.IPPROTO_TCP, "tcp", true}, {syscall.SOCK_DGRAM, syscall.IPPROTO_UDP, "udp", true}, {syscall.SOCK_RAW, 0, "", true},
	{syscall.SOCK_DGRAM, 136, "udplite", false}, {syscall.SOCK_STREAM, 132, "sctp", false}, {syscall.SOCK_SEQPACKET, 132, "sctp", false},
}

// addrInfo is one result of getaddrinfo.
type addrInfo struct {
	kind, proto int
	port        int
}

// ports finds the kinds of sockets and the ports of a service.
func ports(t *Thread, name string, kind, proto, flags int) ([]addrInfo, *gaiCode) {
	number, numErr := strconv.Atoi(name)
	isNumber := name != "" && numErr == nil && number >= 0
	if name != "" && !isNumber && flags&aiNumericServ != 0 {
		return nil, &eaiNoName
	}
	var out []addrInfo
	matched := false
	for _, k := range socketKinds {
		if kind != 0 && k.kind != kind || proto != 0 && k.proto != 0 && k.proto != proto || kind == 0 && proto == 0 && !k.listed {
			continue
		}
		if len(out) > 0 && (kind != 0 && proto == 0 || k.kind == syscall.SOCK_RAW && kind == 0 && proto != 0) {
			continue
		}
		matched = true
		p := addrInfo{kind: k.kind, proto: k.proto, port: number & 0xffff}
		if k.proto == 0 {
			p.proto = proto
		}
		if name != "" && !isNumber {
			if k.network == "" {
				continue
			}
			s, ok := findService(t, func(s *serviceEntry) bool { return s.has(name) && s.proto == k.network })
			if !ok {
				continue
			}
			p.port = s.port
		}
		out = append(out, p)
	}
	switch {
	case !matched && name != "":
		return nil, &eaiService
	case !matched:
		return nil, &eaiSockType
	case len(out) == 0:
		return nil, &eaiService
	}
	return out, nil
}

func getaddrinfo(t *Thread, a []Value) Value {
	name, given := "", false
	switch v := a[0]; {
	case v.IsNone():
	case v.IsStr():
		x := v
		if !v.Str().IsASCII() {
			if x = t.Encode(v.Str(), "idna", ""); x.P == nil {
				return x
			}
			name = object.To[object.Bytes](x).S
		} else {
			name = v.Str().S
		}
		given = true
	case v.Type().Flags&object.FlagBytes != 0:
		name, given = object.To[object.Bytes](v).S, true
	default:
		return t.TypeErrorf("getaddrinfo() argument 1 must be string or None")
	}
	serv, ok := service(t, a[1])
	if !ok {
		return Value{}
	}
	if strings.IndexByte(name, 0) >= 0 || strings.IndexByte(serv, 0) >= 0 {
		return t.ValueErrorf("embedded null character")
	}
	var n [4]int
	for i := range n {
		if n[i], ok = int32Or(t, a[2+i], 0); !ok {
			return Value{}
		}
	}
	list, canon, err, ok := addrInfos(t, name, serv, given && name != "", n[0], n[1], n[2], n[3])
	if !ok {
		return Value{}
	}
	if err != nil {
		return gaiError(t, gai(err))
	}
	for i, x := range list {
		cn := ""
		if i == 0 {
			cn = canon
		}
		addr := addrValue(t, x.addr)
		if addr.P == nil {
			return addr
		}
		list[i].value = object.Of(object.NewTuple(object.MakeInt(int64(x.family)), object.MakeInt(int64(x.kind)), object.MakeInt(int64(x.proto)), object.MakeStr(cn), addr))
	}
	out := make([]Value, len(list))
	for i := range list {
		out[i] = list[i].value
	}
	return object.Of(object.NewList(out))
}

// found is an address with the kind of socket to use it with.
type found struct {
	family int
	addrInfo
	addr  []byte
	value Value
}

func addrInfos(t *Thread, name, serv string, given bool, family, kind, proto, flags int) (out []found, canon string, err error, ok bool) {
	switch {
	case flags&^aiKnown != 0:
		return nil, "", &eaiBadFlags, true
	case flags&aiCanonName != 0 && !given:
		return nil, "", &eaiBadFlags, true
	case !given && serv == "":
		return nil, "", &eaiNoName, true
	case family != syscall.AF_UNSPEC && family != syscall.AF_INET && family != syscall.AF_INET6:
		return nil, "", &eaiFamily, true
	}
	kinds, e := ports(t, serv, kind, proto, flags)
	if e != nil {
		return nil, "", e, true
	}
	var ips []netip.Addr
	switch {
	case given:
		if ips, err, ok = hostAddrs(t, name, family, flags&aiNumericHost != 0); !ok || err != nil {
			return nil, "", err, ok
		}
		canon = name
	case flags&aiPassive != 0:
		ips = []netip.Addr{netip.IPv4Unspecified(), netip.IPv6Unspecified()}
	default:
		ips = []netip.Addr{netip.IPv6Loopback(), netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	}
	for _, ip := range ips {
		f := syscall.AF_INET6
		if ip.Is4() {
			f = syscall.AF_INET
		}
		if family != 0 && f != family {
			continue
		}
		for _, k := range kinds {
			x := found{family: f, addrInfo: k}
			if f == syscall.AF_INET {
				x.addr = inet4(ip.As4(), k.port)
			} else {
				x.addr = inet6(ip.WithZone("").As16(), k.port, 0, zoneNumber(t, ip.Zone()))
			}
			out = append(out, x)
		}
	}
	if flags&aiCanonName == 0 {
		canon = ""
	}
	if len(out) == 0 {
		return nil, "", &eaiNoName, true
	}
	return out, canon, nil, true
}

func getnameinfo(t *Thread, a []Value) Value {
	if a[0].Type().Flags&object.FlagTuple == 0 {
		return t.TypeErrorf("getnameinfo() argument 1 must be a tuple")
	}
	items := object.To[object.Tuple](a[0]).Items()
	if len(items) < 2 || len(items) > 4 || !items[0].IsStr() {
		return t.TypeErrorf("getnameinfo(): illegal sockaddr argument")
	}
	var n [3]int64
	for i, v := range items[1:] {
		var ok bool
		if n[i], ok = native.Int64(t, v); !ok {
			return Value{}
		}
	}
	flags, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	if n[1] < 0 || n[1] > 0xfffff {
		return t.OverflowErrorf("getnameinfo(): flowinfo must be 0-1048575.")
	}
	list, _, err, ok := addrInfos(t, items[0].Str().S, strconv.FormatInt(n[0], 10), items[0].Str().S != "", 0, syscall.SOCK_DGRAM, 0, aiNumericHost)
	if !ok {
		return Value{}
	}
	if err != nil {
		return gaiError(t, gai(err))
	}
	if len(list) > 1 {
		return osError(t, "sockaddr resolved to multiple addresses")
	}
	x := list[0]
	if x.family == syscall.AF_INET && len(items) != 2 {
		return osError(t, "IPv4 sockaddr must be 2 tuple")
	}
	ip, _ := netip.ParseAddr(items[0].Str().S)
	if len(items) > 3 && n[2] != 0 {
		ip = ip.WithZone(zoneName(t, ip, uint32(n[2])))
	}
	name := ip.String()
	if flags&niNumericHost == 0 {
		names, ok := reverse(t, name)
		switch {
		case !ok:
			return Value{}
		case len(names) > 0:
			name = names[0]
		case flags&niNameReqd != 0:
			return gaiError(t, &eaiNoName)
		}
	}
	serv := strconv.Itoa(x.port)
	if flags&niNumericServ == 0 {
		proto := "tcp"
		if flags&niDgram != 0 {
			proto = "udp"
		}
		if s, ok := findService(t, func(s *serviceEntry) bool { return s.port == x.port && s.proto == proto }); ok {
			serv = s.names[0]
		}
	}
	return object.Of(object.NewTuple(object.MakeStr(name), object.MakeStr(serv)))
}

// reverse returns the names of an address; none if there are none.
func reverse(t *Thread, ip string) (names []string, ok bool) {
	n := network(t)
	if n == nil {
		return nil, false
	}
	_, ok = lookup(t, func(ctx context.Context) (err error) {
		names, err = n.LookupAddr(ctx, ip)
		return err
	})
	if !ok {
		return nil, false
	}
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], ".")
	}
	return names, true
}

func gethostname(t *Thread, a []Value) Value {
	n := network(t)
	if n == nil {
		return Value{}
	}
	s, err := n.Hostname()
	if err != nil {
		return native.OSError(t, err)
	}
	return native.Decode(s)
}

func sethostname(t *Thread, a []Value) Value {
	name, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	n := network(t)
	if n == nil {
		return Value{}
	}
	if err := n.SetHostname(name); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func gethostbyname(t *Thread, a []Value) Value {
	name, ok := hostText(t, a[0])
	if !ok {
		return Value{}
	}
	ip, ok := resolve(t, name, syscall.AF_INET)
	if !ok {
		return Value{}
	}
	return object.MakeStr(ip.String())
}

// hostEntry makes (name, aliases, addresses).
func hostEntry(names []string, ips []netip.Addr) Value {
	var aliases, list []Value
	for _, s := range names[1:] {
		aliases = append(aliases, object.MakeStr(s))
	}
	for _, ip := range ips {
		list = append(list, object.MakeStr(ip.String()))
	}
	return object.Of(object.NewTuple(object.MakeStr(names[0]), object.Of(object.NewList(aliases)), object.Of(object.NewList(list))))
}

func gethostbynameEx(t *Thread, a []Value) Value {
	name, ok := hostText(t, a[0])
	if !ok {
		return Value{}
	}
	ips, err, ok := hostAddrs(t, name, syscall.AF_INET, false)
	if !ok {
		return Value{}
	}
	if err != nil {
		return gaiError(t, gai(err))
	}
	return hostEntry([]string{name}, ips)
}

func gethostbyaddr(t *Thread, a []Value) Value {
	name, ok := hostText(t, a[0])
	if !ok {
		return Value{}
	}
	ips, err, ok := hostAddrs(t, name, syscall.AF_UNSPEC, false)
	if !ok {
		return Value{}
	}
	if err != nil {
		return gaiError(t, gai(err))
	}
	names, ok := reverse(t, ips[0].String())
	if !ok {
		return Value{}
	}
	if len(names) == 0 {
		x := t.CallArgs(object.Of(stateOf(t).hostError), object.MakeInt(1), object.MakeStr("Unknown host"))
		if x.P == nil {
			return x
		}
		return t.RaiseValue(x)
	}
	return hostEntry(names, ips[:1])
}

// serviceEntry is a line of /etc/services or /etc/protocols: names, a number, and the protocol of services.
type serviceEntry struct {
	names []string
	port  int
	proto string
}

func (s *serviceEntry) has(name string) bool {
	for _, n := range s.names {
		if n == name {
			return true
		}
	}
	return false
}

func findService(t *Thread, want func(s *serviceEntry) bool) (*serviceEntry, bool) {
	return findEntry(t, "/etc/services", want)
}

// findEntry returns the first entry of one of the network's tables that want accepts.
func findEntry(t *Thread, file string, want func(s *serviceEntry) bool) (*serviceEntry, bool) {
	f := native.Host(t).Files
	if f == nil {
		return nil, false
	}
	data, err := host.ReadFile(f, file)
	if err != nil {
		return nil, false
	}
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		parts := strings.Fields(line)
		if len(parts) < 2 {
			continue
		}
		number, proto, _ := strings.Cut(parts[1], "/")
		n, err := strconv.Atoi(number)
		if err != nil {
			continue
		}
		s := &serviceEntry{append(parts[:1:1], parts[2:]...), n, proto}
		if want(s) {
			return s, true
		}
	}
	return nil, false
}

func getservbyname(t *Thread, a []Value) Value {
	name, ok := text(t, a[0], "getservbyname", 1)
	if !ok {
		return Value{}
	}
	proto := ""
	if a[1].P != nil {
		if proto, ok = text(t, a[1], "getservbyname", 2); !ok {
			return Value{}
		}
	}
	s, ok := findService(t, func(s *serviceEntry) bool { return s.has(name) && (a[1].P == nil || s.proto == proto) })
	if !ok {
		return osError(t, "service/proto not found")
	}
	return object.MakeInt(int64(s.port))
}

func getservbyport(t *Thread, a []Value) Value {
	port, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	proto := ""
	if a[1].P != nil {
		if proto, ok = text(t, a[1], "getservbyport", 2); !ok {
			return Value{}
		}
	}
	if port < 0 || port > 0xffff {
		return t.OverflowErrorf("getservbyport: port must be 0-65535.")
	}
	s, ok := findService(t, func(s *serviceEntry) bool { return s.port == port && (a[1].P == nil || s.proto == proto) })
	if !ok {
		return osError(t, "port/proto not found")
	}
	return object.MakeStr(s.names[0])
}

func getprotobyname(t *Thread, a []Value) Value {
	name, ok := text(t, a[0], "getprotobyname", 0)
	if !ok {
		return Value{}
	}
	s, ok := findEntry(t, "/etc/protocols", func(s *serviceEntry) bool { return s.has(name) })
	if !ok {
		return osError(t, "protocol not found")
	}
	return object.MakeInt(int64(s.port))
}
