// Package school knows who works where, when, and at what: boards, levels, schools,
// teams and people, the school year with its holidays and busy weeks, the sentences of
// the vision, and the focus points of a year.
//
// Words: a person belongs to one board and may be staff of several schools and a member
// of many teams. A role is what a person answers for (leader, admin, privacy officer …);
// leading a trajectory is no role, it goes with the theme. A focus point is one of a few
// chosen improvement themes: proposed, chosen, running, parked for a named year, done.
//
// Promises: who is away until a day is not asked and not counted as unheard, and no
// reason is ever kept. Two boards in one installation share nothing.
package school
