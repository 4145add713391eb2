package session

import (
	"slices"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
)

// The rules of an event with tables or workshops beside each other: what must be said before one
// can be chosen, and who gets which place.

// RoleOrganiser is the role of who makes the programme with whoever planned the event.
const RoleOrganiser = "organiser"

// Offer is a table or workshop that people can choose in one or more rounds.
type Offer struct {
	ID         string
	SessionID  string
	Title      string
	About      string
	Room       string
	Rounds     []string // stages of the pack, in order
	Places     int      // in each round
	Answers    map[string]string
	FollowOn   clock.Date // when it is taken up again, and what is done then
	FollowText string
	State      OfferState
	Hosts      []string
	MadeBy     string
	MadeAt     time.Time
	Version    int
}

// OfferState is where an offer stands.
type OfferState string

// The states of an offer.
const (
	Proposed OfferState = "proposed"
	Open     OfferState = "open"
	Dropped  OfferState = "dropped"
)

// Bounds of an offer.
const (
	maxAbout   = 600
	maxRoom    = 80
	maxFollow  = 200
	maxWishes  = 3
	maxParts   = 3 // different parts for one person; more does not stay
	maxOffers  = 60
	maxHosts   = 6
	followDays = 370
)

// In reports whether an offer runs in a round.
func (o Offer) In(round string) bool { return slices.Contains(o.Rounds, round) }

// HostedBy reports whether somebody hosts it.
func (o Offer) HostedBy(personID string) bool { return slices.Contains(o.Hosts, personID) }

// Check refuses an offer that cannot be kept. It may still lack much: see Lacks.
func (o Offer) Check(pack *method.Pack, on clock.Date) error {
	var refused []error
	if o.Title == "" {
		refused = append(refused, errs.Invalid("session.offer_title").On("title"))
	}
	if o.Places < 1 || o.Places > maxPeople {
		refused = append(refused, errs.Invalid("form.between", "min", 1, "max", maxPeople).On("places"))
	}
	if len(o.Rounds) == 0 || slices.ContainsFunc(o.Rounds, func(r string) bool { return !slices.Contains(pack.Session.Offers.Rounds, r) }) {
		refused = append(refused, errs.Invalid("session.offer_round").On("rounds"))
	}
	if len(o.Hosts) == 0 || len(o.Hosts) > maxHosts {
		refused = append(refused, errs.Invalid("session.offer_hosts", "max", maxHosts).On("hosts"))
	}
	if o.FollowOn != "" && (o.FollowOn <= on || on.Days(o.FollowOn) > followDays) {
		refused = append(refused, errs.Invalid("session.offer_follow_after").On("follow_on"))
	}
	for _, f := range pack.Session.Offers.Asks {
		refused = append(refused, tooLong(o.Answers[f.ID], maxAbout, f.ID))
	}
	return errs.Join(append(refused, tooLong(o.Title, maxTitle, "title"), tooLong(o.About, maxAbout, "about"), tooLong(o.Room, maxRoom, "room"), tooLong(o.FollowText, maxFollow, "follow_text"))...)
}

// Lacks are the fields that are still empty and must not be when people choose: everything that the
// pack asks, and what follows.
func (o Offer) Lacks(pack *method.Pack) []string {
	var out []string
	for _, f := range pack.Session.Offers.Asks {
		if strings.TrimSpace(o.Answers[f.ID]) == "" {
			out = append(out, f.ID)
		}
	}
	if o.FollowOn == "" {
		out = append(out, "follow_on")
	}
	if o.FollowText == "" {
		out = append(out, "follow_text")
	}
	return out
}

// Choice is what somebody would like in a round. With a seat they have a place.
type Choice struct {
	OfferID  string
	Round    string
	PersonID string
	Wish     int // 1 is what they would like best
	Seat     int // from 1; 0 waits
	Line     int // who asked first has the lowest
}

// Fill gives free places to who waits, the first in line first. A wish that comes true gives up the
// lesser one of the same round, and that place goes on to the next. Nobody gets the same offer in
// two rounds, nobody loses a place to somebody else.
func Fill(offers []Offer, choices []Choice) []Choice {
	out := slices.Clone(choices)
	slices.SortStableFunc(out, func(a, b Choice) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Wish - b.Wish
	})
	open := map[string]Offer{}
	for _, o := range offers {
		if o.State == Open {
			open[o.ID] = o
		}
	}
	for i := range out {
		if !open[out[i].OfferID].In(out[i].Round) || HostsAlone(open, out[i].PersonID, out[i].Round) {
			out[i].Seat = 0
		}
	}
	for fillOne(open, out) {
	}
	return out
}

// fillOne gives the first place that can be given, and reports whether there was one.
func fillOne(open map[string]Offer, all []Choice) bool {
	for i, c := range all {
		o := open[c.OfferID]
		if c.Seat > 0 || !o.In(c.Round) || HostsAlone(open, c.PersonID, c.Round) {
			continue
		}
		seat := freeSeat(o, c.Round, all)
		if seat == 0 {
			continue
		}
		lesser, ok := -1, true
		for j, x := range all {
			if x.PersonID != c.PersonID || x.Seat == 0 {
				continue
			}
			switch {
			case x.Round == c.Round && x.Wish < c.Wish, x.Round != c.Round && x.OfferID == c.OfferID:
				ok = false
			case x.Round == c.Round:
				lesser = j
			}
		}
		if !ok {
			continue
		}
		if lesser >= 0 {
			all[lesser].Seat = 0
		}
		all[i].Seat = seat
		return true
	}
	return false
}

// freeSeat is the lowest seat that nobody has, 0 when all are taken.
func freeSeat(o Offer, round string, all []Choice) int {
	taken := make([]bool, o.Places+1)
	for _, c := range all {
		if c.OfferID == o.ID && c.Round == round && c.Seat > 0 && c.Seat <= o.Places {
			taken[c.Seat] = true
		}
	}
	for seat := 1; seat <= o.Places; seat++ {
		if !taken[seat] {
			return seat
		}
	}
	return 0
}

// HostsAlone reports whether somebody is the only host of an offer in a round: then they are there.
// Of two hosts one can look around.
func HostsAlone(open map[string]Offer, personID, round string) bool {
	for _, o := range open {
		if o.In(round) && len(o.Hosts) == 1 && o.Hosts[0] == personID {
			return true
		}
	}
	return false
}

// Wishes puts what somebody wants in a round in the place of what they wanted: what they keep wanting
// keeps its seat and its place in line, the rest goes.
func Wishes(choices []Choice, personID, round string, offers []string, line int) []Choice {
	out := slices.DeleteFunc(slices.Clone(choices), func(c Choice) bool {
		return c.PersonID == personID && c.Round == round && !slices.Contains(offers, c.OfferID)
	})
	for i, id := range offers {
		at := slices.IndexFunc(out, func(c Choice) bool { return c.PersonID == personID && c.Round == round && c.OfferID == id })
		if at < 0 {
			out = append(out, Choice{OfferID: id, Round: round, PersonID: personID, Wish: i + 1, Line: line})
			continue
		}
		out[at].Wish = i + 1
	}
	return out
}

// Outcome is what came of somebody's wishes in a round.
type Outcome struct {
	OfferID string // where they have a place, "" for nowhere
	Wish    int    // which wish that was
}

// OutcomeOf reads what came of somebody's wishes in a round.
func OutcomeOf(choices []Choice, personID, round string) Outcome {
	for _, c := range choices {
		if c.PersonID == personID && c.Round == round && c.Seat > 0 {
			return Outcome{OfferID: c.OfferID, Wish: c.Wish}
		}
	}
	return Outcome{}
}

// InLine is how many wait in front of somebody for an offer, themselves counted in; 0 when they do not
// wait for it: they have a place there, or one that they like better.
func InLine(choices []Choice, personID, offerID, round string) int {
	own := -1
	for i, c := range choices {
		if c.PersonID == personID && c.OfferID == offerID && c.Round == round {
			own = i
		}
	}
	if own < 0 || !waits(choices, choices[own]) {
		return 0
	}
	n := 1
	for _, c := range choices {
		if c.OfferID == offerID && c.Round == round && c.Line < choices[own].Line && waits(choices, c) {
			n++
		}
	}
	return n
}

// waits reports whether a choice still hopes: it has no seat, and nor has a better one.
func waits(all []Choice, c Choice) bool {
	if c.Seat > 0 {
		return false
	}
	had := OutcomeOf(all, c.PersonID, c.Round)
	return had.OfferID == "" || had.Wish > c.Wish
}

// Parts is how many different things one person can come to: a round with an offer is one.
func Parts(pack *method.Pack, offers []Offer) int {
	n := 0
	for _, round := range pack.Session.Offers.Rounds {
		if slices.ContainsFunc(offers, func(o Offer) bool { return o.State != Dropped && o.In(round) }) {
			n++
		}
	}
	return n
}

// TooManyParts reports whether the programme asks more of a person than will stay.
func TooManyParts(pack *method.Pack, offers []Offer) bool { return Parts(pack, offers) > maxParts }

// Short is how many people find no place in a round, even when all choose cleverly. Who hosts alone
// needs none.
func Short(offers []Offer, round string, people []string) int {
	open, places := map[string]Offer{}, 0
	for _, o := range offers {
		if o.State == Open && o.In(round) {
			open[o.ID] = o
			places += o.Places
		}
	}
	need := 0
	for _, id := range people {
		if !HostsAlone(open, id, round) {
			need++
		}
	}
	return max(0, need-places)
}
