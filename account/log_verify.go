package account

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Verdict is what a look at the whole security log finds.
type Verdict struct {
	Entries int    // how many are there
	First   int64  // number of the oldest; earlier ones were erased for their age
	Last    int64  // number of the newest: note it elsewhere, it only grows
	Bad     int64  // number of the first entry that is wrong or missing; 0 when all is well
	Fault   string // changed, missing or head
}

// Whole reports whether nothing is wrong.
func (v Verdict) Whole() bool { return v.Fault == "" }

// Faults that a look at the log can find.
const (
	FaultChanged = "changed" // the entry is not what was written, or not in its place
	FaultMissing = "missing" // the entry was taken out
	FaultHead    = "head"    // the record of where the log begins and ends was changed
)

const verifyStep = 2000 // entries at a time: a year of a large board does not fit in memory

// Verify reads the whole log and names the first entry that is wrong. Who: the command line.
func (l *Log) Verify(ctx context.Context, d *db.DB) (Verdict, error) {
	for {
		h, err := readHead(ctx, d)
		if err != nil {
			return Verdict{}, err
		}
		v, err := l.verify(ctx, d, h)
		if err != nil || v.Whole() {
			return v, err
		}
		now, err := readHead(ctx, d)
		if err != nil || now.erasedSeq == h.erasedSeq { // else old entries were erased under our eyes: look again
			return v, err
		}
	}
}

func readHead(ctx context.Context, d *db.DB) (head, error) {
	h, err := db.One(ctx, d, `select `+headColumns+` from security_head where id = 'log'`, headFields)
	return h, errs.Because(err, "read where the security log ends")
}

func (l *Log) verify(ctx context.Context, d *db.DB, h head) (Verdict, error) {
	v := Verdict{First: h.erasedSeq + 1, Last: h.seq}
	before := h.erased
	for next := v.First; ; {
		entries, err := db.All(ctx, d, `select `+entryColumns+`, hash from security_log where seq >= $1 and seq <= $2 order by seq limit $3`, func(e *Entry) []any {
			return append(entryFields(e), &e.hash)
		}, next, h.seq, verifyStep)
		if err != nil {
			return v, errs.Because(err, "read security log from %d", next)
		}
		for i := range entries {
			e := &entries[i]
			if e.Seq != next {
				v.Bad, v.Fault = next, FaultMissing
				return v, nil
			}
			if !l.fits(e.hash, func(key []byte) string { return e.seal(key, before) }) {
				v.Bad, v.Fault = e.Seq, FaultChanged
				return v, nil
			}
			before = e.hash
			next++
			v.Entries++
		}
		if len(entries) < verifyStep {
			return l.verifyEnd(h, v, next, before), nil
		}
	}
}

// verifyEnd compares where the entries stop with where the log says that they do.
func (l *Log) verifyEnd(h head, v Verdict, next int64, last string) Verdict {
	switch {
	case h.seq > 0 && !l.fits(h.mac, h.seal):
		v.Fault, v.Bad = FaultHead, next
	case next != h.seq+1:
		v.Fault, v.Bad = FaultMissing, next
	case last != h.hash:
		v.Fault, v.Bad = FaultChanged, h.seq
	}
	return v
}
