// Package live tells open pages that something changed.
//
// A page listens to topics: the trajectory that it shows, its person. An event
// holds ids, never text: the page fetches what it may see. The Hub brings each
// event to everybody who listens; who reads too slowly is cut off, comes back
// by itself, and is told that it missed something.
//
// Rights are read at the moment of sending: before each event, and at least
// every five seconds, the stream asks whether its person may still listen, and
// closes when not.
//
// A Tail reads what was written, by this process or by another one, in order,
// and publishes it.
package live
