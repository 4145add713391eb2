// Package mail brings messages to people's mailboxes, later and once.
//
// An act queues a message in its own transaction; a job sends it when there is a
// mail server, and tries again while that is away. Just before sending the right
// of the reader is asked again. Without a mail server messages wait.
//
// What a message says is queued with it, or made at the moment of sending by the builder
// of its kind; then nothing of it is kept. A message may have a moment after which it is
// no longer true: then it is withdrawn.
//
// Between the server's answer and our note of it lies a moment in which a crash leaves
// nobody sure. There are two ways out, and each message has one. An ordinary message goes
// again, with the same Message-ID: a link to come in by must arrive, and a second one does
// no harm. A message with Once does not: before it goes over, that is noted, by whoever
// comes first; what is found with that note and without an end is given up as unsure. A
// mail that comes every week is missed less than a second one annoys.
//
// What a message says is erased within seven days, and at once when it holds a
// secret (a sign-in link) or is private. A private message, one whose existence
// betrays something about a person, is in no list that others read; of those
// there are only totals per day, from five up.
//
// A header is one line, an address is one address, whatever a person typed.
package mail
