package account

import (
	"context"
	"net/http"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ics"
	"leerkring/notify"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type mailPage struct {
	r       *room.Request
	Tabs    []ui.Tab
	Monday  []ui.Option
	Email   string
	Feeds   []feedRow
	Name    ui.Field
	Address ui.Field // of a calendar that was made just now
}

type feedRow struct{ ID, Name, Note string }

// Mail is what somebody gets outside these pages: the mail of Monday, and a calendar.
func (rm *Room) Mail(r *room.Request) error { return rm.mail(r, "") }

func (rm *Room) mail(r *room.Request, address string) error {
	on, err := rm.Notify.WantsMonday(r.Ctx(), r.Who().ID)
	if err != nil {
		return err
	}
	feeds, err := rm.Notify.Feeds(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	p := mailPage{r: r, Tabs: tabs(r, "mail"), Email: r.Known.Person.Email}
	for _, v := range []string{"on", "off"} {
		p.Monday = append(p.Monday, ui.Option{Value: v, Text: r.T.T("account.monday_" + v), On: (v == "on") == on})
	}
	for _, f := range feeds {
		p.Feeds = append(p.Feeds, feedRow{f.ID, f.Name, r.T.T("account.feed_since", "date", day(r, r.T.Day(f.MadeAt)))})
	}
	p.Name = r.Field("name", "account.feed_for", "")
	p.Name.Max, p.Name.Hint, p.Name.Required = 60, r.T.T("account.feed_for_hint"), true
	if address != "" {
		p.Address = ui.Field{Name: "address", Label: r.T.T("account.feed_address"), Hint: r.T.T("account.feed_once"), Value: address, Wide: true, Attrs: map[string]any{"readonly": true, "spellcheck": "false"}}
	}
	h := r.Head(r.T.T("menu.account"), "")
	h.Lead = r.T.T("account.mail_lead")
	r.Style(&h, "account")
	return r.Page(h, mail(p))
}

// ChooseMail keeps whether somebody wants the mail of Monday.
func (rm *Room) ChooseMail(r *room.Request) error {
	f := r.Form()
	v := f.Choice("monday", "on", "off")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Mail)
	}
	if v == "" {
		return r.Refused(errs.Invalid("form.choose").On("monday"), rm.Mail)
	}
	if err := rm.Notify.Choose(r.Ctx(), r.Who().ID, v == "on"); err != nil {
		return err
	}
	return r.Said("/account/mail", "account_saved")
}

// MakeFeed makes an address of the own calendar and shows it on this page, this once.
func (rm *Room) MakeFeed(r *room.Request) error {
	f := r.Form()
	name := f.Line("name", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Mail)
	}
	address, err := rm.Notify.MakeFeed(r.Ctx(), r.Who(), name, rm.noted(r, "feed.made"))
	if err != nil {
		return r.Refused(err, rm.Mail)
	}
	r.Typed = nil // the form is for another one
	return rm.mail(r, address)
}

// DropFeed ends one of the own addresses.
func (rm *Room) DropFeed(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Notify.DropFeed(r.Ctx(), r.Who(), id, rm.noted(r, "feed.revoked")); err != nil {
		return err
	}
	return r.Said("/account/mail", "account_feed_revoked")
}

// noted writes in the security log what was done with an address that opens something.
func (rm *Room) noted(r *room.Request, kind string) notify.Also {
	return func(ctx context.Context, tx *db.Tx, feedID string) error {
		return rm.Log.Append(ctx, tx, account.Event{ActorID: r.Who().ID, Kind: kind, ObjectKind: "calendar_feed", ObjectID: feedID, BoardID: r.Who().BoardID, Reach: account.OfAccounts})
	}
}

// Calendar gives the calendar of an address to a program: nobody is signed in there.
func (rm *Room) Calendar(r *room.Request) error {
	raw, err := rm.Notify.Calendar(r.Ctx(), r.Path("file"))
	if err != nil {
		return err
	}
	tag := ics.Tag(raw)
	h := r.W.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache") // asked again each time, and often answered with «nothing new»
	if r.R.Header.Get("If-None-Match") == tag {
		r.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="leerkring.ics"`)
	_, err = r.W.Write(raw)
	return err
}

type stopPage struct {
	r      *room.Request
	Action string
	On     bool
}

// StopForm is the page behind the link below a mail: opening it changes nothing, for mail
// scanners open links too.
func (rm *Room) StopForm(r *room.Request) error {
	x, err := rm.Notify.Stops(r.Ctx(), r.Path("secret"))
	return rm.stop(r, x, err)
}

// StopMail stops the mail of Monday, for the person of the link. A mail program may press
// it too (RFC 8058); it is answered at once and never led on.
func (rm *Room) StopMail(r *room.Request) error {
	x, err := rm.Notify.Stop(r.Ctx(), r.Path("secret"))
	return rm.stop(r, x, err)
}

func (rm *Room) stop(r *room.Request, x notify.Stopping, err error) error {
	if errs.IsAbsent(err) {
		return r.Render(http.StatusNotFound, ui.BarePage(rm.bare(r, r.T.T("account.link_dead")), deadStop(r)))
	}
	if err != nil {
		return err
	}
	if x.Language != "" {
		r.Speak(x.Language)
	}
	title := r.T.T("account.stop_done")
	if x.On {
		title = r.T.T("account.stop_title")
	}
	return r.Render(http.StatusOK, ui.BarePage(rm.bare(r, title), stopForm(stopPage{r: r, Action: notify.StopPath + r.Path("secret"), On: x.On})))
}
