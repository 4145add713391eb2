package school

import (
	"context"
	"slices"

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

// bound is a person with what binds them, as one query reads it: each list holds lists of
// words.
type bound struct {
	Person
	roles, teams, schools [][]string
}

// rows makes one text of the rows that a part of a query finds.
func rows(columns, from string) string {
	return `(/*sqlite: select json_group_array(json_array(` + columns + `)) *//*postgres: select coalesce(json_agg(json_build_array(` + columns + `))::text, '[]') */ from ` + from + `)`
}

var boundQuery = `select ` + personColumns + `, ` +
	rows(`r.kind, coalesce(r.school_id, ''), coalesce(r.team_id, '')`, `role r where r.person_id = p.id`) + `, ` +
	rows(`m.team_id, t.school_id`, `team_member m join team t on t.id = m.team_id where m.person_id = p.id`) + `, ` +
	rows(`s.id, s.board_id, s.name, s.sector, s.language, s.zone, s.words`, `staff f join school s on s.id = f.school_id where f.person_id = p.id`) +
	` from person p where p.id = $1`

func boundFields(b *bound) []any {
	return append(personFields(&b.Person), db.JSON(&b.roles), db.JSON(&b.teams), db.JSON(&b.schools))
}

// Knows reads a person with the roles, teams and schools that decide what they may do.
// It is one query. Somebody who is suspended or has left is absent.
func Knows(ctx context.Context, q db.Queryer, personID string) (Known, error) {
	b, err := db.One(db.Afresh(ctx), q, boundQuery, boundFields, personID)
	if err != nil {
		return Known{}, errs.Because(err, "person %s", personID)
	}
	if b.State != Active {
		return Known{}, errs.Absent()
	}
	return b.gather(), nil
}

func (b bound) gather() Known {
	k := Known{Person: b.Person, Who: access.Who{ID: b.ID, BoardID: b.BoardID, Kind: access.Staff}}
	if b.Guest {
		k.Who.Kind = access.Guest
	}
	for _, list := range [][][]string{b.roles, b.teams, b.schools} { // the first school stays the first
		slices.SortFunc(list, slices.Compare)
	}
	for _, r := range b.roles {
		k.Who.Roles = append(k.Who.Roles, access.Role{Kind: roleKinds[r[0]], SchoolID: r[1], TeamID: r[2]})
	}
	teams := map[string]int{}
	for _, t := range b.teams {
		k.Who.Teams = append(k.Who.Teams, t[0])
		teams[t[1]]++
	}
	for _, f := range b.schools {
		s := School{ID: f[0], BoardID: f[1], Name: f[2], Sector: Sector(f[3]), Language: f[4], Zone: f[5], Words: parseWords(f[6])}
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
