package monday

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/mail"
	"leerkring/migrations"
	"leerkring/school"
	"leerkring/task"
)

const people = 60

func nameOf(i int) string { return fmt.Sprintf("p%02d", i) }

func names() []string {
	out := make([]string, people)
	for i := range out {
		out[i] = nameOf(i)
	}
	return append(out, "beheer")
}

// town is a school with its house and its post.
type town struct {
	t     *testing.T
	house *House
	post  *Servers
	ids   []string // of the people
	board string
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// inside runs f on the database, while the program is not running.
func (w *town) inside(now string, f func(d *db.DB, c clock.Clock)) {
	w.t.Helper()
	d, err := db.Open(w.t.Context(), w.house.database)
	w.ok(err)
	defer func() { w.ok(d.Close()) }()
	w.ok(d.Migrate(w.t.Context(), migrations.Files))
	f(d, clock.NewFake(at(w.t, now)))
}

// count reads a number from the database.
func (w *town) count(sql string, args ...any) int {
	w.t.Helper()
	d, err := db.Open(w.t.Context(), w.house.database)
	w.ok(err)
	defer func() { w.ok(d.Close()) }()
	n, err := db.One(w.t.Context(), d, sql, db.Int, args...)
	w.ok(err)
	return n
}

// found makes the school: sixty people who each took something on for Friday 27 March, and
// one who did not; free from 4 to 12 April.
func found(t *testing.T, database, dir string) *town {
	t.Helper()
	post := Start(t, names()...)
	w := &town{t: t, post: post, house: NewHouse(t, dir, database, post.Address())}
	w.inside("2026-03-20T10:00:00Z", func(d *db.DB, c clock.Clock) {
		ctx := t.Context()
		schools := school.NewService(d, c)
		made, err := schools.Found(ctx, school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "beheer@" + Domain})
		w.ok(err)
		w.board = made.BoardID
		k, err := school.Knows(ctx, d, made.AdminID)
		w.ok(err)
		w.ok(schools.AddPeriods(ctx, k.Who, made.SchoolID, []school.Period{{Kind: school.Holiday, Name: "Vrij", From: "2026-04-04", To: "2026-04-12"}}))
		for i := range people {
			id, err := schools.AddStaff(ctx, k.Who, made.SchoolID, school.NewStaff{Name: "Persoon " + nameOf(i), Email: nameOf(i) + "@" + Domain, Active: true})
			w.ok(err)
			w.ids = append(w.ids, id)
			w.ok(d.Write(ctx, func(tx *db.Tx) error {
				_, err := task.Add(ctx, tx, access.Who{ID: id, BoardID: made.BoardID}, task.New{SchoolID: made.SchoolID, SourceKind: "meeting", SourceID: "x", OwnerID: id, Body: "haalt voorbeeld " + nameOf(i) + " op", DueOn: "2026-03-27"}, c.Now())
				return err
			}))
		}
	})
	return w
}

// has counts the mails of Monday in each mailbox.
func (w *town) has() []int {
	w.t.Helper()
	out := make([]int, people)
	for i := range out {
		for _, l := range w.post.Read(nameOf(i)) {
			if subject, err := new(mime.WordDecoder).DecodeHeader(l.Header.Get("Subject")); err == nil && strings.HasPrefix(subject, "Je week") {
				out[i]++
			}
		}
	}
	return out
}

// pass moves the clock in steps, and lets the program do what is due.
func (w *town) pass(from, to string, step time.Duration) {
	w.t.Helper()
	for now := at(w.t, from); !now.After(at(w.t, to)); now = now.Add(step) {
		w.house.Clock(now)
		time.Sleep(1300 * time.Millisecond) // the program looks once a second
	}
}

func (w *town) waiting() int {
	return w.count(`select count(*) from mail where state = 'waiting'`)
}

// TestProofF_MondayArrivesOnceAndInTimeOrNotAtAll: sixty people, over the clock change and
// a holiday; the program killed half-way, the mail server away for hours and for two days.
func TestProofF_MondayArrivesOnceAndInTimeOrNotAtAll(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		data := filepath.Join(dir, "data")
		monday(t, found(t, "sqlite:"+instance.File(mkdir(t, data)), dir))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		monday(t, found(t, dbtest.PostgresURL(t), t.TempDir()))
	})
}

func monday(t *testing.T, w *town) {
	w.ordinary()
	w.broken()
	w.holiday()
	w.twoDays()
}

// ordinary: the last Monday of winter time.
func (w *town) ordinary() {
	t := w.t
	w.house.Clock(at(t, "2026-03-23T06:29:00Z"))
	w.house.Open()
	time.Sleep(1500 * time.Millisecond)
	if n := w.post.Delivered(); n != 0 {
		t.Fatalf("%d before half past seven", n)
	}
	w.pass("2026-03-23T06:30:00Z", "2026-03-23T06:30:00Z", time.Hour)
	w.house.Until("sixty mails", func() bool { return w.post.Delivered() >= people })
	w.pass("2026-03-23T05:40:00Z", "2026-03-23T07:00:00Z", 20*time.Minute) // somebody sets the clock back
	if n := w.has(); slices.Max(n) != 1 || slices.Min(n) != 1 {
		t.Errorf("in the first week: %v", n)
	}
	if l := w.post.Read("beheer"); len(l) != 0 {
		t.Errorf("who has nothing open got %d", len(l))
	}
	w.reads(w.post.Read("p07")[0], "p07")
	// One press in the mail program stops it.
	stop := strings.Trim(w.post.Read("p00")[0].Header.Get("List-Unsubscribe"), "<>")
	path, ok := strings.CutPrefix(stop, Base)
	if !ok {
		t.Fatalf("stopped at %s", stop)
	}
	get, err := http.Get(w.house.Address() + path)
	w.ok(err)
	_ = get.Body.Close()
	post, err := http.Post(w.house.Address()+path, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	w.ok(err)
	_ = post.Body.Close()
	if get.StatusCode != http.StatusOK || post.StatusCode != http.StatusOK || w.count(`select count(*) from mail_choice where not monday`) != 1 {
		t.Errorf("stopping: %d, %d", get.StatusCode, post.StatusCode)
	}
	if n := w.count(`select count(*) from mail where kind = 'notify.week' and (body_text <> '' or address <> '' or person_id is not null)`); n != 0 {
		t.Errorf("of %d mails it is kept what they said or to whom", n)
	}
}

// reads looks at one mail as a mail program does.
func (w *town) reads(l Letter, name string) {
	t := w.t
	t.Helper()
	subject, err := new(mime.WordDecoder).DecodeHeader(l.Header.Get("Subject"))
	w.ok(err)
	date, err := l.Header.Date()
	w.ok(err)
	for what, ok := range map[string]bool{
		"subject":   subject == "Je week: één ding, tien minuten",
		"date":      date.UTC().Equal(at(t, "2026-03-23T06:30:00Z")),
		"to":        strings.Contains(l.Header.Get("To"), name+"@"+Domain),
		"one-click": l.Header.Get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click",
		"machine":   l.Header.Get("Auto-Submitted") == "auto-generated",
	} {
		if !ok {
			t.Errorf("%s of the mail: %v", what, l.Header)
		}
	}
	_, params, err := mime.ParseMediaType(l.Header.Get("Content-Type"))
	w.ok(err)
	parts := multipart.NewReader(l.Body, params["boundary"])
	for _, kind := range []string{"text/plain", "text/html"} {
		p, err := parts.NextPart()
		w.ok(err)
		raw, err := io.ReadAll(p)
		w.ok(err)
		if !strings.HasPrefix(p.Header.Get("Content-Type"), kind) || !strings.Contains(string(raw), "haalt voorbeeld "+name+" op") || !strings.Contains(string(raw), Base+"/week") {
			t.Errorf("%s: %s", kind, raw)
		}
	}
}

// broken: the first Monday of summer time. Half-way the program is killed and the mail
// server goes; five people settle their task and two go away before it is back.
func (w *town) broken() {
	t := w.t
	before := w.post.Delivered()
	w.pass("2026-03-30T05:29:00Z", "2026-03-30T05:29:00Z", time.Hour)
	if n := w.post.Delivered(); n != before {
		t.Errorf("%d before half past seven in summer time", n-before)
	}
	w.house.Clock(at(t, "2026-03-30T05:30:00Z"))
	w.house.Until("a third of them", func() bool { return w.post.Delivered() >= before+people/3 })
	w.house.Kill()
	w.post.Down()
	time.Sleep(time.Second) // what exim had taken in, it delivers
	got := w.has()
	var without []int
	for i, n := range got {
		if n == 1 && i != 0 {
			without = append(without, i)
		}
	}
	if len(without) < 10 {
		t.Fatalf("only %d people are left: the kill proves nothing", len(without))
	}
	gone := without[len(without)-7:]
	w.inside("2026-03-30T06:00:00Z", func(d *db.DB, _ clock.Clock) {
		w.ok(d.Write(t.Context(), func(tx *db.Tx) error {
			for n, i := range gone {
				sql := `update task set state = 'done' where owner_id = $1`
				if n >= 5 {
					sql = `update person set away_until_on = '2026-04-02' where id = $1`
				}
				if _, err := db.Exec(t.Context(), tx, sql, w.ids[i]); err != nil {
					return err
				}
			}
			return nil
		}))
	})
	w.house.Clock(at(t, "2026-03-30T08:00:00Z"))
	w.house.Open()
	w.house.Until("the server is known to be away", func() bool {
		return w.count(`select count(*) from mail_server where away_since_at is not null and fault = 'away'`) == 1
	})
	w.pass("2026-03-30T09:00:00Z", "2026-03-30T11:00:00Z", time.Hour)
	w.post.Up()
	w.pass("2026-03-30T12:00:00Z", "2026-03-30T12:00:00Z", time.Hour)
	w.house.Until("nothing waits", func() bool { return w.waiting() == 0 })
	time.Sleep(time.Second)
	if n := w.count(`select count(*) from mail_server where away_since_at is null and reached_at is not null`); n != 1 {
		t.Error("that the server is back is not known")
	}
	unsure := w.count(`select count(*) from mail where kind = 'notify.week' and state = 'failed' and handed_at is not null`)
	missing := 0
	for i, n := range w.has() {
		switch {
		case n > 2:
			t.Errorf("%s has %d mails in two weeks", nameOf(i), n)
		case i == 0 && n != 1:
			t.Errorf("%s stopped it, and has %d", nameOf(i), n)
		case slices.Contains(gone, i) && n != 1:
			t.Errorf("%s has nothing open, or is away, and has %d", nameOf(i), n)
		case i != 0 && !slices.Contains(gone, i) && n == 1:
			missing++
		}
	}
	if missing > unsure || unsure > 4 {
		t.Errorf("%d are missing, of %d nobody knows", missing, unsure)
	}
	t.Logf("killed with %d to go; %d unsure, %d of those missing", len(without), unsure, missing)
}

// holiday: no mail.
func (w *town) holiday() {
	before := w.post.Delivered()
	w.pass("2026-04-06T05:30:00Z", "2026-04-06T11:30:00Z", 2*time.Hour)
	if n := w.post.Delivered(); n != before || w.waiting() != 0 {
		w.t.Errorf("%d in a holiday", n-before)
	}
}

// twoDays: the first Monday after it, with the mail server away until Wednesday. What was
// for Monday is dropped; what stays true arrives, once.
func (w *town) twoDays() {
	t := w.t
	before := w.post.Delivered()
	w.house.Kill()
	w.post.Down()
	w.inside("2026-04-13T05:00:00Z", func(d *db.DB, c clock.Clock) {
		w.ok(d.Write(t.Context(), func(tx *db.Tx) error {
			for _, m := range []mail.Message{
				{Key: "invitation", Kind: "account.invitation", Subject: "Je plek staat klaar", Until: at(t, "2026-04-26T05:00:00Z")},
				{Key: "link", Kind: "account.link", Subject: "Je link", Until: at(t, "2026-04-13T05:30:00Z")},
			} {
				m.BoardID, m.PersonID, m.At, m.Address, m.Name, m.Text, m.Private, m.Secret = w.board, w.ids[3], c.Now(), "p03@"+Domain, "Persoon", "Tekst.", true, true
				if err := mail.Queue(t.Context(), tx, m); err != nil {
					return err
				}
			}
			return nil
		}))
	})
	w.house.Clock(at(t, "2026-04-13T05:29:00Z"))
	w.house.Open()
	w.pass("2026-04-13T05:30:00Z", "2026-04-13T05:30:00Z", time.Hour)
	w.house.Until("the mails of Monday wait", func() bool { return w.waiting() >= people-10 })
	w.pass("2026-04-13T11:00:00Z", "2026-04-15T05:00:00Z", 6*time.Hour)
	w.post.Up()
	w.pass("2026-04-15T05:30:00Z", "2026-04-15T06:30:00Z", 20*time.Minute)
	w.house.Until("nothing waits", func() bool { return w.waiting() == 0 })
	time.Sleep(time.Second)
	if n := w.post.Delivered() - before; n != 1 {
		t.Errorf("%d arrived after two days", n)
	}
	subjects := []string{}
	for _, l := range w.post.Read("p03") {
		subjects = append(subjects, l.Header.Get("Subject"))
	}
	if n := len(subjects); subjects[n-1] != "Je plek staat klaar" || slices.Contains(subjects, "Je link") {
		t.Errorf("%q", subjects)
	}
}
