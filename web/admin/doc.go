// Package admin is where somebody looks after a school's accounts: bringing people in,
// invitations, roles, suspending, teams, settings, the security log, and the mail that
// waits. In a demo it also has everybody's own mailbox.
//
// Who: an admin; a privacy officer reads accounts, roles and the log. Roles, suspending
// and what opens accounts ask to show once more who one is. There is no way to sign in as
// somebody else, no password to choose for them, and no list of when anybody was here.
package admin

import (
	"context"
	"embed"

	"leerkring/access"
	"leerkring/account"
	"leerkring/handover"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/mail"
	"leerkring/leaving"
	"leerkring/roster"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	DB       *db.DB // the mail that waits
	Schools  *school.Service
	Accounts *account.Service
	Roster   *roster.Service
	Leaving  *leaving.Service
	// Leads tells what some people lead, as far as who may see it.
	Leads func(ctx context.Context, who access.Who, people []string) (map[string][]string, error)
	// Handovers lets a colleague stand in for somebody; nil offers none.
	Handovers *handover.Service
	Log       *account.Log
	Door      Door
	Visits    Visits
	Mails     func() bool // whether this house has a mail server; nil means that it has
	Test      Test
}

// Visits send a browser to the login of a school.
type Visits interface {
	// Visitor is the browser of whoever is signed in here.
	Visitor(r *room.Request) (in account.SignIn, secret string, b account.Browser, err error)
	// Leave sends it there.
	Leave(r *room.Request, trip account.Trip) error
}

// Test sends a mail to somebody at once and tells why it did not go: a word of a closed list.
type Test func(ctx context.Context, to school.Person, subject, text string) (mail.Fault, error)

// Door asks somebody to show once more who they are.
type Door interface {
	// Confirmed refuses when that is long ago.
	Confirmed(r *room.Request) error
	// Refused shows a form again, or leads to the page that asks, and back.
	Refused(r *room.Request, err error, back string, again room.Handler) error
}

// desk is the school that is looked after, as this person may.
type desk struct {
	r       *room.Request
	School  school.School
	Tabs    []ui.Tab
	Places  []place // when the person looks after several schools
	several bool
}

// place is one of several schools.
type place struct {
	Name, Href string
	Current    bool
}

// tabs are the pages of this room with the right that each asks.
var tabs = []struct {
	key, path string
	action    access.Action
	kind      access.Kind
}{
	{"people", "/admin", access.Read, access.Account},
	{"add", "/admin/people/new", access.Create, access.Account},
	{"teams", "/admin/teams", access.Read, access.Roster},
	{"school", "/admin/school/form", access.Edit, access.SchoolSettings},
	{"login", "/admin/school-login", access.Edit, access.SchoolLogin},
	{"log", "/admin/log", access.Read, access.SecurityAccount},
	{"erasures", "/admin/erasures", access.List, access.Erasure},
	{"outbox", "/admin/outbox", access.Read, access.Outbox},
	{"backups", "/admin/backups", access.Read, access.Outbox}, // of the whole house, as its mail is
}

// at opens a page of this room: of the school that the address or form names, else of the
// own one, else of the first that the person looks after. It refuses with absent.
func (rm *Room) at(r *room.Request, tab string) (desk, error) {
	list, err := rm.Schools.Schools(r.Ctx(), r.Who())
	if err != nil {
		return desk{}, err
	}
	want := r.R.URL.Query().Get("school")
	if r.R.Method == "POST" {
		want = r.Form().ID("school")
	}
	d := desk{r: r, several: len(list) > 1}
	for _, sc := range list {
		if sc.ID == want || want == "" && (d.School.ID == "" || sc.ID == r.School().ID) {
			d.School = sc
		}
	}
	if d.School.ID == "" || want != "" && !ident.Valid(want) {
		return desk{}, errs.Absent()
	}
	path := ""
	for _, t := range tabs {
		allowed := d.may(t.action, t.kind)
		if t.key == "login" {
			allowed = rm.mayLogins(d)
		}
		if t.key == tab {
			path = t.path
			if !allowed {
				return desk{}, errs.Absent()
			}
		}
		if allowed {
			d.Tabs = append(d.Tabs, ui.Tab{Text: r.T.T("admin.tab_" + t.key), Href: d.path(t.path), Current: t.key == tab})
		}
	}
	for _, sc := range list {
		if d.several && path != "" {
			d.Places = append(d.Places, place{sc.Name, path + "?school=" + sc.ID, sc.ID == d.School.ID})
		}
	}
	return d, nil
}

// path is a page about this school.
func (d desk) path(path string) string {
	if d.several {
		return path + "?school=" + d.School.ID
	}
	return path
}

func (d desk) may(action access.Action, kind access.Kind) bool {
	return access.May(d.r.Who(), action, access.Object{Kind: kind, BoardID: d.School.BoardID, SchoolID: d.School.ID})
}

func (d desk) must(action access.Action, kind access.Kind) error {
	if !d.may(action, kind) {
		return errs.Absent()
	}
	return nil
}

// hidden are the hidden fields of a form about this school.
func (d desk) hidden(pairs ...ui.Pair) []ui.Pair {
	return d.r.Hidden(append(pairs, ui.Pair{Name: "school", Value: d.School.ID})...)
}

func (d desk) head(title, lead string) ui.PageHead {
	h := d.r.Head(title, "admin")
	h.Lead = lead
	d.r.Style(&h, "admin")
	return h
}
