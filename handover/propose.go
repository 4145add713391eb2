package handover

import (
	"slices"
	"strings"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
)

// Reaches is what decides whether a colleague outside the group can have a thing of it.
type Reaches struct {
	Invites bool // who gives it may bring somebody in
	Open    bool // all colleagues may read the trajectory
}

// outside reports whether a colleague outside the group can have a thing.
func (r Reaches) outside(i carry.Item) bool {
	switch i.Kind {
	case carry.Lead:
		return r.Invites
	case carry.Caretaker, carry.CareStandIn, carry.Buddy, carry.Promise, carry.Action, carry.Task:
		return r.Open || i.TrajectoryID == ""
	case carry.Session:
		return true
	}
	return i.TrajectoryID == ""
}

// Candidates are who could have a thing of somebody, the likeliest first: who stands in for them,
// then who leads too, then the members, then colleagues outside the group.
func Candidates(me string, i carry.Item, group []trajectory.Participant, staff []school.Staff, r Reaches, today clock.Date) []Person {
	var out []Person
	in := map[string]bool{me: true}
	stand := ""
	for _, x := range group {
		if x.PersonID == me {
			stand = x.StandInID
		}
	}
	add := func(id, name string, why carry.Kind, away clock.Date) {
		if !in[id] {
			in[id] = true
			out = append(out, Person{ID: id, Name: name, Why: why, Away: away != "" && today < away})
		}
	}
	whole := r.outside(i)
	for _, want := range []trajectory.Role{trajectory.StandIn, trajectory.Lead, trajectory.Member} {
		for _, x := range group {
			switch {
			case x.Guest || x.Role != trajectory.Lead && x.Role != trajectory.Member:
			case want == trajectory.StandIn && x.PersonID == stand:
				add(x.PersonID, x.Name, carry.StandIn, x.AwayUntil)
			case x.Role == want:
				add(x.PersonID, x.Name, carry.Kind(want), x.AwayUntil)
			}
		}
		for _, p := range staff { // a stand-in need not take part
			if want == trajectory.StandIn && p.ID == stand && (whole || i.Kind == carry.Meeting || i.Kind == carry.Objection) {
				add(p.ID, p.Name, carry.StandIn, p.AwayUntil)
			}
		}
	}
	if whole {
		for _, p := range staff {
			add(p.ID, p.Name, "", p.AwayUntil)
		}
	}
	if i.Kind == carry.StandIn { // nobody stands in for themselves
		_, lead, _ := strings.Cut(i.ID, "/")
		out = slices.DeleteFunc(out, func(p Person) bool { return p.ID == lead })
	}
	return out
}

// Propose chooses who gets each thing: the first of the group who is there; else, for what belongs
// to no group, the one who gets most of the rest. Who could have it stays in order.
func Propose(lines []Line) {
	votes := map[string]int{}
	for n := range lines {
		for _, p := range lines[n].Could {
			if p.Why != "" && !p.Away {
				lines[n].Proposed = p.ID
				votes[p.ID]++
				break
			}
		}
	}
	most := ""
	for id, n := range votes {
		if n > votes[most] || n == votes[most] && id < most {
			most = id
		}
	}
	for n := range lines {
		could := func(p Person) bool { return p.ID == most && !p.Away }
		if lines[n].Proposed == "" && lines[n].TrajectoryID == "" && most != "" && slices.ContainsFunc(lines[n].Could, could) {
			lines[n].Proposed = most
		}
	}
}
