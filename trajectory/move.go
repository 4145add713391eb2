package trajectory

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
)

// Move brings a team on to the next stage, or back to an earlier one. Everything that
// was written stays. version is the one that the page showed. Who: the lead or the
// stand-in. Going back, and going on with open criteria, ask for a reason.
func (s *Service) Move(ctx context.Context, who access.Who, id string, version int, to Step, reason string) error {
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return err
		}
		pack, err := s.PackOf(ctx, tx, seen.Trajectory)
		if err != nil {
			return err
		}
		open, err := s.openCriteria(ctx, tx, seen, pack)
		if err != nil {
			return err
		}
		if reason, err = CheckMove(pack, seen.Trajectory, to, open, reason); err != nil {
			return err
		}
		return s.enter(ctx, tx, seen, version, to, reason, now)
	})
	return errs.Because(err, "move trajectory %s", id)
}

func (s *Service) openCriteria(ctx context.Context, q db.Queryer, seen Seen, pack *method.Pack) (int, error) {
	stage, ok := pack.Stage(seen.StageID)
	if !ok {
		return 0, nil
	}
	facts, err := s.Facts(ctx, q, seen)
	if err != nil {
		return 0, err
	}
	calls, err := callsOf(ctx, q, seen.VisitID)
	return OpenCore(Gate(stage, facts, calls)), err
}

// enter closes the present visit and opens the next.
func (s *Service) enter(ctx context.Context, tx *db.Tx, seen Seen, version int, to Step, reason string, now time.Time) error {
	last, err := db.One(ctx, tx, `select max(number) from stage_visit where trajectory_id = $1`, db.Int, seen.ID)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `update stage_visit set left_at = $2 where id = $1`, seen.VisitID, now); err != nil {
		return err
	}
	v := Visit{ID: ident.At(now), Number: last + 1, StageID: to.StageID, Round: seen.Round, Move: to.Move, Reason: reason, DecidedBy: seen.Who.ID, EnteredAt: now}
	if err := insertVisit(ctx, tx, seen.ID, v); err != nil {
		return err
	}
	t := seen.Trajectory
	t.StageID, t.VisitID, t.Version = to.StageID, v.ID, version
	if err := update(ctx, tx, t); err != nil {
		return err
	}
	return s.note(ctx, tx, seen, "trajectory.moved", now)
}

// note writes the journal entry of a change to the trajectory itself.
func (s *Service) note(ctx context.Context, tx *db.Tx, seen Seen, kind string, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: seen.Who.ID, Kind: kind, ObjectKind: "trajectory", ObjectID: seen.ID,
		SchoolID: seen.SchoolID, TrajectoryID: seen.ID, From: seen.Version, To: seen.Version + 1})
}

// SetState rests, stops, ends or takes up a trajectory. Who: the lead or the stand-in.
func (s *Service) SetState(ctx context.Context, who access.Who, id string, version int, to State, reason string, until clock.Date) error {
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := access.Must(who, access.Lead, seen.reopening(to)); err != nil {
			return err
		}
		t, err := seen.Rest(to, reason, until, seen.Today())
		if err != nil {
			return err
		}
		t.Version = version
		if err := update(ctx, tx, t); err != nil {
			return err
		}
		if err := keepWords(ctx, tx, seen.Trajectory, t, who.ID, now); err != nil {
			return err
		}
		return s.note(ctx, tx, seen, "trajectory."+string(to), now)
	})
	return errs.Because(err, "set state of trajectory %s", id)
}

// reopening is the trajectory as the rights see it when an ended one is taken up again.
func (s Seen) reopening(to State) access.Object {
	o := s.Object(access.Trajectory, "")
	if to == Active {
		o.Closed = false
	}
	return o
}

// ownFocus refuses a focus point of another school; "" is none.
func ownFocus(ctx context.Context, q db.Queryer, schoolID, id string) error {
	if id == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select id from focus_point where id = $1 and school_id = $2`, db.Str, id, schoolID)
	return errs.Because(err, "focus point %s", id)
}

// ownSponsor refuses a sponsor who does not lead at the school; "" is nobody.
func ownSponsor(ctx context.Context, q db.Queryer, schoolID, id string) error {
	if id == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select p.id from person p join role r on r.person_id = p.id
		where p.id = $1 and r.school_id = $2 and r.kind in ('leader', 'team_leader') and p.state = 'active'`, db.Str, id, schoolID)
	return errs.Because(err, "sponsor %s", id)
}

// Change is what a lead can change about a trajectory.
type Change struct {
	Title, Question string
	Open            bool
	TeamIDs         []string
	SponsorID       string
}

// Edit changes title, question, openness, touched teams and sponsor. Who: the lead or
// the stand-in. Members are told through the journal when openness changes.
func (s *Service) Edit(ctx context.Context, who access.Who, id string, version int, c Change) error {
	if err := CheckWords(c.Title, c.Question); err != nil {
		return err
	}
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return err
		}
		if c.SponsorID != seen.SponsorID {
			if err := ownSponsor(ctx, tx, seen.SchoolID, c.SponsorID); err != nil {
				return err
			}
		}
		t := seen.Trajectory
		t.Title, t.Question, t.SponsorID, t.Version = strings.TrimSpace(c.Title), strings.TrimSpace(c.Question), c.SponsorID, version
		kind := "trajectory.changed"
		if t.Open != c.Open {
			kind = "trajectory.opened"
			if !c.Open {
				kind = "trajectory.closed_in"
			}
		}
		t.Open = c.Open
		if err := update(ctx, tx, t); err != nil {
			return err
		}
		if err := setTeams(ctx, tx, id, seen.SchoolID, c.TeamIDs); err != nil {
			return err
		}
		if err := keepWords(ctx, tx, seen.Trajectory, t, who.ID, now); err != nil {
			return err
		}
		return s.note(ctx, tx, seen, kind, now)
	})
	return errs.Because(err, "edit trajectory %s", id)
}

// CallGate is what the team itself says of a criterion; "" takes the call back, so that
// the product's own reading shows again. Who: those who take part.
func (s *Service) CallGate(ctx context.Context, who access.Who, id, elementID string, value Reading, note string) error {
	if utf8.RuneCountInString(note) > maxReason {
		return errs.Invalid("form.too_long_max", "max", maxReason).On("note")
	}
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Edit, access.Trajectory, ""); err != nil {
			return err
		}
		pack, err := s.PackOf(ctx, tx, seen.Trajectory)
		if err != nil {
			return err
		}
		stage, _ := pack.Stage(seen.StageID)
		if !asks(stage, elementID) {
			return errs.Absent()
		}
		if err := keepCall(ctx, tx, seen, elementID, value, strings.TrimSpace(note), now); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "trajectory.called", ObjectKind: "trajectory", ObjectID: id,
			SchoolID: seen.SchoolID, TrajectoryID: id, From: seen.Version, To: seen.Version})
	})
	return errs.Because(err, "call gate of trajectory %s", id)
}

func asks(stage *method.Stage, elementID string) bool {
	if stage == nil {
		return false
	}
	for _, c := range stage.Gate {
		if c.ID == elementID {
			return true
		}
	}
	return false
}

func keepCall(ctx context.Context, tx *db.Tx, seen Seen, elementID string, value Reading, note string, now time.Time) error {
	if value == "" {
		_, err := db.Exec(ctx, tx, `delete from gate_call where visit_id = $1 and element_id = $2`, seen.VisitID, elementID)
		return err
	}
	if value != Met && value != Partly && value != Open {
		return errs.Invalid("form.choose").On("value")
	}
	if err := keepNote(ctx, tx, seen, elementID, note, now); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `insert into gate_call (trajectory_id, visit_id, element_id, value, note, called_by, called_at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (visit_id, element_id) do update set value = excluded.value, note = excluded.note, called_by = excluded.called_by, called_at = excluded.called_at`,
		seen.ID, seen.VisitID, elementID, string(value), note, seen.Who.ID, now)
	return err
}

// NextCycle begins a new cycle from the evaluation of this one: a new trajectory that
// knows its predecessor, with the same people and teams, in the stage that fits what is
// left. Who: the lead or the stand-in.
func (s *Service) NextCycle(ctx context.Context, who access.Who, id, title, question, stageID string) (string, error) {
	if err := CheckWords(title, question); err != nil {
		return "", err
	}
	next := ""
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := access.Must(who, access.Lead, seen.reopening(Active)); err != nil {
			return err
		}
		library, err := s.LibraryOf(ctx, tx, seen.SchoolID)
		if err != nil {
			return err
		}
		st := Start{SchoolID: seen.SchoolID, MethodID: seen.MethodID, Title: title, Question: question, StageID: stageID,
			FocusPointID: seen.FocusPointID, TeamIDs: seen.TeamIDs, SponsorID: seen.SponsorID, Open: seen.Open}
		pack, err := startOf(library, &st)
		if err != nil {
			return err
		}
		next, err = s.begin(ctx, tx, who, st, pack, seen.ID, seen.Round+1, now)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `insert into participant (trajectory_id, person_id, role, constituency, stand_in_id, ends_on, joined_at)
			select $2, person_id, role, constituency, stand_in_id, ends_on, $3 from participant where trajectory_id = $1 and left_at is null and role in ('lead', 'member')
			on conflict (trajectory_id, person_id) do nothing`, seen.ID, next, now)
		return err
	})
	return next, errs.Because(err, "next cycle of trajectory %s", id)
}
