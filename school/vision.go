package school

import (
	"context"
	"strings"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// AddVisionLine adds a sentence to the school's vision. Who: a leader of the school.
func (s *Service) AddVisionLine(ctx context.Context, who access.Who, schoolID, body string) (string, error) {
	body = strings.TrimSpace(body)
	if n := utf8.RuneCountInString(body); n < 3 || n > 240 {
		return "", errs.Invalid("school.vision_length").On("body")
	}
	now := s.clock.Now()
	id := ident.At(now)
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.allowed(ctx, tx, who, access.Create, access.Vision, schoolID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into vision_line (id, school_id, position, body)
			select $1, $2, coalesce(max(position), 0) + 1, $3 from vision_line where school_id = $2`, id, schoolID, body); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "vision.added", ObjectKind: "vision_line", ObjectID: id, SchoolID: schoolID, To: 1})
	})
	return id, errs.Because(err, "add vision line to school %s", schoolID)
}

// Vision returns the sentences of a school's vision in their order. Who: staff of the school.
func (s *Service) Vision(ctx context.Context, who access.Who, schoolID string) ([]VisionLine, error) {
	if _, err := s.allowed(ctx, s.db, who, access.Read, access.Vision, schoolID); err != nil {
		return nil, err
	}
	return db.All(ctx, s.db, `select id, school_id, position, body, version from vision_line
		where school_id = $1 and retired_at is null order by position`, func(v *VisionLine) []any {
		return []any{&v.ID, &v.SchoolID, &v.Position, &v.Body, &v.Version}
	}, schoolID)
}

// FocusPoints returns the focus points of a school, newest first. Who: staff of the school.
func (s *Service) FocusPoints(ctx context.Context, who access.Who, schoolID string) ([]FocusPoint, error) {
	if _, err := s.allowed(ctx, s.db, who, access.Read, access.FocusPoint, schoolID); err != nil {
		return nil, err
	}
	return focusOfSchool(ctx, s.db, schoolID)
}

// FocusOf returns the candidate focus points that a trajectory's exploration brought
// up, in the order of their letters. The caller has asked access for the trajectory.
func FocusOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]FocusPoint, error) {
	return db.All(ctx, q, `select `+focusColumns+` from focus_point where trajectory_id = $1 order by letter, made_at`, focusFields, trajectoryID)
}

// FocusByID returns one focus point that who may read.
func (s *Service) FocusByID(ctx context.Context, who access.Who, id string) (FocusPoint, error) {
	f, sc, err := focusIn(ctx, s.db, id)
	if err != nil {
		return f, err
	}
	return f, access.Must(who, access.Read, object(access.FocusPoint, sc))
}

func focusIn(ctx context.Context, q db.Queryer, id string) (FocusPoint, School, error) {
	f, err := db.One(ctx, q, `select `+focusColumns+` from focus_point where id = $1`, focusFields, id)
	if err != nil {
		return f, School{}, errs.Because(err, "focus point %s", id)
	}
	sc, err := schoolByID(ctx, q, f.SchoolID)
	return f, sc, err
}

// NewFocus is a candidate focus point.
type NewFocus struct {
	SchoolID, TrajectoryID string
	Title, Body            string
	VisionLineID           string
	TeamIDs                []string
}

// ProposeFocus adds a candidate in the act of its caller, who has asked access for the
// trajectory, or for proposing at the school. Returns the new focus point.
func ProposeFocus(ctx context.Context, tx *db.Tx, who access.Who, n NewFocus, at journal.Entry) (FocusPoint, error) {
	if err := CheckFocus(n.Title, n.Body); err != nil {
		return FocusPoint{}, err
	}
	letter := ""
	if n.TrajectoryID != "" {
		taken, err := db.One(ctx, tx, `select count(*) from focus_point where trajectory_id = $1`, db.Int, n.TrajectoryID)
		if err != nil {
			return FocusPoint{}, err
		}
		if taken >= 26 {
			return FocusPoint{}, errs.Invalid("school.focus_many")
		}
		letter = string(rune('A' + taken))
	}
	f := FocusPoint{ID: ident.At(at.At), SchoolID: n.SchoolID, TrajectoryID: n.TrajectoryID, Letter: letter, Title: strings.TrimSpace(n.Title), Body: strings.TrimSpace(n.Body),
		State: Proposed, VisionLineID: n.VisionLineID, ProposedBy: who.ID, Version: 1, MadeAt: at.At}
	if err := insertFocus(ctx, tx, f); err != nil {
		return f, err
	}
	if len(n.TeamIDs) > 0 {
		if _, err := db.Exec(ctx, tx, `insert into focus_team (focus_point_id, team_id) select $1, id from team where school_id = $2 and id in `+db.In("$3"), f.ID, n.SchoolID, n.TeamIDs); err != nil {
			return f, err
		}
	}
	at.Kind, at.ObjectKind, at.ObjectID, at.SchoolID, at.TrajectoryID, at.To = "focus_point.proposed", "focus_point", f.ID, n.SchoolID, n.TrajectoryID, 1
	return f, journal.Append(ctx, tx, at)
}

// ChooseFocus keeps, parks or passes on a focus point. Who: a leader of the school.
func (s *Service) ChooseFocus(ctx context.Context, who access.Who, id string, version int, choice FocusChoice) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		f, sc, err := focusIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Decide, object(access.FocusPoint, sc)); err != nil {
			return err
		}
		next, err := f.Choose(choice)
		if err != nil {
			return err
		}
		if err := keepsWatch(ctx, tx, sc, choice.KeeperID); err != nil {
			return err
		}
		next.Version, next.DecidedBy, next.DecidedAt = version, who.ID, now
		if err := updateFocus(ctx, tx, next); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "focus_point." + string(next.State), ObjectKind: "focus_point", ObjectID: id, SchoolID: f.SchoolID, TrajectoryID: f.TrajectoryID, From: version, To: version + 1})
	})
	return errs.Because(err, "choose focus point %s", id)
}

// keepsWatch refuses a keeper who does not work at the school; "" is nobody.
func keepsWatch(ctx context.Context, q db.Queryer, sc School, personID string) error {
	if personID == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select p.id from person p join staff f on f.person_id = p.id
		where p.id = $1 and f.school_id = $2 and p.state in ('active', 'invited')`, db.Str, personID, sc.ID)
	return err
}

// ownLine refuses a sentence of another school's vision; "" is none.
func ownLine(ctx context.Context, q db.Queryer, schoolID, lineID string) error {
	if lineID == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select id from vision_line where id = $1 and school_id = $2`, db.Str, lineID, schoolID)
	return err
}

// FocusWords are the words of a focus point and its tie to the vision.
type FocusWords struct{ Title, Body, VisionLineID string }

// RewordFocus changes the words of a candidate in the act of its caller, who has asked
// access: those who take part in the trajectory that proposed it, or a leader.
func RewordFocus(ctx context.Context, tx *db.Tx, who access.Who, f FocusPoint, w FocusWords, at journal.Entry) error {
	if err := CheckFocus(w.Title, w.Body); err != nil {
		return err
	}
	from := f.Version
	f.Title, f.Body, f.VisionLineID = strings.TrimSpace(w.Title), strings.TrimSpace(w.Body), w.VisionLineID
	if err := updateFocus(ctx, tx, f); err != nil {
		return err
	}
	at.Kind, at.ObjectKind, at.ObjectID, at.SchoolID, at.TrajectoryID, at.From, at.To = "focus_point.changed", "focus_point", f.ID, f.SchoolID, f.TrajectoryID, from, from+1
	return journal.Append(ctx, tx, at)
}

// EditFocus changes the words of a focus point of the school. Who: a leader of the school.
func (s *Service) EditFocus(ctx context.Context, who access.Who, id string, version int, w FocusWords) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		f, sc, err := focusIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Edit, object(access.FocusPoint, sc)); err != nil {
			return err
		}
		if err := ownLine(ctx, tx, f.SchoolID, w.VisionLineID); err != nil {
			return err
		}
		f.Version = version
		return RewordFocus(ctx, tx, who, f, w, journal.Entry{At: now, ActorID: who.ID})
	})
	return errs.Because(err, "edit focus point %s", id)
}
