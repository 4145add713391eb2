package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

func (h *house) note(kind string, reach account.Reach, actor, object string) {
	h.t.Helper()
	must(h.t, h.db.Write(h.ctx, func(tx *db.Tx) error {
		return h.log.Append(h.ctx, tx, account.Event{ActorID: actor, Kind: kind, ObjectKind: "thing", ObjectID: object, BoardID: h.founded.BoardID, Reach: reach, Address: "10.1.2.3"})
	}))
}

func (h *house) verdict() account.Verdict {
	h.t.Helper()
	v, err := h.log.Verify(h.ctx, h.db)
	must(h.t, err)
	return v
}

// T-P5: whatever is done to the log, the first entry that is wrong is named.
func TestTheSecurityLogTellsWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		if v := h.verdict(); !v.Whole() || v.Entries != 0 {
			t.Fatalf("an empty log: %+v", v)
		}
		for range 9 {
			h.note("thing.done", account.OfWork, h.teacher, "t1")
		}
		if v := h.verdict(); !v.Whole() || v.Entries != 9 || v.First != 1 || v.Last != 9 {
			t.Fatalf("nine entries: %+v", v)
		}
		// Each attack is undone, so that the next one starts from a whole log.
		for name, c := range map[string]struct {
			attack, undo []string
			bad          int64
			fault        string
		}{
			"the actor is changed":      {[]string{`update security_log set actor_id = 'x' where seq = 4`}, []string{`update security_log set actor_id = '` + h.teacher + `' where seq = 4`}, 4, account.FaultChanged},
			"a letter moves a column":   {[]string{`update security_log set object_kind = 'thingt', object_id = '1' where seq = 4`}, []string{`update security_log set object_kind = 'thing', object_id = 't1' where seq = 4`}, 4, account.FaultChanged},
			"the reach is changed":      {[]string{`update security_log set reach = 'private' where seq = 9`}, []string{`update security_log set reach = 'work' where seq = 9`}, 9, account.FaultChanged},
			"two entries change places": {[]string{`update security_log set seq = 100 where seq = 3`, `update security_log set seq = 3 where seq = 5`, `update security_log set seq = 5 where seq = 100`}, []string{`update security_log set seq = 100 where seq = 3`, `update security_log set seq = 3 where seq = 5`, `update security_log set seq = 5 where seq = 100`}, 3, account.FaultChanged},
			"one in the middle is gone": {[]string{`update security_log set seq = -6 where seq = 6`}, []string{`update security_log set seq = 6 where seq = -6`}, 6, account.FaultMissing},
			"the oldest is gone":        {[]string{`update security_log set seq = -1 where seq = 1`}, []string{`update security_log set seq = 1 where seq = -1`}, 1, account.FaultMissing},
			"the newest is gone":        {[]string{`update security_log set seq = -9 where seq = 9`}, []string{`update security_log set seq = 9 where seq = -9`}, 9, account.FaultMissing},
			"the newest is gone, and the head says so": {
				[]string{`update security_log set seq = -9 where seq = 9`, `update security_head set seq = 8, hash = (select hash from security_log where seq = 8)`},
				[]string{`update security_log set seq = 9 where seq = -9`, `update security_head set seq = 9, hash = (select hash from security_log where seq = 9)`}, 9, account.FaultHead},
			"the oldest is said to be erased": {
				[]string{`update security_log set seq = -1 where seq = 1`, `update security_head set erased_seq = 1, erased = (select hash from security_log where seq = -1)`},
				[]string{`update security_log set seq = 1 where seq = -1`, `update security_head set erased_seq = 0, erased = ''`}, 10, account.FaultHead},
			"entries are put behind the last": {[]string{`insert into security_log select 10, at, actor_id, kind, object_kind, object_id, board_id, reach, address, hash from security_log where seq = 9`, `update security_head set seq = 10`},
				[]string{`delete from security_log where seq = 10`, `update security_head set seq = 9`}, 10, account.FaultChanged},
		} {
			for _, sql := range c.attack {
				h.exec(sql)
			}
			if v := h.verdict(); v.Bad != c.bad || v.Fault != c.fault {
				t.Errorf("%s: %+v", name, v)
			}
			for _, sql := range c.undo {
				h.exec(sql)
			}
			if v := h.verdict(); !v.Whole() {
				t.Fatalf("%s was not undone: %+v", name, v)
			}
		}
		forger := account.NewLog(h.clock, []byte("another key"))
		if v, err := forger.Verify(h.ctx, h.db); err != nil || v.Bad != 1 {
			t.Errorf("without the key: %+v, %v", v, err)
		}
	})
}

// Entries of another house, sealed with the same key, do not fit into this one.
func TestEntriesOfAnotherHistoryDoNotFit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, other := open(t, d), open(t, dbtest.SQLite(t))
		for range 5 {
			h.note("thing.done", account.OfWork, h.teacher, "t1")
			other.note("thing.other", account.OfWork, "x", "t2")
		}
		type row struct {
			seq                                  int64
			at, actor, kind, object, board, hash string
		}
		rows, err := db.All(other.ctx, other.db, `select seq, at, actor_id, kind, object_id, board_id, hash from security_log order by seq`, func(r *row) []any {
			return []any{&r.seq, &r.at, &r.actor, &r.kind, &r.object, &r.board, &r.hash}
		})
		must(t, err)
		put := func(r row) {
			h.exec(`update security_log set at = $2, actor_id = $3, kind = $4, object_id = $5, board_id = $6, hash = $7 where seq = $1`, r.seq, r.at, r.actor, r.kind, r.object, r.board, r.hash)
		}
		put(rows[2])
		if v := h.verdict(); v.Bad != 3 || v.Fault != account.FaultChanged {
			t.Errorf("one foreign entry: %+v", v)
		}
		for _, r := range rows {
			put(r)
		}
		if v := h.verdict(); v.Bad != 5 || v.Fault != account.FaultChanged {
			t.Errorf("only foreign entries: %+v", v)
		}
	})
}

func TestTheKeyOfTheLogMayChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.note("thing.done", account.OfWork, h.teacher, "t1")
		h.log = account.NewLog(h.clock, []byte("the next key"), []byte("a key outside the database"))
		h.note("thing.done", account.OfWork, h.teacher, "t2")
		if v := h.verdict(); !v.Whole() || v.Entries != 2 {
			t.Errorf("%+v", v)
		}
		h.log = account.NewLog(h.clock, []byte("the next key"))
		if v := h.verdict(); v.Bad != 1 || v.Fault != account.FaultChanged {
			t.Errorf("without the old key: %+v", v)
		}
	})
}

func TestAnActThatCannotBeNotedDoesNotHappen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		switch d.Engine() {
		case db.SQLite:
			h.exec(`create trigger no_room before insert on security_log begin select raise(abort, 'disk full'); end`)
		case db.Postgres:
			h.exec(`create function no_room() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'`)
			h.exec(`create trigger no_room before insert on security_log for each row execute function no_room()`)
		}
		_, l := h.letter("n.haddad@hetbaken.nl")
		ins := h.count(`select count(*) from sign_in`)
		for name, act := range map[string]func() error{
			"sign in":  func() error { _, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own)); return err },
			"suspend":  func() error { return h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.teacher) },
			"sign out": func() error { return h.door.SignOut(h.ctx, in.SignIn) },
			"token": func() error {
				_, _, err := h.door.CreateToken(h.ctx, h.who(h.teacher), in.SignIn, account.NewToken{Name: "x", Scope: account.ScopeRead})
				return err
			},
		} {
			if err := act(); err == nil || errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s went on: %v", name, err)
			}
		}
		if h.state(h.teacher) != "active" || !h.isIn(in.Secret) || h.count(`select count(*) from sign_in`) != ins || h.count(`select count(*) from api_token`) != 0 {
			t.Error("something changed")
		}
		if _, err := h.door.CheckLink(h.ctx, secretOf(l.URL)); err != nil {
			t.Errorf("the link was spent: %v", err)
		}
	})
}

func TestManyAtOnceMakeOneChain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		got := together(60, func(i int) error {
			return h.db.Write(h.ctx, func(tx *db.Tx) error {
				if err := h.log.Append(h.ctx, tx, account.Event{ActorID: "house", Kind: "thing.done", Reach: account.OfWork}); err != nil {
					return err
				}
				if i%4 == 0 {
					return errs.Invalid("undone")
				}
				return nil
			})
		})
		if got.done != 45 || got.refused != 15 {
			t.Fatalf("%+v", got)
		}
		if v := h.verdict(); !v.Whole() || v.Entries != 45 {
			t.Errorf("%+v", v)
		}
	})
}

func TestOldEntriesAreErasedAndTheChainHolds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for range 3 {
			h.note("thing.old", account.OfWork, h.teacher, "t1")
		}
		h.clock.Move(300 * 24 * time.Hour)
		h.note("thing.middle", account.OfWork, h.teacher, "t1")
		h.clock.Move(100 * 24 * time.Hour)
		h.note("thing.new", account.OfWork, h.teacher, "t1")
		c, err := h.door.CleanUp(h.ctx)
		must(t, err)
		if v := h.verdict(); c.Entries != 3 || !v.Whole() || v.Entries != 2 || v.First != 4 || v.Last != 5 {
			t.Errorf("cleaned %+v, verdict %+v", c, v)
		}
		if n := h.count(`select count(*) from security_log where address <> ''`); n != 1 {
			t.Errorf("%d addresses left", n)
		}
		h.clock.Move(400 * 24 * time.Hour)
		_, err = h.door.CleanUp(h.ctx)
		must(t, err)
		h.note("thing.after", account.OfWork, h.teacher, "t1")
		if v := h.verdict(); !v.Whole() || v.Entries != 1 || v.First != 6 {
			t.Errorf("after all was erased: %+v", v)
		}
	})
}

func TestTheLogIsReadByWhoMay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		stranger := h.stranger()
		h.note("role.changed", account.OfAccounts, h.founded.AdminID, h.teacher)
		h.note("thing.shared", account.OfWork, h.teacher, "t1")
		h.note("video.opened", account.OfPrivate, h.teacher, "t1")
		privacy := h.add("Petra Privacy", "p@hetbaken.nl", true)
		must(t, h.school.Appoint(h.ctx, h.who(h.founded.AdminID), h.founded.SchoolID, privacy, access.Role{Kind: access.RolePrivacy, SchoolID: h.founded.SchoolID}))
		read := func(id string) (kinds string) {
			list, err := h.door.Entries(h.ctx, h.who(id), 0, 50)
			if errs.IsAbsent(err) {
				return "absent"
			}
			must(t, err)
			for _, e := range list {
				kinds += e.Kind + " "
			}
			return kinds
		}
		for name, c := range map[string]struct{ id, want string }{
			"an admin reads what is of accounts": {h.founded.AdminID, "role.changed "},
			"the privacy officer also of work":   {privacy, "thing.shared role.changed "},
			"a colleague reads nothing":          {h.teacher, "absent"},
			"another board reads nothing of it":  {stranger, ""},
		} {
			if got := read(c.id); got != c.want {
				t.Errorf("%s: %q", name, got)
			}
		}
		list, err := h.door.OwnEntries(h.ctx, account.SignIn{PersonID: h.teacher, BoardID: h.founded.BoardID}, 50)
		must(t, err)
		if len(list) != 3 {
			t.Errorf("own entries %+v", list)
		}
		h.exec(`insert into role (id, person_id, kind, board_id, made_at) select 'wide', id, 'admin', board_id, made_at from person where id = $1`, stranger)
		if got := read(stranger); got != "" {
			t.Errorf("the admin of another board reads %q", got)
		}
		older, err := h.door.Entries(h.ctx, h.who(privacy), list[1].Seq, 50)
		must(t, err)
		if len(older) != 1 || older[0].Kind != "role.changed" {
			t.Errorf("before %d: %+v", list[1].Seq, older)
		}
	})
}

func TestAnEntryNeedsAnActor(t *testing.T) {
	t.Parallel()
	h := open(t, dbtest.SQLite(t))
	err := h.db.Write(context.Background(), func(tx *db.Tx) error {
		return h.log.Append(h.ctx, tx, account.Event{Kind: "thing.done", Reach: account.OfWork})
	})
	if err == nil || errors.Is(err, context.Canceled) || h.verdict().Last != 0 {
		t.Errorf("an entry of nobody was kept: %v", err)
	}
}
