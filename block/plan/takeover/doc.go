// Package takeover reads the plan that a team already has, and proposes what goes where in a
// plan of ours: goals with their chain, actions, what everybody does, own choice, who hears
// what, and moments to look back.
//
// Words: a line is one thing that was read. A target is where it goes: one of the kinds of a
// plan, its own words, or beside the plan. A head is the heading under which something stood.
//
// Promises: it is a pure function of the text and of today. It goes by headings, the heads of
// tables and the form of a line; what is not clear goes beside, and is not guessed. Names of
// people stay words: nothing in a text becomes a person, an owner or a right. No word is
// lost: each is in a line.
package takeover
