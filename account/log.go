package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Log is the security log: what touched the safety of accounts and data. An entry is
// written in the act itself, so an act that cannot be noted does not happen. Entries are
// chained, and the chain is sealed with a key that lies outside the database: whoever
// changes the table without that key leaves a trace.
type Log struct {
	clock clock.Clock
	keys  [][]byte // the first seals, the others were used before it
}

// NewLog returns the log. The first key seals what is written; the others are older ones
// with which earlier entries were sealed.
func NewLog(c clock.Clock, keys ...[]byte) *Log {
	if len(keys) == 0 {
		keys = [][]byte{nil}
	}
	return &Log{c, keys}
}

// Reach says who may read an entry, besides the person it is about.
type Reach string

// The reaches.
const (
	OfAccounts Reach = "account" // sign-ins, roles: admin and privacy officer
	OfWork     Reach = "work"    // sharing, exports, settings: privacy officer
	OfPrivate  Reach = "private" // touches class V: nobody else
)

// Event is what happened: ids only, never content.
type Event struct {
	ActorID    string // "house" for the command line, "nobody" for an unknown visitor
	Kind       string // thing.past: sign_in.made
	ObjectKind string
	ObjectID   string
	BoardID    string
	Reach      Reach
	Address    string // network address; erased after 30 days
}

// Entry is an event in the log.
type Entry struct {
	Seq int64
	At  time.Time
	Event
	hash string
}

type head struct {
	erasedSeq int64  // the last entry that was erased for its age
	erased    string // its hash: what the first entry that is left builds on
	seq       int64
	hash      string
	mac       string
}

const headColumns = `erased_seq, erased, seq, hash, mac`

func headFields(h *head) []any { return []any{&h.erasedSeq, &h.erased, &h.seq, &h.hash, &h.mac} }

// Append writes an entry in the act that it tells of. It is the last step of the act:
// from here to the commit no other act can write to the log.
func (l *Log) Append(ctx context.Context, tx *db.Tx, e Event) error {
	if e.ActorID == "" || e.Kind == "" || e.Reach == "" {
		return fmt.Errorf("security entry %q: actor, kind and reach are needed", e.Kind)
	}
	h, err := db.One(ctx, tx, `update security_head set seq = seq + 1 where id = 'log' returning `+headColumns, headFields)
	if err != nil {
		return errs.Because(err, "next place in the security log")
	}
	entry := Entry{Seq: h.seq, At: l.clock.Now(), Event: e}
	entry.hash = entry.seal(l.keys[0], h.hash)
	if _, err := db.Exec(ctx, tx, `insert into security_log (seq, at, actor_id, kind, object_kind, object_id, board_id, reach, address, hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		entry.Seq, entry.At, e.ActorID, e.Kind, e.ObjectKind, e.ObjectID, e.BoardID, string(e.Reach), clean(e.Address, 64), entry.hash); err != nil {
		return errs.Because(err, "write security entry")
	}
	h.hash = entry.hash
	return l.writeHead(ctx, tx, h)
}

func (l *Log) writeHead(ctx context.Context, tx *db.Tx, h head) error {
	_, err := db.Exec(ctx, tx, `update security_head set erased_seq = $1, erased = $2, seq = $3, hash = $4, mac = $5 where id = 'log'`,
		h.erasedSeq, h.erased, h.seq, h.hash, h.seal(l.keys[0]))
	return errs.Because(err, "close the security log")
}

// seal is the hash of an entry in its place behind the one before it.
func (e Entry) seal(key []byte, before string) string {
	return seal(key, "entry", before, strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(db.TimeLayout),
		e.ActorID, e.Kind, e.ObjectKind, e.ObjectID, e.BoardID, string(e.Reach))
}

func (h head) seal(key []byte) string {
	return seal(key, "head", strconv.FormatInt(h.erasedSeq, 10), h.erased, strconv.FormatInt(h.seq, 10), h.hash)
}

// seal hashes parts so that no two lists of parts give the same text.
func seal(key []byte, parts ...string) string {
	m := hmac.New(sha256.New, key)
	for _, p := range parts {
		m.Write([]byte(strconv.Itoa(len(p))))
		m.Write([]byte{':'})
		m.Write([]byte(p))
	}
	return hex.EncodeToString(m.Sum(nil))
}

func (l *Log) fits(sealed string, with func(key []byte) string) bool {
	for _, k := range l.keys {
		if hmac.Equal([]byte(sealed), []byte(with(k))) {
			return true
		}
	}
	return false
}
