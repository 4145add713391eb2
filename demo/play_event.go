package demo

import (
	"context"

	"leerkring/access"
	"leerkring/block/session"
)

// offerAct is a workshop or table that somebody offers at an event.
type offerAct struct {
	By      string            `yaml:"by"`
	With    []string          `yaml:"with"`
	Title   string            `yaml:"title"`
	About   string            `yaml:"about"`
	Room    string            `yaml:"room"`
	Rounds  []string          `yaml:"rounds"`
	Places  int               `yaml:"places"`
	Answers map[string]string `yaml:"answers"`
	Follow  string            `yaml:"follow"` // what is done later, in so many days
	In      int               `yaml:"in"`
	Open    bool              `yaml:"open"`
}

// choiceAct is what somebody would like in a round, by the titles of offers.
type choiceAct struct {
	By    string   `yaml:"by"`
	Round string   `yaml:"round"`
	Wants []string `yaml:"wants"`
}

// event makes the programme of an event, and lets people choose.
func (p *play) event(ctx context.Context, by access.Who, id string, a *sessionAct) error {
	sessions, ids := p.Blocks.Sessions, map[string]string{}
	for _, x := range a.Offers {
		host, err := p.who(ctx, p.made, x.By)
		if err != nil {
			return err
		}
		o := session.Offer{Title: x.Title, About: x.About, Room: x.Room, Rounds: x.Rounds, Places: x.Places, Answers: x.Answers, FollowText: x.Follow, Hosts: []string{host.ID}}
		for _, key := range x.With {
			o.Hosts = append(o.Hosts, p.made.people[key].ID)
		}
		if x.In > 0 {
			o.FollowOn = weekday(p.now.Add(a.In + x.In))
		}
		if ids[x.Title], err = sessions.Propose(ctx, host, id, o); err != nil {
			return err
		}
		if x.Open {
			if err := sessions.OpenOffer(ctx, by, id, ids[x.Title]); err != nil {
				return err
			}
		}
	}
	for _, c := range a.Choices {
		who, err := p.who(ctx, p.made, c.By)
		if err != nil {
			return err
		}
		var wants []string
		for _, title := range c.Wants {
			wants = append(wants, ids[title])
		}
		if _, err := sessions.Choose(ctx, who, id, "", c.Round, wants); err != nil {
			return err
		}
	}
	return nil
}
