package school

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Known is everything about the person asking that a request needs, read at the moment
// of use: rights are never remembered.
type Known struct {
	Person  Person
	Who     access.Who
	Schools []School // where the person is staff, first the one with most teams
}

// Home returns the school whose words, zone and calendar the person sees: the first
// school, or the zero School for somebody without one.
func (k Known) Home() School {
	if len(k.Schools) > 0 {
		return k.Schools[0]
	}
	return School{}
}

type fact struct{ kind, a, b, c, d, e, f, g string }

// Knows reads a person with the roles, teams and schools that decide what they may do.
// It is one query. Somebody who is suspended or has left is absent.
func Knows(ctx context.Context, q db.Queryer, personID string) (Known, error) {
	facts, err := db.All(ctx, q, `
		select 'role', kind, coalesce(school_id, ''), coalesce(team_id, ''), '', '', '', '' from role where person_id = $1
		union all
		select 'team', m.team_id, t.school_id, '', '', '', '', '' from team_member m join team t on t.id = m.team_id where m.person_id = $1
		union all
		select 'school', s.id, s.board_id, s.name, s.sector, s.language, s.zone, s.words
			from staff f join school s on s.id = f.school_id where f.person_id = $1
		order by 1, 2`, // the first school stays the first

		func(x *fact) []any { return []any{&x.kind, &x.a, &x.b, &x.c, &x.d, &x.e, &x.f, &x.g} }, personID)
	if err != nil {
		return Known{}, errs.Because(err, "who is %s", personID)
	}
	p, err := personByID(ctx, q, personID)
	if err != nil {
		return Known{}, err
	}
	if p.State != Active {
		return Known{}, errs.Absent()
	}
	return gather(p, facts), nil
}

func gather(p Person, facts []fact) Known {
	k := Known{Person: p, Who: access.Who{ID: p.ID, BoardID: p.BoardID, Kind: access.Staff}}
	if p.Guest {
		k.Who.Kind = access.Guest
	}
	teams := map[string]int{}
	for _, f := range facts {
		switch f.kind {
		case "role":
			k.Who.Roles = append(k.Who.Roles, access.Role{Kind: roleKinds[f.a], SchoolID: f.b, TeamID: f.c})
		case "team":
			k.Who.Teams = append(k.Who.Teams, f.a)
			teams[f.b]++
		}
	}
	for _, f := range facts {
		if f.kind != "school" {
			continue
		}
		s := School{ID: f.a, BoardID: f.b, Name: f.c, Sector: Sector(f.d), Language: f.e, Zone: f.f, Words: parseWords(f.g)}
		k.Who.Schools = append(k.Who.Schools, s.ID)
		k.Schools = append(k.Schools, s)
		if last := len(k.Schools) - 1; teams[s.ID] > teams[k.Schools[0].ID] {
			k.Schools[0], k.Schools[last] = k.Schools[last], k.Schools[0]
		}
	}
	return k
}

// roleKinds are the words for roles in the database.
var roleKinds = map[string]access.RoleKind{
	"leader": access.RoleLeader, "team_leader": access.RoleTeamLeader, "board": access.RoleBoard,
	"admin": access.RoleAdmin, "privacy": access.RolePrivacy, "timetabler": access.RoleTimetabler,
}

func roleWord(kind access.RoleKind) string {
	for word, k := range roleKinds {
		if k == kind {
			return word
		}
	}
	return ""
}
