// Package ring is the geometry of everything round in Leerkring: the wheel of
// stages, its small form for lists, and the clock of a meeting.
//
// Words: a sector is one stage's share of the circle; a band is the ring in
// which the names stand; the line of travel runs inside the band and shows the
// way a team went; a strand is one stretch of that line in one direction; a
// loop is a step back together with the strand that goes on again; room is what
// the line leaves free in the middle.
//
// Promises: all functions are pure, angles are degrees clockwise from twelve
// o'clock, lengths are units of the viewBox named in the constant beside each
// drawing, and the same input gives the same text on every machine.
package ring
