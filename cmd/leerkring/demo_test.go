package main

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"leerkring/internal/dbtest"
)

// TestTheDemoPlays plays every case, day by day, on both engines.
func TestTheDemoPlays(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]func(testing.TB) string{"sqlite": func(t testing.TB) string { return "sqlite:" + dbtest.SQLiteFile(t) }, "postgres": dbtest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, err := build(t.Context(), settings{Database: address(t), Data: t.TempDir(), BaseURL: "http://localhost:1", Demo: true, Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := h.db.Close(); err != nil {
					t.Error(err)
				}
			})
			var progress bytes.Buffer
			began := time.Now()
			people, err := h.demoActs().Make(t.Context(), true, &progress)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(time.Since(began))
			roles := map[string]bool{}
			for _, p := range people {
				roles[p.Role] = true
			}
			for _, role := range []string{"schoolleider", "kartrekker", "docent", "beheerder", "bestuur", "gast", "privacy"} {
				if !roles[role] {
					t.Errorf("nobody stands for %s", role)
				}
			}
			if now := h.clock.Now(); time.Since(now) > time.Minute {
				t.Errorf("the house still lives in %v", now)
			}
		})
	}
}
