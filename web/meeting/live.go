package meeting

import (
	"strings"

	"leerkring/block/agreement"
	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// Begin starts the hour.
func (rm *Room) Begin(r *room.Request) error {
	return rm.do(r, "", func(a *at) error { return rm.Meetings.Begin(r.Ctx(), r.Who(), a.ID, a.Meeting) })
}

// NotYet takes back that the hour began.
func (rm *Room) NotYet(r *room.Request) error {
	return rm.do(r, "meeting_not_yet", func(a *at) error { return rm.Meetings.NotYet(r.Ctx(), r.Who(), a.ID, a.Meeting) })
}

// Next goes on to the next item, from the one that the page showed.
func (rm *Room) Next(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		return rm.Meetings.GoOn(r.Ctx(), r.Who(), a.ID, a.Meeting, r.Form().Typed("item"))
	})
}

// Go goes to any item.
func (rm *Room) Go(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		return rm.Meetings.GoTo(r.Ctx(), r.Who(), a.ID, a.Meeting, r.Form().Typed("item"))
	})
}

// Time gives the present item more minutes.
func (rm *Room) Time(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		f := r.Form()
		minutes := f.Int("minutes", -60, 60)
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Meetings.MoreTime(r.Ctx(), r.Who(), a.ID, a.Meeting, f.Typed("item"), minutes)
	})
}

// TakeOver makes the person asking lead the hour.
func (rm *Room) TakeOver(r *room.Request) error {
	return rm.do(r, "meeting_taken_over", func(a *at) error { return rm.Meetings.TakeOver(r.Ctx(), r.Who(), a.ID, a.Meeting) })
}

// Note brings something in.
func (rm *Room) Note(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		f := r.Form()
		n := meeting.NewNote{ItemID: f.ID("item"), Body: f.Text("note", 4000), SaidBy: f.Line("said_by", 60)}
		if err := f.Err(); err != nil {
			return err
		}
		if n.SaidBy == "me" {
			n.SaidBy = meeting.ByWriter
		}
		a.writesOn("note")
		_, err := rm.Meetings.AddNote(r.Ctx(), r.Who(), a.ID, a.Meeting, n)
		return err
	})
}

// Withdraw takes somebody's own words away.
func (rm *Room) Withdraw(r *room.Request) error {
	note, err := r.ID("note")
	if err != nil {
		return err
	}
	return rm.do(r, "meeting_note_withdrawn", func(a *at) error {
		return rm.Meetings.WithdrawNote(r.Ctx(), r.Who(), a.ID, a.Meeting, note)
	})
}

// Agree settles what the group always does from now on.
func (rm *Room) Agree(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		f := r.Form()
		body := f.Line("agreement", 400)
		if err := f.Err(); err != nil {
			return err
		}
		a.writesOn("agreement")
		return onField(rm.Meetings.AddAgreement(r.Ctx(), r.Who(), a.ID, a.Meeting, rm.we(r, body)), "agreement")
	})
}

// we puts the word that the page shows before the field back in the sentence.
func (rm *Room) we(r *room.Request, body string) string {
	first, _, _ := strings.Cut(strings.ToLower(body), " ")
	if body == "" || first == "we" || first == "wij" {
		return body
	}
	return r.T.T("meeting.we_do", "what", strings.TrimSuffix(body, "."))
}

// Task gives one person something to do by a date.
func (rm *Room) Task(r *room.Request) error {
	return rm.do(r, "", func(a *at) error {
		a.writesOn("task")
		return rm.addTask(r, a)
	})
}

func (rm *Room) addTask(r *room.Request, a *at) error {
	f := r.Form()
	owner, what, due := f.ID("owner"), f.Line("task", 600), f.Date("due")
	if err := f.Err(); err != nil {
		return err
	}
	err := rm.Meetings.AddTask(r.Ctx(), r.Who(), a.ID, a.Meeting, owner, what, due)
	return renamed(err, "body", "task")
}

// onField puts the refusals of another room on the field of this form.
func onField(err error, field string) error { return renamed(err, "", field) }

// renamed returns a refusal whose field is called otherwise in this form; "" renames all.
func renamed(err error, from, to string) error {
	if !errs.Is(err, errs.KindInvalid) {
		return err
	}
	var out []error
	for _, f := range errs.FieldsOf(err) {
		name := f.Name
		if name == from || from == "" {
			name = to
		}
		out = append(out, errs.Invalid(f.Key, f.Args...).On(name))
	}
	return errs.Join(out...)
}

// Kept says how an agreement of last time went.
func (rm *Room) Kept(r *room.Request) error {
	p, err := rm.open(r)
	if err != nil {
		return err
	}
	return rm.do(r, "", func(a *at) error {
		f := r.Form()
		id, kept := f.ID("agreement"), f.Choice("kept", "met", "partly", "open")
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Agreements.HowItWent(r.Ctx(), r.Who(), a.ID, p.Seen.Today(), map[string]agreement.Kept{id: agreement.Kept(kept)})
	})
}

// Close ends the hour; a next step that was asked for goes first.
func (rm *Room) Close(r *room.Request) error {
	return rm.do(r, "meeting_closed", func(a *at) error {
		f := r.Form()
		a.Again = rm.CloseForm
		present := f.IDs("present", 100)
		if err := f.Err(); err != nil {
			return err
		}
		if f.Line("task", 600) != "" {
			if err := rm.addTask(r, a); err != nil {
				return err
			}
		}
		a.Back = a.Path
		return rm.Meetings.Close(r.Ctx(), r.Who(), a.ID, a.Meeting, present)
	})
}
