// Package roster brings people into a school: a pasted list, a file of a spreadsheet, or
// OneRoster files of the school's administration. Whatever comes in becomes the same rows;
// Compare tells what they would do, the admin chooses where a row is unclear, and one act
// does it, whole or not at all.
//
// Words: a row is one person of a file, a finding is what would become of a row, an entry is
// what a source said of a person the last time. Who is not in the file any more is leaving.
//
// Promises: looking changes nothing; the same file a second time changes nothing; what people
// changed themselves stays; nobody leaves unless the admin says so; nothing in a file becomes
// a right; what comes with a file never touches a disk.
package roster
