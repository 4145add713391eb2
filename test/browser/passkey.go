package browser

import "github.com/chromedp/cdproto/webauthn"

// Passkey gives this person a device that keeps passkeys and always knows its
// owner: what a phone or laptop has built in. The address must be localhost.
func (p *Person) Passkey() *Passkey {
	p.t.Helper()
	p.do("passkeys", command(webauthn.Enable, webauthn.EnableParams{}))
	device, err := ask(p, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		p.fail("passkeys: %v", err)
	}
	return &Passkey{p, device.AuthenticatorID}
}

// Passkey is a device with passkeys.
type Passkey struct {
	p  *Person
	id webauthn.AuthenticatorID
}

// Count is how many passkeys the device keeps.
func (k *Passkey) Count() int {
	k.p.t.Helper()
	kept, err := ask(k.p, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: k.id})
	if err != nil {
		k.p.fail("passkeys: %v", err)
	}
	return len(kept.Credentials)
}

// Refuse makes the device not know its owner any more, or know them again.
func (k *Passkey) Refuse(refuse bool) {
	k.p.t.Helper()
	k.p.do("passkeys", command(webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: k.id, IsUserVerified: !refuse}))
}
