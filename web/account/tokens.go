package account

import (
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type tokenRow struct{ ID, Name, Note string }

type tokensPage struct {
	r       *room.Request
	Tabs    []ui.Tab
	List    []tokenRow
	Name    ui.Field
	Scopes  []ui.Option
	Expires ui.Field
	Secret  ui.Field // of a token that was made just now
	Made    string
	Fresh   bool
}

// usualDays is how long a token lasts unless its owner says otherwise.
const usualDays = 90

// Tokens shows the keys of the own programs. Staff only: a guest has none.
func (rm *Room) Tokens(r *room.Request) error { return rm.tokens(r, "", account.Token{}) }

func (rm *Room) tokens(r *room.Request, secret string, made account.Token) error {
	if err := access.Must(r.Who(), access.Create, access.Object{Kind: access.Token, BoardID: r.Who().BoardID, OwnerID: r.Who().ID}); err != nil {
		return err
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	list, err := rm.Accounts.Tokens(r.Ctx(), in)
	if err != nil {
		return err
	}
	p := tokensPage{r: r, Tabs: tabs(r, "tokens"), Made: made.Name, Fresh: in.Confirmed(r.Now())}
	if secret != "" {
		p.Secret = ui.Field{Name: "secret", Label: r.T.T("account.token_secret", "name", made.Name), Hint: r.T.T("account.token_once"), Value: secret, Wide: true, Attrs: map[string]any{"readonly": true, "spellcheck": "false"}}
	}
	for _, t := range list {
		note := r.T.T("account.token_note", "scope", r.T.T("account.scope_is_"+string(t.Scope)), "until", r.T.DateLong(r.T.Day(t.ExpiresAt.Add(-time.Second))))
		if t.UsedOn != "" {
			note += " " + r.T.T("account.token_used", "date", day(r, t.UsedOn))
		}
		p.List = append(p.List, tokenRow{ID: t.ID, Name: t.Name, Note: note})
	}
	p.Name = r.Field("name", "account.token_for", "")
	p.Name.Max, p.Name.Hint = 60, r.T.T("account.token_for_hint")
	p.Expires = r.Field("expires", "account.token_until", string(r.Today().Add(usualDays)))
	p.Expires.Type = "date"
	for _, s := range []account.Scope{account.ScopeRead, account.ScopeWrite} {
		p.Scopes = append(p.Scopes, ui.Option{Value: string(s), Text: r.T.T("account.scope_" + string(s)), On: r.Was("scope", string(account.ScopeRead)) == string(s)})
	}
	h := r.Head(r.T.T("menu.account"), "")
	h.Lead = r.T.T("account.tokens_lead")
	r.Style(&h, "account")
	return r.Page(h, tokens(p))
}

// MakeToken makes a token and shows its secret on this page, this once.
func (rm *Room) MakeToken(r *room.Request) error {
	f := r.Form()
	n := account.NewToken{Name: f.Line("name", 60), Scope: account.Scope(f.Choice("scope", string(account.ScopeRead), string(account.ScopeWrite)))}
	if on := f.Date("expires"); on != "" {
		n.ExpiresAt = on.Add(1).At(0, 0, r.T.Zone()) // the last day counts
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Tokens)
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	secret, made, err := rm.Accounts.CreateToken(r.Ctx(), r.Who(), in, n)
	if err != nil {
		return rm.Refused(r, err, "/account/tokens", rm.Tokens)
	}
	r.Typed = nil // the form is for another one
	return rm.tokens(r, secret, made)
}

// RevokeToken ends one of the own tokens.
func (rm *Room) RevokeToken(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.RevokeToken(r.Ctx(), in, id); err != nil {
		return err
	}
	return r.Said("/account/tokens", "account_token_revoked")
}
