package roster

import (
	"slices"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// Row is one person of a sheet.
type Row struct {
	Line      int    // where it stands in the sheet
	Key       string // names the row in what an admin chose: the same words, the same key
	Number    string // by which the source knows the person, may be empty
	Name      string
	Email     string
	Subject   string
	Functions []string
	Teams     []string // names
	Week      Week
	Org       []string // schools, of a file that names several
	Gone      bool     // the source says that the person left
	Cells     []string
}

// SourceKey is by what the source knows a person: its number, or else the mail address.
func (r Row) SourceKey() string {
	if r.Number != "" {
		return "#" + r.Number
	}
	return r.Email
}

// Rows makes rows of a sheet. Empty rows are left out; people who stand there several times,
// once for each team, become one row. Refuses a sheet without a column for names, or without
// one for addresses.
func Rows(s Sheet, l Layout) ([]Row, error) {
	if !l.Has(Name, First, Last) {
		return nil, errs.Invalid("roster.no_name_column").On("people")
	}
	if !l.Has(Email) {
		return nil, errs.Invalid("roster.no_email_column").On("people")
	}
	var rows []Row
	for i, cells := range s.Cells {
		if i <= l.Head || blank(cells) {
			continue
		}
		r := l.row(cells)
		r.Line = i + 1
		if r.Name == "" && r.Email == "" { // a line with something else
			continue
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errs.Invalid("roster.empty").On("people")
	}
	return merged(rows), nil
}

func (l Layout) row(cells []string) Row {
	r := Row{Key: ident.Hash(strings.Join(cells, "\x1f"))[:16], Cells: cells}
	parts := map[Column]string{}
	var marks []int
	marked := false
	for i, c := range l.Columns {
		v := ""
		if i < len(cells) {
			v = cells[i]
		}
		parts[c] = v
		if strings.HasPrefix(string(c), "day") && c != Days {
			marked = true
			if !slices.Contains(words.Say["no"], fold(v)) {
				marks = append(marks, int(c[3]-'0'))
			}
		}
	}
	r.Name = parts[Name]
	if r.Name == "" || l.Has(Last) {
		r.Name = oneLine(strings.Join([]string{firstOf(parts[First], givenOf(parts[Name], l)), parts[Infix], parts[Last]}, " "))
	}
	r.Name = turned(r.Name)
	r.Email = school.Email(strings.TrimPrefix(strings.ToLower(parts[Email]), "mailto:"))
	r.Number = limit(parts[Number], 100)
	r.Subject = parts[Subject]
	r.Functions = listed(parts[Function])
	r.Teams = listed(parts[Teams])
	if len(r.Teams) > 1 { // a name may hold a comma itself
		r.Teams = append([]string{parts[Teams]}, r.Teams...)
	}
	r.Week = ReadDays(parts[Days])
	if marked && len(marks) > 0 {
		r.Week = Week{Text: parts[Days] + "·", Days: tidy(marks), Sure: true}
	}
	r.Org = strings.Split(parts[Org], " | ")
	r.Gone = slices.Contains(words.Say["gone"], fold(parts[Status]))
	return r
}

// givenOf is a name column beside one for the surname: then it holds the first name.
func givenOf(name string, l Layout) string {
	if l.Has(Last) {
		return name
	}
	return ""
}

// turned puts «Berg, Bo van den» in the order in which it is said.
func turned(name string) string {
	last, given, ok := strings.Cut(name, ", ")
	if !ok || strings.Contains(given, ",") || given == "" || last == "" {
		return name
	}
	return given + " " + last
}

func listed(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		if x = oneLine(x); x != "" && !slices.Contains(out, x) {
			out = append(out, limit(x, 80))
		}
	}
	return out
}

func limit(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n])
}

// merged puts rows of one person together: the same name with the same address or number. What differs
// otherwise stays two rows, and Compare says so.
func merged(rows []Row) []Row {
	at := map[string]int{}
	out := rows[:0]
	for _, r := range rows {
		k := r.SourceKey() + "\x1f" + fold(r.Name) + "\x1f" + r.Email
		i, seen := at[k]
		if r.Email == "" || !seen || r.Week.Text != out[i].Week.Text || r.Gone != out[i].Gone {
			if r.Email != "" && !seen {
				at[k] = len(out)
			}
			out = append(out, r)
			continue
		}
		out[i].Teams = union(out[i].Teams, r.Teams)
		out[i].Functions = union(out[i].Functions, r.Functions)
		if out[i].Subject == "" {
			out[i].Subject = r.Subject
		}
	}
	return out
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(slices.Clone(a), x)
		}
	}
	return a
}

// teamIndex finds a team by its folded name.
type teamIndex map[string]string

func indexTeams(teams []school.Team) teamIndex {
	out := make(teamIndex, len(teams))
	for _, t := range teams {
		out[fold(t.Name)] = t.ID
	}
	return out
}

// find finds teams by name, whatever case and signs. left are the names that no team has. A
// cell stands before its parts: the name of one team may hold a comma.
func (x teamIndex) find(names []string) (ids, left []string) {
	var within []string
	for _, n := range names {
		id, ok := x[fold(n)]
		whole := strings.ContainsAny(n, ",;|")
		switch {
		case ok && whole:
			within = append(within, listed(n)...)
			fallthrough
		case ok && !slices.Contains(within, n):
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		case !ok && !whole && !slices.Contains(within, n):
			left = append(left, n)
		}
	}
	return ids, left
}
