package session

import (
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
)

// HasOffers reports whether people choose at this event.
func (s Seen) HasOffers() bool { return len(s.Pack.Session.Offers.Rounds) > 0 }

// Organises reports whether the person asking makes the programme: who planned the event, and whom
// they asked along. Who only leads the day does not: anybody may take that over.
func (s Seen) Organises() bool {
	return s.HasOffers() && (s.MadeBy == s.Who.ID || s.Me.Role == RoleOrganiser && s.Me.State != Out)
}

// On is the day of the event.
func (s Seen) On() clock.Date { return clock.On(s.StartsAt, s.Zone) }

// choice is what somebody chose, as the rights see it.
func (s Seen) choice(personID string) access.Object {
	o := access.Object{Kind: access.SessionChoice, BoardID: s.BoardID, OwnerID: personID, Closed: s.State.Over()}
	switch {
	case s.Organises():
		o.MyRole = access.AsLead
	case s.Me.PersonID == "" || s.Me.State == Out:
	case s.Who.Kind == access.Guest:
		o.MyRole = access.AsGuest
	default:
		o.MyRole = access.AsMember
	}
	return o
}

// tends reports whether the person asking may change an offer: who hosts or proposed it, and who
// organises.
func (s Seen) tends(o Offer) bool {
	return s.Organises() || s.May(access.Edit) && (o.MadeBy == s.Who.ID || o.HostedBy(s.Who.ID))
}

// Programme is what one person sees of the offers of an event.
type Programme struct {
	Seen
	Offers  []Offer
	Choices []Choice       // the person's own; all of them for who organises
	Taken   map[string]int // how many places are taken, by AtRound
	all     []Choice
}

// AtRound is the key of an offer in a round.
func AtRound(offerID, round string) string { return offerID + " " + round }

// Programme reads the offers of an event. Who: who may know of the event. A proposal is seen by its
// hosts and who organises; what somebody chose by themselves and who organises.
func (s *Service) Programme(ctx context.Context, who access.Who, id string) (Programme, error) {
	seen, err := s.Reach(ctx, s.db, who, id)
	if err != nil {
		return Programme{}, err
	}
	if !seen.HasOffers() {
		return Programme{}, errs.Absent()
	}
	offers, err := offersOf(ctx, s.db, id)
	if err != nil {
		return Programme{Seen: seen}, err
	}
	choices, err := choicesOf(ctx, s.db, id)
	return seen.Programme(offers, choices), err
}

// Programme lays the offers and choices of an event out for one person.
func (s Seen) Programme(offers []Offer, choices []Choice) Programme {
	p := Programme{Seen: s, Taken: map[string]int{}, all: choices}
	for _, c := range choices {
		if c.Seat > 0 {
			p.Taken[AtRound(c.OfferID, c.Round)]++
		}
		if access.May(s.Who, access.Read, s.choice(c.PersonID)) {
			p.Choices = append(p.Choices, c)
		}
	}
	for _, o := range offers {
		chose := slices.ContainsFunc(choices, func(c Choice) bool { return c.OfferID == o.ID && c.PersonID == s.Who.ID })
		if o.State == Open || s.tends(o) || chose {
			p.Offers = append(p.Offers, o)
		}
	}
	return p
}

// Offer finds an offer that the person asking may see.
func (p Programme) Offer(id string) (Offer, bool) {
	i := slices.IndexFunc(p.Offers, func(o Offer) bool { return o.ID == id })
	if i < 0 {
		return Offer{}, false
	}
	return p.Offers[i], true
}

// Tends reports whether the person asking may change an offer.
func (p Programme) Tends(o Offer) bool { return !p.State.Over() && p.tends(o) }

// Chooses reports whether the person asking can choose now.
func (p Programme) Chooses() bool { return access.May(p.Who, access.Create, p.choice(p.Who.ID)) }

// Free is how many places are left.
func (p Programme) Free(o Offer, round string) int {
	return max(0, o.Places-p.Taken[AtRound(o.ID, round)])
}

// Running are the open offers of a round.
func (p Programme) Running(round string) []Offer {
	return slices.DeleteFunc(slices.Clone(p.Offers), func(o Offer) bool { return o.State != Open || !o.In(round) })
}

// Mine are the person's own wishes in a round, the best first.
func (p Programme) Mine(round string) []Choice {
	out := slices.DeleteFunc(slices.Clone(p.Choices), func(c Choice) bool { return c.PersonID != p.Who.ID || c.Round != round })
	slices.SortFunc(out, func(a, b Choice) int { return a.Wish - b.Wish })
	return out
}

// MyPlace is what came of the person's wishes in a round.
func (p Programme) MyPlace(round string) Outcome { return OutcomeOf(p.all, p.Who.ID, round) }

// MyLine is where the person waits for an offer, 0 when they do not.
func (p Programme) MyLine(offerID, round string) int { return InLine(p.all, p.Who.ID, offerID, round) }

// Hosting is what the person hosts in a round; alone says that they cannot choose then.
func (p Programme) Hosting(round string) (o Offer, alone, ok bool) {
	for _, x := range p.Running(round) {
		if x.HostedBy(p.Who.ID) {
			return x, len(x.Hosts) == 1, true
		}
	}
	return Offer{}, false, false
}

// Seated are who have a place at an offer in a round. Who: who organises; for others it is empty.
func (p Programme) Seated(offerID, round string) []string {
	var out []string
	for _, x := range p.People {
		if p.Organises() && slices.ContainsFunc(p.Choices, func(c Choice) bool {
			return c.PersonID == x.PersonID && c.OfferID == offerID && c.Round == round && c.Seat > 0
		}) {
			out = append(out, x.PersonID)
		}
	}
	return out
}

// Nowhere are who have no place in a round yet and host nothing then. Who: who organises.
func (p Programme) Nowhere(round string) []string {
	if !p.Organises() {
		return nil
	}
	var out []string
	for _, x := range p.People {
		hosts := slices.ContainsFunc(p.Running(round), func(o Offer) bool { return o.HostedBy(x.PersonID) })
		if x.State != Out && !hosts && OutcomeOf(p.all, x.PersonID, round).OfferID == "" {
			out = append(out, x.PersonID)
		}
	}
	return out
}

// Short is how many people find no place in a round.
func (p Programme) Short(round string) int {
	var people []string
	for _, x := range p.People {
		if x.State != Out {
			people = append(people, x.PersonID)
		}
	}
	return Short(p.Offers, round, people)
}

// arranging is an act on the offers of an event, alone.
func (s *Service) arranging(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen, offers []Offer) error) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		ctx := db.Afresh(ctx)
		if err := db.Lock(ctx, tx, "session", id); err != nil {
			return err
		}
		seen, err := s.Reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case !seen.HasOffers():
			return errs.Absent()
		case seen.State.Over():
			return errs.Invalid("session.over")
		}
		offers, err := offersOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return f(tx, seen, offers)
	})
	return errs.Because(err, "arrange session %s", id)
}

// told writes that the programme changed.
func told(ctx context.Context, tx *db.Tx, seen Seen) error {
	return record(ctx, tx, seen.Session, seen.Who.ID, eventChanged, seen.Version, seen.Version, seen.Now)
}

// Propose offers a table or workshop. Who proposes hosts it unless somebody else is named. Who: who
// takes part. Returns its id.
func (s *Service) Propose(ctx context.Context, who access.Who, id string, o Offer) (string, error) {
	err := s.arranging(ctx, who, id, func(tx *db.Tx, seen Seen, offers []Offer) error {
		if seen.Me.PersonID == "" && !seen.Organises() {
			return errs.Absent()
		}
		if err := access.Must(who, access.Edit, seen.object()); err != nil {
			return err
		}
		if len(offers) >= maxOffers {
			return errs.Invalid("session.offers_full", "max", maxOffers)
		}
		o = tidy(seen.Pack, o)
		if len(o.Hosts) == 0 {
			o.Hosts = []string{who.ID}
		}
		if err := errs.Join(o.Check(seen.Pack, seen.On()), known(seen, o.Hosts)); err != nil {
			return err
		}
		o.ID, o.SessionID, o.State, o.MadeBy, o.MadeAt = ident.At(seen.Now), id, Proposed, who.ID, seen.Now
		if err := insertOffer(ctx, tx, o); err != nil {
			return err
		}
		return told(ctx, tx, seen)
	})
	return o.ID, err
}

// tidy keeps what the pack asks, and nothing else.
func tidy(pack *method.Pack, o Offer) Offer {
	o.Title, o.About, o.Room, o.FollowText = strings.TrimSpace(o.Title), strings.TrimSpace(o.About), strings.TrimSpace(o.Room), strings.TrimSpace(o.FollowText)
	answers := map[string]string{}
	for _, f := range pack.Session.Offers.Asks {
		answers[f.ID] = strings.TrimSpace(o.Answers[f.ID])
	}
	o.Answers = answers
	return o
}

// known refuses hosts who are not asked to the event.
func known(seen Seen, hosts []string) error {
	for _, id := range hosts {
		if p, ok := seen.People.Find(id); !ok || p.State == Out {
			return errs.Invalid("session.offer_host_here").On("hosts")
		}
	}
	return nil
}

// ChangeOffer changes what an offer says. version is the one that the page showed. A place that somebody
// has is not taken away by it. Who: its hosts, and who organises.
func (s *Service) ChangeOffer(ctx context.Context, who access.Who, id, offerID string, version int, to Offer) error {
	return s.tending(ctx, who, id, offerID, func(tx *db.Tx, seen Seen, offers []Offer, at int) error {
		old := offers[at]
		if old.Version != version {
			return errs.Conflict("form.changed_meanwhile")
		}
		to = tidy(seen.Pack, to)
		to.ID, to.SessionID, to.State, to.MadeBy, to.MadeAt = old.ID, old.SessionID, old.State, old.MadeBy, old.MadeAt
		if err := errs.Join(to.Check(seen.Pack, seen.On()), known(seen, to.Hosts)); err != nil {
			return err
		}
		if old.State == Open && len(to.Lacks(seen.Pack)) > 0 {
			return lacking(seen.Pack, to)
		}
		choices, err := choicesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, c := range choices {
			if c.OfferID == old.ID && c.Seat > 0 && (c.Seat > to.Places || !to.In(c.Round)) {
				return errs.Invalid("session.offer_taken").On("places")
			}
		}
		offers[at] = to
		if err := updateOffer(ctx, tx, to); err != nil {
			return err
		}
		return refill(ctx, tx, id, offers, choices)
	})
}

// tending is an act on one offer of who may change it.
func (s *Service) tending(ctx context.Context, who access.Who, id, offerID string, f func(tx *db.Tx, seen Seen, offers []Offer, at int) error) error {
	return s.arranging(ctx, who, id, func(tx *db.Tx, seen Seen, offers []Offer) error {
		at := slices.IndexFunc(offers, func(o Offer) bool { return o.ID == offerID })
		if at < 0 || !seen.tends(offers[at]) {
			return errs.Absent()
		}
		if err := f(tx, seen, offers, at); err != nil {
			return err
		}
		return told(ctx, tx, seen)
	})
}

// lacking says which fields of an offer are still empty.
func lacking(pack *method.Pack, o Offer) error {
	var refused []error
	for _, field := range o.Lacks(pack) {
		refused = append(refused, errs.Invalid("session.offer_lacks").On(field))
	}
	return errs.Join(refused...)
}

func refill(ctx context.Context, tx *db.Tx, sessionID string, offers []Offer, choices []Choice) error {
	return putChoices(ctx, tx, sessionID, choices, Fill(offers, choices))
}

// OpenOffer puts an offer in the programme, so that people can choose it. Nothing of what the pack asks
// may be missing, nor what follows. Who: who organises.
func (s *Service) OpenOffer(ctx context.Context, who access.Who, id, offerID string) error {
	return s.tending(ctx, who, id, offerID, func(tx *db.Tx, seen Seen, offers []Offer, at int) error {
		switch {
		case !seen.Organises():
			return errs.Absent()
		case len(offers[at].Lacks(seen.Pack)) > 0:
			return errs.Invalid("session.offer_not_ready")
		}
		offers[at].State = Open
		if err := updateOffer(ctx, tx, offers[at]); err != nil {
			return err
		}
		choices, err := choicesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return refill(ctx, tx, id, offers, choices)
	})
}

// OpenReady puts every offer that is ready in the programme at once, so that nobody can choose before
// the others. Who: who organises. Returns how many.
func (s *Service) OpenReady(ctx context.Context, who access.Who, id string) (int, error) {
	n := 0
	err := s.arranging(ctx, who, id, func(tx *db.Tx, seen Seen, offers []Offer) error {
		if !seen.Organises() {
			return errs.Absent()
		}
		for _, o := range offers {
			if o.State != Proposed || len(o.Lacks(seen.Pack)) > 0 {
				continue
			}
			o.State = Open
			if err := updateOffer(ctx, tx, o); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return errs.Invalid("session.offer_not_ready")
		}
		return told(ctx, tx, seen)
	})
	return n, err
}

// DropOffer takes an offer out. Who had a place there gets their next wish where there is room, and sees
// that it does not go on. Who: its hosts, and who organises.
func (s *Service) DropOffer(ctx context.Context, who access.Who, id, offerID string) error {
	return s.tending(ctx, who, id, offerID, func(tx *db.Tx, seen Seen, offers []Offer, at int) error {
		offers[at].State = Dropped
		if err := updateOffer(ctx, tx, offers[at]); err != nil {
			return err
		}
		choices, err := choicesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return refill(ctx, tx, id, offers, choices)
	})
}

// Choose says what somebody would like in a round, the best first, and gives them the first that has
// room; for what they would like better they wait. Without wishes it withdraws. A place that comes free
// goes to who waits first, in the same act. personID is "" for oneself. Who: who takes part; who
// organises, for a colleague without a phone.
func (s *Service) Choose(ctx context.Context, who access.Who, id, personID, round string, wishes []string) (Outcome, error) {
	out := Outcome{}
	if personID == "" {
		personID = who.ID
	}
	err := s.arranging(ctx, who, id, func(tx *db.Tx, seen Seen, offers []Offer) error {
		if p, ok := seen.People.Find(personID); !ok || p.State == Out {
			return errs.Absent()
		}
		if err := access.Must(who, access.Create, seen.choice(personID)); err != nil || personID != who.ID && !seen.Organises() {
			return errs.Absent()
		}
		if !slices.Contains(seen.Pack.Session.Offers.Rounds, round) {
			return errs.Absent()
		}
		if err := wishable(offers, personID, round, wishes); err != nil {
			return err
		}
		before, err := choicesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		line := 1
		for _, c := range before {
			line = max(line, c.Line+1)
		}
		after := Fill(offers, Wishes(before, personID, round, wishes, line))
		out = OutcomeOf(after, personID, round)
		// No entry in the journal: who chose what, and when, is nobody's to count.
		return putChoices(ctx, tx, id, before, after)
	})
	return out, err
}

// wishable refuses wishes that cannot come true.
func wishable(offers []Offer, personID, round string, wishes []string) error {
	open := map[string]Offer{}
	for _, o := range offers {
		if o.State == Open {
			open[o.ID] = o
		}
	}
	if len(wishes) > 0 && HostsAlone(open, personID, round) {
		return errs.Invalid("session.hosts_then")
	}
	for i, id := range wishes {
		switch o, ok := open[id]; {
		case !ok || !o.In(round):
			return errs.Invalid("session.offer_gone").On("wish1")
		case slices.Contains(wishes[:i], id):
			return errs.Invalid("session.wish_twice").On("wish1")
		case o.HostedBy(personID):
			return errs.Invalid("session.hosts_that").On("wish1")
		}
	}
	if len(wishes) > maxWishes {
		return errs.Invalid("session.wish_twice").On("wish1")
	}
	return nil
}

// Organise asks somebody to make the programme too, or no longer. Who: who organises.
func (s *Service) Organise(ctx context.Context, who access.Who, id, personID string, yes bool) error {
	return s.arranging(ctx, who, id, func(tx *db.Tx, seen Seen, _ []Offer) error {
		p, ok := seen.People.Find(personID)
		switch {
		case !seen.Organises() || !ok || p.State == Out:
			return errs.Absent()
		case yes:
			p.Role = RoleOrganiser
		case p.Role == RoleOrganiser:
			p.Role = ""
		}
		if err := putPerson(ctx, tx, p); err != nil {
			return err
		}
		return told(ctx, tx, seen)
	})
}
