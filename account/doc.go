// Package account is the door of the house: how somebody comes in, how long a browser
// stays signed in, and how a program gets a key of its own.
//
// Words: a sign-in is the signed-in state of one browser. Its reference is the secret in
// that browser's cookie. A link comes by mail or from the command line and is spent by
// pressing a button; the code beside it is for another device, and the ticket is what
// ties a code to the browser that asked for it. An invitation is the link that makes an
// account active. To confirm is to show once more who you are, which private areas ask
// for. A pending sign-in waits for a second proof and opens nothing.
//
// Promises: a secret is shown once and kept as a hash. Opening a link has no effect. A
// known address and an unknown one get the same answer from the same work. Whoever is
// suspended is out at the next request. Nobody is locked out by a stranger's mistakes.
// When somebody was here is told to nobody but that person, and only as a day.
//
// Sign-ins stand in the security log and not in the journal: the journal is kept as long
// as its objects, and would become a diary of who came when. The journal hears only what
// changes an account for others: joined, suspended, restored.
package account
