package newcomer

import (
	"cmp"

	"leerkring/web/room"
)

// Name names who helps.
func (rm *Room) Name(r *room.Request) error {
	f := r.Form()
	helper, was, again := f.ID("helper"), f.ID("was"), rm.List
	if f.Bool("chosen") {
		again = rm.Form
	}
	return rm.act(r, Path, "newcomer_named", again, func(schoolID, id string) error {
		return rm.Schools.NameHelper(r.Ctx(), r.Who(), schoolID, id, helper, was)
	})
}

// Offer makes the person asking the one who helps.
func (rm *Room) Offer(r *room.Request) error {
	return rm.act(r, "/week", "newcomer_offered", rm.List, func(schoolID, id string) error {
		return rm.Schools.OfferHelp(r.Ctx(), r.Who(), schoolID, id)
	})
}

// Stop ends it: by who helps, or by who is new.
func (rm *Room) Stop(r *room.Request) error {
	to, said := "/week", "newcomer_stopped"
	if r.Path("person") == r.Who().ID {
		to, said = Path, "newcomer_settled" // there it can be taken back
	}
	return rm.act(r, to, said, rm.List, func(schoolID, id string) error {
		return rm.Schools.StopHelp(r.Ctx(), r.Who(), schoolID, id)
	})
}

// Again takes back that the person asking knows the way.
func (rm *Room) Again(r *room.Request) error {
	return rm.act(r, "/week", "newcomer_again", rm.List, func(schoolID, _ string) error {
		return rm.Schools.HelpAgain(r.Ctx(), r.Who(), schoolID)
	})
}

// act does something about the newcomer of the address, at the school of the form; a form that
// does not say one is about the first school of the person asking.
func (rm *Room) act(r *room.Request, to, said string, again room.Handler, do func(schoolID, id string) error) error {
	id, err := r.ID("person")
	if err != nil {
		return err
	}
	f := r.Form()
	at := cmp.Or(f.ID("school"), r.School().ID)
	if err := f.Err(); err != nil {
		return r.Refused(err, again)
	}
	if err := do(at, id); err != nil {
		return r.Refused(err, again)
	}
	return r.Said(to, said)
}
