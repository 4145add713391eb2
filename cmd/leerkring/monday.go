package main

import (
	"context"
	"errors"
	"time"

	"leerkring/block/meeting"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/i18n"
	"leerkring/internal/ics"
	"leerkring/internal/ident"
	"leerkring/internal/job"
	"leerkring/internal/mail"
	"leerkring/method"
	"leerkring/notify"
	"leerkring/school"
	"leerkring/task"
	"leerkring/week"
)

// textsFor are the sentences in the language of a person, with the words of the school.
func (h *house) textsFor(k school.Known) *i18n.Texts {
	sc := k.Home()
	lang := k.Person.Language
	if lang == "" {
		lang = sc.Language
	}
	return h.catalog.Texts(lang, h.wordsFor(k).All(), sc.Location())
}

// ownWeek gives the mail of Monday what stands in Mijn week, two floors up.
type ownWeek struct{ h *house }

// Open reads somebody's week with the rights of this moment.
func (o ownWeek) Open(ctx context.Context, k school.Known) (notify.Week, error) {
	w, err := o.h.weeks.Of(ctx, k)
	if err != nil {
		return notify.Week{}, err
	}
	out := outside(w, o.h.textsFor(k))
	if w.Quiet == "" {
		err = o.starting(ctx, k, w.Calendar, &out)
	}
	return out, err
}

// starting adds what stands beside the week of who is new and of who helps them. One query when nobody is new.
func (o ownWeek) starting(ctx context.Context, k school.Known, home school.Calendar, out *notify.Week) error {
	list, err := o.h.schools.Newcomers(ctx, k, home)
	for _, n := range list {
		switch {
		case n.Helps:
			out.Helps = append(out.Helps, school.FirstName(n.Name))
		case n.Mine && !n.Settled && out.Start == nil:
			out.Start = &notify.Start{Helper: n.Helper.Name}
			pages, err := o.h.blocks.agreements.ForNewcomer(ctx, k.Who, n.SchoolID)
			if err != nil {
				return err
			}
			for _, p := range pages {
				if !p.Signed {
					out.Start.Read = append(out.Start.Read, p.Title)
				}
			}
		}
	}
	return err
}

// outside leaves of what is very private nothing but that something is ready.
func outside(w week.Week, t *i18n.Texts) notify.Week {
	out := notify.Week{Texts: t, Today: w.Today}
	if w.Quiet == "busy" {
		out.Busy = w.Name
	}
	for _, a := range w.Asks {
		if a.Private {
			out.Private = true
			continue
		}
		out.Asked = append(out.Asked, notify.Asked{Text: t.T(a.TextKey, a.Args...), Voice: a.Voice, Why: t.T(a.WhyKey, a.WhyArgs...), Do: t.T(a.DoKey, a.DoArgs...), Link: a.Link,
			Minutes: a.Minutes, DueOn: a.DueOn, LastOn: a.LastOn, Task: a.Kind == week.Task && a.Own, Decides: a.Kind == week.Decide && a.Closing})
	}
	return out
}

// diary gives a private calendar what a person's work has a day for.
type diary struct{ h *house }

// Texts are the words of a calendar.
func (d diary) Texts(k school.Known) *i18n.Texts { return d.h.textsFor(k) }

// Events reads the hours, sessions, counting moments, looks at agreements, last days of
// decisions and tasks of a person, with the rights of this moment.
func (d diary) Events(ctx context.Context, k school.Known, from, to clock.Date) ([]ics.Event, error) {
	t := d.h.textsFor(k)
	today := clock.On(d.h.clock.Now(), t.Zone())
	var out []ics.Event
	for _, read := range []func(context.Context, school.Known, *i18n.Texts, clock.Date, clock.Date, clock.Date) ([]ics.Event, error){d.hours, d.sessions, d.moments, d.looks, d.lastDays, d.tasks} {
		list, err := read(ctx, k, t, today, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (d diary) hours(ctx context.Context, k school.Known, t *i18n.Texts, today, from, to clock.Date) ([]ics.Event, error) {
	list, err := d.h.blocks.meetings.Diary(ctx, d.h.db, k.Who, today, from.At(0, 0, t.Zone()), to.Add(1).At(0, 0, t.Zone()))
	out := make([]ics.Event, len(list))
	for i, m := range list {
		out[i] = ics.Event{UID: "meeting-" + m.ID, Sequence: m.Version, Start: m.StartsAt, End: m.Ends(), Title: m.Title, Place: m.Place, Link: hourPath(m), Made: m.MadeAt, Cancelled: m.State == meeting.Cancelled}
		if m.Bring != "" {
			out[i].Note = t.T("week.hour_bring", "what", m.Bring)
		}
	}
	return out, err
}

// sessionLasts is how long a calendar keeps free for a session whose pack does not say.
const sessionLasts = time.Hour

// sessions are shown by name only when the circle is no secret: of a closed one, that the
// person is taken up.
func (d diary) sessions(ctx context.Context, k school.Known, t *i18n.Texts, _, from, to clock.Date) ([]ics.Event, error) {
	list, err := d.h.blocks.sessions.Diary(ctx, k.Who, from.At(0, 0, t.Zone()), to.Add(1).At(0, 0, t.Zone()))
	if err != nil {
		return nil, err
	}
	words := d.h.wordsFor(k)
	out := make([]ics.Event, len(list))
	for i, x := range list {
		lasts := sessionLasts
		if n := x.Pack.Minutes(); n > 0 {
			lasts = time.Duration(n) * time.Minute
		}
		e := ics.Event{UID: "event-" + ident.Hash("calendar " + x.ID)[:ident.Length], Sequence: x.Version, Start: x.StartsAt, End: x.StartsAt.Add(lasts), Made: x.MadeAt, Cancelled: x.State == session.Cancelled}
		if x.Circle == method.CircleTeam || x.Circle == method.CircleSchool {
			e.Title, e.Place, e.Link = words.Render(x.Pack.Name), x.Place, "/sessions/"+x.ID
			if x.Title != "" {
				e.Title += ": " + x.Title
			}
		} else {
			e.Title, e.Private = t.T("notify.busy"), true
		}
		out[i] = e
	}
	return out, nil
}

func (d diary) moments(ctx context.Context, k school.Known, t *i18n.Texts, _, from, to clock.Date) ([]ics.Event, error) {
	list, err := d.h.blocks.monitors.Coming(ctx, k.Who, from, to)
	out := make([]ics.Event, len(list))
	for i, m := range list {
		out[i] = ics.Event{UID: "moment-" + m.MomentID, Sequence: m.Version, On: m.On, Title: t.T("notify.due_monitor", "what", m.Title), Link: "/trajectories/" + m.TrajectoryID + "/moments/" + m.MomentID, Free: true}
	}
	return out, err
}

func (d diary) looks(ctx context.Context, k school.Known, t *i18n.Texts, today, from, to clock.Date) ([]ics.Event, error) {
	list, err := d.h.blocks.agreements.Diary(ctx, k.Who, today, from, to)
	out := make([]ics.Event, len(list))
	for i, a := range list {
		out[i] = ics.Event{UID: "agreement-" + a.TrajectoryID, Sequence: a.Version, On: a.On, Title: t.T("notify.due_review", "what", a.Title), Link: "/trajectories/" + a.TrajectoryID + "/agreement", Free: true}
	}
	return out, err
}

func (d diary) lastDays(ctx context.Context, k school.Known, t *i18n.Texts, today, from, to clock.Date) ([]ics.Event, error) {
	list, err := d.h.blocks.decisions.Diary(ctx, k.Who, today, from, to)
	out := make([]ics.Event, len(list))
	for i, x := range list {
		out[i] = ics.Event{UID: "decision-" + x.DecisionID, On: x.On, Title: t.T("notify.due_decision", "what", x.Title), Link: "/trajectories/" + x.TrajectoryID + "/decisions/" + x.DecisionID, Cancelled: x.Early, Free: true}
		if x.Early {
			out[i].Sequence = 1
		}
	}
	return out, err
}

func (d diary) tasks(ctx context.Context, k school.Known, t *i18n.Texts, _, from, to clock.Date) ([]ics.Event, error) {
	list, err := task.Mine(ctx, d.h.db, k.Who)
	var out []ics.Event
	for _, x := range list {
		if x.DueOn >= from && x.DueOn <= to {
			out = append(out, ics.Event{UID: "task-" + x.ID, Sequence: x.Version, On: x.DueOn, Title: t.T("notify.due_task", "what", x.Body), Link: "/week", Made: x.MadeAt, Free: true})
		}
	}
	return out, err
}

// mondays plans the mail of Monday. It has its own runner: on a Monday morning a link to
// come in by does not wait behind it.
func (h *house) mondays() {
	h.jobs.Handle(notify.KindLook, h.notify.Look)
	h.jobs.Repeat(notify.KindLook, notify.LookEvery)
	h.jobs.Handle(notify.KindSchool, h.notify.School)
}

// manySenders is how many of the mails of Monday go at the same moment.
const manySenders = 2

// posts connects the outbox to a mail server.
func (h *house) posts(t mail.Transport) {
	s := mail.NewSender(h.db, h.clock, t, h.mayGetMail)
	s.Builds(notify.KindWeek, h.notify.Build)
	h.jobs.Handle(mail.KindSend, s.Send)
	h.many = job.NewRunner(h.db, h.clock, h.set.Log, manySenders)
	h.many.Handle(mail.KindMany, s.Send)
	h.transport = t
}

// testEvery is how long there is between two test mails: the button is for people.
const testEvery = 20 * time.Second

// testMail sends a mail to whoever looks after the house, now and not by the queue, and
// tells what was wrong: a word of a closed list, "" when it went.
func (h *house) testMail(ctx context.Context, to school.Person, subject, text string) (mail.Fault, error) {
	if h.transport == nil {
		return "none", nil
	}
	now := h.clock.Now()
	if tried, err := mail.Testing(ctx, h.db, now, testEvery); err != nil || !tried {
		return "again", err
	}
	address, err := mail.Address(to.Email)
	if err != nil {
		return mail.FaultOther, nil
	}
	err = h.transport.Deliver(ctx, mail.Message{ID: ident.At(now), At: now, Address: address, Name: to.Name, Subject: subject, Text: text}, nil)
	if err != nil {
		if errors.Is(err, mail.ErrRefused) {
			return "refused", nil
		}
		return mail.FaultOf(err), nil
	}
	return "", mail.Reached(ctx, h.db, now)
}
