package meeting

import (
	"time"

	"leerkring/block/agreement"
	"leerkring/block/meeting"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// part is one item of the agenda, ready to show.
type part struct {
	Item     meeting.Item
	At       string // the time at which it is planned to begin
	Kind     ui.TimeKind
	KindText string
	Label    string // short, for the row of parts: Question 2
	Why      string
	Notes    []said
	Here     bool
	Past     bool
}

var kinds = map[meeting.Part]ui.TimeKind{meeting.Share: ui.Sharing, meeting.Learn: ui.Learning, meeting.Decide: ui.Deciding, meeting.Organise: ui.Arranging}

// parts are the items of the hour with their times. sounds may be nil: then the reason
// names nobody.
func (p *hourPage) parts(sounds map[string]sound) []part {
	learning, n := 0, 0
	for _, i := range p.Hour.Items {
		if i.Part == meeting.Learn {
			learning++
		}
	}
	at := p.Hour.StartsAt
	here := -1
	out := make([]part, len(p.Hour.Items))
	for index, i := range p.Hour.Items {
		x := part{Item: i, At: p.clock(at), Kind: kinds[i.Part], KindText: p.r.T.T("meeting.part_" + string(i.Part)), Why: p.why(i, sounds), Here: i.ID == p.Hour.CurrentID}
		x.Label = p.r.T.T("meeting.label_" + string(i.Part))
		if i.Part == meeting.Learn && learning > 1 {
			n++
			x.Label = p.r.T.T("meeting.label_question", "n", n)
		}
		if x.Here {
			here = index
		}
		out[index] = x
		at = at.Add(time.Duration(i.Minutes) * time.Minute)
	}
	for i := range out {
		out[i].Past = out[i].Item.Begun() && !out[i].Here && (here < 0 || i < here)
	}
	return out
}

func (p *hourPage) clock(at time.Time) string {
	at = at.In(p.Seen.School.Location())
	return p.r.T.T("meeting.clock", "hour", at.Format("15"), "minute", at.Format("04"))
}

// why is the reason of an item in a sentence: the product's own, with the names that
// still stand, or somebody's words.
func (p *hourPage) why(i meeting.Item, sounds map[string]sound) string {
	if !meeting.IsReason(i.Reason) {
		return i.Reason
	}
	switch {
	case i.Reason == meeting.BecauseLast && p.Hour.Previous != nil:
		return p.r.T.T(i.Reason, "date", p.r.T.Date(p.r.T.Day(p.Hour.Previous.StartsAt)))
	case i.Reason == meeting.BecauseLast:
		return p.r.T.T("meeting.because_last_time")
	case i.Reason == meeting.BecauseOtherSound:
		if s, ok := sounds[i.ElementID]; ok {
			return p.r.T.T(i.Reason, "name", s.Name, "date", p.r.T.Date(s.On))
		}
		return p.r.T.T("meeting.because_other_sound_said")
	}
	return p.r.T.T(i.Reason)
}

// bar is how the hour shares out its minutes.
func bar(parts []part) []ui.TimePart {
	out := make([]ui.TimePart, len(parts))
	for i, x := range parts {
		out[i] = ui.TimePart{Minutes: x.Item.Minutes, Kind: x.Kind}
	}
	return out
}

// adds says how far the minutes add up: 60 of 60.
func (p *hourPage) adds() string {
	return p.r.T.T("meeting.adds", "n", meeting.Planned(p.Hour.Items), "of", p.Hour.Minutes)
}

// over says what to do when the items take more or less than the hour.
func (p *hourPage) over() string {
	switch d := meeting.Planned(p.Hour.Items) - p.Hour.Minutes; {
	case d > 0:
		return p.r.T.T("meeting.adds_over", "n", d)
	case d < 0 && len(p.Hour.Items) > 0:
		return p.r.T.T("meeting.adds_under", "n", -d)
	}
	return ""
}

// said is what somebody brought in, ready to show.
type said struct {
	ID     string
	Person ui.Person
	Group  bool // words of nobody by name
	Text   string
	By     string
	Mine   bool
}

// notes are the words of one item, in the order in which they came.
func (p *hourPage) notes(itemID string) []said {
	var out []said
	for _, n := range p.Hour.Of(itemID) {
		x := said{ID: n.ID, Text: n.Body, Mine: n.Mine(p.r.Who().ID) && p.Hour.MaySay}
		switch {
		case n.SaidBy == meeting.ByPupil:
			x.Person, x.By = ui.Person{Pupil: true}, p.r.T.T("meeting.pupil")
		case n.SaidBy == meeting.ByGroup:
			x.Group, x.By = true, p.r.T.T("meeting.on_the_board")
		default:
			x.Person = p.who(n.PersonID)
			x.By = x.Person.Name
		}
		out = append(out, x)
	}
	return out
}

// settled is an agreement or a task of last time, with how it went.
type settled struct {
	ID     string
	Person ui.Person
	Task   bool
	Kept   string // how an agreement went, "" when nobody said so yet
	Asks   bool   // the person asking can say how it went
	Text   string
	Note   string
	Tone   ui.Tone
	Icon   string
	State  string
}

// lastTime is what the hour before settled.
func (p *hourPage) lastTime() []settled {
	prev := p.Hour.Previous
	if prev == nil {
		return nil
	}
	var out []settled
	for _, a := range prev.Agreed {
		x := settled{ID: a.ID, Text: a.Body, Kept: a.Kept, Note: p.r.T.T("meeting.an_agreement"), Asks: p.Hour.MayWrite && !p.Hour.State.Over()}
		x.Tone, x.Icon, x.State = kept(p.r, a.Kept)
		out = append(out, x)
	}
	for _, t := range prev.Tasks {
		x := settled{ID: t.ID, Task: true, Asks: t.State == task.Open && t.OwnerID == p.r.Who().ID, Person: p.who(t.OwnerID), Text: p.r.T.T("meeting.does", "name", p.who(t.OwnerID).Name, "what", t.Body), Note: p.r.T.T("meeting.a_task")}
		if t.DueOn != "" {
			x.Note = p.r.T.T("meeting.a_task_by", "date", p.r.T.Date(t.DueOn))
		}
		x.Tone, x.Icon, x.State = taskState(p.r, t)
		out = append(out, x)
	}
	return out
}

func kept(r *room.Request, reading string) (ui.Tone, string, string) {
	switch trajectory.Reading(reading) {
	case trajectory.Met:
		return ui.Good, "check", r.T.T("meeting.kept_met")
	case trajectory.Partly:
		return ui.Mind, "circle-dashed", r.T.T("meeting.kept_partly")
	case trajectory.Open:
		return ui.Mind, "clock", r.T.T("meeting.kept_open")
	}
	return "", "", ""
}

func taskState(r *room.Request, t task.Task) (ui.Tone, string, string) {
	switch t.State {
	case task.Done:
		return ui.Good, "check", r.T.T("meeting.task_done")
	case task.Dropped:
		return ui.Calm, "minus", r.T.T("meeting.task_dropped")
	}
	return ui.Calm, "circle-play", r.T.T("meeting.task_open")
}

// answers are what can be said of an agreement beside what was said already.
func (p *hourPage) answers(x settled) []ui.Option {
	var out []ui.Option
	for _, k := range agreement.AllKept {
		if string(k) != x.Kept {
			out = append(out, ui.Option{Value: string(k), Text: p.r.T.T("meeting.kept_" + string(k))})
		}
	}
	return out
}

// backTo is the page that an act outside the hour comes back to.
func (p *hourPage) backTo(from string) string {
	if from == "" {
		return p.Path
	}
	return p.Path + "/" + from
}
