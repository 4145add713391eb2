package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/mail"
	"leerkring/school"
)

// newKeys makes the keys of an installation. They lie outside the data directory, so
// that a copy of the data alone opens nothing and forges nothing.
func newKeys(file string) ([]byte, error) {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return key, writeKeys(file, key)
}

func writeKeys(file string, key []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if _, err := f.Write(key); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return f.Close()
}

// mayGetMail asks at the moment of sending whether the reader may still get a message:
// somebody who is suspended or has left gets none, except a letter of the door itself
// to somebody who is invited.
func (h *house) mayGetMail(ctx context.Context, m mail.Message) (bool, error) {
	if m.PersonID == "" {
		return true, nil
	}
	state, err := db.One(ctx, h.db, `select state from person where id = $1`, db.Str, m.PersonID)
	if errs.IsAbsent(err) {
		return false, nil
	}
	return state == string(school.Active) || state == string(school.Invited), err
}
