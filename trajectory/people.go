package trajectory

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/ledger"
	"leerkring/school"
)

// Visits returns all stays in stages, in order. The caller has the Seen of this trajectory.
func (s *Service) Visits(ctx context.Context, q db.Queryer, seen Seen) ([]Visit, error) {
	return visitsOf(ctx, q, seen.ID)
}

// Calls returns what the team called of the present stage's gate.
func (s *Service) Calls(ctx context.Context, q db.Queryer, seen Seen) ([]Call, error) {
	return callsOf(ctx, q, seen.VisitID)
}

// Participants returns who takes part, leads first.
func (s *Service) Participants(ctx context.Context, q db.Queryer, seen Seen) ([]Participant, error) {
	return participantsOf(ctx, q, seen.ID)
}

// ParticipantsOf returns those who take part in several trajectories that the person asking sees, in
// one query.
func (s *Service) ParticipantsOf(ctx context.Context, q db.Queryer, seen []Seen) ([]Participant, error) {
	ids := make([]string, len(seen))
	for i, x := range seen {
		ids[i] = x.ID
	}
	return participantsIn(ctx, q, db.In("$1"), ids)
}

// Invitation asks somebody into a trajectory.
type Invitation struct {
	PersonID     string // a colleague; or "" with Name and Email for somebody from outside
	Name, Email  string
	Role         Role
	Constituency string
	EndsOn       clock.Date
}

// longest a guest or process coach may be in a trajectory before being asked again.
const guestDays = 366

// Invite asks somebody in. Who: the lead or the stand-in. Those who are in the
// trajectory see who joins. A guest and a process coach have an end date, at most a year;
// somebody from outside gets a letter.
func (s *Service) Invite(ctx context.Context, who access.Who, id string, inv Invitation, people *school.Service) (string, error) {
	personID := ""
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		personID = inv.PersonID // afresh: the act may run again
		if err := seen.Must(access.Invite, access.Membership, ""); err != nil {
			return err
		}
		ends, err := endDate(inv, seen.Today())
		if err != nil {
			return err
		}
		if personID == "" {
			if inv.Role != Guest && inv.Role != Coach {
				return errs.Invalid("trajectory.guest_role").On("role")
			}
			if personID, err = people.AddGuest(ctx, tx, who, seen.School, inv.Name, inv.Email); err != nil {
				return err
			}
			if err := s.letter(ctx, tx, personID, who.ID); err != nil {
				return err
			}
		} else if err := sameSchool(ctx, tx, seen, personID, inv.Role); err != nil {
			return err
		}
		if err := notInAlready(ctx, tx, id, personID); err != nil {
			return err
		}
		if err := insertParticipant(ctx, tx, Participant{TrajectoryID: id, PersonID: personID, Role: inv.Role, Constituency: cut(inv.Constituency, 80), EndsOn: ends, JoinedAt: now}); err != nil {
			return err
		}
		return s.told(ctx, tx, seen, "participant.joined", personID, now)
	})
	return personID, errs.Because(err, "invite into trajectory %s", id)
}

// Inviting writes the letter by which somebody from outside comes in, in the act that
// asks them.
type Inviting func(ctx context.Context, tx *db.Tx, personID, by string) error

// InvitesBy connects the door of the house, once, before the first request.
func (s *Service) InvitesBy(f Inviting) { s.inviting = f }

// letter is sent to who has no account in use yet.
func (s *Service) letter(ctx context.Context, tx *db.Tx, personID, by string) error {
	state, err := db.One(ctx, tx, `select state from person where id = $1`, db.Str, personID)
	if err != nil || school.State(state) != school.Invited || s.inviting == nil {
		return err
	}
	return s.inviting(ctx, tx, personID, by)
}

// notInAlready refuses a second invitation of a lead or member: that would take a part
// away. For a guest and a process coach it is how their time is renewed.
func notInAlready(ctx context.Context, q db.Queryer, id, personID string) error {
	n, err := db.One(ctx, q, `select count(*) from participant where trajectory_id = $1 and person_id = $2 and left_at is null and role in ('lead', 'member')`, db.Int, id, personID)
	if err == nil && n > 0 {
		return errs.Invalid("trajectory.in_already").On("person")
	}
	return err
}

func endDate(inv Invitation, today clock.Date) (clock.Date, error) {
	switch inv.Role {
	case Lead, Member:
		return "", nil
	case Guest, Coach:
		if inv.EndsOn == "" {
			return today.Add(guestDays - 1), nil
		}
		if inv.EndsOn <= today || today.Days(inv.EndsOn) > guestDays {
			return "", errs.Invalid("trajectory.guest_until").On("ends_on")
		}
		return inv.EndsOn, nil
	}
	return "", errs.Invalid("form.choose").On("role")
}

// sameSchool refuses a member who does not work at the school; a process coach may come
// from anywhere on the same board.
func sameSchool(ctx context.Context, q db.Queryer, seen Seen, personID string, role Role) error {
	n, err := db.One(ctx, q, `select count(*) from person p left join staff f on f.person_id = p.id and f.school_id = $2
		where p.id = $1 and p.board_id = $3 and p.state in ('active', 'invited')
			and ($4 in ('guest', 'begeleider') or (f.person_id is not null and not p.guest))`,
		db.Int, personID, seen.SchoolID, seen.School.BoardID, string(role))
	if err == nil && n == 0 {
		return errs.Absent()
	}
	return err
}

func (s *Service) told(ctx context.Context, tx *db.Tx, seen Seen, kind, personID string, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: seen.Who.ID, Kind: kind, ObjectKind: "person", ObjectID: personID, SchoolID: seen.SchoolID, TrajectoryID: seen.ID})
}

// Leave ends somebody's part. Who: the person, or the lead. The last lead cannot leave
// without handing over.
func (s *Service) Leave(ctx context.Context, who access.Who, id, personID string) error {
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if personID != who.ID {
			if err := seen.Must(access.Invite, access.Membership, ""); err != nil {
				return err
			}
		}
		if err := lastLead(ctx, tx, id, personID); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `update participant set left_at = $3 where trajectory_id = $1 and person_id = $2 and left_at is null`, id, personID, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, tx, `update participant set stand_in_id = null where trajectory_id = $1 and stand_in_id = $2`, id, personID); err != nil {
			return err // who left leads for nobody
		}
		if err := ledger.Note(ctx, tx, now, left, id, personID); err != nil {
			return err
		}
		return s.told(ctx, tx, seen, "participant.left", personID, now)
	})
	return errs.Because(err, "leave trajectory %s", id)
}

func lastLead(ctx context.Context, tx *db.Tx, id, without string) error {
	n, err := db.One(ctx, tx, `select count(*) from participant where trajectory_id = $1 and role = 'lead' and left_at is null and person_id <> $2`, db.Int, id, without)
	if err == nil && n == 0 {
		return errs.Invalid("trajectory.last_lead")
	}
	return err
}

// HandOver changes the part of somebody who takes part: lead or member, with a stand-in
// for a lead. Who: the lead or the stand-in.
func (s *Service) HandOver(ctx context.Context, who access.Who, id, personID string, role Role, standInID string) error {
	if role != Lead && role != Member {
		return errs.Invalid("form.choose").On("role")
	}
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Invite, access.Membership, ""); err != nil {
			return err
		}
		if role == Member {
			if err := lastLead(ctx, tx, id, personID); err != nil {
				return err
			}
			standInID = ""
		}
		if standInID != "" {
			if standInID == personID {
				return errs.Invalid("trajectory.stand_in_self").On("stand_in")
			}
			if err := sameSchool(ctx, tx, seen, standInID, Member); err != nil {
				return err
			}
		}
		n, err := db.Exec(ctx, tx, `update participant set role = $3, stand_in_id = $4 where trajectory_id = $1 and person_id = $2 and left_at is null and role in ('lead', 'member')`,
			id, personID, string(role), db.Null(standInID))
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		return s.told(ctx, tx, seen, "participant.changed", personID, now)
	})
	return errs.Because(err, "hand over trajectory %s", id)
}

// PupilLink lets pupils answer one question without an account and without a name.
type PupilLink struct {
	ID           string
	TrajectoryID string
	VisitID      string
	ElementID    string
	ExpiresAt    time.Time
	MakerName    string
}

const linkDays = 14

// MakeLink makes a link for pupils to one question; the secret is shown once. An
// earlier link to the same question ends. Who: the lead or the stand-in.
func (s *Service) MakeLink(ctx context.Context, who access.Who, id, elementID string) (secret string, err error) {
	secret = ident.Secret()
	err = s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return err
		}
		if seen.State != Active {
			return errs.Invalid("trajectory.not_active")
		}
		pack, err := s.PackOf(ctx, tx, seen.Trajectory)
		if err != nil {
			return err
		}
		if _, _, ok := pack.Question(elementID); !ok {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, tx, `update pupil_link set closed_at = $3 where trajectory_id = $1 and element_id = $2 and closed_at is null`, id, elementID, now); err != nil {
			return err
		}
		link := ident.At(now)
		if _, err := db.Exec(ctx, tx, `insert into pupil_link (id, trajectory_id, visit_id, element_id, hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			link, id, seen.VisitID, elementID, ident.Hash(secret), who.ID, now, now.AddDate(0, 0, linkDays)); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "pupil_link.made", ObjectKind: "pupil_link", ObjectID: link, SchoolID: seen.SchoolID, TrajectoryID: id})
	})
	return secret, errs.Because(err, "make pupil link for trajectory %s", id)
}

// Links returns the open pupil links of a trajectory: that they exist, never their secret.
func (s *Service) Links(ctx context.Context, q db.Queryer, seen Seen) ([]PupilLink, error) {
	if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
		return nil, nil // who may not make one sees none
	}
	return db.All(ctx, q, `select l.id, l.trajectory_id, l.visit_id, l.element_id, l.expires_at, p.name from pupil_link l join person p on p.id = l.made_by
		where l.trajectory_id = $1 and l.closed_at is null and l.expires_at > $2 order by l.made_at`, linkFields, seen.ID, s.clock.Now())
}

func linkFields(l *PupilLink) []any {
	return []any{&l.ID, &l.TrajectoryID, &l.VisitID, &l.ElementID, &l.ExpiresAt, &l.MakerName}
}

// CloseLink ends a pupil link at once. Who: the lead or the stand-in.
func (s *Service) CloseLink(ctx context.Context, who access.Who, id, linkID string) error {
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `update pupil_link set closed_at = $3 where id = $2 and trajectory_id = $1 and closed_at is null`, id, linkID, now)
		if err == nil && n == 0 {
			return errs.Absent()
		}
		if err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "pupil_link.closed", ObjectKind: "pupil_link", ObjectID: linkID, SchoolID: seen.SchoolID, TrajectoryID: id})
	})
	return errs.Because(err, "close pupil link of trajectory %s", id)
}

// ByLink returns the trajectory behind a pupil's link, seen by somebody without a name.
// An unknown, closed or expired link is absent.
func (s *Service) ByLink(ctx context.Context, q db.Queryer, secret string) (PupilLink, Seen, error) {
	if len(secret) > 100 || strings.ContainsRune(secret, 0) {
		return PupilLink{}, Seen{}, errs.Absent()
	}
	l, err := db.One(ctx, q, `select l.id, l.trajectory_id, l.visit_id, l.element_id, l.expires_at, p.name from pupil_link l join person p on p.id = l.made_by
		join trajectory t on t.id = l.trajectory_id
		where l.hash = $1 and l.closed_at is null and l.expires_at > $2 and t.state = 'active'`, linkFields, ident.Hash(secret), s.clock.Now())
	if err != nil {
		return l, Seen{}, err
	}
	r, err := db.One(ctx, q, `select `+seenColumns+seenFrom+`where t.id = $2`, seenFields, "", l.TrajectoryID)
	if err != nil {
		return l, Seen{}, err
	}
	seen := r.seen(access.Who{Kind: access.LinkHolder, ID: l.ID, BoardID: r.School.BoardID}, s.clock.Now())
	seen.byLink = true
	return l, seen, nil
}
