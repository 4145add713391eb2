package agreement

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/writing"
)

// Propose writes an agreement on the page, for the group to settle. Who: those who take
// part, and whoever keeps the page.
func (s *Service) Propose(ctx context.Context, who access.Who, trajectoryID string, l Line) (string, error) {
	l = l.clean()
	if err := l.Check(true); err != nil {
		return "", err
	}
	id := ""
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) (err error) {
		if id, err = w.propose(ctx, l); err != nil {
			return err
		}
		return writing.Drop(ctx, w.tx, who.ID, DraftKey("line", trajectoryID))
	})
	return id, errs.Because(err, "propose agreement for trajectory %s", trajectoryID)
}

// propose puts a line on the page that has still to be settled.
func (w *work) propose(ctx context.Context, l Line) (string, error) {
	if err := w.begin(ctx); err != nil {
		return "", err
	}
	a, err := w.put(ctx, Agreement{Kind: l.Kind, Body: l.Body, Quality: l.Quality, State: Proposed, OnPage: true})
	if err != nil {
		return "", err
	}
	return a.ID, w.note(ctx, "agreement.proposed", a.ref(), 0, 1)
}

// Suggest is Propose as the act of another room, in whose transaction it runs: what a team
// agreed elsewhere comes as a line that the group has still to settle. It asks the right itself.
func (s *Service) Suggest(ctx context.Context, tx *db.Tx, seen trajectory.Seen, l Line, now time.Time) (string, error) {
	l = l.clean()
	if err := l.Check(true); err != nil {
		return "", err
	}
	p, err := pageOf(ctx, tx, seen.ID)
	if err != nil {
		return "", err
	}
	w := &work{tx: tx, seen: seen, page: p, now: now}
	if err := w.must(access.Edit); err != nil {
		return "", err
	}
	return w.propose(ctx, l)
}

// put makes a new agreement at the end of the list.
func (w *work) put(ctx context.Context, a Agreement) (Agreement, error) {
	n, err := db.One(ctx, w.tx, `select count(*) from agreement where trajectory_id = $1`, db.Int, w.seen.ID)
	if err != nil {
		return a, err
	}
	if n >= mostAll {
		return a, errs.Invalid("agreement.many_agreements", "n", mostAll)
	}
	a.ID, a.Position, a.Version, a.MadeBy, a.MadeAt = ident.At(w.now), n+1, 1, w.seen.Who.ID, w.now
	if err := insertLine(ctx, w.tx, w.seen.ID, a); err != nil {
		return a, err
	}
	body := Line{Kind: a.Kind, Body: a.Body, Quality: a.Quality}.words()
	_, _, err = writing.Keep(ctx, w.tx, writing.Save{Ref: a.text(), AuthorID: w.seen.Who.ID, Body: body, Now: w.now})
	return a, err
}

// Agree keeps what a group settled in an hour as a standing agreement; it can be put on
// the page later. It is the act of a meeting, in whose transaction it runs, and asks the
// right itself. Who: those who take part.
func (s *Service) Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error) {
	l := Line{Kind: Core, Body: body}.clean()
	if utf8.RuneCountInString(l.Body) < leastLetter {
		return "", errs.Invalid("agreement.line_empty").On("agreement")
	}
	if err := fits("agreement", l.Body, maxAgreed); err != nil {
		return "", err
	}
	if err := seen.Must(access.Create, access.AgreementPage, ""); err != nil {
		return "", err
	}
	w := &work{tx: tx, seen: seen, now: now}
	a, err := w.put(ctx, Agreement{MeetingID: meetingID, Kind: l.Kind, Body: l.Body, State: Standing, Since: seen.Today()})
	if err != nil {
		return "", err
	}
	return a.ID, w.note(ctx, "agreement.agreed", a.ref(), 0, 1)
}

// Reword changes the words of an agreement; base is the version that the page showed. One
// that stands asks for the reason. Who: those who take part, and whoever keeps the page.
// When somebody else wrote meanwhile, both texts are kept and the clash comes back.
func (s *Service) Reword(ctx context.Context, who access.Who, trajectoryID, id string, base int, l Line, reason string) (*writing.Clash, error) {
	l, reason = l.clean(), strings.TrimSpace(reason)
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		a, err := lineIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if err := errs.Join(l.Check(a.OnPage), reasoned(a, reason)); err != nil {
			return err
		}
		if a.Kind != l.Kind && a.OnPage && a.State == Standing {
			if err := w.half(ctx, l.Kind, id); err != nil {
				return err
			}
		}
		k, err := w.keep(ctx, text{ref: a.text(), of: a.ref(), draft: DraftKey("line", id), current: a.Version, base: base, body: l.words(), reason: reason})
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		a.Kind, a.Body, a.Quality = l.Kind, l.Body, l.Quality
		return w.line(ctx, a, k.version, "agreement.changed")
	})
	return clash, errs.Because(err, "reword agreement %s", id)
}

// reasoned refuses a change to what stands, without its reason; and any to what is retired.
func reasoned(a Agreement, reason string) error {
	if a.State == Retired {
		return errs.Invalid("agreement.is_retired")
	}
	if a.State == Standing && utf8.RuneCountInString(reason) < leastLetter {
		return errs.Invalid("agreement.reason").On("reason")
	}
	return fits("reason", reason, maxReason)
}

// half refuses one more line in a half of the page that is full.
func (w *work) half(ctx context.Context, k Kind, without string) error {
	all, err := linesOf(ctx, w.tx, w.seen.ID)
	if err != nil {
		return err
	}
	return hasRoom(all, k, without)
}

// line writes an agreement after a change, with its entry in the journal.
func (w *work) line(ctx context.Context, a Agreement, version int, kind string) error {
	from := a.Version
	a.Version = version
	if err := updateLine(ctx, w.tx, a); err != nil {
		return err
	}
	if err := w.changed(ctx); err != nil {
		return err
	}
	return w.note(ctx, kind, a.ref(), from, version)
}

// Settle makes a proposed agreement stand. Who: the lead, and whoever keeps the page.
// Settling twice is no mistake.
func (s *Service) Settle(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Settle, func(w *work) error {
		a, err := lineIn(ctx, w.tx, trajectoryID, id)
		if err != nil || a.State == Standing {
			return err
		}
		if a.OnPage {
			if err := w.half(ctx, a.Kind, id); err != nil {
				return err
			}
		}
		a.State, a.Since, a.RetiredOn = Standing, w.seen.Today(), ""
		return w.line(ctx, a, a.Version, "agreement.settled")
	})
	return errs.Because(err, "settle agreement %s", id)
}

// Retire lets an agreement go, with its reason; it stays in the history. Who: the lead and
// whoever keeps the page; one that is only proposed also by who proposed it.
func (s *Service) Retire(ctx context.Context, who access.Who, trajectoryID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		a, err := lineIn(ctx, w.tx, trajectoryID, id)
		if err != nil || a.State == Retired {
			return err
		}
		if a.State != Proposed || a.MadeBy != who.ID {
			if err := w.must(access.Settle); err != nil {
				return err
			}
		}
		if err := reasoned(a, reason); err != nil {
			return err
		}
		body := Line{Kind: a.Kind, Body: a.Body, Quality: a.Quality}.words()
		k, err := w.keep(ctx, text{ref: a.text(), of: a.ref(), draft: DraftKey("line", id), current: a.Version, base: a.Version, body: body, reason: reason})
		if err != nil {
			return err
		}
		a.State, a.RetiredOn = Retired, w.seen.Today()
		return w.line(ctx, a, k.version, "agreement.retired")
	})
	return errs.Because(err, "retire agreement %s", id)
}

// Place puts a standing agreement on the page, in one of its halves, or takes it off; off
// the page it still stands. Who: the lead, and whoever keeps the page.
func (s *Service) Place(ctx context.Context, who access.Who, trajectoryID, id string, on bool, k Kind) error {
	if on && !slices.Contains(Kinds, k) {
		return errs.Invalid("form.choose").On("kind")
	}
	err := s.act(ctx, who, trajectoryID, access.Settle, func(w *work) error {
		a, err := lineIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if a.State != Standing {
			return errs.Invalid("agreement.not_standing")
		}
		if err := w.begin(ctx); err != nil {
			return err
		}
		kind := "agreement.taken_off"
		if on {
			kind, a.Kind = "agreement.placed", k
			if err := errs.Join(fitsPage(a), w.half(ctx, k, id)); err != nil {
				return err
			}
		}
		a.OnPage = on
		return w.line(ctx, a, a.Version, kind)
	})
	return errs.Because(err, "place agreement %s", id)
}

// fitsPage refuses an agreement of an hour that is too long for the one page.
func fitsPage(a Agreement) error {
	if utf8.RuneCountInString(a.Body) > maxBody {
		return errs.Invalid("agreement.long_for_page", "max", maxBody)
	}
	return nil
}

// HowItWent keeps how it went with agreements, as the group says at a later hour: the last
// answer of a day counts. Agreements that are not of this trajectory are absent. Who:
// those who take part, and whoever keeps the page.
func (s *Service) HowItWent(ctx context.Context, who access.Who, trajectoryID string, on clock.Date, kept map[string]Kept) error {
	ids := make([]string, 0, len(kept))
	for id, k := range kept {
		if !slices.Contains(AllKept, k) {
			return errs.Invalid("form.choose").On("kept-" + id)
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return errs.Invalid("agreement.kept_none")
	}
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		if on == "" {
			on = w.seen.Today()
		}
		if on > w.seen.Today() {
			return errs.Invalid("agreement.held_later").On("on")
		}
		n, err := db.One(ctx, w.tx, `select count(*) from agreement where trajectory_id = $1 and state = 'standing' and id in `+db.In("$2"), db.Int, trajectoryID, ids)
		if err != nil {
			return err
		}
		if n < len(ids) {
			return errs.Absent()
		}
		if err := setKept(ctx, w.tx, on, kept); err != nil {
			return err
		}
		return w.note(ctx, "agreements.looked_back", w.self(), 0, len(ids))
	})
	return errs.Because(err, "how agreements of trajectory %s went", trajectoryID)
}

// Agreed is an agreement of an hour, as its minutes show it.
type Agreed struct {
	ID        string
	MeetingID string
	Body      string
	Kept      Kept // the newest answer; "" when it was not asked yet
}

// CountOf counts what was agreed in an hour and still stands. It is a figure for facts,
// which are the same for everybody.
func (s *Service) CountOf(ctx context.Context, q db.Queryer, trajectoryID, meetingID string) (int, error) {
	return db.One(ctx, q, `select count(*) from agreement where trajectory_id = $1 and state = 'standing' and meeting_id = $2`, db.Int, trajectoryID, meetingID)
}

// OfMeetings returns what was agreed in the hours with the given ids and still stands, in
// the order of agreeing. Absent for who may not read the trajectory's agreements.
func (s *Service) OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, meetingIDs []string) ([]Agreed, error) {
	if len(meetingIDs) == 0 {
		return nil, nil
	}
	if err := seen.Must(access.Read, access.AgreementPage, ""); err != nil {
		return nil, err
	}
	return db.All(ctx, q, `select a.id, a.meeting_id, a.body, coalesce((select k.kept from agreement_kept k where k.agreement_id = a.id order by k.asked_on desc limit 1), '')
		from agreement a where a.trajectory_id = $1 and a.state = 'standing' and a.meeting_id in `+db.In("$2")+` order by a.position`, func(a *Agreed) []any {
		return []any{&a.ID, &a.MeetingID, &a.Body, (*string)(&a.Kept)}
	}, seen.ID, meetingIDs)
}
