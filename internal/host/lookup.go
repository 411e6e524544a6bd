package host

import (
	"context"
	"net"
	"net/netip"
	"os"
)

// Hostname returns the name of the machine.
func (*Network) Hostname() (string, error) { return os.Hostname() }

// LookupHost returns the addresses of a name.
func (*Network) LookupHost(ctx context.Context, network, name string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, network, name)
}

// LookupAddr returns the names of an address.
func (*Network) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	return net.DefaultResolver.LookupAddr(ctx, addr)
}

// LookupPort returns the port of a service.
func (*Network) LookupPort(ctx context.Context, network, service string) (int, error) {
	return net.DefaultResolver.LookupPort(ctx, network, service)
}

// Interfaces returns numbers and names of the machine's interfaces.
func (*Network) Interfaces() ([]net.Interface, error) { return net.Interfaces() }
