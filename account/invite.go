package account

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/mail"
	"leerkring/journal"
	"leerkring/school"
)

// Why is the reason of an invitation; it chooses the words of the letter and the page.
type Why string

// The reasons to invite somebody.
const (
	AsStaff Why = "staff"
	AsGuest Why = "guest" // into one trajectory
	AsAdmin Why = "admin" // the first account of an installation
)

// Invite makes an invitation for an account that waits for one, posts it, and returns the
// link, which is valid for fourteen days. It is part of the act that adds the person, and
// that act has asked whether by may invite: by is a person's id, or "house". Refuses an
// account that is already in use.
func (s *Service) Invite(ctx context.Context, tx *db.Tx, personID, by string, why Why) (url string, err error) {
	return s.InviteTo(ctx, tx, personID, by, Asking{Why: why})
}

// Asking is what somebody is invited to, and when the letter leaves.
type Asking struct {
	Why    Why
	At     time.Time // zero: at once; the fourteen days begin then
	School string    // where the person is going to work, "" for nowhere
	Teams  string    // names
}

// InviteTo is Invite with what the letter says of the reason. It may be held back until a day.
func (s *Service) InviteTo(ctx context.Context, tx *db.Tx, personID, by string, a Asking) (url string, err error) {
	v, err := visitorByID(ctx, tx, personID)
	if err != nil {
		return "", err
	}
	if v.State != school.Invited {
		return "", errs.Invalid("account.invite_active", "name", v.Name)
	}
	inviter, err := nameOf(ctx, tx, by)
	if err != nil {
		return "", err
	}
	now, secret := s.clock.Now(), ident.Secret()
	if a.At.Before(now) {
		a.At = now
	}
	l := link{kind: invitationLink, personID: v.ID, secret: secret, way: ByInvitation, reason: a.Why, madeBy: by, ends: a.At.Add(InvitationLasts)}
	if err := s.insertLink(ctx, tx, l); err != nil {
		return "", err
	}
	letter := v.letter(LetterInvitation, now)
	letter.URL, letter.EndsAt, letter.By = s.address(InvitationPath, secret), l.ends, inviter
	letter.School, letter.Teams = a.School, a.Teams
	if a.At.After(now) {
		letter.At = a.At
	}
	if err := s.post.Queue(ctx, tx, letter); err != nil {
		return "", errs.Because(err, "post an invitation")
	}
	return letter.URL, s.log.Append(ctx, tx, Event{ActorID: by, Kind: "person.invited", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts})
}

// nameOf returns the name of who did something, and "" for the house.
func nameOf(ctx context.Context, q db.Queryer, personID string) (string, error) {
	names, err := db.All(ctx, q, `select name from person where id = $1`, db.Str, personID)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}

// InviteAgain sends another invitation; earlier ones go on working until one is accepted.
// Who: an admin of a school of that person. Refuses with absent.
func (s *Service) InviteAgain(ctx context.Context, who access.Who, personID string, why Why) error {
	return s.manage(ctx, who, access.Invite, personID, "invite again", func(tx *db.Tx, v visitor) error {
		if _, err := s.Invite(ctx, tx, v.ID, who.ID, why); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "person.invited", ObjectKind: "person", ObjectID: v.ID, From: v.Version, To: v.Version})
	})
}

// WithdrawInvitation ends the open invitations of a person, also in the mailbox. Who: an
// admin of a school of that person. Refuses with absent.
func (s *Service) WithdrawInvitation(ctx context.Context, who access.Who, personID string) error {
	return s.manage(ctx, who, access.Manage, personID, "withdraw invitation", func(tx *db.Tx, v visitor) error {
		if v.State != school.Invited {
			return errs.Invalid("account.invite_active", "name", v.Name)
		}
		if err := s.endLinks(ctx, tx, v.ID); err != nil {
			return err
		}
		if err := mail.WithdrawFor(ctx, tx, v.ID, s.clock.Now()); err != nil {
			return err
		}
		if err := s.log.Append(ctx, tx, Event{ActorID: who.ID, Kind: "person.uninvited", ObjectKind: "person", ObjectID: v.ID, BoardID: v.BoardID, Reach: OfAccounts}); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: who.ID, Kind: "person.uninvited", ObjectKind: "person", ObjectID: v.ID, From: v.Version, To: v.Version})
	})
}

// Waiting returns who works at a school and has not come in yet, without those who were invited after a
// moment, or will be later than now. The caller has asked whether somebody may know.
func Waiting(ctx context.Context, q db.Queryer, schoolID string, since, now time.Time) ([]string, error) {
	ids, err := db.All(ctx, q, `select p.id from person p join staff f on f.person_id = p.id and f.school_id = $1
		where p.state = 'invited' and not exists (select 1 from account_link l where l.person_id = p.id and l.kind = 'invitation'
			and (l.made_at > $2 or l.expires_at > $3)) order by p.id`, db.Str, schoolID, since, now.Add(InvitationLasts))
	return ids, errs.Because(err, "who waits at school %s", schoolID)
}
