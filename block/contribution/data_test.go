package contribution

import (
	"slices"
	"testing"

	"leerkring/access/register"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

func TestEveryColumnIsInTheRegister(t *testing.T) {
	for _, wrong := range register.Check(Data) {
		t.Error(wrong)
	}
	tables := []string{"contribution", "round", "round_team", "round_candidate", "rating", "rating_figure"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		columns, err := db.All(t.Context(), d, `
			/*sqlite: select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' */
			/*postgres: select table_name, column_name from information_schema.columns where table_schema = 'public' */`,
			func(c *register.Column) []any { return []any{&c.Table, &c.Column} })
		if err != nil {
			t.Fatal(err)
		}
		own := slices.DeleteFunc(columns, func(c register.Column) bool { return !slices.Contains(tables, c.Table) })
		if missing, stale := register.Missing(own, Data), register.Stale(own, Data); len(own) == 0 || len(missing)+len(stale) > 0 {
			t.Errorf("of %d columns missing %v, stale %v", len(own), missing, stale)
		}
	})
}
