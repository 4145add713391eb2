// Package monitor is the ordinary moment at which a group looks how it goes: it counts
// together, says what it saw in pupils, what got in the way, and what follows.
//
// Words: an indicator is one thing that is followed: carried out as meant, mechanism
// (what pupils then do differently), result, condition. A moment is five minutes on a
// planned day; it is held, or skipped with a word. A telling is what the group wrote at a
// moment; a total is so many of so many («7 of 12 lessons»).
//
// Promises: only totals are kept and never who; nobody's name stands with a telling; what
// two people fill in at the same time is both kept; below three moments there is no line;
// the rest of the page says what a line cannot tell.
package monitor
