// Package evidence shows what a team knows and from whom: sources, explanations side by
// side, findings and what they rest on, how things go now, and what was tried before.
// Each thing has a page of its own to read more, to judge, to cite and to change.
package evidence

import (
	"embed"

	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/trajectory"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Trajectories  *trajectory.Service
	Evidence      *evidence.Service
	Contributions *contribution.Service
}

// folders are the names of the kinds in addresses.
var folders = map[evidence.Kind]string{
	evidence.SourceKind: "sources", evidence.ExplanationKind: "explanations", evidence.FindingKind: "findings", evidence.AttemptKind: "attempts",
}

// names are the names of the kinds in texts and forms.
var names = map[evidence.Kind]string{
	evidence.SourceKind: "source", evidence.ExplanationKind: "explanation", evidence.FindingKind: "finding", evidence.AttemptKind: "attempt",
}

// page is the address of the page of all; item that of one thing.
func page(trajectoryID string) string { return "/trajectories/" + trajectoryID + "/sources" }

func folder(trajectoryID string, kind evidence.Kind) string {
	return "/trajectories/" + trajectoryID + "/" + folders[kind]
}

func item(trajectoryID string, kind evidence.Kind, id string) string {
	return folder(trajectoryID, kind) + "/" + id
}
