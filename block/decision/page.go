package decision

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// View is a decision as one person sees it. Who was not asked and does not take part sees
// the result once it is closed, and nothing before.
type View struct {
	Decision
	Whole     bool       // sees who said what; otherwise the proposal and its end only
	Tally     Tally      // as it stands, or as it stood at the closing
	Reactions []Reaction // in the order in which they came; the own one included
	AskedBack int        // who objected and can still say whether the answer solves it
	Unheard   []string   // people, for those who take part, while it is open
	Asked     bool       // this person was asked
	Mine      *Reaction  // what this person said
	MayReact  bool
	MayClose  bool
	MayTakeUp bool // say who takes up an objection
	MayFollow bool // make the next decision from it
	MayHear   bool // write down what others said who have to agree
}

// OpenObjections are those that still stand.
func (v View) OpenObjections() []Reaction {
	var out []Reaction
	for _, r := range v.Reactions {
		if r.Open() {
			out = append(out, r)
		}
	}
	return out
}

// Page is the decisions of a trajectory as one person sees them.
type Page struct {
	Views   []View // the newest first
	People  map[string]school.Person
	MayOpen bool
}

// AboutPlan returns what the page of the plan shows: the open decision about it, else the
// last one that was closed; nil when there is none to see.
func (p Page) AboutPlan() *View {
	var last *View
	for i := range p.Views {
		v := &p.Views[i]
		if v.PlanNumber == 0 {
			continue
		}
		if !v.Closed() {
			return v
		}
		if last == nil {
			last = v
		}
	}
	return last
}

// Page reads the decisions of a trajectory that is seen, each as far as the person asking
// may see it. At most three queries.
func (s *Service) Page(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Page, error) {
	rows, err := decisionsOf(ctx, q, seen.ID, seen.Who.ID)
	if err != nil {
		return Page{}, err
	}
	page, err := s.page(ctx, q, seen, rows)
	page.MayOpen = seen.May(access.Lead, access.Decision, "")
	return page, err
}

// One reads one decision, for who takes part, who was asked, and colleagues once it is
// closed; its People are in the page. Otherwise absent.
func (s *Service) One(ctx context.Context, who access.Who, trajectoryID, id string) (View, Page, error) {
	q := s.trajectories.DB()
	seen, err := s.reach(ctx, q, who, trajectoryID)
	if err != nil {
		return View{}, Page{}, err
	}
	r, err := decisionIn(ctx, q, trajectoryID, who.ID, id)
	if err != nil {
		return View{}, Page{}, errs.Because(err, "decision %s", id)
	}
	page, err := s.page(ctx, q, seen, []row{r})
	if err == nil && len(page.Views) == 0 {
		err = errs.Absent()
	}
	if err != nil {
		return View{}, Page{}, err
	}
	return page.Views[0], page, nil
}

func (s *Service) page(ctx context.Context, q db.Queryer, seen trajectory.Seen, rows []row) (Page, error) {
	var met []standing
	var whole []string
	for _, r := range rows {
		d := meets(r, seen)
		switch {
		case d.may(access.Read, access.Decision, ""):
			whole = append(whole, d.ID)
		case !d.mayResult():
			continue
		}
		met = append(met, d)
	}
	voices, err := voicesOf(ctx, q, seen.ID, whole)
	if err != nil {
		return Page{}, err
	}
	var page Page
	people := names{}
	for _, d := range met {
		v := d.view(voices[d.ID])
		page.Views = append(page.Views, v)
		people.of(v)
	}
	page.People, err = school.Names(ctx, q, seen.School.BoardID, people.list)
	return page, err
}

// mayResult: the outcome is for colleagues of the school; that of a trajectory that is not
// open to them stays inside it.
func (d standing) mayResult() bool {
	return d.may(access.Read, access.DecisionResult, "") && (d.asked || d.seen.May(access.Read, access.Trajectory, ""))
}

func (d standing) view(voices []Voice) View {
	v := View{Decision: d.Decision, Whole: d.may(access.Read, access.Decision, ""), Asked: d.asked}
	v.MayHear = d.Waits() && d.seen.May(access.Lead, access.Decision, "")
	v.MayFollow = d.Closed() && d.SuccessorID == "" && d.seen.May(access.Lead, access.Decision, "")
	if !v.Whole {
		v.End.Tally = Tally{} // counts are for those who were asked
		return v
	}
	v.Tally = Count(voices, d.seen.Today())
	if d.Closed() {
		v.Tally = d.End.Tally
	}
	for _, voice := range voices {
		if voice.Reaction == nil {
			continue
		}
		r := *voice.Reaction
		r.MayAnswer = r.Choice != Agree && d.may(access.Edit, access.Decision, r.OwnerID)
		v.Reactions = append(v.Reactions, r)
		if r.PersonID == d.seen.Who.ID {
			v.Mine = &r
		}
	}
	v.AskedBack = askedBack(voices, d.seen.Today())
	if d.may(access.Read, access.Unheard, "") {
		v.Unheard = unheard(voices, d.seen.Today())
	}
	v.MayReact = d.may(access.Decide, access.Decision, "")
	v.MayClose = d.may(access.Lead, access.Decision, "")
	v.MayTakeUp = d.may(access.Settle, access.Decision, "")
	return v
}

// names collects the people whose names a page shows, each once.
type names struct {
	list []string
	has  map[string]bool
}

func (n *names) add(ids ...string) {
	if n.has == nil {
		n.has = map[string]bool{"": true}
	}
	for _, id := range ids {
		if !n.has[id] {
			n.has[id] = true
			n.list = append(n.list, id)
		}
	}
}

func (n *names) of(v View) {
	n.add(v.OpenedBy, v.End.By)
	n.add(v.Unheard...)
	for _, r := range v.Reactions {
		n.add(r.PersonID, r.OwnerID, r.AnsweredBy)
	}
}

// Past is every wording of a reaction, and of the answer to it, oldest first.
type Past struct {
	Reaction []writing.Version
	Answer   []writing.Version
}

// Past returns how a reaction and its answer came to be. Who: those who see who said what.
// What somebody wrote on a second device and did not put in is theirs alone.
func (s *Service) Past(ctx context.Context, who access.Who, trajectoryID, id, reactionID string) (Past, error) {
	v, _, err := s.One(ctx, who, trajectoryID, id)
	if err != nil {
		return Past{}, err
	}
	q := s.trajectories.DB()
	r, err := reactionIn(ctx, q, id, reactionID)
	if err != nil || !v.Whole {
		return Past{}, errs.Because(errs.Join(err, errs.Absent()), "reaction %s", reactionID)
	}
	var past Past
	if past.Reaction, err = history(ctx, q, who, "decision_reaction", r.ID); err != nil {
		return past, err
	}
	past.Answer, err = history(ctx, q, who, "decision_answer", r.ID)
	return past, err
}

func history(ctx context.Context, q db.Queryer, who access.Who, kind, id string) ([]writing.Version, error) {
	all, err := writing.History(ctx, q, writing.Ref{Kind: kind, ID: id})
	var out []writing.Version
	for _, v := range all {
		if v.Kept == "current" || v.AuthorID == who.ID {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b writing.Version) int { return a.Version - b.Version })
	return out, err
}
