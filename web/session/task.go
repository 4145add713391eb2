package session

import (
	"strings"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// taskForm makes a task of words that stand above it: who does it and by which day are filled in, so
// that one press is enough.
type taskForm struct {
	r      *room.Request
	Path   string // of the words
	Body   string
	ID     string
	Owner  string
	Owners []ui.Option // none when it can only be one's own
	Due    string
	Hidden []ui.Pair
}

func (f taskForm) filling() room.Filling {
	return room.Filling{R: f.r, Form: "task-" + f.ID, ID: "taak-" + f.ID + "-", Kept: map[string]string{"task": firstWords(f.Body, maxTask), "owner": f.Owner, "due": f.Due}}
}

const maxTask = 300

// firstWords is a text of at most so many letters, cut between words.
func firstWords(text string, most int) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= most {
		return string(letters)
	}
	cut := string(letters[:most])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return cut
}

// shape is how the form of a task stands below a text: "" not at all, open, or folded away.
func (p *circlePage) shape(t session.Shown) string {
	gives := p.V.Gives(t.Text)
	switch {
	case gives == session.GivesNothing, p.Big && gives == session.GivesOwn:
		return ""
	case t.Field.Becomes == method.HarvestTask:
		return "open"
	case p.V.State == session.Closed, p.next() == nil: // what was harvested, when all is said
		return "fold"
	}
	return ""
}

// taskFormOf is the form below a text: the writer does it unless somebody else is chosen.
func (p *circlePage) taskFormOf(t session.Shown) taskForm {
	f := taskForm{r: p.r, Path: p.Path + "/texts/" + t.ID + "/task", Body: t.Body, ID: t.ID, Owner: p.V.Who.ID, Due: p.dueIn(), Hidden: p.here()[1:]}
	if p.V.Gives(t.Text) == session.GivesOwn {
		return f
	}
	for _, x := range p.V.People {
		if x.State == session.Out {
			continue
		}
		f.Owners = append(f.Owners, ui.Option{Value: x.PersonID, Text: p.name(x.PersonID)})
		if x.PersonID == t.PersonID {
			f.Owner = x.PersonID
		}
	}
	return f
}

// taken says who took a task on, and by when.
func (p *circlePage) taken(t task.Task) string {
	name := p.names[t.OwnerID]
	if t.OwnerID == p.V.Who.ID {
		name = p.r.T.T("session.you")
	} else if name == "" {
		return p.r.T.T("session.given_by", "date", p.r.T.Date(t.DueOn))
	}
	return p.r.T.T("session.given_to", "name", name, "date", p.r.T.Date(t.DueOn))
}

// dueIn is the day that a new task gets unless somebody chooses another: in a week, not in a weekend.
func (p *circlePage) dueIn() string {
	day := clock.On(p.V.Now, p.V.Zone).Add(7)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.Add(1)
	}
	return string(day)
}

// takers reads who can take on what the person asking let go: those of the trajectory that it went to.
func (rm *Room) takers(r *room.Request, v session.View, mine []trajectory.Seen) (map[string][]ui.Option, error) {
	var to []trajectory.Seen
	for _, t := range mine {
		for _, x := range v.Releases {
			if x.Mine && x.TrajectoryID == t.ID && t.May(access.Create, access.Task, "") {
				to = append(to, t)
				break
			}
		}
	}
	if len(to) == 0 {
		return nil, nil
	}
	people, err := rm.Trajectories.ParticipantsOf(r.Ctx(), rm.Trajectories.DB(), to)
	out := map[string][]ui.Option{}
	for _, x := range people {
		out[x.TrajectoryID] = append(out[x.TrajectoryID], ui.Option{Value: x.PersonID, Text: x.Name})
	}
	return out, err
}

// releaseForm is the form below words that somebody let go.
func (p *closedPage) releaseForm(x session.Release) taskForm {
	return taskForm{r: p.r, Path: p.Path + "/releases/" + x.ID + "/task", Body: x.Body, ID: x.ID, Owner: p.V.Who.ID, Owners: p.Takers[x.TrajectoryID], Due: p.dueIn(), Hidden: p.here()[1:]}
}

// TaskOf makes a task of what somebody wrote.
func (rm *Room) TaskOf(r *room.Request) error {
	text, err := r.ID("text")
	if err != nil {
		return err
	}
	return rm.do(r, "session_task", func(id string) error {
		n, err := newTask(r)
		if err != nil {
			return err
		}
		return onTask(rm.Sessions.TaskOf(r.Ctx(), r.Who(), id, text, n))
	})
}

// TaskOfRelease makes a task of what somebody let go.
func (rm *Room) TaskOfRelease(r *room.Request) error {
	release, err := r.ID("release")
	if err != nil {
		return err
	}
	return rm.do(r, "session_task", func(id string) error {
		n, err := newTask(r)
		if err != nil {
			return err
		}
		return onTask(rm.Sessions.TaskOfRelease(r.Ctx(), r.Who(), id, release, n))
	})
}

func newTask(r *room.Request) (session.NewTask, error) {
	f := r.Form()
	n := session.NewTask{OwnerID: f.ID("owner"), Body: f.Line("task", 600), DueOn: f.Date("due")}
	return n, f.Err()
}

// onTask puts the refusal of a task's words on the box that they were typed in.
func onTask(err error) error {
	if !errs.Is(err, errs.KindInvalid) {
		return err
	}
	var out []error
	for _, f := range errs.FieldsOf(err) {
		name := f.Name
		if name == "body" {
			name = "task"
		}
		out = append(out, errs.Invalid(f.Key, f.Args...).On(name))
	}
	return errs.Join(out...)
}
