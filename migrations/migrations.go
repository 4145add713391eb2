// Package migrations holds the steps of the database, one file each, for both engines.
//
// Steps only go forward, each is one transaction, and each is right with a program that
// is one version older, so that nodes of two versions can run together. Where the
// engines differ the text has a branch: /*sqlite: … */ or /*postgres: … */.
package migrations

import "embed"

//go:embed *.sql
var Files embed.FS
