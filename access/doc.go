// Package access decides who may do what, for every door of the product.
//
// May(who, action, object) reads one table, matrix.txt, and nothing else: no
// database, no clock, no setting. The same table makes the tests, the cases for
// the walk over all routes, and the sentence "who can see this" (VisibleTo), so
// that what is said, what is tested and what is guarded cannot drift apart.
//
// Words: Who is the person asking, read anew at every use. Object is the thing,
// with what this person is to it (Relation). Kind and Action are closed lists. A
// role belongs to a person (leader, admin); a relation to a person and a
// thing (member, giver); being the owner is neither, and no ban touches it.
//
// Promises: default deny. Two boards share nothing; that is checked first. What
// is not allowed is absent, in the same words. A ban (-!) is lifted by no role.
// A fact that a room forgets to fill in opens nothing, with one exception: who
// began an act that another must confirm (AsStarter).
//
// # Where the rights table left room
//
// Each was decided for privacy first; changing one is changing matrix.txt and
// the golden, with a decision record.
//
// People with several hats:
//   - A ban keeps out everybody who holds that role, shared or not, unless the
//     row says so: a reflection cannot be shown to a colleague who is also the
//     admin, privacy officer or board member. The page of sharing does not
//     offer them. What a person has by an own part stays whatever else they are:
//     owner, giver and receiver of feedback, addressee of a log, visitor while
//     the notes are written, present in the circle from the start.
//   - A leader without AsMember reads contributions as any colleague. A sponsor
//     reads the work and keeps promises; being a sponsor is no participation.
//   - The owner's column gives no right to make things: who may create stands in
//     the other columns, so that nobody makes something at a school not theirs.
//
// Class V:
//   - A name-hidden contribution is a kind of its own: only who was present from
//     the start reads it; not the school, not later joiners, not a later lead.
//   - While sealed (a blind round, a withdrawn video) only the owner sees it; a
//     count or a list would tell too.
//   - Feedback can be edited and withdrawn by its giver until it is read. The
//     request is the receiver's, and a thing of its own.
//   - Notes of a visit are shown to participants, leaders and guests by sharing; a
//     colleague who takes part in nothing is first made a participant.
//   - Pupils' answers are figures for everybody, the teacher too, after closing.
//   - The result of a scan comes after closing, for its maker as for the leader.
//   - A session's existence, method and state are for its circle; what is said in
//     it (session_note) follows the intervision.
//   - Log entries that touch class V are for the owner alone.
//   - Home, notifications, drafts and uploads are class V: only their owner.
//
// The work:
//   - Contributions and reactions are changed by their writer only; participants
//     add, react and settle. What pupils wrote can be taken away by the lead.
//   - Guests read and react; they write contributions, never plans. A guest comes
//     to a meeting or decision by being asked, not by being a guest.
//   - The leader names a lead when there is none (manage); that shows nothing.
//   - Once a trajectory has ended nothing in it changes; its lead can still reopen it.
//   - The outcome of a decision is for all staff once it is taken, open or not.
//   - The unheard of a round: participants while it runs; no coach, guest or pupil.
//   - A task is seen where its minutes are seen; there is no list per person but one's own.
//   - A published document is read by whoever has its link; making one is the lead's act.
//
// People and the house:
//   - When somebody works or is away is known to co-participants, not to leaders.
//   - A coach knows the names of co-participants, and no other people data.
//   - The file of one person is handed to that person; who starts and who confirms
//     see that it exists. The starter never confirms.
//   - Only the admin forms teams and gives roles: a team leader who could add
//     people would widen the own view. The leader asks.
//   - Ordinary staff make tokens for themselves; webhooks only leader, board, admin.
//   - The timetabler writes the calendar, and reads a need when asked (AsAddressee).
//   - The second person for break-glass sits in the board, administration or privacy
//     office and leads nobody.
package access
