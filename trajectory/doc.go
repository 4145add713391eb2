// Package trajectory is a team walking a method: its question, its people, the visits
// to stages, going back, gates, pause and stop, and the next cycle. It knows building
// blocks by the facts that they tell, never by what they are; and it knows methods by
// their packs only, so a new method needs no Go code.
//
// Words: a visit is one stay in a stage; going back to an earlier stage opens a new
// visit and keeps all that was there. Moves are forward, back, start, and before: a
// stage that the team walked before it came here. A gate is a few sentences that are
// read off from work done; a team may pass an open one knowingly, with a reason.
//
// Promises: the lead leads the theme, not the account; what is not allowed is absent;
// a pupil is never named.
package trajectory
