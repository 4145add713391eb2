package account

import (
	"leerkring/access"
	"leerkring/access/register"
)

// Data is what this room keeps.
var Data = register.Join(
	register.Table(register.Entry{Table: "account", Owner: "account", Purpose: "account.data_account", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"person_id", "joined_at", "joined_way", "passkey_always", "locked_at", "locked_until_at", "state_before"),
	register.Table(register.Entry{Table: "sign_in", Owner: "account", Purpose: "account.data_sign_in", Class: access.Personal, Retention: register.KeepSignIns, Erase: register.EraseRow},
		"id", "person_id", "device", "way", "browser", "made_at", "ends_at", "idle_ends_at", "seen_on", "confirmed_at", "pending").
		With("hash", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "account_link", Owner: "account", Purpose: "account.data_link", Class: access.Personal, Retention: register.KeepInvitations, Erase: register.EraseRow},
		"id", "kind", "person_id", "sign_in_id", "next", "way", "reason", "made_by", "made_at", "expires_at", "spent_at", "reusable").
		With("hash", register.Entry{Class: access.Secret}).
		With("ticket_hash", register.Entry{Class: access.Secret}).
		With("code_hash", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "passkey", Owner: "account", Purpose: "account.data_passkey", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "person_id", "name", "made_at", "used_on").
		With("credential_id", register.Entry{Class: access.Secret}).
		With("credential", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "passkey_challenge", Owner: "account", Purpose: "account.data_challenge", Class: access.Personal, Retention: register.KeepDay, Erase: register.EraseByTime},
		"purpose", "person_id", "sign_in_id", "expires_at").
		With("hash", register.Entry{Class: access.Secret}).
		With("ceremony", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "login_provider", Owner: "account", Purpose: "account.data_login", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"id", "board_id", "kind", "name", "issuer", "client_id", "allowed", "vouches", "enabled", "looked", "made_at", "version").
		With("secret", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "login_identity", Owner: "account", Purpose: "account.data_identity", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "person_id", "board_id", "issuer", "subject", "made_at", "used_on"),
	register.Table(register.Entry{Table: "login_visit", Owner: "account", Purpose: "account.data_visit", Class: access.Personal, Retention: register.KeepDay, Erase: register.EraseByTime},
		"provider_id", "purpose", "person_id", "sign_in_id", "next", "device", "made_at", "expires_at").
		With("hash", register.Entry{Class: access.Secret}).
		With("browser", register.Entry{Class: access.Secret}).
		With("invitation", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "password", Owner: "account", Purpose: "account.data_password", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"person_id", "ready", "last_step", "made_at").
		With("hash", register.Entry{Class: access.Secret}).
		With("factor", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "recovery_code", Owner: "account", Purpose: "account.data_recovery", Class: access.Personal, Retention: register.KeepAccount, Erase: register.EraseRow},
		"id", "person_id", "used_at").
		With("mark", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "api_token", Owner: "account", Purpose: "account.data_token", Class: access.Personal, Retention: register.KeepLinks, Erase: register.EraseRow},
		"id", "person_id", "name", "scope", "made_at", "expires_at", "used_on").
		With("hash", register.Entry{Class: access.Secret}),
	register.Table(register.Entry{Table: "attempt", Owner: "account", Purpose: "account.data_attempt", Class: access.Personal, Retention: register.KeepDay, Erase: register.EraseByTime},
		"key", "window_at", "n"),
	register.Table(register.Entry{Table: "security_log", Owner: "account", Purpose: "account.data_security", Class: access.Personal, Retention: register.KeepSecurityLog, Erase: register.EraseByTime},
		"seq", "at", "actor_id", "kind", "object_kind", "object_id", "board_id", "reach", "hash").
		With("address", register.Entry{Purpose: "account.data_address", Retention: register.KeepAddresses}),
	register.Table(register.Entry{Table: "security_head", Owner: "account", Purpose: "account.data_head", Class: access.Organisation, Retention: register.KeepHouse, Erase: register.NothingPersonal},
		"id", "erased_seq", "erased", "seq", "hash", "mac"),
)

// Whose says which of it is about one person. Secrets stay: an archive with hashes of keys would be a key itself.
var Whose = register.Mines{
	{Table: "account", Whose: "person_id = $1"},
	{Table: "sign_in", Whose: "person_id = $1"},
	{Table: "account_link", Whose: "person_id = $1"},
	{Table: "passkey", Whose: "person_id = $1"},
	{Table: "passkey_challenge", Whose: "person_id = $1", Soon: true},
	{Table: "login_identity", Whose: "person_id = $1"},
	{Table: "login_visit", Whose: "person_id = $1", Soon: true},
	{Table: "password", Whose: "person_id = $1"},
	{Table: "recovery_code", Whose: "person_id = $1"},
	{Table: "api_token", Whose: "person_id = $1"},
	{Table: "attempt", Kept: "counted by a hash of whose it is, for an hour: it cannot be found back"},
	{Table: "security_log", Whose: "actor_id = $1 or object_id = $1"},
}
