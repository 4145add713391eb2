// Package backup copies a whole installation into one file, and makes an installation of
// such a file again, on either engine.
//
// A file is one line in the clear, then a compressed tar, encrypted with a key that is
// drawn from the keys of the installation. In the tar, in a fixed order: header.json (what
// was copied, when, the step of the schema), the rows of every table as lines of JSON in
// pieces, every file, and end.json: per table how many rows and their hash. The rows come
// from one snapshot, while others go on writing.
//
// What is read back was written by others until its hashes are right: there are no paths
// in it that are followed, and limits to what it may unfold to.
package backup
