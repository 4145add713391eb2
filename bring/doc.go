// Package bring takes over the board that a team kept elsewhere: cards become tasks and
// proposed agreements of a trajectory.
//
// Promises: a file is words and nothing else. It gives nobody a right, a part, a role or
// words that they did not write; what it points to is never fetched. Nothing is written
// before somebody looked, all of it comes in or nothing, and what came in once does not
// come in again. What is too long for its place is kept whole beside it.
package bring
