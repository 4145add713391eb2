package serve

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// origin is where a request came from, as far as we may believe it.
type origin struct {
	id     string
	client netip.Addr
	secure bool
}

type originKey struct{}

func of(ctx context.Context) *origin {
	if o, ok := ctx.Value(originKey{}).(*origin); ok {
		return o
	}
	return &origin{}
}

// RequestID names this request in logs and on an error page.
func RequestID(ctx context.Context) string { return of(ctx).id }

// Client is the address that limits count by. It is never logged.
func Client(ctx context.Context) netip.Addr { return of(ctx).client }

// Secure reports whether the browser speaks https, to us or to our proxy.
func Secure(ctx context.Context) bool { return of(ctx).secure }

// origin believes the headers of a proxy only when the proxy is one of ours.
func (d *door) origin(r *http.Request) *origin {
	o := &origin{id: rand.Text()[:16], secure: r.TLS != nil}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return o // a listener without addresses, such as a socket
	}
	o.client = peer.Addr().Unmap()
	if !d.trusts(o.client) {
		return o
	}
	o.secure = o.secure || r.Header.Get("X-Forwarded-Proto") == "https"
	// Each proxy adds the address that it saw. From the right: the first that is not a
	// proxy of ours is the client; what stands before it anybody can write.
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		a, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		o.client = a.Unmap()
		if !d.trusts(o.client) {
			break
		}
	}
	return o
}

func (d *door) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(d.o.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}
