// Package contribution holds what people say: answers to guiding questions, replies,
// reactions of colleagues to a finding, a plan or an agreement, and the ratings by which
// a team weighs what it could choose.
//
// Words: an answer belongs to a question in one stage visit; a reaction is about
// something that another room made; a reply hangs below either, one level deep. A round
// asks a question of a circle until a day: named (who answers is seen at once) or blind
// (nobody sees anything of another until all have answered or the round closes). A
// signal is an answer that was laid with others below a candidate focus point. A worry
// is a zorg; «other sound» is the writer's own mark for seeing it differently.
//
// Promises: a sealed answer is its writer's alone, in every list, count and fact, and the
// journal does not name who gave it. In an open named round those who take part, and
// nobody else, see who of them has not been heard; that is worked out when a page is
// made and kept nowhere. A pupil has no name, no address and no hour. Withdrawn words are
// gone, their place stays. Heard does not always mean followed, so what was done with
// words is said in words.
//
// Ratings are given with the name hidden, in the sense of the rules on anonymity: the
// rater may change them while the round is open, nobody else ever sees one, and closing
// replaces them by figures that never change. The numbers of those rules hold: nothing
// from fewer than five answers, from five a middle in halves, from ten a middle and the
// middle half; a round for fewer than five people is refused before it starts. Guests,
// process coaches and the leader who will choose do not rate.
package contribution
