package db

import (
	"testing"

	"leerkring/internal/errs"
)

func TestAnOldEngineIsRefused(t *testing.T) {
	t.Parallel()
	for have, want := range map[Engine]map[string]bool{
		SQLite:   {"3.51.3": true, "3.51.10": true, "3.53.0": true, "4.0": true, "3.51.2": false, "3.6.23": false, "3.51": false, "": false},
		Postgres: {"15": true, "15.4 (Debian 15.4-1.pgdg120+1)": true, "17beta1": false, "18.1": true, "14.9": false, "9.6.24": false},
	} {
		for version, good := range want {
			err := refuseOld(have, version)
			if (err == nil) != good {
				t.Errorf("%s %q: %v", have, version, err)
			}
			if err != nil && (errs.KindOf(err) != errs.KindUnavailable || errs.FieldsOf(err)[0].Key != "db.engine_old") {
				t.Errorf("%s %q: refused by %v", have, version, err)
			}
		}
	}
}
