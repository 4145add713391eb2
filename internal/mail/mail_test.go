package mail_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/job"
	"leerkring/internal/mail"
)

var start = time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)

func message(key string) mail.Message {
	return mail.Message{
		Key: key, Kind: "notify.week", BoardID: "board", PersonID: "ann", At: start, Address: "ann@school.example", Name: "Ann de Wit",
		Subject: "Je week: drie dingen, samen tien minuten", Text: "Goedemorgen Ann.", HTML: "<p>Goedemorgen Ann.</p>",
	}
}

// office is a database with a runner, and a transport that a test commands.
type office struct {
	t      *testing.T
	d      *db.DB
	clock  *clock.Fake
	runner *job.Runner
	fail   error
	down   bool // nobody answers
	dies   bool // the process ends while the message goes over
	sent   []mail.Message
	no     map[string]bool // kinds that may not go any more
}

func (o *office) Deliver(_ context.Context, m mail.Message, ready func() error) error {
	if o.down {
		return errors.New("no route")
	}
	if err := ready(); err != nil {
		return err
	}
	if o.dies {
		panic("the process ends here")
	}
	if o.fail != nil {
		return o.fail
	}
	o.sent = append(o.sent, m)
	return nil
}

func offices(t *testing.T, f func(t *testing.T, o *office)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.NewFake(start)
		o := &office{t: t, d: d, clock: c, runner: job.NewRunner(d, c, slog.New(slog.DiscardHandler), 1), no: map[string]bool{}}
		f(t, o)
	})
}

// open connects the transport: a mail server was configured.
func (o *office) open() {
	s := mail.NewSender(o.d, o.clock, o, func(_ context.Context, m mail.Message) (bool, error) { return !o.no[m.Kind], nil })
	o.runner.Handle(mail.KindSend, s.Send)
}

func (o *office) write(f func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.d.Write(o.t.Context(), f); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) queue(list ...mail.Message) {
	o.t.Helper()
	o.write(func(tx *db.Tx) error {
		for _, m := range list {
			if err := mail.Queue(o.t.Context(), tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *office) run(want int) {
	o.t.Helper()
	if n, err := o.runner.RunDue(o.t.Context()); n != want {
		o.t.Errorf("%d jobs, want %d (%v)", n, want, err)
	}
}

// rows writes each message as "state address|subject|bodies|person".
func (o *office) rows() string {
	o.t.Helper()
	rows, err := db.All(o.t.Context(), o.d, `select state || ' ' || address || '|' || name || '|' || subject || '|' || body_text || body_html || '|' || coalesce(person_id, '')
		from mail order by id`, db.Str)
	if err != nil {
		o.t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

func (o *office) list() []mail.Item {
	o.t.Helper()
	items, err := mail.List(o.t.Context(), o.d, "board", time.Time{}, 10)
	if err != nil {
		o.t.Fatal(err)
	}
	return items
}

const full = "ann@school.example|Ann de Wit|Je week: drie dingen, samen tien minuten|Goedemorgen Ann.<p>Goedemorgen Ann.</p>|ann"

func TestAMessageIsSentOnce(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.queue(message("week 12"), message("week 12"))
		o.queue(message("week 12"))
		o.run(0) // no mail server yet: it waits
		if got := o.rows(); got != "waiting "+full {
			t.Error(got)
		}
		o.open()
		o.run(1)
		o.run(0)
		o.queue(message("week 12"))
		o.run(0)
		if len(o.sent) != 1 || o.sent[0].Subject != message("").Subject || o.sent[0].HTML != "<p>Goedemorgen Ann.</p>" || !o.sent[0].At.Equal(start) || o.sent[0].ID == "" {
			t.Errorf("%+v", o.sent)
		}
		if got := o.rows(); got != "sent "+full {
			t.Error(got)
		}
	})
}

func TestAMailServerThatIsAwayForDaysLosesNothing(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.open()
		o.fail = errors.New("no route")
		o.queue(message("a"))
		tries := 0
		for end := start.Add(48 * time.Hour); o.clock.Now().Before(end); o.clock.Move(10 * time.Minute) {
			n, err := o.runner.RunDue(t.Context())
			if tries += n; err == nil && n > 0 || err != nil && strings.Contains(err.Error(), "ann@") {
				t.Fatalf("%d %v", n, err)
			}
		}
		if tries < 80 || tries > 110 {
			t.Errorf("%d tries in two days", tries)
		}
		o.fail = nil
		o.clock.Move(time.Hour)
		o.run(1)
		if len(o.sent) != 1 {
			t.Errorf("%d sent", len(o.sent))
		}
	})
}

func TestAMailboxThatDoesNotExistIsGivenUp(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.open()
		o.fail = fmt.Errorf("code 550: %w", mail.ErrRefused)
		o.queue(message("a"))
		o.run(1)
		o.fail = nil
		o.clock.Move(24 * time.Hour)
		o.run(0)
		if items := o.list(); len(items) != 1 || items[0].State != mail.Failed || !items[0].EndedAt.Equal(start) || len(o.sent) != 0 {
			t.Errorf("%+v", items)
		}
	})
}

func TestRightsAreAskedAgainAtSending(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.queue(message("a"))
		o.no["notify.week"] = true
		o.open()
		o.run(1)
		o.no["notify.week"] = false
		o.clock.Move(time.Hour)
		o.run(0)
		if got := o.rows(); len(o.sent) != 0 || got != "withdrawn ||||" {
			t.Errorf("%d sent, %q", len(o.sent), got)
		}
	})
}

func TestWhatWasTakenBackIsNotSent(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		bob := message("bob")
		bob.PersonID, bob.Address = "bob", "bob@school.example"
		o.queue(message("one"), message("two"), message("three"), bob)
		o.write(func(tx *db.Tx) error {
			return errors.Join(mail.Withdraw(t.Context(), tx, "one", start), mail.Withdraw(t.Context(), tx, "never was", start))
		})
		o.write(func(tx *db.Tx) error { return mail.WithdrawFor(t.Context(), tx, "ann", start) })
		o.open()
		o.run(1)
		if len(o.sent) != 1 || o.sent[0].PersonID != "bob" || strings.Contains(o.rows(), "ann") {
			t.Errorf("%+v\n%s", o.sent, o.rows())
		}
		o.write(func(tx *db.Tx) error { return mail.Forget(t.Context(), tx, "bob") })
		if got := o.rows(); strings.Contains(got, "bob") || strings.Count(got, "withdrawn") != 3 {
			t.Error(got)
		}
	})
}

func TestWhatWaitsForSomebodyForgottenLeavesNoJob(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.queue(message("a"))
		o.write(func(tx *db.Tx) error { return mail.Forget(t.Context(), tx, "ann") })
		h, err := job.State(t.Context(), o.d, start)
		if err != nil || h.Waiting != 0 || o.rows() != "" {
			t.Errorf("%+v %v %q", h, err, o.rows())
		}
	})
}

func TestSecretsAndPrivateMessagesAreEmptiedAtSending(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		secret, private := message("link"), message("feedback")
		secret.Secret, private.Private = true, true
		o.queue(secret, private)
		o.open()
		o.run(2)
		if got := o.rows(); len(o.sent) != 2 || got != "sent ||||\nsent ||||" {
			t.Errorf("%d sent, %q", len(o.sent), got)
		}
		moments, err := db.All(t.Context(), o.d, `select made_at || ended_at from mail where private`, db.Str)
		if err != nil || len(moments) != 1 || moments[0] != strings.Repeat("2026-03-19T00:00:00.000000Z", 2) {
			t.Errorf("the moment of a private message is kept: %q %v", moments, err)
		}
		if items := o.list(); len(items) != 1 || items[0].Address != "" {
			t.Errorf("%+v", items)
		}
	})
}

func TestPrivateMessagesAreInNobodysList(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		queue := func(n int, key string, day int, change func(*mail.Message)) {
			for i := range n {
				m := message(fmt.Sprint(key, day, i))
				m.At = start.AddDate(0, 0, day)
				change(&m)
				o.queue(m)
			}
		}
		queue(4, "private", 0, func(m *mail.Message) { m.Private = true })
		queue(5, "private", 1, func(m *mail.Message) { m.Private = true })
		queue(6, "elsewhere", 1, func(m *mail.Message) { m.Private, m.BoardID = true, "other" })
		queue(2, "open", 1, func(*mail.Message) {})
		queue(1, "open", 2, func(m *mail.Message) { m.BoardID = "other" })
		if items := o.list(); len(items) != 2 {
			t.Errorf("%+v", items)
		}
		totals, err := mail.Totals(t.Context(), o.d, "board")
		if err != nil || len(totals) != 1 || totals[0] != (mail.Total{Day: "2026-03-20", Count: 5}) {
			t.Errorf("%+v %v", totals, err)
		}
		own, err := mail.Of(t.Context(), o.d, "board", "ann", 100)
		if err != nil || len(own) != 11 || own[0].Text == "" || own[0].State != mail.Waiting {
			t.Errorf("%d of one's own, %v", len(own), err)
		}
		if other, err := mail.Of(t.Context(), o.d, "board", "bob", 100); err != nil || len(other) != 0 {
			t.Errorf("%+v %v", other, err)
		}
		older, err := mail.List(t.Context(), o.d, "board", start, 10)
		if err != nil || len(older) != 0 {
			t.Errorf("%+v %v", older, err)
		}
	})
}

func TestWhatMailSaidIsErasedWithinAWeek(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		o.runner.Handle(mail.KindClean, mail.Cleaner(o.d, o.clock))
		o.runner.Repeat(mail.KindClean, job.Every(24*time.Hour))
		o.queue(message("waits"))
		o.run(0)
		for range 7 {
			o.clock.Move(24 * time.Hour)
			o.run(1)
		}
		if got := o.rows(); got != "waiting "+full {
			t.Error(got)
		}
		o.clock.Move(24 * time.Hour)
		o.run(1)
		if got := o.rows(); got != "failed ||||" {
			t.Error(got)
		}
		o.queue(message("waits")) // its key is known
		o.open()
		o.run(0)
		o.clock.Move(90 * 24 * time.Hour)
		o.run(1)
		if got := o.rows(); got != "" {
			t.Error(got)
		}
	})
}

func TestAnActThatFailsQueuesNothing(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		boom := errors.New("boom")
		if err := o.d.Write(t.Context(), func(tx *db.Tx) error {
			return errors.Join(mail.Queue(t.Context(), tx, message("a")), boom)
		}); !errors.Is(err, boom) {
			t.Error(err)
		}
		for name, change := range map[string]func(*mail.Message){
			"no key": func(m *mail.Message) { m.Key = "" }, "no kind": func(m *mail.Message) { m.Kind = "" },
			"no board": func(m *mail.Message) { m.BoardID = "" }, "no moment": func(m *mail.Message) { m.At = time.Time{} },
			"no text": func(m *mail.Message) { m.Text = "" }, "no subject": func(m *mail.Message) { m.Subject = " \r\n" },
			"two addresses": func(m *mail.Message) { m.Address = "a@b.nl, c@d.nl" },
		} {
			m := message("a")
			change(&m)
			if err := o.d.Write(t.Context(), func(tx *db.Tx) error { return mail.Queue(t.Context(), tx, m) }); !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := o.rows(); got != "" {
			t.Error(got)
		}
	})
}

func TestOneAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" Ann.de-Wit+leer@School.Example ": "Ann.de-Wit+leer@school.example", "demo@localhost": "demo@localhost",
		"": "", "ann": "", "ann@": "", "@school.nl": "", "ann@school": "", "a@b.nl,c@d.nl": "", "a@b.nl c@d.nl": "", "Ann <a@b.nl>": "",
		"a@b.nl\r\nBcc: c@d.nl": "", "\"a b\"@c.nl": "", "a@[127.0.0.1]": "", "a@b@c.nl": "", "é@b.nl": "", "a@b.nl(comment)": "",
		strings.Repeat("a", 250) + "@b.nl": "",
	} {
		got, err := mail.Address(in)
		if got != want || (err == nil) != (want != "") || err != nil && !errs.Is(err, errs.KindInvalid) {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"ann@school.nl", "a@b.nl\r\nBcc: x@y.nl", "a@b.nl>", "=?utf-8?q?a?=@b.nl"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := mail.Address(s)
		if err != nil {
			return
		}
		if strings.ContainsAny(a, " \r\n\t,;<>") || strings.Count(a, "@") != 1 {
			t.Errorf("%q", a)
		}
		if again, err := mail.Address(a); err != nil || again != a {
			t.Errorf("%q became %q, %v", a, again, err)
		}
	})
}

// smtp is a transport to the server of a test.
func smtp(t *testing.T, s *server) *mail.SMTP {
	t.Helper()
	out, err := mail.NewSMTP(mail.SMTPSettings{Server: "smtp://" + s.address, From: "leerkring@school.example", FromName: "Leerkring\r\nX: y"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatAMailServerGets(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	m := message("a")
	m.ID, m.Name, m.Subject = "01h455", "Zoë\r\nBcc: evil@example.com", "Je week\r\nBcc: evil@example.com\u2028X: é"
	m.Text, m.Unsubscribe = "Eén zin.\n.\nNog één.", "https://school.example/mail/off"
	if err := smtp(t, s).Deliver(t.Context(), m, nil); err != nil {
		t.Fatal(err)
	}
	got := s.letters()
	if len(got) != 1 || !strings.HasPrefix(got[0].from, "FROM:<leerkring@school.example>") || got[0].to != "TO:<ann@school.example>" {
		t.Fatalf("%+v", got)
	}
	read, err := netmail.ReadMessage(strings.NewReader(got[0].data))
	if err != nil {
		t.Fatal(err)
	}
	word := new(mime.WordDecoder)
	for name, want := range map[string]string{
		"Subject": "Je week Bcc: evil@example.com X: é", "To": "Zoë Bcc: evil@example.com <ann@school.example>",
		"From": `"Leerkring X: y" <leerkring@school.example>`, "Message-Id": "<01h455@school.example>", "Bcc": "", "X": "", "User-Agent": "",
		"Auto-Submitted": "auto-generated", "Date": "Thu, 19 Mar 2026 14:10:00 +0000",
		"List-Unsubscribe": "<https://school.example/mail/off>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	} {
		if v, err := word.DecodeHeader(read.Header.Get(name)); err != nil || v != want {
			t.Errorf("%s: %q %v", name, v, err)
		}
	}
	parts(t, read, "text/plain", "Eén zin.\r\n.\r\nNog één.", "text/html", "<p>Goedemorgen Ann.</p>")
}

// parts compares the parts of a message: kind, body, kind, body.
func parts(t *testing.T, m *netmail.Message, want ...string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s %v", kind, err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for i := 0; i < len(want); i += 2 {
		p, err := r.NextPart() // takes quoted-printable off
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(p)
		if got := strings.TrimSpace(string(body)); err != nil || got != want[i+1] || !strings.HasPrefix(p.Header.Get("Content-Type"), want[i]) {
			t.Errorf("%s: %q %v", p.Header.Get("Content-Type"), got, err)
		}
	}
	if _, err := r.NextPart(); err != io.EOF {
		t.Error("there is more")
	}
}

func TestWhatAMailServerAnswers(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		command, answer string
		ok, refused     bool
		sent            int
	}{
		"taken":                      {"NOTHING", "", true, false, 1},
		"no such mailbox":            {"RCPT", "550 5.1.1 ann@school.example unknown", false, true, 0},
		"mailbox busy":               {"RCPT", "450 4.2.0 ann@school.example later", false, false, 0},
		"we are not welcome":         {"MAIL", "550 5.7.1 leerkring@school.example not allowed", false, false, 0},
		"spam":                       {"DATA", "554 5.7.1 no", false, true, 0},
		"trouble after it was taken": {"RSET", "421 bye", true, false, 1},
		"trouble at goodbye":         {"QUIT", "500 what", true, false, 1},
		"no greeting for us":         {"EHLO", "554 no", false, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			if x.answer != "" {
				s.answer(x.command, x.answer)
				if x.command == "EHLO" {
					s.answer("HELO", x.answer)
				}
			}
			err := smtp(t, s).Deliver(t.Context(), message("a"), nil)
			if (err == nil) != x.ok || errors.Is(err, mail.ErrRefused) != x.refused || len(s.letters()) != x.sent {
				t.Errorf("%v, %d letters", err, len(s.letters()))
			}
			if err != nil && strings.Contains(err.Error(), "@") {
				t.Errorf("an address in a log: %v", err)
			}
		})
	}
	gone := newServer(t)
	gone.address = "127.0.0.1:1"
	if err := smtp(t, gone).Deliver(t.Context(), message("a"), nil); err == nil || errors.Is(err, mail.ErrRefused) {
		t.Error(err)
	}
}

func TestAServerThatSpeaksTLSFromTheStart(t *testing.T) {
	t.Parallel()
	s, roots := newTLSServer(t)
	out, err := mail.NewSMTP(mail.SMTPSettings{Server: "smtps://ann@" + s.address, Password: "hush", From: "leerkring@school.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Deliver(t.Context(), message("a"), nil); err == nil || len(s.proofs()) != 0 {
		t.Errorf("a stranger's certificate was believed: %v", err)
	}
	out.Trust(roots)
	if err := out.Deliver(t.Context(), message("a"), nil); err != nil || len(s.letters()) != 1 {
		t.Fatal(err)
	}
	if want := "PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00ann\x00hush")); !slices.Equal(s.proofs(), []string{want}) {
		t.Errorf("%q", s.proofs())
	}
}

func TestMailServerSettings(t *testing.T) {
	t.Parallel()
	for server, want := range map[string]string{
		"smtp://user@mail.school.example:2525": "mail.school.example:2525 TLSMandatory", "smtp://mail.school.example": "mail.school.example:587 TLSMandatory",
		"smtps://user:pw@mail.school.example": "mail.school.example:465 TLSOpportunistic", "smtp://127.0.0.1:25": "127.0.0.1:25 TLSOpportunistic",
		"smtp://localhost:25": "localhost:25 TLSOpportunistic",
		"":                    "", "mail.school.example": "", "https://mail.school.example": "", "smtp://": "", "smtp://host/path": "", "smtp://host:0": "", "smtp://user:secret@ho st": "",
	} {
		s, err := mail.NewSMTP(mail.SMTPSettings{Server: server, From: "a@b.nl"})
		got := ""
		if err == nil {
			got = s.Describe()
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("a password in an error: %v", err)
		}
		if got != want {
			t.Errorf("%q: %q %v", server, got, err)
		}
	}
	if _, err := mail.NewSMTP(mail.SMTPSettings{Server: "smtp://localhost", From: "nobody"}); err == nil {
		t.Error("a sender without an address")
	}
}

func TestFromActToMailbox(t *testing.T) {
	offices(t, func(t *testing.T, o *office) {
		s := newServer(t)
		o.runner.Handle(mail.KindSend, mail.NewSender(o.d, o.clock, smtp(t, s), nil).Send)
		o.queue(message("a"))
		s.answer("RCPT", "451 greylisted")
		o.run(1)
		s.answer("RCPT", "")
		o.clock.Move(time.Minute)
		o.run(1)
		if got := s.letters(); len(got) != 1 || !strings.Contains(got[0].data, "Goedemorgen Ann.") {
			t.Errorf("%+v", got)
		}
	})
}
