// Package bring proves what comes in of a board that a team kept elsewhere: what its file may
// do, and what it may never do.
package bring
