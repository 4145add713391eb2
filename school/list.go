package school

import (
	"slices"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// Row is one line of a pasted list of people.
type Row struct {
	Line                 int
	Name, Email, Subject string
	Teams                string // names, parted by commas
}

// mostRows is how many people come in at a time.
const mostRows = 1000

// ParseRows reads lines «name; mail address; subject; team», as they are typed or pasted
// from a spreadsheet. Empty lines and a line with the names of the columns are left out.
func ParseRows(text string) ([]Row, error) {
	var rows []Row
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := columnsOf(line)
		r := Row{Line: i + 1, Name: parts[0], Email: Email(parts[1]), Subject: parts[2], Teams: parts[3]}
		if len(rows) == 0 && !strings.Contains(r.Email, "@") && strings.Contains(r.Email, "mail") {
			continue
		}
		rows = append(rows, r)
	}
	switch {
	case len(rows) == 0:
		return nil, errs.Invalid("school.list_empty").On("people")
	case len(rows) > mostRows:
		return nil, errs.Invalid("school.list_long", "n", mostRows).On("people")
	}
	return rows, nil
}

func columnsOf(line string) (out [4]string) {
	sep := ";"
	if strings.Contains(line, "\t") {
		sep = "\t"
	}
	for i, part := range strings.SplitN(line, sep, 5) {
		if i < len(out) {
			out[i] = strings.Join(strings.Fields(part), " ")
		}
	}
	return out
}

// Verdict is what would become of one line.
type Verdict string

// The verdicts.
const (
	Joins   Verdict = "new"     // becomes a colleague here
	Changes Verdict = "changed" // is one already; something is added
	Stays   Verdict = "same"
	Refused Verdict = "refused" // left out, and why
)

// Finding is a line with what would become of it.
type Finding struct {
	Row
	Verdict  Verdict
	Why      []errs.Field // of a refused line
	PersonID string       // of a colleague
	Subject  string       // as it would be
	Before   string       // the subject as it is
	TeamIDs  []string     // as they would be
	Had      []string     // as they are
}

// Compare tells what a list would do, line by line. Nothing is taken away by a list: teams
// are added, a name stays as the person has it, and who is not in it stays.
func Compare(rows []Row, accounts []Account, teams []Team) []Finding {
	known := map[string]Account{}
	for _, a := range accounts {
		known[a.Email] = a
	}
	line := map[string]int{}
	out := make([]Finding, 0, len(rows))
	for _, r := range rows {
		f := Finding{Row: r, Verdict: Joins, Subject: r.Subject}
		ids, missing := teamsNamed(r.Teams, teams)
		err := errs.Join(CheckName(r.Name), CheckEmail(r.Email), checkSubject(r.Subject), missing, twice(line[r.Email]))
		if line[r.Email] == 0 {
			line[r.Email] = r.Line
		}
		if a, ok := known[r.Email]; ok && err == nil {
			err = f.meets(a)
		}
		f.TeamIDs = append(slices.Clone(f.Had), ids...)
		slices.Sort(f.TeamIDs)
		f.TeamIDs = slices.Compact(f.TeamIDs)
		switch {
		case err != nil:
			f.Verdict, f.Why = Refused, errs.FieldsOf(err)
		case f.PersonID != "" && f.Subject == f.Before && len(f.TeamIDs) == len(f.Had):
			f.Verdict = Stays
		}
		out = append(out, f)
	}
	return out
}

// meets finds that a line is about somebody who is known here.
func (f *Finding) meets(a Account) error {
	if a.State == Suspended {
		return errs.Invalid("school.list_suspended", "name", a.Name).On("email")
	}
	if a.Guest {
		return nil // becomes a colleague
	}
	f.Verdict, f.PersonID, f.Before, f.Had = Changes, a.ID, a.Subject, a.TeamIDs
	if f.Row.Subject == "" {
		f.Subject = a.Subject
	}
	return nil
}

func twice(earlier int) error {
	if earlier == 0 {
		return nil
	}
	return errs.Invalid("school.list_twice", "n", earlier).On("email")
}

// teamsNamed finds teams by name, whatever the case. A name may hold a comma itself.
func teamsNamed(names string, teams []Team) (ids []string, err error) {
	if id, ok := teamNamed(names, teams); ok {
		return []string{id}, nil
	}
	for _, name := range strings.Split(names, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		id, ok := teamNamed(name, teams)
		if !ok {
			return nil, errs.Invalid("school.list_team", "team", name).On("team")
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func teamNamed(name string, teams []Team) (string, bool) {
	i := slices.IndexFunc(teams, func(t Team) bool { return strings.EqualFold(t.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return "", false
	}
	return teams[i].ID, true
}

// Digest names what a list would do: when it differs from what was shown, nothing is done.
func Digest(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(strings.Join([]string{string(f.Verdict), f.Name, f.Email, f.Subject, f.PersonID, strings.Join(f.TeamIDs, ","), ""}, "\x1f"))
	}
	return ident.Hash(b.String())
}
