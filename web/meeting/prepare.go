package meeting

import (
	"strconv"

	"leerkring/block/contribution"
	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type preparePage struct {
	*hourPage
	Tabs     []ui.Tab
	Stage    *method.Stage
	Of       int // stages of the way of working
	Parts    []part
	Proposed bool // something on the agenda is the product's proposal
	Choices  []ui.Option
	Unheard  []unheard
	Last     []settled
}

// unheard is an open named round with who is still to be heard, for those who take part.
type unheard struct {
	Question string
	Href     string
	People   []ui.Person
}

// Prepare is the page on which an hour is made in five minutes: most of it stands ready.
func (rm *Room) Prepare(r *room.Request) error {
	base, err := rm.open(r)
	if err != nil {
		return err
	}
	if !base.prepares() {
		if !base.Hour.MayWrite {
			return errs.Absent()
		}
		return r.Go(base.Path) // it has begun meanwhile
	}
	q := rm.Trajectories.DB()
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, base.Seen.Trajectory)
	if err != nil {
		return err
	}
	said, err := rm.Contributions.Stage(r.Ctx(), q, base.Seen)
	if err != nil {
		return err
	}
	talked, err := rm.Meetings.Talked(r.Ctx(), q, base.Seen)
	if err != nil {
		return err
	}
	sounds, err := rm.otherSounds(r, base.Seen, said, talked)
	if err != nil {
		return err
	}
	p := &preparePage{hourPage: base, Tabs: base.tabs("prepare"), Of: len(pack.Stages), Parts: base.parts(sounds), Last: base.lastTime()}
	p.Stage, _ = pack.Stage(base.Seen.StageID)
	p.choose()
	p.listen(said)
	for _, i := range base.Hour.Items {
		p.Proposed = p.Proposed || meeting.IsReason(i.Reason)
	}
	h := base.head(base.title())
	h.Heading, h.Crumbs = "", nil
	return r.Page(h, prepare(p))
}

// choose lists the questions of the stage that are not on the agenda, by weight.
func (p *preparePage) choose() {
	if p.Stage == nil {
		return
	}
	used := map[string]bool{}
	for _, i := range p.Hour.Items {
		used[i.ElementID] = true
	}
	groups := map[method.Weight]string{method.Core: p.r.T.T("meeting.questions_core"), method.WhenStuck: p.r.T.T("meeting.questions_stuck"), method.More: p.r.T.T("meeting.questions_more")}
	for _, weight := range []method.Weight{method.Core, method.WhenStuck, method.More} {
		for _, q := range p.Stage.Questions {
			if q.Weight == weight && !used[q.ID] {
				p.Choices = append(p.Choices, ui.Option{Value: q.ID, Text: p.r.Pack(q.Text), Group: groups[weight]})
			}
		}
	}
}

// listen lists who is still to be heard, in the order of the stage's questions.
func (p *preparePage) listen(said contribution.Page) {
	if p.Stage == nil {
		return
	}
	for _, q := range p.Stage.Questions {
		round := said.Questions[q.ID].Round
		if round == nil || len(round.Unheard) == 0 {
			continue
		}
		x := unheard{Question: p.r.Pack(q.Text), Href: "/trajectories/" + p.Seen.ID + "#q-" + q.ID}
		for _, a := range round.Unheard {
			x.People = append(x.People, p.who(a.ID))
		}
		p.Unheard = append(p.Unheard, x)
	}
}

// roles are who does what in this hour.
type roleLine struct{ Label, Name string }

func (p *hourPage) roles() []roleLine {
	var out []roleLine
	for _, x := range []struct{ key, id string }{{"leads", p.Hour.HostID}, {"keeps", p.Hour.KeeperID}, {"times", p.Hour.TimekeeperID}} {
		switch {
		case x.id != "":
			out = append(out, roleLine{p.r.T.T("meeting." + x.key), p.who(x.id).Name})
		case p.prepares():
			out = append(out, roleLine{p.r.T.T("meeting." + x.key), p.r.T.T("meeting.nobody_yet")})
		}
	}
	return out
}

// people are the options of a role.
func (p *hourPage) people(field, kept string, none string) []ui.Option {
	was := p.r.Was(field, kept)
	var out []ui.Option
	if none != "" {
		out = append(out, ui.Option{Text: none, On: was == ""})
	}
	found := false
	for _, x := range p.People {
		if x.Role == trajectory.Guest {
			continue
		}
		found = found || x.PersonID == was
		out = append(out, ui.Option{Value: x.PersonID, Text: x.Name, On: x.PersonID == was})
	}
	if !found && was != "" && was == kept { // a stand-in, or somebody who left
		out = append(out, ui.Option{Value: kept, Text: p.who(kept).Name, On: true})
	}
	return out
}

// guests are those from outside who can be asked to this hour.
func (p *hourPage) guests() []ui.Option {
	asked := map[string]bool{}
	for _, id := range p.Hour.Guests {
		asked[id] = true
	}
	var out []ui.Option
	for _, x := range p.People {
		if x.Role == trajectory.Guest {
			out = append(out, ui.Option{Value: x.PersonID, Text: x.Name, On: p.r.WasOn("guests", x.PersonID, asked[x.PersonID])})
		}
	}
	return out
}

// minutes is the stepper of one item.
func (p *preparePage) minutes(x part) ui.MinutesOf {
	t := p.r.T
	return ui.MinutesOf{
		Action: p.Path + "/items/" + x.Item.ID, Name: "minutes", Value: x.Item.Minutes, Min: 5, Max: 240, Text: t.T("meeting.min", "n", x.Item.Minutes),
		Label: t.T("meeting.minutes_for", "part", x.Label), Less: t.T("meeting.minutes_less", "part", x.Label), More: t.T("meeting.minutes_more", "part", x.Label),
		Hidden: p.r.Hidden(),
	}
}

func (p *preparePage) elementOptions(form string) []ui.Option {
	out := []ui.Option{{Text: p.r.T.T("meeting.choose_own")}}
	out = append(out, p.Choices...)
	if p.refused(form) {
		for i := range out {
			out[i].On = out[i].Value == p.r.Was("element", "")
		}
	}
	return out
}

func (p *hourPage) version() ui.Pair {
	return ui.Pair{Name: "version", Value: strconv.Itoa(p.Hour.Version)}
}
