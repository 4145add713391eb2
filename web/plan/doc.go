// Package plan shows the plan of a trajectory: the paper with its sections and the remarks
// beside them, the decision about it, the forms in which it is changed, and its versions.
//
// Words: the paper is the plan as it is read, as it stands or as a version kept it. The
// margin is what colleagues say beside a section. To merge is to make one text of two that
// were written at once.
package plan

import (
	"embed"

	"github.com/a-h/templ"

	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/plan"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Section is what another room adds to the paper: what is needed. It makes a constant
// number of queries, and returns nil when it has nothing to show.
type Section func(r *room.Request, seen trajectory.Seen) (templ.Component, error)

// Deciding shows how a decision about the plan stands, and the form in which the person
// asking can react; each is nil when there is nothing to show.
type Deciding func(r *room.Request, seen trajectory.Seen, page decision.Page, v decision.View) (standing, form templ.Component, err error)

// Room holds the acts that these pages call.
type Room struct {
	Trajectories  *trajectory.Service
	Plans         *plan.Service
	Decisions     *decision.Service
	Contributions *contribution.Service
	Evidence      *evidence.Service
	Deciding      Deciding
	Needs         Section // what is needed; the paper goes without while it is nil
}

func at(id string) string { return "/trajectories/" + id + "/plan" }
