// Package decision is a team deciding together: a proposal, what everybody who was asked
// says to it, what was done with wishes and objections, and how it ended.
//
// Words: a proposal is about a frozen version of the plan, or it is words of its own. It
// is answered by consent: agree, agree with a wish, or an objection, which is a reason why
// it harms an aim. Whoever takes up an objection does so by a day; an objection is open
// until it is answered after its last change, or who objected says that it is solved. Who
// objected is asked whether an answer solves it; «not yet» opens it again.
// A tally counts last reactions. To succeed a decision is to make the next one from it.
//
// Promises: who is asked is fixed at the opening, and nobody is counted who was not
// asked. Each person has one reaction, which may change until the closing; every wording
// of it is kept. Who is away blocks nothing and is not called unheard. Names stand beside
// reactions, and the form says so. Closing is one act; after it nobody changes anything,
// also not who leads: a decision is succeeded, never rewritten. No is an ordinary end.
package decision
