package agreement

import (
	"context"
	"strings"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/ledger"
	"leerkring/why"
	"leerkring/writing"
)

// Fix gives the page as it stands a number, with what is different; the first one needs no
// reason. Who: the lead, and whoever keeps the page.
func (s *Service) Fix(ctx context.Context, who access.Who, trajectoryID, reason string) (int, error) {
	reason = strings.TrimSpace(reason)
	number := 0
	err := s.act(ctx, who, trajectoryID, access.Settle, func(w *work) error {
		lines, err := linesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if r := ready(w.page, lines, w.seen.Today()); !r.Title || !r.Core {
			return errs.Invalid("agreement.nothing_to_fix")
		}
		last, err := db.One(ctx, w.tx, `select coalesce(max(number), 0) from agreement_version where trajectory_id = $1`, db.Int, trajectoryID)
		if err != nil {
			return err
		}
		if last > 0 && !w.page.Changed {
			return errs.Invalid("agreement.nothing_changed", "number", last)
		}
		if last > 0 && utf8.RuneCountInString(reason) < leastLetter {
			return errs.Invalid("agreement.version_reason", "number", last).On("reason")
		}
		if err := fits("reason", reason, maxReason); err != nil {
			return err
		}
		number = last + 1
		if _, err := db.Exec(ctx, w.tx, `insert into agreement_version (trajectory_id, number, reason, body, fixed_on, made_at) values ($1, $2, $3, $4, $5, $6)`,
			trajectoryID, number, reason, db.JSON(snapshot(w.page, lines)), w.seen.Today(), w.now); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, w.tx, `update agreement_page set changed = false where trajectory_id = $1`, trajectoryID); err != nil {
			return err
		}
		return w.note(ctx, "agreement_page.fixed", w.self(), last, number)
	})
	return number, errs.Because(err, "fix the agreement page of trajectory %s", trajectoryID)
}

// Sign puts the own name below the page, or with back takes it away again. Only the
// person and whoever keeps the page alive see it; nobody sees who did not. Who: everybody
// who may react to the page.
func (s *Service) Sign(ctx context.Context, who access.Who, trajectoryID string, back bool) error {
	err := s.act(ctx, who, trajectoryID, access.React, func(w *work) error {
		lines, err := linesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		if !ready(w.page, lines, w.seen.Today()).Core {
			return errs.Invalid("agreement.nothing_to_read")
		}
		sql, kind := `insert into agreement_read (trajectory_id, person_id) values ($1, $2) on conflict do nothing`, "agreement_page.read"
		if back {
			sql, kind = `delete from agreement_read where trajectory_id = $1 and person_id = $2`, "agreement_page.unread"
		}
		n, err := db.Exec(ctx, w.tx, sql, trajectoryID, who.ID)
		if err != nil || n == 0 {
			return err // pressed twice
		}
		return w.note(ctx, kind, w.self(), 0, 0)
	})
	return errs.Because(err, "sign the agreement page of trajectory %s", trajectoryID)
}

// Remark says that something pinches, or asks what somebody new does not see yet. It
// stands with the writer's name. Who: everybody who may react to the page.
func (s *Service) Remark(ctx context.Context, who access.Who, trajectoryID, body string) (string, error) {
	body, err := checkRemark("remark", body)
	if err != nil {
		return "", err
	}
	id := ""
	err = s.act(ctx, who, trajectoryID, access.React, func(w *work) error {
		if !w.page.Begun() {
			return errs.Invalid("agreement.nothing_to_read")
		}
		id = ident.At(w.now)
		ref := why.Ref{Kind: "agreement_remark", ID: id}
		if _, err := db.Exec(ctx, w.tx, `insert into agreement_remark (id, trajectory_id, person_id, body, made_at) values ($1, $2, $3, $4, $5)`, id, trajectoryID, who.ID, body, w.now); err != nil {
			return err
		}
		if _, err := w.keep(ctx, text{ref: writing.Ref(ref), of: ref, draft: DraftKey("remark", trajectoryID), body: writing.Body{"remark": body}}); err != nil {
			return err
		}
		return w.note(ctx, "agreement_remark.added", ref, 0, 1)
	})
	return id, errs.Because(err, "remark on the agreement page of trajectory %s", trajectoryID)
}

// Answer says what is done with a remark; base is the version of the answer that the page
// showed. Who: the lead, and whoever keeps the page.
func (s *Service) Answer(ctx context.Context, who access.Who, trajectoryID, id string, base int, body string) (*writing.Clash, error) {
	body, err := checkRemark("answer", body)
	if err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err = s.act(ctx, who, trajectoryID, access.Settle, func(w *work) error {
		r, err := remarkIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		ref := why.Ref{Kind: "agreement_answer", ID: id}
		k, err := w.keep(ctx, text{ref: writing.Ref(ref), of: ref, draft: DraftKey("answer", id), current: r.AnswerVersion, base: base, body: writing.Body{"answer": body}})
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		if _, err := db.Exec(ctx, w.tx, `update agreement_remark set answer = $2, answer_version = $3, answered_at = $4 where id = $1`, id, body, k.version, w.now); err != nil {
			return err
		}
		return w.note(ctx, "agreement_remark.answered", why.Ref{Kind: "agreement_remark", ID: id}, r.AnswerVersion, k.version)
	})
	return clash, errs.Because(err, "answer remark %s", id)
}

// Withdraw takes the own remark away, words and answer included. Who: its writer.
func (s *Service) Withdraw(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.React, func(w *work) error {
		n, err := db.Exec(ctx, w.tx, `update agreement_remark set body = '', answer = '', withdrawn_at = $4 where id = $1 and trajectory_id = $2 and person_id = $3 and withdrawn_at is null`, id, trajectoryID, who.ID, w.now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		for _, kind := range []string{"agreement_remark", "agreement_answer"} {
			if err := writing.Erase(ctx, w.tx, writing.Ref{Kind: kind, ID: id}); err != nil {
				return err
			}
		}
		if err := ledger.Note(ctx, w.tx, w.now, withdrawn, id); err != nil {
			return err
		}
		return w.note(ctx, "agreement_remark.withdrawn", why.Ref{Kind: "agreement_remark", ID: id}, 1, 1)
	})
	return errs.Because(err, "withdraw remark %s", id)
}

// CareDone notes that one of the caretaker's tasks was done today. Only the last day is
// kept, and only whoever keeps the page sees it. Who: the lead, and whoever keeps the page.
func (s *Service) CareDone(ctx context.Context, who access.Who, trajectoryID, itemID string) error {
	err := s.act(ctx, who, trajectoryID, access.Settle, func(w *work) error {
		pack, err := s.trajectories.PackOf(ctx, w.tx, w.seen.Trajectory)
		if err != nil {
			return err
		}
		list, _ := CareList(pack)
		there := false
		for _, item := range list.Items {
			there = there || item.ID == itemID
		}
		if !there || !w.page.Begun() {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, w.tx, `insert into agreement_care_done (trajectory_id, item_id, done_on) values ($1, $2, $3)
			on conflict (trajectory_id, item_id) do update set done_on = excluded.done_on`, trajectoryID, itemID, w.seen.Today()); err != nil {
			return err
		}
		return w.note(ctx, "agreement_page.care_done", w.self(), 0, 0)
	})
	return errs.Because(err, "care task of trajectory %s", trajectoryID)
}

// Check keeps how the team answered whether it still holds and is still wanted: totals
// only. It moves the day on which the page is looked at again. Who: those who take part,
// and whoever keeps the page.
func (s *Service) Check(ctx context.Context, who access.Who, trajectoryID string, h Held) (string, error) {
	h.Note = strings.TrimSpace(h.Note)
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		today := w.seen.Today()
		if err := h.Check(today); err != nil {
			return err
		}
		if !w.page.Begun() {
			return errs.Invalid("agreement.nothing_to_read")
		}
		if h.On == "" {
			h.On = today
		}
		h.ID, h.NextOn, h.MadeAt = ident.At(w.now), h.next(today), w.now
		ref := why.Ref{Kind: "agreement_check", ID: h.ID}
		if err := insertCheck(ctx, w.tx, trajectoryID, h); err != nil {
			return err
		}
		if _, err := w.keep(ctx, text{ref: writing.Ref(ref), of: ref, draft: DraftKey("check", trajectoryID), body: writing.Body{"note": h.Note}}); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, w.tx, `update agreement_page set review_on = $2 where trajectory_id = $1`, trajectoryID, h.NextOn); err != nil {
			return err
		}
		return w.note(ctx, "agreement_page.checked", ref, 0, 1)
	})
	return h.ID, errs.Because(err, "check the agreement page of trajectory %s", trajectoryID)
}

// Evaluate keeps how the group looked back on this cycle, once per stay in a stage; base is
// the version that the page showed, nought before the first. What follows is recorded here
// and done in the trajectory. Who: those who take part, and whoever keeps the page. When
// somebody else wrote meanwhile, both texts are kept and the clash comes back.
func (s *Service) Evaluate(ctx context.Context, who access.Who, trajectoryID string, base int, e Evaluation) (*writing.Clash, error) {
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		pack, err := s.trajectories.PackOf(ctx, w.tx, w.seen.Trajectory)
		if err != nil {
			return err
		}
		today := w.seen.Today()
		e = e.clean(today)
		if err := e.Check(BackStages(pack, w.seen.StageID), today); err != nil {
			return err
		}
		was, err := evaluationOf(ctx, w.tx, trajectoryID, w.seen.VisitID)
		if err != nil {
			return err
		}
		if e.ID = was.ID; e.ID == "" {
			e.ID = ident.At(w.now)
		}
		k, err := w.keep(ctx, text{ref: writing.Ref{Kind: "evaluation", ID: e.ID}, of: e.ref(), draft: DraftKey("evaluation", trajectoryID), current: was.Version, base: base, body: e.body()})
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		e.Version = k.version
		if err := putEvaluation(ctx, w, e); err != nil {
			return err
		}
		return w.note(ctx, "evaluation.held", e.ref(), was.Version, e.Version)
	})
	return clash, errs.Because(err, "evaluate trajectory %s", trajectoryID)
}
