package account

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/mail"
	"leerkring/ledger"
)

// What the ledger says of the door.
const (
	suspended        = "person.suspended"
	opened           = "person.restored"
	signInEnded      = "sign_in.ended"
	signInsEnded     = "sign_ins.ended"
	linkSpent        = "link.spent"
	linksEnded       = "links.ended"
	invitationsSpent = "invitations.spent"
	tokenEnded       = "token.ended"
	tokensEnded      = "tokens.ended"
	passkeyEnded     = "passkey.ended"
	passkeysEnded    = "passkeys.ended"
	loginEnded       = "login.ended"
	loginsEnded      = "logins.ended"
	passwordEnded    = "password.ended"
	providerEnded    = "login_provider.ended"
	providerOff      = "login_provider.off"
)

// Replays end again what was ended after a backup was made: nobody comes in by what
// somebody closed. What was made after that moment is left alone.
func Replays() ledger.Rules {
	return ledger.Rules{
		suspended:        suspendAgain,
		opened:           each(`update person set left_at = null, state = coalesce((select nullif(state_before, '') from account where person_id = $1), 'active') where id = $1 and state = 'suspended'`),
		signInEnded:      each(`delete from sign_in where id = $1`),
		signInsEnded:     before(`delete from sign_in where person_id = $1 and made_at <= $2`),
		linkSpent:        each(`delete from account_link where id = $1`),
		linksEnded:       before(`delete from account_link where person_id = $1 and made_at <= $2`),
		invitationsSpent: before(`delete from account_link where person_id = $1 and kind = 'invitation' and made_at <= $2`),
		tokenEnded:       each(`delete from api_token where id = $1`),
		tokensEnded:      before(`delete from api_token where person_id = $1 and made_at <= $2`),
		passkeyEnded:     each(`delete from passkey where id = $1`),
		loginEnded:       each(`delete from login_identity where id = $1`),
		loginsEnded:      before(`delete from login_identity where person_id = $1 and made_at <= $2`),
		passwordEnded:    forgetPassword,
		providerEnded:    func(ctx context.Context, tx *db.Tx, e ledger.Entry) error { return removeLogin(ctx, tx, e.IDs[0]) },
		providerOff:      each(`update login_provider set enabled = false where id = $1`),
		passkeysEnded:    before(`delete from passkey where person_id = $1 and made_at <= $2`),
	}
}

func each(statement string) ledger.Replay {
	return func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		_, err := db.Exec(ctx, tx, statement, e.IDs[0])
		return err
	}
}

func before(statement string) ledger.Replay {
	return func(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
		_, err := db.Exec(ctx, tx, statement, e.IDs[0], e.At)
		return err
	}
}

func forgetPassword(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
	for _, statement := range []string{
		`delete from recovery_code where person_id = $1 and exists (select 1 from password p where p.person_id = $1 and p.made_at <= $2)`,
		`delete from password where person_id = $1 and made_at <= $2`,
	} {
		if _, err := db.Exec(ctx, tx, statement, e.IDs[0], e.At); err != nil {
			return err
		}
	}
	return nil
}

func suspendAgain(ctx context.Context, tx *db.Tx, e ledger.Entry) error {
	if _, err := db.Exec(ctx, tx, `insert into account (person_id, state_before) select id, state from person where id = $1 and state in ('active', 'invited')
		on conflict (person_id) do update set state_before = excluded.state_before`, e.IDs[0]); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `update person set state = 'suspended', left_at = $2, version = version + 1 where id = $1 and state in ('active', 'invited')`, e.IDs[0], e.At); err != nil {
		return err
	}
	for _, table := range []string{"sign_in", "account_link", "api_token"} {
		if _, err := db.Exec(ctx, tx, `delete from `+table+` where person_id = $1 and made_at <= $2`, e.IDs[0], e.At); err != nil {
			return err
		}
	}
	return mail.WithdrawFor(ctx, tx, e.IDs[0], e.At)
}

// CloseAll ends every sign-in, link and token of everybody: what was ended since a backup
// was made is not known, so nothing of it may open anything.
func CloseAll(ctx context.Context, tx *db.Tx) error {
	for _, statement := range []string{`delete from sign_in`, `delete from account_link`, `delete from api_token`} {
		if _, err := db.Exec(ctx, tx, statement); err != nil {
			return err
		}
	}
	return nil
}
