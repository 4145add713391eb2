package agreement

import (
	"context"

	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/writing"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind {
	return []carry.Kind{carry.Caretaker, carry.CareStandIn, carry.Buddy}
}

// Carried are the pages that somebody keeps alive, in one query. A page goes by the id of its
// trajectory.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	one := func(kind carry.Kind, column string) string {
		return `select '` + string(kind) + `' as kind, t.id as id, t.school_id, t.id as trajectory, p.` + column + `, t.title, p.review_on from agreement_page p join trajectory t on t.id = p.trajectory_id
			where t.state in ('active', 'paused', 'done') and p.` + column + ` is not null and ` + carry.Whose("p."+column, "t.id")
	}
	return db.All(ctx, q, one(carry.Caretaker, "caretaker_id")+` union all `+one(carry.CareStandIn, "stand_in_id")+` union all `+one(carry.Buddy, "buddy_id")+` order by id, kind`, func(i *carry.Item) []any {
		return []any{(*string)(&i.Kind), &i.ID, &i.SchoolID, &i.TrajectoryID, &i.OwnerID, &i.Text, &i.On}
	}, of.People, of.TrajectoryID)
}

// KeptBy is who keeps the page of a trajectory alive and who stands in, in one query. The caller
// may read the trajectory.
func (s *Service) KeptBy(ctx context.Context, q db.Queryer, trajectoryID string) (caretakerID, standInID string, err error) {
	page, err := pageOf(ctx, q, trajectoryID)
	return page.Care.CaretakerID, page.Care.StandInID, err
}

// pass is the care with one of its people replaced; ok is false when From has that part no
// more. Whoever becomes the caretaker stands in for nobody: the other one does.
func (c Care) pass(m carry.Move) (Care, bool) {
	switch m.Kind {
	case carry.Caretaker:
		if c.CaretakerID != m.From {
			return c, false
		}
		c.CaretakerID = m.To
		if c.StandInID == m.To {
			c.StandInID = ""
		}
		if m.Back && m.Was == m.From {
			c.StandInID = m.From
		}
	case carry.CareStandIn:
		if c.StandInID != m.From || c.CaretakerID == m.To {
			return c, false
		}
		c.StandInID = m.To
	case carry.Buddy:
		if c.BuddyID != m.From {
			return c, false
		}
		c.BuddyID = m.To
	}
	return c, m.From != m.To
}

// Pass gives the care of a page to somebody who can open it, with a version of its text.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	seen, err := s.trajectories.Held(ctx, tx, m.ID, m.ByID)
	if err != nil {
		return "", false, err
	}
	page, err := pageOf(ctx, tx, m.ID)
	if err != nil || !page.Begun() {
		return "", false, err
	}
	c, ok := page.Care.pass(m)
	if !ok {
		return "", false, nil
	}
	w := &work{tx: tx, seen: seen, page: page, now: m.At}
	if !m.Waits {
		if err := w.reachable(ctx, Care{CaretakerID: m.To}); err != nil {
			return "", false, err
		}
	}
	version, _, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: careText, ID: m.ID}, AuthorID: m.Writer(), Base: page.CareVersion, Current: page.CareVersion, Body: c.body(), Now: m.At})
	if err != nil {
		return "", false, err
	}
	was := page.Care.StandInID
	w.page.CareSince = since(page, c, seen.Today())
	w.page.Care, w.page.CareVersion = c, version
	if err := updateCare(ctx, tx, w.page); err != nil {
		return "", false, err
	}
	return was, true, w.note(ctx, "agreement_page.cared_for", w.self(), page.CareVersion, version)
}
