package notify_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ics"
	"leerkring/internal/job"
	"leerkring/internal/mail"
	"leerkring/notify"
	"leerkring/school"
)

// office is a school with its post: what is asked of everybody is the same, and a test
// changes it.
type office struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	schools  *school.Service
	notify   *notify.Service
	runner   *job.Runner
	founded  school.Founded
	week     notify.Week
	events   []ics.Event
	sent     []mail.Message
	down     bool
	personal map[string]notify.Week
}

func (o *office) Open(_ context.Context, k school.Known) (notify.Week, error) {
	w := o.week
	if own, ok := o.personal[k.Person.ID]; ok {
		w = own
	}
	w.Texts = o.Texts(k)
	w.Today = clock.On(o.clock.Now(), k.Home().Location())
	return w, nil
}

func (o *office) Events(context.Context, school.Known, clock.Date, clock.Date) ([]ics.Event, error) {
	return append([]ics.Event(nil), o.events...), nil
}

func (o *office) Texts(k school.Known) *i18n.Texts {
	return catalog.Texts(k.Person.Language, nil, k.Home().Location())
}

func (o *office) Deliver(_ context.Context, m mail.Message, ready func() error) error {
	if o.down {
		return errors.New("no route")
	}
	if err := ready(); err != nil {
		return err
	}
	o.sent = append(o.sent, m)
	return nil
}

func each(t *testing.T, f func(t *testing.T, o *office)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.NewFake(time.Date(2026, 3, 20, 10, 0, 0, 0, time.UTC)) // a Friday
		o := &office{t: t, d: d, clock: c, schools: school.NewService(d, c), week: notify.Week{Asked: []notify.Asked{answer}}, personal: map[string]notify.Week{}}
		var err error
		o.founded, err = o.schools.Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"})
		o.ok(err)
		o.notify = notify.NewService(d, c, o.schools, o, o, base)
		o.runner = job.NewRunner(d, c, slog.New(slog.DiscardHandler), 1)
		s := mail.NewSender(d, c, o, nil)
		s.Builds(notify.KindWeek, o.notify.Build)
		o.runner.Handle(mail.KindMany, s.Send)
		o.runner.Handle(notify.KindLook, o.notify.Look)
		o.runner.Handle(notify.KindSchool, o.notify.School)
		o.runner.Repeat(notify.KindLook, notify.LookEvery)
		f(t, o)
	})
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) known(id string) school.Known {
	o.t.Helper()
	k, err := school.Knows(o.t.Context(), o.d, id)
	o.ok(err)
	return k
}

// until lets the time pass: in quarters of an hour, and faster while the end is far.
func (o *office) until(at string) {
	o.t.Helper()
	end, err := time.Parse(time.RFC3339, at)
	o.ok(err)
	for o.clock.Now().Before(end) {
		step := 15 * time.Minute
		if end.Sub(o.clock.Now()) > 30*time.Hour {
			step = 6 * time.Hour
		}
		o.clock.Set(o.clock.Now().Truncate(step).Add(step))
		_, _ = o.runner.RunDue(o.t.Context()) // what goes wrong is what a test is about
	}
}

func (o *office) teacher(name, email string) string {
	o.t.Helper()
	id, err := o.schools.AddStaff(o.t.Context(), o.known(o.founded.AdminID).Who, o.founded.SchoolID, school.NewStaff{Name: name, Email: email, Active: true})
	o.ok(err)
	return id
}

// to counts the mails to an address.
func (o *office) to(email string) int {
	n := 0
	for _, m := range o.sent {
		if m.Address == email {
			n++
		}
	}
	return n
}

func TestOneMailAPersonAndAWeekAtHalfPastSeven(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.until("2026-03-23T06:15:00Z")
		if len(o.sent) != 0 {
			t.Fatalf("%d sent before half past seven", len(o.sent))
		}
		o.until("2026-03-23T06:30:00Z")
		if len(o.sent) != 1 || o.sent[0].Address != "noor@baken.example" || !o.sent[0].At.Equal(o.clock.Now()) || !strings.HasPrefix(o.sent[0].Unsubscribe, base+notify.StopPath) || o.sent[0].HTML == "" {
			t.Fatalf("%+v", o.sent)
		}
		o.clock.Move(-time.Hour) // somebody sets the clock right
		o.until("2026-03-29T12:00:00Z")
		o.until("2026-03-30T05:15:00Z") // after the spring change, an hour earlier in UTC
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
		o.until("2026-03-30T05:30:00Z")
		if len(o.sent) != 2 {
			t.Errorf("%d sent", len(o.sent))
		}
	})
}

func TestAMailToEverybodyOfAnyZoneAtTheirOwnMorning(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.ok(o.d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `update school set zone = 'America/Curacao'`)
			return err
		}))
		o.until("2026-03-23T11:15:00Z")
		if len(o.sent) != 0 {
			t.Errorf("%d sent", len(o.sent))
		}
		o.until("2026-03-23T11:30:00Z")
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
	})
}

func TestWhatIsSettledOnTheWayIsNotInIt(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		samira := o.teacher("Samira El Amrani", "samira@baken.example")
		o.down = true
		o.until("2026-03-23T12:00:00Z")
		o.personal[samira] = notify.Week{} // she did it meanwhile
		o.down = false
		o.until("2026-03-23T13:00:00Z")
		if len(o.sent) != 1 || o.to("noor@baken.example") != 1 {
			t.Errorf("%+v", o.sent)
		}
		if o.sent[0].Text == "" || !strings.Contains(o.sent[0].Text, "Dag Noor.") {
			t.Error(o.sent[0].Text)
		}
	})
}

func TestAMailThatIsTooLateIsDropped(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.down = true
		o.until("2026-03-24T19:15:00Z") // Tuesday, a quarter past eight
		o.down = false
		o.until("2026-03-25T12:00:00Z")
		if len(o.sent) != 0 {
			t.Errorf("%d sent", len(o.sent))
		}
		if n, err := db.One(t.Context(), o.d, `select count(*) from mail where state = 'withdrawn'`, db.Int); err != nil || n != 1 {
			t.Errorf("%d withdrawn, %v", n, err)
		}
		o.until("2026-03-30T06:00:00Z")
		if len(o.sent) != 1 {
			t.Errorf("next week: %d sent", len(o.sent))
		}
	})
}

func TestAHouseThatWasClosedOnMondayMorning(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.clock.Set(time.Date(2026, 3, 23, 15, 0, 0, 0, time.UTC)) // it opens in the afternoon
		o.until("2026-03-23T15:30:00Z")
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
	})
}

func TestWhoGetsNothing(t *testing.T) {
	for name, change := range map[string]func(o *office, id string) error{
		"chose so": func(o *office, id string) error { return o.notify.Choose(o.t.Context(), id, false) },
		"away": func(o *office, id string) error {
			return o.schools.Update(o.t.Context(), o.known(id).Who, school.Details{Name: "Samira", AwayUntil: "2026-04-01"}, "2026-03-20")
		},
		"has nothing open": func(o *office, id string) error { o.personal[id] = notify.Week{}; return nil },
		"suspended, after it was queued": func(o *office, id string) error {
			o.down = true
			o.until("2026-03-23T07:00:00Z")
			o.down = false
			return o.d.Write(o.t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(o.t.Context(), tx, `update person set state = 'suspended' where id = $1`, id)
				return err
			})
		},
		"chose so, after it was queued": func(o *office, id string) error {
			o.down = true
			o.until("2026-03-23T07:00:00Z")
			o.down = false
			return o.notify.Choose(o.t.Context(), id, false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, o *office) {
				samira := o.teacher("Samira El Amrani", "samira@baken.example")
				o.ok(change(o, samira))
				o.until("2026-03-24T10:00:00Z")
				if o.to("samira@baken.example") != 0 || o.to("noor@baken.example") != 1 {
					t.Errorf("%d and %d sent", o.to("samira@baken.example"), o.to("noor@baken.example"))
				}
			})
		})
	}
}

func TestSilentInAHolidayAndThereOnTheFirstMondayAfter(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.ok(o.schools.AddPeriods(t.Context(), o.known(o.founded.AdminID).Who, o.founded.SchoolID, []school.Period{{Kind: school.Holiday, Name: "Vrij", From: "2026-03-21", To: "2026-03-29"}}))
		o.until("2026-03-30T05:15:00Z")
		if len(o.sent) != 0 {
			t.Errorf("%d sent in a holiday", len(o.sent))
		}
		o.until("2026-03-30T05:30:00Z")
		if len(o.sent) != 1 {
			t.Errorf("%d sent after it", len(o.sent))
		}
	})
}

func TestWhoWorksAtTwoSchoolsGetsOneMail(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.ok(o.d.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := db.Exec(t.Context(), tx, `insert into school (id, board_id, name, sector, language, zone, made_at) select 'second', board_id, 'De Vloed', sector, language, 'America/Curacao', made_at from school`); err != nil {
				return err
			}
			_, err := db.Exec(t.Context(), tx, `insert into staff (person_id, school_id) values ($1, 'second')`, o.founded.AdminID)
			return err
		}))
		o.until("2026-03-24T10:00:00Z")
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
	})
}

func TestTheLinkBelowTheMailStopsItByAPressOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.until("2026-03-23T06:30:00Z")
		secret := strings.TrimPrefix(o.sent[0].Unsubscribe, base+notify.StopPath)
		for range 3 { // a scanner opens it
			x, err := o.notify.Stops(t.Context(), secret)
			if o.ok(err); !x.On {
				t.Fatal("opening it stops the mail")
			}
		}
		if kept, err := db.All(t.Context(), o.d, `select hash from mail_stop`, db.Str); err != nil || len(kept) != 1 || strings.Contains(kept[0], secret) {
			t.Errorf("%v %v", kept, err)
		}
		for range 2 {
			x, err := o.notify.Stop(t.Context(), secret)
			if o.ok(err); x.On {
				t.Error("it goes on")
			}
		}
		o.until("2026-04-01T12:00:00Z")
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
		o.ok(o.notify.Choose(t.Context(), o.founded.AdminID, true))
		o.until("2026-04-06T12:00:00Z")
		if len(o.sent) != 2 {
			t.Errorf("after yes again: %d sent", len(o.sent))
		}
		for _, s := range []string{"", "x", strings.Repeat("A", 43), secret + "A"} {
			if _, err := o.notify.Stop(t.Context(), s); !errs.IsAbsent(err) {
				t.Errorf("%q: %v", s, err)
			}
		}
		o.clock.Move(90 * 24 * time.Hour)
		if _, err := o.notify.Stops(t.Context(), secret); !errs.IsAbsent(err) {
			t.Errorf("it lasts for ever: %v", err)
		}
	})
}

func TestACalendarIsReadByWhoHasItsAddress(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx, noor := t.Context(), o.known(o.founded.AdminID)
		noted := 0
		also := func(context.Context, *db.Tx, string) error { noted++; return nil }
		o.events = []ics.Event{{UID: "meeting-1", Start: time.Date(2026, 3, 24, 14, 0, 0, 0, time.UTC), End: time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC), Title: "PLG-uur", Link: "/trajectories/a"}}
		o.ok(o.schools.AddPeriods(ctx, noor.Who, o.founded.SchoolID, []school.Period{{Kind: school.Holiday, Name: "Meivakantie", From: "2026-04-25", To: "2026-05-03"}}))
		address, err := o.notify.MakeFeed(ctx, noor.Who, "telefoon", also)
		o.ok(err)
		file := strings.TrimPrefix(address, base+notify.FeedPath)
		raw, err := o.notify.Calendar(ctx, file)
		o.ok(err)
		for _, want := range []string{"SUMMARY:PLG-uur", "URL:" + base + "/trajectories/a", "SUMMARY:Meivakantie", "DTEND;VALUE=DATE:20260504", "UID:meeting-1@leerkring.school.example"} {
			if !strings.Contains(string(raw), want) {
				t.Errorf("no %s in\n%s", want, raw)
			}
		}
		o.clock.Move(time.Hour)
		if again, err := o.notify.Calendar(ctx, file); err != nil || string(again) != string(raw) {
			t.Errorf("an hour later it differs: %v", err)
		}
		feeds, err := o.notify.Feeds(ctx, noor.Who)
		if o.ok(err); len(feeds) != 1 || feeds[0].Name != "telefoon" || noted != 1 {
			t.Errorf("%+v", feeds)
		}
		samira := o.known(o.teacher("Samira El Amrani", "samira@baken.example"))
		if err := o.notify.DropFeed(ctx, samira.Who, feeds[0].ID, also); !errs.IsAbsent(err) {
			t.Errorf("somebody else took it back: %v", err)
		}
		for _, f := range []string{"", "x.ics", strings.TrimSuffix(file, ".ics"), strings.Repeat("A", 43) + ".ics", file + ".ics"} {
			if _, err := o.notify.Calendar(ctx, f); !errs.IsAbsent(err) {
				t.Errorf("%q: %v", f, err)
			}
		}
		o.ok(o.notify.DropFeed(ctx, noor.Who, feeds[0].ID, also))
		if _, err := o.notify.Calendar(ctx, file); !errs.IsAbsent(err) || noted != 2 {
			t.Errorf("after taking it back: %v", err)
		}
	})
}

func TestACalendarOfSomebodySuspendedIsDeadAndStaysSo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		also := func(context.Context, *db.Tx, string) error { return nil }
		address, err := o.notify.MakeFeed(ctx, o.known(o.founded.AdminID).Who, "telefoon", also)
		o.ok(err)
		file := strings.TrimPrefix(address, base+notify.FeedPath)
		state := func(to string, ends bool) {
			o.ok(o.d.Write(ctx, func(tx *db.Tx) error {
				if ends {
					if err := notify.End(ctx, tx, o.founded.AdminID); err != nil {
						return err
					}
				}
				_, err := db.Exec(ctx, tx, `update person set state = $2 where id = $1`, o.founded.AdminID, to)
				return err
			}))
		}
		for _, ends := range []bool{false, true} {
			state("suspended", ends)
			if _, err := o.notify.Calendar(ctx, file); !errs.IsAbsent(err) {
				t.Errorf("while suspended: %v", err)
			}
			state("active", false)
			if _, err := o.notify.Calendar(ctx, file); errs.IsAbsent(err) != ends {
				t.Errorf("afterwards: %v", err)
			}
		}
	})
}

func TestSoManyAddresses(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		also := func(context.Context, *db.Tx, string) error { return nil }
		noor := o.known(o.founded.AdminID)
		for range 5 {
			_, err := o.notify.MakeFeed(t.Context(), noor.Who, "telefoon", also)
			o.ok(err)
		}
		for _, name := range []string{"telefoon", "", " \r\n", strings.Repeat("é", 61)} {
			if _, err := o.notify.MakeFeed(t.Context(), noor.Who, name, also); !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

func TestSomebodyAwayIsNotTakenUp(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		noor := o.known(o.founded.AdminID)
		also := func(context.Context, *db.Tx, string) error { return nil }
		o.events = []ics.Event{{UID: "m", Start: time.Date(2026, 3, 24, 14, 0, 0, 0, time.UTC), End: time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC), Title: "PLG-uur"}}
		o.ok(o.schools.Update(t.Context(), noor.Who, school.Details{Name: "Noor Haddad", AwayUntil: "2026-04-01"}, "2026-03-20"))
		address, err := o.notify.MakeFeed(t.Context(), noor.Who, "telefoon", also)
		o.ok(err)
		raw, err := o.notify.Calendar(t.Context(), strings.TrimPrefix(address, base+notify.FeedPath))
		if o.ok(err); !strings.Contains(string(raw), "TRANSP:TRANSPARENT") {
			t.Errorf("%s", raw)
		}
	})
}
