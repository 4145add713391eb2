package outgoing

import (
	"net/netip"
	"slices"
)

// closed are the networks that no address in the open internet lies in. What stands in
// 2000::/3 and not here is the open internet of IPv6; all else of it is refused.
var closed = parse(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared by customers of one provider; some clouds keep metadata there
	"127.0.0.0/8",     // this machine
	"169.254.0.0/16",  // link-local; metadata of most clouds
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // examples
	"192.88.99.0/24",  // old relays to IPv6
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // measurements
	"198.51.100.0/24", // examples
	"203.0.113.0/24",  // examples
	"224.0.0.0/4",     // to many
	"240.0.0.0/4",     // reserved, and everybody
	"2001::/23",       // protocol assignments, Teredo among them
	"2001:db8::/32",   // examples
	"2002::/16",       // 6to4: an IPv4 address in disguise
	"3fff::/20",       // examples
)

var open6 = netip.MustParsePrefix("2000::/3")

func parse(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// Public reports whether an address lies in the open internet. An IPv4 address inside an
// IPv6 one, mapped or translated (NAT64), is no way around: only the plain form counts.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" || a.Is4In6() {
		return false
	}
	if a.Is6() && !open6.Contains(a) {
		return false
	}
	return !slices.ContainsFunc(closed, func(p netip.Prefix) bool { return p.Contains(a) })
}

// may reports whether an address may be dialled: a public one, or one of a network that the
// keeper of the server allowed by name.
func may(a netip.Addr, allowed []netip.Prefix) bool {
	plain := a.Unmap()
	if slices.ContainsFunc(allowed, func(p netip.Prefix) bool { return p.Contains(plain) }) {
		return true
	}
	return Public(a)
}
