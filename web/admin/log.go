package admin

import (
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/internal/mail"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type logRow struct{ When, What, From string }

type logPage struct {
	desk
	Rows  []logRow
	Older string
}

// logStep is how many entries are read at a time.
const logStep = 150

// SecurityLog shows what touched the safety of accounts and data. Who came in when is not
// in it: that is for each person alone, and a log of it would measure people.
func (rm *Room) SecurityLog(r *room.Request) error {
	d, err := rm.at(r, "log")
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(r.R.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0 // the newest
	}
	entries, err := rm.Accounts.Entries(r.Ctx(), r.Who(), before, logStep)
	if err != nil {
		return err
	}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ActorID, e.ObjectID)
	}
	names, err := rm.Schools.Named(r.Ctx(), r.Who(), ids)
	if err != nil {
		return err
	}
	p := logPage{desk: d}
	for _, e := range entries {
		if !strings.HasPrefix(e.Kind, "sign_in.") {
			p.Rows = append(p.Rows, logRow{When: r.T.Moment(e.At), What: told(r, e, names), From: refusedFrom(e)})
		}
	}
	if len(entries) == logStep {
		p.Older = d.with("/admin/log", "before", strconv.FormatInt(entries[len(entries)-1].Seq, 10))
	}
	return r.Page(d.head(r.T.T("admin.log_title"), r.T.T("admin.log_lead")), securityLog(p))
}

// refusedFrom is the network that somebody was turned away at; of others it is not shown.
func refusedFrom(e account.Entry) string {
	if strings.HasSuffix(e.Kind, ".refused") {
		return e.Address
	}
	return ""
}

// told says an entry in a sentence.
func told(r *room.Request, e account.Entry, names map[string]school.Person) string {
	name := func(id string) string {
		if p, ok := names[id]; ok {
			return p.Name
		}
		switch id {
		case "house":
			return r.T.T("admin.log_house")
		case "nobody", "":
			return r.T.T("admin.log_nobody")
		}
		return r.T.T("admin.log_former")
	}
	key := "admin.log." + strings.ReplaceAll(e.Kind, ".", "_")
	if !r.T.Has(key) {
		return r.T.T("admin.log.unnamed", "actor", name(e.ActorID), "kind", e.Kind)
	}
	return r.T.T(key, "actor", name(e.ActorID), "person", name(e.ObjectID))
}

type mailRow struct{ When, Who, What, State string }

type outboxPage struct {
	desk
	Rows    []mailRow
	Totals  []mailRow
	Server  serverState
	MayTest bool
	Tested  string // how the test went
	Went    bool
}

// serverState is how it stands with the mail server, in sentences.
type serverState struct {
	Tone                 ui.Tone
	Icon, Title          string
	Why, Waits, Whatnext string
}

// mailsShown is how many messages the page lists.
const mailsShown = 200

// Outbox shows what was sent and what waits: to whom and of which kind, never what it
// says. Of private mail there are only totals, from five a day.
func (rm *Room) Outbox(r *room.Request) error { return rm.outbox(r, nil) }

func (rm *Room) outbox(r *room.Request, tested *mail.Fault) error {
	d, err := rm.at(r, "outbox")
	if err != nil {
		return err
	}
	whole, err := rm.Schools.ForBoard(r.Ctx(), r.Who(), d.School)
	if err != nil {
		return err
	}
	if !whole { // the mail of a board is not for an admin of one of its schools
		return errs.Absent()
	}
	items, err := mail.List(r.Ctx(), rm.DB, d.School.BoardID, r.Now().AddDate(1, 0, 0), mailsShown)
	if err != nil {
		return err
	}
	totals, err := mail.Totals(r.Ctx(), rm.DB, d.School.BoardID)
	if err != nil {
		return err
	}
	p := outboxPage{desk: d, MayTest: d.may(access.Manage, access.Outbox)}
	if p.Server, err = rm.server(r, d.School.BoardID); err != nil {
		return err
	}
	if tested != nil {
		p.Tested, p.Went = r.T.T("admin.test_went", "email", r.Known.Person.Email), *tested == ""
		if !p.Went {
			p.Tested = r.T.T("admin.fault_" + string(*tested))
		}
	}
	for _, i := range items {
		row := mailRow{When: r.T.Moment(i.MadeAt), Who: i.Name, What: kindOf(r, i.Kind), State: r.T.T("admin.mail_" + i.State)}
		if i.Unsure {
			row.State = r.T.T("admin.mail_unsure")
		}
		if i.Address != "" {
			row.Who += " (" + i.Address + ")"
		}
		p.Rows = append(p.Rows, row)
	}
	for _, t := range totals {
		p.Totals = append(p.Totals, mailRow{When: r.T.Date(t.Day), What: r.T.T("admin.mail_total", "n", t.Count)})
	}
	return r.Page(d.head(r.T.T("admin.outbox_title"), r.T.T("admin.outbox_lead")), outbox(p))
}

// server says how it stands with the mail server, how much waits, and what becomes of it.
func (rm *Room) server(r *room.Request, boardID string) (serverState, error) {
	s, err := mail.ServerState(r.Ctx(), rm.DB)
	if err != nil {
		return serverState{}, err
	}
	w, err := mail.WaitsOf(r.Ctx(), rm.DB, boardID)
	if err != nil {
		return serverState{}, err
	}
	out := serverState{Waits: r.T.T("admin.waits_few")}
	if n := w.Open + w.Private; n > 0 {
		out.Waits = r.T.T("admin.waits", "n", n)
	}
	if rm.Mails != nil && !rm.Mails() {
		out.Tone, out.Icon, out.Title, out.Why = ui.Mind, "mail", r.T.T("admin.server_none"), r.T.T("admin.fault_none")
		return out, nil
	}
	if s.AwaySince.IsZero() {
		out.Tone, out.Icon, out.Title = ui.Good, "mail", r.T.T("admin.server_there")
		return out, nil
	}
	out.Tone, out.Icon, out.Title = ui.Mind, "mail", r.T.T("admin.server_away", "since", r.T.Moment(s.AwaySince))
	out.Why, out.Whatnext = r.T.T("admin.fault_"+string(s.Fault)), r.T.T("admin.server_next")
	return out, nil
}

// TestMail sends a mail to the person who asks, and says how it went.
func (rm *Room) TestMail(r *room.Request) error {
	d, err := rm.at(r, "outbox")
	if err != nil {
		return err
	}
	if err := d.must(access.Manage, access.Outbox); err != nil {
		return err
	}
	whole, err := rm.Schools.ForBoard(r.Ctx(), r.Who(), d.School)
	if err != nil {
		return err
	}
	if !whole {
		return errs.Absent()
	}
	fault, err := rm.Test(r.Ctx(), r.Known.Person, r.T.T("admin.test_subject"), r.T.T("admin.test_text", "name", school.FirstName(r.Known.Person.Name)))
	if err != nil {
		return err
	}
	return rm.outbox(r, &fault)
}

func kindOf(r *room.Request, kind string) string {
	key := "admin.mail_kind_" + strings.ReplaceAll(kind, ".", "_")
	if r.T.Has(key) {
		return r.T.T(key)
	}
	return r.T.T("admin.mail_kind_usual")
}

// ownMail is a letter as its reader would get it.
type ownMail struct {
	ID, Subject, When string
	Lines             []mailLine
}

// mailLine is a paragraph; Href is set for one that is a link into this house.
type mailLine struct{ Text, Href string }

type mailboxPage struct {
	r    *room.Request
	List []ownMail
}

// Mailbox is the own mailbox of somebody in a demo, where nothing is sent. Elsewhere it is
// not there.
func (rm *Room) Mailbox(r *room.Request) error {
	if !r.House.Demo {
		return errs.Absent()
	}
	if err := access.Must(r.Who(), access.Read, access.Object{Kind: access.Notification, BoardID: r.Who().BoardID, OwnerID: r.Who().ID}); err != nil {
		return err
	}
	list, err := mail.Of(r.Ctx(), rm.DB, r.Who().BoardID, r.Who().ID, 50)
	if err != nil {
		return err
	}
	p := mailboxPage{r: r}
	for _, m := range list {
		v := ownMail{ID: m.ID, Subject: m.Subject, When: r.T.Moment(m.At)}
		for _, text := range strings.Split(strings.TrimSpace(m.Text), "\n\n") {
			l := mailLine{Text: text}
			if strings.HasPrefix(text, r.House.BaseURL+"/") && !strings.ContainsAny(text, " \n") {
				l.Href = strings.TrimPrefix(text, r.House.BaseURL)
			}
			v.Lines = append(v.Lines, l)
		}
		p.List = append(p.List, v)
	}
	h := r.Head(r.T.T("admin.mailbox_title"), "")
	h.Lead = r.T.T("admin.mailbox_lead")
	r.Style(&h, "admin")
	return r.Page(h, mailbox(p))
}
