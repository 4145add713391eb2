// Package blob keeps files that belong to rows of the database, in one directory.
//
// Five methods: Put, Get, Remove, Walk, Close. A name is an id that the house made; no
// path and no name ever comes from a person, and the directory is opened so that nothing
// in it can lead outside. A file appears under its name whole or not at all, and when Put
// returns, the file and the directories above it are on disk: the row that points to it
// may be written. After a failed sync nothing more is taken, as in the database: what the
// disk still holds is not known.
//
// It is for one machine. Several nodes need one store that all of them reach.
package blob
