// Package monday proves that mail arrives: the whole program as a process of its own, a
// real SMTP server (exim) and a real IMAP server (dovecot) as processes of their own, in a
// directory aside, and a clock that the test moves.
//
// The programs come from Debian: exim4-daemon-light, dovecot-imapd, python3-icalendar and
// python3-vobject. The test command installs them.
package monday
