package session

import (
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/errs"
	"leerkring/method"
)

var noon = time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)

// talk is a pack to try the rules with: tell (one, hard), ask (round), write (silent, cards that open
// together), choose (a mark), queue, and an own card.
func talk() *method.Pack {
	p := &method.Pack{ID: "talk", Version: "1.0.0", Shape: method.ShapeSession,
		Roles:   []method.Role{{ID: "presenter"}, {ID: "host"}},
		Order:   []string{"tell", "ask", "write", "choose", "queue", "close"},
		Session: method.Session{Circle: method.CircleClosed, Group: method.Group{Min: 3, Ideal: 5, Max: 8}}}
	stage := func(id string, l method.Live, f ...method.Field) {
		p.Stages = append(p.Stages, method.Stage{ID: id, Number: len(p.Stages) + 1, Live: l, Fields: f})
	}
	stage("tell", method.Live{Minutes: 5, Timer: method.TimerHard, Turns: method.TurnsOne, Speaker: "presenter"}, method.Field{ID: "deed", By: "presenter", Reveal: method.RevealLater, Opens: "choose"})
	stage("ask", method.Live{Minutes: 10, Turns: method.TurnsRound, Speaker: "presenter"})
	stage("write", method.Live{Minutes: 5, Turns: method.TurnsSilent, Silent: "presenter"}, method.Field{ID: "view", Reveal: method.RevealAllIn}, method.Field{ID: "pad", For: method.ForSelf})
	stage("choose", method.Live{Minutes: 5, Turns: method.TurnsFree, Mark: method.Mark{Field: "view", Votes: 1}})
	stage("queue", method.Live{Minutes: 5, Turns: method.TurnsQueue, Speaker: "presenter"})
	stage("close", method.Live{Minutes: 5, Turns: method.TurnsRound}, method.Field{ID: "own", For: method.ForSelf, Becomes: method.HarvestIntention})
	p.Stages[4].BackTo = []string{"ask"}
	return p
}

// six are six people: host leads, anna brings something in, the others take part.
func six() Circle {
	var c Circle
	for i, name := range []string{"host", "anna", "bas", "cato", "daan", "eva"} {
		c = append(c, Person{PersonID: name, Name: name, Place: i + 1, State: In})
	}
	c[1].Role = method.RolePresenter
	return c
}

func begun(t *testing.T) (*method.Pack, Circle, Session) {
	t.Helper()
	p := talk()
	s, c, err := Session{ID: "s", HostID: "host", State: Planned, Circle: method.CircleClosed}.Begin(p, six(), noon)
	if err != nil {
		t.Fatal(err)
	}
	return p, c, s
}

func atStage(t *testing.T, p *method.Pack, c Circle, s Session, id string) Session {
	t.Helper()
	for At(Steps(p, s.Laps), s.Step).Stage.ID != id {
		next, err := s.Next(p, c, s.Step, noon)
		if err != nil {
			t.Fatal(err)
		}
		s = next
	}
	return s
}

func refusal(err error) string {
	for _, f := range errs.FieldsOf(err) {
		return strings.TrimPrefix(f.Key, "session.")
	}
	if errs.IsAbsent(err) {
		return "absent"
	}
	return ""
}

func TestASessionBeginsWithEnoughPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		state State
		there int
		want  string
	}{
		{"six may begin", Planned, 6, ""},
		{"two are too few", Planned, 2, "too_few"},
		{"nobody begins what is over", Closed, 6, "over"},
		{"pressing twice is no mistake", Running, 6, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			people := six()
			for i := c.there; i < len(people); i++ {
				people[i].State = Invited
			}
			s, _, err := Session{ID: "s", HostID: "host", State: c.state}.Begin(talk(), people, noon)
			if got := refusal(err); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if c.want == "" && s.State != Running {
				t.Error(s.State)
			}
		})
	}
}

func TestTheOrderIsDrawnByLotAndStays(t *testing.T) {
	t.Parallel()
	_, c, _ := begun(t)
	_, again, _ := begun(t)
	if !slices.Equal(c, again) {
		t.Error("the same session drew twice")
	}
	orders := map[string]bool{}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		_, c, err := Session{ID: id, HostID: "host", State: Planned}.Begin(talk(), six(), noon)
		if err != nil {
			t.Fatal(err)
		}
		orders[c[0].PersonID+c[1].PersonID+c[2].PersonID] = true
	}
	if len(orders) < 2 {
		t.Error("every session has the same order")
	}
}

func TestAHardClockGoesOnByItself(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	if s.Floor.Of != "anna" {
		t.Fatalf("%q tells", s.Floor.Of)
	}
	if got := s.Settled(p, c, noon.Add(4*time.Minute+59*time.Second)); got.Step != 0 {
		t.Error("went on too early")
	}
	got := s.Settled(p, c, noon.Add(7*time.Minute))
	if got.Step != 1 || !got.StepAt.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("step %d since %v", got.Step, got.StepAt)
	}
	if got := got.Settled(p, c, noon.Add(time.Hour)); got.Step != 1 {
		t.Error("a soft clock went on")
	}
	if left := got.Left(Steps(p, 0), noon.Add(16*time.Minute)); left != -time.Minute {
		t.Error(left)
	}
	paused, _ := s.Pause(false, noon.Add(time.Minute))
	if got := paused.Settled(p, c, noon.Add(time.Hour)); got.Step != 0 || got.Left(Steps(p, 0), noon.Add(time.Hour)) != 4*time.Minute {
		t.Error("time went on while it was paused")
	}
	on, _ := paused.Resume(noon.Add(31 * time.Minute))
	if on.Left(Steps(p, 0), noon.Add(32*time.Minute)) != 3*time.Minute {
		t.Error("a pause cost time")
	}
}

func TestARoundGoesPastEverybodyOnce(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	s = atStage(t, p, c, s, "ask")
	var spoke []string
	for turn := 0; s.Floor.Of != "" && turn < 20; turn++ {
		of := s.Floor.Of
		spoke = append(spoke, of)
		passed := turn == 0 || (of == spoke[0] && turn > 0) // the first passes, and again the second time
		s, _ = s.PassOn(of, passed, noon)
	}
	if len(spoke) != 5 || spoke[4] != spoke[0] {
		t.Errorf("turns %v: who passed gets one more chance, at the end", spoke)
	}
	for _, id := range []string{"anna", "host"} {
		if slices.Contains(spoke, id) {
			t.Errorf("%s answers or leads, and had a turn", id)
		}
	}
	if after, _ := s.PassOn("bas", false, noon); after.Floor.Of != "" {
		t.Error("a turn that was over moved another")
	}
}

func TestInASmallGroupWhoLeadsTakesPart(t *testing.T) {
	t.Parallel()
	people := six()[:4]
	s, c, err := Session{ID: "s", HostID: "host", State: Planned}.Begin(talk(), people, noon)
	if err != nil {
		t.Fatal(err)
	}
	s = atStage(t, talk(), c, s, "ask")
	if all := append([]string{s.Floor.Of}, s.Floor.Queue...); !slices.Contains(all, "host") || len(all) != 3 {
		t.Error(all)
	}
}

func TestTwoWhoPressAtOnceMoveOneStep(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	one, _ := s.Next(p, c, 0, noon)
	two, err := one.Next(p, c, 0, noon)
	if err != nil || two.Step != 1 {
		t.Errorf("step %d, %v", two.Step, err)
	}
	last := atStage(t, p, c, s, "close")
	if _, err := last.Next(p, c, last.Step, noon); refusal(err) != "last_step" {
		t.Error(err)
	}
}

func TestUnheardGoFirstInAQueue(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	if _, err := s.Hand(p, "bas", true, noon); refusal(err) != "no_queue" {
		t.Error(err)
	}
	s = atStage(t, p, c, s, "queue")
	raise := func(id string) { s, _ = s.Hand(p, id, true, noon) }
	raise("bas")
	if s.Floor.Of != "bas" {
		t.Fatal("an empty floor waits for nobody")
	}
	raise("cato")
	s, _ = s.PassOn("bas", false, noon) // cato speaks
	raise("bas")
	raise("daan")
	if !slices.Equal(s.Floor.Queue, []string{"daan", "bas"}) {
		t.Error(s.Floor.Queue)
	}
	s, _ = s.Hand(p, "daan", false, noon)
	if !slices.Equal(s.Floor.Queue, []string{"bas"}) {
		t.Error(s.Floor.Queue)
	}
}

func TestTwoMinutesAreAddedAsOftenAsThePackSays(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	if _, err := s.More(p, 0); refusal(err) != "no_more_time" {
		t.Error("a hard clock took longer")
	}
	s = atStage(t, p, c, s, "ask")
	for range 2 {
		var err error
		if s, err = s.More(p, s.Step); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.More(p, s.Step); refusal(err) != "no_more_time" {
		t.Error(err)
	}
	if s.Left(Steps(p, 0), noon) != 14*time.Minute {
		t.Error(s.Left(Steps(p, 0), noon))
	}
}

func TestGoingBackIsWhereThePackAllowsIt(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	s = atStage(t, p, c, s, "queue")
	if _, err := s.Back(p, c, "tell", s.Step, noon); refusal(err) != "no_way_back" {
		t.Error(err)
	}
	back, err := s.Back(p, c, "ask", s.Step, noon)
	if err != nil || back.Step != 1 || back.Floor.Of == "" {
		t.Error(back.Step, err)
	}
}

func TestWhoBringsSomethingInDoesNotLead(t *testing.T) {
	t.Parallel()
	_, c, s := begun(t)
	for id, want := range map[string]string{"anna": "host_presents", "bas": "", "nobody": "absent"} {
		got, err := s.TakeOver(c, id)
		if refusal(err) != want {
			t.Errorf("%s: %v", id, err)
		}
		if want == "" && got.HostID != id {
			t.Error("nobody leads")
		}
	}
	at := slices.IndexFunc(c, func(p Person) bool { return p.PersonID == "cato" })
	c[at].Leads = true
	if _, err := s.TakeOver(c, "cato"); refusal(err) != "leader_hosts" {
		t.Error("who leads people leads a closed circle")
	}
	s.Circle = method.CircleTeam
	if _, err := s.TakeOver(c, "cato"); err != nil {
		t.Error(err)
	}
}

func TestAStageThatGoesRoundComesForEachInTurn(t *testing.T) {
	t.Parallel()
	p := talk()
	p.Session.Laps = method.Laps{From: "tell", To: "ask", Turn: "presenter"}
	people := six()
	people[1].Role = ""
	s, c, err := Session{ID: "s", HostID: "host", State: Planned}.Begin(p, people[:3], noon)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(Steps(p, s.Laps)); n != 3*2+4 {
		t.Fatal(n)
	}
	var told []string
	for range 3 {
		told = append(told, s.Floor.Of)
		s, _ = s.Next(p, c, s.Step, noon)
		s, _ = s.Next(p, c, s.Step, noon)
	}
	sorted := slices.Sorted(slices.Values(told))
	if !slices.Equal(slices.Compact(sorted), []string{"anna", "bas", "host"}) {
		t.Errorf("%v told", told)
	}
	p.Session.Laps.Times = 2
	if n := LapsFor(p, 6); n != 2 {
		t.Error(n)
	}
}

func TestWhatIsWrittenIsReadByWhomItIsFor(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	deed := Text{FieldID: "deed", Step: 0, PersonID: "anna"}
	view := Text{FieldID: "view", Step: 2, PersonID: "bas"}
	pad := Text{FieldID: "pad", Step: 2, PersonID: "bas"}
	reads := func(s Session, t Text, who string) bool { return s.Reads(p, c, t, who) }
	writing := atStage(t, p, c, s, "write")
	choosing := atStage(t, p, c, s, "choose")
	for _, x := range []struct {
		name string
		s    Session
		t    Text
		who  string
		want bool
	}{
		{"who wrote it reads it", s, deed, "anna", true},
		{"the ending stays hidden", writing, deed, "bas", false},
		{"until its step", choosing, deed, "bas", true},
		{"a card waits for the others", writing, view, "cato", false},
		{"and opens in the next step", choosing, view, "cato", true},
		{"a pad is nobody else's", choosing, pad, "anna", false},
	} {
		if got := reads(x.s, x.t, x.who); got != x.want {
			t.Errorf("%s: %v", x.name, got)
		}
	}
	_, f, _ := p.Field("view")
	for _, id := range []string{"host", "bas", "cato", "daan", "eva"} {
		if writing.AllReady(p, c, f, 2) {
			t.Error("ready before", id)
		}
		writing, _ = writing.Ready(id, true)
	}
	if !writing.AllReady(p, c, f, 2) || !reads(writing, view, "cato") {
		t.Error("everybody is done and the cards stay shut")
	}
	if s.Writes(p, c, f, 2, "anna") {
		t.Error("who only listens writes")
	}
}

func TestWhoCameLaterReadsWhatIsWrittenFromThenOn(t *testing.T) {
	t.Parallel()
	_, c, s := begun(t)
	c = append(c, Person{PersonID: "late", State: In, FromStep: 3}, Person{PersonID: "boss", State: In, FromStep: 3, Leads: true}, Person{PersonID: "gone", State: Out})
	early, later := Text{Step: 2, PersonID: "bas"}, Text{Step: 3, PersonID: "bas"}
	for _, x := range []struct {
		who  string
		t    Text
		want bool
	}{{"cato", early, true}, {"late", early, false}, {"late", later, true}, {"boss", later, false}, {"gone", early, false}, {"stranger", early, false}} {
		if got := s.object(c, x.t, 0, x.who).PresentFromStart; got != x.want {
			t.Errorf("%s at step %d: %v", x.who, x.t.Step, got)
		}
	}
}

func TestEachGivesSoManyVotes(t *testing.T) {
	t.Parallel()
	p, c, s := begun(t)
	one, two := Text{ID: "1", FieldID: "view", Step: 2}, Text{ID: "2", FieldID: "view", Step: 2}
	if err := s.mayMark(p, c, one, "bas", vote, nil); refusal(err) != "moved_on" {
		t.Error(err)
	}
	s = atStage(t, p, c, s, "choose")
	given := []Mark{{TextID: "1", PersonID: "bas", Step: s.Step, Mark: vote}}
	for _, x := range []struct {
		name, who, mark string
		t               Text
		given           []Mark
		want            string
	}{
		{"one vote", "bas", vote, one, nil, ""},
		{"the same again", "bas", vote, one, given, ""},
		{"a second", "bas", vote, two, given, "votes_given"},
		{"taken back", "bas", "", one, given, ""},
		{"somebody else's", "cato", vote, two, given, ""},
		{"a word that is not there", "cato", "warm", two, given, "form.choose"},
	} {
		if got := refusal(s.mayMark(p, c, x.t, x.who, x.mark, x.given)); got != x.want {
			t.Errorf("%s: %q", x.name, got)
		}
	}
	p.Stages[3].Live.Mark = method.Mark{Field: "view", By: "presenter", Options: []method.Chip{{ID: "warm"}}}
	if err := s.mayMark(p, c, one, "bas", "warm", nil); !errs.IsAbsent(err) {
		t.Error(err)
	}
	if err := s.mayMark(p, c, one, "anna", "warm", nil); err != nil {
		t.Error(err)
	}
}

func TestASessionThatNobodyClosedIsClosedForThem(t *testing.T) {
	t.Parallel()
	p, _, s := begun(t) // 35 minutes as planned
	if s.Forgotten(p, noon.Add(45*time.Minute)) || !s.Forgotten(p, noon.Add(51*time.Minute)) {
		t.Error("fifteen minutes after its end")
	}
	paused, _ := s.Pause(false, noon.Add(time.Minute))
	if paused.Forgotten(p, noon.Add(5*time.Hour)) || !paused.Forgotten(p, noon.Add(26*time.Hour)) {
		t.Error("a pause lasts a day at most")
	}
	closed, err := s.Close(noon, time.UTC)
	if err != nil || closed.EraseOn != "2026-04-18" || closed.Floor.Of != "" {
		t.Error(closed.EraseOn, err)
	}
}
