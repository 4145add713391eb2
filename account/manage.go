package account

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// manage runs an act of an admin on somebody's account.
func (s *Service) manage(ctx context.Context, who access.Who, action access.Action, personID, what string, act func(tx *db.Tx, v visitor) error) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := s.managed(ctx, tx, who, action, personID)
		if err != nil {
			return err
		}
		return act(tx, v)
	})
	return errs.Because(err, "%s: %s", what, personID)
}

// managed reads an account that who may do something with: as the account of the board,
// or of one of the schools where the person works. A guest works nowhere; any admin of
// the board answers for guests.
func (s *Service) managed(ctx context.Context, tx *db.Tx, who access.Who, action access.Action, personID string) (visitor, error) {
	v, err := visitorByID(ctx, tx, personID)
	if err != nil {
		return v, err
	}
	schools, err := db.All(ctx, tx, `select school_id from staff where person_id = $1`, db.Str, personID)
	if err != nil {
		return v, err
	}
	if len(schools) == 0 {
		for _, r := range who.Roles {
			schools = append(schools, r.SchoolID)
		}
	}
	o := access.Object{Kind: access.Account, BoardID: v.BoardID}
	for _, id := range append(schools, "") {
		o.SchoolID = id
		if access.May(who, action, o) {
			return v, nil
		}
	}
	return visitor{}, errs.Absent()
}
