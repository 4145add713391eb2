package browser

import (
	"net/http"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
)

// Carry makes this person somebody who was let in elsewhere: the cookies of before go, these
// come in their place. One tab can so look at the product as many people, one after the other.
func (p *Person) Carry(cookies []*http.Cookie) {
	p.t.Helper()
	var carried []*network.CookieParam
	for _, c := range cookies {
		carried = append(carried, &network.CookieParam{Name: c.Name, Value: c.Value, URL: p.base.String(), Path: "/", HTTPOnly: true})
	}
	p.do("forget who it was", command(network.ClearBrowserCookies, cdp.Empty{}))
	if len(carried) > 0 {
		p.do("come in", command(network.SetCookies, network.SetCookiesParams{Cookies: carried}))
	}
}
