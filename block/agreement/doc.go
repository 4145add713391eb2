// Package agreement keeps what a team always does: its standing agreements, and the one
// page 'Zo werken wij' on which the most important of them stand.
//
// Words: an agreement is what a team always does, without a date (what one person does by
// a day is a task). It is core, what everybody does, or room, own choice; proposed,
// standing or retired. The page has a caretaker with hours, a stand-in, a day on which it
// is looked at again, and a buddy for newcomers. A check asks the team whether it still
// holds; an evaluation looks back on a whole cycle.
//
// Promises: the page fits on one A4, whatever is written; every change keeps the old words
// and its reason; who signs does so by their own hand, and there is no list of who did
// not; a check keeps totals and no persons; of a task only the last day is kept.
package agreement
