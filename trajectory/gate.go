package trajectory

import (
	"leerkring/method"
)

// Reading is what the work done says about a criterion.
type Reading string

// The readings of a criterion, in the words of the team: gehaald, deels, open.
const (
	Met    Reading = "met"
	Partly Reading = "partly"
	Open   Reading = "open"
)

// Value is one fact as the blocks tell it. State for facts that are met or not,
// Number for those that count something.
type Value struct {
	State  Reading
	Number int
}

// Facts are what the blocks tell about a trajectory, read once for a page.
type Facts map[method.Fact]Value

// Is makes the value of a fact that is either so or not.
func Is(yes bool) Value {
	if yes {
		return Value{State: Met, Number: 1}
	}
	return Value{State: Open}
}

// Share makes the value of a fact that holds for some of many: all, a part, none.
// Nothing to judge is open.
func Share(have, of int) Value {
	switch {
	case of == 0 || have == 0:
		return Value{State: Open}
	case have >= of:
		return Value{State: Met, Number: have}
	}
	return Value{State: Partly, Number: have}
}

// Count makes the value of a fact that counts; in a gate zero reads as open.
func Count(n int) Value {
	if n > 0 {
		return Value{State: Met, Number: n}
	}
	return Value{State: Open}
}

// Call is what the team itself says of a criterion, over what the product read.
type Call struct {
	ElementID string
	Value     Reading
	Note      string
	CalledBy  string
}

// Criterion is one sentence of a gate with how it stands.
type Criterion struct {
	method.Criterion
	State  Reading // the team's call when there is one, else what was read
	Read   Reading // what the work done says
	Called bool
	Note   string
}

// Gate reads a stage's criteria of weight core off from the facts; the team's own calls
// win, and stay visible as such.
func Gate(stage *method.Stage, facts Facts, calls []Call) []Criterion {
	called := make(map[string]Call, len(calls))
	for _, c := range calls {
		called[c.ElementID] = c
	}
	var out []Criterion
	for _, c := range stage.Gate {
		read := readOff(c.From, facts)
		cr := Criterion{Criterion: c, State: read, Read: read}
		if call, ok := called[c.ID]; ok {
			cr.State, cr.Called, cr.Note = call.Value, true, call.Note
		}
		out = append(out, cr)
	}
	return out
}

// readOff is met when every fact is, open when none is met or partly, partly between.
func readOff(from []method.Fact, facts Facts) Reading {
	met, some := 0, false
	for _, f := range from {
		switch facts[f].State {
		case Met:
			met++
			some = true
		case Partly:
			some = true
		}
	}
	switch {
	case len(from) > 0 && met == len(from):
		return Met
	case some:
		return Partly
	}
	return Open
}

// OpenCore counts the core criteria that are not met: passing then asks for a reason.
func OpenCore(gate []Criterion) int {
	n := 0
	for _, c := range gate {
		if c.Weight == method.Core && c.State != Met {
			n++
		}
	}
	return n
}

// Holds reports whether the condition of a when-stuck question or a card is there now.
func Holds(when method.Fact, atLeast int, facts Facts) bool {
	v, ok := facts[when]
	if !ok {
		return false
	}
	if atLeast > 0 {
		return v.Number >= atLeast
	}
	return v.State == Met
}

// Questions returns the questions that a stage page shows open: the core ones, and the
// first when-stuck one whose state is there. Never more than four. The rest, behind one
// link, is More.
func Questions(stage *method.Stage, facts Facts) (open, more []method.Question) {
	const most = 4
	stuck := false
	for _, q := range stage.Questions {
		switch {
		case q.Weight == method.Core && len(open) < most:
			open = append(open, q)
		case q.Weight == method.WhenStuck && !stuck && len(open) < most && Holds(q.When, q.AtLeast, facts):
			open = append(open, q)
			stuck = true
		default:
			more = append(more, q)
		}
	}
	return open, more
}
