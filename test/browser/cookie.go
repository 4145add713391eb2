package browser

import "github.com/chromedp/cdproto/network"

// Cookies are the names of what the server keeps in this browser, also what scripts
// cannot read.
func (p *Person) Cookies() []string {
	p.t.Helper()
	kept, err := ask(p, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		p.fail("cookies: %v", err)
	}
	var names []string
	for _, c := range kept.Cookies {
		names = append(names, c.Name)
	}
	return names
}
