package session_test

import (
	"strings"
	"testing"

	"leerkring/access/register"
	"leerkring/block/session"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/i18n/i18ntest"
)

// Every column of this room's tables stands in the data register, and nothing else does.
func TestEveryColumnIsRegistered(t *testing.T) {
	t.Parallel()
	for _, wrong := range register.Check(session.Data) {
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
		var own []register.Column
		for _, c := range all {
			if c.Table == "session" || strings.HasPrefix(c.Table, "session_") {
				own = append(own, c)
			}
		}
		if missing, stale := register.Missing(own, session.Data), register.Stale(own, session.Data); len(own) == 0 || len(missing)+len(stale) > 0 {
			t.Errorf("missing %v, stale %v", missing, stale)
		}
	})
}

// Every refusal has its sentence in both languages, and every sentence has its refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	t.Parallel()
	kinds := []string{"session.planned", "session.begun", "session.changed", "session.closed", "session.cancelled", "session.card"} // of the journal
	i18ntest.Sentences(t, i18ntest.Room{Name: "session", Texts: session.Texts, Not: kinds})
}
