package session_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
)

var textTask = regexp.MustCompile(`action="(/sessions/[0-9a-z]{26}/texts/[0-9a-z]{26}/task)"`)

func (w *table) tasks() int {
	w.t.Helper()
	return must(db.One(w.t.Context(), w.d, `select count(*) from task`, db.Int))(w.t)
}

// What a team wrote down as a task becomes one by one press, with who wrote it and a day filled in.
func TestATextBecomesATaskByOnePress(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "consentronde", "trajectory", w.trajectory)
	host := w.people["marieke"]
	if err := w.sessions.TakeRole(t.Context(), w.who("noor"), strings.TrimPrefix(path, "/sessions/"), w.people["noor"], method.RolePresenter); err != nil {
		t.Fatal(err)
	}
	w.Post(host, path+"/begin")
	for i := 0; ; i++ {
		page := w.Get(host, path)
		if strings.Contains(page.Body, "Wie doet wat, vóór wanneer") || i > 20 {
			break
		}
		w.Post(host, path+"/next", "step", strconv.Itoa(i))
	}
	w.Post(host, path+"/texts", "form", "text-vastleggen.taak", "field", "vastleggen.taak", "body", "Rooster maken voor de nieuwe ronde")
	page := w.Get(host, path)
	m := textTask.FindStringSubmatch(page.Body)
	if m == nil {
		t.Fatal("at the closing step a text can become a task")
	}
	page.Has(t, `value="Rooster maken voor de nieuwe ronde"`, `value="2026-03-26"`)
	r := w.Post(w.people["noor"], m[1], "form", "task-"+m[1][len(m[1])-31:len(m[1])-5], "task", "Rooster maken", "owner", w.people["samira"], "due", "2025-01-01")
	if r.Status != http.StatusUnprocessableEntity || w.tasks() != 0 {
		t.Errorf("a day that has gone: %d", r.Status)
	}
	r.Has(t, "Kies een dag die nog komt", `value="Rooster maken"`)
	for range 2 {
		w.Post(w.people["noor"], m[1], "task", "Rooster maken", "owner", w.people["samira"], "due", "2026-03-27")
	}
	if n := w.tasks(); n != 1 {
		t.Errorf("%d tasks of one text", n)
	}
	page = w.Get(host, path)
	page.Has(t, "Taak: Samira, vóór vr 27 maart")
	page.Lacks(t, m[1])
	w.Post(host, path+"/close")
	w.Get(w.people["joost"], path).Has(t, "Wie doet wat", "Rooster maken", "Taak: Samira")
	w.Get(w.people["samira"], path).Has(t, "Taak: jij, vóór vr 27 maart")
	if r := w.Post(w.people["thijs"], m[1], "task", "Iets", "owner", w.people["thijs"], "due", "2026-03-27"); !errs.IsAbsent(r.Err) {
		t.Error("who was not there makes a task of it")
	}
}

// In a closed circle only the writer is asked, and nobody else sees what came of it.
func TestAnOwnCardBecomesAnOwnTask(t *testing.T) {
	w := newTable(t, "nl")
	path := w.plans("method", "incidentmethode")
	w.Post(w.people["marieke"], path+"/begin")
	w.Post(w.people["marieke"], path+"/close")
	w.Post(w.people["noor"], path+"/texts", "form", "text-afronden.eigen", "field", "afronden.eigen", "body", "Eerst tellen")
	page := w.Get(w.people["noor"], path)
	m := textTask.FindStringSubmatch(page.Body)
	if m == nil {
		t.Fatal("no form below the own card")
	}
	page.Has(t, "Maak er een taak van", "Voor anderen bestaat hij niet")
	page.Lacks(t, `name="owner"`)
	w.Get(w.people["joost"], path).Lacks(t, m[1], "Eerst tellen")
	if r := w.Post(w.people["joost"], m[1], "task", "Eerst tellen", "due", "2026-03-27"); !errs.IsAbsent(r.Err) {
		t.Error("somebody else makes a task of an own card")
	}
	w.Post(w.people["noor"], m[1], "task", "Eerst tellen", "due", "2026-03-27")
	w.Get(w.people["noor"], path).Has(t, "Taak: jij, vóór vr 27 maart")
	w.Get(w.people["joost"], path).Lacks(t, "Eerst tellen", "Wie doet wat")
}
