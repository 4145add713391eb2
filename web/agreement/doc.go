// Package agreement shows 'Zo werken wij': the page itself, which prints on one A4; the
// forms behind it; what keeps it alive; and looking back on a cycle.
package agreement

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"leerkring/block/agreement"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call. Goals are those of the plan, which is another
// block: the first is offered as the sentence of a new page. Without them none is.
type Room struct {
	Trajectories *trajectory.Service
	Schools      *school.Service
	Agreements   *agreement.Service
	// TakeOver adds who may take over the care of a page; nil adds nothing.
	TakeOver func(r *room.Request, seen trajectory.Seen) (templ.Component, error)
	Goals    func(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]string, error)
}
