package sample

import (
	"slices"
	"strconv"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/sample"
	sessionweb "leerkring/web/session"
	"leerkring/writing"
)

// scene is a session that is played by the rules of the product until the moment of a sample.
type scene struct {
	r      *room.Request
	x      session.Session
	pack   *method.Pack
	people session.Circle
	texts  []session.Text
	marks  []session.Mark
	read   sessionweb.Read
	now    time.Time
	err    error
}

// circle calls people together; the first leads, the second brings something in.
func circle(r *room.Request, methodID, title string, people ...school.Person) *scene {
	pack, _ := sample.Library().Latest(methodID)
	s := &scene{r: r, pack: pack, now: sample.Now.Add(-40 * time.Minute)}
	s.x = session.Session{
		ID: sample.ID("c"), BoardID: sample.BoardID, SchoolID: sample.SchoolID, MethodID: methodID, MethodVersion: pack.Version, Circle: pack.Session.Circle,
		Title: title, Place: s.says("place"), StartsAt: s.now, State: session.Planned, HostID: people[0].ID, MadeBy: people[0].ID, MadeAt: s.now,
	}
	for i, p := range people {
		s.people = append(s.people, session.Person{SessionID: s.x.ID, PersonID: p.ID, Name: p.Name, Hue: p.Hue, Place: i + 1, State: session.Invited})
	}
	return s
}

// says is an invented sentence of these samples.
func (s *scene) says(key string) string { return s.r.T.T("sample." + key) }

// is sets how somebody stands in the circle.
func (s *scene) is(p school.Person, state session.Attends, role string) *scene {
	for i := range s.people {
		if s.people[i].PersonID == p.ID {
			s.people[i].State, s.people[i].Role = state, role
		}
	}
	return s
}

// begin starts with everybody there.
func (s *scene) begin() *scene {
	for i := range s.people {
		if s.people[i].State == session.Invited {
			s.people[i].State = session.In
		}
	}
	return s.do(func() (x session.Session, err error) {
		x, s.people, err = s.x.Begin(s.pack, s.people, s.now)
		return x, err
	})
}

func (s *scene) do(act func() (session.Session, error)) *scene {
	if s.err == nil {
		s.x, s.err = act()
	}
	return s
}

// to goes on to a stage.
func (s *scene) to(stage string) *scene {
	for s.err == nil && s.seen(s.people[0].PersonID).At().Stage.ID != stage {
		s.do(func() (session.Session, error) { return s.x.Next(s.pack, s.people, s.x.Step, s.now) })
	}
	return s
}

// writes lets somebody write in a field of the present step.
func (s *scene) writes(p school.Person, field, key string) *scene {
	_, f, ok := s.pack.Field(field)
	if !ok {
		panic("the pack has no field " + field)
	}
	t := session.Text{ID: sample.ID("t" + strconv.Itoa(len(s.texts))), SessionID: s.x.ID, FieldID: field, Step: s.x.Step, PersonID: p.ID, Body: s.says(key), MadeAt: s.now, Version: 1}
	s.texts = append(s.texts, t.In(s.x.Circle, f))
	return s
}

// ready lets people say that they are done with writing.
func (s *scene) ready(people ...school.Person) *scene {
	for _, p := range people {
		s.do(func() (session.Session, error) { return s.x.Ready(p.ID, true) })
	}
	return s
}

// hands lets people raise a hand, in this order.
func (s *scene) hands(people ...school.Person) *scene {
	for _, p := range people {
		s.do(func() (session.Session, error) { return s.x.Hand(s.pack, p.ID, true, s.now) })
	}
	return s
}

// turnOf passes the turn on until somebody has it.
func (s *scene) turnOf(p school.Person) *scene {
	for range s.people {
		if s.x.Floor.Of != p.ID {
			s.do(func() (session.Session, error) { return s.x.PassOn(s.x.Floor.Of, false, s.now) })
		}
	}
	return s
}

func (s *scene) votes(n int, people ...school.Person) *scene {
	for _, p := range people {
		s.marks = append(s.marks, session.Mark{TextID: s.texts[n].ID, PersonID: p.ID, Step: s.x.Step, Mark: "vote"})
	}
	return s
}

// later lets time go by.
func (s *scene) later(d time.Duration) *scene { s.now = s.now.Add(d); return s }

func (s *scene) pause(stopped bool) *scene {
	return s.do(func() (session.Session, error) { return s.x.Pause(stopped, s.now) })
}

func (s *scene) close() *scene {
	return s.do(func() (session.Session, error) { return s.x.Close(s.now, clock.Zone("Europe/Amsterdam")) })
}

// drafts lets the person asking be in the middle of a sentence.
func (s *scene) drafts(field, key string) *scene {
	s.read.Drafts = map[string]writing.Body{session.DraftKey(s.x.ID, field): {"body": s.says(key)}}
	return s
}

func (s *scene) seen(personID string) session.Seen {
	x := session.Seen{Session: s.x, Pack: s.pack, People: s.people, Zone: clock.Zone("Europe/Amsterdam"), Now: s.now, Team: trajectory.NoOne,
		Who: access.Who{ID: personID, BoardID: sample.BoardID, Kind: access.Staff, Schools: []string{sample.SchoolID}}}
	if s.x.Circle != method.CircleClosed {
		x.Team = trajectory.Member
	}
	x.Me, _ = s.people.Find(personID)
	return x
}

// view is what somebody sees of it now.
func (s *scene) view(personID string, releases ...session.Release) session.View {
	return s.seen(personID).View(slices.Clone(s.texts), s.marks, releases)
}

// page shows it to whoever asks.
func (s *scene) page(releases ...session.Release) error {
	if s.err != nil {
		return s.err
	}
	s.read.View = s.view(s.r.Who().ID, releases...)
	return sessionweb.Page(s.r, s.read)
}
