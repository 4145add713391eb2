-- +goose Up

-- Who follows the journal reads it by transaction and number. On SQLite numbers alone are in order.
/*postgres: create index journal_place on journal (txid, seq); */
