package browser

import (
	"net/url"

	"github.com/chromedp/cdproto/security"
)

// Elsewhere lets the pages of this person lead to another house, such as the login of a school,
// with a certificate that only the test knows.
func (p *Person) Elsewhere(address string) {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.fail("another house: %v", err)
	}
	p.page.alsoAt(u.Host)
	p.do("trust another house", command(security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}))
}
