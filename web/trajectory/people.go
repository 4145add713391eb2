package trajectory

import (
	"slices"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/internal/i18n"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type peoplePage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Group    []personRow
	Guests   []personRow
	Missing  []string // touched teams that nobody comes from
	CanLead  bool
	Invite   []ui.Option // colleagues who can be asked in
	Roles    []ui.Option
	Sentence string
	Tabs     []ui.Tab
	Carry    templ.Component // who carries it now, and handing over
}

type personRow struct {
	ID       string
	Person   ui.Person
	Role     string
	Note     string
	StandIns []ui.Option
	StandIn  string
	IsLead   bool
	Self     bool
	Ends     string
}

// People shows who takes part, whom they bring in, and who is missing.
func (rm *Room) People(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Read, access.Membership, ""); err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	p := peoplePage{r: r, Seen: seen, CanLead: seen.May(access.Invite, access.Membership, ""), Tabs: Tabs(r, seen, "people"), Sentence: r.T.T("trajectory.people_sentence")}
	var staff []school.Staff
	var teams []school.Team
	if r.School().ID == seen.SchoolID && len(r.Known.Schools) > 0 {
		if staff, teams, err = rm.Schools.People(r.Ctx(), r.Who(), seen.SchoolID); err != nil {
			return err
		}
	}
	rm.group(&p, people, staff)
	p.Missing = missing(people, staff, teams, seen.TeamIDs)
	for _, role := range trajectory.Roles {
		p.Roles = append(p.Roles, ui.Option{Value: string(role), Text: r.T.T("trajectory.role_" + string(role)), Note: r.T.T("trajectory.role_" + string(role) + "_note"), On: string(role) == r.Was("role", "member")})
	}
	if rm.OnPeople != nil {
		if p.Carry, err = rm.OnPeople(r, seen); err != nil {
			return err
		}
	}
	h := head(r, seen, r.T.T("trajectory.people_title"))
	return r.Page(h, peopleOf(p))
}

func (rm *Room) group(p *peoplePage, people []trajectory.Participant, staff []school.Staff) {
	r := p.r
	in := map[string]bool{}
	var colleagues []ui.Option
	for _, x := range people {
		in[x.PersonID] = true
		if x.Role == trajectory.Lead || x.Role == trajectory.Member {
			colleagues = append(colleagues, ui.Option{Value: x.PersonID, Text: x.Name})
		}
	}
	for _, x := range people {
		row := personRow{ID: x.PersonID, Person: ui.Person{Name: x.Name, Hue: x.Hue}, Role: r.T.T("trajectory.role_" + string(x.Role)), Note: note(x), IsLead: x.Role == trajectory.Lead, Self: x.PersonID == r.Who().ID}
		if x.EndsOn != "" {
			row.Ends = r.T.T("trajectory.until", "date", r.T.Date(x.EndsOn))
		}
		if i := slices.IndexFunc(people, func(y trajectory.Participant) bool { return y.PersonID == x.StandInID }); i >= 0 {
			row.StandIn = r.T.T("trajectory.stand_in_is", "name", people[i].Name)
		}
		for _, c := range colleagues {
			if c.Value != x.PersonID {
				row.StandIns = append(row.StandIns, ui.Option{Value: c.Value, Text: c.Text, On: c.Value == x.StandInID})
			}
		}
		if x.Role == trajectory.Guest || x.Role == trajectory.Coach {
			p.Guests = append(p.Guests, row)
		} else {
			p.Group = append(p.Group, row)
		}
	}
	for _, s := range staff {
		if !in[s.ID] {
			p.Invite = append(p.Invite, ui.Option{Value: s.ID, Text: s.Name, Note: s.Subject})
		}
	}
	i18n.Sort(r.T, p.Invite, func(o ui.Option) string { return o.Text })
}

func note(x trajectory.Participant) string {
	switch {
	case x.Constituency != "" && x.Subject != "":
		return x.Subject + ", " + x.Constituency
	case x.Constituency != "":
		return x.Constituency
	}
	return x.Subject
}

// missing names the touched teams that nobody in the group comes from.
func missing(people []trajectory.Participant, staff []school.Staff, teams []school.Team, touched []string) []string {
	memberTeams := map[string]bool{}
	for _, x := range people {
		for _, s := range staff {
			if s.ID == x.PersonID {
				for _, t := range s.TeamIDs {
					memberTeams[t] = true
				}
			}
		}
	}
	var out []string
	for _, id := range trajectory.WithoutMember(touched, memberTeams) {
		for _, t := range teams {
			if t.ID == id {
				out = append(out, t.Name)
			}
		}
	}
	return out
}

// Invite asks a colleague or somebody from outside in.
func (rm *Room) Invite(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	inv := trajectory.Invitation{PersonID: f.ID("person"), Name: f.Line("name", 80), Email: f.Line("email", 200), Role: trajectory.Role(f.Line("role", 20)),
		Constituency: f.Line("constituency", 80), EndsOn: f.Date("ends_on")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.People)
	}
	if inv.PersonID == "" && inv.Email == "" {
		f.Refuse("person", "trajectory.choose_person")
		return r.Refused(f.Err(), rm.People)
	}
	if _, err := rm.Trajectories.Invite(r.Ctx(), r.Who(), id, inv, rm.Schools); err != nil {
		return r.Refused(err, rm.People)
	}
	return r.Said("/trajectories/"+id+"/people", "participant_joined")
}

// HandOver makes somebody lead or member, with a stand-in.
func (rm *Room) HandOver(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	person, role, standIn := f.ID("person"), trajectory.Role(f.Choice("role", "lead", "member")), f.ID("stand_in")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.People)
	}
	if err := rm.Trajectories.HandOver(r.Ctx(), r.Who(), id, person, role, standIn); err != nil {
		return r.Refused(err, rm.People)
	}
	return r.Said("/trajectories/"+id+"/people", "handed_over")
}

// Leave ends somebody's part.
func (rm *Room) Leave(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	person := f.ID("person")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.People)
	}
	if err := rm.Trajectories.Leave(r.Ctx(), r.Who(), id, person); err != nil {
		return r.Refused(err, rm.People)
	}
	if person == r.Who().ID {
		return r.Said("/trajectories", "left")
	}
	return r.Said("/trajectories/"+id+"/people", "participant_left")
}

func leaveText(p peoplePage, row personRow) string {
	if row.Self {
		return p.r.T.T("trajectory.leave_self")
	}
	return p.r.T.T("trajectory.leave_other", "name", school.FirstName(row.Person.Name))
}
