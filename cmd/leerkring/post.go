package main

import (
	"context"
	"strings"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/mail"
)

// post turns the letters of the door into mail: the words come from the texts, the
// address of every link from the configuration.
type post struct {
	catalog *i18n.Catalog
	clock   clock.Clock
}

// Queue puts a letter in the outbox, in the act that wrote it.
func (p *post) Queue(ctx context.Context, tx *db.Tx, l account.Letter) error {
	t := p.catalog.Texts(l.Language, nil, clock.Zone(""))
	at := p.clock.Now()
	if !l.At.IsZero() {
		at = l.At
	}
	args := []any{"name", l.Name, "board", l.Board, "by", l.By, "code", l.Code, "school", l.School, "teams", l.Teams}
	key := "account.mail." + string(l.Kind) + "."
	intro := key + "intro"
	switch {
	case l.By != "" && l.School != "" && t.Has(key+"intro_school"):
		intro = key + "intro_school"
	case l.By != "" && t.Has(key+"intro_by"):
		intro = key + "intro_by"
	}
	because := key + "because"
	if l.Teams != "" {
		because += "_teams"
	}
	var parts []string
	for _, k := range []string{intro, because, key + "more", "", key + "code", key + "after"} {
		switch {
		case k == "" && l.URL != "":
			parts = append(parts, l.URL)
		case k == key+"code" && l.Code == "", k == because && l.School == "":
		case k != "" && t.Has(k):
			parts = append(parts, t.T(k, args...))
		}
	}
	var until time.Time
	if l.Secret() {
		until = l.EndsAt // a link that is over helps nobody
	}
	return mail.Queue(ctx, tx, mail.Message{Until: until, Key: l.ID, Kind: "account." + string(l.Kind), BoardID: l.BoardID, PersonID: l.PersonID, At: at, Address: l.Email, Name: l.Name,
		Subject: t.T(key+"subject", args...), Text: strings.Join(parts, "\n\n") + "\n", Private: true, Secret: l.Secret()})
}
