package method

import (
	"strconv"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// previewPage is one way of working, whole.
type previewPage struct {
	Own      bool // may be copied
	r        *room.Request
	Pack     *method.Pack
	Start    string // where it is started
	Button   string
	Later    string // why it cannot be started yet
	Facts    []fact
	Fits     []string
	FitsNot  []string
	Bar      []piece
	BarSays  string
	Ribbon   []ui.Segment
	Stages   []stage
	Laps     string
	Roles    []said
	Rules    []string
	Host     []string
	Pitfalls []string
	Before   []moment
	After    []moment
	Offers   *offers
	Rests    []string // on whose work it rests
	Numbers  string   // which numbers are published
	Scale    []string
	Talk     string
	Anonym   string
	Notes    []said
	Outside  []outside
}

// fact is an icon with a few words.
type fact struct{ Icon, Text string }

// said is a line with a name before it and its reason under it.
type said struct{ Name, Text, Why, Note string }

// moment is something to do before or after.
type moment struct{ When, Text string }

type offers struct {
	Text string
	Asks []field
}

// One shows a way of working from front to back.
func (*Room) One(r *room.Request) error {
	if err := must(r, access.Read); err != nil {
		return err
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	pack, ok := library.Latest(r.Path("id"))
	if !ok {
		return errs.Absent()
	}
	return show(r, pack, true)
}

// Draft shows a pack that a school is still writing, as it will stand here: nobody begins with it.
func (*Room) Draft(r *room.Request, pack *method.Pack) error { return show(r, pack, false) }

func show(r *room.Request, pack *method.Pack, begins bool) error {
	p := previewPage{r: r, Pack: pack}
	if begins {
		p.starting()
		p.Own = access.May(r.Who(), access.Create, access.Object{Kind: access.Method, BoardID: r.Who().BoardID, SchoolID: r.School().ID})
	} else {
		p.Later = r.T.T("method.draft")
	}
	p.asks()
	p.walk()
	p.around()
	h := r.Head(r.Pack(pack.Name), "trajectories")
	h.Heading = ""
	r.Style(&h, "method")
	return r.Page(h, preview(p))
}

// starting is the one step that follows: begin, or be told why that is not possible yet.
func (p *previewPage) starting() {
	r := p.r
	switch {
	case p.Pack.Begins() == method.BeginsLater:
		p.Later = r.T.T("method.later")
	case len(r.Known.Schools) == 0: // who has no school begins nothing
	default:
		p.Start, p.Button = Start(p.Pack), r.T.T("method.start_"+string(p.Pack.Begins()))
	}
}

// asks is what it takes: people, minutes, weeks, and how much one lets be seen.
func (p *previewPage) asks() {
	r, s := p.r, p.Pack.Session
	add := func(icon, text string) { p.Facts = append(p.Facts, fact{icon, text}) }
	add("clock", r.Pack(p.Pack.Duration))
	if s.Group.Max > 0 {
		text := r.T.T("method.people", "min", s.Group.Min, "max", s.Group.Max)
		if s.Group.Ideal > 0 {
			text = r.T.T("method.people_ideal", "min", s.Group.Min, "max", s.Group.Max, "ideal", s.Group.Ideal)
		}
		add("users", text)
	}
	if s.EveryDays > 0 {
		add("repeat", r.T.T("method.every", "n", s.EveryDays))
	}
	if s.Circle != "" {
		add(map[method.Circle]string{method.CircleClosed: "shield-check", method.CircleTeam: "users-round", method.CircleSchool: "school"}[s.Circle], r.T.T("method.circle_"+string(s.Circle)))
	}
	if s.Rung > 0 {
		add("eye", r.T.T("method.rung_"+strconv.Itoa(s.Rung)))
	}
	a := p.Pack.Asked
	for _, step := range a.Scale {
		p.Scale = append(p.Scale, r.Pack(step.Text))
	}
	p.Talk = r.Pack(a.Talk)
	if a.Names != "" {
		p.Anonym = r.T.T("method.names_" + string(a.Names))
		add("eye-off", p.Anonym)
	}
	p.Fits, p.FitsNot = p.lines(s.UseWhen), p.lines(s.NotWhen)
}

func (p *previewPage) lines(list []method.Line) []string {
	var out []string
	for _, l := range list {
		out = append(out, p.r.Pack(l.Text))
	}
	return out
}

// around is everything beside the stages.
func (p *previewPage) around() {
	r, s := p.r, p.Pack.Session
	for _, x := range p.Pack.Roles {
		p.Roles = append(p.Roles, said{Name: r.Pack(x.Name), Text: r.Pack(x.Text), Why: r.Pack(x.Why)})
	}
	p.Rules, p.Host, p.Pitfalls = p.lines(s.Rules), p.lines(s.Host), p.lines(s.Pitfalls)
	if len(p.Rules) == 0 && p.Pack.Shape == method.ShapeSession {
		p.Rules = []string{r.T.T("method.house_rules")}
	}
	p.Before, p.After = p.moments(s.Before, "before"), p.moments(s.After, "after")
	if o := s.Offers; !o.Name.Empty() {
		p.Offers = &offers{Text: r.T.T("method.offers", "name", r.Pack(o.Name))}
		if o.Places > 0 {
			p.Offers.Text = r.T.T("method.offers_places", "name", r.Pack(o.Name), "n", o.Places)
		}
		p.Offers.Asks = p.fields(o.Asks)
	}
	p.Rests, p.Numbers = s.Sources, r.Pack(s.Published)
	p.Notes = p.notes(p.Pack.Notes)
	p.Outside = outsideOf(r, p.Pack.Resources)
	if l := s.Laps; l.From != "" {
		from, to := p.stageName(l.From), p.stageName(l.To)
		if l.Times > 0 {
			p.Laps = r.T.T("method.laps_times", "from", from, "to", to, "n", l.Times)
		} else {
			p.Laps = r.T.T("method.laps_each", "from", from, "to", to)
		}
	}
}

// reversed says of a statement that to agree is less, in the words of the scale.
func (p previewPage) reversed() string {
	if len(p.Scale) == 0 {
		return p.r.T.T("method.reversed")
	}
	return p.r.T.T("method.reversed_most", "most", p.Scale[len(p.Scale)-1])
}

func (p *previewPage) stageName(id string) string {
	if s, ok := p.Pack.Stage(id); ok {
		return p.r.Pack(s.Name)
	}
	return id
}

func (p *previewPage) moments(list []method.Moment, key string) []moment {
	var out []moment
	for _, m := range list {
		x := moment{Text: p.r.Pack(m.Text)}
		if m.Days > 0 {
			x.When = p.r.T.T("method."+key+"_days", "n", m.Days)
		} else {
			x.When = p.r.T.T("method." + key + "_at_once")
		}
		if m.Minutes > 0 {
			x.When = p.r.T.T("method.moment_minutes", "when", x.When, "n", m.Minutes)
		}
		out = append(out, x)
	}
	return out
}

func (p *previewPage) notes(list []method.Note) []said {
	var out []said
	for _, n := range list {
		out = append(out, said{Text: p.r.Pack(n.Text), Why: p.r.Pack(n.Why)})
	}
	return out
}
