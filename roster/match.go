package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/errs"
	"leerkring/school"
)

// matcher finds whom rows are about.
type matcher struct {
	source     Source
	k          Known
	c          Choices
	org        string
	orgKnown   bool
	index      teamIndex
	byID       map[string]*school.Account
	byEmail    map[string]*school.Account
	byLook     map[string][]*school.Account
	bySurname  map[string][]*school.Account
	elsewhere  map[string]school.Elsewhere
	entries    map[string]*Entry // by key
	entryOf    map[string]*Entry // by person
	entryNamed map[string]*Entry // by name, of those that came without an address
	claimed    map[string]bool   // accounts that a row names by number or address
	seen       map[string]int    // address, number or person → line

}

func newMatcher(source Source, rows []Row, k Known, c Choices) *matcher {
	m := &matcher{source: source, k: k, c: c, index: indexTeams(k.Teams), byID: map[string]*school.Account{}, byEmail: map[string]*school.Account{},
		byLook: map[string][]*school.Account{}, bySurname: map[string][]*school.Account{}, elsewhere: map[string]school.Elsewhere{},
		entries: map[string]*Entry{}, entryOf: map[string]*Entry{}, entryNamed: map[string]*Entry{}, claimed: map[string]bool{}, seen: map[string]int{}}
	m.org, m.orgKnown = OrgOf(Orgs(rows), k.School, c.Org)
	for i := range k.Accounts {
		a := &k.Accounts[i]
		m.byID[a.ID], m.byEmail[a.Email] = a, a
		m.byLook[look(a.Name)] = append(m.byLook[look(a.Name)], a)
		m.bySurname[surname(a.Name)] = append(m.bySurname[surname(a.Name)], a)
	}
	for _, x := range k.Elsewhere {
		if m.byID[x.ID] == nil {
			m.elsewhere[x.Email] = x
		}
	}
	for i := range k.Entries {
		e := &k.Entries[i]
		if m.byID[e.PersonID] != nil {
			m.entries[e.Key], m.entryOf[e.PersonID] = e, e
			m.entryNamed[look(e.Given.Name)] = e
		}
	}
	for _, r := range rows {
		if a, _ := m.find(r); a != nil {
			m.claimed[a.ID] = true
		}
	}
	return m
}

// find finds the account of a row by the number of the source, or by the address.
func (m *matcher) find(r Row) (*school.Account, *Entry) {
	if e := m.entries[r.SourceKey()]; e != nil && r.SourceKey() != "" {
		return m.byID[e.PersonID], e
	}
	if r.Email == "" && r.Number == "" { // an address that an admin filled in
		if e := m.entryNamed[look(r.Name)]; e != nil && e.Given.Name != "" {
			return m.byID[e.PersonID], e
		}
		return nil, nil
	}
	a := m.byEmail[r.Email]
	if a == nil || r.Email == "" {
		return nil, nil
	}
	return a, m.entryOf[a.ID]
}

// mostLikely is how many colleagues are offered.
const mostLikely = 3

// likely are the colleagues that a row could be about: the same name, or nearly so. Whom
// another row names is not among them.
func (m *matcher) likely(r Row) []Likely {
	var out []Likely
	add := func(a *school.Account) {
		if len(out) < mostLikely && !m.claimed[a.ID] && !slices.ContainsFunc(out, func(x Likely) bool { return x.ID == a.ID }) {
			out = append(out, Likely{a.ID, a.Name, a.Email})
		}
	}
	for _, a := range m.byLook[look(r.Name)] {
		add(a)
	}
	for _, a := range m.bySurname[surname(r.Name)] {
		if nearly(r.Name, a.Name) {
			add(a)
		}
	}
	return out
}

// look is a name without case, accents and signs; spaces count.
func look(name string) string {
	parts := strings.Fields(name)
	for i, w := range parts {
		parts[i] = fold(w)
	}
	return strings.Join(parts, " ")
}

// surname is the last word of a name, as it looks.
func surname(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return ""
	}
	return fold(parts[len(parts)-1])
}

// nearly reports two names with one surname of which one first name is the initial of the
// other, or differs by one letter.
func nearly(a, b string) bool {
	x, y := fold(firstWord(a)), fold(firstWord(b))
	if x == "" || y == "" || len(strings.Fields(a)) < 2 || len(strings.Fields(b)) < 2 {
		return false
	}
	if utf8.RuneCountInString(x) <= 2 || utf8.RuneCountInString(y) <= 2 { // K., or J.W.
		r, _ := utf8.DecodeRuneInString(x)
		q, _ := utf8.DecodeRuneInString(y)
		return r == q
	}
	return oneApart(x, y)
}

func firstWord(s string) string { f, _, _ := strings.Cut(strings.TrimSpace(s), " "); return f }

// oneApart reports two words that differ by at most one letter.
func oneApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || len(x) < 3 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i == len(x) || slices.Equal(x[i+1:], y[i+1:])
	}
	return slices.Equal(x[i:], y[i+1:])
}

// gone is a row of which the source says that the person left.
func (m *matcher) gone(f Finding) Finding {
	f.Verdict = Same
	a, e := m.find(f.Row)
	if a == nil || a.State == school.Suspended || a.Guest {
		return f // never came in, or left already
	}
	m.seen[a.ID] = f.Line
	return m.leaves(f, *a, e, "gone")
}

// leaving are those who came by an earlier list of this source, and are not in this one.
func (m *matcher) leaving() []Finding {
	var out []Finding
	if !m.orgKnown {
		return nil
	}
	for i := range m.k.Accounts {
		a := m.k.Accounts[i]
		e := m.entryOf[a.ID]
		if _, seen := m.seen[a.ID]; seen || e == nil || e.Gone || a.State == school.Suspended || a.Guest {
			continue
		}
		out = append(out, m.leaves(Finding{Row: Row{Name: a.Name, Email: a.Email}}, a, e, "missing"))
	}
	return out
}

// leaves is a finding about somebody who leaves, if the admin says so. Who answers for
// something does not leave by a list, and nobody does by their own.
func (m *matcher) leaves(f Finding, a school.Account, _ *Entry, how string) Finding {
	f.Verdict, f.PersonID, f.Known, f.Left, f.Mayleave = Leaving, a.ID, a.Name, how, true
	switch {
	case a.ID == m.k.ActorID:
		f.Mayleave = false
		f.Why = append(f.Why, errs.Field{Key: "roster.leave_self"})
	case holdsRole(a):
		f.Mayleave = false
		f.Why = append(f.Why, errs.Field{Key: "roster.leave_role", Args: []any{"name", a.Name}})
	}
	return f
}
