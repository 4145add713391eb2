package roster

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/school"
)

// Known is what the house knows when a list is compared.
type Known struct {
	School    school.School
	Accounts  []school.Account   // of the school, in whatever state, and the guests of its board
	Elsewhere []school.Elsewhere // of other schools of the board
	Teams     []school.Team
	Entries   []Entry // what this source said the last time
	ActorID   string  // who looks: nobody leaves by their own list
}

// Entry is what a source said of a person the last time.
type Entry struct {
	Key      string
	PersonID string
	Given    Given
	Gone     bool // left by this source
}

// Given is what stood in the list. What a person or an admin changed afterwards stays as long
// as the list goes on saying the same.
type Given struct {
	Name      string   `json:"name"`
	Email     string   `json:"email"`
	Subject   string   `json:"subject,omitempty"`
	Functions []string `json:"functions,omitempty"`
	Days      []int    `json:"days,omitempty"`
	TeamIDs   []string `json:"teams,omitempty"`
	Week      string   `json:"week,omitempty"`    // the days in its own words, as an admin read them
	Without   []string `json:"without,omitempty"` // teams that an admin left out
}

// Compare tells what a list would do, person by person, and who is not in it any more. It is
// pure: the same list, the same house and the same choices give the same findings.
func Compare(source Source, rows []Row, k Known, c Choices) []Finding {
	m := newMatcher(source, rows, k, c)
	out := make([]Finding, 0, len(rows))
	for _, r := range rows {
		if !m.ofThisSchool(r) {
			continue
		}
		out = append(out, m.look(r))
	}
	return append(out, m.leaving()...)
}

// Orgs are the schools that a file names.
func Orgs(rows []Row) []string {
	var out []string
	for _, r := range rows {
		for _, o := range r.Org {
			if o != "" && !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	slices.Sort(out)
	return out
}

// OrgOf finds which school of a file this school is; ok is false when that is to be asked.
func OrgOf(orgs []string, sc school.School, chosen string) (org string, ok bool) {
	switch {
	case slices.Contains(orgs, chosen):
		return chosen, true
	case len(orgs) == 0:
		return "", true
	case len(orgs) == 1:
		return orgs[0], true
	}
	for _, o := range orgs {
		if fold(o) == fold(sc.Name) {
			return o, true
		}
	}
	return "", false
}

func (m *matcher) ofThisSchool(r Row) bool {
	return !m.orgKnown || m.org == "" || slices.Contains(r.Org, m.org) || slices.Equal(r.Org, []string{""})
}

// look finds out about one row.
func (m *matcher) look(r Row) Finding {
	f := Finding{Row: r, Verdict: New}
	if email, ok := m.c.Emails[r.Key]; ok && email != "" {
		f.Email = school.Email(email)
	}
	if r.Gone {
		return m.gone(f)
	}
	if !m.orgKnown {
		f.refuse(errs.Invalid("roster.which_org"))
		return f
	}
	if r.Name == "" {
		f.refuse(errs.Invalid("roster.name_missing"))
		return f
	}
	if err := school.CheckName(r.Name); err != nil {
		f.refuse(err)
		return f
	}
	a, e := m.find(f.Row)
	if m.twice(&f, a) {
		return f
	}
	switch {
	case a != nil:
		m.meets(&f, *a, e)
	case f.Email == "" || school.CheckEmail(f.Email) != nil:
		m.maybe(&f)
		if f.Verdict == New {
			m.askEmail(&f)
		}
	default:
		m.stranger(&f)
	}
	if f.Verdict == Refused {
		return f
	}
	m.words(&f)
	m.teams(&f)
	m.week(&f)
	m.settle(&f)
	return f
}

func (m *matcher) askEmail(f *Finding) {
	if f.Email == "" {
		f.ask(AskEmail, "roster.no_email")
		return
	}
	f.ask(AskEmail, "roster.email_shape", "email", limit(f.Email, 80))
}

// twice refuses a row about somebody of an earlier row.
func (m *matcher) twice(f *Finding, a *school.Account) bool {
	keys := []string{}
	if f.Email != "" {
		keys = append(keys, "@"+f.Email)
	}
	if f.Number != "" {
		keys = append(keys, "#"+f.Number)
	}
	if a != nil {
		keys = append(keys, a.ID)
	}
	for _, k := range keys {
		if line, seen := m.seen[k]; seen && line != f.Line {
			f.refuse(errs.Invalid("roster.twice", "n", line))
			return true
		}
	}
	for _, k := range keys {
		m.seen[k] = f.Line
	}
	return false
}

// stranger is a row about nobody that is known here: new, unless the address works elsewhere
// on the board, or a colleague has the same or nearly the same name.
func (m *matcher) stranger(f *Finding) {
	if x, ok := m.elsewhere[f.Email]; ok {
		f.PersonID = x.ID
		switch {
		case x.State == school.Suspended || x.State == school.Left:
			f.refuse(errs.Invalid("roster.elsewhere_closed"))
		case !m.c.Yes[f.Key]:
			f.ask(AskHere, "roster.elsewhere", "school", x.School)
		}
		return
	}
	m.maybe(f)
}

// maybe asks when a colleague has the same or nearly the same name.
func (m *matcher) maybe(f *Finding) {
	answer := m.c.Same[f.Key]
	if f.Likely = m.likely(f.Row); answer == AnotherOne {
		return
	}
	for _, x := range f.Likely {
		if x.ID == answer {
			a := m.byID[answer]
			if line, seen := m.seen[a.ID]; seen {
				f.refuse(errs.Invalid("roster.twice", "n", line))
				return
			}
			m.seen[a.ID] = f.Line
			if f.Email == "" || school.CheckEmail(f.Email) != nil {
				f.Email = a.Email
			}
			m.meets(f, *a, m.entryOf[a.ID])
			return
		}
	}
	if len(f.Likely) > 0 {
		f.ask(AskSame, "roster.same_name", "name", f.Likely[0].Name)
	}
}

// meets is a row about an account of this school.
func (m *matcher) meets(f *Finding, a school.Account, e *Entry) {
	f.PersonID, f.Known, f.Verdict = a.ID, a.Name, Changed
	if f.Email == "" {
		f.Email = a.Email
	}
	switch {
	case a.State == school.Suspended && len(a.Roles) > 0:
		f.refuse(errs.Invalid("roster.back_role", "name", a.Name))
	case a.State == school.Suspended && e != nil && e.Gone, a.State == school.Suspended && m.c.Yes[f.Key]:
		f.Verdict = Back
	case a.State == school.Suspended:
		f.ask(AskBack, "roster.suspended", "name", a.Name)
	case a.Guest && !m.c.Yes[f.Key]:
		f.ask(AskHere, "roster.guest", "name", a.Name)
	case a.Guest:
		f.Verdict = New
	}
	if f.Verdict == Refused || f.Email == a.Email {
		return
	}
	switch {
	case e != nil && e.Given.Email == f.Email: // the list says what it said; the address was changed here
		f.Email = a.Email
	case school.CheckEmail(f.Email) != nil:
		m.askEmail(f)
	case len(a.Roles) > 0:
		f.refuse(errs.Invalid("roster.role_address", "name", a.Name))
	case m.byEmail[f.Email] != nil:
		f.refuse(errs.Invalid("roster.address_taken", "email", f.Email))
	case m.hasElsewhere(f.Email):
		f.refuse(errs.Invalid("roster.address_taken", "email", f.Email))
	}
}

func (m *matcher) hasElsewhere(email string) bool { _, ok := m.elsewhere[email]; return ok }

// words notes functions that are a role here as well: in a list they stay a word.
func (m *matcher) words(f *Finding) {
	for _, w := range append(slices.Clone(f.Functions), f.Subject) {
		if isRole(w) {
			f.Notes = append(f.Notes, errs.Field{Key: "roster.role_word", Args: []any{"word", w}})
		}
	}
}

// teams finds the teams that a row names, and asks about those that are not there. Teams of a OneRoster
// file are left as long as nobody chose: its classes are no teams of colleagues.
func (m *matcher) teams(f *Finding) {
	ids, left := m.index.find(f.Teams)
	f.Missing = left
	for _, name := range left {
		switch answer := m.c.Teams[TeamKey(name)]; {
		case answer == MakeIt:
			if err := school.CheckName(name); err != nil {
				f.refuse(errs.Invalid("roster.team_name", "team", limit(name, 40)))
				return
			}
			f.Set.Make = append(f.Set.Make, name)
		case answer == LeaveIt, answer == "" && slices.Contains(m.given(*f).Without, name):
			f.Given.Without = append(f.Given.Without, name)
		case slices.ContainsFunc(m.k.Teams, func(t school.Team) bool { return t.ID == answer }):
			if !slices.Contains(ids, answer) {
				ids = append(ids, answer)
			}
		case m.source == OneRoster:
			f.open = true
		default:
			if f.open = true; !slices.Contains(f.Asks, AskTeam) {
				f.ask(AskTeam, "roster.team_unknown", "team", limit(name, 40))
			}
		}
	}
	slices.Sort(ids)
	f.Set.Join, f.Given.TeamIDs = ids, ids
}

// given is what this source said before of whom a row is about.
func (m *matcher) given(f Finding) Given {
	if e := m.entryOf[f.PersonID]; e != nil {
		return e.Given
	}
	return Given{}
}

// week reads the working days, or asks.
func (m *matcher) week(f *Finding) {
	if !f.Week.Said() {
		return
	}
	before := m.given(*f)
	if chosen := m.c.Days[f.Key]; len(chosen) > 0 {
		f.Week.Days, f.Week.Sure = tidy(slices.Clone(chosen)), true
	} else if !f.Week.Sure && before.Week == f.Week.Text && len(before.Days) > 0 {
		f.Week.Days, f.Week.Sure = before.Days, true
	}
	if !f.Week.Sure {
		f.ask(AskDays, "roster.days_unclear", "days", limit(f.Week.Text, 40))
		return
	}
	f.Set.Days = f.Week.Days
}

// settle finds out what is different from what is kept. What the list said before, and says
// again, is left as it is now: people correct themselves.
func (m *matcher) settle(f *Finding) {
	f.Set.Name, f.Set.Email, f.Set.Subject, f.Set.Functions = f.Name, f.Email, f.Subject, f.Functions
	f.Given.Name, f.Given.Email, f.Given.Subject, f.Given.Functions = f.Name, firstOf(f.Row.Email, f.Email), f.Subject, f.Functions
	f.Given.Days, f.Given.Week = f.Set.Days, f.Week.Text
	if err := checkWords(f); err != nil {
		f.refuse(err)
		return
	}
	a := m.byID[f.PersonID]
	if a == nil || a.Guest {
		return
	}
	given := m.given(*f)
	if m.entryOf[a.ID] == nil {
		given.Name = f.Name // another way to write a name is no news, the first time
	}
	note := func(what, before, now, from string) bool {
		if now == "" || now == from || now == before {
			return false
		}
		f.Changes = append(f.Changes, Change{what, from, now})
		return true
	}
	if fold(given.Name) == fold(f.Name) || !note(TheName, given.Name, f.Name, a.Name) {
		f.Set.Name = ""
	}
	if !note(TheEmail, "", f.Email, a.Email) {
		f.Set.Email = ""
	}
	if !note(TheSubject, given.Subject, f.Subject, a.Subject) {
		f.Set.Subject = ""
	}
	if !note(TheFunction, strings.Join(given.Functions, ", "), strings.Join(f.Functions, ", "), strings.Join(a.Functions, ", ")) {
		f.Set.Functions = nil
	}
	if !note(TheDays, DaysText(given.Days), DaysText(f.Set.Days), DaysText(a.WorkingDays)) {
		f.Set.Days = nil
	}
	m.moves(f, *a, given)
	if f.Verdict == Changed && len(f.Changes) == 0 {
		f.Verdict = Same
	}
}

// moves finds which teams are joined, and which are left: only those that this source gave before.
func (m *matcher) moves(f *Finding, a school.Account, given Given) {
	named := f.Set.Join
	f.Set.Join = nil
	after := slices.Clone(a.TeamIDs)
	for _, id := range named {
		if !slices.Contains(a.TeamIDs, id) && !slices.Contains(given.TeamIDs, id) {
			f.Set.Join, after = append(f.Set.Join, id), append(after, id)
		}
	}
	if len(f.Teams) > 0 && !f.open {
		for _, id := range given.TeamIDs {
			if !slices.Contains(named, id) && slices.Contains(a.TeamIDs, id) {
				f.Set.Leave = append(f.Set.Leave, id)
				after = slices.DeleteFunc(after, func(x string) bool { return x == id })
			}
		}
	}
	if len(f.Set.Join)+len(f.Set.Leave)+len(f.Set.Make) > 0 {
		to := teamNames(after, m.k.Teams)
		for _, name := range f.Set.Make {
			to = strings.TrimPrefix(to+", "+name, ", ")
		}
		f.Changes = append(f.Changes, Change{TheTeams, teamNames(a.TeamIDs, m.k.Teams), to})
	}
}

func checkWords(f *Finding) error {
	for _, w := range append(slices.Clone(f.Functions), f.Subject) {
		if err := school.CheckSubject(w); err != nil {
			return errs.Invalid("roster.long_word", "word", limit(w, 40))
		}
	}
	if len(f.Functions) > 10 {
		return errs.Invalid("roster.long_word", "word", limit(strings.Join(f.Functions, ", "), 40))
	}
	return nil
}

// holdsRole reports whether somebody answers for anything.
func holdsRole(a school.Account) bool {
	return slices.ContainsFunc(a.Roles, func(access.Role) bool { return true })
}
