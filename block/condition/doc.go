// Package condition is what is needed for a trajectory to go well, and who sees to it.
//
// Words: a condition is spotted when somebody names it, asked when one person at school is
// asked for it, and then promised, refused or put off till later, each with name, date and
// words. The group marks whether it was kept. An essential condition is one that the plan
// cannot do without. Shared time is the main one: a fixed hour for all in the timetable. A
// step is one thing said about a condition. A waiver is a leader's reason to let a plan
// begin all the same.
//
// Promises: an honest no is an answer like yes, and needs one sentence. Nothing that was
// said is ever changed; whoever changes their mind adds a step. Whoever is asked can read
// and answer what they are asked for, also when the trajectory itself is closed to them.
package condition
