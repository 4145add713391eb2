package account

import (
	"context"
	"math"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const entryColumns = `seq, at, actor_id, kind, object_kind, object_id, board_id, reach, address`

func entryFields(e *Entry) []any {
	return []any{&e.Seq, &e.At, &e.ActorID, &e.Kind, &e.ObjectKind, &e.ObjectID, &e.BoardID, (*string)(&e.Reach), &e.Address}
}

// Entries returns what somebody may read of the security log, newest first, from before
// the given number (0 for the newest), at most limit. Who: admin and privacy officer, each
// as far as the matrix goes, about people of the schools that their role names. Refuses
// with absent.
func (s *Service) Entries(ctx context.Context, who access.Who, before int64, limit int) ([]Entry, error) {
	accounts := reachOf(who, access.SecurityAccount)
	work := reachOf(who, access.SecurityLog)
	private := reachOf(who, access.SecurityPrivate)
	if accounts.nothing() && work.nothing() && private.nothing() {
		return nil, errs.Absent()
	}
	if before <= 0 {
		before = math.MaxInt64
	}
	about := func(reach Reach, all, schools string) string {
		people := `(select f.person_id from staff f where f.school_id in ` + db.In(schools) + `)`
		return `(reach = '` + string(reach) + `' and (` + all + ` or actor_id in ` + people + ` or object_id in ` + people + `))`
	}
	return db.All(ctx, s.db, `select `+entryColumns+` from security_log where board_id = $1 and seq < $2
		and (`+about(OfAccounts, "$3", "$4")+` or `+about(OfWork, "$5", "$6")+` or `+about(OfPrivate, "$7", "$8")+`) order by seq desc limit $9`,
		entryFields, who.BoardID, before, accounts.board, accounts.schools, work.board, work.schools, private.board, private.schools, limit)
}

// scope is where somebody may do something: at the whole board, or at some schools.
type scope struct {
	board   bool
	schools []string
}

func (s scope) nothing() bool { return !s.board && len(s.schools) == 0 }

func reachOf(who access.Who, kind access.Kind) scope {
	o := access.Object{Kind: kind, BoardID: who.BoardID}
	out := scope{board: access.May(who, access.Read, o)}
	for _, r := range who.Roles {
		o.SchoolID = r.SchoolID
		if o.SchoolID != "" && access.May(who, access.Read, o) {
			out.schools = append(out.schools, r.SchoolID)
		}
	}
	return out
}

// OwnEntries returns the newest entries that a person made or that are about the person's
// account. Who: that person.
func (s *Service) OwnEntries(ctx context.Context, in SignIn, limit int) ([]Entry, error) {
	return db.All(ctx, s.db, `select `+entryColumns+` from security_log
		where board_id = $2 and (actor_id = $1 or object_id = $1) order by seq desc limit $3`, entryFields, in.PersonID, in.BoardID, limit)
}

const (
	logKept     = 365 * 24 * time.Hour
	addressKept = 30 * 24 * time.Hour
)

// Forget erases entries older than twelve months and addresses older than thirty days.
// The chain goes on from the last erased entry.
func (l *Log) Forget(ctx context.Context, tx *db.Tx) (entries int64, err error) {
	now := l.clock.Now()
	if _, err := db.Exec(ctx, tx, `update security_log set address = '' where address <> '' and at < $1`, now.Add(-addressKept)); err != nil {
		return 0, errs.Because(err, "erase addresses")
	}
	last, err := db.All(ctx, tx, `select `+entryColumns+`, hash from security_log where at < $1 order by seq desc limit 1`, func(e *Entry) []any {
		return append(entryFields(e), &e.hash)
	}, now.Add(-logKept))
	if err != nil || len(last) == 0 {
		return 0, errs.Because(err, "find old security entries")
	}
	h, err := db.One(ctx, tx, `update security_head set erased_seq = $1, erased = $2 where id = 'log' returning `+headColumns, headFields, last[0].Seq, last[0].hash)
	if err != nil {
		return 0, errs.Because(err, "move the beginning of the security log")
	}
	if entries, err = db.Exec(ctx, tx, `delete from security_log where seq <= $1`, last[0].Seq); err != nil {
		return 0, errs.Because(err, "erase old security entries")
	}
	return entries, l.writeHead(ctx, tx, h)
}
