// Package notify tells people outside the pages what waits for them: the mail of Monday
// and a private calendar.
//
// The mail of Monday, 07:30 on the wall of the school, is «your week»: at most one a person
// and a week, at most five things, open work only. Of anything private it says only that
// something is ready. It is silent in holidays, while somebody is away, and when nothing
// waits; whoever does not work on Monday gets it on the first day that they do.
//
// It is queued as «this person, this week», and nothing more. What it says is read at the
// moment of sending, with the rights of that moment; so what was settled falls out, and a
// person who may no longer know gets nothing. It is true until the evening of the next day:
// what did not get through by then is dropped, not sent late. Never twice is stronger than
// always once (package mail tells how).
//
// A person stops it with one press, also from the mail itself and without signing in: the
// link below it opens a page that changes nothing, and its button does.
//
// A calendar feed is an address with a secret of 256 bits that is shown once and kept as a
// hash. What is in it is read with the rights of the moment of asking. It knows no private
// titles.
package notify
