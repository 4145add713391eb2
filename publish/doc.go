// Package publish puts the work of a team on paper: its plan, the agenda and the agreements
// of an hour, the page 'Zo werken wij', and the poster for the wall.
//
// Words: the press makes documents; a format is what kind of file comes out. What a document
// says, it says in the language and the words of the person who asks.
//
// Promises: a document holds what the person asking may read and take along at that moment,
// and no more. What was said in an hour stands without names; nothing that is very private is
// reached from here. The same work at the same moment gives the same bytes.
package publish
