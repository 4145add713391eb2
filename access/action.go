package access

// Action is one of the closed list of things that can be done.
type Action uint8

// The actions. Read and List go together: who may know that a thing exists may
// open it, and the other way round, so that no list tells more than its pages.
const (
	NoAction  Action = iota
	Read             // open it, with its text
	List             // be shown that it exists: lists, search, mentions, counts, mail
	Aggregate        // see figures only, in the form that anonymity allows
	Create           // make one here
	Edit             // change it
	React            // a sign, a comment, a signature
	Answer           // fill in what was asked
	Decide           // give one's own voice
	Lead             // what only the lead does: stages, rounds, opening and closing
	Invite           // bring somebody in
	Remove           // take it away, revoke, leave
	Share            // show it to named people or to the school, and take that back
	Move             // to another parent or school; asked for both sides
	Export           // take it out as a document or file
	Settle           // say what became of it: done, finding, agreement, task
	Promise          // answer what is needed
	Ask              // ask somebody else to do it
	Confirm          // be the second person
	Manage           // accounts, roles, settings, opening a scan, naming a lead
	Unseal           // break-glass
	actionCount
)

var actionNames = [actionCount]string{
	"no_action", "read", "list", "aggregate", "create", "edit", "react", "answer", "decide", "lead", "invite",
	"remove", "share", "move", "export", "settle", "promise", "ask", "confirm", "manage", "unseal",
}

func (a Action) String() string {
	if a >= actionCount {
		a = NoAction
	}
	return actionNames[a]
}

// Changes reports whether the action leaves something different behind.
func (a Action) Changes() bool { return a > Aggregate && a != Export }

// Actions returns every action, in order.
func Actions() []Action {
	all := make([]Action, 0, actionCount)
	for a := NoAction + 1; a < actionCount; a++ {
		all = append(all, a)
	}
	return all
}

type actionSet uint32

func setOf(actions ...Action) (s actionSet) {
	for _, a := range actions {
		s |= 1 << a
	}
	return s
}

func (s actionSet) has(a Action) bool { return s&(1<<a) != 0 }

var (
	// frozenActs stop once a frozen kind is closed. Taking away, sharing and
	// leading go on unless their row says otherwise: a trajectory can be reopened.
	frozenActs = setOf(Create, Edit, React, Answer, Decide, Settle, Promise, Move)
	// sealedActs would show a sealed thing to others than its owner.
	sealedActs = setOf(Read, List, Aggregate, Edit, React, Share, Export, Settle)
)
