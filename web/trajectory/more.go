package trajectory

import (
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
)

type morePage struct {
	r     *room.Request
	Seen  trajectory.Seen
	Pack  *method.Pack
	Stage *method.Stage
}

// More shows what a stage has beside its questions: things to do, short lists, what is
// good to know, where to read on.
func (rm *Room) More(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), seen.Trajectory)
	if err != nil {
		return err
	}
	stage, ok := pack.Stage(r.Path("stage"))
	if !ok {
		return errs.Absent()
	}
	if r.R.URL.Query().Get("sheet") != "" && len(stage.Fields) > 0 {
		h := head(r, seen, r.T.T("trajectory.sheet_title", "stage", r.Pack(stage.Name)))
		h.Lead = r.T.T("trajectory.sheet_lead")
		return r.Page(h, sheetPage(morePage{r: r, Seen: seen, Pack: pack, Stage: stage}, sheetOf(stage)))
	}
	h := head(r, seen, r.T.T("trajectory.more_of", "stage", r.Pack(stage.Name)))
	h.Lead = r.Pack(stage.Aim)
	return r.Page(h, moreOfStage(morePage{r: r, Seen: seen, Pack: pack, Stage: stage}))
}
