// Package meeting is the PLG hour: one page for a trajectory's next meeting, prepared in
// five minutes by a lead without training, shown large, filled together while talking,
// and closed with agreements and tasks.
//
// Words: an item is one part of the hour with its minutes: sharing, learning together,
// deciding, organising. What is settled is an agreement (we always …) or a task (one
// person, by a date), never in between. The host leads the hour, the keeper fills the
// board, the timekeeper watches the clock.
//
// Promises: at most three questions are proposed, each with its reason; an hour that is
// still being made is for those who take part; who was there is kept for the minutes and
// never counted over meetings; words that a colleague put on the board in somebody's name
// can be taken away by that somebody.
package meeting
