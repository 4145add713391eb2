package roster

import (
	"context"
	"strconv"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// Rest is a table of the rows that wait, as they stood in the list, with what is to be mended.
func (l Look) Rest(line, why string, say func(errs.Field) string) [][]string {
	head := []string{line, why}
	out := [][]string{append(head, l.Layout.Titles...)}
	for _, f := range l.Findings {
		if f.Verdict != Unclear && f.Verdict != Refused {
			continue
		}
		var reasons []string
		for _, w := range f.Why {
			reasons = append(reasons, say(w))
		}
		out = append(out, append([]string{strconv.Itoa(f.Line), strings.Join(reasons, " ")}, f.Cells...))
	}
	return out
}

// again is how long somebody is left alone after an invitation.
const again = 20 * time.Hour

// InviteWaiting sends another invitation to everybody at a school who has not come in yet, and
// was not invited in the last hours. It tells how many. Who: an admin of the school.
func (s *Service) InviteWaiting(ctx context.Context, who access.Who, schoolID string) (int, error) {
	n := 0
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		sc, err := s.schools.Desk(ctx, tx, who, schoolID)
		if err != nil {
			return err
		}
		waiting, err := account.Waiting(ctx, tx, sc.ID, now.Add(-again), now)
		if err != nil {
			return err
		}
		n = len(waiting)
		if n == 0 {
			return nil
		}
		for _, id := range waiting {
			if _, err := s.accounts.InviteTo(ctx, tx, id, who.ID, account.Asking{Why: account.AsStaff, School: sc.Name}); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "people.invited", ObjectKind: "school", ObjectID: schoolID, SchoolID: schoolID})
	})
	return n, errs.Because(err, "invite who waits at school %s", schoolID)
}
