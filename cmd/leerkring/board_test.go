package main

import (
	"net/http"
	"testing"
)

// Who an admin adds as somebody of the board reads what the board reads, totals without names, and
// nothing that a colleague reads; at the same address a colleague does.
func TestSomebodyOfTheBoardReadsAsTheBoard(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		for name, of := range map[string]string{"wil": "board", "tess": "staff"} {
			if code := r.presses("admin", "/admin/people/new", "/admin/people", "name", name, "email", name+"@baken.example", "of", of); code != http.StatusSeeOther {
				t.Fatalf("%s is added: %d", name, code)
			}
			r.people[name] = r.one(`select id from person where name = $1`, name)
			r.exec(`update person set state = 'active' where id = $1`, r.people[name])
		}
		r.tells("wil", "/trajectories", "Wat er loopt op de scholen")
		r.hides("tess", "/trajectories", "Wat er loopt op de scholen")
		r.hides("wil", "/trajectories", "Aansluiting")
		r.tells("tess", "/trajectories", "Aansluiting")
		for _, path := range []string{"/trajectories/" + r.at, "/trajectories/" + r.at + "/plan", "/trajectories/" + r.at + "/people", "/people", "/people/" + r.people["lead"]} {
			if code := r.send("wil", http.MethodGet, path, nil).Code; code != http.StatusNotFound {
				t.Errorf("the board opens %s: %d", path, code)
			}
			if code := r.send("tess", http.MethodGet, path, nil).Code; code != http.StatusOK {
				t.Errorf("a colleague opens %s: %d", path, code)
			}
		}
		r.tells("admin", "/admin/people/"+r.people["wil"], "Bestuur")
	})
}
