package openid

import (
	"strings"
	"testing"

	"leerkring/internal/errs"
)

const tenant = "11111111-2222-3333-4444-555555555555"

func TestWhoIsBelieved(t *testing.T) {
	t.Parallel()
	entra := Settings{Kind: Entra, Issuer: entraHost + tenant + "/v2.0"}
	google := Settings{Kind: Google, Issuer: googleIs, Allowed: []string{"school.nl"}}
	surf := Settings{Kind: SURFconext, Issuer: surfIs, Allowed: []string{"school.nl"}}
	entree := Settings{Kind: Entree, Issuer: "https://entree.example", Allowed: []string{"11zz"}}
	other := Settings{Kind: Other, Issuer: "https://login.example"}
	only := Settings{Kind: Smartschool, Issuer: "https://login.example", Allowed: []string{"school.be"}}
	for _, c := range []struct {
		name    string
		s       Settings
		told    claims
		want    Reason
		subject string
		vouched bool
	}{
		{"Entra: the object id, not the subject", entra, claims{"sub": "pairwise", "oid": "o1", "tid": tenant}, Fine, "o1", false},
		{"Entra: an address that the tenant owns", entra, claims{"oid": "o1", "tid": tenant, "email": "N@School.nl", "xms_edov": true}, Fine, "o1", true},
		{"Entra: as a number in a text", entra, claims{"oid": "o1", "tid": tenant, "email": "n@school.nl", "xms_edov": "1"}, Fine, "o1", true},
		{"Entra: an address that anybody can type", entra, claims{"oid": "o1", "tid": tenant, "email": "n@school.nl", "email_verified": true, "xms_edov": false}, Fine, "o1", false},
		{"Entra: a guest of the tenant", entra, claims{"oid": "o1", "tid": tenant, "email": "n@school.nl", "xms_edov": true, "acct": 1.0}, Fine, "o1", false},
		{"Entra: somebody of another identity provider", entra, claims{"oid": "o1", "tid": tenant, "email": "n@school.nl", "xms_edov": true, "idp": "https://sts.example"}, Fine, "o1", false},
		{"Entra: another tenant", entra, claims{"oid": "o1", "tid": "99999999-2222-3333-4444-555555555555"}, Outside, "", false},
		{"Entra: no tenant", entra, claims{"oid": "o1"}, Outside, "", false},
		{"Entra: no object id", entra, claims{"sub": "s", "tid": tenant}, NoSubject, "", false},
		{"Google: of the school", google, claims{"sub": "g1", "hd": "School.nl", "email": "n@school.nl", "email_verified": true}, Fine, "g1", true},
		{"Google: not verified", google, claims{"sub": "g1", "hd": "school.nl", "email": "n@school.nl"}, Fine, "g1", false},
		{"Google: an address of its own, with the domain in it", google, claims{"sub": "g1", "email": "n@school.nl", "email_verified": true}, Outside, "", false},
		{"Google: another school", google, claims{"sub": "g1", "hd": "other.nl", "email": "n@school.nl", "email_verified": true}, Outside, "", false},
		{"SURFconext: of the school", surf, claims{"sub": "s1", "schac_home_organization": "school.nl", "email": "n@school.nl", "eduperson_affiliation": []any{"member", "employee"}}, Fine, "s1", true},
		{"SURFconext: a home in a list of one", surf, claims{"sub": "s1", "schac_home_organization": []any{"school.nl"}}, Fine, "s1", false},
		{"SURFconext: a private address", surf, claims{"sub": "s1", "schac_home_organization": "school.nl", "email": "n@gmail.com"}, Fine, "s1", false},
		{"SURFconext: a student", surf, claims{"sub": "s1", "schac_home_organization": "school.nl", "email": "n@school.nl", "eduperson_affiliation": []any{"student"}}, Fine, "s1", false},
		{"SURFconext: another organisation", surf, claims{"sub": "s1", "schac_home_organization": "other.nl", "email": "n@school.nl"}, Outside, "", false},
		{"SURFconext: no organisation", surf, claims{"sub": "s1", "email": "n@school.nl"}, Outside, "", false},
		{"Entree: of the school", entree, claims{"sub": "e1", "nlEduPersonHomeOrganizationId": "11ZZ"}, Fine, "e1", false},
		{"Entree: another school", entree, claims{"sub": "e1", "nlEduPersonHomeOrganizationId": "22ZZ"}, Outside, "", false},
		{"another make: verified", other, claims{"sub": "x", "email": "n@school.nl", "email_verified": true}, Fine, "x", true},
		{"another make: not verified", other, claims{"sub": "x", "email": "n@school.nl"}, Fine, "x", false},
		{"a word that is not true", other, claims{"sub": "x", "email": "n@school.nl", "email_verified": "false"}, Fine, "x", false},
		{"no subject", other, claims{"email": "n@school.nl", "email_verified": true}, NoSubject, "", false},
		{"a subject without an end", other, claims{"sub": strings.Repeat("x", 256)}, NoSubject, "", false},
		{"only one domain", only, claims{"sub": "x", "email": "n@school.be", "email_verified": true}, Fine, "x", true},
		{"only one domain, and another", only, claims{"sub": "x", "email": "n@school.be.evil.example", "email_verified": true}, Outside, "", false},
		{"only one domain, not verified", only, claims{"sub": "x", "email": "n@school.be"}, Outside, "", false},
		{"two signs in an address", only, claims{"sub": "x", "email": "n@evil.example@school.be", "email_verified": true}, Outside, "", false},
	} {
		got, err := c.s.identity(c.told)
		if ReasonOf(err) != c.want || got.Subject != c.subject || got.Vouched != c.vouched {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
		if err == nil && (got.Issuer != c.s.Issuer || got.Email != strings.ToLower(got.Email)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestTheAddressOfALogin(t *testing.T) {
	t.Parallel()
	is := entraHost + tenant + "/v2.0"
	for _, c := range []struct {
		kind        Kind
		typed, want string
		refused     string
	}{
		{Entra, tenant, is, ""},
		{Entra, strings.ToUpper(tenant), is, ""},
		{Entra, is, is, ""},
		{Entra, is + wellKnown, is, ""},
		{Entra, entraHost + "common/v2.0", "", "account.login_issuer_common"},
		{Entra, "organizations", "", "account.login_issuer_common"},
		{Entra, "consumers", "", "account.login_issuer_common"},
		{Entra, privateTenant, "", "account.login_issuer_common"},
		{Entra, "https://evil.example/" + tenant + "/v2.0", "", "account.login_issuer_entra"},
		{Entra, "", "", "account.login_issuer_entra"},
		{Google, "", googleIs, ""},
		{Google, "https://evil.example", "", "account.login_issuer_google"},
		{SURFconext, "", surfIs, ""},
		{SURFconext, surfTestIs + "/", surfTestIs, ""},
		{SURFconext, "https://connect.surfconext.nl.evil.example", "", "account.login_issuer_surfconext"},
		{Other, " https://login.school.nl/realms/a ", "https://login.school.nl/realms/a", ""},
		{Other, "https://login.school.nl/" + strings.TrimPrefix(wellKnown, "/"), "https://login.school.nl", ""},
		{Other, "http://login.school.nl", "", "account.login_issuer"},
		{Other, "login.school.nl", "", "account.login_issuer"},
		{Other, "https://a:b@login.school.nl", "", "account.login_issuer"},
		{Other, "https://login.school.nl/?a=b", "", "account.login_issuer"},
		{Entree, "", "", "account.login_issuer"},
		{Smartschool, "https://", "", "account.login_issuer"},
	} {
		got, err := Issuer(c.kind, c.typed)
		key := ""
		for _, f := range errs.FieldsOf(err) {
			key = f.Key
		}
		if got != c.want || key != c.refused {
			t.Errorf("%s %q: %q, %v", c.kind, c.typed, got, err)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	got, err := Settings{Kind: Google, ClientID: " id ", Allowed: []string{" @School.nl ", "", "school.nl"}}.Check()
	if err != nil || got.ClientID != "id" || len(got.Allowed) != 1 || got.Allowed[0] != "school.nl" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, s := range []Settings{{Kind: "saml", ClientID: "id"}, {Kind: Google, Allowed: []string{"school.nl"}}, {Kind: Google, ClientID: "id"}, {Kind: SURFconext, ClientID: "id"}, {Kind: Other, ClientID: "id"}} {
		if _, err := s.Check(); !errs.Is(err, errs.KindInvalid) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
