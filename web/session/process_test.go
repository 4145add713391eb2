package session_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestOneQuestionClosesASession(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "incidentmethode", "people", w.people["thijs"])
	w.Post(w.people["thijs"], path+"/join", "confirm", "on")
	w.Post(w.people["marieke"], path+"/begin")
	w.Get(w.people["noor"], path).Lacks(t, "Kon je zeggen wat je wilde zeggen?")
	w.Post(w.people["marieke"], path+"/close")
	page := w.Get(w.people["noor"], path)
	page.Has(t, "Eén vraag tot slot", "Kon je zeggen wat je wilde zeggen?", "Soms wel, soms niet", "Je naam wordt niet bij je antwoord bewaard. Uitkomsten zien we na sluiting, vanaf 5 antwoorden.", "vanaf za 21 maart")
	if r := w.Post(w.people["noor"], path+"/process", "form", "process"); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a choice: %d", r.Status)
	} else {
		r.Has(t, "Kijk nog even hiernaar", `href="#f-answer"`)
	}
	answer := func(name, n string) {
		t.Helper()
		if r := w.Post(w.people[name], path+"/process", "form", "process", "answer", n); r.Location != path+"?said=session_answered" {
			t.Errorf("%s: %d %q %v", name, r.Status, r.Location, r.Err)
		}
	}
	for _, name := range []string{"marieke", "noor", "joost", "samira"} {
		answer(name, "5")
	}
	w.Get(w.people["noor"], path).Has(t, "Je antwoord telt mee.")
	w.Get(w.people["noor"], path).Lacks(t, "Gemiddeld", "Geef mijn antwoord")
	answer("thijs", "4")
	w.clock.Move(48 * time.Hour)
	w.Get(w.people["joost"], path).Has(t, "Gemiddeld 4,5, van 1 (nee) tot 5 (ja).")
	w.Post(w.people["joost"], path+"/process", "form", "process", "answer", "1").Has(t, "Deze vraag is gesloten.")
	w.Lang = "en"
	w.Get(w.people["joost"], path).Has(t, "On average 4.5, from 1 (no) to 5 (yes).")
}

// Nothing differs between nobody and four who answered; four people are told so before anything is asked.
func TestTooFewAnswersSayNothing(t *testing.T) {
	w := newTable(t, "en")
	all := []string{"marieke", "noor", "joost", "samira", "thijs"}
	held := func(answers int) string {
		path := w.plans("method", "incidentmethode", "people", w.people["thijs"])
		w.Post(w.people["thijs"], path+"/join", "confirm", "on")
		w.Post(w.people["marieke"], path+"/begin")
		w.Post(w.people["marieke"], path+"/close")
		for _, name := range all[:answers] {
			w.Post(w.people[name], path+"/process", "answer", "5")
		}
		return path
	}
	none, four := held(0), held(4)
	small := w.plans("method", "incidentmethode")
	w.Post(w.people["marieke"], small+"/begin")
	w.Post(w.people["marieke"], small+"/close")
	page := w.Get(w.people["noor"], small)
	page.Has(t, "One question to close", "There were fewer than five of you.", "Ask each other this aloud")
	page.Lacks(t, small+"/process")
	w.clock.Move(48 * time.Hour)
	for _, path := range []string{none, four} {
		w.Get(w.people["noor"], path).Has(t, "Fewer than five answers. Then we show nothing.")
	}
	if a, b := section(w.Get(w.people["noor"], none).Body), section(w.Get(w.people["noor"], four).Body); a != b {
		t.Errorf("nobody answered:\n%s\nfour did:\n%s", a, b)
	}
	if r := w.Post(w.people["joost"], small+"/process", "answer", "5"); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("four people are asked all the same: %d", r.Status)
	}
}

// section is the part of a page about how it went.
func section(body string) string {
	_, rest, _ := strings.Cut(body, `aria-labelledby="tot-slot-h"`)
	part, _, _ := strings.Cut(rest, "</section>")
	return part
}
