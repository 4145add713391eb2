package roster

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// Verdict is what would become of a person.
type Verdict string

// The verdicts.
const (
	New     Verdict = "new"     // becomes a colleague here
	Changed Verdict = "changed" // is one already; something becomes different
	Back    Verdict = "back"    // was away; the own account opens again
	Same    Verdict = "same"
	Unclear Verdict = "unclear" // the admin chooses; until then nothing happens
	Refused Verdict = "refused" // is mended in the list, or stays out
	Leaving Verdict = "leaving" // came by an earlier list of this source, and is not in this one
)

// Ask is what an admin can choose about a row.
type Ask string

// What is asked.
const (
	AskEmail Ask = "email" // there is no address, or none that works
	AskDays  Ask = "days"  // the working days can mean two things
	AskSame  Ask = "same"  // is this somebody who is here already?
	AskHere  Ask = "here"  // works elsewhere on the board, or is a guest: also here?
	AskBack  Ask = "back"  // the account was suspended: open it again?
	AskTeam  Ask = "team"  // a team that is not there
)

// Change is one thing that would become another.
type Change struct{ What, From, To string }

// What changes.
const (
	TheName     = "name"
	TheEmail    = "email"
	TheSubject  = "subject"
	TheFunction = "function"
	TheDays     = "days"
	TheTeams    = "teams"
)

// Finding is a person of a list with what would become of them.
type Finding struct {
	Row
	Verdict  Verdict
	Why      []errs.Field // what is unclear or refused, and how to mend it
	Notes    []errs.Field // what is good to know: a function that is no role
	Asks     []Ask
	Missing  []string // names of teams that are not there
	PersonID string   // of somebody who is known
	Known    string   // the name by which they are known
	Likely   []Likely // whom the row could be about
	Changes  []Change
	Set      Set
	Given    Given  // what the source says, to compare with the next time
	Mayleave bool   // of Leaving: can be done here
	Left     string // of Leaving: "gone" or "missing", as the source says

	open bool // a team is not there, and nobody said what to do
}

// Likely is a colleague who could be meant.
type Likely struct{ ID, Name, Email string }

// Set is what would be kept of a person.
type Set struct {
	Name, Email, Subject string
	Functions            []string
	Days                 []int
	Join, Leave          []string // ids of teams
	Make                 []string // names of teams to make
}

// Ready reports a finding of which something would be done.
func (f Finding) Ready() bool { return f.Verdict == New || f.Verdict == Changed || f.Verdict == Back }

func (f *Finding) refuse(err error) {
	f.Verdict, f.Why = Refused, append(f.Why, errs.FieldsOf(err)...)
}

// ask makes a row wait for a choice.
func (f *Finding) ask(a Ask, key string, args ...any) {
	f.Verdict, f.Asks = Unclear, append(f.Asks, a)
	f.Why = append(f.Why, errs.Field{Name: string(a), Key: key, Args: args})
}

// Choices are what an admin chose on the page, by the key of a row.
type Choices struct {
	Emails map[string]string
	Days   map[string][]int
	Same   map[string]string // id of a colleague, or AnotherOne
	Yes    map[string]bool   // works here too, or comes back
	Teams  map[string]string // by TeamKey: id of a team, MakeIt or LeaveIt
	Leave  map[string]bool   // by id of a person: leaves
	Org    string            // which school of the file this is
}

// any reports whether anything was chosen that changes a finding.
func (c Choices) any() bool {
	return len(c.Emails)+len(c.Days)+len(c.Same)+len(c.Yes)+len(c.Teams) > 0
}

// Answers of Choices.
const (
	AnotherOne = "another"
	MakeIt     = "make"
	LeaveIt    = "leave"
)

// TeamKey names a team that is not there, in what an admin chose.
func TeamKey(name string) string { return ident.Hash(fold(name))[:16] }

// Digest names what a list would do before an admin chose anything: when it differs from what was
// shown, somebody else was busy, and nothing is done.
func Digest(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(strings.Join([]string{string(f.Verdict), f.Name, f.Email, f.PersonID, f.Known, strconv.Itoa(f.Line)}, "\x1f"))
		for _, c := range f.Changes {
			b.WriteString("\x1e" + c.What + "\x1f" + c.From + "\x1f" + c.To)
		}
		b.WriteString("\x1d" + strings.Join(f.Set.Functions, ",") + "\x1f" + f.Set.Subject + "\x1f" + strings.Join(f.Set.Join, ",") + "\x1f" + DaysText(f.Set.Days) + "\x1c")
	}
	return ident.Hash(b.String())
}

// DaysText is a short form of working days that every language can read: 1 2 4.
func DaysText(days []int) string {
	parts := make([]string, len(days))
	for i, d := range days {
		parts[i] = strconv.Itoa(d)
	}
	return strings.Join(parts, " ")
}

// Count tells how many findings have a verdict.
func Count(findings []Finding, verdicts ...Verdict) int {
	n := 0
	for _, f := range findings {
		if slices.Contains(verdicts, f.Verdict) {
			n++
		}
	}
	return n
}

// teamNames names teams by their ids.
func teamNames(ids []string, teams []school.Team) string {
	var out []string
	for _, t := range teams {
		if slices.Contains(ids, t.ID) {
			out = append(out, t.Name)
		}
	}
	return strings.Join(out, ", ")
}
