package admin

import (
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/account"
	"leerkring/account/openid"
	"leerkring/internal/ident"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// loginForm is one login as it is set up, and how the last try of it went.
type loginForm struct {
	ID, Title string
	New, On   bool
	Open      bool
	Version   string
	Kinds     []ui.Option
	Name      ui.Field
	Redirect  ui.Field
	Issuer    ui.Field
	Client    ui.Field
	Secret    ui.Field
	Allowed   ui.Field
	Vouches   bool
	Mistakes  []ui.Mistake

	Tried  string // when; "" when it was not tried
	Tone   ui.Tone
	Found  string
	Mend   string // what to do about it
	Told   string
	NoMail string
	MayOn  bool
}

type loginsPage struct {
	desk
	List []loginForm
	New  loginForm
}

// Logins is the one page on which the login of the school is set up and tried. Who: who looks
// after the whole board.
func (rm *Room) Logins(r *room.Request) error {
	d, err := rm.loginDesk(r)
	if err != nil {
		return err
	}
	list, err := rm.Accounts.Logins(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	p := loginsPage{desk: d}
	back := r.Was("id", "")
	for _, l := range list {
		p.List = append(p.List, rm.loginForm(d, l, r.Err != nil && (back == l.ID || r.R.PathValue("login") == l.ID)))
	}
	fresh := account.Login{ID: ident.At(r.Now()), Kind: openid.Entra}
	if r.Err != nil && ident.Valid(back) && r.Was("version", "0") == "0" {
		fresh.ID = back // the way back was copied already
	}
	p.New = rm.loginForm(d, fresh, r.Err != nil && fresh.ID == back)
	p.New.New, p.New.Open = true, len(list) == 0 || p.New.Open
	p.New.Title = r.T.T("admin.login_new")
	if len(list) > 0 {
		p.New.Title = r.T.T("admin.login_new_more")
	}
	return r.Page(d.head(r.T.T("admin.login_title"), r.T.T("admin.login_lead")), logins(p))
}

// loginDesk opens the page for who looks after the whole board.
func (rm *Room) loginDesk(r *room.Request) (desk, error) {
	d, err := rm.at(r, "login")
	if err != nil {
		return d, err
	}
	_, err = rm.Accounts.Logins(r.Ctx(), r.Who())
	return d, err
}

// loginForm fills in a login; back says that this is the form that was refused.
func (rm *Room) loginForm(d desk, l account.Login, back bool) loginForm {
	r := d.r
	f := loginForm{ID: l.ID, Title: l.Name, On: l.On, Version: strconv.Itoa(l.Version), Vouches: l.Vouches, Open: back}
	was := func(name, kept string) string {
		if back {
			return r.Was(name, kept)
		}
		return kept
	}
	field := func(name, kept string) ui.Field {
		x := ui.Field{Name: name, ID: name + "-" + l.ID, Label: r.T.T("admin.login_" + name), Hint: r.T.T("admin.login_" + name + "_hint"), Value: was(name, kept), Max: 300, Wide: true, Attrs: map[string]any{"data-draft": "off"}}
		if back {
			x.Error = r.Error(name)
		}
		return x
	}
	f.Name, f.Issuer, f.Client, f.Allowed = field("name", l.Name), field("issuer", l.Issuer), field("client_id", l.ClientID), field("allowed", strings.Join(l.Allowed, ", "))
	f.Name.Max, f.Issuer.Attrs["spellcheck"], f.Client.Attrs["spellcheck"] = 60, "false", "false"
	f.Secret = field("secret", "")
	f.Secret.Value, f.Secret.Type, f.Secret.Autocomplete, f.Secret.Max = "", "password", "off", 500
	if l.Secret() {
		f.Secret.Hint = r.T.T("admin.login_secret_kept")
	}
	f.Redirect = ui.Field{Name: "redirect", ID: "redirect-" + l.ID, Label: r.T.T("admin.login_redirect"), Hint: r.T.T("admin.login_redirect_hint"), Value: rm.Accounts.Redirect(l.ID), Wide: true, Attrs: map[string]any{"readonly": true, "spellcheck": "false", "data-draft": "off"}}
	kind := was("kind", string(l.Kind))
	for _, k := range openid.Kinds {
		f.Kinds = append(f.Kinds, ui.Option{Value: string(k), Text: r.T.T("admin.login_kind_" + string(k)), On: kind == string(k)})
	}
	if back {
		f.Vouches = r.Typed.Chosen("vouches", "true")
		for _, m := range r.Mistakes() {
			m.Field = strings.TrimPrefix(m.Field, "f-") + "-" + l.ID
			if m.Field == "main-"+l.ID {
				m.Field = "login-" + l.ID
			}
			f.Mistakes = append(f.Mistakes, m)
		}
	}
	f.looked(r, l)
	return f
}

// looked says in plain words what the last try found.
func (f *loginForm) looked(r *room.Request, l account.Login) {
	f.MayOn = l.Looked.Reason == openid.Fine
	if l.Looked.Reason == "" {
		return
	}
	key := "admin.login_why_" + string(l.Looked.Reason)
	f.Tried = r.T.T("admin.login_tried", "moment", r.T.Moment(l.Looked.At))
	f.Found, f.Tone = r.T.T(key, "name", l.Name), ui.Mind
	if l.Looked.Reason == openid.Fine {
		f.Tone = ui.Good
		if l.On {
			f.Found = r.T.T("admin.login_why_fine_on")
		}
		f.Told = r.T.T("admin.login_told", "names", strings.Join(l.Looked.Told, ", "))
		if l.Looked.NoMail {
			f.NoMail = r.T.T("admin.login_why_no_email")
		}
	}
	if r.T.Has(key + "_do") {
		f.Mend = r.T.T(key+"_do", "redirect", f.Redirect.Value, "issuer", l.Issuer)
	}
}

// SaveLogin keeps a login; what was tried before is forgotten.
func (rm *Room) SaveLogin(r *room.Request) error {
	d, err := rm.loginDesk(r)
	if err != nil {
		return err
	}
	f := r.Form()
	n := account.LoginSettings{ID: f.ID("id"), Version: f.Int("version", 0, 1<<30), Kind: openid.Kind(f.Line("kind", 20)), Name: f.Line("name", 60), Issuer: f.Line("issuer", 300), ClientID: f.Line("client_id", 300),
		Secret: f.Line("secret", 500), Allowed: strings.FieldsFunc(f.Line("allowed", 300), func(c rune) bool { return c == ',' || c == ';' || c == ' ' }), Vouches: f.Bool("vouches")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Logins)
	}
	in, _, _, err := rm.Visits.Visitor(r)
	if err != nil {
		return err
	}
	back := d.path("/admin/school-login")
	if err := rm.Accounts.SaveLogin(r.Ctx(), r.Who(), in, n); err != nil {
		return rm.Door.Refused(r, err, back, rm.Logins)
	}
	return r.Said(back+"#login-"+n.ID, "admin_login_saved")
}

// TestLogin tries a login: what can be seen from here first, then a trip by this browser.
func (rm *Room) TestLogin(r *room.Request) error {
	d, id, err := rm.aLogin(r)
	if err != nil {
		return err
	}
	in, secret, b, err := rm.Visits.Visitor(r)
	if err != nil {
		return err
	}
	trip, err := rm.Accounts.BeginLoginTest(r.Ctx(), r.Who(), in, id, secret, b)
	if err != nil {
		return r.Refused(err, rm.Logins)
	}
	if trip.URL == "" {
		return r.Go(d.path("/admin/school-login") + "#login-" + id)
	}
	return rm.Visits.Leave(r, trip)
}

// TurnLogin puts the button of a login at the door, or takes it away.
func (rm *Room) TurnLogin(r *room.Request) error {
	d, id, err := rm.aLogin(r)
	if err != nil {
		return err
	}
	f := r.Form()
	on := f.Bool("on")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Logins)
	}
	in, _, _, err := rm.Visits.Visitor(r)
	if err != nil {
		return err
	}
	back, said := d.path("/admin/school-login"), "admin_login_off"
	if on {
		said = "admin_login_on"
	}
	if err := rm.Accounts.TurnLogin(r.Ctx(), r.Who(), in, id, on); err != nil {
		return rm.Door.Refused(r, err, back, rm.Logins)
	}
	return r.Said(back+"#login-"+id, said)
}

// RemoveLogin takes a login away.
func (rm *Room) RemoveLogin(r *room.Request) error {
	d, id, err := rm.aLogin(r)
	if err != nil {
		return err
	}
	in, _, _, err := rm.Visits.Visitor(r)
	if err != nil {
		return err
	}
	back := d.path("/admin/school-login")
	if err := rm.Accounts.RemoveLogin(r.Ctx(), r.Who(), in, id); err != nil {
		return rm.Door.Refused(r, err, back, rm.Logins)
	}
	return r.Said(back, "admin_login_removed")
}

func (rm *Room) aLogin(r *room.Request) (desk, string, error) {
	id, err := r.ID("login")
	if err != nil {
		return desk{}, "", err
	}
	d, err := rm.loginDesk(r)
	return d, id, err
}

// mayLogins tells whether the tab is for this person: who looks after one school of several
// does not decide about the login of all.
func (rm *Room) mayLogins(d desk) bool {
	if !d.may(access.Edit, access.SchoolLogin) {
		return false
	}
	whole, err := rm.Schools.ForBoard(d.r.Ctx(), d.r.Who(), d.School)
	return err == nil && whole
}
