// Package plan is what a team is going to do, and why: goals with the chain from approach
// to result, actions, what everybody does and what is one's own choice, who hears what,
// and when the team looks back.
//
// Words: the head is the plan's own text (why we do this, what stays, with whom we
// start). An item is a goal, an action, a core line, a room line, a hearing or a look. A
// version is the whole plan under a number, frozen when it is put up for talk or for a
// decision, or when a settled plan is adjusted. The standing version is the one in force.
// A ground is what stands behind a goal or an action: findings, evidence, voices.
//
// Promises: a trajectory has one plan, and its first line is enough to have it. No words
// are lost: every text keeps its versions, two people who write at once are both kept,
// and what is taken away can be put back. A frozen version never changes; a settled plan
// changes only with a reason and with who decided.
package plan
