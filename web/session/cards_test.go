package session_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// door lets in who showed lately who they are.
type door struct{ shut bool }

func (d *door) Private(*room.Request) error {
	if d.shut {
		return errs.Invalid(account.ConfirmFirst)
	}
	return nil
}

func (d *door) Refused(r *room.Request, err error, back string, again room.Handler) error {
	if d.shut {
		return r.Go("/account/confirm?next=" + url.QueryEscape(back))
	}
	return r.Refused(err, again)
}

var cardAt = regexp.MustCompile(`/cards/[0-9a-z]{26}`)

// card holds a circle after which noor writes an own card, and returns its session and its address.
func (w *table) card() (path, card string) {
	w.t.Helper()
	path = w.plans("method", "incidentmethode")
	w.Post(w.people["marieke"], path+"/begin")
	w.Post(w.people["marieke"], path+"/close")
	w.Post(w.people["noor"], path+"/texts", "form", "text-afronden.eigen", "field", "afronden.eigen", "body", "Eerst tellen, dan praten.")
	return path, cardAt.FindString(w.Get(w.people["noor"], path).Body)
}

func TestAnOwnCardIsAskedAfter(t *testing.T) {
	w := newTable(t, "nl")
	noor := w.people["noor"]
	w.Get(noor, "/cards").Has(t, "Hier staat nog niets", `href="/sessions"`)
	path, card := w.card()
	w.Get(noor, path).Has(t, "Over twee weken vragen we je of het gelukt is.", "Je kaart blijft tot je hem wist.", "Vraag hier niet naar")
	w.Get(noor, "/sessions").Has(t, "Wat je meenam", `href="/cards"`)
	w.Get(noor, "/cards").Has(t, "Eerst tellen, dan praten.", "Incidentmethode, do 19 maart", "Vanaf do 2 april", "Alleen jij ziet dit.")
	w.Get(noor, "/cards").Lacks(t, "Is het gelukt?")
	w.Get(w.people["joost"], "/cards").Lacks(t, "Eerst tellen")

	if r := w.Post(noor, card+"/ask", "ask", "no", "session", strings.TrimPrefix(path, "/sessions/")); r.Location != path {
		t.Error(r.Location)
	}
	w.Get(noor, path).Has(t, "We vragen hier niet naar.", "Vraag er toch naar")
	w.clock.Move(14 * 24 * time.Hour)
	w.Get(noor, "/cards").Lacks(t, "Is het gelukt?")
	w.Post(noor, card+"/ask", "ask", "yes")

	w.Get(noor, "/cards").Has(t, "Je nam dit mee. Is het gelukt?", "Voor een deel", "Het werd iets anders")
	form := "tell-" + strings.TrimPrefix(card, "/cards/")
	r := w.Post(noor, card+"/tell", "form", form, "body", "Het kostte tijd.")
	if r.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a choice: %d", r.Status)
	}
	r.Has(t, "Kijk nog even hiernaar", "Het kostte tijd.", `href="#f-tried"`)
	if r := w.Post(noor, card+"/tell", "form", form, "tried", "partly", "body", "Het kostte tijd."); r.Location != "/cards?said=session_card_told" {
		t.Error(r.Location, r.Err)
	}
	w.Get(noor, "/cards").Has(t, "Voor een deel", "Het kostte tijd.")
	w.clock.Move(28 * 24 * time.Hour)
	w.Get(noor, "/cards").Has(t, "Wat hiervan is nuttig voor je team?", "Er is nu geen plek om dit te laten zien.", "Dit houd ik voor mezelf")
	w.Post(noor, card+"/keep")
	w.Get(noor, "/cards").Has(t, "Dit houd je voor jezelf.")
	w.Post(noor, card+"/erase")
	w.Get(noor, "/cards").Lacks(t, "Eerst tellen")
	for _, act := range []string{"ask", "tell", "keep", "share", "erase"} {
		if r := w.Post(noor, card+"/"+act, "tried", "yes", "body", "x", "kind", "insight", "trajectory", w.trajectory); !errs.IsAbsent(r.Err) {
			t.Errorf("%s of a card that is gone: %d %v", act, r.Status, r.Err)
		}
	}
}

func TestWhatIsUsefulGoesFurther(t *testing.T) {
	w := newTable(t, "en")
	marieke := w.people["marieke"]
	path, _ := w.card()
	w.Post(marieke, path+"/texts", "form", "text-afronden.eigen", "field", "afronden.eigen", "body", "Ask first.")
	card := cardAt.FindString(w.Get(marieke, path).Body)
	w.clock.Move(42 * 24 * time.Hour)
	w.Get(marieke, "/cards").Has(t, "You took this with you. Did it work out?")
	w.Post(marieke, card+"/tell", "tried", "yes")
	w.clock.Move(7 * 24 * time.Hour)
	w.Get(marieke, "/cards").Has(t, "What of this is useful for your team?", "Feedback in elke les", "Write it anew, without names")
	form := "share-" + strings.TrimPrefix(card, "/cards/")
	w.Post(marieke, card+"/share", "form", form, "kind", "insight", "body", "", "trajectory", w.trajectory).Has(t, `href="#f-body"`)
	if r := w.Post(marieke, card+"/share", "form", form, "kind", "insight", "body", "Asking first helps.", "trajectory", w.trajectory); r.Location != "/cards?said=session_let_go" {
		t.Error(r.Location, r.Err)
	}
	w.Get(marieke, "/cards").Has(t, "You shared something of this.")
	w.Get(w.people["noor"], path).Has(t, "Asking first helps.")
}

// What is somebody's own opens after they showed who they are; on the page of the session a card can
// be left in peace without.
func TestOwnCardsStandBehindTheDoor(t *testing.T) {
	w := newTable(t, "nl")
	noor := w.people["noor"]
	path, card := w.card()
	w.door.shut = true
	if r := w.Get(noor, "/cards"); r.Location != "/account/confirm?next=%2Fcards" || strings.Contains(r.Body, "Eerst tellen") {
		t.Error(r.Status, r.Location)
	}
	for _, act := range []string{"tell", "keep", "share", "erase"} {
		if r := w.Post(noor, card+"/"+act, "tried", "yes"); r.Location != "/account/confirm?next=%2Fcards" {
			t.Errorf("%s: %d %q", act, r.Status, r.Location)
		}
	}
	w.door.shut = false
	w.Get(noor, "/cards").Has(t, "Eerst tellen")
	w.door.shut = true
	w.Post(noor, card+"/ask", "ask", "no", "session", strings.TrimPrefix(path, "/sessions/"))
	w.Get(noor, path).Has(t, "We vragen hier niet naar.")
}

// The page of the own cards does a constant number of queries.
func TestThePageOfCardsDoesAConstantNumberOfQueries(t *testing.T) {
	w := newTable(t, "nl")
	look := func() int { return w.Counting(func() { w.Get(w.people["noor"], "/cards") }) }
	w.card()
	look()
	few := look()
	w.card()
	w.card()
	look()
	if many := look(); many != few {
		t.Errorf("%d queries, then %d", few, many)
	}
}
