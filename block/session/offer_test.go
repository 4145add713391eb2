package session_test

import (
	"reflect"
	"slices"
	"testing"

	"leerkring/block/session"
	"leerkring/method"
)

var event = &method.Pack{Session: method.Session{Offers: method.Offers{Rounds: []string{"one", "two"}, Asks: []method.Field{{ID: "why"}, {ID: "source"}}}}}

func table(id string, places int, hosts ...string) session.Offer {
	return session.Offer{ID: id, State: session.Open, Rounds: []string{"one", "two"}, Places: places, Hosts: hosts}
}

func wish(person, offer, round string, wish, seat, line int) session.Choice {
	return session.Choice{PersonID: person, OfferID: offer, Round: round, Wish: wish, Seat: seat, Line: line}
}

// Free places go to who asked first, and a wish that comes true passes the lesser place on.
func TestFreePlacesGoToWhoWaitsFirst(t *testing.T) {
	t.Parallel()
	a, b := table("a", 1, "x"), table("b", 1, "y")
	gone := a
	gone.State = session.Dropped
	for _, c := range []struct {
		name   string
		offers []session.Offer
		given  []session.Choice
		want   map[string]string // person and round to offer
	}{
		{"first come, first seated", []session.Offer{a}, []session.Choice{wish("q", "a", "one", 1, 0, 2), wish("p", "a", "one", 1, 0, 1)}, map[string]string{"p one": "a"}},
		{"a full first wish gives the second", []session.Offer{a, b}, []session.Choice{wish("p", "a", "one", 1, 1, 1), wish("q", "a", "one", 1, 0, 2), wish("q", "b", "one", 2, 0, 2)},
			map[string]string{"p one": "a", "q one": "b"}},
		{"who gets a better one passes the other on", []session.Offer{a, b}, []session.Choice{wish("q", "a", "one", 1, 0, 2), wish("q", "b", "one", 2, 1, 2), wish("r", "b", "one", 1, 0, 3)},
			map[string]string{"q one": "a", "r one": "b"}},
		{"nobody loses a place", []session.Offer{a}, []session.Choice{wish("q", "a", "one", 1, 1, 9), wish("p", "a", "one", 1, 0, 1)}, map[string]string{"q one": "a"}},
		{"not the same thing twice", []session.Offer{a}, []session.Choice{wish("p", "a", "one", 1, 0, 1), wish("p", "a", "two", 1, 0, 2), wish("q", "a", "two", 1, 0, 3)},
			map[string]string{"p one": "a", "q two": "a"}},
		{"what does not go on gives the next wish", []session.Offer{gone, b}, []session.Choice{wish("p", "a", "one", 1, 1, 1), wish("p", "b", "one", 2, 0, 1)}, map[string]string{"p one": "b"}},
		{"who hosts alone is there", []session.Offer{a, b}, []session.Choice{wish("x", "b", "one", 1, 0, 1), wish("p", "b", "one", 1, 0, 2)}, map[string]string{"p one": "b"}},
		{"of two hosts one looks around", []session.Offer{table("a", 1, "x", "z"), b}, []session.Choice{wish("x", "b", "one", 1, 0, 1)}, map[string]string{"x one": "b"}},
		{"nothing to fill", nil, []session.Choice{wish("p", "a", "one", 1, 0, 1)}, map[string]string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			seats := map[string]bool{}
			for _, x := range session.Fill(c.offers, c.given) {
				if x.Seat == 0 {
					continue
				}
				got[x.PersonID+" "+x.Round] = x.OfferID
				if at := session.AtRound(x.OfferID, x.Round); seats[at] {
					t.Errorf("%s has more people than places", at)
				} else {
					seats[at] = true
				}
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Choosing anew keeps the seat and the place in line of what somebody still wants.
func TestChoosingAnewKeepsWhatStays(t *testing.T) {
	t.Parallel()
	had := []session.Choice{wish("p", "a", "one", 1, 1, 1), wish("p", "b", "one", 2, 0, 1), wish("q", "a", "one", 1, 0, 2)}
	got := session.Wishes(had, "p", "one", []string{"c", "a"}, 7)
	want := []session.Choice{wish("p", "a", "one", 2, 1, 1), wish("q", "a", "one", 1, 0, 2), wish("p", "c", "one", 1, 0, 7)}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if left := session.Wishes(had, "p", "one", nil, 7); len(left) != 1 || left[0].PersonID != "q" {
		t.Errorf("withdrawing leaves %+v", left)
	}
}

func TestWhereSomebodyStandsInLine(t *testing.T) {
	t.Parallel()
	all := []session.Choice{wish("p", "a", "one", 1, 1, 1), wish("q", "a", "one", 2, 0, 2), wish("q", "b", "one", 1, 1, 2), wish("r", "a", "one", 1, 0, 3), wish("s", "a", "one", 1, 0, 4)}
	for person, want := range map[string]int{"p": 0, "q": 0, "r": 1, "s": 2, "nobody": 0} {
		if got := session.InLine(all, person, "a", "one"); got != want {
			t.Errorf("%s stands at %d, want %d", person, got, want)
		}
	}
}

// Nothing can be chosen that does not say why, whence, and what follows.
func TestAnOfferSaysWhatFollows(t *testing.T) {
	t.Parallel()
	full := session.Offer{Title: "Feedback", Places: 8, Rounds: []string{"one"}, Hosts: []string{"x"}, Answers: map[string]string{"why": "x", "source": "y"}, FollowOn: "2026-05-01", FollowText: "In het overleg"}
	for name, c := range map[string]struct {
		change func(o *session.Offer)
		lacks  []string
	}{
		"all is there":    {func(*session.Offer) {}, nil},
		"no source":       {func(o *session.Offer) { o.Answers = map[string]string{"why": "x", "source": " "} }, []string{"source"}},
		"no day to it":    {func(o *session.Offer) { o.FollowOn = "" }, []string{"follow_on"}},
		"nothing follows": {func(o *session.Offer) { o.FollowOn, o.FollowText = "", "" }, []string{"follow_on", "follow_text"}},
	} {
		o := full
		c.change(&o)
		if got := o.Lacks(event); !slices.Equal(got, c.lacks) {
			t.Errorf("%s: lacks %v, want %v", name, got, c.lacks)
		}
	}
	if err := full.Check(event, "2026-03-19"); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(o *session.Offer){
		"no name":               func(o *session.Offer) { o.Title = "" },
		"no places":             func(o *session.Offer) { o.Places = 0 },
		"a round that is none":  func(o *session.Offer) { o.Rounds = []string{"lunch"} },
		"nobody does it":        func(o *session.Offer) { o.Hosts = nil },
		"follows before it was": func(o *session.Offer) { o.FollowOn = "2026-03-19" },
		"follows in ten years":  func(o *session.Offer) { o.FollowOn = "2036-03-19" },
	} {
		o := full
		change(&o)
		if o.Check(event, "2026-03-19") == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// More than three different parts for one person do not stay.
func TestAFullProgrammeIsToldOf(t *testing.T) {
	t.Parallel()
	day := &method.Pack{Session: method.Session{Offers: method.Offers{Rounds: []string{"one", "two", "three", "four"}}}}
	offer := session.Offer{State: session.Open, Rounds: []string{"one", "two", "three"}}
	if session.TooManyParts(day, []session.Offer{offer}) {
		t.Error("three parts are told of")
	}
	last := session.Offer{State: session.Proposed, Rounds: []string{"four"}}
	if !session.TooManyParts(day, []session.Offer{offer, last}) {
		t.Error("four parts are not told of")
	}
	if got := session.Short([]session.Offer{table("a", 2, "x"), table("b", 1, "y", "z")}, "one", []string{"p", "q", "r", "s", "x", "y", "z"}); got != 3 {
		t.Errorf("%d find no place, want 3: of seven people one hosts alone, and three places are there", got)
	}
}
