package roster

import (
	"slices"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// ReadFiles reads the files of OneRoster 1.1 and 1.2 and makes one table of the staff in
// them. Pupils and parents are counted and left; nothing of them is kept. file gives a file by
// its name, and nothing when it is not there.
func ReadFiles(file func(name string) ([]byte, error)) (Sheet, error) {
	tables := map[string][]record{}
	for _, name := range []string{"users", "orgs", "roles", "classes", "courses", "enrollments"} {
		raw, err := file(name + ".csv")
		if err != nil {
			return Sheet{}, err
		}
		tables[name] = records(raw)
	}
	if len(tables["users"]) == 0 {
		return Sheet{}, errs.Invalid("roster.oneroster_empty").On("file")
	}
	o := newOneRoster(tables)
	s := Sheet{Source: OneRoster, Cells: [][]string{{first, "status", "name", "email", "org", "teams", "function"}}}
	for _, u := range tables["users"] {
		roles, orgs := o.rolesOf(u)
		staff, left := sift(roles)
		if len(staff) == 0 {
			s.LeftOut = s.LeftOut.add(left)
			continue
		}
		s.Cells = append(s.Cells, []string{clean(u["sourcedid"]), status(u), nameOf(u), clean(u["email"]), o.schoolsOf(orgs), o.teamsOf(u, orgs), strings.Join(staff, ", ")})
	}
	s, err := s.checked()
	return s, onFile(err)
}

// record is a line of a file by the names of its columns, small.
type record map[string]string

func records(raw []byte) []record {
	if len(raw) == 0 {
		return nil
	}
	rows, ok := parseQuoted(strings.NewReplacer("\r\n", "\n", "\x00", "").Replace(foreign.Decode(raw)), ',')
	if !ok || len(rows) == 0 {
		return nil
	}
	var out []record
	for _, row := range rows[1:] {
		if len(row) == 0 {
			continue
		}
		r := record{}
		for i, name := range rows[0] {
			if i < len(row) {
				r[strings.ToLower(name)] = row[i]
			}
		}
		out = append(out, r)
	}
	return out
}

type oneRoster struct {
	orgs  map[string]record   // by sourcedId
	roles map[string][]record // by user, of 1.2
	teams map[string][]string // by user, from classes
}

func newOneRoster(tables map[string][]record) oneRoster {
	o := oneRoster{orgs: map[string]record{}, roles: map[string][]record{}, teams: map[string][]string{}}
	for _, x := range tables["orgs"] {
		o.orgs[x["sourcedid"]] = x
	}
	for _, x := range tables["roles"] {
		if !over(x) {
			o.roles[x["usersourcedid"]] = append(o.roles[x["usersourcedid"]], x)
		}
	}
	courses, classes := map[string]record{}, map[string]string{}
	for _, x := range tables["courses"] {
		courses[x["sourcedid"]] = x
	}
	for _, x := range tables["classes"] {
		if !over(x) {
			c := courses[x["coursesourcedid"]]
			classes[x["sourcedid"]] = firstOf(x["subjects"], c["subjects"], c["title"])
		}
	}
	for _, x := range tables["enrollments"] {
		if team := classes[x["classsourcedid"]]; team != "" && !over(x) && fold(x["role"]) != "student" {
			o.teams[x["usersourcedid"]] = append(o.teams[x["usersourcedid"]], split(team)...)
		}
	}
	return o
}

// rolesOf are the roles of a user with where they hold: in the line itself (1.1) or in a file
// of their own (1.2).
func (o oneRoster) rolesOf(u record) (roles, orgs []string) {
	if u["role"] != "" {
		roles = append(roles, u["role"])
	}
	orgs = append(split(u["orgsourcedids"]), split(u["primaryorgsourcedid"])...)
	for _, r := range o.roles[u["sourcedid"]] {
		roles, orgs = append(roles, r["role"]), append(orgs, r["orgsourcedid"])
	}
	return roles, orgs
}

// sift keeps the roles of somebody who works at a school, and counts the others. Who is a
// pupil as well stays out.
func sift(roles []string) (staff []string, left LeftOut) {
	for _, r := range roles {
		if slices.Contains(words.OneRoster["staff"], fold(r)) && !slices.Contains(staff, clean(r)) {
			staff = append(staff, clean(r))
		}
	}
	for _, r := range roles {
		switch f := fold(r); {
		case slices.Contains(words.OneRoster["pupils"], f):
			return nil, LeftOut{Pupils: 1}
		case slices.Contains(words.OneRoster["parents"], f):
			return staff, LeftOut{Parents: 1}
		}
	}
	return staff, LeftOut{Others: 1}
}

func (l LeftOut) add(o LeftOut) LeftOut {
	return LeftOut{l.Pupils + o.Pupils, l.Parents + o.Parents, l.Others + o.Others}
}

// over reports a line that the administration took out.
func over(r record) bool { return slices.Contains(words.Say["gone"], fold(r["status"])) }

func status(u record) string {
	if over(u) || slices.Contains([]string{"false", "0"}, fold(u["enableduser"])) {
		return "tobedeleted"
	}
	return ""
}

func nameOf(u record) string {
	given, family := firstOf(u["preferredgivenname"], u["givenname"]), firstOf(u["preferredfamilyname"], u["familyname"])
	return clean(given + " " + family)
}

// schoolsOf names the schools among orgs: the one of a department is above it.
func (o oneRoster) schoolsOf(ids []string) string {
	var out []string
	for _, id := range ids {
		for range 4 { // a department in a school in a board: no chain is longer
			org, ok := o.orgs[id]
			if !ok {
				break
			}
			if fold(org["type"]) == "school" {
				if name := clean(org["name"]); name != "" && !slices.Contains(out, name) {
					out = append(out, name)
				}
				break
			}
			id = firstOf(org["parentsourcedid"], org["parentsourcedids"])
		}
	}
	return strings.Join(out, " | ")
}

// teamsOf names the departments of a user, and what the user teaches.
func (o oneRoster) teamsOf(u record, ids []string) string {
	var out []string
	for _, id := range ids {
		if org := o.orgs[id]; fold(org["type"]) == "department" {
			out = append(out, clean(org["name"]))
		}
	}
	out = append(out, o.teams[u["sourcedid"]]...)
	slices.Sort(out)
	return strings.Join(slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" }), ", ")
}

func split(s string) []string {
	var out []string
	for _, x := range strings.Split(s, ",") {
		if x = clean(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
