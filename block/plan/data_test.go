package plan_test

import (
	"slices"
	"testing"

	"leerkring/access/register"
	"leerkring/block/plan"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// Every column of this room's tables stands in the data register, and nothing else does.
func TestEveryColumnIsRegistered(t *testing.T) {
	t.Parallel()
	for _, wrong := range register.Check(plan.Data) {
		t.Error(wrong)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all, err := db.All(t.Context(), d, `
			/*sqlite: select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' */
			/*postgres: select table_name, column_name from information_schema.columns where table_schema = 'public' */`,
			func(c *register.Column) []any { return []any{&c.Table, &c.Column} })
		if err != nil {
			t.Fatal(err)
		}
		own := slices.DeleteFunc(all, func(c register.Column) bool {
			return !slices.Contains([]string{"plan", "plan_item", "plan_version", "plan_paper", "plan_line"}, c.Table)
		})
		if missing, stale := register.Missing(own, plan.Data), register.Stale(own, plan.Data); len(own) == 0 || len(missing)+len(stale) > 0 {
			t.Errorf("missing %v, stale %v", missing, stale)
		}
	})
}
