// Package instance is this installation: its data directory with the lock that keeps a
// second program out, and the socket by which commands reach a running server.
package instance
