package account

import (
	"strings"

	"leerkring/account"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type browserRow struct {
	ID, Name, Note string
	Here           bool
}

type passkeyRow struct {
	ID, Name, Note string
	Field          ui.Field
}

type securityPage struct {
	r        *room.Request
	Tabs     []ui.Tab
	Browsers []browserRow
	HasKeys  bool // this house can work with passkeys
	Passkeys []passkeyRow
	NewName  ui.Field
	Always   bool
	Fresh    bool // shown lately who they are
	Locked   string
	Past     []pastRow

	Linked   []linkedRow   // logins of the school that somebody comes in by
	Linkable []loginButton // and those that could be connected
	HasLogin bool          // the board has a login

	HasPassword             bool
	PasswordNote, CodesNote string
}

type pastRow struct{ When, What string }

// pastShown is how much of the security log somebody sees of the own account.
const pastShown = 20

// Security shows where somebody is signed in, with which keys, and what happened to the account.
func (rm *Room) Security(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	p := securityPage{r: r, Tabs: tabs(r, "security"), HasKeys: rm.Accounts.HasPasskeys(), Fresh: in.Confirmed(r.Now()), NewName: r.Field("name", "account.passkey_new_name", browserName(r.R.UserAgent()))}
	p.NewName.ID, p.NewName.Max, p.NewName.Attrs = "new-passkey", 60, map[string]any{"data-draft": "off"}
	if in.Locked(r.Now()) {
		p.Locked = r.T.Moment(in.LockedUntil)
	}
	if err := rm.browsers(&p, in); err != nil {
		return err
	}
	if err := rm.passkeys(&p, in); err != nil {
		return err
	}
	if err := rm.logins(&p, in); err != nil {
		return err
	}
	if err := rm.ownPassword(&p, in); err != nil {
		return err
	}
	past, err := rm.Accounts.OwnEntries(r.Ctx(), in, pastShown)
	if err != nil {
		return err
	}
	for _, e := range past {
		p.Past = append(p.Past, pastRow{When: r.T.Moment(e.At), What: happened(r, e)})
	}
	h := r.Head(r.T.T("menu.account"), "")
	h.Lead = r.T.T("account.security_lead")
	r.Style(&h, "account")
	return r.Page(h, security(p))
}

func (rm *Room) browsers(p *securityPage, in account.SignIn) error {
	r := p.r
	list, err := rm.Accounts.SignIns(r.Ctx(), in)
	for _, s := range list {
		row := browserRow{ID: s.ID, Name: s.Browser, Here: s.ID == in.ID}
		if row.Name == "" {
			row.Name = r.T.T("account.browser_unknown")
		}
		row.Note = r.T.T("account.browser_note", "device", r.T.T("account.device_is_"+string(s.Device)), "since", day(r, r.T.Day(s.MadeAt)), "used", day(r, s.SeenOn))
		p.Browsers = append(p.Browsers, row)
	}
	return err
}

func (rm *Room) passkeys(p *securityPage, in account.SignIn) error {
	r := p.r
	list, err := rm.Accounts.Passkeys(r.Ctx(), in)
	if err != nil {
		return err
	}
	for _, k := range list {
		row := passkeyRow{ID: k.ID, Name: k.Name, Note: r.T.T("account.passkey_since", "date", day(r, r.T.Day(k.MadeAt)))}
		if k.UsedOn != "" {
			row.Note = r.T.T("account.passkey_used", "since", day(r, r.T.Day(k.MadeAt)), "used", day(r, k.UsedOn))
		}
		row.Field = ui.Field{Name: "name", ID: "name-" + k.ID, Label: r.T.T("account.passkey_new_name"), Value: k.Name, Max: 60}
		if r.Err != nil && r.Path("id") == k.ID {
			row.Field.Value, row.Field.Error = r.Was("name", k.Name), r.Error("name")
		}
		p.Passkeys = append(p.Passkeys, row)
	}
	p.Always, err = rm.Accounts.AlwaysPasskey(r.Ctx(), in)
	return err
}

// happened says what an entry of the log tells the person whom it is about.
func happened(r *room.Request, e account.Entry) string {
	key := "account.log." + strings.ReplaceAll(e.Kind, ".", "_")
	if e.ActorID != r.Who().ID && r.T.Has(key+"_by_another") {
		key += "_by_another"
	}
	if !r.T.Has(key) {
		key = "account.log.unnamed"
	}
	return r.T.T(key)
}

// EndSignIn signs one of the own browsers out.
func (rm *Room) EndSignIn(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.End(r.Ctx(), in, id); err != nil {
		return err
	}
	if id == in.ID {
		return r.Go("/sign-in")
	}
	return r.Said("/account/security", "account_signed_out_one")
}

// EndOthers signs all other browsers out.
func (rm *Room) EndOthers(r *room.Request) error {
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.EndOthers(r.Ctx(), in); err != nil {
		return err
	}
	return r.Said("/account/security", "account_signed_out_others")
}

// RenamePasskey gives one of the own passkeys another name.
func (rm *Room) RenamePasskey(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	name := f.Line("name", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Security)
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.RenamePasskey(r.Ctx(), in, id, name); err != nil {
		return r.Refused(err, rm.Security)
	}
	return r.Said("/account/security#passkeys", "account_passkey_renamed")
}

// RemovePasskey takes one of the own passkeys away.
func (rm *Room) RemovePasskey(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.RemovePasskey(r.Ctx(), in, id); err != nil {
		return rm.Refused(r, err, "/account/security#passkeys", rm.Security)
	}
	return r.Said("/account/security#passkeys", "account_passkey_removed")
}

// PasskeyAlways turns on or off that a mail link alone is not enough.
func (rm *Room) PasskeyAlways(r *room.Request) error {
	f := r.Form()
	on := f.Bool("on")
	if err := f.Err(); err != nil {
		return err
	}
	in, err := rm.here(r)
	if err != nil {
		return err
	}
	if err := rm.Accounts.PasskeyAlways(r.Ctx(), in, on); err != nil {
		return rm.Refused(r, err, "/account/security#passkeys", rm.Security)
	}
	return r.Said("/account/security#passkeys", "account_passkey_always")
}

// cameFrom is the page of ours that a form was on, or another one.
func cameFrom(r *room.Request, other string) string {
	_, path, ok := strings.Cut(r.R.Referer(), "://"+r.R.Host)
	if !ok || !page.Local(path) {
		return other
	}
	path, _, _ = strings.Cut(path, "?said=")
	return path
}
