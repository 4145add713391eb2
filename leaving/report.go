package leaving

import (
	"context"
	"fmt"
	"strings"

	"leerkring/access"
	"leerkring/internal/db"
)

// Line is what erasing does to one kind of thing.
type Line struct {
	Purpose string // text key: what it is
	Goes    bool   // else it stays, without the name
	N       int
}

// Report tells who asks what erasing them would do, kind by kind.
func (s *Service) Report(ctx context.Context, who access.Who) ([]Line, error) {
	if err := access.Must(who, access.Read, access.Object{Kind: access.Erasure, BoardID: who.BoardID, OwnerID: who.ID}); err != nil {
		return nil, err
	}
	return s.report(ctx, s.db, who.ID, true)
}

// report counts in one question. Of what is very private nobody else learns that it exists:
// without it, those kinds are not counted at all.
func (s *Service) report(ctx context.Context, q db.Queryer, personID string, private bool) ([]Line, error) {
	var parts []part
	var counts []string
	for _, x := range s.Plan.parts {
		if x.Beside || x.class == access.VeryPrivate && !private {
			continue
		}
		counts = append(counts, fmt.Sprintf("select %d as n, (select count(*) from %s where %s) as rows_of", len(parts), x.Table, x.Whose))
		parts = append(parts, x)
	}
	type count struct{ at, n int }
	list, err := db.All(ctx, q, strings.Join(counts, " union all ")+" order by 1", func(c *count) []any { return []any{&c.at, &c.n} }, personID)
	if err != nil {
		return nil, fmt.Errorf("count what would go: %w", err)
	}
	var out []Line
	at := map[Line]int{}
	for _, c := range list {
		x := parts[c.at]
		if c.n == 0 || x.Table == "ledger" {
			continue
		}
		key := Line{Purpose: x.purpose, Goes: x.erases || x.Table == ofPerson}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, key)
		}
		out[i].N += c.n
	}
	return out, nil
}
