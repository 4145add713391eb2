package contribution

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/trajectory"
)

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return ""
}

func TestTidy(t *testing.T) {
	long := strings.Repeat("é", maxBody)
	for name, tc := range map[string]struct {
		give Words
		want Words
		key  string
	}{
		"a plain sentence is a voice":          {Words{Body: " Ja. "}, Words{Kind: Voice, Body: "Ja."}, ""},
		"white space alone is empty":           {Words{Body: " \n\t"}, Words{}, "contribution.body_empty"},
		"the longest text is kept":             {Words{Body: long}, Words{Kind: Voice, Body: long}, ""},
		"one character more is too long":       {Words{Body: long + "é"}, Words{}, "form.too_long_max"},
		"a fact names its source":              {Words{Kind: Fact, Body: "7 van 12", Source: "telling"}, Words{Kind: Fact, Body: "7 van 12", Source: "telling"}, ""},
		"a fact without source is refused":     {Words{Kind: Fact, Body: "7 van 12"}, Words{}, "contribution.source_empty"},
		"a source is for facts only":           {Words{Kind: Worry, Body: "te druk", Source: "x"}, Words{Kind: Worry, Body: "te druk"}, ""},
		"an unknown kind is refused":           {Words{Kind: "grade", Body: "x"}, Words{}, "form.choose"},
		"a link goes along":                    {Words{Body: "x", Link: "https://example.org/a?b=c#d"}, Words{Kind: Voice, Body: "x", Link: "https://example.org/a?b=c#d"}, ""},
		"an open link is refused":              {Words{Body: "x", Link: "http://example.org"}, Words{}, "contribution.link_https"},
		"a script is no link":                  {Words{Body: "x", Link: "javascript:alert(1)"}, Words{}, "contribution.link_https"},
		"a link without a host is refused":     {Words{Body: "x", Link: "https:///x"}, Words{}, "contribution.link_https"},
		"a port alone is no host":              {Words{Body: "x", Link: "https://:443/x"}, Words{}, "contribution.link_https"},
		"a link with a password is refused":    {Words{Body: "x", Link: "https://a:b@example.org"}, Words{}, "contribution.link_https"},
		"a link with a hidden sign is refused": {Words{Body: "x", Link: "https://example.org/\u202egnp"}, Words{}, "contribution.link_https"},
		"a link over two lines is refused":     {Words{Body: "x", Link: "https://example.org/a\nb"}, Words{}, "contribution.link_https"},
		"a very long link is refused":          {Words{Body: "x", Link: "https://example.org/" + strings.Repeat("a", maxLink)}, Words{}, "form.too_long_max"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tc.give.Tidy()
			if key := keyOf(err); key != tc.key {
				t.Fatalf("refused with %q, want %q", key, tc.key)
			}
			if tc.key == "" && got != tc.want {
				t.Errorf("kept %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestSettlementSaysSomething(t *testing.T) {
	for name, tc := range map[string]struct {
		give Settlement
		key  string
	}{
		"done, and said how":         {Settlement{Outcome: Taken, Note: "Staat nu bij doel 2."}, ""},
		"heard and not followed":     {Settlement{Outcome: Kept, Note: "Eerst het rooster."}, ""},
		"without a word of reason":   {Settlement{Outcome: Partly, Note: " "}, "contribution.note_empty"},
		"without what came of it":    {Settlement{Note: "Ja"}, "contribution.outcome_choose"},
		"with an outcome of its own": {Settlement{Outcome: "won", Note: "Ja"}, "contribution.outcome_choose"},
	} {
		if key := keyOf(tc.give.Check()); key != tc.key {
			t.Errorf("%s: refused with %q, want %q", name, key, tc.key)
		}
	}
}

func TestRoundToOpen(t *testing.T) {
	const today = clock.Date("2026-03-02")
	good := NewRound{ElementID: "f1.q1", Form: Named, Audience: Team, ClosesOn: today}
	for name, tc := range map[string]struct {
		change func(*NewRound)
		key    string
	}{
		"today is a last day":              {func(*NewRound) {}, ""},
		"the furthest day":                 {func(n *NewRound) { n.ClosesOn = today.Add(roundDays) }, ""},
		"a day further":                    {func(n *NewRound) { n.ClosesOn = today.Add(roundDays + 1) }, "contribution.closes_on"},
		"yesterday":                        {func(n *NewRound) { n.ClosesOn = today.Add(-1) }, "contribution.closes_on"},
		"no day":                           {func(n *NewRound) { n.ClosesOn = "" }, "contribution.closes_on"},
		"ratings have no question":         {func(n *NewRound) { n.Form = Rating }, "form.choose"},
		"ratings of the candidates":        {func(n *NewRound) { n.Form, n.ElementID = Rating, "" }, ""},
		"a blind round needs its question": {func(n *NewRound) { n.Form, n.ElementID = Blind, "" }, "form.choose"},
		"an unknown circle":                {func(n *NewRound) { n.Audience = "board" }, "form.choose"},
		"teams that are not named":         {func(n *NewRound) { n.Audience = Teams }, "contribution.teams_choose"},
		"named teams":                      {func(n *NewRound) { n.Audience, n.TeamIDs = Teams, []string{"t"} }, ""},
	} {
		n := good
		tc.change(&n)
		if key := keyOf(n.Check(today)); key != tc.key {
			t.Errorf("%s: refused with %q, want %q", name, key, tc.key)
		}
	}
}

func TestRoundOnADay(t *testing.T) {
	open := Round{Form: Blind, ClosesOn: "2026-03-06"}
	closed := open
	closed.ClosedAt = time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		round            Round
		today            clock.Date
		open, due, seals bool
	}{
		"before its day":         {open, "2026-03-05", true, false, true},
		"on its last day":        {open, "2026-03-06", true, false, true},
		"the day after":          {open, "2026-03-07", false, true, false},
		"closed before its day":  {closed, "2026-03-05", false, false, false},
		"a named round no seal":  {Round{Form: Named, ClosesOn: "2026-03-06"}, "2026-03-05", true, false, false},
		"ratings are not sealed": {Round{Form: Rating, ClosesOn: "2026-03-06"}, "2026-03-05", true, false, false},
	} {
		if o, d, s := tc.round.Open(tc.today), tc.round.Due(tc.today), tc.round.Seals(tc.today); o != tc.open || d != tc.due || s != tc.seals {
			t.Errorf("%s: open %v due %v seals %v", name, o, d, s)
		}
	}
	if at := closed.opensAt(time.UTC); !at.Equal(closed.ClosedAt) {
		t.Errorf("a round closed by hand opened at %v", at)
	}
	late := open
	late.ClosedAt = time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC) // the house came by later
	if at := late.opensAt(time.UTC); !at.Equal(time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("a round whose day was over opened at %v", at)
	}
}

func person(id string, role trajectory.Role, away clock.Date, heard bool) invited {
	return invited{Participant: trajectory.Participant{PersonID: id, Role: role, AwayUntil: away}, Heard: heard}
}

func noDay(i invited) invited {
	i.NoDay = true
	return i
}

func TestTally(t *testing.T) {
	const today = clock.Date("2026-03-02")
	lead, member := trajectory.Lead, trajectory.Member
	for name, tc := range map[string]struct {
		people       []invited
		answered, of int
		waiting      []string
		complete     bool
	}{
		"nobody yet":                        {[]invited{person("a", lead, "", false), person("b", member, "", false)}, 0, 2, []string{"a", "b"}, false},
		"one of two":                        {[]invited{person("a", lead, "", true), person("b", member, "", false)}, 1, 2, []string{"b"}, false},
		"all":                               {[]invited{person("a", lead, "", true), person("b", member, "", true)}, 2, 2, nil, true},
		"who is away blocks nothing":        {[]invited{person("a", lead, "", true), person("b", member, "2026-03-09", false)}, 1, 1, nil, true},
		"away and answered counts":          {[]invited{person("a", lead, "2026-03-09", true), person("b", member, "", false)}, 1, 2, []string{"b"}, false},
		"back today is asked":               {[]invited{person("a", lead, "", true), person("b", member, today, false)}, 1, 2, []string{"b"}, false},
		"all away is not complete":          {[]invited{person("a", lead, "2026-03-09", false)}, 0, 0, nil, false},
		"no day of one's own in it":         {[]invited{person("a", lead, "", true), noDay(person("b", member, "", false))}, 1, 1, nil, true},
		"no day, and answered all the same": {[]invited{person("a", lead, "", true), noDay(person("b", member, "", true))}, 2, 2, nil, true},
		"a colleague outside the group":     {[]invited{person("a", lead, "", true), person("b", trajectory.NoOne, "", false)}, 1, 2, []string{"b"}, false},
	} {
		answered, of, waiting := tally(tc.people, today)
		var ids []string
		for _, w := range waiting {
			ids = append(ids, w.PersonID)
		}
		if answered != tc.answered || of != tc.of || !cmp.Equal(ids, tc.waiting) || complete(tc.people, today) != tc.complete {
			t.Errorf("%s: %d of %d, waiting %v, complete %v", name, answered, of, ids, complete(tc.people, today))
		}
	}
}

func TestUnheardListsTheGroupOnly(t *testing.T) {
	got := unheard([]trajectory.Participant{{PersonID: "a", Role: trajectory.Member, Name: "Noor Haddad"}, {PersonID: "b"}})
	if len(got) != 1 || got[0].ID != "a" || got[0].Initials != "NH" {
		t.Errorf("listed %+v", got)
	}
}

func TestCountOfRatingsMovesInFives(t *testing.T) {
	for answered, want := range map[int]int{0: 0, 4: 0, 5: 5, 9: 5, 10: 10, 14: 10} {
		if got := shownCount(Rating, answered); got != want {
			t.Errorf("%d ratings show as %d", answered, got)
		}
		if got := shownCount(Blind, answered); got != answered {
			t.Errorf("%d blind answers show as %d", answered, got)
		}
	}
}

func TestEveryRefusalHasItsWords(t *testing.T) {
	texts, err := i18n.New(Texts)
	if err != nil {
		t.Fatal(err)
	}
	if err := i18n.Check(texts); err != nil {
		t.Error(err)
	}
	key := regexp.MustCompile(`"(contribution\.[a-z_]+)"`)
	events := regexp.MustCompile(`event\w+ += "contribution\.`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			m := key.FindStringSubmatch(line)
			if m == nil || strings.HasSuffix(name, "_test.go") || events.MatchString(line) || m[1] == settledKind {
				continue
			}
			found++
			for _, lang := range []string{"nl", "en"} {
				if !texts.Texts(lang, nil, nil).Has(m[1]) {
					t.Errorf("%s: %s has no text in %s", name, m[1], lang)
				}
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d keys found: the pattern no longer fits the code", found)
	}
}
