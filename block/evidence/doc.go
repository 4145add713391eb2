// Package evidence is what a team knows and from whom: sources with their strength and
// what they mean for its own pupils, explanations side by side, findings, and what was
// tried before.
//
// Words: a source is anything that somebody brought, from an article to a talk with
// pupils. Its strength is in words, never a mark. Its stance is how it stands towards
// what the team already thought. Its translation is one sentence on our own pupils. An
// explanation has an owner and a place where it lies: with us, elsewhere, both. A finding
// is what the team says in the end, with labels; to cite is to say which sources speak
// for it and which against. To share a finding is to ask colleagues outside the group
// whether they recognise it. An attempt is what was tried before, and what came of it.
//
// Promises: sources that contradict each other stand side by side and nothing is
// averaged. No words are lost: every text keeps its versions, two people who write at
// once are both kept, and what is taken away can be put back. What the plan rests on is
// not taken away.
package evidence
