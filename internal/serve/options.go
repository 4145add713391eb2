package serve

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Rule is what is different for one route. The zero Rule is an ordinary page.
type Rule struct {
	Body    int64         // largest body in bytes; 0 is the door's limit
	Timeout time.Duration // until the context ends; 0 is the door's limit
	Stream  bool          // live pages, uploads, video: no deadline, not compressed, counted apart
	Lists   []string      // query fields that may come more than once
	Link    bool          // reached by a secret link: the next page must not learn where from
	Private bool          // class V: that it was used is in no log and no metric
	Silent  bool          // a ballot: nothing is written down
}

// Options are what the two doors need. Log must be there.
type Options struct {
	Log     *slog.Logger
	Metrics *Metrics                                                 // nil counts nothing
	Fail    func(w http.ResponseWriter, r *http.Request, status int) // draws a refusal of the door itself; default Plain or Problem
	Rule    func(pattern string) Rule                                // nil: every route is ordinary
	Base    *url.URL                                                 // the address that people type; https brings HSTS
	Hosts   []string                                                 // when not empty: other Host headers are refused (a demo on loopback)
	Proxies []netip.Prefix                                           // whose X-Forwarded headers count

	Body     int64         // largest body; default 1 MB
	Timeout  time.Duration // of an ordinary request; default 30 s
	InFlight int           // ordinary requests at the same time; default 512
	Streams  int           // streams at the same time; default 5000
}

func (o Options) withDefaults() Options {
	if o.Metrics == nil {
		o.Metrics = NewMetrics()
	}
	if o.Rule == nil {
		o.Rule = func(string) Rule { return Rule{} }
	}
	if o.Base == nil {
		o.Base = &url.URL{Scheme: "http", Host: "localhost"}
	}
	setDefault(&o.Body, 1<<20)
	setDefault(&o.Timeout, 30*time.Second)
	setDefault(&o.InFlight, 512)
	setDefault(&o.Streams, 5000)
	return o
}

func setDefault[T comparable](v *T, to T) {
	var zero T
	if *v == zero {
		*v = to
	}
}

// Proxies reads a list of addresses and networks, separated by commas.
func Proxies(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range strings.FieldsFunc(list, func(c rune) bool { return c == ',' || c == ' ' }) {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, e := netip.ParseAddr(s)
			if e != nil {
				return nil, fmt.Errorf("%q is no address and no network", s)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}
