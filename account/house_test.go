package account_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

// mailbox keeps the letters that an act queued.
type mailbox struct {
	mu      sync.Mutex
	letters []account.Letter
}

func (m *mailbox) Queue(_ context.Context, tx *db.Tx, l account.Letter) error {
	tx.AfterCommit(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.letters = append(m.letters, l)
	})
	return nil
}

func (m *mailbox) last(t *testing.T) account.Letter {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.letters) == 0 {
		t.Fatal("no letter was sent")
	}
	return m.letters[len(m.letters)-1]
}

func (m *mailbox) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.letters)
}

const base = "https://leerkring.hetbaken.nl"

// house is a board with one school, an admin and a teacher.
type house struct {
	t       *testing.T
	ctx     context.Context
	db      *db.DB
	clock   *clock.Fake
	post    *mailbox
	log     *account.Log
	school  *school.Service
	door    *account.Service
	founded school.Founded
	teacher string
}

func open(t *testing.T, d *db.DB) *house { return openAs(t, d, account.Config{BaseURL: base}) }

func openAs(t *testing.T, d *db.DB, cfg account.Config) *house {
	t.Helper()
	c := clock.NewFake(time.Date(2026, 3, 19, 7, 30, 0, 0, time.UTC))
	h := &house{t: t, ctx: context.Background(), db: d, clock: c, post: &mailbox{}, log: account.NewLog(c, []byte("a key outside the database")), school: school.NewService(d, c)}
	h.door = h.service(cfg)
	var err error
	h.founded, err = h.school.Found(h.ctx, school.Founding{Board: "Stichting Baken", School: school.School{Name: "Het Baken College"}, AdminName: "Ada Admin", AdminEmail: "ada@hetbaken.nl"})
	must(t, err)
	h.teacher = h.add("Noor Haddad", "n.haddad@hetbaken.nl", true)
	return h
}

func (h *house) service(cfg account.Config) *account.Service {
	h.t.Helper()
	s, err := account.NewService(h.db, h.clock, h.post, h.log, cfg)
	must(h.t, err)
	return s
}

// add makes a colleague at the school.
func (h *house) add(name, email string, active bool) string {
	h.t.Helper()
	id, err := h.school.AddStaff(h.ctx, h.who(h.founded.AdminID), h.founded.SchoolID, school.NewStaff{Name: name, Email: email, Active: active})
	must(h.t, err)
	return id
}

func (h *house) who(personID string) access.Who {
	h.t.Helper()
	known, err := school.Knows(h.ctx, h.db, personID)
	must(h.t, err)
	return known.Who
}

// letter asks for a link and returns the ticket and the letter.
func (h *house) letter(email string) (ticket string, l account.Letter) {
	h.t.Helper()
	ticket, err := h.door.RequestLink(h.ctx, email, "/week", "10.0.0.1")
	must(h.t, err)
	return ticket, h.post.last(h.t)
}

// signIn signs the teacher in on a device of one kind.
func (h *house) signIn(device account.Device) account.Entered {
	h.t.Helper()
	_, l := h.letter("n.haddad@hetbaken.nl")
	in, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(device))
	must(h.t, err)
	return in
}

func (h *house) adminSignIn() account.Entered {
	h.t.Helper()
	_, l := h.letter("ada@hetbaken.nl")
	in, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
	must(h.t, err)
	return in
}

// invited adds a colleague and returns the secret of the invitation.
func (h *house) invited(email string) (personID, secret string) {
	h.t.Helper()
	personID = h.add("Sanne Bos", email, false)
	var url string
	must(h.t, h.db.Write(h.ctx, func(tx *db.Tx) error {
		var err error
		url, err = h.door.Invite(h.ctx, tx, personID, h.founded.AdminID, account.AsStaff)
		return err
	}))
	return personID, secretOf(url)
}

func (h *house) count(sql string, args ...any) int {
	h.t.Helper()
	n, err := db.One(h.ctx, h.db, sql, db.Int, args...)
	must(h.t, err)
	return n
}

func (h *house) state(personID string) string {
	h.t.Helper()
	s, err := db.One(h.ctx, h.db, `select state from person where id = $1`, db.Str, personID)
	must(h.t, err)
	return s
}

// exec changes the database behind the back of the house.
func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	must(h.t, h.db.Write(h.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(h.ctx, tx, sql, args...)
		return err
	}))
}

func (h *house) isIn(secret string) bool {
	h.t.Helper()
	_, err := h.door.Authenticate(h.ctx, secret)
	if err != nil && !errs.IsAbsent(err) {
		h.t.Fatal(err)
	}
	return err == nil
}

func browser(d account.Device) account.Browser {
	return account.Browser{Device: d, Name: "Firefox, Windows", Address: "10.0.0.1"}
}

// secretOf returns the last part of a link.
func secretOf(url string) string {
	for i := len(url) - 1; i >= 0; i-- {
		if url[i] == '/' {
			return url[i+1:]
		}
	}
	return url
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that err is a refusal with this key.
func refused(t *testing.T, err error, key string) {
	t.Helper()
	if f := errs.FieldsOf(err); len(f) != 1 || f[0].Key != key {
		t.Fatalf("want the refusal %s, got %v", key, err)
	}
}

func absent(t *testing.T, err error) {
	t.Helper()
	if !errs.IsAbsent(err) {
		t.Fatalf("want absent, got %v", err)
	}
}

// stranger is an admin of another board.
func (h *house) stranger() string {
	h.t.Helper()
	f, err := h.school.Found(h.ctx, school.Founding{Board: "Stichting Oever", School: school.School{Name: "De Oever"}, AdminName: "Otto Oever", AdminEmail: "otto@oever.nl"})
	must(h.t, err)
	return f.AdminID
}

// dump returns every text of this room's tables.
func (h *house) dump() string {
	h.t.Helper()
	var out strings.Builder
	for _, sql := range []string{
		`select id || hash || browser || way from sign_in`,
		`select id || hash || ticket_hash || code_hash || next || reason || made_by from account_link`,
		`select id || hash || name from api_token`,
		`select hash || ceremony from passkey_challenge`,
		`select key from attempt`,
		`select actor_id || kind || object_kind || object_id || address || hash from security_log`,
		`select kind || object_id from journal`,
	} {
		list, err := db.All(h.ctx, h.db, sql, db.Str)
		must(h.t, err)
		for _, s := range list {
			out.WriteString(s)
			out.WriteByte('\n')
		}
	}
	return out.String()
}
