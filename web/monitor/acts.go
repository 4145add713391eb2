package monitor

import (
	"strconv"
	"strings"

	"leerkring/block/monitor"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/writing"
)

// Three plans three short moments in one press.
func (rm *Room) Three(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if _, err := rm.Monitor.PlanThree(r.Ctx(), r.Who(), id); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "moments_planned")
}

// newMoment reads the form to plan a moment.
func newMoment(f *page.Form) monitor.NewMoment {
	return monitor.NewMoment{On: f.Date("on"), Minutes: f.Int("minutes", 1, 60), Question: f.Line("question", 400), How: monitor.How(f.Line("how", 20))}
}

// Arrange plans one moment.
func (rm *Room) Arrange(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	n := newMoment(f)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Monitor.Arrange(r.Ctx(), r.Who(), id, n); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "moment_planned")
}

// Rearrange moves a moment, or gives it another question.
func (rm *Room) Rearrange(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	n, version := newMoment(f), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Moment)
	}
	clash, err := rm.Monitor.Rearrange(r.Ctx(), r.Who(), id, mid, version, n)
	if err == nil && clash != nil {
		err = errs.Conflict("form.changed_meanwhile")
	}
	if err != nil {
		return r.Refused(err, rm.Moment)
	}
	return r.Said(base(id)+"/moments/"+mid, "moment_moved")
}

// Skip lets a moment go, with a word.
func (rm *Room) Skip(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	word, version := f.Line("word", 400), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Moment)
	}
	clash, err := rm.Monitor.Skip(r.Ctx(), r.Who(), id, mid, version, word)
	if err == nil && clash != nil {
		err = errs.Conflict("form.changed_meanwhile")
	}
	if err != nil {
		return r.Refused(err, rm.Moment)
	}
	return r.Said(base(id), "moment_skipped")
}

// Hold keeps what the group counted and saw.
func (rm *Room) Hold(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	t, version := telling(f), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Moment)
	}
	clash, err := rm.Monitor.Hold(r.Ctx(), r.Who(), id, mid, version, t)
	if err != nil {
		return r.Refused(err, rm.Moment)
	}
	if clash != nil {
		return rm.two(r)
	}
	if t.Follows == monitor.Adjust {
		return r.Said(base(id)+"/moments/"+mid, "moment_held_adjust")
	}
	return r.Said(base(id), "moment_held")
}

const maxText = 2000 // the room says the limit of each text

// telling reads the form of a moment. A counter of which both numbers are empty was not
// counted; with one of them empty the other asks for it.
func telling(f *page.Form) monitor.Telling {
	t := monitor.Telling{On: f.Date("on"), Totals: map[string]monitor.Total{}, Helped: f.Text("helped", maxText), Seen: f.Text("seen", maxText), Hindered: f.Text("hindered", maxText),
		Follows: monitor.Follows(f.Line("follows", 20)), Next: f.Text("next", maxText), Rival: f.Text("rival", maxText), Convince: f.Text("convince", maxText), Found: monitor.Found(f.Line("found", 20))}
	for _, name := range f.Names() {
		id, ok := strings.CutPrefix(name, "of-")
		if !ok || !ident.Valid(id) {
			continue
		}
		if f.Typed("yes-"+id) == "" && f.Typed("of-"+id) == "" {
			continue
		}
		t.Totals[id] = monitor.Total{Yes: f.Int("yes-"+id, 0, mostCounted), Of: f.Int("of-"+id, 0, mostCounted)}
	}
	return t
}

// Step is a plain button beside a number: it keeps all that was typed as a draft, with the
// number one more or one less, and shows the form again. Nothing is saved for the group.
func (rm *Room) Step(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	v, err := rm.Monitor.One(r.Ctx(), q, seen, mid)
	if err != nil {
		return err
	}
	if !v.MayEdit {
		return errs.Absent()
	}
	f := r.Form()
	typed, at := writing.Body{}, ""
	for name := range fieldsOf(v.Told) {
		typed[name] = f.Text(name, maxText)
	}
	for _, i := range v.Indicators {
		for _, name := range []string{"yes-" + i.ID, "of-" + i.ID} {
			typed[name] = f.Line(name, 10)
		}
	}
	if name, by, ok := strings.Cut(f.Line("step", 80), ":"); ok {
		at = step(typed, name, by)
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Moment)
	}
	if _, err := r.House.Drafts.Save(r.Ctx(), r.Who().ID, monitor.DraftKey("moment", mid), typed); err != nil {
		return r.Refused(err, rm.Moment)
	}
	return r.Go(base(id) + "/moments/" + mid + at)
}

// step makes one number of the form one more or one less, and keeps the other possible:
// what worked is never more than what there was. It returns where to look.
func step(typed writing.Body, name, by string) string {
	if _, ok := typed[name]; !ok {
		return ""
	}
	kind, id, _ := strings.Cut(name, "-")
	n, err := strconv.Atoi(typed[name])
	if err != nil {
		n = 0
	}
	switch by {
	case "+1":
		n++
	case "-1":
		n--
	}
	n = min(max(n, 0), mostCounted)
	typed[name] = strconv.Itoa(n)
	other, _ := strconv.Atoi(typed["of-"+id])
	switch {
	case kind == "yes" && other < n:
		typed["of-"+id] = strconv.Itoa(n)
	case kind == "of":
		if yes, err := strconv.Atoi(typed["yes-"+id]); err == nil && yes > n {
			typed["yes-"+id] = strconv.Itoa(n)
		}
	}
	return "#c-" + id
}

// LetGo leaves what stands as it is.
func (rm *Room) LetGo(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	if err := rm.Monitor.LetGo(r.Ctx(), r.Who(), id, mid); err != nil {
		return r.Refused(err, rm.Moment)
	}
	return r.Said(base(id)+"/moments/"+mid, "telling_let_go")
}

func indicatorOf(f *page.Form) monitor.NewIndicator {
	return monitor.NewIndicator{Kind: monitor.Kind(f.Line("kind", 20)), Body: f.Line("body", 400), Unit: f.Line("unit", 100)}
}

// Follow adds something to follow. From the form of a moment it leads back there.
func (rm *Room) Follow(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	n, moment := indicatorOf(f), f.ID("moment")
	back := rm.Show
	if moment != "" {
		r.R.SetPathValue("moment", moment)
		back = rm.Moment
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, back)
	}
	if _, err := rm.Monitor.Follow(r.Ctx(), r.Who(), id, n); err != nil {
		return r.Refused(err, back)
	}
	if moment != "" {
		return r.Said(base(id)+"/moments/"+moment, "indicator_added")
	}
	return r.Said(base(id), "indicator_added")
}

func (rm *Room) indicatorIDs(r *room.Request) (id, iid string, err error) {
	if id, err = r.ID("id"); err == nil {
		iid, err = r.ID("indicator")
	}
	return id, iid, err
}

// Reword changes the words of what is followed.
func (rm *Room) Reword(r *room.Request) error {
	id, iid, err := rm.indicatorIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	n, version := indicatorOf(f), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	clash, err := rm.Monitor.Reword(r.Ctx(), r.Who(), id, iid, version, n)
	if err == nil && clash != nil {
		err = errs.Conflict("monitor.two_wrote")
	}
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "indicator_kept")
}

// Retire stops following something, or takes it up again.
func (rm *Room) Retire(r *room.Request) error {
	id, iid, err := rm.indicatorIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	back := f.Bool("back")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Monitor.Retire(r.Ctx(), r.Who(), id, iid, back); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "indicator_kept")
}
