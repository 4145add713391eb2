// Package mail brings messages to people's mailboxes, later and once.
//
// An act queues a message in its own transaction; a job sends it when there is a
// mail server, and tries again while that is away. Just before sending the right
// of the reader is asked again. Without a mail server messages wait.
//
// What a message says is erased within seven days, and at once when it holds a
// secret (a sign-in link) or is private. A private message, one whose existence
// betrays something about a person, is in no list that others read; of those
// there are only totals per day, from five up.
//
// A header is one line, an address is one address, whatever a person typed.
package mail
