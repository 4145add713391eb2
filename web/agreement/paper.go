package agreement

import (
	"leerkring/block/agreement"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// paper is the one A4 as it is shown and printed.
type paper struct {
	r         *room.Request
	School    string
	Title     string
	Sentence  string
	Steps     []string
	Core      []line
	Room      []line
	Caretaker *ui.Person
	Hours     string
	Doing     string
	StandIn   *ui.Person
	Agenda    string // when it comes back
	Version   string
	Review    string
	Secured   bool
	Dense     string // class by how much stands on it, for the printer
}

// line is one line of the page, with when it is done well.
type line struct{ Body, Quality string }

// paperOf makes the sheet of what stands on the page.
func paperOf(r *room.Request, sc school.School, s agreement.Snapshot, people map[string]school.Person) paper {
	t := r.T
	p := paper{r: r, School: sc.Name, Title: s.Words.Title, Sentence: s.Words.Sentence, Steps: s.Words.Steps, Hours: s.Hours, Doing: s.Doing, Core: lines(s.Core), Room: lines(s.Room)}
	p.Caretaker, p.StandIn = person(people, s.Caretaker), person(people, s.StandIn)
	switch {
	case s.Meeting != "" && s.Often != "":
		p.Agenda = t.T("agreement.agenda_both", "meeting", s.Meeting, "often", s.Often)
	case s.Meeting != "":
		p.Agenda = t.T("agreement.agenda_meeting", "meeting", s.Meeting)
	}
	if s.ReviewOn != "" {
		p.Review = t.DateLong(s.ReviewOn)
	}
	p.Dense = settingFor(s).class
	return p
}

func lines(shown []agreement.Shown) []line {
	out := make([]line, len(shown))
	for i, s := range shown {
		out[i] = line{s.Body, s.Quality}
	}
	return out
}

func person(people map[string]school.Person, id string) *ui.Person {
	p, ok := people[id]
	if !ok {
		return nil
	}
	out := room.Person(p)
	return &out
}
