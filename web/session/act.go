package session

import (
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// do carries out one act and goes back to the page that it came from. said is what the page tells
// after it; "" tells nothing, because the page shows it.
func (rm *Room) do(r *room.Request, said string, act func(id string) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	back, again := "/sessions/"+id, rm.Show
	if r.Form().Typed("from") == "board" {
		back, again = back+"/board", rm.Board
	}
	if err := act(id); err != nil {
		return r.Refused(err, again)
	}
	if said == "" {
		return r.Go(back)
	}
	return r.Said(back, said)
}

// step is the step that the page showed.
func step(r *room.Request) int { return r.Form().Int("step", 0, 10_000) }

// Join comes in.
func (rm *Room) Join(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		return rm.Sessions.Join(r.Ctx(), r.Who(), id, r.Form().Bool("confirm"))
	})
}

// Leave goes out.
func (rm *Room) Leave(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Sessions.Leave(r.Ctx(), r.Who(), id); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/sessions", "session_left")
}

// Here says for somebody in the room that they are there, or not.
func (rm *Room) Here(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		person, here, sure := f.ID("person"), f.Typed("here") == "yes", f.Bool("confirm")
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Sessions.Here(r.Ctx(), r.Who(), id, person, here, sure)
	})
}

// Role gives somebody a role.
func (rm *Room) Role(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		person, role := f.ID("person"), f.Line("role", 60)
		if err := f.Err(); err != nil {
			return err
		}
		if person == "" && f.Has("person") { // nobody has it any more
			return rm.Sessions.DropRole(r.Ctx(), r.Who(), id, role)
		}
		if person == "" {
			person = r.Who().ID
		}
		return rm.Sessions.TakeRole(r.Ctx(), r.Who(), id, person, role)
	})
}

// TakeOver makes the person asking lead.
func (rm *Room) TakeOver(r *room.Request) error {
	return rm.do(r, "session_taken_over", func(id string) error { return rm.Sessions.TakeOver(r.Ctx(), r.Who(), id) })
}

// Ask asks more people.
func (rm *Room) Ask(r *room.Request) error {
	return rm.do(r, "session_asked", func(id string) error {
		f := r.Form()
		people := f.IDs("people", 160)
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Sessions.Ask(r.Ctx(), r.Who(), id, people)
	})
}

// Begin starts the session.
func (rm *Room) Begin(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Begin(r.Ctx(), r.Who(), id) })
}

// Next goes to the next step, from the one that the page showed.
func (rm *Room) Next(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Next(r.Ctx(), r.Who(), id, step(r)) })
}

// Back goes back to an earlier step.
func (rm *Room) Back(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		return rm.Sessions.Back(r.Ctx(), r.Who(), id, r.Form().Line("to", 60), step(r))
	})
}

// More adds two minutes.
func (rm *Room) More(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.More(r.Ctx(), r.Who(), id, step(r)) })
}

// Pause lets the clock rest.
func (rm *Room) Pause(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Pause(r.Ctx(), r.Who(), id) })
}

// Stop lets the clock rest for everybody, without a name.
func (rm *Room) Stop(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Stop(r.Ctx(), r.Who(), id) })
}

// Resume lets the clock run on.
func (rm *Room) Resume(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Resume(r.Ctx(), r.Who(), id) })
}

// PassOn gives the turn to the next; with pass nothing was said.
func (rm *Room) PassOn(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		return rm.Sessions.PassOn(r.Ctx(), r.Who(), id, f.Typed("of"), f.Typed("pass") == "yes")
	})
}

// Hand raises a hand or takes it down.
func (rm *Room) Hand(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		person, up := f.ID("person"), f.Typed("up") == "yes"
		if err := f.Err(); err != nil {
			return err
		}
		if person == "" {
			person = r.Who().ID
		}
		return rm.Sessions.Hand(r.Ctx(), r.Who(), id, person, up)
	})
}

// Ready says that somebody is done with writing, or not yet.
func (rm *Room) Ready(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		return rm.Sessions.Ready(r.Ctx(), r.Who(), id, r.Form().Typed("done") == "yes")
	})
}

// Write keeps what somebody wrote in a field.
func (rm *Room) Write(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		field, text, version := f.Line("field", 80), f.ID("text"), f.Int("version", 0, 1<<30)
		body, choice := f.Text("body", 8000), f.Line("choice", 80)
		if err := f.Err(); err != nil {
			return err
		}
		_, err := rm.Sessions.Write(r.Ctx(), r.Who(), id, field, text, version, body, choice)
		return onBody(err)
	})
}

// onBody puts the refusals of a field on the one box that its form has.
func onBody(err error) error {
	if !errs.Is(err, errs.KindInvalid) {
		return err
	}
	var out []error
	for _, f := range errs.FieldsOf(err) {
		name := f.Name
		if name != "" {
			name = "body"
		}
		out = append(out, errs.Invalid(f.Key, f.Args...).On(name))
	}
	return errs.Join(out...)
}

// Withdraw takes somebody's own words away.
func (rm *Room) Withdraw(r *room.Request) error { return rm.onText(r, "", rm.withdraw) }

func (rm *Room) withdraw(r *room.Request, id, text string) error {
	return rm.Sessions.Withdraw(r.Ctx(), r.Who(), id, text)
}

// Keep lets somebody's own words stay after the end date, or go with the rest.
func (rm *Room) Keep(r *room.Request) error { return rm.onText(r, "", rm.keep) }

func (rm *Room) keep(r *room.Request, id, text string) error {
	return rm.Sessions.Keep(r.Ctx(), r.Who(), id, text, r.Form().Typed("keep") == "yes")
}

// Mark votes for a text or puts a word on it.
func (rm *Room) Mark(r *room.Request) error { return rm.onText(r, "", rm.mark) }

func (rm *Room) mark(r *room.Request, id, text string) error {
	return rm.Sessions.Mark(r.Ctx(), r.Who(), id, text, r.Form().Line("mark", 80))
}

func (rm *Room) onText(r *room.Request, said string, act func(r *room.Request, id, text string) error) error {
	text, err := r.ID("text")
	if err != nil {
		return err
	}
	return rm.do(r, said, func(id string) error { return act(r, id, text) })
}

// Close ends the session.
func (rm *Room) Close(r *room.Request) error {
	return rm.do(r, "", func(id string) error { return rm.Sessions.Close(r.Ctx(), r.Who(), id) })
}

// Cancel takes it off the calendar.
func (rm *Room) Cancel(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Sessions.Cancel(r.Ctx(), r.Who(), id); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/sessions", "session_cancelled")
}

// LetGo shares words further than the circle.
func (rm *Room) LetGo(r *room.Request) error {
	return rm.do(r, "session_let_go", func(id string) error {
		f := r.Form()
		kind, body, to := f.Choice("kind", "insight", "agreement"), f.Text("body", 4000), f.ID("trajectory")
		if err := f.Err(); err != nil {
			return err
		}
		_, err := rm.Sessions.LetGo(r.Ctx(), r.Who(), id, kind, body, to)
		return err
	})
}

// TakeBack takes back what somebody let go.
func (rm *Room) TakeBack(r *room.Request) error {
	release, err := r.ID("release")
	if err != nil {
		return err
	}
	return rm.do(r, "session_taken_back", func(id string) error { return rm.Sessions.TakeBack(r.Ctx(), r.Who(), id, release) })
}
