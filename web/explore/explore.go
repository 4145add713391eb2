// Package explore shows the first phase on one page: what was heard, what belongs
// together, what each thinks alone first, what matters against what it takes, and what
// the school keeps and what waits.
package explore

import (
	"embed"
	"fmt"
	"slices"
	"strconv"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that this page calls.
type Room struct {
	Trajectories  *trajectory.Service
	Schools       *school.Service
	Contributions *contribution.Service
}

type signal struct {
	ID     string
	Said   trajectoryweb.SaidView
	Letter string // the candidate that it lies with
	On     bool
}

type candidate struct {
	ID, Letter, Title, Body string
	Vision                  string
	VisionOptions           []ui.Option
	Signals                 string
	State                   school.FocusState
	Rate                    *rate
	Version                 int
	Reason, Parked, Keeper  string
	MayReword               bool
}

// refused reports that the form about a candidate came back.
func (p *explorePage) refused(c candidate) bool {
	return p.r.Err != nil && p.r.Typed != nil && p.r.Path("focus") == c.ID && p.r.Typed.Has("reason")
}

// reasonFor is what was typed, when the form came back.
func (p *explorePage) reasonFor(c candidate) string {
	if p.refused(c) {
		return p.r.Was("reason", c.Reason)
	}
	return c.Reason
}

type rate struct{ Importance, Effort []ui.Option }

type explorePage struct {
	r          *room.Request
	Seen       trajectory.Seen
	Stage      *method.Stage
	Tabs       []ui.Tab
	Steps      []ui.Step
	Signals    []signal
	Shown      int
	Candidates []candidate
	Keep, Park []candidate
	Rating     *contribution.RoundView
	RatingText string
	Weighing   *ui.Weighing
	Apart      []string
	TooFew     bool
	MayCluster bool
	MayOpen    bool
	MayChoose  bool
	Years      []ui.Option
	People     []ui.Option
	Vision     []ui.Option
	Reason     string
	Leader     string
	RoundEnd   string
	Blind      []blindRound
	Forward    bool
}

// blindRound is a question that was asked blind, with where its answers stand.
type blindRound struct{ Text, Line, Href string }

// most signals that the page shows at once; all are behind one link.
const mostSignals = 12

// Show is the exploring page of a trajectory.
func (rm *Room) Show(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	stage := &pack.Stages[0]
	x, err := rm.Contributions.Explore(r.Ctx(), q, seen, stage.ID)
	if err != nil {
		return err
	}
	p := &explorePage{r: r, Seen: seen, Stage: stage, Tabs: trajectoryweb.Tabs(r, seen, "explore"), RoundEnd: roundEnd(r)}
	p.rights(x)
	if err := rm.lists(p); err != nil {
		return err
	}
	p.signals(x, stage)
	p.candidates(x)
	p.rounds(x, stage)
	p.weigh(x)
	p.Steps = p.steps(x)
	h := trajectoryweb.Head(r, seen, r.T.T("explore.title"))
	h.Lead = r.Pack(stage.Aim)
	r.Style(&h, "explore")
	return r.Page(h, explore(p))
}

func roundEnd(r *room.Request) string {
	d := r.Today().Add(7)
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return r.Was("closes_on", string(d))
}

func (p *explorePage) rights(x contribution.Explored) {
	rating := x.Rating != nil && x.Rating.IsOpen
	active := p.Seen.State == trajectory.Active
	p.MayCluster = active && !rating && p.Seen.May(access.Edit, access.Trajectory, "") && p.Seen.May(access.Create, access.FocusPoint, p.r.Who().ID)
	shown := x.Rating != nil && !x.Rating.IsOpen && p.Weighing != nil // a second round over the same topics would let one subtract
	p.MayOpen = active && !rating && !shown && p.Seen.May(access.Lead, access.Round, "")
	p.MayChoose = p.Seen.May(access.Decide, access.FocusPoint, "")
	p.Forward = active && p.Seen.StageID == p.Stage.ID && p.Seen.May(access.Lead, access.Trajectory, "")
}

// lists reads what can be chosen from: sentences of the vision, years, colleagues.
func (rm *Room) lists(p *explorePage) error {
	r := p.r
	if len(r.Known.Schools) == 0 || r.School().ID != p.Seen.SchoolID {
		return nil // a guest chooses nothing
	}
	lines, err := rm.Schools.Vision(r.Ctx(), r.Who(), p.Seen.SchoolID)
	if err != nil {
		return err
	}
	p.Vision = []ui.Option{{Text: r.T.T("explore.no_vision_yet")}}
	for _, l := range lines {
		p.Vision = append(p.Vision, ui.Option{Value: l.ID, Text: l.Body})
	}
	if !p.MayChoose {
		return nil
	}
	cal, err := rm.Schools.Calendar(r.Ctx(), p.Seen.SchoolID)
	if err != nil {
		return err
	}
	for _, y := range cal.Years {
		if y.Ends >= r.Today() {
			p.Years = append(p.Years, ui.Option{Value: y.Name, Text: y.Name, On: y.Starts > r.Today() && !slices.ContainsFunc(p.Years, func(o ui.Option) bool { return o.On })})
		}
	}
	people, _, err := rm.Schools.People(r.Ctx(), r.Who(), p.Seen.SchoolID)
	p.People = []ui.Option{{Text: r.T.T("explore.nobody")}}
	for _, x := range people {
		p.People = append(p.People, ui.Option{Value: x.ID, Text: x.Name})
	}
	return err
}

func (p *explorePage) signals(x contribution.Explored, stage *method.Stage) {
	letters := map[string]string{}
	for _, c := range x.Candidates {
		for _, id := range c.Signals {
			letters[id] = c.Letter
		}
	}
	all := p.r.R.URL.Query().Get("all") != ""
	for _, c := range x.Signals {
		if !all && len(p.Signals) >= mostSignals {
			break
		}
		chip := ""
		for _, q := range stage.Questions {
			for _, ch := range q.Chips {
				if q.ID == c.ElementID && ch.ID == c.Chip {
					chip = p.r.Pack(ch.Text)
				}
			}
		}
		p.Signals = append(p.Signals, signal{ID: c.ID, Said: trajectoryweb.Said(p.r, p.Seen, c, chip), Letter: letters[c.ID], On: p.r.WasOn("signals", c.ID, false)})
	}
	p.Shown = len(x.Signals)
}

func (p *explorePage) candidates(x contribution.Explored) {
	r := p.r
	for _, c := range x.Candidates {
		v := candidate{ID: c.ID, Letter: c.Letter, Title: c.Title, Body: c.Body, Vision: c.VisionLine, State: c.State, Version: c.Version, Reason: c.Reason, Parked: c.ParkedFor, Keeper: c.Keeper,
			MayReword: p.MayCluster && c.State == school.Proposed}
		v.Signals = r.T.T("explore.signals", "n", len(c.Signals))
		if c.Pupils > 0 {
			v.Signals += " " + r.T.T("explore.also_pupils")
		}
		if c.Subjects > 1 {
			v.Signals += " " + r.T.T("explore.subjects", "n", c.Subjects)
		}
		for _, o := range p.Vision {
			o.On = o.Value == c.VisionLineID
			v.VisionOptions = append(v.VisionOptions, o)
		}
		if x.Rating != nil && x.Rating.IsOpen && x.Rating.Asked {
			v.Rate = ratesOf(r, c)
		}
		p.Candidates = append(p.Candidates, v)
		switch c.State {
		case school.Chosen, school.Running, school.Done:
			p.Keep = append(p.Keep, v)
		case school.Parked, school.PassedOn:
			p.Park = append(p.Park, v)
		}
		if c.Reason != "" && p.Reason == "" {
			p.Reason = c.Reason
		}
	}
}

func ratesOf(r *room.Request, c contribution.Candidate) *rate {
	out := &rate{}
	mine := contribution.Rate{}
	if c.Mine != nil {
		mine = *c.Mine
	}
	for i := 1; i <= 5; i++ {
		v := strconv.Itoa(i)
		out.Importance = append(out.Importance, ui.Option{Value: v, Text: v, On: r.Was("importance-"+c.ID, itoa(mine.Importance)) == v})
		out.Effort = append(out.Effort, ui.Option{Value: v, Text: v, On: r.Was("effort-"+c.ID, itoa(mine.Effort)) == v})
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }

func (p *explorePage) rounds(x contribution.Explored, stage *method.Stage) {
	r := p.r
	for _, v := range x.Rounds {
		if v.Form != contribution.Blind {
			continue
		}
		for _, q := range stage.Questions {
			if q.ID != v.ElementID {
				continue
			}
			key := "explore.blind_closed"
			if v.IsOpen {
				key = "explore.blind_open"
			}
			p.Blind = append(p.Blind, blindRound{Text: r.Pack(q.Text), Line: r.T.T(key, "n", v.Answered, "of", v.Of, "date", r.T.Date(v.ClosesOn)), Href: "/trajectories/" + p.Seen.ID + "/questions/" + q.ID})
		}
	}
	if x.Rating == nil {
		return
	}
	p.Rating = x.Rating
	if x.Rating.IsOpen {
		p.RatingText = r.T.T("explore.rating_open", "date", r.T.Date(x.Rating.ClosesOn))
	} else {
		p.RatingText = r.T.T("explore.rating_closed", "n", x.Rating.Answered)
	}
}

// weigh makes the chart of a closed round of ratings.
func (p *explorePage) weigh(x contribution.Explored) {
	r := p.r
	if x.Rating == nil || x.Rating.IsOpen {
		return
	}
	w := &ui.Weighing{Title: r.T.T("explore.weighing_title"), Desc: r.T.T("explore.weighing_desc"), WideWord: r.T.T("explore.not_agreed"),
		LittleEffort: r.T.T("explore.little_effort"), MuchEffort: r.T.T("explore.much_effort"), LessImportant: r.T.T("explore.less_important"), MoreImportant: r.T.T("explore.more_important"),
		Show: r.T.T("explore.as_table"), Topic: r.T.T("explore.topic"), ImportanceHead: r.T.T("explore.importance"), EffortHead: r.T.T("explore.effort")}
	for _, c := range x.Candidates {
		if c.Figure == nil || c.Figure.Importance.Shown() == contribution.TooFew {
			continue
		}
		t := ui.Weighed{Letter: c.Letter, Name: c.Title, Importance: answers(r, c.Figure.Importance), Effort: answers(r, c.Figure.Effort), Wide: c.Figure.Disagree()}
		w.Topics = append(w.Topics, t)
		if t.Wide {
			p.Apart = append(p.Apart, c.Title)
		}
	}
	if len(w.Topics) == 0 {
		p.TooFew = true
		return
	}
	p.Weighing = w
}

func answers(r *room.Request, s contribution.Spread) ui.Answers {
	a := ui.Answers{Middle: s.Middle, Low: s.Low, High: s.High, Text: r.T.Decimal(s.Middle, 1)}
	if s.Shown() == contribution.MiddleAndSpread {
		a.Text = fmt.Sprintf("%s (%s–%s)", a.Text, r.T.Decimal(s.Low, 1), r.T.Decimal(s.High, 1))
	} else {
		a.Low, a.High = s.Middle, s.Middle
	}
	return a
}

// steps tells how far the exploring is, read off from what is there.
func (p *explorePage) steps(x contribution.Explored) []ui.Step {
	at := 0
	switch {
	case len(p.Keep)+len(p.Park) > 0:
		at = 4
	case x.Rating != nil:
		at = 3
	case len(p.Blind) > 0:
		at = 2
	case len(x.Candidates) > 0:
		at = 1
	}
	var out []ui.Step
	for i, key := range []string{"hear", "bundle", "alone", "weigh", "choose"} {
		s := ui.Step{Name: p.r.T.T("explore.step_" + key)}
		switch {
		case i == at:
			s.Passage = ui.Here
		case i < at:
			s.Passage = ui.Past
		}
		out = append(out, s)
	}
	return out
}

// Cluster lays signals together as one candidate.
func (rm *Room) Cluster(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	title, body, vision, signals := f.Line("title", 240), f.Text("body", 4000), f.ID("vision"), f.IDs("signals", 100)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Contributions.Cluster(r.Ctx(), r.Who(), id, title, body, vision, signals); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#candidates", "explore_clustered")
}

// Reword changes the words of a candidate and its tie to the vision.
func (rm *Room) Reword(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	focus, err := r.ID("focus")
	if err != nil {
		return err
	}
	f := r.Form()
	version, words := f.Int("version", 0, 1<<30), school.FocusWords{Title: f.Line("title", 240), Body: f.Text("body", 4000), VisionLineID: f.ID("vision")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Contributions.RewordFocus(r.Ctx(), r.Who(), id, focus, version, words); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#candidates", "explore_saved")
}

// OpenRating asks everybody to weigh the candidates.
func (rm *Room) OpenRating(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	n := contribution.NewRound{Form: contribution.Rating, Audience: contribution.Audience(f.Choice("audience", "plg", "school", "teams")), ClosesOn: f.Date("closes_on")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if n.Audience == contribution.Teams {
		seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
		if err != nil {
			return err
		}
		n.TeamIDs = seen.TeamIDs
	}
	if _, err := rm.Contributions.Open(r.Ctx(), r.Who(), id, n); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#weigh", "explore_rating_opened")
}

// Rate gives one's own ratings; nobody else ever sees a single one.
func (rm *Room) Rate(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	roundID, err := r.ID("round")
	if err != nil {
		return err
	}
	f := r.Form()
	var rates []contribution.Rate
	for _, focus := range f.IDs("focus", 26) {
		if f.Typed("importance-"+focus) == "" && f.Typed("effort-"+focus) == "" {
			continue
		}
		rates = append(rates, contribution.Rate{FocusPointID: focus, Importance: f.Int("importance-"+focus, 1, 5), Effort: f.Int("effort-"+focus, 1, 5)})
	}
	if len(rates) == 0 {
		f.Refuse("", "explore.rate_one")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Contributions.Rate(r.Ctx(), r.Who(), id, roundID, rates); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#weigh", "explore_rated")
}

// CloseRating ends a round of ratings.
func (rm *Room) CloseRating(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	roundID, err := r.ID("round")
	if err != nil {
		return err
	}
	if err := rm.Contributions.Close(r.Ctx(), r.Who(), id, roundID); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#weigh", "explore_rating_closed")
}

// Choose keeps, parks or passes on a candidate.
func (rm *Room) Choose(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	focus, err := r.ID("focus")
	if err != nil {
		return err
	}
	f := r.Form()
	version := f.Int("version", 0, 1<<30)
	choice := school.FocusChoice{State: school.FocusState(f.Choice("state", "chosen", "parked", "passed_on", "proposed")), ParkedFor: f.Line("parked_for", 40), KeeperID: f.ID("keeper"), Reason: f.Text("reason", 2000), BackOn: clock.Date("")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if choice.State != school.Parked {
		choice.ParkedFor = ""
	}
	if err := rm.candidateOf(r, id, focus); err != nil {
		return err
	}
	if err := rm.Schools.ChooseFocus(r.Ctx(), r.Who(), focus, version, choice); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"/explore#choose", "explore_chosen")
}

// candidateOf refuses a focus point that this trajectory did not bring up.
func (rm *Room) candidateOf(r *room.Request, trajectoryID, focusID string) error {
	if _, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), trajectoryID); err != nil {
		return err
	}
	f, err := rm.Schools.FocusByID(r.Ctx(), r.Who(), focusID)
	if err == nil && f.TrajectoryID != trajectoryID {
		return errs.Absent()
	}
	return err
}
