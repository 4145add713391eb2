package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/mail"
)

// monday is a message that is made at sending, once, and true for a day and a half.
func monday(person string) mail.Message {
	return mail.Message{Key: "week " + person, Kind: "notify.week", BoardID: "board", PersonID: person, At: start, Private: true, Once: true, Later: true, Until: start.Add(36 * time.Hour)}
}

// openMany connects the transport with a builder that says how often it was asked.
func (o *office) openMany(says map[string]string) *int {
	asked := 0
	s := mail.NewSender(o.d, o.clock, o, nil)
	s.Builds("notify.week", func(_ context.Context, m mail.Message) (mail.Message, bool, error) {
		asked++
		m.Address, m.Subject, m.Text = m.PersonID+"@school.example", "Je week", says[m.PersonID]
		return m, m.Text != "", nil
	})
	o.runner.Handle(mail.KindMany, s.Send)
	return &asked
}

func TestWhatAMessageSaysIsMadeAtSendingAndNotKept(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		says := map[string]string{"ann": "Eén ding.", "bob": "Twee dingen."}
		o.queue(monday("ann"), monday("bob"), monday("ann"))
		if got := o.rows(); strings.Contains(got, "@") {
			t.Errorf("queued: %s", got)
		}
		says["bob"] = "" // settled before it went
		o.openMany(says)
		o.run(2)
		if len(o.sent) != 1 || o.sent[0].Address != "ann@school.example" || o.sent[0].Text != "Eén ding." {
			t.Errorf("%+v", o.sent)
		}
		if got := o.rows(); got != "sent ||||\nwithdrawn ||||" {
			t.Errorf("kept: %q", got)
		}
		o.queue(monday("ann"), monday("bob"))
		o.run(0)
	})
}

func TestAMessageThatIsSentOnceIsNotSentAgainAfterACrash(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.openMany(map[string]string{"ann": "Eén ding."})
		o.queue(monday("ann"))
		o.dies = true
		o.run(1)
		o.dies = false
		o.clock.Move(time.Hour)
		o.run(1)
		if got := o.rows(); len(o.sent) != 0 || got != "failed ||||" {
			t.Errorf("%d sent, %q", len(o.sent), got)
		}
		unsure, err := db.One(t.Context(), o.d, `select count(*) from mail where state = 'failed' and handed_at is not null`, db.Int)
		if err != nil || unsure != 1 {
			t.Errorf("%d unsure, %v", unsure, err)
		}
	})
}

func TestAMessageThatIsSentOnceGoesAgainWhenTheServerSaidNo(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.openMany(map[string]string{"ann": "Eén ding."})
		o.queue(monday("ann"))
		o.fail = errors.New("code 451")
		o.run(1)
		o.clock.Move(time.Hour)
		o.run(1)
		o.fail = nil
		o.clock.Move(time.Hour)
		o.run(1)
		if len(o.sent) != 1 {
			t.Errorf("%d sent, %q", len(o.sent), o.rows())
		}
	})
}

func TestAnAnswerThatNeverCameIsUnsure(t *testing.T) {
	for name, c := range map[string]struct {
		once bool
		want string
		jobs int
	}{"once": {true, "failed", 0}, "ordinary": {false, "waiting", 1}} {
		t.Run(name, func(t *testing.T) {
			offices(t, func(t *testing.T, o *office) {
				m := monday("ann")
				m.Once = c.once
				o.openMany(map[string]string{"ann": "Eén ding."})
				o.queue(m)
				o.fail = fmt.Errorf("the line broke: %w", mail.ErrUnsure)
				o.run(1)
				o.clock.Move(time.Hour)
				o.run(c.jobs)
				if got := o.rows(); !strings.HasPrefix(got, c.want) {
					t.Errorf("%q", got)
				}
			})
		})
	}
}

func TestWhatIsNoLongerTrueIsNotSent(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		asked := o.openMany(map[string]string{"ann": "Eén ding."})
		o.queue(monday("ann"))
		o.down = true
		o.run(1)
		o.down = false
		o.clock.Move(36*time.Hour + time.Second)
		before := *asked
		o.run(1)
		if got := o.rows(); len(o.sent) != 0 || got != "withdrawn ||||" || *asked != before {
			t.Errorf("%d sent, %q", len(o.sent), got)
		}
	})
}

func TestAServerThatIsAwayIsTold(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		state := func() mail.Server {
			t.Helper()
			s, err := mail.ServerState(t.Context(), o.d)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		if s := state(); s != (mail.Server{}) {
			t.Errorf("at first: %+v", s)
		}
		says := map[string]string{}
		for i := range 7 {
			person := fmt.Sprint("p", i)
			says[person] = "Eén ding."
			o.queue(monday(person))
		}
		o.queue(message("open"))
		o.open()
		o.openMany(says)
		o.down = true
		o.run(8)
		since := o.clock.Now()
		o.clock.Move(3 * time.Hour)
		o.run(8)
		if s := state(); !s.AwaySince.Equal(since) || s.Fault != mail.FaultOther {
			t.Errorf("while away: %+v", s)
		}
		if w, err := mail.WaitsOf(t.Context(), o.d, "board"); err != nil || w != (mail.Waits{Open: 1, Private: 5}) {
			t.Errorf("%+v %v", w, err)
		}
		o.down = false
		o.clock.Move(5 * time.Minute)
		if n, err := o.runner.RunDue(t.Context()); n < 8 || err != nil { // one is through: the others do not wait for their turn
			t.Errorf("%d jobs, %v", n, err)
		}
		if s := state(); !s.AwaySince.IsZero() || s.Fault != "" || !s.ReachedAt.Equal(o.clock.Now()) || len(o.sent) != 8 {
			t.Errorf("back: %+v, %d sent", s, len(o.sent))
		}
	})
}
