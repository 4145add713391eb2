package decision

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

func keysOf(err error) string {
	var out []string
	for _, f := range errs.FieldsOf(err) {
		out = append(out, f.Name+": "+f.Key)
	}
	return strings.Join(out, ", ")
}

func TestWhatAProposalNeeds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p    Proposal
		want string
	}{
		"a title and an audience":       {Proposal{Title: "Doen we het?", Audience: PLG}, ""},
		"open by name":                  {Proposal{Title: "Doen we het?", Audience: School, Form: Named}, ""},
		"no title":                      {Proposal{Title: " x ", Audience: Teams}, "title: decision.title_length"},
		"nobody to ask":                 {Proposal{Title: "Doen we het?"}, "audience: form.choice"},
		"a secret vote comes later":     {Proposal{Title: "Doen we het?", Audience: PLG, Form: Secret}, "form: decision.secret_later"},
		"another form":                  {Proposal{Title: "Doen we het?", Audience: PLG, Form: "loud"}, "form: form.choice"},
		"a book":                        {Proposal{Title: "Doen we het?", Audience: PLG, Body: strings.Repeat("x", 4001)}, "body: form.too_long_max"},
		"an hour of somebody's evening": {Proposal{Title: "Doen we het?", Audience: PLG, Minutes: 60}, "minutes: form.between"},
	} {
		if got := keysOf(c.p.Check()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for day, want := range map[clock.Date]string{"2026-03-18": "closes_on: decision.closes_on", "2026-03-19": "", "2026-07-17": "", "2026-07-18": "closes_on: decision.closes_on", "": "closes_on: form.date", "2026-02-30": "closes_on: form.date"} {
		if got := keysOf((Proposal{ClosesOn: day}).checkDay("2026-03-19")); got != want {
			t.Errorf("closes on %q: %q, want %q", day, got, want)
		}
	}
}

func TestWhatAReactionNeeds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		say  Say
		want string
	}{
		"agree needs no words":       {Say{Choice: Agree}, ""},
		"agree may have them":        {Say{Choice: Agree, Text: "Mooi"}, ""},
		"a wish says what":           {Say{Choice: Wish}, "text: decision.wish_empty"},
		"an objection says why":      {Say{Choice: Objection, Text: " "}, "text: decision.objection_empty"},
		"an objection with its why":  {Say{Choice: Objection, Text: "Zonder inval lukt dit niet"}, ""},
		"nothing chosen":             {Say{Text: "?"}, "choice: form.choice"},
		"an essay":                   {Say{Choice: Wish, Text: strings.Repeat("x", 2001)}, "text: form.too_long_max"},
		"an essay with an agreement": {Say{Choice: Agree, Text: strings.Repeat("x", 2001)}, "text: form.too_long_max"},
	} {
		if got := keysOf(c.say.Check()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhenAnObjectionIsOpen(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		r           Reaction
		open, waits bool
		asks        bool // who objected, whether the answer solves it
	}{
		"just said":                         {Reaction{Choice: Objection, Version: 1}, true, true, false},
		"taken up is still open":            {Reaction{Choice: Objection, Version: 1, OwnerID: "p", DueOn: "2026-03-27"}, true, true, false},
		"answered":                          {Reaction{Choice: Objection, Version: 1, Answer: "Geregeld", AnsweredVersion: 1}, false, false, true},
		"not yet, says who objected":        {Reaction{Choice: Objection, Version: 1, Answer: "Geregeld", AnsweredVersion: 1, UnsolvedAt: now}, true, true, false},
		"solved, says who objected":         {Reaction{Choice: Objection, Version: 1, Answer: "Geregeld", AnsweredVersion: 1, SolvedAt: now}, false, false, false},
		"said anew after the answer":        {Reaction{Choice: Objection, Version: 2, Answer: "Geregeld", AnsweredVersion: 1}, true, true, false},
		"solved":                            {Reaction{Choice: Objection, Version: 1, SolvedAt: now}, false, false, false},
		"a wish waits, and is no objection": {Reaction{Choice: Wish, Version: 1}, false, true, false},
		"a wish with its answer":            {Reaction{Choice: Wish, Version: 1, Answer: "Doen we", AnsweredVersion: 1}, false, false, false},
		"agreed":                            {Reaction{Choice: Agree, Version: 1}, false, false, false},
	} {
		if c.r.Open() != c.open || c.r.Waits() != c.waits || c.r.AsksWriter() != c.asks {
			t.Errorf("%s: open %v, waits %v, asks %v", name, c.r.Open(), c.r.Waits(), c.r.AsksWriter())
		}
	}
}

// What who objected says of an answer is about that answer, and about no other.
func TestWhetherAnAnswerSolvesIt(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	said := Reaction{Choice: Objection, Version: 1}
	answer := func(r Reaction) Reaction { return r.answered("Om de week", r.AnswerVersion+1, "p", now) }
	not := func(r Reaction) Reaction {
		out, err := r.unsolved(now)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, c := range map[string]struct {
		r                    Reaction
		open, asks, isSolved bool
	}{
		"answered":                                  {answer(said), false, true, false},
		"answered, and not yet":                     {not(answer(said)), true, false, false},
		"not yet, and another answer":               {answer(not(answer(said))), false, true, false},
		"another answer after it was solved":        {answer(answer(said).solved(now)), false, true, false},
		"solved in talk, and written down after it": {answer(said.solved(now)), false, false, true},
		"not yet, and solved after all":             {not(answer(said)).solved(now), false, false, true},
		"solved, and not after all":                 {not(answer(said).solved(now)), true, false, false},
	} {
		if c.r.Open() != c.open || c.r.AsksWriter() != c.asks || c.r.SolvedAt.IsZero() == c.isSolved {
			t.Errorf("%s: open %v, asks %v, %+v", name, c.r.Open(), c.r.AsksWriter(), c.r)
		}
	}
	for name, c := range map[string]struct {
		r    Reaction
		want string
	}{
		"no answer yet":          {said, "decision.no_answer_yet"},
		"an answer to old words": {Reaction{Choice: Objection, Version: 2, Answer: "Om de week", AnsweredVersion: 1}, "decision.no_answer_yet"},
		"a wish":                 {answer(Reaction{Choice: Wish, Version: 1}), "decision.no_objection"},
	} {
		if _, err := c.r.unsolved(now); !strings.Contains(keysOf(err), c.want) {
			t.Errorf("%s: %q, want %q", name, keysOf(err), c.want)
		}
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	said := func(c Choice) Voice { return Voice{Reaction: &Reaction{Choice: c, Version: 1}} }
	owned := Voice{Reaction: &Reaction{Choice: Objection, Version: 1, OwnerID: "p", DueOn: "2026-03-27"}}
	silent, away := Voice{}, Voice{AwayUntil: "2026-06-01"}
	answered := Voice{Reaction: &Reaction{Choice: Objection, Version: 1, Answer: "Om de week", AnsweredVersion: 1}}
	gone := Voice{AwayUntil: "2026-06-01", Reaction: answered.Reaction}
	unsolved := Voice{Reaction: &Reaction{Choice: Objection, Version: 1, Answer: "Om de week", AnsweredVersion: 1, UnsolvedAt: time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC), OwnerID: "p", DueOn: "2026-03-27"}}
	const last, before = clock.Date("2026-04-02"), clock.Date("2026-04-01")
	for name, c := range map[string]struct {
		c      Closing
		voices []Voice
		today  clock.Date
		want   string
	}{
		"everybody agreed":                         {Closing{Outcome: Agreed}, []Voice{said(Agree), said(Wish)}, before, ""},
		"the day has come, one was not heard":      {Closing{Outcome: Agreed}, []Voice{said(Agree), silent}, last, ""},
		"the promised time is not over":            {Closing{Outcome: Agreed}, []Voice{said(Agree), silent}, before, "knowingly: decision.too_early"},
		"who is away blocks nothing":               {Closing{Outcome: Agreed}, []Voice{said(Agree), away}, before, ""},
		"early, knowingly, without a word":         {Closing{Outcome: No, Reason: "x", Knowingly: true}, []Voice{silent}, before, "reason: decision.reason_empty, reason: decision.knowing_reason"},
		"early, knowingly, with its reason":        {Closing{Outcome: Agreed, Reason: "samen besproken", Knowingly: true}, []Voice{silent}, before, ""},
		"an objection stands":                      {Closing{Outcome: Agreed, Reason: "toch"}, []Voice{said(Objection)}, last, "knowingly: decision.objection_open"},
		"knowingly, but nobody takes it up":        {Closing{Outcome: Agreed, Reason: "toch", Knowingly: true}, []Voice{said(Objection)}, last, "knowingly: decision.objection_unowned"},
		"knowingly, taken up, without a reason":    {Closing{Outcome: AgreedSubjectTo, SubjectTo: "inval", SubjectWho: "Petra", Knowingly: true}, []Voice{owned}, last, "reason: decision.knowing_reason"},
		"knowingly, taken up, with its reason":     {Closing{Outcome: Agreed, Reason: "we proberen het", Knowingly: true}, []Voice{owned}, last, ""},
		"no over an objection is an ordinary end":  {Closing{Outcome: No, Reason: "het is te veel"}, []Voice{said(Objection)}, last, ""},
		"an answer, and nobody asked its reader":   {Closing{Outcome: Agreed}, []Voice{said(Agree), answered}, before, "knowingly: decision.not_asked_back"},
		"its reader had the promised time":         {Closing{Outcome: Agreed}, []Voice{said(Agree), answered}, last, ""},
		"its reader is away":                       {Closing{Outcome: Agreed}, []Voice{said(Agree), gone}, before, ""},
		"no asks nobody back":                      {Closing{Outcome: No, Reason: "het is te veel"}, []Voice{answered}, before, ""},
		"not solved, says who objected":            {Closing{Outcome: Agreed, Reason: "toch"}, []Voice{said(Agree), unsolved}, last, "knowingly: decision.objection_open"},
		"knowingly over one that is not solved":    {Closing{Outcome: Agreed, Reason: "we proberen het", Knowingly: true}, []Voice{unsolved}, last, ""},
		"no says why":                              {Closing{Outcome: No}, []Voice{said(Agree)}, last, "reason: decision.reason_empty"},
		"not now says why, any day":                {Closing{Outcome: NotNow, Reason: "na de zomer"}, []Voice{silent}, before, ""},
		"withdrawn says why":                       {Closing{Outcome: Withdrawn}, []Voice{silent}, before, "reason: decision.reason_empty"},
		"a condition has its words and its person": {Closing{Outcome: AgreedSubjectTo}, []Voice{said(Agree)}, last, "subject_to: decision.subject_to, subject_who: decision.subject_who"},
		"there is no other end":                    {Closing{Outcome: "maybe"}, nil, last, "outcome: form.choice"},
	} {
		if got := keysOf(c.c.check(c.voices, last, c.today)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if e := (Closing{Outcome: Agreed, SubjectTo: "x", SubjectWho: "y"}).end(Tally{}, "p", time.Time{}); e.SubjectTo != "" || e.SubjectWho != "" {
		t.Errorf("a plain yes has no condition: %+v", e)
	}
}

// The tally is the last reactions of those who were asked: nobody more, nobody twice.
func TestTheTallyEqualsTheLastReactions(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 1))
	for range 500 {
		voices := make([]Voice, rnd.IntN(30))
		want, here := map[Choice]int{}, 0
		for i := range voices {
			if rnd.IntN(4) == 0 {
				voices[i].AwayUntil = []clock.Date{"2026-03-19", "2026-03-20", "2026-09-01"}[rnd.IntN(3)]
			}
			if rnd.IntN(3) > 0 {
				c := Choices[rnd.IntN(3)]
				voices[i].Reaction = &Reaction{Choice: c}
				want[c]++
			} else if voices[i].AwayUntil <= "2026-03-19" {
				here++
			}
		}
		got := Count(voices, "2026-03-19")
		if got != (Tally{want[Agree], want[Wish], want[Objection], here}) || got.Of() != got.Reacted()+here || len(unheard(voices, "2026-03-19")) != here {
			t.Fatalf("seed %d: %+v, want %v and %d", seed, got, want, here)
		}
	}
}

func TestFactsOfDecisions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		c         counts
		everyone  trajectory.Reading
		objection int
	}{
		"nobody decided anything":              {counts{touched: 4}, trajectory.Open, 0},
		"all of the team, all replied":         {counts{decisions: 1, touched: 4, asked: 4, voices: 2, replied: 2}, trajectory.Met, 0},
		"one wish waits for a word":            {counts{decisions: 1, touched: 4, asked: 4, voices: 2, replied: 1}, trajectory.Partly, 0},
		"only those of the team in the group":  {counts{decisions: 1, touched: 4, asked: 2}, trajectory.Partly, 0},
		"a group that touches no other team":   {counts{decisions: 1}, trajectory.Met, 0},
		"asked nobody of those it touches":     {counts{decisions: 1, touched: 4}, trajectory.Open, 0},
		"two objections stand in what is open": {counts{decisions: 1, touched: 1, asked: 1, voices: 2, open: 2}, trajectory.Partly, 2},
	} {
		got := c.c.tell()
		if got["everyone_concerned_asked"].State != c.everyone || got["objection_open"].Number != c.objection || len(got) != 2 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
